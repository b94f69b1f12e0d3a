package reports

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kanal-campaign/campaign/audience"
)

// What a dead process has left of a campaign's files goes with the next writing of one; what a living one is at, and
// what is another campaign's, stays.
func TestLeftoversOfTheDeadGo(t *testing.T) {
	l, dir := openLedger(t), t.TempDir()
	c := publish(t, l, "n", dir, audience.Dialect{}, []string{"phone"}, plannedRow(2, "06"))
	dead := func(campaign string) string {
		t.Helper()
		d, err := newDraft(t.Context(), l, campaign, dir)
		if err != nil {
			t.Fatal(err)
		}
		d.file.Close()
		d.release() // as the end of a process does, which removes nothing
		return filepath.Base(d.file.Name())
	}
	write := func(remain ...string) {
		t.Helper()
		if _, err := WriteResults(t.Context(), l, c, Live); err != nil {
			t.Fatal(err)
		}
		remain = append(remain, "n.results.csv")
		slices.Sort(remain)
		var names []string
		entries, err := os.ReadDir(dir)
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if err != nil || !slices.Equal(names, remain) {
			t.Errorf("there is %q (%v), want %q", names, err, remain)
		}
	}
	theirs, ours := dead("another"), dead("n")
	living, err := newDraft(t.Context(), l, "n", dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, ours)); err == nil {
		t.Errorf("%s is still there", ours)
	}
	beside := dead("n")
	write(theirs, filepath.Base(living.file.Name()), beside) // nobody can tell the two apart yet
	if _, err := living.file.WriteString("x"); err != nil || living.seal() != nil || living.placeAt(filepath.Join(dir, "placed")) != nil {
		t.Errorf("the living draft is lost: %v", err)
	}
	living.drop()
	write(theirs, "placed")
}
