package sqlite_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	_ "modernc.org/sqlite"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/outcome"
)

func open(t *testing.T) *ledger.Ledger {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "state", "ledger.db"))
}

func openAt(t *testing.T, path string) *ledger.Ledger {
	t.Helper()
	book, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

// row is a recipient with a message of its own: content stands for all that the key's recipe holds.
func row(number int, person, content string) ledger.Row {
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte(person+content))
	return ledger.Row{Number: number, Cells: []string{person, content}, Phone: person, Person: person,
		Values: []string{content}, Key: id, ContentID: id, State: outcome.New()}
}

func invalid(number int) ledger.Row {
	return ledger.Row{Number: number, Cells: []string{"?", ""}, State: outcome.State{Status: outcome.Invalid}}
}

func stage(t *testing.T, book *ledger.Ledger, name string, rows ...ledger.Row) *ledger.Staging {
	t.Helper()
	staging, err := book.Stage(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := staging.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	return staging
}

func publish(t *testing.T, book *ledger.Ledger, name string, rows ...ledger.Row) ledger.Campaign {
	t.Helper()
	c, err := stage(t, book, name, rows...).Publish(t.Context(), ledger.Campaign{Name: name, Account: "56"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func all(t *testing.T, book *ledger.Ledger, c ledger.Campaign) []ledger.Row {
	t.Helper()
	var rows []ledger.Row
	for r, err := range book.Rows(t.Context(), c.ID) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	return rows
}

var turn = ledger.Turn{RunID: 1, PaceKey: "k", Limit: 60, Timeout: time.Minute}

// settle makes one attempt of the row with this person, and answers it.
func settle(t *testing.T, book *ledger.Ledger, c ledger.Campaign, person string, answer outcome.Answer) {
	t.Helper()
	for _, r := range all(t, book, c) {
		if r.Person != person || r.State.Status != outcome.Pending {
			continue
		}
		id, err := book.Begin(t.Context(), &r, turn)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.Settle(t.Context(), &r, ledger.Settlement{Attempt: id, Answer: answer}); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Fatalf("no row for %s", person)
}

func describe(rows []ledger.Row) string {
	var text strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&text, "%d %s %v %s %s gone=%v\n", r.Number, r.Person, r.Values, r.State.Status, r.State.Cause, r.Gone)
	}
	return text.String()
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
		"newer":              {newer, new(*ledger.NewerError)},
		"another's database": {other, new(*ledger.DamagedError)},
		"noise":              {noise, new(*ledger.DamagedError)},
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
		publish(t, openAt(t, path), "a", row(2, "33612345678", "x"))
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

func TestImportIsInvisibleUntilPublished(t *testing.T) {
	book := open(t)
	stage(t, book, "a", row(2, "33612345678", "x"))
	seen := func() int {
		found, err := book.Campaigns(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	if seen() != 0 {
		t.Error("a staged plan is seen")
	}
	// A process that dies here leaves the plan staged; the next import of that name starts from nothing.
	again := stage(t, book, "a", row(2, "33612345678", "y"), row(3, "33612345679", "y"))
	c, err := again.Publish(t.Context(), ledger.Campaign{Name: "a"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(all(t, book, c)); n != 2 || seen() != 1 {
		t.Errorf("%d rows in %d campaigns", n, seen())
	}
	if err := stage(t, book, "b", row(2, "33612345678", "x")).Discard(t.Context()); err != nil || seen() != 1 {
		t.Errorf("discarded plan is seen, or %v", err)
	}
}

func TestOnlyOneRunner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	first, second := openAt(t, path), openAt(t, path)
	release, err := first.Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.StartRun(t.Context(), ledger.Run{Campaign: "a", PID: 4711, Computer: "PORTABLE-12"}); err != nil {
		t.Fatal(err)
	}
	var running *ledger.RunningError
	if _, err := second.Lock(t.Context(), "a"); !errors.As(err, &running) || running.Holder.PID != 4711 {
		t.Errorf("got %v, want the holder's process", err)
	}
	other, err := second.Lock(t.Context(), "b")
	if err != nil {
		t.Fatalf("another campaign is locked, too: %v", err)
	}
	other()
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if again, err := second.Lock(t.Context(), "a"); err != nil {
		t.Errorf("still locked: %v", err)
	} else {
		again()
	}
}

func TestRepeatsAreFoundAcrossCampaigns(t *testing.T) {
	book := open(t)
	c := publish(t, book, "export", row(2, "331", "x"), row(3, "332", "x"), row(4, "333", "x"))
	settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	settle(t, book, c, "332", outcome.Answer{Kind: outcome.Doubt})
	settle(t, book, c, "333", outcome.Answer{Kind: outcome.Refusal})
	find := func(except string) []ledger.Repeats {
		finder, err := book.RepeatFinder(t.Context(), except)
		if err != nil {
			t.Fatal(err)
		}
		for _, person := range []string{"331", "332", "333", "334"} {
			if err := finder.Add(t.Context(), row(1, person, "x").ContentID); err != nil {
				t.Fatal(err)
			}
		}
		found, err := finder.Found(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if got := find("renamed"); len(got) != 1 || got[0].Campaign != "export" || got[0].Rows != 2 {
		t.Errorf("found %+v, want the two of export that have or may have it", got)
	}
	if got := find("export"); len(got) != 0 {
		t.Errorf("a campaign repeats itself: %+v", got)
	}
}

func TestOptOutsAreRememberedPerAccountWithoutTheNumber(t *testing.T) {
	book := open(t)
	began := time.Now().Add(-time.Millisecond)
	c := publish(t, book, "a", ledger.Row{Number: 2, Cells: []string{"06…"}, Phone: "33600000000", Person: "33612345678",
		Key: uuid.New(), ContentID: uuid.New(), State: outcome.New()}, row(3, "331", "x"))
	refused, other := all(t, book, c)[0], all(t, book, c)[1]
	id, err := book.Begin(t.Context(), &refused, turn)
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Settle(t.Context(), &refused, ledger.Settlement{Attempt: id, Answer: outcome.Answer{Kind: outcome.Refusal},
		OptOutOf: "56"}); err != nil {
		t.Fatal(err)
	}
	if got, err := book.OptedOut(t.Context(), "56", "33612345678"); err != nil || got.Before(began) {
		t.Errorf("opted out since %v, %v", got, err)
	}
	// From now on no campaign of the account begins an attempt for that person.
	again := publish(t, book, "b", row(2, "33612345678", "y"))
	r := all(t, book, again)[0]
	account := turn
	account.Account = "56"
	var left *ledger.LeftOutError
	if _, err := book.Begin(t.Context(), &r, account); !errors.As(err, &left) || left.Cause != outcome.CauseOptedOutEarlier {
		t.Errorf("got %v, want to be left out", err)
	}
	if _, err := book.Begin(t.Context(), &other, account); err != nil {
		t.Errorf("another person is left out, too: %v", err)
	}
	if got, err := book.OptedOut(t.Context(), "57", "33612345678"); err != nil || !got.IsZero() {
		t.Errorf("another account: %v, %v", got, err)
	}
	var kept []byte
	db, err := sql.Open("sqlite", book.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("SELECT person FROM opt_outs").Scan(&kept); err != nil || len(kept) != 32 {
		t.Errorf("kept as %x, %v; want a keyed hash", kept, err)
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
					_, err = book.StartRun(t.Context(), ledger.Run{Campaign: "a"})
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
