//go:build unix

package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"

	"kanal-campaign/campaign/ledger/ledgertest"
)

func TestFilesAreTheOwnersAlone(t *testing.T) {
	book := open(t)
	ledgertest.Publish(t, book, "a", ledgertest.Row(2, "33612345678", "x"))
	for path, want := range map[string]os.FileMode{
		book.Path(): 0o600, book.Path() + "-wal": 0o600, filepath.Dir(book.Path()): 0o700,
	} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", filepath.Base(path), got, want)
		}
	}
}
