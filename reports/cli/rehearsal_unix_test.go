//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// A rehearsal opens no ledger of real campaigns, nor the other way round, however the paths are written or linked.
func TestRehearsalsAndLiveShareNoLedger(t *testing.T) {
	w := newWorld(t, sandbox.Options{OptedOut: []string{"33612340001"}})
	path := w.write("spring.csv", people(2))
	live, linked := filepath.Join(w.dir, "live.db"), filepath.Join(w.dir, "x.sandbox.db")
	w.send(path, "--ledger", live).want(t, 3)
	if err := os.Symlink(live, linked); err != nil {
		t.Fatal(err)
	}
	before := w.read("live.db")
	for _, ledger := range []string{filepath.Join(w.dir, "x.db"), linked} {
		w.send(path, "--ledger", ledger, "--sandbox").want(t, 5).tells(t, "ledger-elsewhere")
	}
	if w.read("live.db") != before {
		t.Error("the live ledger was written to")
	}
	w.send(w.write("autumn.csv", strings.ReplaceAll(people(2), ",P", ",Q")), "--ledger", live).want(t, 0)
	if got := w.statuses("autumn.results.csv"); got["skipped"] != 1 {
		t.Errorf("the opt-out was lost: %v", got)
	}

	w.send(path, "--ledger", filepath.Join(w.dir, "L.SANDBOX.DB")).want(t, 5).tells(t, "rehearsal-ledger")
	own := filepath.Join(w.dir, "own.db")
	w.send(path, "--ledger", own, "--sandbox").want(t, 0)
	if err := os.Symlink(filepath.Join(w.dir, "own.sandbox.db"), own); err != nil {
		t.Fatal(err)
	}
	w.send(path, "--ledger", own).want(t, 5).tells(t, "ledger-elsewhere")
}
