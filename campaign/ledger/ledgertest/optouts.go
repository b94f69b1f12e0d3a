package ledgertest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

func optOutsAreRememberedPerAccount(t *testing.T, place Place) {
	book := place(t)()
	began := time.Now().Add(-time.Millisecond)
	c := Publish(t, book, "a", record.Row{Number: 2, Cells: []string{"06…"}, Phone: "33600000000", Person: "33612345678",
		Key: uuid.New(), ContentID: uuid.New(), State: outcome.New()}, Row(3, "331", "x"))
	refused, other := All(t, book, c)[0], All(t, book, c)[1]
	id, err := book.Begin(t.Context(), &refused, Turn)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := book.Settle(t.Context(), &refused, ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: outcome.Answer{Kind: outcome.Refusal}},
		OptOutOf: "56"}); err != nil {
		t.Fatal(err)
	}
	if got, err := book.OptedOut(t.Context(), "56", "33612345678"); err != nil || got.Before(began) {
		t.Errorf("opted out since %v, %v", got, err)
	}
	// From now on no campaign of the account begins an attempt for that person.
	again := Publish(t, book, "b", Row(2, "33612345678", "y"))
	r := All(t, book, again)[0]
	account := Turn
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
}

// refuse has a person refused for having opted out, by campaigns whose requests are on their way at once.
func refuse(t *testing.T, book *ledger.Ledger, now *time.Time, person string, campaigns ...record.Campaign) {
	t.Helper()
	var open []record.Row
	var ids []int64
	for _, c := range campaigns {
		for _, r := range All(t, book, c) {
			if r.Person != person {
				continue
			}
			id, err := book.Begin(t.Context(), &r, Turn)
			if err != nil {
				t.Fatal(err)
			}
			open, ids = append(open, r), append(ids, id)
		}
	}
	answer := outcome.Answer{Kind: outcome.Refusal, Cause: "opted-out"}
	for i := range open {
		*now = now.Add(time.Second)
		_, err := book.Settle(t.Context(), &open[i], ledger.Settlement{Attempt: ids[i], Try: outcome.Try{Answer: answer}, OptOutOf: "56"})
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
func optOutsOfAReplacedRehearsal(t *testing.T, place Place) {
	book := place(t)()
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	book.Clock = func() time.Time { return now }
	const own, tested, elsewhere, both, forgotten = "33600000001", "33600000002", "33600000003", "33600000004", "33600000005"
	people := []string{own, tested, elsewhere, both, forgotten}
	var rows []record.Row
	for i, person := range people {
		rows = append(rows, Row(i+2, person, "x"))
	}
	other := Publish(t, book, "other", Row(2, elsewhere, "y"), Row(3, both, "y"))
	replaced := Publish(t, book, "rehearsal", rows...)
	refuse(t, book, &now, elsewhere, other)
	if err := book.RememberOptOuts(t.Context(), "56", []string{tested}, now); err != nil {
		t.Fatal(err)
	}
	refuse(t, book, &now, own, replaced)
	refuse(t, book, &now, forgotten, replaced)
	refuse(t, book, &now, both, replaced, other)
	for _, r := range All(t, book, replaced) {
		if r.Person != forgotten {
			continue
		}
		same := func(text string) string { return text }
		if _, err := book.ForgetRows(t.Context(), []record.Row{r}, nil, same, ledger.Erasure{}); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := book.LearnedOptOuts(t.Context(), replaced); err != nil || len(found) != 1 || !found[own] {
		t.Errorf("learned by it alone: %v, %v", found, err)
	}
	Publish(t, book, "another", Row(2, own, "z"))
	if got := optedOut(t, book, people); !slices.Equal(got, people) {
		t.Errorf("beside a campaign that replaces none: %v", got)
	}
	again := Stage(t, book, "rehearsal", rows...)
	if _, err := again.Publish(t.Context(), record.Campaign{Name: "rehearsal", Account: "56"}, &replaced); err != nil {
		t.Fatal(err)
	}
	if got := optedOut(t, book, people); !slices.Equal(got, []string{tested, elsewhere, both, forgotten}) {
		t.Errorf("after it started over: %v", got)
	}
}
