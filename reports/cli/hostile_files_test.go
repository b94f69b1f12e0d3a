package cli_test

import (
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"kanal-campaign/kanal/sandbox"
)

// computes reports whether a spreadsheet may find a formula in a cell, with whichever delimiter it reads the file.
func computes(cell string) bool {
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(",;|\t", r) }) {
		part = strings.TrimLeftFunc(part, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
		if first, _ := utf8.DecodeRuneInString(part); part != "" && strings.ContainsRune("=+-@＝＋－＠", first) {
			return true
		}
	}
	return false
}

// records reads a file of commas, with or without a byte order mark.
func (w *world) records(name string) [][]string {
	w.t.Helper()
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.read(name), "\ufeff"))).ReadAll()
	if err != nil {
		w.t.Fatal(err)
	}
	return records
}

// Nothing that the program puts beside the input's columns, or into a file of its own, is a formula, whatever Kanal
// answers and the file holds. The input's own columns come back as they were.
func TestNothingAddedIsAFormula(t *testing.T) {
	t.Parallel()
	w := newHostileWorld(t)
	good := hostileAudience(t, w, true)
	w.interrupted(terminal{}, "send", good, "--template", "1300", "--country", "FR", "--campaign", "x", "--yes", "--rate", "6000").
		tells(t, "label-rows")
	input, results := w.records(filepath.Base(good)), w.records("x.results.csv")
	refused := 0
	for i, record := range results {
		if !slices.Equal(record[:len(input[i])], input[i]) {
			t.Errorf("row %d was %q and came back as %q", i+1, input[i], record[:len(input[i])])
		}
		for _, cell := range record[len(input[i]):] {
			if computes(cell) || control.MatchString(cell) {
				t.Errorf("row %d has gained %q", i+1, cell)
			}
			if strings.Contains(cell, "HYPERLINK") {
				refused++
			}
		}
	}
	if len(results) != len(input) || refused == 0 {
		t.Errorf("%d records of %d, %d refused with a formula", len(results), len(input), refused)
	}

	bad := hostileAudience(t, w, false)
	w.run("check", bad, "--template", "1300", "--campaign", "y", "--country", "FR").want(t, 4)
	problems := w.records("y.problems.csv")
	for _, record := range problems {
		for _, cell := range record {
			if computes(cell) || control.MatchString(cell) {
				t.Errorf("the problems hold %q in %q", cell, record)
			}
		}
	}
	if len(problems) < 20 {
		t.Errorf("only %d problems", len(problems))
	}

	starter := filepath.Join(w.dir, "starter.csv")
	w.run("init", "--template", "1300", "-o", starter).want(t, 0)
	for _, record := range w.records("starter.csv") {
		for i, cell := range record {
			if computes(cell) && !strings.HasPrefix(record[0], "+33") || i > 0 && computes(cell) {
				t.Errorf("the starter file holds %q", cell)
			}
		}
	}
	w.run("check", starter, "--template", "1300").says(t, "=prenom = B") // the columns are found all the same
}

// A campaign's name is a name, never a way: no file leaves the folder of the results and that of the ledger, and no two
// campaigns share one.
func TestNamesStayInTheirFolder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	inside := filepath.Join(w.dir, "a", "b", "c")
	if err := os.MkdirAll(inside, 0o700); err != nil {
		t.Fatal(err)
	}
	path := w.write("a/b/c/spring.csv", people(1))
	names := []string{"../../x", "../x", "..", ".", "/etc/x", `..\..\x`, `C:\x`, "CON", "con.txt", "LPT1", "a:b", "a/b", "a|b", "x.",
		"x .", "...x", "~", "~/x", "-x", "$(touch y)", strings.Repeat("é", 100), strings.Repeat("日", 99) + "a",
		"été", "Été", "e\u0301te\u0301", "x.results", "x.sandbox", "nul.", "*?", `"x"`}
	results := map[string]string{}
	for _, name := range names {
		r := w.send(path, "--campaign="+name, "--again")
		if name == "e\u0301te\u0301" { // in another spelling of the same letters it is the same campaign
			r.want(t, 5)
			continue
		}
		r.want(t, 0)
		_, after, _ := strings.Cut(strings.Join(strings.Fields(r.out), " "), "Row by row ")
		written, _, _ := strings.Cut(after, ".results.csv")
		if other, shared := results[written]; shared || filepath.Dir(written) != inside {
			t.Errorf("%q and %q write %q", name, other, written)
		}
		results[written] = name
	}
	for _, name := range []string{"a\x00b", "a\nb", "a\x7fb", strings.Repeat("x", 101), "\u200b", "\u202ex",
		"x\ufeff", "\xff"} {
		w.send(path, "--campaign="+name, "--again").want(t, 2).tells(t, "campaign-name-unfit")
	}
	w.send(path, "--campaign=\u3000\t", "--again").want(t, 2).tells(t, "flag-empty", "--campaign")
	err := filepath.WalkDir(w.dir, func(found string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if base := filepath.Base(found); len(base) > 255 || strings.HasSuffix(base, ".") || strings.HasSuffix(base, " ") {
			t.Errorf("a file is called %q", base)
		}
		if dir := filepath.Dir(found); dir != inside && !strings.HasPrefix(dir, filepath.Join(w.dir, "state")) {
			t.Errorf("a file is at %q", found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(w.kanal.Accepted()); n != len(results) {
		t.Errorf("%d accepted of %d campaigns", n, len(results))
	}
}
