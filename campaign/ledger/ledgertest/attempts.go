package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/trouble"
)

func attemptThatNeverEndedIsADoubt(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "33612345678", "x"))
	r := All(t, book, c)[0]
	if _, err := book.Begin(t.Context(), &r, Turn); err != nil {
		t.Fatal(err)
	}
	// The process dies here. What the ledger holds is already the truth.
	if got := All(t, book, c)[0].State; got.Status != outcome.Unknown || got.DoubtSince.IsZero() {
		t.Errorf("stored: %+v", got)
	}
	began := time.Now()
	if n, err := book.Abandon(t.Context(), c.ID, 30*time.Second); err != nil || n != 1 {
		t.Fatalf("abandoned %d, %v", n, err)
	}
	got := All(t, book, c)[0]
	if got.State.Open || !got.State.Doubted || got.NotBefore.Before(began.Add(Turn.Timeout+29*time.Second)) {
		t.Errorf("after the crash: %+v, not before %s", got.State, got.NotBefore)
	}
	if n, err := book.Abandon(t.Context(), c.ID, 30*time.Second); err != nil || n != 0 {
		t.Errorf("abandoned twice: %d, %v", n, err)
	}
}

func rowIsBegunOnce(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "33612345678", "x"))
	one, two := All(t, book, c)[0], All(t, book, c)[0]
	id, err := book.Begin(t.Context(), &one, Turn)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin(t.Context(), &two, Turn); !errors.Is(err, ledger.ErrNotSendable) {
		t.Errorf("an open row was begun again: %v", err)
	}
	if _, err := book.Settle(t.Context(), &one, ledger.Settlement{Attempt: id,
		Try: outcome.Try{Answer: outcome.Answer{Kind: outcome.Accepted, MessageID: "1"}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin(t.Context(), &two, Turn); !errors.Is(err, ledger.ErrNotSendable) {
		t.Errorf("a sent row was begun again: %v", err)
	}
}

func oneMessagePerPerson(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "331", "x"), Row(3, "331", "y"))
	strict := Turn
	strict.OnePerPerson = true
	Settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	second := All(t, book, c)[1]
	var left *ledger.LeftOutError
	if _, err := book.Begin(t.Context(), &second, strict); !errors.As(err, &left) || left.Cause != outcome.CauseMessagedBefore {
		t.Errorf("got %v, want to be left out", err)
	}
	if _, err := book.Begin(t.Context(), &second, Turn); err != nil {
		t.Errorf("with --duplicates allow: %v", err)
	}
}

func cancelledContextLeavesNothingHalfDone(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "331", "x"))
	r := All(t, book, c)[0]
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	before := r
	if _, err := book.Begin(ctx, &r, Turn); err == nil {
		t.Fatal("an attempt began after the end")
	}
	if fmt.Sprint(r) != fmt.Sprint(before) || All(t, book, c)[0].State.Status != outcome.Pending {
		t.Error("the row has changed")
	}
}

// Whom another campaign of the account has messaged within the gap is left out; who may have this message is not.
func gapBetweenCampaigns(t *testing.T, place Place) {
	book := place(t)()
	earlier := Publish(t, book, "earlier", Row(2, "331", "x"))
	Settle(t, book, earlier, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	now := Publish(t, book, "now", Row(2, "331", "y"), Row(3, "332", "y"))
	rows := All(t, book, now)
	gap := Turn
	gap.Account, gap.MinGap = "56", time.Hour
	var left *ledger.LeftOutError
	_, err := book.Begin(t.Context(), &rows[0], gap)
	if !errors.As(err, &left) || left.Cause != outcome.CauseMessagedRecently || left.Detail.Campaign != "earlier" {
		t.Fatalf("got %v, want to be left out", err)
	}
	if err := book.LeaveOut(t.Context(), &rows[0], left); err != nil {
		t.Fatal(err)
	}
	if got := All(t, book, now)[0]; got.State.Status != outcome.Skipped || got.State.Cause != left.Cause || got.Error != left.Detail.String() {
		t.Errorf("the row is %+v, with %q", got.State, got.Error)
	}
	if _, err := book.Begin(t.Context(), &rows[1], gap); err != nil {
		t.Errorf("another person: %v", err)
	}
	gap.Account = "57"
	later := All(t, book, Publish(t, book, "later", Row(2, "331", "z")))[0]
	if _, err := book.Begin(t.Context(), &later, gap); err != nil {
		t.Errorf("another account: %v", err)
	}
}

// A message that belongs to no row takes a place in the window, is told as a test, and is none of the campaign's attempts.
func aTestTakesItsTurn(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "331", "x"))
	run, err := book.StartRun(t.Context(), record.Run{Campaign: "a", Command: record.TestCommand})
	if err != nil {
		t.Fatal(err)
	}
	small := Turn
	small.Limit, small.RunID = 1, run.ID
	test := record.Row{Person: "339", Key: uuid.New(), State: outcome.New()}
	id, err := book.Begin(t.Context(), &test, small)
	if err != nil {
		t.Fatal(err)
	}
	r := All(t, book, c)[0]
	if _, err := book.Begin(t.Context(), &r, small); !errors.As(err, new(*ledger.WaitError)) {
		t.Errorf("beside a test that is not answered: %v", err)
	}
	refused := ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: outcome.Answer{Kind: outcome.Refusal, Text: "no"}}, OptOutOf: "56"}
	if _, err := book.Settle(t.Context(), &test, refused); err != nil {
		t.Fatal(err)
	}
	if since, err := book.OptedOut(t.Context(), "56", "339"); err != nil || since.IsZero() {
		t.Errorf("the opt-out was not remembered: %v, %v", since, err)
	}
	tests, err := book.Tests(t.Context())
	if err != nil || len(tests) != 1 || tests[0].Attempt.Key != test.Key || tests[0].Attempt.Kind != outcome.Refusal {
		t.Errorf("told as %+v, %v", tests, err)
	}
	if got := All(t, book, c)[0]; got.Attempts != 0 || got.State.Status != outcome.Pending {
		t.Errorf("the campaign's row is %+v", got.State)
	}
}

// The end of a run that says something else than the ledger holds is told, whichever part of it is missing.
func whatWasRecordedIsHeld(t *testing.T, place Place) {
	for name, harm := range map[string]func(r *record.Run){
		"as it was": nil,
		"its end":   func(r *record.Run) { r.EndedAt = r.EndedAt.Add(time.Second) },
		"why":       func(r *record.Run) { r.Stopped = "done" },
		"the run":   func(r *record.Run) { r.ID += 100 },
	} {
		t.Run(name, func(t *testing.T) {
			book := place(t)()
			c := Publish(t, book, "a", Row(2, "331", "x"), Row(3, "332", "x"))
			run, err := book.StartRun(t.Context(), record.Run{Campaign: "a", Command: "send"})
			if err != nil {
				t.Fatal(err)
			}
			rows, mine := All(t, book, c), Turn
			mine.RunID = run.ID
			id, err := book.Begin(t.Context(), &rows[0], mine)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := book.Settle(t.Context(), &rows[0], ledger.Settlement{Attempt: id,
				Try: outcome.Try{Answer: outcome.Answer{Kind: outcome.Accepted}}}); err != nil {
				t.Fatal(err)
			}
			if _, err := book.Begin(t.Context(), &rows[1], mine); err != nil { // its answer never comes
				t.Fatal(err)
			}
			run.EndedAt, run.Stopped = book.Now(), "interrupted"
			if err := book.SaveRun(t.Context(), run, nil); err != nil {
				t.Fatal(err)
			}
			if harm != nil {
				harm(&run)
			}
			if err := book.Recheck(t.Context(), run); (harm != nil) != errors.As(err, new(*trouble.DamagedError)) || harm == nil && err != nil {
				t.Errorf("got %v", err)
			}
		})
	}
}
