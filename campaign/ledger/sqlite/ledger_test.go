package sqlite_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/ledgertest"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/trouble"
)

func open(t testing.TB) *ledger.Ledger {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "state", "ledger.db"))
}

func openAt(t testing.TB, path string) *ledger.Ledger {
	t.Helper()
	book, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

func TestOpenRefusesWhatItMustNotTouch(t *testing.T) {
	newer := func(path string) {
		openAt(t, path).Close()
		exec(t, path, "PRAGMA user_version = 999")
	}
	other := func(path string) { exec(t, path, "CREATE TABLE theirs (x)") }
	noise := func(path string) {
		if err := os.WriteFile(path, []byte(strings.Repeat("noise ", 5000)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		prepare func(string)
		want    any
	}{
		"newer":              {newer, new(*trouble.NewerError)},
		"another's database": {other, new(*trouble.DamagedError)},
		"noise":              {noise, new(*trouble.DamagedError)},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			test.prepare(path)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			book, err := sqlite.Open(t.Context(), path)
			if err == nil {
				book.Close()
				t.Fatal("it was opened")
			}
			if !errors.As(err, test.want) {
				t.Errorf("got %T: %v", err, err)
			}
			after, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

// A process that dies as it makes a ledger leaves a database with nothing in it, or an empty file.
func TestOpenGoesOnWithAnUnmadeLedger(t *testing.T) {
	for _, statement := range []string{"", "PRAGMA journal_mode = WAL", "PRAGMA journal_mode = WAL; VACUUM"} {
		path := filepath.Join(t.TempDir(), "ledger.db")
		exec(t, path, statement)
		ledgertest.Publish(t, openAt(t, path), "a", ledgertest.Row(2, "33612345678", "x"))
	}
}

func exec(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func TestDefaultPath(t *testing.T) {
	env := map[string]string{"LocalAppData": `C:\Users\m\AppData\Local`, "XDG_STATE_HOME": ""}
	for _, test := range []struct{ goos, home, xdg, want string }{
		{"linux", "/home/m", "", "/home/m/.local/state/kanal-campaign/ledger.db"},
		{"linux", "/home/m", "/state", "/state/kanal-campaign/ledger.db"},
		{"linux", "/home/m", "relative", "/home/m/.local/state/kanal-campaign/ledger.db"},
		{"darwin", "/Users/m", "", "/Users/m/Library/Application Support/kanal-campaign/ledger.db"},
	} {
		env["XDG_STATE_HOME"] = test.xdg
		got, err := sqlite.DefaultPath(func(name string) string { return env[name] }, test.goos, test.home, "ledger")
		if err != nil || filepath.ToSlash(got) != test.want {
			t.Errorf("%s: %q, %v; want %q", test.goos, got, err, test.want)
		}
	}
	if _, err := sqlite.DefaultPath(func(string) string { return "" }, "linux", "", "ledger"); err == nil {
		t.Error("a place without a home")
	}
}

// Several runs started at once find, or make, one and the same ledger.
func TestOpenedByManyAtOnce(t *testing.T) {
	for range 8 {
		path := filepath.Join(t.TempDir(), "state", "ledger.db")
		errs := make(chan error)
		const many = 12
		for range many {
			go func() {
				book, err := sqlite.Open(t.Context(), path)
				if err == nil {
					_, err = book.StartRun(t.Context(), record.Run{Campaign: "a"})
					book.Close()
				}
				errs <- err
			}()
		}
		for range many {
			if err := <-errs; err != nil {
				t.Fatal(err)
			}
		}
	}
}

// The number of who has opted out stands nowhere.
func TestOptOutsAreKeptAsKeyedHashes(t *testing.T) {
	book := open(t)
	if err := book.RememberOptOuts(t.Context(), "56", []string{"33612345678"}, time.Now()); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", book.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var kept []byte
	if err := db.QueryRow("SELECT person FROM opt_outs").Scan(&kept); err != nil || len(kept) != 32 {
		t.Errorf("kept as %x, %v; want a keyed hash", kept, err)
	}
}
