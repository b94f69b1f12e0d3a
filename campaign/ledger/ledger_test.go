package ledger_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	_ "modernc.org/sqlite"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

func open(t *testing.T) *ledger.Ledger {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "state", "ledger.db"))
}

func openAt(t *testing.T, path string) *ledger.Ledger {
	t.Helper()
	book, err := ledger.Open(t.Context(), path)
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
			book, err := ledger.Open(t.Context(), path)
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

func TestAttemptThatNeverEndedIsADoubt(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a", row(2, "33612345678", "x"))
	r := all(t, book, c)[0]
	if _, err := book.Begin(t.Context(), &r, turn); err != nil {
		t.Fatal(err)
	}
	// The process dies here. What the ledger holds is already the truth.
	if got := all(t, book, c)[0].State; got.Status != outcome.Unknown || got.DoubtSince.IsZero() {
		t.Errorf("stored: %+v", got)
	}
	began := time.Now()
	if n, err := book.Abandon(t.Context(), c.ID, 30*time.Second); err != nil || n != 1 {
		t.Fatalf("abandoned %d, %v", n, err)
	}
	got := all(t, book, c)[0]
	if got.State.Open || !got.State.Doubted || got.NotBefore.Before(began.Add(30*time.Second)) {
		t.Errorf("after the crash: %+v, not before %s", got.State, got.NotBefore)
	}
	if n, err := book.Abandon(t.Context(), c.ID, 30*time.Second); err != nil || n != 0 {
		t.Errorf("abandoned twice: %d, %v", n, err)
	}
}

func TestRowIsBegunOnce(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a", row(2, "33612345678", "x"))
	one, two := all(t, book, c)[0], all(t, book, c)[0]
	id, err := book.Begin(t.Context(), &one, turn)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin(t.Context(), &two, turn); !errors.Is(err, ledger.ErrNotSendable) {
		t.Errorf("an open row was begun again: %v", err)
	}
	if err := book.Settle(t.Context(), &one, ledger.Settlement{Attempt: id, Answer: outcome.Answer{Kind: outcome.Accepted, MessageID: "1"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin(t.Context(), &two, turn); !errors.Is(err, ledger.ErrNotSendable) {
		t.Errorf("a sent row was begun again: %v", err)
	}
}

func TestWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		c := publish(t, book, "a", row(2, "33612345671", "x"), row(3, "33612345672", "x"), row(4, "33612345673", "x"),
			row(5, "33612345674", "x"))
		rows := all(t, book, c)
		small := turn
		small.Limit = 2
		begin := func(i int) (int64, *ledger.WaitError) {
			id, err := book.Begin(t.Context(), &rows[i], small)
			var wait *ledger.WaitError
			if err != nil && !errors.As(err, &wait) {
				t.Fatal(err)
			}
			return id, wait
		}
		first, _ := begin(0)
		begin(1) // its process will die
		if _, wait := begin(2); wait == nil || !wait.Until.IsZero() {
			t.Errorf("a full window of unanswered requests: %v, want a wait for an answer", wait)
		}
		time.Sleep(10 * time.Second)
		if err := book.Settle(t.Context(), &rows[0], ledger.Settlement{Attempt: first, Answer: outcome.Answer{Kind: outcome.Accepted}}); err != nil {
			t.Fatal(err)
		}
		_, wait := begin(2)
		if wait == nil || time.Until(wait.Until) != time.Minute {
			t.Fatalf("after an answer: %v, want a minute", wait)
		}
		time.Sleep(time.Minute)
		if _, wait := begin(2); wait != nil {
			t.Errorf("a minute after the answer: %v", wait)
		}
		// The dead process's request counts as answered at its deadline, which is now ten seconds past.
		if _, wait := begin(3); wait == nil || time.Until(wait.Until) != 50*time.Second {
			t.Errorf("got %v, want to wait until a minute after the deadline", wait)
		}
	})
}

func TestHoldTakesTheLongest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		c := publish(t, book, "a", row(2, "33612345671", "x"))
		r := all(t, book, c)[0]
		for _, wait := range []time.Duration{time.Minute, 3 * time.Minute, 2 * time.Minute} {
			if err := book.Hold(t.Context(), "k", time.Now().Add(wait)); err != nil {
				t.Fatal(err)
			}
		}
		_, err = book.Begin(t.Context(), &r, turn)
		var wait *ledger.WaitError
		if !errors.As(err, &wait) || !wait.Held || time.Until(wait.Until) != 3*time.Minute {
			t.Errorf("got %v, want to be held for three minutes", err)
		}
		other := turn
		other.PaceKey = "another key"
		if _, err := book.Begin(t.Context(), &r, other); err != nil {
			t.Errorf("another key is held, too: %v", err)
		}
	})
}

// A clock that was set back leaves times in the future behind: they must not block the pace for longer than a window.
func TestClockSetBack(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a", row(2, "33612345671", "x"), row(3, "33612345672", "x"))
	rows := all(t, book, c)
	small := turn
	small.Limit = 1
	id, err := book.Begin(t.Context(), &rows[0], small)
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Settle(t.Context(), &rows[0], ledger.Settlement{Attempt: id, Answer: outcome.Answer{Kind: outcome.Accepted}}); err != nil {
		t.Fatal(err)
	}
	exec(t, book.Path(), "UPDATE attempts SET answered_at = answered_at + 7200000")
	exec(t, book.Path(), fmt.Sprintf("INSERT INTO holds VALUES ('k', %d, %d)",
		time.Now().Add(2*time.Hour).UnixMilli(), time.Now().Add(2*time.Hour+time.Second).UnixMilli()))
	_, err = book.Begin(t.Context(), &rows[1], small)
	var wait *ledger.WaitError
	if !errors.As(err, &wait) || time.Until(wait.Until) > ledger.Window {
		t.Errorf("got %v, want a wait of a window at the most", err)
	}
}

func TestUpdate(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a",
		row(2, "331", "sent"), row(3, "332", "waiting"), row(4, "333", "refused"), row(5, "334", "doubt"),
		row(6, "335", "leaves"), row(7, "336", "sent, leaves"), row(8, "337", "typo"), invalid(9))
	settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	settle(t, book, c, "333", outcome.Answer{Kind: outcome.Refusal})
	settle(t, book, c, "334", outcome.Answer{Kind: outcome.Doubt})
	settle(t, book, c, "336", outcome.Answer{Kind: outcome.Accepted, MessageID: "2"})

	staging := stage(t, book, "a",
		row(2, "338", "new"), row(3, "332", "waiting"), row(4, "331", "sent, now with other words"),
		row(5, "333", "refused, corrected"), row(6, "334", "doubt"), row(7, "337", "typo mended"), row(8, "339", "was invalid"))
	got, err := staging.Compare(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := ledger.Changes{Same: 2, Waiting: 1, Added: 2, Corrected: 2, Messaged: 1, Removed: 1, Departed: 1}
	if got != want {
		t.Errorf("Compare = %+v, want %+v", got, want)
	}
	fresh, err := staging.Fresh(t.Context(), c.ID, 10)
	if err != nil || len(fresh) != 5 || fresh[0].Person != "338" || fresh[4].Person != "339" {
		t.Errorf("to be sent: %s, %v", describe(fresh), err)
	}
	if err := staging.Update(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	const rows = `2 338 [new] pending  gone=false
3 332 [waiting] pending  gone=false
4 331 [sent, now with other words] skipped messaged-before gone=false
5 333 [refused, corrected] pending  gone=false
6 334 [doubt] unknown  gone=false
7 337 [typo mended] pending  gone=false
8 339 [was invalid] pending  gone=false
2 331 [sent] sent  gone=true
4 333 [refused] rejected  gone=true
6 335 [leaves] skipped removed gone=true
7 336 [sent, leaves] sent  gone=true
`
	if text := describe(all(t, book, c)); text != rows {
		t.Errorf("after the update:\n%s\nwant:\n%s", text, rows)
	}
	if queue, err := book.Queue(t.Context(), c.ID, 0, 100); err != nil || len(queue) != 6 {
		t.Errorf("%d rows in the queue, want 6 (%v)", len(queue), err)
	}
	// Who left without a message and comes back is new; who left with one keeps it.
	back := stage(t, book, "a", row(2, "338", "new"), row(3, "332", "waiting"), row(4, "335", "leaves"), row(5, "336", "sent, leaves"))
	if got, err := back.Compare(t.Context(), c.ID); err != nil || got.Added != 1 || got.Same != 2 || got.Waiting != 2 || got.Restored != 1 {
		t.Errorf("Compare = %+v, %v", got, err)
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
	if err := book.Settle(t.Context(), &refused, ledger.Settlement{Attempt: id, Answer: outcome.Answer{Kind: outcome.Refusal}, OptOutOf: "56"}); err != nil {
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

func TestOneMessagePerPerson(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a", row(2, "331", "x"), row(3, "331", "y"))
	strict := turn
	strict.OnePerPerson = true
	settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	second := all(t, book, c)[1]
	var left *ledger.LeftOutError
	if _, err := book.Begin(t.Context(), &second, strict); !errors.As(err, &left) || left.Cause != outcome.CauseMessagedBefore {
		t.Errorf("got %v, want to be left out", err)
	}
	if _, err := book.Begin(t.Context(), &second, turn); err != nil {
		t.Errorf("with --duplicates allow: %v", err)
	}
}

// The chains of updates by which a person once got two messages.
func TestNobodyIsMessagedTwiceByUpdates(t *testing.T) {
	for name, chain := range map[string][][]ledger.Row{
		"removed, added with other values, put back": {{row(3, "332", "c")}, {row(2, "331", "v2"), row(3, "332", "c")}},
		"corrected, put back":                        {{row(2, "331", "v2"), row(3, "332", "c")}},
	} {
		t.Run(name, func(t *testing.T) {
			book := open(t)
			first := []ledger.Row{row(2, "331", "v1"), row(3, "332", "c")}
			c := publish(t, book, "a", first...)
			for _, rows := range chain {
				if err := stage(t, book, "a", rows...).Update(t.Context(), c); err != nil {
					t.Fatal(err)
				}
			}
			settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
			back := stage(t, book, "a", first...)
			if got, err := back.Compare(t.Context(), c.ID); err != nil || got.None() || got.Messaged != 1 {
				t.Errorf("Compare = %+v, %v", got, err)
			}
			if err := back.Update(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			queue, err := book.Queue(t.Context(), c.ID, 0, 10)
			if err != nil || len(queue) != 1 || queue[0].Person != "332" {
				t.Errorf("queue: %s, %v", describe(queue), err)
			}
		})
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
		got, err := ledger.DefaultPath(func(name string) string { return env[name] }, test.goos, test.home, "ledger")
		if err != nil || filepath.ToSlash(got) != test.want {
			t.Errorf("%s: %q, %v; want %q", test.goos, got, err, test.want)
		}
	}
	if _, err := ledger.DefaultPath(func(string) string { return "" }, "linux", "", "ledger"); err == nil {
		t.Error("a place without a home")
	}
}

func TestCancelledContextLeavesNothingHalfDone(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a", row(2, "331", "x"))
	r := all(t, book, c)[0]
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	before := r
	if _, err := book.Begin(ctx, &r, turn); err == nil {
		t.Fatal("an attempt began after the end")
	}
	if fmt.Sprint(r) != fmt.Sprint(before) || all(t, book, c)[0].State.Status != outcome.Pending {
		t.Error("the row has changed")
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
				book, err := ledger.Open(t.Context(), path)
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
