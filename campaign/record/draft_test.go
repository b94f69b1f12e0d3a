package record_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/record"
)

// What a dead process has left of a campaign's files goes with the next writing of one; what a living one is at, and
// what is another campaign's, stays.
func TestLeftoversOfTheDeadGo(t *testing.T) {
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s := sourceOf(t, csv, []string{"phone"}, planned(2, "06"))
	s.Drafts, s.Campaign = l, "n"
	dead := func(campaign string) string {
		t.Helper()
		d, err := record.NewDraft(t.Context(), l, campaign, s.Dir)
		if err != nil {
			t.Fatal(err)
		}
		d.Die()
		return filepath.Base(d.Name())
	}
	again := func(remain ...string) {
		t.Helper()
		write(t, s)
		remain = append(remain, "n.results.csv")
		slices.Sort(remain)
		var names []string
		entries, err := os.ReadDir(s.Dir)
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if err != nil || !slices.Equal(names, remain) {
			t.Errorf("there is %q (%v), want %q", names, err, remain)
		}
	}
	theirs, ours := dead("another"), dead("n")
	living, err := record.NewDraft(t.Context(), l, "n", s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(s.Dir, ours)); err == nil {
		t.Errorf("%s is still there", ours)
	}
	beside := dead("n")
	again(theirs, filepath.Base(living.Name()), beside) // nobody can tell the two apart yet
	if err := living.Put("x", filepath.Join(s.Dir, "placed")); err != nil {
		t.Errorf("the living draft is lost: %v", err)
	}
	living.Drop()
	again(theirs, "placed")
}
