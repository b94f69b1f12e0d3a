package audience_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/campaign/audience"
)

func TestRowsAreNumberedAsInASpreadsheet(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []int
	}{
		{"plain", "phone,name\n1,a\n2,b\n", []int{2, 3}},
		{"no line end at the end", "phone,name\n1,a\n2,b", []int{2, 3}},
		{"empty lines", "phone,name\n\n1,a\n\n\n2,b\n\n", []int{3, 6}},
		{"rows of delimiters and of spaces", "phone,name\n,\n1,a\n , \n  \n2,b\n", []int{3, 6}},
		{"cells of several lines", "phone,name\n1,\"a\nb\n\nc\"\n2,b\n\n3,c\n", []int{2, 3, 5}},
		{"the same with CRLF", "phone,name\r\n1,\"a\r\nb\r\n\r\nc\"\r\n2,b\r\n\r\n3,c\r\n", []int{2, 3, 5}},
		{"the same with CR", "phone,name\r1,\"a\rb\r\rc\"\r2,b\r\r3,c\r", []int{2, 3, 5}},
		{"CR CR LF", "phone,name\r\r\n1,a\r\r\n2,b\r\r\n", []int{2, 3}},
		{"a header of two lines", "phone,\"name\nfirst\"\n1,a\n", []int{2}},
		{"a header that is not in row 1", "\n,\nphone,name\n1,a\n", []int{4}},
		{"sep line, which Excel hides", "sep=,\nphone,name\n1,a\n\n2,b\n", []int{2, 4}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, rows, err := readAll(t, tc.text, audience.Options{})
			if err != nil || !reflect.DeepEqual(numbers(rows), tc.want) {
				t.Errorf("got %v, %v, want %v", numbers(rows), err, tc.want)
			}
		})
	}
}

func TestBlankRowsAreCounted(t *testing.T) {
	f, rows, err := readAll(t, "\nphone,name\n\n,\n1,a\n  \n2,b\n", audience.Options{})
	if err != nil || len(rows) != 2 || f.BlankRows() != 4 {
		t.Errorf("%d rows, %d blank, %v", len(rows), f.BlankRows(), err)
	}
}

func TestWidths(t *testing.T) {
	f, rows, err := readAll(t, "phone,name,,\n1,a\n2\n3,c,\n4,d,,,,\n5,e,,,x,,\n6,,,\n", audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(f.Header(), []string{"phone", "name"}) {
		t.Errorf("header %q", f.Header())
	}
	want := []audience.Row{
		{Number: 2, Cells: []string{"1", "a"}, Width: 2},
		{Number: 3, Cells: []string{"2", ""}, Width: 1, Ragged: true},
		{Number: 4, Cells: []string{"3", "c"}, Width: 2},
		{Number: 5, Cells: []string{"4", "d"}, Width: 2},
		{Number: 6, Cells: []string{"5", "e"}, Surplus: []string{"", "", "x"}, Width: 5, Ragged: true},
		{Number: 7, Cells: []string{"6", ""}, Width: 2},
	}
	if !reflect.DeepEqual(rows, want) {
		t.Errorf("got %+v", rows)
	}
	if got := [][]string{rows[1].Raw(), rows[4].Raw()}; !reflect.DeepEqual(got, [][]string{{"2"}, {"5", "e", "", "", "x"}}) {
		t.Errorf("raw cells %q", got)
	}
}

func TestSpacerColumnWithoutDataIsFine(t *testing.T) {
	f, rows, err := readAll(t, "phone,,name\n1,,a\n", audience.Options{})
	if err != nil || len(f.Header()) != 3 || !reflect.DeepEqual(rows[0].Cells, []string{"1", "", "a"}) {
		t.Errorf("%q, %+v, %v", f.Header(), rows, err)
	}
}

func TestCellsAreUntouched(t *testing.T) {
	text := "\ufeff\"\ufeffphone\", Name ,note\n'06, Zoé ,\"=1+1 \"\"x\"\"\"\n"
	f, rows, err := readAll(t, text, audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(f.Header(), []string{"phone", " Name ", "note"}) {
		t.Errorf("header %q", f.Header())
	}
	if !reflect.DeepEqual(rows[0].Cells, []string{"'06", " Zoé ", `=1+1 "x"`}) {
		t.Errorf("cells %q", rows[0].Cells)
	}
}

func TestDigestIsOfTheRawBytes(t *testing.T) {
	for _, text := range []string{"phone\n06\n", "\ufeffphone\r\n06\r\n\r\n", "phone,n\r06,\xe9\r"} {
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := audience.Open(path, audience.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if f.SHA256() != "" {
			t.Error("a digest before the end")
		}
		for _, err := range f.Rows() {
			if err != nil {
				t.Fatal(err)
			}
		}
		sum := sha256.Sum256([]byte(text))
		if f.SHA256() != hex.EncodeToString(sum[:]) {
			t.Errorf("%q: %s", text, f.SHA256())
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		if err := f.Close(); err != nil {
			t.Error("closed twice:", err)
		}
	}
}

func TestAccents(t *testing.T) {
	f, _, err := readAll(t, "phone;Prénom\n1;Zoé 😀\n2;Zoé\n3;Jean-Jérôme Œuf\n4;Anaïs\n", audience.Options{})
	if err != nil || !reflect.DeepEqual(f.Accents(), []string{"Zoé", "Jean-Jérôme", "Œuf"}) {
		t.Errorf("%q, %v", f.Accents(), err)
	}
	f, _, err = readAll(t, "phone;Prénom\n1;LÃ©a\n", audience.Options{})
	if err != nil || !reflect.DeepEqual(f.Accents(), []string{"LÃ©a", "Prénom"}) {
		t.Errorf("%q, %v", f.Accents(), err)
	}
}

// Stopping early leaves no goroutine behind: synctest fails the test if one
// outlives the bubble.
func TestStoppingEarlyLeavesNothingBehind(t *testing.T) {
	text := "phone\n" + strings.Repeat("0612345678\n", 5000)
	for _, after := range []int{1, 2, 100} {
		synctest.Test(t, func(t *testing.T) {
			source := strings.NewReader(text)
			f, err := audience.Read(source, audience.Options{Encoding: audience.UTF8})
			if err != nil {
				t.Fatal(err)
			}
			seen := 0
			for range f.Rows() {
				if seen++; seen == after {
					break
				}
			}
			if seen != after || f.SHA256() != "" {
				t.Errorf("saw %d rows, digest %q", seen, f.SHA256())
			}
			for _, err := range f.Rows() {
				if faultOf(t, err).Code != audience.FileUnreadable {
					t.Errorf("a second loop: %v", err)
				}
			}
		})
	}
}

func TestErrorInTheMiddleComesAfterTheRowsBeforeIt(t *testing.T) {
	_, rows, err := readAll(t, "phone,name\n1,a\n2,b\n3,\"c\n4,e\n", audience.Options{})
	if len(rows) != 2 || faultOf(t, err).Code != audience.QuoteBroken {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// endless is a text whose cell never ends. It can be read from its start only.
type endless struct {
	head string
	left int64
	read int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.read < int64(len(e.head)) {
		n := copy(p, e.head[e.read:])
		e.read += int64(n)
		return n, nil
	}
	if e.read >= e.left {
		return 0, io.EOF
	}
	n := copy(p, bytes.Repeat([]byte{'x'}, int(min(int64(len(p)), e.left-e.read))))
	e.read += int64(n)
	return n, nil
}

func (e *endless) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekStart {
		return 0, errors.New("only the start")
	}
	e.read = 0
	return 0, nil
}

// A cell of 100 MB, in quotes or not, is refused without being held.
func TestCellOf100MBIsBounded(t *testing.T) {
	for _, head := range []string{"phone,name\n06,Zoé\n06,", "phone,name\n06,Zoé\n06,\"", "", "\""} {
		source := &endless{head: head, left: 100 << 20}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f, err := audience.Read(source, audience.Options{Encoding: audience.UTF8})
		if err == nil {
			for _, rowErr := range f.Rows() {
				err = rowErr
			}
		}
		runtime.ReadMemStats(&after)
		if fault := faultOf(t, err); fault.Code != audience.RecordTooLong {
			t.Errorf("%q: %v", head, err)
		}
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 20<<20 {
			t.Errorf("%q: %d MiB were allocated", head, grown>>20)
		}
		if source.read > 4<<20 {
			t.Errorf("%q: %d MiB were read", head, source.read>>20)
		}
	}
}

// Millions of blank lines are no long record.
func TestManyBlankLines(t *testing.T) {
	_, rows, err := readAll(t, "phone\n1\n"+strings.Repeat("\r\n", audience.MaxRecord)+"2\n", audience.Options{})
	if err != nil || !reflect.DeepEqual(numbers(rows), []int{2, 3 + audience.MaxRecord}) {
		t.Errorf("%v, %v", numbers(rows), err)
	}
}

func BenchmarkRows(b *testing.B) {
	var text bytes.Buffer
	text.WriteString("phone;first_name;order;city\r\n")
	for i := range 100_000 {
		fmt.Fprintf(&text, "06%08d;Zoé;CF-%d;\"Paris; France\"\r\n", i, i)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		f, err := audience.Read(bytes.NewReader(text.Bytes()), audience.Options{})
		if err != nil {
			b.Fatal(err)
		}
		count := 0
		for _, err := range f.Rows() {
			if err != nil {
				b.Fatal(err)
			}
			count++
		}
		if count != 100_000 {
			b.Fatal(count)
		}
	}
}
