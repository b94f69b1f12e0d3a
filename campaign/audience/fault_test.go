package audience_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"kanal-campaign/campaign/audience"
)

// faultyTexts are files that are no table, and what is wrong with each.
var faultyTexts = []struct {
	name, text string
	opts       audience.Options
	want       audience.Fault
}{
	{"no bytes", "", audience.Options{}, audience.Fault{Code: audience.FileEmpty}},
	{"a mark alone", "\ufeff", audience.Options{}, audience.Fault{Code: audience.FileEmpty}},
	{"blank lines", "\n\r\n  \n;;\n", audience.Options{}, audience.Fault{Code: audience.FileEmpty}},
	{"an archive without an end", "PK\x03\x04\x14\x00", audience.Options{}, audience.Fault{Code: audience.WorkbookBroken}},
	{"xls", "\xd0\xcf\x11\xe0\xa1\xb1", audience.Options{}, audience.Fault{Code: audience.FileSpreadsheet}},
	{"a web page", "\ufeff\n<html><table>", audience.Options{}, audience.Fault{Code: audience.FileSpreadsheet}},
	{"pdf", "%PDF-1.7\n", audience.Options{}, audience.Fault{Code: audience.FileNotText}},
	{"NULs at the start", "a\x00\x00b,c\n", audience.Options{}, audience.Fault{Code: audience.FileNotText}},
	{"a NUL far below", "phone\n" + strings.Repeat("0612345678\n", 10000) + "\x00\n", audience.Options{},
		audience.Fault{Code: audience.FileNotText, Line: 10002}},
	{"unknown encoding", "phone\n06\n", audience.Options{Encoding: "klingon"},
		audience.Fault{Code: audience.FileEncodingUnknown, Names: []string{"klingon"}}},
	{"not in the chosen encoding", "phone,name\n06,Zoé\n06,Zo\xe9\n", audience.Options{Encoding: "utf-8"},
		audience.Fault{Code: audience.FileEncodingWrong, Line: 3, Names: []string{"utf-8"}}},
	{"mostly UTF-8", "phone,name\n06,Zoé Jérôme\n06,Zo\xe9\n", audience.Options{},
		audience.Fault{Code: audience.FileEncodingWrong, Line: 3, Names: []string{"utf-8"}}},
	{"a mark says otherwise", "\ufeffphone\n06\n", audience.Options{Encoding: "windows-1252"},
		audience.Fault{Code: audience.FileEncodingWrong, Names: []string{"windows-1252"}}},
	{"not UTF-16", "phone,name\n06,Zoe\n", audience.Options{Encoding: "utf-16le"},
		audience.Fault{Code: audience.FileEncodingWrong, Names: []string{"utf-16le"}}},
	{"a phone number for a header", "06 12 34 56 78,Zoé\n", audience.Options{},
		audience.Fault{Code: audience.FileNoHeader, Names: []string{"06 12 34 56 78"}}},
	{"a number with other spaces for a header", "06\u00a012\u00a034\u00a056\u00a078\nx\n", audience.Options{},
		audience.Fault{Code: audience.FileNoHeader, Names: []string{"06\u00a012\u00a034\u00a056\u00a078"}}},
	{"a number with a word for a header", "Zoé;tél. 06·12·34·56·78?\n", audience.Options{},
		audience.Fault{Code: audience.FileNoHeader, Names: []string{"tél. 06·12·34·56·78?"}}},
	{"an address for a header", "Zoé;zoe@example.com\n", audience.Options{},
		audience.Fault{Code: audience.FileNoHeader, Names: []string{"zoe@example.com"}}},
	{"3,36E+10 for a header", "Zoé;3,36E+10\n", audience.Options{}, audience.Fault{Code: audience.FileNoHeader, Names: []string{"3,36E+10"}}},
	{"header only", "phone,2024-11-03,12345\n\n,,\n", audience.Options{}, audience.Fault{Code: audience.FileNoRows}},
	{"a column without a name", "phone,,name\n06,,Zoé\n06,x,Zoé\n", audience.Options{},
		audience.Fault{Code: audience.HeaderEmpty, Names: []string{"B"}}},
	{"a last column without a name", "phone,name,,\n06,Zoé,,x\n", audience.Options{},
		audience.Fault{Code: audience.HeaderEmpty, Names: []string{"D"}}},
	{"a header row with nothing in it", "\nphone\n06\n", audience.Options{HeaderRow: 1}, audience.Fault{Code: audience.HeaderRowEmpty, Names: []string{"1"}}},
	{"a header row behind the end", "phone\n06\n", audience.Options{HeaderRow: 7}, audience.Fault{Code: audience.HeaderRowEmpty, Names: []string{"7"}}},
	{"a header row of data", "phone\n0612345678\n", audience.Options{HeaderRow: 2},
		audience.Fault{Code: audience.FileNoHeader, Names: []string{"0612345678"}}},
	{"too wide", strings.Repeat("c,", audience.MaxColumns) + "c\n1\n", audience.Options{},
		audience.Fault{Code: audience.HeaderTooWide, Names: []string{"2001"}}},
	{"a quote left open", "phone,name\n\n06,Zoé\n06,\"Zoé\n06,Jo\n", audience.Options{},
		audience.Fault{Code: audience.QuoteBroken, Line: 4, Column: 4}},
	{"a quote left open below cells of several lines", "phone,name\n\"06\n\",\"Zoé\n\"\n\"06\n7\", \"Zoé\n06,Jo\n", audience.Options{},
		audience.Fault{Code: audience.QuoteBroken, Line: 6, Column: 5}},
	{"a quote left open where CRs end the lines", "phone,name\r\r06,\"Zoé\r06,Jo\r", audience.Options{},
		audience.Fault{Code: audience.QuoteBroken, Line: 3, Column: 4}},
	{"a quote left open, and a cell in quotes below it", "phone;name\n06;\"Zoé\n07;\"Luc\"\n08;Ana\n", audience.Options{},
		audience.Fault{Code: audience.QuoteBroken, Line: 2, Column: 4}},
	{"a quote left open, and a cell in quotes beside it", "phone;name;code\n06;\"Zoé;\"A1\"\n07;Luc;A2\n", audience.Options{},
		audience.Fault{Code: audience.QuoteBroken, Line: 2, Column: 4}},
	{"a quote below a sep line", "sep=,\nphone,name\n06,\"b\n", audience.Options{},
		audience.Fault{Code: audience.QuoteBroken, Line: 3, Column: 4}},
	{"a record too long", "phone,name\n06,Zoé\n06," + strings.Repeat("x", audience.MaxRecord) + "\n", audience.Options{},
		audience.Fault{Code: audience.RecordTooLong, Line: 3}},
	{"a letter as a delimiter", "phone\n06\n", audience.Options{Delimiter: 'x'},
		audience.Fault{Code: audience.DelimiterUnknown, Names: []string{"x"}}},
}

func TestFaults(t *testing.T) {
	for _, tc := range faultyTexts {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := readAll(t, tc.text, tc.opts)
			got := *faultOf(t, err)
			got.Err = nil
			if !reflect.DeepEqual(got, tc.want) {
				t.Errorf("got %+v, want %+v", got, tc.want)
			}
		})
	}
}

func TestFaultsOfFiles(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "missing.csv")
	if _, err := audience.Open(missing, audience.Options{}); faultOf(t, err).Code != audience.FileMissing || faultOf(t, err).Path != missing {
		t.Error(err)
	}
	if _, err := audience.Open(dir, audience.Options{}); faultOf(t, err).Code != audience.FileIsFolder {
		t.Error(err)
	}
	if _, err := audience.Open(os.DevNull, audience.Options{}); faultOf(t, err).Code != audience.FileIsStream {
		t.Error(err)
	}
	broken := filepath.Join(dir, "broken.csv")
	if err := os.WriteFile(broken, []byte("0612345678\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := audience.Open(broken, audience.Options{}); faultOf(t, err).Path != broken {
		t.Error(err)
	}
	_, err := audience.Open(broken, audience.Options{})
	if want := `audience: file-no-header: ` + broken; err.Error() != want {
		t.Errorf("got %s, want %s", err, want)
	}
	_, err = audience.Read(strings.NewReader("0612345678\n"), audience.Options{})
	if strings.Contains(err.Error(), "0612345678") {
		t.Error("a recipient's number in a text that may be logged:", err)
	}
}

// Detection reads the file twice; what changes in between is noticed.
func TestFileChangedBetweenPasses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	text := "phone\n" + strings.Repeat("0612345678\n", 20000)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := audience.Open(path, audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	appended, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := appended.WriteString("0698765432\n"); err != nil {
		t.Fatal(err)
	}
	appended.Close()
	var last error
	for _, err := range f.Rows() {
		last = err
	}
	if faultOf(t, last).Code != audience.FileChanged || f.SHA256() != "" {
		t.Errorf("%v, %s", last, f.SHA256())
	}
}
