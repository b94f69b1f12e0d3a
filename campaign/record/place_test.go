package record_test

import (
	"path/filepath"
	"strings"
	"testing"

	"kanal-campaign/campaign/record"
)

func TestFileNamesAreSafe(t *testing.T) {
	for _, name := range []string{"", ".", "..", "../../etc/passwd", `..\..\x`, "/abs", "C:\\x", "a/b", "CON", "nul.txt", "com1",
		"LPT¹", "x.", "x ",
		".hidden", "a\x00b", "a\nb", "\u202ex", "a:b", "a*b?", "new\u2028line", "bad\xff", "x.sandbox", strings.Repeat("é", 300),
		"-rf", "~", "$HOME"} {
		path := record.Place{Dir: "out", Campaign: name}.Results()
		base := filepath.Base(path)
		if filepath.Dir(path) != "out" || len(base) > 200 || base[0] == '.' || strings.ContainsAny(base, "/\\:*?\"<>|\x00\n") ||
			record.IsDeviceName(base) {
			t.Errorf("%q: %q", name, path)
		}
	}
	for name, want := range map[string]string{"novembre": "novembre.results.csv", "soldes d'été": "soldes d'été.results.csv",
		"v1.2": "v1.2.results.csv"} {
		if got := (record.Place{Campaign: name}).Results(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if record.FileName("a/b") == record.FileName("a:b") {
		t.Error("two campaigns share a file")
	}
	if a, b := (record.Place{Campaign: "x.sandbox"}).Results(), (record.Place{Campaign: "x", Rehearsed: true}).Results(); a == b {
		t.Errorf("a campaign shares a file with a rehearsal: %s", a)
	}
	if got := (record.Place{Dir: "d", Campaign: "n", Rehearsed: true}).Problems(); got != filepath.Join("d", "n.sandbox.problems.csv") {
		t.Error(got)
	}
}

// The files of a campaign are found again by their names, under any number, and no other's.
func TestPlaceKnowsItsFiles(t *testing.T) {
	place := record.Place{Dir: "d", Campaign: "n"}
	for name, want := range map[string]bool{"n.results.csv": true, "n.results-12.csv": true, "n.problems.csv": true, "n.report.html": true,
		"n.csv": false, "n.sandbox.results.csv": false, "nn.results.csv": false, "n.other.csv": false} {
		if place.Has(name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
	for _, path := range []string{place.Results(), place.Problems(), place.Report()} {
		if !place.Has(filepath.Base(path)) {
			t.Errorf("%s is not known", path)
		}
	}
}
