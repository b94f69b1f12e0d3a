package cli_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// valueCases are files whose values people would wince at: by row, the code; and the exit code of a check.
var valueCases = []struct {
	file string
	code int
	want map[string]string
}{
	{"n06_invisible_values.csv", 4, map[string]string{"2": "value-empty", "3": "value-whitespace", "4": "value-empty", "5": "value-whitespace"}},
	{"c41_html_entities.csv", 0, map[string]string{"2": "value-entities", "3": "value-entities"}},
	{"c44_question_marks.csv", 0, map[string]string{"2": "value-question", "3": "value-question"}},
	{"c55_fillers.csv", 4, map[string]string{"2": "value-filler", "3": "value-filler", "4": "value-filler", "5": "value-filler", "6": "value-filler",
		"7": "value-filler", "8": "value-filler", "9": "value-filler", "10": "value-filler", "11": "value-sheet-error", "12": "value-filler",
		"13": "value-filler", "14": "value-filler", "15": "value-filler", "16": "value-filler", "17": "value-filler", "18": "value-filler",
		"19": "value-filler", "20": "value-filler", "21": "value-filler", "22": "value-filler", "23": "value-sheet-error", "24": "value-filler", "25": "value-filler", "26": "value-sheet-error"}},
}

func TestEmbarrassingValuesOfRealFiles(t *testing.T) {
	for _, tc := range valueCases {
		t.Run(tc.file, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("values.csv", caseOf(t, tc.file))
			w.run("check", path, "--template", "welcome", "--country", "FR").want(t, tc.code)
			if got := codesByRow(t, w.read("values.problems.csv")); !maps.Equal(got, tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
			// The same rules hold for what Kanal gets of the contact.
			contact := strings.Replace(tc.file, ".csv", "", 1)
			lines := strings.Split(strings.Replace(caseOf(t, tc.file), "prenom", "nom", 1), "\n")
			lines[0] += ",prenom"
			for i := range lines[1:] {
				if lines[i+1] != "" {
					lines[i+1] += ",Zoé"
				}
			}
			path = w.write(contact+".csv", strings.Join(lines, "\n"))
			w.run("check", path, "--template", "welcome", "--country", "FR", "--name-column", "nom", "--email-column", "nom")
			want := maps.Clone(tc.want)
			maps.DeleteFunc(want, func(_, code string) bool { return code == "value-empty" || code == "value-whitespace" }) // nothing is sent of it
			if len(want) == 0 {
				return
			}
			if got := codesByRow(t, w.read(contact+".problems.csv")); !maps.Equal(got, want) {
				t.Errorf("of the contact: %v, want %v", got, want)
			}
		})
	}
}

// A number that people type where they know none is called that; the starter file's example alone is blamed on init. A line
// that is no mobile is warned of, whatever it is.
func TestNumbersOfNobody(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("nobody.csv", "phone,prenom,code\n0600000000,Zoé,A1\n06 00 00 00 00,Luc,A2\n+33600000000,Léa,A3\n0700000000,Eva,A4\n"+
		"+34600000000,Ana,A5\n+33 6 00 00 00 00,Jo,A6\n0601000000,Max,A7\n09 72 12 34 56,Tom,A8\n0472000001,Ida,A9\n0806123456,Ugo,B1\n"+
		"0612345678,Noé,B2\n0612345679,Noa,B3\n0612345670,Lou,B4\n")
	w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 4).tells(t, "problem.phone-placeholder.remark").
		tells(t, "problem.row-example.heading").tells(t, "problem.phone-fixed-line.heading", "3")
	want := map[string]string{"2": "phone-placeholder", "3": "phone-placeholder", "4": "phone-placeholder", "5": "phone-possible",
		"6": "phone-placeholder", "7": "row-example", "9": "phone-fixed-line", "10": "phone-fixed-line", "11": "phone-fixed-line"}
	if got := codesByRow(t, w.read("nobody.problems.csv")); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	w.send(path, "--skip-invalid").want(t, 3)
	if n := len(w.kanal.Accepted()); n != 7 {
		t.Errorf("%d were messaged", n)
	}
}

// codesByRow reads a problems file.
func codesByRow(t *testing.T, content string) map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(content, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, line := range lines[1:] {
		found[line[0]] = line[2]
	}
	return found
}

// A date in a language that its format names reads well, and the formula that is advised fits the column's format.
func TestAdviceAboutNumbersOfASheet(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.run("check", w.write("dates.xlsx", caseOf(t, "x11_0.xlsx")), "--template", "welcome", "--country", "FR").want(t, 0).
		says(t, "jeudi 24 décembre 2026")
	if _, err := os.Stat(filepath.Join(w.dir, "dates.problems.csv")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a warning of a date that reads well: %v", err)
	}
	got := w.run("check", w.write("codes.xlsx", caseOf(t, "x36_leadingzero_code_format.xlsx")), "--template", "welcome", "--country", "FR").want(t, 0)
	got.says(t, `=TEXT(C2,"00000")`, `=TEXTE(C2;"00000")`)
	if strings.Contains(got.out, "0%") {
		t.Errorf("it advises a percentage:\n%s", got.out)
	}
}

// Results that a spreadsheet has saved with shortened numbers are called that, whichever column it is.
func TestShortenedResultsAreCalledThat(t *testing.T) {
	for name, change := range map[string][2]string{
		"our number": {"33612345678", "3,36E+10"}, "a variable": {"123456789012", "1,23457E+11"}, "the user's number": {";0612345678", ";6,12E+08"},
		"a message id": {"900000000001", "9E+11"},
	} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("results.csv", "nom;phone;prenom;code\nx;0612345678;Zoé;123456789012\n")
		w.send(path).want(t, 0)
		results := w.read("results.results.csv")
		if name == "a message id" {
			change[0] = ";" + strconv.FormatInt(w.kanal.Accepted()[0].MessageID, 10) + ";"
			change[1] = ";9E+11;"
		}
		changed := strings.ReplaceAll(results, change[0], change[1])
		if changed == results {
			t.Fatalf("%s: nothing to change in %s", name, results)
		}
		changed = strings.ReplaceAll(changed, "\ufeff", "")
		w.env["XDG_STATE_HOME"] += "-lost"
		got := w.run("resume", "--from", w.write("results.results.csv", changed), "--template", "welcome", "--country", "FR", "--yes")
		if got.code == 0 || !strings.Contains(got.err+got.out, "shortened") || len(w.kanal.Accepted()) != 1 {
			t.Errorf("%s: %d\n%s%s", name, got.code, got.out, got.err)
		}
	}
}
