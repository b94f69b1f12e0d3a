package audience_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"reflect"
	"strings"
	"testing"

	"kanal-campaign/campaign/audience"
)

func addSeeds(f *testing.F) {
	for _, text := range []string{
		"phone,name\n06,Zoé\n", "phone;name\r\n\r\n06;\"a\r\nb\"\r\n;;\r\n07;x;y\r\n", "a\tb\r1\t2\r\r3\t4\r", "a|b\n1|2",
		"\ufeffphone,name\n06,Zoé\n", "\xff\xfea\x00,\x00b\x00\n\x001\x00,\x002\x00\n\x00", "a\x00,\x00b\x00\n\x001\x00\n\x00", "\xfe\xff\x00a\x00\n\x001",
		"phone,name\n06,Zo\xe9\n", "sep=;\nphone;name\n06;x\n", "phone,name,,\n06,\"a\"\"b\",,\n , \n\n07\n", "a,a\n", "\"a\r\r\nb\",c\n1,\"x\r\"\n",
		"a,\"b\n", "a\n\"\"\n1\n", "\xd0\xcf\x11\xe0", "0612345678\n", "a\n\x81\x8d\n", "a\r\r\nb\r\r\n", "a,b\n1,\"2\r\n\r\r\n3\"\r\n",
	} {
		f.Add([]byte(text), byte(0))
		f.Add([]byte(text), byte(';'))
	}
}

// FuzzRead: reading never panics, and never loses or invents a row: those of a
// UTF-8 text with LF are the records of encoding/csv, less the blank ones.
func FuzzRead(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text []byte, delimiter byte) {
		file, err := audience.Read(bytes.NewReader(text), audience.Options{Delimiter: rune(delimiter)})
		if err != nil {
			faultOf(t, err)
			return
		}
		var rows []audience.Row
		last := 0
		for row, err := range file.Rows() {
			if err != nil {
				faultOf(t, err)
				return
			}
			if row.Number <= last || len(row.Cells) != len(file.Header()) || row.Ragged != (row.Width != len(row.Cells)) {
				t.Fatalf("after row %d: %+v", last, row)
			}
			last = row.Number
			rows = append(rows, row)
		}
		d := file.Dialect()
		if d.Encoding != audience.UTF8 || d.Ending != "\n" || bytes.ContainsRune(text, '\r') {
			return
		}
		want := filledRecords(t, text, d.Delimiter)
		if len(rows)+1 != len(want) {
			t.Fatalf("%d rows, encoding/csv has %d records: %q", len(rows), len(want), text)
		}
		lines := spreadsheetRows(text)
		for i, row := range rows {
			if alone := filledRecords(t, lines[row.Number-1], d.Delimiter); !reflect.DeepEqual(alone[0], want[i+1]) {
				t.Fatalf("row %d is %q, not %q", row.Number, alone, want[i+1])
			}
			for j, cell := range row.Cells {
				if j < len(want[i+1]) && cell != want[i+1][j] {
					t.Fatalf("row %d: %q, encoding/csv has %q", row.Number, row.Cells, want[i+1])
				}
			}
		}
	})
}

// spreadsheetRows splits a text at the line ends outside quotes.
func spreadsheetRows(text []byte) [][]byte {
	var rows [][]byte
	start, quoted := 0, false
	for i, b := range text {
		if b == '"' {
			quoted = !quoted
		}
		if b == '\n' && !quoted {
			rows, start = append(rows, text[start:i+1]), i+1
		}
	}
	return append(rows, text[start:])
}

// filledRecords reads with encoding/csv alone, and leaves out blank records.
func filledRecords(t *testing.T, text []byte, delimiter rune) [][]string {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if lower := bytes.ToLower(text); bytes.HasPrefix(lower, []byte("sep=")) || bytes.HasPrefix(lower, []byte("\"sep=")) {
		t.Skip("Excel's own line")
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = delimiter, -1
	var records [][]string
	for {
		record, err := r.Read()
		if err == io.EOF {
			return records
		}
		if err != nil {
			t.Fatalf("encoding/csv refuses what was read: %v", err)
		}
		if strings.TrimSpace(strings.Join(record, "")) != "" {
			records = append(records, record)
		}
	}
}

// FuzzRoundTrip: what is read, written in its dialect and read again, is the
// same header and the same cells.
func FuzzRoundTrip(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text []byte, delimiter byte) {
		file, rows, err := readAll(t, string(text), audience.Options{Delimiter: rune(delimiter)})
		if err != nil {
			return
		}
		records := [][]string{file.Header()}
		for _, row := range rows {
			records = append(records, row.Cells)
			if strings.TrimSpace(strings.Join(row.Cells, "")) == "" {
				return // cells past the header only: written again, it is a blank row
			}
		}
		if strings.HasPrefix(strings.ToLower(records[0][0]), "sep=") {
			return // a header that Excel takes for its own line
		}
		d := file.Dialect()
		again, rows, err := readAll(t, write(t, d, records...), audience.Options{Delimiter: d.Delimiter, Encoding: d.Encoding})
		if err != nil {
			t.Fatalf("%q in %+v: %v", records, d, err)
		}
		back := [][]string{again.Header()}
		for _, row := range rows {
			back = append(back, row.Cells)
		}
		if !reflect.DeepEqual(back, records) {
			t.Fatalf("in %+v: %q became %q", d, records, back)
		}
	})
}
