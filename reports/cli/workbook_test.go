package cli_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words/wordstest"
)

// workbook puts a workbook into the world's folder: a sheet of these rows, after what more makes of it.
func (w *world) workbook(name string, rows [][]any, more func(f *excelize.File) error) string {
	w.t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			w.t.Fatal(err)
		}
	}
	if more != nil {
		if err := more(f); err != nil {
			w.t.Fatal(err)
		}
	}
	path := filepath.Join(w.dir, name)
	if err := f.SaveAs(path); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// The example's workbook holds the numbers that its CSV export has destroyed: the one is sent, the other refused.
func TestWorkbookKeepsWhatAnExportDestroys(t *testing.T) {
	book, err := os.ReadFile("../../examples/welcome.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, sandbox.Options{})
	path := w.write("welcome.xlsx", string(book))
	w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 0).says(t, `3 rows, sheet "Clients"`, "20/11/2026")
	w.send(path).want(t, 0)
	w.truth(3, "welcome.results.csv")
	results := w.read("welcome.results.csv")
	if !strings.HasPrefix(results, "\ufeffTéléphone;prenom;code;Rendez-vous;status;") || !strings.Contains(results, "33612345678;Zoé;") {
		t.Errorf("the results are\n%s", results)
	}
	exported := w.write("exported.csv", "Téléphone;prenom;code\n3,36123E+10;Zoé;20/11/2026\n3,36123E+10;Léa;21/11/2026\n")
	w.run("check", exported, "--template", "welcome", "--country", "FR").want(t, 4).
		tells(t, "problem.phone-scientific.heading", "2")
}

// The same rows have the same keys from a workbook and from CSV, whatever the order of columns and the types of cells.
func TestSameKeysFromAWorkbook(t *testing.T) {
	keys := func(w *world, name string) map[string]string {
		found := map[string]string{}
		for _, row := range w.results(name) {
			found[row["normalized_phone"]+" "+row["row"]] = row["idempotency_key"]
		}
		return found
	}
	text, book := newWorld(t, sandbox.Options{}), newWorld(t, sandbox.Options{})
	text.send(text.write("same.csv", "phone,prenom,code\n0612345678,Zoé,19.9\n\n+32470123456,\"J\nM\",10000000000\n")).want(t, 4)
	text.send(text.write("same.csv", "phone,prenom,code\n0612345678,Zoé,19.9\n\n+32470123456,JM,10000000000\n")).want(t, 0)
	book.send(book.workbook("same.xlsx", [][]any{{"code", "phone", "prenom"}, {19.9, 33612345678, "Zoé "}, {},
		{10000000000, "+32470123456", "JM"}}, nil)).want(t, 0)
	want, got := keys(text, "same.results.csv"), keys(book, "same.results.csv")
	if len(got) != 2 || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, and from CSV %v", got, want)
	}
}

// A campaign from a workbook is updated like any other, from a workbook or from the same list as CSV.
func TestWorkbookThatComesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	rows := [][]any{{"phone", "prenom", "code"}, {33612345678, "Zoé", "A"}, {33612345679, "Léa", "B"}}
	onSecond := func(f *excelize.File) error {
		if err := f.SetSheetName("Sheet1", "Novembre"); err != nil {
			return err
		}
		_, err := f.NewSheet("Autre")
		if err == nil {
			err = f.MoveSheet("Autre", "Novembre")
		}
		return err
	}
	path := w.workbook("a.xlsx", rows, onSecond)
	w.send(path).want(t, 4).tells(t, "problem.file-empty.wrong")
	w.send(path, "--sheet", "Décembre").want(t, 4).says(t, `"Autre" and "Novembre"`).
		tells(t, "problem.sheet-unknown.wrong", "Décembre")
	w.send(path, "--sheet", "novembre").want(t, 0)
	w.send(path, "--sheet", "2").want(t, 5)
	w.workbook("a.xlsx", append(rows, []any{33612345680, "Max", "C"}), onSecond)
	w.send(path).want(t, 5).says(t, "--update")
	w.send(path, "--update").want(t, 0)
	w.truth(3, "a.results.csv")
	w.send(w.write("a.csv", "phone,prenom,code\n33612345678,Zoé,A\n33612345679,Léa,B\n33612345680,Max,C\n33612345681,Ana,D\n"),
		"--update").want(t, 0)
	w.truth(4, "a.results.csv")
	w.send(w.write("b.csv", people(1)), "--sheet", "1").want(t, 4).tells(t, "problem.sheet-no-workbook.heading")
}

func TestWorkbookNotes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	rows := [][]any{{"phone", "prenom", "code"}}
	for i := range 1100 {
		rows = append(rows, []any{33612345000 + i, "Zoé", "A"})
	}
	path := w.workbook("a.xlsx", rows, func(f *excelize.File) error {
		for row := 3; row <= 1102; row++ {
			if err := f.SetRowVisible("Sheet1", row, false); err != nil {
				return err
			}
		}
		return f.MergeCell("Sheet1", "F1", "G1")
	})
	w.run("check", path, "--template", "welcome").want(t, 0).tells(t, "problem.rows-hidden.heading", "1,099").
		tells(t, "problem.cells-merged.heading", "1")
	got := w.run("check", path, "--template", "welcome", "--format", "json").want(t, 0)
	var check struct{ Sheet string }
	if err := json.Unmarshal([]byte(got.out), &check); err != nil || check.Sheet != "Sheet1" {
		t.Errorf("%+v, %v", check, err)
	}
}

// Every starter is found unfilled, and is ready once it holds a recipient.
func TestStarterFiles(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	for name, flags := range map[string][]string{"plain.csv": nil, "excel.csv": {"--excel"}, "book.xlsx": nil} {
		path := filepath.Join(w.dir, name)
		w.run(append([]string{"init", "--template", "welcome", "-o", path}, flags...)...).want(t, 0).says(t, "check "+path, "--country FR")
		w.run("check", path, "--template", "welcome").want(t, 4).tells(t, "problem.row-example.heading")
		w.run("init", "--template", "welcome", "-o", path).want(t, 1).tells(t, "file-is-there")
	}
	const wanted = "\ufeffphone;prenom;code\r\n+33 6 00 00 00 00;example 1;example 2\r\n"
	if got := w.read("excel.csv"); got != wanted {
		t.Errorf("%q", got)
	}
	path := filepath.Join(w.dir, "book.xlsx")
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for column, value := range map[string]string{"A": "06 12 34 56 78", "B": "Zoé", "C": "00123"} {
		id, err := f.GetColStyle("Sheet1", column)
		if err != nil {
			t.Fatal(err)
		}
		if style, err := f.GetStyle(id); err != nil || style.NumFmt != 49 {
			t.Errorf("column %s is no text: %+v, %v", column, style, err)
		}
		if err := f.SetCellStr("Sheet1", column+"2", value); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	w.send(path).want(t, 0)
	w.truth(1, "book.results.csv")
	w.run("init", "--template", "welcome", "--excel", "--delimiter", ";").want(t, 2).tells(t, "init-excel-and-delimiter")
	w.run("init", "--template", "welcome", "--excel", "-o", "x.xlsx").want(t, 2).tells(t, "init-workbook-delimiter")
}

// Numbers are read in full, and the check warns where people would read something else than the workbook shows.
func TestNumbersThatReadOtherwiseThanShown(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	format := func(code string) *excelize.Style { return &excelize.Style{CustomNumFmt: &code} }
	path := w.workbook("a.xlsx", [][]any{{"phone", "prenom", "code", "Prix"}, {33612345678, 0.15, 19.9, 19.9}, {33612345679, 0.2, 7, 7},
		{33612345680, "Zoé", 1000, 1000}, {33612345681, 0.5, "19,90 €", 1}}, func(f *excelize.File) error {
		for cells, style := range map[string]*excelize.Style{
			"A2:A5": format(`0# ## ## ## ##`), "B2:B3": {NumFmt: 9}, "C2:C2": format(`0.00\ "€"`), "C3:C3": format("0"),
			"C4:C4": format("00000"), "D2:D5": format(`0.00 €`),
		} {
			id, err := f.NewStyle(style)
			if err != nil {
				return err
			}
			from, to, _ := strings.Cut(cells, ":")
			if err := f.SetCellStyle("Sheet1", from, to, id); err != nil {
				return err
			}
		}
		return nil
	})
	warnings := []string{"=TEXT(B2,\"0%\")", "=TEXTE(B2;\"0%\")", "(row 2: 15% would read 0.15)", "(row 2: 19.90 € would read 19.9)"}
	got := w.run("check", path, "--template", "welcome").want(t, 0).says(t, append(warnings, "problems.csv")...)
	if strings.Contains(got.out, "Prix") || strings.Contains(got.out, "column A as") {
		t.Errorf("columns that nobody reads are warned of:\n%s", got.out)
	}
	if problems := w.read("a.problems.csv"); !wordstest.Says(t, problems, "problem.value-shown.wrong", "01000", "\"\"1000\"\"") {
		t.Errorf("%s", problems)
	}
	w.workbook("b.xlsx", [][]any{{"phone", "prenom", "code"}, {33612345678, 0.15, "a\nb"}}, func(f *excelize.File) error {
		id, err := f.NewStyle(&excelize.Style{NumFmt: 10})
		if err == nil {
			err = f.SetCellStyle("Sheet1", "B2", "B2", id)
		}
		return errors.Join(err, f.SetRowVisible("Sheet1", 2, false))
	})
	w.run("check", filepath.Join(w.dir, "b.xlsx"), "--template", "welcome", "--fix").want(t, 0).
		tells(t, "warning-example-shown", "15.00%", "0.15").tells(t, "problem.rows-hidden.heading", "1")
	w.send(path).want(t, 0)
	if sent := w.kanal.Accepted()[0].Variables; sent["prenom"] != "0.15" || sent["code"] != "19.9" {
		t.Errorf("the number was not read in full: %v", sent)
	}
}

// What nobody has exported is not to be exported again: a workbook is told what to do in it. One row is not "all".
func TestDestroyedNumbersOfAWorkbook(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.workbook("a.xlsx", [][]any{{"phone", "prenom", "code"}, {"3,36123E+10", "Zoé", "1,5E+12"}, {33612345678, "Léa", "B"}}, nil)
	w.run("check", path, "--template", "welcome").want(t, 4).tells(t, "problem.phone-scientific.heading-workbook", "1").
		tells(t, "problem.value-scientific.heading-workbook", "code", "1").tells(t, "check-file-rows")
	if got := w.run("check", path, "--template", "welcome", "--format", "json").want(t, 4); wordstest.Says(t, got.out, "problem.value-scientific.heading") ||
		wordstest.Says(t, got.out, "problem.phone-scientific.heading") {
		t.Errorf("%s", got.out)
	}
	if problems := w.read("a.problems.csv"); strings.Contains(problems, "xport") {
		t.Errorf("%s", problems)
	}
	w.run("check", w.write("b.csv", "phone,prenom,code\n\"3,36123E+10\",Zoé,A\n0612345678,Léa,B\n"), "--template", "welcome",
		"--country", "FR").
		want(t, 4).tells(t, "problem.phone-scientific.heading", "1")
}

// Whom a campaign of a workbook did not reach is proposed as a workbook.
func TestSelectionOfAWorkbook(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.workbook("a.xlsx", [][]any{{"phone", "prenom"}, {"+33600000015", "=Zoé"}, {33612345678, "Max"}}, nil)
	t.Chdir(w.dir)
	w.run("send", path, "--type", "text", "--text", "Bonjour {{prenom}}", "--yes", "--rate", "6000").want(t, 3).says(t, "-o "+filepath.Join(w.dir, "a-again.xlsx"))
	w.run("report", "a", "--only", "rejected", "--cause", "closed-window", "-o", "a-again.xlsx").want(t, 0)
	sheetHolds(t, "a-again.xlsx", map[string]string{"A2": "+33600000015", "B2": "=Zoé", "A3": ""})
}

// What a workbook does not hold is told: the results of formulas that nothing has computed, the language of dates.
func TestWorkbookWarnings(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.workbook("a.xlsx", [][]any{{"phone", "prenom", "code", "Note"}, {33612345678, "Zoé", 46346},
		{33612345679, false, "B"}}, func(f *excelize.File) error {
		code := "d mmmm yyyy"
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err == nil {
			err = f.SetCellStyle("Sheet1", "C2", "C2", id)
		}
		if err == nil {
			err = f.SetCellFormula("Sheet1", "D2", "A2+1") // the library saves no result
		}
		return err
	})
	w.run("check", path, "--template", "welcome").want(t, 0).says(t, "(row 2: 20 November 2026)", "(row 3: FALSE)")
	if found, _ := w.checkJSON(path); !found.has("formulas-unresolved") || !found.has("value-date-names") || !found.has("value-filler") {
		t.Errorf("%+v", found)
	}
	titled := w.workbook("b.xlsx", [][]any{{"Liste des clients"}, {"phone", "prenom", "code"}, {33612345678, "Zoé", "A"}}, nil)
	w.run("check", titled, "--template", "welcome").want(t, 4).tells(t, "problem.phone-column-missing.fix")
	got := w.run("check", w.write("c.csv", "Nom;prenom;code\nA;B;C\n"), "--template", "welcome").want(t, 4)
	if strings.Contains(got.out, "is a title") {
		t.Errorf("a header is taken for a title:\n%s", got.out)
	}
}
