package record_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

func problemsAt(t *testing.T, dir string) *record.Problems {
	t.Helper()
	f, err := record.NewProblems(t.Context(), alone{}, record.Place{Dir: dir, Campaign: "n"}, french{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func manyProblems(n int) []problem.Problem {
	problems := make([]problem.Problem, n)
	for i := range problems {
		problems[i] = problem.Problem{Code: "phone-overseas", Severity: problem.Error, Row: i + 2, Column: "B", Header: "Téléphone",
			Value: "=0692123456", Fix: "+262692123456"}
	}
	return problems
}

func TestProblemsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "n.problems.csv")
	f := problemsAt(t, filepath.Dir(path))
	defer f.Discard()
	const n = 1234 // more than a batch
	for _, p := range manyProblems(n) {
		if err := f.Add([]problem.Problem{p}); err != nil {
			t.Fatal(err)
		}
	}
	dialect := audience.Dialect{Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"}
	if written, err := f.Commit(dialect); !written || err != nil || f.Path() != path {
		t.Fatal(written, err, f.Path())
	}
	header, rows, found := rowsOf(t, path)
	if found != dialect || !slices.Equal(header, record.ProblemColumns) || len(rows) != n {
		t.Fatalf("%+v, %q, %d rows", found, header, len(rows))
	}
	want := map[string]string{"row": "1235", "column": "B", "code": "phone-overseas", "value": "'=0692123456",
		"problem": "B =0692123456 : phone-overseas, à vérifier", "proposed_fix": "'+262692123456", "severity": "error"}
	if last := rows[n-1]; !maps.Equal(last, want) {
		t.Errorf("got  %q\nwant %q", last, want)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
}

// Errors come before warnings, each in the order of the rows: of 35 warnings, the 5 errors are not to be picked out.
func TestProblemsFileHasErrorsFirst(t *testing.T) {
	path := filepath.Join(t.TempDir(), "n.problems.csv")
	f := problemsAt(t, filepath.Dir(path))
	var want []string
	const n = 3000 // more than a batch
	for _, severity := range []problem.Severity{problem.Error, problem.Warning} {
		for i := range n {
			if (i%3 == 0) == (severity == problem.Error) {
				want = append(want, fmt.Sprint(i+2, " ", severity))
			}
		}
	}
	for i := range n {
		p := problem.Problem{Code: "value-empty", Severity: problem.Error, Row: i + 2}
		if i%3 != 0 {
			p = problem.Problem{Code: "value-filler", Severity: problem.Warning, Row: i + 2, Value: "N\nULL"}
		}
		if err := f.Add([]problem.Problem{p}); err != nil {
			t.Fatal(err)
		}
	}
	if written, err := f.Commit(audience.Dialect{Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"}); !written || err != nil {
		t.Fatal(written, err)
	}
	var got []string
	_, rows, _ := rowsOf(t, path)
	for _, row := range rows {
		got = append(got, row["row"]+" "+row["severity"])
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d rows, %q … %q", len(got), got[:5], got[len(got)-5:])
	}
}

func TestProblemsFallBackToUTF8(t *testing.T) {
	for name, dialect := range map[string]audience.Dialect{"1252": {Delimiter: ';', Encoding: audience.Windows1252}, "unread": {}} {
		path := filepath.Join(t.TempDir(), "n.problems.csv")
		f := problemsAt(t, filepath.Dir(path))
		if err := f.Add([]problem.Problem{{Code: "value-undecodable", Severity: problem.Error, Value: "Zo\uFFFD"}}); err != nil {
			t.Fatal(err)
		}
		if written, err := f.Commit(dialect); !written || err != nil {
			t.Fatal(written, err)
		}
		if text, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(text, []byte("\xEF\xBB\xBF")) ||
			!bytes.Contains(text, []byte("Zo\uFFFD")) {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

func TestProblemsFileComesAndGoes(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "n.problems.csv")
	commit := func(problems []problem.Problem) (bool, string) {
		t.Helper()
		f := problemsAt(t, filepath.Dir(path))
		if err := f.Add(problems); err != nil {
			t.Fatal(err)
		}
		written, err := f.Commit(audience.Dialect{Delimiter: ','})
		if err != nil {
			t.Fatal(err)
		}
		return written, f.Path()
	}
	names := func() (found []string) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			found = append(found, e.Name())
		}
		return found
	}
	if written, _ := commit(nil); written || len(names()) > 0 {
		t.Error("nothing to write", names())
	}
	for range 2 { // the second replaces the first
		if written, at := commit(manyProblems(1)); !written || at != path || len(names()) != 1 {
			t.Error(at, names())
		}
	}
	if commit(nil); len(names()) > 0 {
		t.Error("a stale file is left", names())
	}
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if commit(nil); len(names()) != 1 {
		t.Error("a file of somebody else was removed")
	}
	if _, at := commit(manyProblems(1)); at != filepath.Join(dir, "n.problems-2.csv") {
		t.Error(at)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "mine" {
		t.Errorf("%q, %v", text, err)
	}
	nowhere := record.Place{Dir: filepath.Join(dir, "nowhere"), Campaign: "n"}
	if _, err := record.NewProblems(t.Context(), alone{}, nowhere, french{}); err == nil {
		t.Error("a folder that is not there")
	}
}

// Nothing is left of a check that was given up.
func TestProblemsDiscard(t *testing.T) {
	dir := t.TempDir()
	f := problemsAt(t, dir)
	if err := f.Add(manyProblems(1000)); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	f.Discard()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}
