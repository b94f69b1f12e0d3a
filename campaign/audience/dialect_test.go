package audience_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"kanal-campaign/campaign/audience"
)

// Every dialect is read from what the Writer writes in it, detected as far as
// bytes can tell, and the cells come back.
func TestEveryDialect(t *testing.T) {
	header := []string{"Téléphone", "Prénom", "Note"}
	first := []string{"0612345678", "Zoé", "deux\nlignes, \"citées\"; et | plus\tloin"}
	second := []string{"0698765432", "Jérôme", ""}
	for _, encoding := range []string{audience.UTF8, audience.UTF16LE, audience.UTF16BE, audience.Windows1252, audience.MacRoman} {
		for _, bom := range []bool{false, true} {
			for _, delimiter := range ",;\t|" {
				for _, ending := range []string{"\n", "\r\n", "\r"} {
					marked := bom && strings.HasPrefix(encoding, "utf")
					d := audience.Dialect{Delimiter: delimiter, Encoding: encoding, BOM: marked, Ending: ending}
					t.Run(fmt.Sprintf("%s %v %q %q", encoding, bom, delimiter, ending), func(t *testing.T) {
						opts := audience.Options{}
						if encoding == audience.MacRoman {
							opts.Encoding = encoding // nothing tells it apart
						}
						f, rows, err := readAll(t, write(t, d, header, first, second), opts)
						if err != nil {
							t.Fatal(err)
						}
						if f.Dialect() != d {
							t.Errorf("dialect %+v, want %+v", f.Dialect(), d)
						}
						if f.EncodingGuessed() != (encoding == audience.Windows1252) {
							t.Errorf("guessed: %v", f.EncodingGuessed())
						}
						if got := [][]string{f.Header(), rows[0].Cells, rows[1].Cells}; !reflect.DeepEqual(got, [][]string{header, first, second}) {
							t.Errorf("got %q", got)
						}
						if got := numbers(rows); !reflect.DeepEqual(got, []int{2, 3}) {
							t.Errorf("rows %v", got)
						}
					})
				}
			}
		}
	}
}

func TestDelimiterDetection(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       rune
		header     int
	}{
		{"one column", "phone\n0612345678\n", ',', 1},
		{"delimiters inside quotes", "\"phone, or mobile, or both\";name\n06;Zoé\n", ';', 2},
		{"more commas than semicolons in the header", "phone;first, last, nick\n0612345678;Zoé\n0698765432;Jo\n", ';', 2},
		{"commas in rows only", "phone;price\n06;1,5\n07;2,5\n", ';', 2},
		{"two lines in a header cell", "\"phone\n(mobile), please\";name\n06;Zoé\n", ';', 2},
		{"header alone decides", "phone|name", '|', 2},
		{"blank lines first", "\n;;\nphone;name\n06;Zoé\n", ';', 2},
		{"sep line", "sep=|\nphone|a;b\n06|1\n", '|', 2},
		{"sep line in quotes", "\"sep=;\"\r\nphone;name\r\n06;Zoé\r\n", ';', 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f, _, err := readAll(t, tc.text, audience.Options{})
			if f == nil {
				t.Fatal(err)
			}
			if got := f.Dialect().Delimiter; got != tc.want || len(f.Header()) != tc.header {
				t.Errorf("delimiter %q, header %q", got, f.Header())
			}
		})
	}
}

func TestOptionsOverrideDetection(t *testing.T) {
	f, rows, err := readAll(t, "a;b^c\n1;2^3\n", audience.Options{Delimiter: '^', Encoding: "CP1252"})
	if err != nil {
		t.Fatal(err)
	}
	if d := f.Dialect(); d.Delimiter != '^' || d.Encoding != audience.Windows1252 || f.EncodingGuessed() {
		t.Errorf("%+v, guessed %v", d, f.EncodingGuessed())
	}
	if !reflect.DeepEqual(rows[0].Cells, []string{"1;2", "3"}) {
		t.Errorf("%q", rows[0].Cells)
	}
}

// The first accent may come long after the head that is looked at first.
func TestEncodingIsDecidedByTheWholeFile(t *testing.T) {
	ascii := "phone,name\n" + strings.Repeat("0612345678,Zoe\n", 20000)
	f, rows, err := readAll(t, ascii+"0612345678,Zo\xe9\n", audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f.Dialect().Encoding != audience.Windows1252 || !f.EncodingGuessed() || rows[len(rows)-1].Cells[1] != "Zoé" {
		t.Errorf("%+v, %q", f.Dialect(), rows[len(rows)-1].Cells)
	}
	f, _, err = readAll(t, ascii+"0612345678,Zoé\n", audience.Options{})
	if err != nil || f.Dialect().Encoding != audience.UTF8 || f.EncodingGuessed() {
		t.Errorf("%+v, %v", f.Dialect(), err)
	}
}

func TestUndefinedBytesOfWindows1252AreControls(t *testing.T) {
	_, rows, err := readAll(t, "phone,name\n06,\x81\x8d\x8f\x90\x9d\x80\n", audience.Options{Encoding: audience.Windows1252})
	if err != nil || rows[0].Cells[1] != "\u0081\u008d\u008f\u0090\u009d€" {
		t.Errorf("%+v, %v", rows, err)
	}
}

func TestDialectNames(t *testing.T) {
	for encoding, want := range map[string]string{
		audience.UTF8: "UTF-8", audience.Windows1252: "Windows-1252", audience.UTF16LE: "UTF-16 LE", audience.UTF16BE: "UTF-16 BE",
		audience.MacRoman: "MacRoman",
	} {
		if got := (audience.Dialect{Encoding: encoding}).EncodingName(); got != want {
			t.Errorf("%s: %s, want %s", encoding, got, want)
		}
	}
}

func TestDialectSurvivesJSON(t *testing.T) {
	d := audience.Dialect{Delimiter: ';', Encoding: audience.UTF8, BOM: true, Ending: "\r\n"}
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back audience.Dialect
	if err := json.Unmarshal(text, &back); err != nil || back != d {
		t.Errorf("%s gives %+v, %v", text, back, err)
	}
}
