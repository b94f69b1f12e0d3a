package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/outcome"
)

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
	if got.State.Open || !got.State.Doubted || got.NotBefore.Before(began.Add(turn.Timeout+29*time.Second)) {
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
	if err := book.Settle(t.Context(), &one, ledger.Settlement{Attempt: id,
		Answer: outcome.Answer{Kind: outcome.Accepted, MessageID: "1"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin(t.Context(), &two, turn); !errors.Is(err, ledger.ErrNotSendable) {
		t.Errorf("a sent row was begun again: %v", err)
	}
}

func TestWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
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
		if err := book.Settle(t.Context(), &rows[0],
			ledger.Settlement{Attempt: first, Answer: outcome.Answer{Kind: outcome.Accepted}}); err != nil {
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

// Whoever waits for the limit is told of another campaign that uses it, too; an earlier run of the same one is none, nor is
// a campaign with another key.
func TestWindowTellsWhoSharesIt(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a", row(2, "33612345671", "x"), row(3, "33612345672", "x"), row(4, "33612345673", "x"))
	rows := all(t, book, c)
	turnOf := func(name, key string) ledger.Turn {
		run, err := book.StartRun(t.Context(), ledger.Run{Campaign: name, Command: "send"})
		if err != nil {
			t.Fatal(err)
		}
		mine := turn
		mine.RunID, mine.PaceKey, mine.Limit = run.ID, key, 1
		return mine
	}
	for i, key := range []string{"k", "another key"} {
		if _, err := book.Begin(t.Context(), &rows[i], turnOf("spring", key)); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"summer": "spring", "spring": ""} {
		var wait *ledger.WaitError
		if _, err := book.Begin(t.Context(), &rows[2], turnOf(name, "k")); !errors.As(err, &wait) || wait.With != want {
			t.Errorf("%s waits with %+v, want %q", name, wait, want)
		}
	}
}

func TestHoldTakesTheLongest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
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
	exec(t, book.Path(), "DELETE FROM holds")
	if _, err := book.Begin(t.Context(), &rows[1], small); !errors.As(err, &wait) || wait.Held || time.Until(wait.Until) > ledger.Window {
		t.Errorf("without the hold: got %v, want a wait of a window at the most", err)
	}
}

// What a dead process has sent may arrive until its deadline: until then it takes its place in the window.
func TestTheDeadTakeTheirPlaceUntilTheirDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		c := publish(t, book, "a", row(2, "33612345671", "x"), row(3, "33612345672", "x"))
		rows := all(t, book, c)
		small := turn
		small.Limit = 1
		if _, err := book.Begin(t.Context(), &rows[0], small); err != nil {
			t.Fatal(err)
		}
		free := time.Now().Add(small.Timeout + ledger.Window)
		time.Sleep(4 * time.Second)
		if _, err := book.Abandon(t.Context(), c.ID, 0); err != nil {
			t.Fatal(err)
		}
		for time.Now().Before(free) {
			var wait *ledger.WaitError
			if _, err := book.Begin(t.Context(), &rows[1], small); !errors.As(err, &wait) || !wait.Until.Equal(free.Round(0)) {
				t.Fatalf("got %v, want a wait until %s", err, free)
			}
			time.Sleep(time.Second)
		}
		if _, err := book.Begin(t.Context(), &rows[1], small); err != nil {
			t.Errorf("after that: %v", err)
		}
	})
}

// A row waits no longer than it can have to, whatever an earlier version has stored.
func TestARowRestsNoLongerThanItMust(t *testing.T) {
	tried := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		status    outcome.Status
		notBefore time.Duration // since the last try, as stored
		delay     time.Duration // --doubt-delay
		now, want time.Duration // since the last try
	}{
		"a doubt":                              {outcome.Unknown, 90 * time.Second, 30 * time.Second, 10 * time.Second, 80 * time.Second},
		"a doubt of the longest request":       {outcome.Unknown, 330 * time.Second, 30 * time.Second, 0, 330 * time.Second},
		"a doubt with a delay of its own":      {outcome.Unknown, 13 * time.Hour, 13 * time.Hour, time.Hour, 12 * time.Hour},
		"a throttled doubt of before, absurd":  {outcome.Unknown, 30 * 24 * time.Hour, 30 * time.Second, 0, 7 * time.Minute},
		"a throttled row of before, absurd":    {outcome.Pending, 30 * 24 * time.Hour, 30 * time.Second, 0, 2 * time.Minute},
		"a throttled row of before, long over": {outcome.Pending, 30 * 24 * time.Hour, 30 * time.Second, time.Hour, -58 * time.Minute},
		"the clock was set back":               {outcome.Unknown, 90 * time.Second, 30 * time.Second, -3 * time.Hour, 90 * time.Second},
	} {
		row := ledger.Row{State: outcome.State{Status: test.status}, TriedAt: tried, NotBefore: tried.Add(test.notBefore)}
		if got := row.Rests(tried.Add(test.now), test.delay); got != test.want {
			t.Errorf("%s: it rests for %s, want %s", name, got, test.want)
		}
		row.NotBefore = time.Time{}
		if got := row.Rests(tried.Add(test.now), test.delay); got > 0 {
			t.Errorf("%s, free: it rests for %s", name, got)
		}
	}
}

// Earlier versions have stored whatever wait Kanal told.
func TestStoredWaitsAreAtMostAnHour(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a", row(2, "33612345671", "x"))
	r := all(t, book, c)[0]
	now := time.Now()
	exec(t, book.Path(), fmt.Sprintf("INSERT INTO holds VALUES ('k', %d, %d)", now.UnixMilli(), now.Add(30*24*time.Hour).UnixMilli()))
	var wait *ledger.WaitError
	if _, err := book.Begin(t.Context(), &r, turn); !errors.As(err, &wait) || wait.Until.Sub(now).Round(time.Second) != time.Hour {
		t.Errorf("got %v, want to be held for an hour", err)
	}
	exec(t, book.Path(), fmt.Sprintf("UPDATE holds SET noted_at = noted_at - %d", time.Hour.Milliseconds()))
	if err := book.Hold(t.Context(), "k", now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin(t.Context(), &r, turn); !errors.As(err, &wait) || wait.Until.Sub(now).Round(time.Second) != time.Minute {
		t.Errorf("got %v, want to be held for the minute that was told last", err)
	}
	if err := book.Lift(t.Context(), "k", now.Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin(t.Context(), &r, turn); !errors.As(err, &wait) {
		t.Errorf("a wait was lifted by a request from before it: %v", err)
	}
	past := turn
	past.PastHold = true
	if _, err := book.Begin(t.Context(), &r, past); err != nil {
		t.Errorf("asked all the same: %v", err)
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
