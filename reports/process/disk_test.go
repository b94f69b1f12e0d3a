package process

import (
	"database/sql"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"kanal-campaign/campaign/sending"
	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words/wordstest"
)

// recordedFirst holds the ledger that a process left behind against what the sandbox accepted: every key must have its
// attempt there, and no status that says it was not sent. It returns how many were accepted without anyone knowing.
func recordedFirst(t *testing.T, kanal *sandbox.Server, book string, where func() string) (doubts int) {
	t.Helper()
	statuses := statusesIn(t, book)
	for _, a := range kanal.Accepted() {
		switch status := statuses[a.Key]; status {
		case "sent", "already_sent":
		case "unknown":
			doubts++
		default:
			t.Errorf("%s was accepted, and the ledger says %q; %s", a.Number, status, where())
		}
	}
	return doubts
}

// statusesIn reads the status of every key with an attempt from a copy of the ledger, so that the ledger stays as the
// process has left it.
func statusesIn(t *testing.T, book string) map[string]string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "copy.db")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(book + suffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
		if err := os.WriteFile(copied+suffix, content, 0o600); err != nil {
			t.Error(err)
		}
	}
	db, err := sql.Open("sqlite", copied)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer db.Close()
	statuses := map[string]string{}
	var tables int
	if err := db.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		t.Error(err)
	}
	if tables == 0 {
		return statuses
	}
	found, err := db.Query("SELECT r.key, r.status FROM rows r JOIN attempts a ON a.row_id = r.id AND a.key = r.key")
	if err != nil {
		t.Error(err)
		return nil
	}
	defer found.Close()
	for found.Next() {
		var key []byte
		var status string
		if err := found.Scan(&key, &status); err != nil {
			t.Error(err)
		}
		statuses[uuid.UUID(key).String()] = status
	}
	if err := found.Err(); err != nil {
		t.Error(err)
	}
	return statuses
}

// noDrafts fails the test when a file that was never finished lies about.
func noDrafts(t *testing.T, dir string) {
	t.Helper()
	drafts, err := filepath.Glob(filepath.Join(dir, ".kanal-*"))
	if err != nil || len(drafts) > 0 {
		t.Errorf("left behind: %v %v", drafts, err)
	}
}

// exits runs a command and fails the test unless it ends with the code and says every sentence: a key and values.
func exits(t *testing.T, home string, env []string, code int, sentences [][]string, args ...string) {
	t.Helper()
	command, output := program(t, home, env, args...)
	command.Run()
	for _, sentence := range sentences {
		if !wordstest.Says(t, output.String(), sentence[0], sentence[1:]...) {
			t.Errorf("it does not say %q", sentence)
			code = -1
		}
	}
	if got := command.ProcessState.ExitCode(); got != code {
		t.Errorf("%v: exit code %d, want %d\n%s", args, got, code, output)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	return string(content)
}

// killedAt leaves a campaign of so many rows as a process leaves it that sent three, ended, and was killed at the second
// request of its next run: a ledger, a write-ahead log, and a message in doubt.
func killedAt(t *testing.T, rows int) (kanal *sandbox.Server, env []string, home, results, book string) {
	t.Helper()
	victim := newLaterProcess()
	kanal, env = countingKanal(t, sandbox.Options{Limit: 1_000_000}, func(n int) {
		if n == 5 {
			victim.signal(os.Kill)
		}
	})
	home = t.TempDir()
	path := audience(t, rows)
	book = filepath.Join(home, "ledger.db")
	exits(t, home, env, 0, nil, "send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "6000", "--first", "3",
		"--ledger", book)
	command, output := program(t, home, env, resumeIn(book)...)
	victim.start(t, command)
	if command.Wait(); command.ProcessState.ExitCode() != -1 {
		t.Fatalf("it was not killed:\n%s", output)
	}
	return kanal, env, home, resultsOf(path), book
}

func resumeIn(book string) []string {
	return []string{"resume", "spring", "--yes", "--rate", "6000", "--doubt-delay", "10ms",
		"--request-timeout", "1s", "--ledger", book}
}

// damagedLedgers are ways in which a ledger may lose a part of itself, or all, and what is said of it.
var damagedLedgers = map[string]struct {
	damage func(t *testing.T, book string)
	says   []string // a sentence's key, and values
}{
	"emptied": {func(t *testing.T, book string) { cutTo(t, book, 0) }, []string{"error-ledger-damaged", "its write-ahead log is not"}},
	"all emptied": {func(t *testing.T, book string) {
		cutTo(t, book, 0)
		remove(t, book+"-wal", book+"-shm")
	}, []string{"error-ledger-damaged", "campaigns were run with it"}},
	"a few bytes": {func(t *testing.T, book string) { cutTo(t, book, 50) }, []string{"error-ledger-damaged"}},
	"half a page": {func(t *testing.T, book string) {
		cutTo(t, book, 2048)
		remove(t, book+"-wal", book+"-shm")
	}, []string{"error-ledger-damaged"}},
	"half the file": {func(t *testing.T, book string) {
		cutTo(t, book, int64(len(read(t, book)))/8192*4096)
		remove(t, book+"-wal", book+"-shm")
	}, []string{"error-ledger-damaged"}},
	"noise in the log": {func(t *testing.T, book string) { noise(t, book+"-wal", 0, 8*4120) }, []string{"error-ledger-damaged", "write-ahead log is damaged"}},
	"newer":            {func(t *testing.T, book string) { change(t, book, "PRAGMA user_version = 999") }, []string{"error-ledger-newer"}},
}

// A ledger that lost a part of itself, or all, is neither used nor taken for a new one: nothing leaves until it is
// mended, and then everyone is messaged once.
func TestDamagedLedger(t *testing.T) {
	t.Parallel()
	const rows = 8
	kanal, env, home, results, book := killedAt(t, rows)
	asItDied := map[string]string{book: read(t, book), book + "-wal": read(t, book+"-wal"), book + "-shm": read(t, book+"-shm")}
	before := len(kanal.Requests())
	for name, test := range damagedLedgers {
		t.Run(name, func(t *testing.T) {
			test.damage(t, book)
			exits(t, home, env, 1, [][]string{append(test.says, "ledger.db")}, resumeIn(book)...)
			exits(t, home, env, 1, [][]string{append(test.says, "ledger.db")}, "status", "--ledger", book)
			for path, content := range asItDied {
				overwrite(t, path, content)
			}
		})
	}
	for _, r := range kanal.Requests()[before:] {
		t.Errorf("a request was sent: %+v", r)
	}
	exits(t, home, env, 0, nil, resumeIn(book)...)
	agree(t, kanal, results, rows)
}

// change runs statements on a ledger through a connection of its own.
func change(t *testing.T, book string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", book)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Error(err)
		}
	}
}

// attemptsIn counts the attempts of a ledger, and attemptsOf those that results tell of.
func attemptsIn(t *testing.T, book string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", book)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("SELECT sum(attempts) FROM rows").Scan(&n); err != nil {
		t.Error(err)
	}
	return n
}

func attemptsOf(t *testing.T, path string) (n int) {
	t.Helper()
	for _, row := range readResults(t, path) {
		attempts, err := strconv.Atoi(row["attempts"])
		if err != nil {
			t.Error(err)
		}
		n += attempts
	}
	return n
}

// Noise in a page of the ledger, wherever, is found before anything leaves on its word.
func TestNoiseInTheLedger(t *testing.T) {
	t.Parallel()
	kanal, env := countingKanal(t, sandbox.Options{}, nil)
	home, path := t.TempDir(), audience(t, 8)
	book := filepath.Join(home, "ledger.db")
	exits(t, home, env, 0, nil, "send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "6000", "--first", "3",
		"--ledger", book)
	whole := read(t, book)
	for range 5 {
		noise(t, book, 0, int64(len(whole)))
		exits(t, home, env, 1, [][]string{{"error-ledger-damaged", book}}, resumeIn(book)...)
		if n := len(kanal.Accepted()); n != 3 {
			t.Fatalf("%d accepted, want the 3 of before", n)
		}
		if err := os.WriteFile(book, []byte(whole), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	exits(t, home, env, 0, nil, resumeIn(book)...)
	agree(t, kanal, resultsOf(path), 8)
}

// noise overwrites a page's length of a file somewhere between two offsets.
func noise(t *testing.T, path string, from, to int64) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed(t), 0))
	page := make([]byte, 4096)
	for i := range page {
		page[i] = byte(random.Uint32())
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteAt(page, from+random.Int64N((to-from)/4096)*4096); err != nil {
		t.Error(err)
	}
}

func remove(t *testing.T, paths ...string) {
	t.Helper()
	for _, path := range paths {
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Error(err)
	}
}

func copyTo(t *testing.T, from, to string) {
	t.Helper()
	if err := os.WriteFile(to, []byte(read(t, from)), 0o600); err != nil {
		t.Error(err)
	}
}

// goneLedgers are ways in which a ledger may go from its place under a run, and come back.
var goneLedgers = map[string]struct {
	harm, mend func(t *testing.T, book string)
	results    string // of the run that ends it
}{
	"moved": {
		func(t *testing.T, book string) { rename(t, book, book+".away") },
		func(t *testing.T, book string) { rename(t, book+".away", book) },
		"spring.results.csv",
	},
	"replaced by a copy": {
		func(t *testing.T, book string) {
			copyTo(t, book, book+".copy")
			copyTo(t, book+"-wal", book+"-wal.copy")
			rename(t, book, book+".away")
			rename(t, book+".copy", book)
		},
		func(t *testing.T, book string) { rename(t, book+".away", book) },
		"spring.results.csv",
	},
	"deleted, and restored": {
		func(t *testing.T, book string) {
			copyTo(t, book, book+".copy")
			copyTo(t, book+"-wal", book+".copy-wal")
			remove(t, book)
		},
		func(t *testing.T, book string) {
			rename(t, book+".copy", book)
			rename(t, book+".copy-wal", book+"-wal")
		},
		"spring.results-2.csv", // the first one has message ids that the copy has not
	},
	"without its log": {
		func(t *testing.T, book string) { remove(t, book+"-wal") },
		func(*testing.T, string) {},
		"spring.results.csv",
	},
}

// A ledger that is moved, replaced or deleted under a run stops it before another request leaves, and the results hold
// what it has sent.
func TestLedgerGoneInTheMiddle(t *testing.T) {
	t.Parallel()
	const rows, at = 40, 15
	for name, test := range goneLedgers {
		t.Run(name, func(t *testing.T) {
			home, path := t.TempDir(), audience(t, rows)
			book, results := filepath.Join(home, "ledger.db"), resultsOf(path)
			var kanal *sandbox.Server
			var gone atomic.Int32 // how many were accepted by then
			kanal, env := countingKanal(t, sandbox.Options{Limit: 1_000_000}, func(n int) {
				if n == at {
					test.harm(t, book)
					gone.Store(int32(len(kanal.Accepted())))
				}
			})
			send := []string{"send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "6000", "--request-timeout", "1s",
				"--ledger", book}
			exits(t, home, env, 1, [][]string{{"stop.ledger-moved.heading"}, {"stop.ledger-moved.meaning", book}}, send...)
			sent := strings.Count(read(t, results), ",sent,")
			if n := len(kanal.Accepted()); n != sent || n > int(gone.Load())+sending.DefaultInFlight {
				t.Errorf("%d were accepted, the results tell of %d; the ledger went at %d", n, sent, gone.Load())
			}
			test.mend(t, book)
			if attemptsIn(t, book) < attemptsOf(t, results) { // the copy was made between two attempts
				rebuiltFromResults(t, kanal, home, env, book, results)
				agree(t, kanal, results, rows)
				return
			}
			exits(t, home, env, 0, nil, resumeIn(book)...)
			agree(t, kanal, filepath.Join(filepath.Dir(results), test.results), rows)
		})
	}
}

// rebuiltFromResults fails the test unless an older copy of a ledger sends nothing, and the results in its place the rest.
func rebuiltFromResults(t *testing.T, kanal *sandbox.Server, home string, env []string, book, results string) {
	t.Helper()
	before := len(kanal.Accepted())
	exits(t, home, env, 5, [][]string{{"old-ledger"}}, resumeIn(book)...)
	if n := len(kanal.Accepted()); n != before {
		t.Errorf("with an older copy %d messages more were accepted", n-before)
	}
	remove(t, book)
	exits(t, home, env, 0, nil, "resume", "--from", results, "--yes", "--rate", "6000", "--request-timeout", "1s",
		"--doubt-delay", "1ms", "--send-window", "none", "--ledger", book)
}

// A run whose end cannot be recorded is no finished one; the next run has nothing to send, and finishes it.
func TestEndThatCannotBeRecorded(t *testing.T) {
	t.Parallel()
	for name, on := range map[string]string{
		"run":      "BEFORE UPDATE OF ended_at ON runs WHEN NEW.stopped = 'done'",
		"campaign": "BEFORE UPDATE OF finished_at ON campaigns WHEN NEW.finished_at > 0",
	} {
		t.Run(name, func(t *testing.T) {
			kanal, env := countingKanal(t, sandbox.Options{}, nil)
			home, path := t.TempDir(), audience(t, 4)
			book := filepath.Join(home, "ledger.db")
			exits(t, home, env, 0, nil, "send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "6000", "--first", "2",
				"--ledger", book)
			change(t, book, "CREATE TRIGGER full "+on+" BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
			exits(t, home, env, 1, [][]string{{"stop.ledger.heading"}}, resumeIn(book)...)
			if n := len(kanal.Accepted()); n != 4 {
				t.Errorf("%d accepted, want 4", n)
			}
			change(t, book, "DROP TRIGGER full")
			exits(t, home, env, 0, [][]string{{"stop.done.heading", "4"}}, resumeIn(book)...)
			agree(t, kanal, resultsOf(path), 4)
		})
	}
}
