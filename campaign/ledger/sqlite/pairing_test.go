package sqlite_test

import (
	"fmt"
	"testing"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// A row with another number, or without its errors, is the same one where that is certain, and only there.
func TestUpdatePairsCorrectedRows(t *testing.T) {
	wrong := func(number int, cells ...string) ledger.Row {
		r := invalid(number)
		r.Cells = cells
		return r
	}
	right := func(number int, cells ...string) ledger.Row {
		r := row(number, cells[0], fmt.Sprint(cells))
		r.Cells = cells
		return r
	}
	for name, test := range map[string]struct {
		before, after []ledger.Row
		want          ledger.Changes
	}{
		"its errors mended in its place": {[]ledger.Row{wrong(2, "06", "Zoé", "FR")}, []ledger.Row{right(2, "331", "Zoé", "FR")},
			ledger.Changes{Corrected: 1}},
		"a column of numbers": {[]ledger.Row{wrong(2, "06")}, []ledger.Row{right(2, "331")}, ledger.Changes{Corrected: 1}},
		"its errors mended elsewhere": {[]ledger.Row{wrong(2, "06", "Zoé", "FR"), wrong(3, "07", "Léa", "FR")},
			[]ledger.Row{right(2, "339", "Max", "BE"), right(5, "331", "Zoé", "FR")}, ledger.Changes{Added: 1, Corrected: 1}},
		"another person in its place": {[]ledger.Row{wrong(2, "06", "Zoé")}, []ledger.Row{right(2, "331", "Max")}, ledger.Changes{Added: 1}},
		"it stands as it was":         {[]ledger.Row{wrong(2, "06", "FR")}, []ledger.Row{right(2, "331", "FR"), wrong(3, "06", "FR")}, ledger.Changes{Added: 1, Invalid: 1}},
		"another number": {[]ledger.Row{right(2, "331", "Zoé", "FR")}, []ledger.Row{right(2, "332", "Zoé", "FR")},
			ledger.Changes{Corrected: 1}},
		"two of one name, moved": {[]ledger.Row{right(2, "331", "Zoé"), right(3, "332", "Zoé")},
			[]ledger.Row{right(4, "333", "Zoé"), right(5, "334", "Zoé")}, ledger.Changes{Added: 2, Removed: 2}},
		"a number broken": {[]ledger.Row{right(2, "331", "Zoé", "FR")}, []ledger.Row{wrong(2, "33", "Zoé", "FR")},
			ledger.Changes{Invalid: 1, Excluded: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			book := open(t)
			c := publish(t, book, "a", test.before...)
			test.want.Rows = len(test.after)
			got, first, err := stage(t, book, "a", test.after...).Compare(t.Context(), c.ID)
			if err != nil || got != test.want {
				t.Errorf("%+v, want %+v (%v)", got, test.want, err)
			}
			if len(first.Added) != got.Added || len(first.Corrected) != got.Corrected || len(first.Removed) != got.Removed {
				t.Errorf("%+v names other rows: %+v", got, first)
			}
		})
	}
}

// Whoever has the message is nobody's correction, whatever the row looks like.
func TestUpdateDoesNotPairMessagedRows(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a", row(2, "331", "Zoé"))
	settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	got, _, err := stage(t, book, "a", row(2, "332", "Zoé")).Compare(t.Context(), c.ID)
	if want := (ledger.Changes{Rows: 1, Added: 1, Departed: 1}); err != nil || got != want {
		t.Errorf("%+v, want %+v (%v)", got, want, err)
	}
}
