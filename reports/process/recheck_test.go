package process

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words/wordstest"
)

func cutTo(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Error(err)
	}
}

// overwrite writes a content into the file that is there, as cp does.
func overwrite(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Error(err)
	}
}

// spoiltLedgers are ways in which a ledger may be spoilt under a run while its files stay in their place. before is its
// database as it was before the run.
var spoiltLedgers = map[string]func(t *testing.T, book, before string){
	"log emptied":          func(t *testing.T, book, _ string) { cutTo(t, book+"-wal", 0) },
	"log cut to its head":  func(t *testing.T, book, _ string) { cutTo(t, book+"-wal", 32) },
	"log cut in a frame":   func(t *testing.T, book, _ string) { cutTo(t, book+"-wal", 32+4120+100) },
	"log cut at a frame":   func(t *testing.T, book, _ string) { cutTo(t, book+"-wal", 32+3*4120) },
	"noise in the log":     func(t *testing.T, book, _ string) { noise(t, book+"-wal", 0, 2*4120) },
	"log overwritten":      func(t *testing.T, book, _ string) { overwrite(t, book+"-wal", strings.Repeat("noise", 9000)) },
	"both put back":        func(t *testing.T, book, before string) { overwrite(t, book, before); cutTo(t, book+"-wal", 0) },
	"database cut":         func(t *testing.T, book, _ string) { cutTo(t, book, 3*4096) },
	"database emptied":     func(t *testing.T, book, _ string) { cutTo(t, book, 0) },
	"database overwritten": func(t *testing.T, book, _ string) { overwrite(t, book, strings.Repeat("no database ", 30000)) },
	"another database": func(t *testing.T, book, _ string) {
		other := filepath.Join(t.TempDir(), "other.db")
		change(t, other, "CREATE TABLE t (x)", "INSERT INTO t VALUES ('x')")
		overwrite(t, book, read(t, other))
	},
}

// A ledger that is spoilt under a run, at its beginning, in the middle or before its last request, is never one that a
// campaign is called finished on. Nobody is messaged twice, whatever is done then.
func TestLedgerSpoiltDuringARun(t *testing.T) {
	t.Parallel()
	const rows = 12
	for name, spoil := range spoiltLedgers {
		for _, at := range []int{4, 8, rows} {
			t.Run(fmt.Sprint(name, " at ", at), func(t *testing.T) {
				t.Parallel()
				home, path := t.TempDir(), audience(t, rows)
				book := filepath.Join(home, "ledger.db")
				var before atomic.Value // of the first run, for the handler of the next one's requests
				kanal, env := countingKanal(t, sandbox.Options{Limit: 1_000_000}, func(n int) {
					if n == at {
						spoil(t, book, before.Load().(string))
					}
				})
				exits(t, home, env, 0, nil, "send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "6000",
					"--first", "3", "--ledger", book)
				before.Store(read(t, book))
				command, output := program(t, home, env, resumeIn(book)...)
				command.Run()
				said := output.String()
				if code := command.ProcessState.ExitCode(); code != 1 || wordstest.Says(t, said, "stop.done.heading") ||
					!wordstest.Says(t, said, "stop.ledger-damaged.heading", "spring") ||
					strings.Contains(said, "goroutine") {
					t.Errorf("exit code %d:\n%s", code, output)
				}
				keys := map[string]bool{}
				command, output = program(t, home, env, resumeIn(book)...)
				command.Run()
				for _, a := range kanal.Accepted() {
					if keys[a.Key] {
						t.Errorf("%s was messaged twice", a.Number)
					}
					keys[a.Key] = true
				}
				if command.ProcessState.ExitCode() == 0 {
					t.Errorf("the next run takes it for sound:\n%s", output)
				}
			})
		}
	}
}
