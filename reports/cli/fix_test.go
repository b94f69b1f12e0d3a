package cli_test

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kanal-campaign/kanal/sandbox"
)

// certainFixes are a number or a first name as a file has it, and as --fix writes it; nothing where it is left alone.
var certainFixes = map[string]struct{ before, after, prenom, fixed string }{
	"a 0 too many":            {before: "033612345678", after: "+33612345678"},
	"a + before a 0":          {before: "+0612345678"},
	"a wide + before a 0":     {before: "＋0612345678"},
	"both + and 00":           {before: "+0033612345678"},
	"below zero":              {before: "-612345678"},
	"a stray symbol":          {before: "*06 12 34 56 78", after: "+33612345678"},
	"of another country":      {before: "04791234567"},
	"perhaps Australian":      {before: "+612345678"},
	"without its +":           {before: "32470123456"},
	"overseas":                {before: "0692123456"},
	"letters":                 {before: "O612345678"},
	"two":                     {before: "0612345678/0698765432"},
	"an extension":            {before: "06 12 34 56 78 poste 12"},
	"scientific":              {before: "3,36E+10"},
	"too short":               {before: "06 12 34 56 7"},
	"a line break":            {prenom: "\"Zoé\n et Léa\"", fixed: "Zoé et Léa"},
	"a wrong encoding":        {prenom: "JÃ©rÃ´me", fixed: "Jérôme"},
	"half a wrong encoding":   {prenom: "JÃ©rôme"},
	"a sheet's error":         {prenom: "#N/A"},
	"a filler":                {prenom: "NULL"},
	"a letter that is meant":  {prenom: "Ângela"},
	"already as it should be": {prenom: "Zoé"},
}

// fileToFix is a file with the number and the first name in its row 5.
func fileToFix(phone, prenom string) string {
	const around = "0612340001;Ana ;=1+1;\"a;\"\"b\"\r\n\r\n"
	return "\r\nTéléphone;prenom;code;Note\r\n" + around + phone + ";" + prenom + ";C;x\r\n0612340002;Léo;D;\r\n0612340003;Lou;E;\r\n"
}

// What is certain is fixed, listed before and after; what is not stays, in the file and on the list.
func TestFixWritesWhatIsCertain(t *testing.T) {
	t.Parallel()
	for name, tc := range certainFixes {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			phone, prenom := cmp.Or(tc.before, "0698765432"), cmp.Or(tc.prenom, "Max")
			content := fileToFix(phone, prenom)
			path, out := w.write("a.csv", content), filepath.Join(w.dir, "clean.csv")
			got := w.run("check", path, "--template", "welcome", "--country", "FR", "--fix", "-o", out)
			if w.read("a.csv") != content {
				t.Error("the file itself was changed")
			}
			if tc.after == "" && tc.fixed == "" {
				got.tells(t, "fixes-none")
				if _, err := os.Stat(out); !os.IsNotExist(err) {
					t.Error("a file was written")
				}
				return
			}
			got.want(t, 0).says(t, "row 5", "-> ").tells(t, "fixes-written", "1", "a.csv")
			want := fileToFix(cmp.Or(tc.after, phone), cmp.Or(tc.fixed, prenom))
			want = strings.Replace(strings.Replace(want, "\r\nTél", ";;;\r\nTél", 1), "\r\n\r\n", "\r\n;;;\r\n", 1) // blank rows keep their place
			if clean := w.read("clean.csv"); clean != want {
				t.Errorf("the new file is\n%q, want\n%q", clean, want)
			}
			w.run("check", out, "--template", "welcome", "--country", "FR", "--fix").want(t, 0).tells(t, "fixes-none")
		})
	}
}

// A fix of what cannot be seen is seen on the screen.
func TestFixShowsInvisibleCharacters(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", "phone,prenom,code\n*06\u00a012 34 56 78,\"Zoé\tet\u00a0Léa\",\"a\u200b\nb\"\n")
	w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 4).says(t, "Zoé⇥et")
	w.run("check", path, "--template", "welcome", "--country", "FR", "--fix").want(t, 0).says(t, "*06␣12 34 56 78 -> +33612345678",
		"Zoé⇥et␣Léa -> Zoé et Léa", "a<U+200B>⏎b -> a<U+200B> b")
}

func TestFixListsWhatIsLeft(t *testing.T) {
	messy, err := os.ReadFile("../../examples/messy.csv")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, sandbox.Options{})
	path := w.write("messy.csv", string(messy))
	w.run("check", path, "--template", "welcome", "--country", "FR", "--fix").want(t, 4).says(t, "row 32 B LÃ©a -> Léa", "messy.fixed.problems.csv", "send "+filepath.Join(w.dir, "messy.fixed.csv")).
		tells(t, "fixes-written", "4", "messy.csv").tells(t, "check-problems-rows", "22")
	w.run("check", path, "--template", "welcome", "--country", "FR", "--fix").want(t, 1).says(t, "-o FILE").
		tells(t, "file-is-there")
	w.run("check", path, "--template", "welcome", "--fix", "-o", path).want(t, 1).tells(t, "file-is-there")
	w.run("check", path, "--template", "welcome", "-o", "x.csv").want(t, 2).says(t, "add --fix")
	w.run("check", path, "--template", "welcome", "--fix", "-o", "x.xlsx").want(t, 2).says(t, ".csv")
	if w.read("messy.csv") != string(messy) {
		t.Error("the file itself was changed")
	}

	got := w.run("check", path, "--template", "welcome", "--country", "FR", "--fix", "-o", filepath.Join(w.dir, "b.csv"),
		"--format", "json").want(t, 4)
	var check struct {
		Invalid int
		Fixed   struct {
			Cells int
			First []struct{ Row int }
		}
	}
	if err := json.Unmarshal([]byte(got.out), &check); err != nil || check.Invalid != 22 || check.Fixed.Cells != 4 ||
		check.Fixed.First[3].Row != 32 {
		t.Errorf("%+v, %v", check, err)
	}
}

// A workbook is fixed into another one, and a screen lists the first fixes only.
func TestFixAWorkbook(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	rows := [][]any{{"phone", "prenom", "code"}}
	for i := range 25 {
		rows = append(rows, []any{33612345000 + i, "Zoé\nLéa", "A"})
	}
	path := w.workbook("a.xlsx", rows, nil)
	w.run("check", path, "--template", "welcome", "--sheet", "1", "--fix").want(t, 0).says(t, filepath.Join(w.dir, "a.fixed.xlsx")+" --template welcome").
		tells(t, "fixes-written", "25", "a.xlsx").tells(t, "more-cells", "15")
	w.run("check", path, "--template", "welcome", "--fix", "-o", filepath.Join(w.dir, "a.fixed.csv")).want(t, 0)
	if got := w.read("a.fixed.csv"); !strings.HasPrefix(got, "\ufeffphone;prenom;code\r\n33612345000;Zoé Léa;A\r\n") {
		t.Errorf("%q", got)
	}
	w.send(filepath.Join(w.dir, "a.fixed.xlsx")).want(t, 0)
	w.truth(25, "a.fixed.results.csv")
}

// A text of a workbook stays a text in every audience that is made of it: in another workbook it does, and CSV is refused
// where it would not. The values that are sent never change.
func TestWorkbookTextsNeverBecomeFormulas(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	const link = `=HYPERLINK("https://example.com";"x")`
	path := w.workbook("a.xlsx", [][]any{{"phone", "prenom", "code", "Note"}, {"+33612345678", "Zoé\nLéa", "=1+1", "a"},
		{}, {"+33612345679", "Max", "B", link}, {"+33612345680", "Ana", "C", "+33 6 12 34 56 78"}}, nil)
	clean := filepath.Join(w.dir, "clean.csv")
	w.run("check", path, "--template", "welcome").want(t, 4).says(t, "(row 2: =1+1)").
		tells(t, "problem.cells-computed.heading", "2", "2", "C", "\"=1+1\"")
	w.run("check", path, "--template", "welcome", "--fix", "-o", clean).want(t, 1).says(t, "row 2, column C").
		tells(t, "error-would-compute")
	if _, err := os.Stat(clean); !os.IsNotExist(err) {
		t.Error("it was written")
	}
	clean = filepath.Join(w.dir, "clean.xlsx")
	w.run("check", path, "--template", "welcome", "--fix", "-o", clean).want(t, 0).says(t, "Fixed 1 cell", "send "+clean)
	want := map[string]string{"A2": "+33612345678", "B2": "Zoé Léa", "C2": "=1+1", "D4": link, "D5": "+33 6 12 34 56 78", "A1": "phone"}
	sheetHolds(t, clean, want)
	w.run("check", path, "--template", "welcome", "--fix", "-o", filepath.Join(w.dir, "clean.xlsm")).want(t, 2)

	w.send(clean, "--first", "1").want(t, 0)
	if got := w.kanal.Accepted()[0].Variables["code"]; got != "=1+1" {
		t.Errorf("the value sent is %q", got)
	}
	w.run("report", "clean", "--only", "sent", "-o", filepath.Join(w.dir, "b.csv")).want(t, 1).says(t, "row 2, column C", ".xlsx")
	w.run("report", "clean", "--only", "pending", "-o", filepath.Join(w.dir, "b.csv")).want(t, 1).says(t, "row 4, column D")
	again := filepath.Join(w.dir, "b.xlsx")
	w.run("report", "clean", "--only", "pending", "-o", again).want(t, 0).says(t, "2 rows")
	sheetHolds(t, again, map[string]string{"D2": link, "A3": "+33612345680", "D3": "+33 6 12 34 56 78"})

	w.send(w.write("c.csv", people(1))).want(t, 0)
	w.run("report", "c", "--only", "sent", "-o", filepath.Join(w.dir, "c.xlsx")).want(t, 2).says(t, ".csv")
}

// sheetHolds fails the test unless a workbook has these texts, and no formula in their cells.
func sheetHolds(t *testing.T, path string, want map[string]string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, text := range want {
		got, err := f.GetCellValue("Sheet1", cell)
		formula, _ := f.GetCellFormula("Sheet1", cell)
		if kind, _ := f.GetCellType("Sheet1", cell); err != nil || got != text || formula != "" ||
			kind != excelize.CellTypeInlineString && text != "" {
			t.Errorf("%s is %q of type %v, formula %q, %v", cell, got, kind, formula, err)
		}
	}
}

// What a workbook shows otherwise than it holds stays so in the one that is made of it, and the next check warns again:
// of 10.50 €, the € is not lost without a trace. It holds for columns that another command may read, too.
func TestFixKeepsWhatAWorkbookShows(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.workbook("avent.xlsx", [][]any{{"phone", "prenom", "Prix", "Rabais"}, {33612345678, "Zoé\nLéa", 10.5, 0.15},
		{33612345679, "Max", "7 €", 0.2}}, func(f *excelize.File) error {
		for cells, code := range map[string]string{"C2": `0.00\ "€"`, "D2": "0%", "D3": "0%"} {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			if err == nil {
				err = f.SetCellStyle("Sheet1", cells, cells, id)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	const warning = "(row 2: 10.50 € would read 10.5)"
	flags := []string{"--template", "welcome", "--country", "FR", "--map", "code=Prix"}
	got := w.run(append([]string{"check", path, "--fix"}, flags...)...).want(t, 0).says(t, "Fixed 1 cell", warning)
	if n := strings.Count(got.out, warning); n != 1 {
		t.Errorf("the warning stands there %d times:\n%s", n, got.out)
	}
	fixed := filepath.Join(w.dir, "avent.fixed.xlsx")
	w.run(append([]string{"check", fixed}, flags...)...).want(t, 0).says(t, warning)
	w.run("check", fixed, "--template", "welcome", "--country", "FR", "--map", "code=Rabais").want(t, 0).says(t, "In 2 rows").
		tells(t, "warning-example-shown", "15%", "0.15")
	book, err := excelize.OpenFile(fixed)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, want := range map[string]string{"B2": "Zoé Léa", "C2": "10.50 €", "C3": "7 €", "D2": "15%"} {
		if got, err := book.GetCellValue("Sheet1", cell); err != nil || got != want {
			t.Errorf("%s shows %q, want %q, %v", cell, got, want, err)
		}
	}
	w.send(fixed, "--map", "code=Prix").want(t, 0)
	if sent := w.kanal.Accepted()[0].Variables; sent["code"] != "10.5" {
		t.Errorf("sent %v", sent)
	}
}
