package sqlite_test

import (
	"slices"
	"testing"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// refuse has a person refused for having opted out, by campaigns whose requests are on their way at once.
func refuse(t *testing.T, book *ledger.Ledger, now *time.Time, person string, campaigns ...ledger.Campaign) {
	t.Helper()
	var open []ledger.Row
	var ids []int64
	for _, c := range campaigns {
		for _, r := range all(t, book, c) {
			if r.Person != person {
				continue
			}
			id, err := book.Begin(t.Context(), &r, turn)
			if err != nil {
				t.Fatal(err)
			}
			open, ids = append(open, r), append(ids, id)
		}
	}
	answer := outcome.Answer{Kind: outcome.Refusal, Cause: "opted-out"}
	for i := range open {
		*now = now.Add(time.Second)
		err := book.Settle(t.Context(), &open[i], ledger.Settlement{Attempt: ids[i], Answer: answer, OptOutOf: "56"})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// optedOut are those of the people who are remembered.
func optedOut(t *testing.T, book *ledger.Ledger, people []string) (known []string) {
	t.Helper()
	for _, person := range people {
		if since, err := book.OptedOut(t.Context(), "56", person); err != nil {
			t.Fatal(err)
		} else if !since.IsZero() {
			known = append(known, person)
		}
	}
	return known
}

// A rehearsal that is replaced takes those opt-outs along that it alone has learned, and no other. A campaign that replaces
// none takes none along.
func TestOptOutsOfAReplacedRehearsal(t *testing.T) {
	book := open(t)
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	book.Clock = func() time.Time { return now }
	const own, tested, elsewhere, both, forgotten = "33600000001", "33600000002", "33600000003", "33600000004", "33600000005"
	people := []string{own, tested, elsewhere, both, forgotten}
	var rows []ledger.Row
	for i, person := range people {
		rows = append(rows, row(i+2, person, "x"))
	}
	other := publish(t, book, "other", row(2, elsewhere, "y"), row(3, both, "y"))
	replaced := publish(t, book, "rehearsal", rows...)
	refuse(t, book, &now, elsewhere, other)
	if err := book.RememberOptOuts(t.Context(), "56", []string{tested}, now); err != nil {
		t.Fatal(err)
	}
	refuse(t, book, &now, own, replaced)
	refuse(t, book, &now, forgotten, replaced)
	refuse(t, book, &now, both, replaced, other)
	for _, r := range all(t, book, replaced) {
		if r.Person != forgotten {
			continue
		}
		same := func(text string) string { return text }
		if _, err := book.ForgetRows(t.Context(), []ledger.Row{r}, nil, same, ledger.Erasure{}); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := book.LearnedOptOuts(t.Context(), replaced); err != nil || len(found) != 1 || !found[own] {
		t.Errorf("learned by it alone: %v, %v", found, err)
	}
	publish(t, book, "another", row(2, own, "z"))
	if got := optedOut(t, book, people); !slices.Equal(got, people) {
		t.Errorf("beside a campaign that replaces none: %v", got)
	}
	again := stage(t, book, "rehearsal", rows...)
	if _, err := again.Publish(t.Context(), ledger.Campaign{Name: "rehearsal", Account: "56"}, &replaced); err != nil {
		t.Fatal(err)
	}
	if got := optedOut(t, book, people); !slices.Equal(got, []string{tested, elsewhere, both, forgotten}) {
		t.Errorf("after it started over: %v", got)
	}
}
