//go:build unix

package cli_test

import (
	"database/sql"
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
	w := newWorld(t, sandbox.Options{})
	at := func(name string) string { return filepath.Join(w.dir, name) }
	if err := syscall.Mkfifo(at("pipe.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"dangling.csv": at("gone.csv"), "linked-pipe.csv": at("pipe.csv"), "endless.csv": "/dev/zero"} {
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
		at("pipe.csv"):        "no ordinary file",
		at("linked-pipe.csv"): "no ordinary file",
		at("endless.csv"):     "no ordinary file",
		"/dev/zero":           "no ordinary file",
		"-":                   "no ordinary file",
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
	var long strings.Builder
	long.WriteString("phone,prenom,code\nn/a,Zoé,P\n") // with a first problem, a list of problems is begun
	for i := range 15_000 {
		fmt.Fprintf(&long, "+336%08d,Zoé,P%d\n", 10_000_000+i, i)
	}
	replace := func(path string) error {
		if err := os.WriteFile(path+".new", []byte(people(3)), 0o600); err != nil {
			return err
		}
		return os.Rename(path+".new", path)
	}
	for name, save := range map[string]func(path string) error{
		"replaced":     replace,
		"written over": func(path string) error { return os.WriteFile(path, []byte(people(3)), 0o600) },
		"emptied":      func(path string) error { return os.Truncate(path, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Options{})
			path := w.write("spring.csv", people(2))
			w.send(path).want(t, 0)
			for _, command := range []string{"send", "update", "check"} {
				name, rowsBefore := "spring", w.rowsInLedger()
				path := w.write("spring.csv", long.String())
				done := make(chan error, 1)
				go func() {
					err := w.waitUntilRead(command == "check", rowsBefore)
					if err == nil {
						err = save(path)
					}
					done <- err
				}()
				var got result
				switch command {
				case "send":
					name = "autumn"
					got = w.send(path, "--campaign", name)
				case "update":
					got = w.again(path, "--update")
				case "check":
					got = w.run("check", path, "--template", "welcome", "--country", "FR")
				}
				if err := <-done; err != nil {
					t.Fatal(err)
				}
				got.want(t, 1).says(t, "changed while it was being read", "Nothing was sent")
				if n := w.rowsInLedger(); n != 2 {
					t.Errorf("%s: the ledger holds %d rows", command, n)
				}
			}
			w.run("status", "autumn").want(t, 1)
			w.write("spring.csv", people(2))
			w.send(path).want(t, 5).says(t, "finished")
			w.truth(2, "spring.results.csv")
		})
	}
}

// rowsInLedger counts the rows in the ledger, of plans that nobody sees yet, too.
func (w *world) rowsInLedger() (n int) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(w.env["XDG_STATE_HOME"], "kanal-campaign", "ledger.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err == nil {
		defer db.Close()
		err = db.QueryRow("SELECT count(*) FROM rows").Scan(&n)
	}
	if err != nil {
		w.t.Error(err)
	}
	return n
}

// waitUntilRead waits until rows of a file are being read: into the ledger, or, when it is only checked, into the list
// of problems.
func (w *world) waitUntilRead(checked bool, rowsBefore int) error {
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if drafts, _ := filepath.Glob(filepath.Join(w.dir, ".kanal-*.tmp")); checked && len(drafts) > 0 {
			return nil
		}
		if !checked && w.rowsInLedger() > rowsBefore {
			return nil
		}
	}
	return fmt.Errorf("nothing was read in 20 seconds")
}
