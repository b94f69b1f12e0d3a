package ledgertest

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

func window(t *testing.T, place Place) {
	synctest.Test(t, func(t *testing.T) {
		book := place(t)()
		c := Publish(t, book, "a", Row(2, "33612345671", "x"), Row(3, "33612345672", "x"), Row(4, "33612345673", "x"),
			Row(5, "33612345674", "x"))
		rows := All(t, book, c)
		small := Turn
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
		if _, err := book.Settle(t.Context(), &rows[0],
			ledger.Settlement{Attempt: first, Try: outcome.Try{Answer: outcome.Answer{Kind: outcome.Accepted}}}); err != nil {
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
func windowTellsWhoSharesIt(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "33612345671", "x"), Row(3, "33612345672", "x"), Row(4, "33612345673", "x"))
	rows := All(t, book, c)
	turnOf := func(name, key string) ledger.Turn {
		run, err := book.StartRun(t.Context(), record.Run{Campaign: name, Command: "send"})
		if err != nil {
			t.Fatal(err)
		}
		mine := Turn
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

func holdTakesTheLongest(t *testing.T, place Place) {
	synctest.Test(t, func(t *testing.T) {
		book := place(t)()
		c := Publish(t, book, "a", Row(2, "33612345671", "x"))
		r := All(t, book, c)[0]
		for _, wait := range []time.Duration{time.Minute, 3 * time.Minute, 2 * time.Minute} {
			ask(t, book, wait)
		}
		_, err := book.Begin(t.Context(), &r, Turn)
		var wait *ledger.WaitError
		if !errors.As(err, &wait) || !wait.Held || time.Until(wait.Until) != 3*time.Minute {
			t.Errorf("got %v, want to be held for three minutes", err)
		}
		other := Turn
		other.PaceKey = "another key"
		if _, err := book.Begin(t.Context(), &r, other); err != nil {
			t.Errorf("another key is held, too: %v", err)
		}
	})
}

// A clock that was set back leaves times in the future behind: they must not block the pace for longer than a window, and the
// millisecond to which times are kept.
func clockSetBack(t *testing.T, place Place) {
	book := place(t)()
	ahead := func() time.Time { return time.Now().Add(2 * time.Hour) }
	c := Publish(t, book, "a", Row(2, "33612345671", "x"), Row(3, "33612345672", "x"))
	rows := All(t, book, c)
	small := Turn
	small.Limit = 1
	book.Clock = ahead
	Settle(t, book, c, "33612345671", outcome.Answer{Kind: outcome.Throttled, RetryAfter: time.Second})
	book.Clock = time.Now
	var wait *ledger.WaitError
	if _, err := book.Begin(t.Context(), &rows[1], small); !errors.As(err, &wait) || time.Until(wait.Until) > ledger.Window+time.Millisecond {
		t.Errorf("got %v, want a wait of a window at the most", err)
	}
	small.PastHold = true
	if _, err := book.Begin(t.Context(), &rows[1], small); !errors.As(err, &wait) || wait.Held || time.Until(wait.Until) > ledger.Window+time.Millisecond {
		t.Errorf("without the hold: got %v, want a wait of a window at the most", err)
	}
}

// What a dead process has sent may arrive until its deadline: until then it takes its place in the window.
func theDeadTakeTheirPlaceUntilTheirDeadline(t *testing.T, place Place) {
	synctest.Test(t, func(t *testing.T) {
		book := place(t)()
		c := Publish(t, book, "a", Row(2, "33612345671", "x"), Row(3, "33612345672", "x"))
		rows := All(t, book, c)
		small := Turn
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

// ask has Kanal ask for a wait, by the answer to a test.
func ask(t testing.TB, book *ledger.Ledger, wait time.Duration) {
	t.Helper()
	test := record.Row{Key: uuid.New(), State: outcome.New()}
	past := Turn
	past.PastHold = true
	id, err := book.Begin(t.Context(), &test, past)
	if err != nil {
		t.Fatal(err)
	}
	throttled := outcome.Try{Answer: outcome.Answer{Kind: outcome.Throttled, RetryAfter: wait}}
	if _, err := book.Settle(t.Context(), &test, ledger.Settlement{Attempt: id, Try: throttled, PastHold: true}); err != nil {
		t.Fatal(err)
	}
}

// An answer that has passed Kanal's limit although a wait was asked for ends the waits from before it; one that has not, and one
// to a request that left before the wait was asked for, end none.
func answerPastAWaitEndsIt(t *testing.T, place Place) {
	synctest.Test(t, func(t *testing.T) {
		book := place(t)()
		c := Publish(t, book, "a", Row(2, "331", "x"), Row(3, "332", "x"), Row(4, "333", "x"), Row(5, "334", "x"))
		rows := All(t, book, c)
		past := Turn
		past.PastHold = true
		begin := func(i int) int64 {
			id, err := book.Begin(t.Context(), &rows[i], past)
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
			return id
		}
		settle := func(i int, id int64, kind outcome.Kind, asked bool) {
			s := ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: outcome.Answer{Kind: kind}}, PastHold: asked}
			if _, err := book.Settle(t.Context(), &rows[i], s); err != nil {
				t.Fatal(err)
			}
		}
		held := func() bool {
			var wait *ledger.WaitError
			test := record.Row{Key: uuid.New(), State: outcome.New()}
			_, err := book.Begin(t.Context(), &test, Turn)
			return errors.As(err, &wait) && wait.Held
		}
		early := begin(0)
		ask(t, book, time.Hour)
		settle(0, early, outcome.Accepted, true)
		settle(1, begin(1), outcome.Halt, true)
		settle(2, begin(2), outcome.Accepted, false)
		if !held() {
			t.Error("the wait was lifted by a request from before it, a halt, or one that asked nothing")
		}
		settle(3, begin(3), outcome.Accepted, true)
		if held() {
			t.Error("Kanal has taken a message, and the wait goes on")
		}
	})
}

// Many processes that begin as fast as they can are granted no more than the limit together.
func windowOfManyProcesses(t *testing.T, place Place) {
	const processes, each, limit = 4, 6, 7
	open := place(t)
	var rows []record.Row
	for i := range processes * each {
		rows = append(rows, Row(i+2, fmt.Sprint(4000+i), "x"))
	}
	planner := open()
	rows = All(t, planner, Publish(t, planner, "a", rows...))
	small := Turn
	small.Limit = limit
	granted := make(chan int, processes)
	for p := range processes {
		book := open()
		go func() {
			n := 0
			for i := range each {
				if _, err := book.Begin(t.Context(), &rows[p*each+i], small); err == nil {
					n++
				} else if !errors.As(err, new(*ledger.WaitError)) {
					t.Error(err)
				}
			}
			granted <- n
		}()
	}
	total := 0
	for range processes {
		total += <-granted
	}
	if total != limit {
		t.Errorf("%d attempts were begun, want %d", total, limit)
	}
}
