package ledgertest

import (
	"strings"
	"testing"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Of who is forgotten remain the place, the status and the dates; what others' texts told of the number goes, too, and nothing is
// sent any more.
func whoIsForgottenLeavesAnOutcome(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "331", "x"), Row(3, "332", "x"), Row(4, "333", "x"), Row(5, "334", "x"))
	Settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	Settle(t, book, c, "333", outcome.Answer{Kind: outcome.Doubt})
	Settle(t, book, c, "334", outcome.Answer{Kind: outcome.Refusal, Text: "beside 331"})
	rows := All(t, book, c)
	redact := func(text string) string { return strings.ReplaceAll(text, "331", "…") }
	if _, err := book.ForgetRows(t.Context(), rows[:3], nil, redact, ledger.Erasure{What: "three"}); err != nil {
		t.Fatal(err)
	}
	forgotten := All(t, book, c)
	for i, want := range []outcome.State{{Status: outcome.Sent}, {Status: outcome.Skipped, Cause: outcome.CauseForgotten},
		{Status: outcome.Unknown, Cause: outcome.CauseForgotten, Doubted: true}} {
		got := forgotten[i]
		if got.State != want || got.Number != rows[i].Number || got.Attempts != rows[i].Attempts || got.ForgottenAt.IsZero() {
			t.Errorf("row %d is %+v, number %d, tried %d times", i, got.State, got.Number, got.Attempts)
		}
		if len(got.Cells)+len(got.Values) > 0 || got.Phone+got.Person+got.Error+got.MessageID != "" || got.Key != [16]byte{} || got.ContentID != [16]byte{} {
			t.Errorf("row %d still tells %+v", i, got)
		}
		for _, attempt := range History(t, book, c, got.ID) {
			if attempt.Key != [16]byte{} || attempt.Text != "" || attempt.Kind == "" {
				t.Errorf("an attempt of row %d tells %+v", i, attempt)
			}
		}
	}
	if forgotten[3].Error != "beside …" || History(t, book, c, forgotten[3].ID)[0].Text != "beside …" {
		t.Errorf("another row tells %q", forgotten[3].Error)
	}
	if queue, err := book.Queue(t.Context(), c.ID, 0, 10); err != nil || len(queue) != 0 {
		t.Errorf("still to be sent: %s, %v", Describe(queue), err)
	}
	if _, err := book.Begin(t.Context(), &forgotten[1], Turn); err != ledger.ErrNotSendable {
		t.Errorf("begun all the same: %v", err)
	}
	if _, unswept, err := book.Erased(t.Context()); err != nil || !unswept {
		t.Errorf("nothing is to be swept: %v", err)
	}
	if err := book.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, unswept, err := book.Erased(t.Context()); err != nil || unswept {
		t.Errorf("swept, and still to be swept: %v", err)
	}
}

// History returns the attempts of a row.
func History(t testing.TB, book *ledger.Ledger, c record.Campaign, row int64) []record.Attempt {
	t.Helper()
	for h, err := range book.Histories(t.Context(), c.ID) {
		if err != nil {
			t.Fatal(err)
		}
		if h.ID == row {
			return h.Tries
		}
	}
	t.Fatal("no such row")
	return nil
}

// A part of a campaign reaches as far as its first people do, those who have been dealt with coming first; what is tried beyond
// it is told, and a later part joins it or takes its place.
func partOfACampaign(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "331", "x"), Invalid(3), Row(4, "332", "x"), Row(5, "333", "x"), Row(6, "334", "x"))
	rows := All(t, book, c)
	reach := func(n int) (int64, int) {
		t.Helper()
		through, more, err := book.FirstPlanned(t.Context(), c, n)
		if err != nil {
			t.Fatal(err)
		}
		return through, more
	}
	keep := func(anew bool, ids ...int64) {
		t.Helper()
		var err error
		if c, err = book.KeepToFirst(t.Context(), c, ids, anew); err != nil || !c.Limited {
			t.Fatalf("limited %v, %v", c.Limited, err)
		}
	}
	beyond := func() bool {
		t.Helper()
		tried, err := book.TriedBeyondFirst(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		return tried
	}
	if through, more := reach(2); through != 0 || more != 2 {
		t.Errorf("before anything: through %d, %d more", through, more)
	}
	keep(true, rows[0].ID, rows[2].ID)
	if through, more := reach(2); through != 3 || more != 0 {
		t.Errorf("with the part: through %d, %d more", through, more)
	}
	if through, more := reach(3); through != 0 || more != 1 {
		t.Errorf("one more than the part: through %d, %d more", through, more)
	}
	Settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	if beyond() {
		t.Error("nobody beyond the part was tried")
	}
	keep(false, rows[3].ID)
	if got := partsOf(t, book, c); len(got) != 3 || got[0] != ledger.PartBefore || got[1] != ledger.PartLastRun || got[2] != ledger.NoPart {
		t.Errorf("the parts are %v", got)
	}
	Settle(t, book, c, "334", outcome.Answer{Kind: outcome.Doubt})
	if !beyond() {
		t.Error("somebody beyond the part was tried")
	}
	keep(true)
	if got := partsOf(t, book, c); len(got) != 3 || got[0] != ledger.NoPart || got[1] != ledger.NoPart {
		t.Errorf("anew, the parts are %v", got)
	}
}

// partsOf are the parts of the rows that may be sent.
func partsOf(t *testing.T, book *ledger.Ledger, c record.Campaign) (found []ledger.Part) {
	t.Helper()
	for r, err := range book.Sendable(t.Context(), c.ID) {
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, r.Part)
	}
	return found
}
