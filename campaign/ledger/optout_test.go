package ledger_test

import (
	"slices"
	"testing"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// A rehearsal that is replaced takes those opt-outs along that it alone has learned, and no other. A campaign that replaces
// none takes none along.
func TestOptOutsOfAReplacedRehearsal(t *testing.T) {
	book := open(t)
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	book.Clock = func() time.Time { return now }
	refuse := func(c ledger.Campaign, person string) {
		t.Helper()
		for _, r := range all(t, book, c) {
			if r.Person != person {
				continue
			}
			now = now.Add(time.Second)
			id, err := book.Begin(t.Context(), &r, turn)
			if err != nil {
				t.Fatal(err)
			}
			now = now.Add(time.Second)
			answer := outcome.Answer{Kind: outcome.Refusal, Cause: "opted-out"}
			if err := book.Settle(t.Context(), &r, ledger.Settlement{Attempt: id, Answer: answer, OptOutOf: "56"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	const own, tested, elsewhere, both, forgotten = "33600000001", "33600000002", "33600000003", "33600000004", "33600000005"
	all5 := []string{own, tested, elsewhere, both, forgotten}
	var rows []ledger.Row
	for i, person := range all5 {
		rows = append(rows, row(i+2, person, "x"))
	}
	other := publish(t, book, "other", row(2, elsewhere, "y"), row(3, both, "y"))
	replaced := publish(t, book, "rehearsal", rows...)
	refuse(other, elsewhere)
	if err := book.RememberOptOuts(t.Context(), "56", []string{tested}, now); err != nil {
		t.Fatal(err)
	}
	for _, person := range []string{own, forgotten} {
		refuse(replaced, person)
	}
	refuseBoth(t, book, replaced, other, both, &now)
	for _, r := range all(t, book, replaced) {
		if r.Person == forgotten {
			if _, err := book.ForgetRows(t.Context(), []ledger.Row{r}, nil, func(text string) string { return text }, ledger.Erasure{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	people, err := book.LearnedOptOuts(t.Context(), replaced)
	if err != nil || len(people) != 1 || !people[own] {
		t.Errorf("learned by it alone: %v, %v", people, err)
	}
	optedOut := func() (known []string) {
		for _, person := range all5 {
			if since, err := book.OptedOut(t.Context(), "56", person); err != nil {
				t.Fatal(err)
			} else if !since.IsZero() {
				known = append(known, person)
			}
		}
		return known
	}
	publish(t, book, "another", row(2, own, "z"))
	if got := optedOut(); !slices.Equal(got, all5) {
		t.Errorf("beside a campaign that replaces none: %v", got)
	}
	again := stage(t, book, "rehearsal", rows...)
	if _, err := again.Publish(t.Context(), ledger.Campaign{Name: "rehearsal", Account: "56"}, &replaced); err != nil {
		t.Fatal(err)
	}
	if got := optedOut(); !slices.Equal(got, []string{tested, elsewhere, both, forgotten}) {
		t.Errorf("after it started over: %v", got)
	}
}

// refuseBoth has a person refused by two campaigns whose requests were on their way at once.
func refuseBoth(t *testing.T, book *ledger.Ledger, first, second ledger.Campaign, person string, now *time.Time) {
	t.Helper()
	var open []ledger.Row
	var ids []int64
	for _, c := range []ledger.Campaign{first, second} {
		for _, r := range all(t, book, c) {
			if r.Person == person {
				id, err := book.Begin(t.Context(), &r, turn)
				if err != nil {
					t.Fatal(err)
				}
				open, ids = append(open, r), append(ids, id)
			}
		}
	}
	for i := range open {
		*now = now.Add(time.Second)
		answer := outcome.Answer{Kind: outcome.Refusal, Cause: "opted-out"}
		if err := book.Settle(t.Context(), &open[i], ledger.Settlement{Attempt: ids[i], Answer: answer, OptOutOf: "56"}); err != nil {
			t.Fatal(err)
		}
	}
}
