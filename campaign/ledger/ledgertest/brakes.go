package ledgertest

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// answers are one of each kind that brakes tell apart.
var answers = []outcome.Answer{
	{Kind: outcome.Accepted, MessageID: "1"},
	{Kind: outcome.Replayed},
	{Kind: outcome.Refusal, Code: "131026", Text: "not on WhatsApp"},
	{Kind: outcome.Refusal, Code: "131050", Text: "has opted out"},
	{Kind: outcome.Doubt, Text: "timeout"},
	{Kind: outcome.Doubt, Text: "server error"},
	{Kind: outcome.Throttled},
	{Kind: outcome.NotDelivered, Cause: string(kanal.CauseConnect)},
	{Kind: outcome.NotDelivered, Cause: string(kanal.CauseCancelled)},
	{Kind: outcome.Halt},
}

// settled is one answer as it was recorded.
type settled struct {
	row int
	try outcome.Try
}

// brakesAfter says what brakes are, over everything that a run has settled.
func brakesAfter(all []settled) (b outcome.Brakes) {
	failing := ""
	rows, same, unbroken := map[int]bool{}, true, true
	for i := len(all) - 1; i >= 0; i-- {
		kind, why := all[i].try.Answer.Kind, all[i].try.Failure()
		switch {
		case kind == outcome.Accepted, kind == outcome.Replayed && why == "", why != "" && failing != "" && why != failing:
			same = false
		case why != "" && same:
			failing, rows[all[i].row] = why, true
		}
		switch {
		case kind != outcome.NotDelivered:
			b.Reached, unbroken = true, false
		case unbroken && all[i].try.Answer.Cause != string(kanal.CauseCancelled):
			b.Undelivered++
		}
		if kind == outcome.Accepted {
			b.Accepted = true
		} else if !b.Accepted && all[i].try.State.Cause == outcome.CauseNotFromThisLedger {
			b.Replays++
		}
	}
	b.Failures = len(rows)
	return b
}

// started is a campaign of so many people, and the turn of a run that it has begun.
func started(t testing.TB, book *ledger.Ledger, people int) (record.Campaign, ledger.Turn) {
	t.Helper()
	var rows []record.Row
	for i := range people {
		rows = append(rows, Row(i+2, fmt.Sprint(4000+i), "x"))
	}
	return Publish(t, book, "a", rows...), running(t, book)
}

// running is the turn of a run that begins.
func running(t testing.TB, book *ledger.Ledger) ledger.Turn {
	t.Helper()
	run, err := book.StartRun(t.Context(), record.Run{Campaign: "a", Command: "send"})
	if err != nil {
		t.Fatal(err)
	}
	turn := Turn
	turn.RunID, turn.Limit, turn.PastHold = run.ID, 1<<20, true
	return turn
}

// Answers come in another order than their requests left, to several processes of one run.
func brakesCountInTheOrderOfSettling(t *testing.T, place Place) {
	const people, answered = 6, 120
	for range 4 {
		seed := rand.Uint64()
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			open := place(t)
			books := []*ledger.Ledger{open(), open()}
			c, turn := started(t, books[0], people)
			rows := All(t, books[0], c)
			inFlight := map[int]int64{}
			var history []settled
			for len(history) < answered {
				i, book := random.IntN(people), books[random.IntN(len(books))]
				id, begun := inFlight[i]
				if !begun {
					var err error
					if inFlight[i], err = book.Begin(t.Context(), &rows[i], turn); err != nil {
						t.Fatal(err)
					}
					continue
				}
				delete(inFlight, i)
				answer := answers[random.IntN(len(answers))]
				next, err := book.Settle(t.Context(), &rows[i], ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: answer}})
				if err != nil {
					t.Fatal(err)
				}
				history = append(history, settled{i, outcome.Try{Answer: answer, State: rows[i].State}})
				if want := brakesAfter(history); next.Brakes != want {
					t.Fatalf("after answer %d, %s to row %d: %+v, want %+v", len(history), answer.Kind, i, next.Brakes, want)
				}
			}
		})
	}
}

// A commit whose success nobody has heard of is tried again.
func anAnswerCountsOnce(t *testing.T, place Place) {
	book := place(t)()
	c, turn := started(t, book, 2)
	for i, r := range All(t, book, c) {
		id, err := book.Begin(t.Context(), &r, turn)
		if err != nil {
			t.Fatal(err)
		}
		s := ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: outcome.Answer{Kind: outcome.Refusal}}, Policy: outcome.Policy{MaxFailures: 2}}
		for range 3 {
			before := r
			next, err := book.Settle(t.Context(), &before, s)
			if err != nil || next.Brakes.Failures != i+1 || (next.Stop == outcome.BrakeFailures) != (i == 1) {
				t.Errorf("row %d: %+v, %v", i, next, err)
			}
			if stored := All(t, book, c)[i]; stored.State != before.State || stored.State.Status != outcome.Rejected {
				t.Errorf("row %d is stored as %+v, and told as %+v", i, stored.State, before.State)
			}
		}
	}
}

// A new run starts from nothing, but knows whether Kanal has accepted a message of the campaign before; whoever takes a run over
// goes on where it is.
func brakesAreThoseOfOneRun(t *testing.T, place Place) {
	book := place(t)()
	c, turn := started(t, book, 3)
	takeUp := func(turn ledger.Turn, want outcome.Brakes) {
		t.Helper()
		if got, err := book.TakeUp(t.Context(), c.ID, turn.RunID, time.Second); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
	settle := func(i int, turn ledger.Turn, a outcome.Answer) {
		t.Helper()
		r := All(t, book, c)[i]
		id, err := book.Begin(t.Context(), &r, turn)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := book.Settle(t.Context(), &r, ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: a}}); err != nil {
			t.Fatal(err)
		}
	}
	takeUp(turn, outcome.Brakes{})
	settle(0, turn, outcome.Answer{Kind: outcome.Refusal})
	takeUp(turn, outcome.Brakes{Failures: 1, Reached: true})
	settle(1, turn, outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	settle(2, turn, outcome.Answer{Kind: outcome.Doubt})
	takeUp(turn, outcome.Brakes{Failures: 1, Reached: true, Accepted: true})
	takeUp(running(t, book), outcome.Brakes{Accepted: true})
}

// The row's own wait and the key's are stored with the answer, as the policy has them by the brakes with it.
func aRowRestsAsThePolicySays(t *testing.T, place Place) {
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	for _, answer := range answers {
		t.Run(fmt.Sprint(answer.Kind, answer.Cause, answer.Code, answer.Text), func(t *testing.T) {
			book := place(t)()
			book.Clock = func() time.Time { return now }
			c, turn := started(t, book, 1)
			r := All(t, book, c)[0]
			id, err := book.Begin(t.Context(), &r, turn)
			if err != nil {
				t.Fatal(err)
			}
			answer.MayStillRun = answer.Kind == outcome.Doubt
			s := ledger.Settlement{
				Attempt: id,
				Try:     outcome.Try{Answer: answer, Tries: 1, Ended: now, Deadline: now.Add(time.Minute), Luck: 0.5},
				Policy:  outcome.Policy{MaxFailures: 1, DoubtDelay: 30 * time.Second},
			}
			next, err := book.Settle(t.Context(), &r, s)
			if err != nil {
				t.Fatal(err)
			}
			s.Try.State = r.State
			if want := s.Policy.Next(s.Try, next.Brakes); next != want {
				t.Errorf("got %+v, want %+v", next, want)
			}
			stored := All(t, book, c)[0].NotBefore
			if next.Rest == 0 && !stored.IsZero() || next.Rest > 0 && !stored.Equal(now.Add(next.Rest)) {
				t.Errorf("it rests until %s, want %s from now", stored, next.Rest)
			}
		})
	}
}
