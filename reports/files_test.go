package reports

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
)

func TestFileNamesAreSafe(t *testing.T) {
	for _, name := range []string{"", ".", "..", "../../etc/passwd", `..\..\x`, "/abs", "C:\\x", "a/b", "CON", "nul.txt", "com1",
		"LPT¹", "x.", "x ",
		".hidden", "a\x00b", "a\nb", "\u202ex", "a:b", "a*b?", "new\u2028line", "bad\xff", "x.sandbox", strings.Repeat("é", 300),
		"-rf", "~", "$HOME"} {
		path := ResultsPath("out", name, Live)
		base := filepath.Base(path)
		if filepath.Dir(path) != "out" || len(base) > 200 || base[0] == '.' || strings.ContainsAny(base, "/\\:*?\"<>|\x00\n") ||
			deviceName.MatchString(base) {
			t.Errorf("%q: %q", name, path)
		}
	}
	for name, want := range map[string]string{"novembre": "novembre.results.csv", "soldes d'été": "soldes d'été.results.csv",
		"v1.2": "v1.2.results.csv"} {
		if got := ResultsPath("", name, Live); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if FileName("a/b") == FileName("a:b") {
		t.Error("two campaigns share a file")
	}
	if a, b := ResultsPath("", "x.sandbox", Live), ResultsPath("", "x", Sandbox); a == b {
		t.Errorf("a campaign shares a file with a rehearsal: %s", a)
	}
	if got := ProblemsPath("d", "n", Sandbox); got != filepath.Join("d", "n.sandbox.problems.csv") {
		t.Error(got)
	}
}

func TestUnformula(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", "=1+1": "'=1+1", "+33": "'+33", "-1": "'-1", "@x": "'@x", "\t=1": "' =1", "\r=1": "'⏎=1",
		"\x1b[2J=1": "'=1", "\x00-2": "'-2", "＝1": "'＝1", "a=b": "a=b", "x\x1b[2Jy": "xy",
		"\u200b=1": "'=1", " \u00a0=1": "' \u00a0=1", `"=1`: `'"=1`, "a;=1": "a;'=1", "a, b | -1": "a, b |' -1",
		"a;b - c, d+e": "a;b - c, d+e", "'=1": "'=1",
	} {
		if got := unformula(in); got != want {
			t.Errorf("unformula(%q) = %q, want %q", in, got, want)
		}
	}
}

func manyProblems(n int) []problem.Problem {
	problems := make([]problem.Problem, n)
	for i := range problems {
		problems[i] = problem.Problem{Code: problem.Code(number.Overseas), Severity: problem.Error, Row: i + 2, Column: "B", Header: "Téléphone",
			Value: "=0692123456", Fix: "+262692123456", Names: []string{"RE"}}
	}
	return problems
}

func TestProblemsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "novembre.problems.csv")
	f, err := NewProblemsFile(t.Context(), openLedger(t), "n", path)
	if err != nil {
		t.Fatal(err)
	}
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
	header, rows, found := readResults(t, path)
	if found != dialect || !slices.Equal(header, problemColumns) || len(rows) != n {
		t.Fatalf("%+v, %q, %d rows", found, header, len(rows))
	}
	want := []string{"1235", "B", "phone-overseas", "'=0692123456",
		`'"=0692123456" is the national form of a number (Réunion) that has another country code.`, "'+262692123456", "error"}
	if last := rows[n-1]; !slices.Equal(last, want) {
		t.Errorf("got  %q\nwant %q", last, want)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
}

// Errors come before warnings, each in the order of the rows: of 35 warnings, the 5 errors are not to be picked out.
func TestProblemsFileHasErrorsFirst(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.csv")
	f, err := NewProblemsFile(t.Context(), openLedger(t), "n", path)
	if err != nil {
		t.Fatal(err)
	}
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
		p := problem.Problem{Code: campaign.ValueEmpty, Severity: problem.Error, Row: i + 2}
		if i%3 != 0 {
			p = problem.Problem{Code: campaign.ValueFiller, Severity: problem.Warning, Row: i + 2, Value: "N\nULL"}
		}
		if err := f.Add([]problem.Problem{p}); err != nil {
			t.Fatal(err)
		}
	}
	if written, err := f.Commit(audience.Dialect{Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"}); !written || err != nil {
		t.Fatal(written, err)
	}
	var got []string
	_, rows, _ := readResults(t, path)
	for _, row := range rows {
		got = append(got, row[0]+" "+row[len(row)-1])
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d rows, %q … %q", len(got), got[:5], got[len(got)-5:])
	}
}

func TestProblemsFallBackToUTF8(t *testing.T) {
	for name, dialect := range map[string]audience.Dialect{"1252": {Delimiter: ';', Encoding: audience.Windows1252}, "unread": {}} {
		path := filepath.Join(t.TempDir(), "p.csv")
		f, err := NewProblemsFile(t.Context(), openLedger(t), "n", path)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Add([]problem.Problem{{Code: campaign.ValueUndecodable, Severity: problem.Error, Value: "Zo\uFFFD"}}); err != nil {
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
		f, err := NewProblemsFile(t.Context(), openLedger(t), "n", path)
		if err != nil {
			t.Fatal(err)
		}
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
	if _, err := NewProblemsFile(t.Context(), openLedger(t), "n", filepath.Join(dir, "nowhere", "p.csv")); err == nil {
		t.Error("a folder that is not there")
	}
}

// Nothing is left of a check that was given up.
func TestProblemsDiscard(t *testing.T) {
	dir := t.TempDir()
	f, err := NewProblemsFile(t.Context(), openLedger(t), "n", filepath.Join(dir, "p.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Add(manyProblems(1000)); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	f.Discard()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestStarter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "starter.csv")
	var out bytes.Buffer
	if err := WriteStarter(&out, campaign.TemplateMessage(template()), ';'); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	header, rows, dialect := readResults(t, path)
	if !slices.Equal(header, []string{"phone", "first_name", "order_id"}) || len(rows) != 1 || dialect.Delimiter != ';' {
		t.Errorf("%q, %q, %+v", header, rows, dialect)
	}
	if _, err := (number.Rules{}).Clean(rows[0][0]); err != nil {
		t.Errorf("the example does not pass the check: %v", err)
	}
}
