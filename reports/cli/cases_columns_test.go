package cli_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kanal-campaign/kanal/sandbox"
)

// numbersCase is a file, and the people whom its messages may reach once what is open is decided.
type numbersCase struct {
	file  string // of testdata/cases; empty for text
	text  string
	flags []string
	// asks are the answers of the decision that stops check and send, in their order; none for no decision.
	asks []string
	code problem // of the first problem or group of rows that stops them; empty where nothing does
	// sent are the digits that are reached with the first answer, or at once where nothing is asked.
	sent string
}

type problem = string

// checked is what a check tells programs.
type checked struct {
	OK       bool `json:"ok"`
	Problems []struct {
		Code, Severity string
		Answers        []struct {
			Flag, Value string
			Invalid     int
		}
	}
	Groups  []struct{ Code, Severity string }
	Columns []struct{ Variable, Header string }
	// Proposed are whole commands for what is unclear.
	Proposed []string `json:"proposed_commands"`
}

func (w *world) checkJSON(path string, flags ...string) (found checked, code int) {
	w.t.Helper()
	r := w.run(append([]string{"check", path, "--template", "welcome", "--format", "json"}, flags...)...)
	if err := json.Unmarshal([]byte(r.out), &found); err != nil {
		w.t.Fatalf("%v\n%s\n%s", err, r.out, r.err)
	}
	return found, r.code
}

// has reports whether a problem or a group of rows has the code.
func (c checked) has(code string) bool {
	for _, p := range c.Problems {
		if p.Code == code {
			return true
		}
	}
	for _, g := range c.Groups {
		if g.Code == code {
			return true
		}
	}
	return false
}

func (w *world) reached() string {
	var all []string
	for _, a := range w.kanal.Accepted() {
		all = append(all, a.Number)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// in puts the case's file into the world's folder.
func (c numbersCase) in(w *world) string {
	w.t.Helper()
	if c.file == "" {
		return w.write("people.csv", c.text)
	}
	content, err := os.ReadFile(filepath.Join("testdata", "cases", c.file))
	if err != nil {
		w.t.Fatal(err)
	}
	return w.write(c.file, string(content))
}

// try checks and sends the case's file, gives the first answer, and looks at whom Kanal was asked to reach.
func (c numbersCase) try(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := c.in(w)
	found, code := w.checkJSON(path, c.flags...)
	want := map[bool]int{true: 0, false: 4}[c.code == ""]
	if len(c.asks) > 0 {
		want = 5
	}
	if code != want || found.OK != (want == 0) {
		t.Errorf("check ends with %d, ok %v, want %d: %+v", code, found.OK, want, found)
	}
	if c.code != "" && !found.has(c.code) {
		t.Errorf("it has no %s: %+v", c.code, found)
	}
	send := append([]string{"send", path, "--template", "welcome", "--yes", "--rate", "6000"}, c.flags...)
	if want != 0 {
		w.run(send...).want(t, want)
		if got := w.reached(); got != "" {
			t.Fatalf("before it was decided, %s were reached", got)
		}
	}
	if len(c.asks) > 0 {
		var answers []string
		for _, p := range found.Problems {
			for _, a := range p.Answers {
				answers = append(answers, a.Flag+" "+a.Value)
			}
		}
		if !slices.Equal(answers, c.asks) {
			t.Errorf("the answers are %q, want %q", answers, c.asks)
		}
		flag, value, _ := strings.Cut(c.asks[0], " ")
		send = append(send, flag, value)
	}
	if c.sent == "" {
		return
	}
	w.run(send...).want(t, 0)
	if got := w.reached(); got != c.sent {
		t.Errorf("%s were reached, want %s", got, c.sent)
	}
}

const (
	openColumn = "country-column-open"
	bothWays   = "phone-both-ways"
)

func TestCountryColumn(t *testing.T) {
	t.Parallel()
	fr := []string{"--country", "FR"}
	n01 := []string{"--phone-column", "billing_phone", "--map", "prenom=first_name", "--map", "code=order_id"}
	n02 := []string{"--map", "prenom=Name", "--map", "code=Name"}
	for name, c := range map[string]numbersCase{
		"n01": {file: "n01_country_column_ignored.csv", flags: append(n01, fr...), code: openColumn,
			asks: []string{"--country-column billing_country", "--country-column none"},
			sent: "32470123456 33612345678 34612345678 41791234567 447911123456"},
		"n02": {file: "n02_calling_code_column.csv", flags: append(n02, fr...), code: openColumn,
			asks: []string{"--country-column CountryCode", "--country-column none"}, sent: "212612345679 221771234567 33612345678"},
		"without --country": {file: "n02_calling_code_column.csv", flags: n02, code: openColumn,
			asks: []string{"--country-column CountryCode", "--country-column none"}, sent: "212612345679 221771234567 33612345678"},
		"names with accents, codes of three letters, flags": {flags: fr, code: openColumn,
			text: "phone;prenom;code;Pays de résidence\n0612345678;A;1;France\n771234567;B;2;Sénégal\n0791234567;C;3;SUISSE\n" +
				"0470123456;D;4;BEL\n612345679;E;5;🇪🇸\n",
			asks: []string{"--country-column Pays de résidence", "--country-column none"},
			sent: "221771234567 32470123456 33612345678 34612345679 41791234567"},
		"calling codes with apostrophes, + and 00": {flags: fr, code: openColumn,
			text: "indicatif,phone,prenom,code\n'+41,791234567,A,1\n0032,470123456,B,2\n'33,612345678,C,3\n+1,2125550123,D,4\n7,9123456789,E,5\n",
			asks: []string{"--country-column indicatif", "--country-column none"},
			sent: "12125550123 32470123456 33612345678 41791234567 79123456789"},
		"a region that shares its code": {flags: fr, code: openColumn,
			text: "phone,prenom,code,Préfixe\n0692123456,A,1,262\n0690123456,B,2,+590\n0612345678,C,3,33\n",
			asks: []string{"--country-column Préfixe", "--country-column none"}, sent: "262692123456 33612345678 590690123456"},
		"in German": {flags: []string{"--country", "DE"}, code: openColumn,
			text: "phone,prenom,code,Land\n0151 23456789,A,1,Deutschland\n079 1234567,B,2,Schweiz\n0664 1234567,C,3,Österreich\n",
			asks: []string{"--country-column Land", "--country-column none"}, sent: "41791234567 436641234567 4915123456789"},
		"the nearest of two by its name": {flags: append([]string{"--phone-column", "billing_phone"}, fr...), code: openColumn,
			text: "prenom,code,shipping_country,billing_phone,note,billing_country\nA,1,FR,0791234567,,CH\nB,2,BE,0612345678,,FR\n",
			asks: []string{"--country-column billing_country", "--country-column shipping_country", "--country-column none"},
			sent: "33612345678 41791234567"},
		"countries in a column that is not called so": {flags: fr, code: openColumn,
			text: "phone,prenom,code,Marché\n0612345678,A,1,France\n0791234567,B,2,Suisse\n0612345679,C,3,France\n",
			asks: []string{"--country-column Marché", "--country-column none"}, sent: "33612345678 33612345679 41791234567"},
		"an error with the column": {flags: fr, code: openColumn,
			text: "phone,prenom,code,pays\n0612345678,A,1,FR\n0612345679,B,2,CH\n0612345677,C,3,FR\n",
			asks: []string{"--country-column pays", "--country-column none"}},
		"an empty cell falls back": {flags: append([]string{"--country-column", "pays"}, fr...),
			text: "phone,prenom,code,pays\n0612345678,A,1,\n0791234567,B,2,CH\n", sent: "33612345678 41791234567"},
		"an empty cell with nothing to fall back on": {flags: []string{"--country-column", "pays"}, code: "phone-country-unknown",
			text: "phone,prenom,code,pays\n0612345678,A,1,\n0791234567,B,2,CH\n0791234568,B,2,CH\n"},
		"a column by its letter": {flags: append([]string{"--country-column", "D"}, fr...),
			text: "phone,prenom,code,pays\n0791234567,B,2,CH\n", sent: "41791234567"},
		"a column that is not there": {flags: append([]string{"--country-column", "land"}, fr...), code: "column-unknown",
			text: "phone,prenom,code,pays\n0791234567,B,2,CH\n"},

		"all in the country given": {flags: fr, text: "phone,prenom,code,pays\n0612345678,A,1,FR\n612345679,B,2,France\n", sent: "33612345678 33612345679"},
		"numbers with their own country": {flags: fr,
			text: "phone,prenom,code,pays\n+41791234567,A,1,FR\n0041791234568,B,2,BE\n33612345678,C,3,FR\n",
			sent: "33612345678 41791234567 41791234568"},
		"a country of interest": {flags: fr, text: "phone,prenom,code,Pays d'intérêt\n0612345678,A,1,plage\n0791234567,B,2,Suisse\n0612345679,C,3,montagne\n",
			sent: "33612345678 33612345679 33791234567"},
		"titles":    {flags: fr, text: "phone,prenom,code,prefixe\n0612345678,A,1,Mme\n0791234567,B,2,MR\n0612345679,C,3,MS\n", sent: "33612345678 33612345679 33791234567"},
		"languages": {flags: fr, text: "phone,prenom,code,langue\n0612345678,A,1,fr\n0791234567,B,2,de\n0612345679,C,3,it\n", sent: "33612345678 33612345679 33791234567"},
		"first names that are countries": {flags: fr,
			text: "phone,prenom,code\n0612345678,Jordan,1\n0791234567,Zoé,2\n0612345679,Chad,3\n0612345670,Léa,4\n0612345671,Luc,5\n",
			sent: "33612345670 33612345671 33612345678 33612345679 33791234567"},
		"quantities": {flags: fr, text: "phone,prenom,code,quantité\n0612345678,A,1,41\n0791234567,B,2,41\n", sent: "33612345678 33791234567"},
	} {
		t.Run(name, c.try)
	}
}

// Whether a column tells countries does not depend on the order of the rows.
func TestCountryColumnInAnyOrder(t *testing.T) {
	t.Parallel()
	rows := []string{"0612345678,A,1,?", "0612345679,B,2,?", "0791234567,C,3,CH", "0470123456,D,4,BE", "0612345670,E,5,FR"}
	for range rows {
		numbersCase{flags: []string{"--country", "FR"}, text: "phone,prenom,code,pays\n" + strings.Join(rows, "\n"), code: openColumn,
			asks: []string{"--country-column pays", "--country-column none"},
			sent: "32470123456 33612345670 33612345678 33612345679 41791234567"}.try(t)
		rows = append(rows[1:], rows[0])
	}
}

func TestBareNumbersAmongInternationalOnes(t *testing.T) {
	t.Parallel()
	fr := []string{"--country", "FR"}
	international := "33612345678 33698765432 508551234 681821234 687781234"
	for name, c := range map[string]numbersCase{
		"v13":                   {file: "v13_nc_pf_bare.csv", flags: fr, code: bothWays},
		"v13 international":     {file: "v13_nc_pf_bare.csv", flags: append([]string{"--bare-numbers", "international"}, fr...), sent: international},
		"v13 without --country": {file: "v13_nc_pf_bare.csv", sent: international},
		"v13 national": {file: "v13_nc_pf_bare.csv", flags: append([]string{"--bare-numbers", "national"}, fr...),
			code: "phone-overseas"}, // 0508… is Saint-Pierre and Miquelon's
		"v13 national, without it": {flags: append([]string{"--bare-numbers", "national"}, fr...),
			text: "phone,prenom,code\n33612345678,A,1\n33698765432,B,2\n687781234,C,3\n681821234,D,4\n",
			sent: "33612345678 33681821234 33687781234 33698765432"},
		"most are national": {flags: fr, sent: "33612345678 33612345679 33612345680 33687781234",
			text: "phone,prenom,code\n612345678,A,1\n687781234,B,2\n612345679,C,3\n33612345680,D,4\n"},
		"as many": {flags: fr, code: bothWays, text: "phone,prenom,code\n612345678,A,1\n687781234,B,2\n33612345680,D,4\n"},
		"none is bare but the one": {flags: fr, sent: "33612345678 33687781234",
			text: "phone,prenom,code\n0612345678,A,1\n687781234,B,2\n"},
		"with 0 or + in front it is plain": {flags: fr, sent: "33612345678 33687781234 687781234",
			text: "phone,prenom,code\n33612345678,A,1\n0687781234,B,2\n+687781234,C,3\n"},
		"in the country of the row": {flags: []string{"--country-column", "pays"}, code: bothWays,
			text: "phone,prenom,code,pays\n33612345678,A,1,FR\n41791234567,B,2,CH\n687781234,C,3,FR\n"},
	} {
		t.Run(name, c.try)
	}
}

// What counts is the whole column, wherever the number that can be read in two ways stands.
func TestBareNumbersInAnyOrder(t *testing.T) {
	t.Parallel()
	rows := []string{"687781234,A,1", "33612345678,B,2", "33698765432,C,3", "612345678,D,4", "33612345670,E,5"}
	for range rows {
		numbersCase{flags: []string{"--country", "FR"}, text: "phone,prenom,code\n" + strings.Join(rows, "\n"), code: bothWays}.try(t)
		rows = append(rows[1:], rows[0])
	}
}

// numbersBook is a workbook of one column of numbers, each with a format or a formula.
func (w *world) numbersBook(cells ...func(f *excelize.File, cell string) error) string {
	rows := [][]any{{"phone", "prenom", "code"}}
	for i := range cells {
		rows = append(rows, []any{"", "Zoé", i})
	}
	return w.workbook("book.xlsx", rows, func(f *excelize.File) error {
		var all error
		for i, set := range cells {
			cell, err := excelize.CoordinatesToCellName(1, i+2)
			all = errors.Join(all, err, set(f, cell))
		}
		return all
	})
}

func shownNumber(value int64, format string) func(*excelize.File, string) error {
	return func(f *excelize.File, cell string) error {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		return errors.Join(err, f.SetCellValue("Sheet1", cell, value), f.SetCellStyle("Sheet1", cell, cell, style))
	}
}

func typedNumber(formula string, result int64) func(*excelize.File, string) error {
	return func(f *excelize.File, cell string) error {
		return errors.Join(f.SetCellValue("Sheet1", cell, result), f.SetCellFormula("Sheet1", cell, formula))
	}
}

func TestWhatAWorkbookShowsCounts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]numbersCase{
		"x03": {file: "x03_country_code_in_number_format.xlsx", flags: []string{"--country", "FR"}, sent: "212612345678 41791234567"},
		"x28": {file: "x28_negative_phone.xlsx", flags: []string{"--country", "FR"}, sent: "33612345678"},
	} {
		t.Run(name, c.try)
	}
	for name, c := range map[string]struct {
		cell func(*excelize.File, string) error
		want string // the number that is reached, or the problem of the row
	}{
		"+ in the format":              {shownNumber(612345678, `"+33 "0 00 00 00 00`), "33612345678"},
		"escaped":                      {shownNumber(791234567, `\+41\ 00\ 000\ 00\ 00`), "41791234567"},
		"00 in the format":             {shownNumber(791234567, `"0041 "0`), "41791234567"},
		"zeros that fill up":           {shownNumber(612345678, "0000000000"), "33612345678"},
		"more zeros that fill up":      {shownNumber(33612345678, "00000000000000"), "33612345678"},
		"scientific":                   {shownNumber(33612345678, "0.00E+00"), "33612345678"},
		"thousands":                    {shownNumber(612345678, "#,##0.00"), "33612345678"},
		"pairs":                        {shownNumber(612345678, `0" "00" "00" "00" "00`), "33612345678"},
		"the code of the country":      {shownNumber(612345678, `"33 "0`), "33612345678"},
		"another country's code":       {shownNumber(791234567, `"41 "0`), "phone-shown"},
		"a code that makes no number":  {shownNumber(612345678, `"+999 "0`), "phone-invalid"},
		"typed with a minus":           {typedNumber("+33-612345678", -612345645), "33612345678"},
		"typed in pairs":               {typedNumber("6+12+34+56+78", 186), "33612345678"},
		"typed with slashes":           {typedNumber("+33/612345678", 0), "33612345678"},
		"typed with the code in front": {typedNumber("33612-345678", -312066), "33612345678"},
		"typed with an equals sign":    {typedNumber("+41791234567", 41791234567), "41791234567"},
		"zeros may be lost":            {typedNumber("+43-664-1234567", -1235188), "phone-typed"},
		"a calculation":                {typedNumber("SUM(612345600,78)", 612345678), "33612345678"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.numbersBook(c.cell)
			if digits := strings.Trim(c.want, "0123456789"); digits != "" {
				if found, code := w.checkJSON(path, "--country", "FR"); code != 4 || !found.has(c.want) {
					t.Errorf("exit code %d, %+v", code, found)
				}
				return
			}
			w.send(path).want(t, 0)
			if got := w.reached(); got != c.want {
				t.Errorf("%s was reached, want %s", got, c.want)
			}
			w.truth(1, "book.results.csv")
			w.run("verify", "book").want(t, 0)
			w.loseLedger()
			w.rebuild("book.results.csv").want(t, 0)
			w.truth(1, "book.results.csv")
		})
	}
}

// --fix keeps whom a workbook's numbers are, in a workbook and in CSV.
func TestFixKeepsNumbersOfAWorkbook(t *testing.T) {
	for _, fixed := range []string{"fixed.xlsx", "fixed.csv"} {
		w := newWorld(t, sandbox.Options{})
		path := w.numbersBook(shownNumber(612345678, `"+212 "0`), typedNumber("+33-612345678", -612345645),
			func(f *excelize.File, cell string) error {
				return errors.Join(f.SetCellValue("Sheet1", cell, "0612345679"), f.SetCellValue("Sheet1", "B4", "Zoé\nB"))
			})
		target := filepath.Join(w.dir, fixed)
		w.run("check", path, "--template", "welcome", "--country", "FR", "--fix", "-o", target).want(t, 0)
		w.send(target).want(t, 0)
		if got, want := w.reached(), "212612345678 33612345678 33612345679"; got != want {
			t.Errorf("%s: %s were reached, want %s", fixed, got, want)
		}
	}
}
