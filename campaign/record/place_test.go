package record_test

import (
	"os"
	"path/filepath"
	"slices"
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

// The files of a campaign are found again by their names, under any number, and no other's; those that are named are found where
// they are there.
func TestPlaceFindsItsFiles(t *testing.T) {
	place, beside := record.Place{Dir: t.TempDir(), Campaign: "n"}, t.TempDir()
	ours := []string{filepath.Join(beside, "people.csv"), filepath.Join(beside, "n.results-2.csv"), place.Results(), place.Problems(),
		place.Report(), filepath.Join(place.Dir, "n.results-12.csv")}
	for _, path := range append(slices.Clone(ours), filepath.Join(place.Dir, "n.csv"), filepath.Join(place.Dir, "n.sandbox.results.csv"),
		filepath.Join(place.Dir, "nn.results.csv"), filepath.Join(place.Dir, "n.other.csv"), filepath.Join(beside, "x.csv")) {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found := place.Files([]string{ours[0], "", filepath.Join(beside, "gone.csv"), filepath.Join(place.Dir, "gone", "x.csv")})
	slices.Sort(found)
	slices.Sort(ours)
	if !slices.Equal(found, ours) {
		t.Errorf("found %q, want %q", found, ours)
	}
}

// A report tells whether people are masked in it, also one that an earlier version wrote.
func TestMaskedReports(t *testing.T) {
	for content, want := range map[string]bool{
		`<html><head><meta name="people" content="masked">`:                   true,
		`<p class="meta">All times: CET. Phone numbers and names are masked.`: true,
		`<html><head>`: false,
	} {
		path := filepath.Join(t.TempDir(), "n.report.html")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if record.IsMasked(path) != want {
			t.Errorf("%s: %t", content, !want)
		}
	}
	if record.IsMasked(filepath.Join(t.TempDir(), "gone.html")) {
		t.Error("a report that is gone")
	}
}
