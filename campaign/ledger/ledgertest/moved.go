package ledgertest

import (
	"context"
	"slices"
	"testing"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

func there(t *testing.T, staging *ledger.Staging) bool {
	t.Helper()
	is, err := staging.There(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return is
}

// What a moved file would make of its campaign is told without touching it: its own rows, under their ids, in the new order.
func movedFile(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "331", "Zoé"), Row(3, "332", "Léa"), Row(4, "333", "Max"))
	ids := map[string]int64{}
	for person, err := range book.Sendable(t.Context(), c.ID) {
		if err != nil {
			t.Fatal(err)
		}
		ids[person.Person] = person.ID
	}
	c, err := book.KeepToFirst(t.Context(), c, []int64{ids["331"]}, true)
	if err != nil {
		t.Fatal(err)
	}
	staging := Stage(t, book, "a", Row(2, "333", "Max"), Row(3, "332", "Léa"), Row(4, "331", "Zoé"))
	if ch, _, err := staging.Compare(t.Context(), c.ID); err != nil || !ch.None() {
		t.Fatalf("%+v, %v", ch, err)
	}
	var people []string
	for person, err := range staging.Moved().Sendable(t.Context(), c.ID) {
		if err != nil {
			t.Fatal(err)
		}
		if people = append(people, person.Person); person.ID != ids[person.Person] || person.Number != len(people)+1 {
			t.Errorf("%+v", person)
		}
		if first := person.Part == ledger.PartLastRun; first != (person.Person == "331") {
			t.Errorf("%s: part %v", person.Person, person.Part)
		}
	}
	if !slices.Equal(people, []string{"333", "332", "331"}) {
		t.Errorf("in the order %v", people)
	}
	for _, one := range []struct {
		rows interface {
			FirstPlanned(ctx context.Context, c record.Campaign, n int) (int64, int, error)
		}
		first         int
		through, more int64
	}{{book, 1, 1, 0}, {staging.Moved(), 1, 3, 0}, {staging.Moved(), 2, 0, 1}} {
		through, more, err := one.rows.FirstPlanned(t.Context(), c, one.first)
		if err != nil || through != one.through || int64(more) != one.more {
			t.Errorf("the first %d: through %d and %d more, want %d and %d, %v", one.first, through, more, one.through, one.more, err)
		}
	}
	if now, err := book.Campaign(t.Context(), "a"); err != nil || !now.Limited {
		t.Errorf("%+v, %v", now, err)
	}
}

func clearedPlan(t *testing.T, place Place) {
	book := place(t)()
	one := Stage(t, book, "a", Row(2, "331", "Zoé"))
	if !there(t, one) {
		t.Error("it is not there")
	}
	two := Stage(t, book, "a", Row(2, "331", "Zoé"))
	if there(t, one) || !there(t, two) {
		t.Error("both are there, or none")
	}
	if err := one.Discard(t.Context()); err != nil || !there(t, two) {
		t.Errorf("discarding what is gone has cleared another plan away, %v", err)
	}
	if _, err := two.Publish(t.Context(), record.Campaign{Name: "a"}, nil); err != nil || there(t, two) {
		t.Errorf("a published plan is still on its way, %v", err)
	}
}

func marks(t *testing.T, place Place) {
	book := place(t)()
	mark := func() ledger.Mark {
		m, err := book.Mark(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	before := mark()
	c := Publish(t, book, "a", Row(2, "331", "Zoé"))
	if mark() != before {
		t.Error("a plan alone has changed the mark")
	}
	if err := book.RememberOptOuts(t.Context(), "56", []string{"331"}, time.Now()); err != nil {
		t.Fatal(err)
	}
	if mark() == before {
		t.Error("an opt-out has not changed the mark")
	}
	row := All(t, book, c)[0]
	before = mark()
	id, err := book.Begin(t.Context(), &row, Turn)
	if err != nil {
		t.Fatal(err)
	}
	begun := mark()
	if _, err := book.Settle(t.Context(), &row, ledger.Settlement{Attempt: id,
		Try: outcome.Try{Answer: outcome.Answer{Kind: outcome.Accepted, MessageID: "1"}}}); err != nil {
		t.Fatal(err)
	}
	if answered := mark(); begun == before || answered == begun || answered == before {
		t.Error("an attempt or its answer has not changed the mark")
	}
}
