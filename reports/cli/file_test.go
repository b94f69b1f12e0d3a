//go:build unix

package cli_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
)

// What is no file that can be read is told in a sentence, whether its campaign is new or known, and reads nothing: a pipe
// that nobody writes would wait for ever, and a device has no end.
func TestNoOrdinaryFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	at := func(name string) string { return filepath.Join(w.dir, name) }
	if err := syscall.Mkfifo(at("pipe.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{
		"dangling.csv": at("gone.csv"), "linked-pipe.csv": at("pipe.csv"), "endless.csv": "/dev/zero",
	} {
		if err := os.Symlink(to, at(link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(at("folder.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	known := w.write("spring.csv", people(2))
	w.send(known).want(t, 0)
	for path, says := range map[string]string{
		at("pipe.csv"):        "ordinary file",
		at("linked-pipe.csv"): "ordinary file",
		at("endless.csv"):     "ordinary file",
		"/dev/zero":           "ordinary file",
		"-":                   "ordinary file",
		at("folder.csv"):      "is a folder",
		at("dangling.csv"):    "which is not there",
		at("missing.csv"):     "There is no file",
	} {
		for _, flags := range [][]string{{"--campaign", "new"}, {"--campaign", "spring"}} {
			got := w.send(path, append(flags, "--out", w.dir)...).want(t, 1).says(t, says)
			if n := strings.Count(strings.TrimSpace(got.err), "\n"); n > 3 {
				t.Errorf("that is more than a sentence:\n%s", got.err)
			}
		}
		w.run("check", path, "--template", "welcome", "--country", "FR", "--campaign", "new", "--out", w.dir).want(t, 1).says(t, says)
	}
	w.run("status", "new").want(t, 1)
	if n := len(w.requests()); n != 2 {
		t.Errorf("%d requests, want the 2 of the ordinary file", n)
	}
}

// A file that somebody saves while it is being read is told as such: nothing is sent, nothing planned, nothing changed.
func TestFileIsSavedWhileItIsRead(t *testing.T) {
	t.Parallel()
	var long strings.Builder
	long.WriteString("phone,prenom,code\n" + strings.Repeat("n/a,Zoé,P\n", 1000)) // problems that are written down at once
	for i := range 5_000 {
		fmt.Fprintf(&long, "+336%08d,Zoé,P%d\n", 10_000_000+i, i)
	}
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	w.send(path).want(t, 0)
	for command, test := range map[string]struct {
		run  func() result
		save func() error
	}{
		"send": {
			func() result { return w.send(path, "--campaign", "autumn") },
			func() error { return os.Rename(w.write("spring.csv.new", people(3)), path) },
		},
		"update": {
			func() result { return w.again(path, "--update") },
			func() error { return os.WriteFile(path, []byte(people(3)), 0o600) },
		},
		"check": {
			func() result { return w.run("check", path, "--template", "welcome", "--country", "FR") },
			func() error { return os.Truncate(path, 0) },
		},
	} {
		w.write("spring.csv", long.String())
		saved := make(chan error, 1)
		go func() { saved <- errors.Join(w.waitUntilRead(), test.save()) }()
		test.run().want(t, 1).tells(t, "problem.file-changed.wrong").tells(t, "nothing-sent")
		if err := <-saved; err != nil {
			t.Fatal(err)
		}
		if n := w.rowsInLedger(); n != 2 {
			t.Errorf("%s: the ledger holds %d rows", command, n)
		}
	}
	w.run("status", "autumn").want(t, 1)
	w.write("spring.csv", people(2))
	w.send(path).want(t, 5).says(t, "finished")
	w.truth(2, "spring.results.csv")
}

// rowsInLedger counts the rows in the ledger, of plans that nobody sees yet, too.
func (w *world) rowsInLedger() (n int) {
	path := filepath.Join(w.env["XDG_STATE_HOME"], "kanal-campaign", "ledger.db")
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&_pragma=busy_timeout(5000)")
	if err == nil {
		defer db.Close()
		err = db.QueryRow("SELECT count(*) FROM rows").Scan(&n)
	}
	if err != nil {
		w.t.Error(err)
	}
	return n
}

// waitUntilRead waits until a file is being read: its first problems are written down.
func (w *world) waitUntilRead() error {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		drafts, _ := filepath.Glob(filepath.Join(w.dir, ".kanal-*.tmp"))
		for _, draft := range drafts {
			if info, err := os.Stat(draft); err == nil && info.Size() > 0 {
				return nil
			}
		}
	}
	return errors.New("nothing was read within a minute")
}
