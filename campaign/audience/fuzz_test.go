package audience_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kanal-campaign/campaign/audience"
)

// The seeds are in testdata/fuzz, by name.

// FuzzRead: reading never panics, and never loses or invents a row. Each record of the reference that holds something
// is the header or a row, with the number that a spreadsheet gives it and with all its cells; an error comes after all
// rows in front of it, and for a reason that the reference sees, too.
func FuzzRead(f *testing.F) {
	f.Fuzz(func(t *testing.T, text []byte, delimiter byte, encoding string) {
		file, err := audience.Read(bytes.NewReader(text), audience.Options{Delimiter: rune(delimiter), Encoding: encoding})
		if err != nil {
			faultOf(t, err)
			return
		}
		d := file.Dialect()
		want := readReference(text, d)
		want.agreesWithLibrary(t, d)
		records := want.filled()
		if len(records) == 0 {
			t.Fatalf("a header %q of nothing", file.Header())
		}
		header := records[0].cells
		header[0] = strings.TrimLeft(header[0], "\ufeff") // a second byte order mark
		for i, name := range file.Header() {
			if name != header[i] {
				t.Fatalf("the header is %q, not %q", file.Header(), header)
			}
		}
		records = records[1:]
		read := 0
		for row, err := range file.Rows() {
			if err != nil {
				checkFault(t, faultOf(t, err).Code, want, records[read:], header)
				return
			}
			if read == len(records) {
				t.Fatalf("row %d is not in the file: %q", row.Number, row.Raw())
			}
			checkRow(t, row, records[read], len(file.Header()))
			read++
		}
		if read != len(records) || want.broken || want.nul {
			t.Fatalf("%d rows of %d (broken: %v): %q", read, len(records), want.broken, want.text)
		}
		if blank := want.rows - len(records) - 1; file.BlankRows() != blank {
			t.Fatalf("%d blank rows, not %d", file.BlankRows(), blank)
		}
	})
}

// checkRow holds a row against its record.
func checkRow(t *testing.T, row audience.Row, want referenceRecord, width int) {
	t.Helper()
	cells := slices.Clone(want.cells)
	for len(cells) > width && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if row.Number != want.row || row.Width != len(cells) || row.Ragged != (len(cells) != width) || !slices.Equal(row.Raw(), cells) {
		t.Fatalf("%+v is not row %d: %q", row, want.row, cells)
	}
	if len(row.Cells) != width {
		t.Fatalf("row %d has %d cells of %d", row.Number, len(row.Cells), width)
	}
	for i := len(cells); i < width; i++ {
		if row.Cells[i] != "" {
			t.Fatalf("row %d has gained the cell %q", row.Number, row.Cells[i])
		}
	}
}

// checkFault asks the reference whether what ended the rows is so; next are the records that were not read.
func checkFault(t *testing.T, code audience.Code, want reference, next []referenceRecord, header []string) {
	t.Helper()
	so := false
	switch code {
	case audience.QuoteBroken:
		so = want.broken && len(next) == 0
	case audience.FileNotText:
		so = want.nul
	case audience.FileEncodingWrong:
		so = !utf8.ValidString(want.text)
	case audience.FileNoRows:
		so = len(next) == 0 && !want.broken
	case audience.HeaderEmpty:
		for i := range min(len(header), len(next[0].cells)) {
			so = so || strings.TrimSpace(header[i]) == "" && strings.TrimSpace(next[0].cells[i]) != ""
		}
	case audience.RecordTooLong:
		so = len(want.text) > audience.MaxRecord
	case audience.RowTooWide:
		so = len(next[0].cells) > audience.MaxColumns
	}
	if !so {
		t.Fatalf("%s, with %d records to come: %q", code, len(next), want.text)
	}
}

// FuzzRoundTrip: results read back equal. What is read, with a column of the tool's beside it, written in its dialect
// and read again, is the same header and the same cells.
func FuzzRoundTrip(f *testing.F) {
	f.Fuzz(func(t *testing.T, text []byte, delimiter byte, encoding string) {
		file, rows, err := readAll(t, string(text), audience.Options{Delimiter: rune(delimiter), Encoding: encoding})
		if err != nil {
			return
		}
		records := [][]string{append(file.Header(), "kanal_kanal_status")}
		for _, row := range rows {
			records = append(records, append(slices.Clone(row.Cells), "sent"))
		}
		if slices.Contains(file.Header(), "kanal_kanal_status") {
			return // reports takes another name then
		}
		d := file.Dialect()
		results, err := tryWrite(d, records)
		if errors.Is(err, audience.ErrUnencodable) { // as a mark before the text would be
			d = d.UTF8()
			results, err = tryWrite(d, records)
		}
		if err != nil {
			t.Fatalf("%q in %+v: %v", records, d, err)
		}
		again, rows, err := readAll(t, results, audience.Options{Delimiter: d.Delimiter, Encoding: d.Encoding})
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
