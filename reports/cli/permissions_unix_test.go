//go:build unix

package cli_test

import (
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// Whatever the umask, what the program creates is its owner's alone: files 0600, folders 0700.
func TestCreatedFilesAreTheOwnersAlone(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	w := newWorld(t, sandbox.Options{OptedOut: []string{"33612340001"}})
	path := w.write("spring.csv", people(4))
	during := map[string]bool{}
	w.onSend = func(n int) {
		if n == 2 {
			during = w.wantPrivate()
		}
	}
	w.send(path, "--verbose").want(t, 3)
	w.run("check", w.write("bad.csv", "phone,prenom,code\n12,Zoé,A\n"), "--template", "welcome", "--country", "FR").want(t, 4)
	w.run("report", "spring").want(t, 0)
	w.run("report", "spring", "--only", "rejected", "-o", filepath.Join(w.dir, "again.csv")).want(t, 0)
	w.run("send", path, "--template", "welcome", "--country", "FR", "--sandbox", "--rate", "6000").want(t, 0)
	after := w.wantPrivate()
	for _, kind := range []string{".db", ".db-wal", ".db-shm", ".db.locks", ".log"} {
		if !during[kind] {
			t.Errorf("while it sent there was no file %s; there was %v", kind, during)
		}
	}
	for _, kind := range []string{".results.csv", ".problems.csv", "again.csv", ".accepted.jsonl", "sandbox.db", "sandbox.results.csv"} {
		if !after[kind] {
			t.Errorf("afterwards there was no file %s; there was %v", kind, after)
		}
	}
}

// wantPrivate fails the test when others may read, write or enter what the program has created so far. It returns which
// kinds of files there were.
func (w *world) wantPrivate() map[string]bool {
	kinds := map[string]bool{}
	err := filepath.WalkDir(w.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == w.dir {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			w.t.Errorf("%s has mode %o", path, mode)
		}
		for _, kind := range []string{".db", ".db-wal", ".db-shm", ".db.locks", ".log", ".results.csv", ".problems.csv", "again.csv",
			".accepted.jsonl", "sandbox.db", "sandbox.results.csv"} {
			if strings.HasSuffix(path, kind) {
				kinds[kind] = true
			}
		}
		return nil
	})
	if err != nil {
		w.t.Error(err)
	}
	return kinds
}
