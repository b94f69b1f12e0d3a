package ledgertest

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// A row with another number, or without its errors, is the same one where that is certain, and only there.
func updatePairsCorrectedRows(t *testing.T, place Place) {
	wrong := func(number int, cells ...string) record.Row {
		r := Invalid(number)
		r.Cells = cells
		return r
	}
	right := func(number int, cells ...string) record.Row {
		r := Row(number, cells[0], fmt.Sprint(cells))
		r.Cells = cells
		return r
	}
	for name, test := range map[string]struct {
		before, after []record.Row
		want          record.Changes
	}{
		"its errors mended in its place": {[]record.Row{wrong(2, "06", "Zoé", "FR")}, []record.Row{right(2, "331", "Zoé", "FR")},
			record.Changes{Corrected: 1}},
		"a column of numbers": {[]record.Row{wrong(2, "06")}, []record.Row{right(2, "331")}, record.Changes{Corrected: 1}},
		"its errors mended elsewhere": {[]record.Row{wrong(2, "06", "Zoé", "FR"), wrong(3, "07", "Léa", "FR")},
			[]record.Row{right(2, "339", "Max", "BE"), right(5, "331", "Zoé", "FR")}, record.Changes{Added: 1, Corrected: 1}},
		"another person in its place": {[]record.Row{wrong(2, "06", "Zoé")}, []record.Row{right(2, "331", "Max")}, record.Changes{Added: 1}},
		"it stands as it was":         {[]record.Row{wrong(2, "06", "FR")}, []record.Row{right(2, "331", "FR"), wrong(3, "06", "FR")}, record.Changes{Added: 1, Invalid: 1}},
		"another number": {[]record.Row{right(2, "331", "Zoé", "FR")}, []record.Row{right(2, "332", "Zoé", "FR")},
			record.Changes{Corrected: 1}},
		"two of one name, moved": {[]record.Row{right(2, "331", "Zoé"), right(3, "332", "Zoé")},
			[]record.Row{right(4, "333", "Zoé"), right(5, "334", "Zoé")}, record.Changes{Added: 2, Removed: 2}},
		"a number broken": {[]record.Row{right(2, "331", "Zoé", "FR")}, []record.Row{wrong(2, "33", "Zoé", "FR")},
			record.Changes{Invalid: 1, Excluded: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			book := place(t)()
			c := Publish(t, book, "a", test.before...)
			test.want.Rows = len(test.after)
			got, first, err := Stage(t, book, "a", test.after...).Compare(t.Context(), c.ID)
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
func updateDoesNotPairMessagedRows(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "331", "Zoé"))
	Settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	got, _, err := Stage(t, book, "a", Row(2, "332", "Zoé")).Compare(t.Context(), c.ID)
	if want := (record.Changes{Rows: 1, Added: 1, Departed: 1}); err != nil || got != want {
		t.Errorf("%+v, want %+v (%v)", got, want, err)
	}
}

func update(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a",
		Row(2, "331", "sent"), Row(3, "332", "waiting"), Row(4, "333", "refused"), Row(5, "334", "doubt"),
		Row(6, "335", "leaves"), Row(7, "336", "sent, leaves"), Row(8, "337", "typo"), Invalid(9))
	Settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	Settle(t, book, c, "333", outcome.Answer{Kind: outcome.Refusal})
	Settle(t, book, c, "334", outcome.Answer{Kind: outcome.Doubt})
	Settle(t, book, c, "336", outcome.Answer{Kind: outcome.Accepted, MessageID: "2"})

	changed := []record.Row{Row(2, "338", "new"), Row(3, "332", "waiting"), Row(4, "331", "sent, now with other words"),
		Row(5, "333", "refused, corrected"), Row(6, "334", "doubt"), Row(7, "337", "typo mended"), Row(8, "339", "was invalid")}
	staging := Stage(t, book, "a", changed...)
	got, first, err := staging.Compare(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := record.Changes{Rows: 7, Same: 2, Waiting: 1, Doubts: 1, Added: 2, Corrected: 2, Messaged: 1, Removed: 1, Departed: 1}
	if got != want {
		t.Errorf("Compare = %+v, want %+v", got, want)
	}
	rowsOf := record.FirstRows{Waiting: []int{3}, Added: []int{2, 8}, Corrected: []int{5, 7}, Messaged: []int{4}, Removed: []int{6}, Departed: []int{7}}
	if !reflect.DeepEqual(first, rowsOf) {
		t.Errorf("the first rows are %+v, want %+v", first, rowsOf)
	}
	compared, also, toSend := compareOnly(t, book, c, changed)
	if compared != want || !reflect.DeepEqual(also, rowsOf) || !slices.Equal(toSend, []int{2, 3, 5, 6, 7, 8}) {
		t.Errorf("compared: %+v, %+v, to be sent %v", compared, also, toSend)
	}
	var foretold []int64
	for person, err := range staging.Sendable(t.Context(), c.ID) {
		if err != nil {
			t.Fatal(err)
		}
		foretold = append(foretold, person.ID)
	}
	if err := staging.Update(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	const rows = `2 338 [new] pending  gone=false
3 332 [waiting] pending  gone=false
4 331 [sent, now with other words] skipped messaged-before gone=false
5 333 [refused, corrected] pending  gone=false
6 334 [doubt] unknown  gone=false
7 337 [typo mended] pending  gone=false
8 339 [was invalid] pending  gone=false
2 331 [sent] sent  gone=true
4 333 [refused] rejected  gone=true
6 335 [leaves] skipped removed gone=true
7 336 [sent, leaves] sent  gone=true
`
	if text := Describe(All(t, book, c)); text != rows {
		t.Errorf("after the update:\n%s\nwant:\n%s", text, rows)
	}
	queue, err := book.Queue(t.Context(), c.ID, 0, 100)
	var queued []int64
	for _, row := range queue {
		queued = append(queued, row.ID)
	}
	if err != nil || len(queue) != 6 || !slices.Equal(queued, foretold) {
		t.Errorf("the queue holds the rows %v, and %v were foretold (%v)", queued, foretold, err)
	}
	whoLeftComesBack(t, book, c)
}

// Who left without a message and comes back is new; who left with one keeps it.
func whoLeftComesBack(t *testing.T, book *ledger.Ledger, c record.Campaign) {
	t.Helper()
	back := Stage(t, book, "a", Row(2, "338", "new"), Row(3, "332", "waiting"), Row(4, "335", "leaves"), Row(5, "336", "sent, leaves"))
	if got, _, err := back.Compare(t.Context(), c.ID); err != nil || got.Added != 1 || got.Same != 2 || got.Waiting != 2 || got.Restored != 1 {
		t.Errorf("Compare = %+v, %v", got, err)
	}
}

// compareOnly compares rows with a campaign without staging them, and lists which would be sent.
func compareOnly(t *testing.T, book *ledger.Ledger, c record.Campaign, rows []record.Row) (ch record.Changes, first record.FirstRows, toSend []int) {
	t.Helper()
	compared, err := book.StageToCompare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer compared.Discard(t.Context())
	for _, r := range rows {
		if err := compared.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if ch, first, err = compared.Compare(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	for person, err := range compared.Sendable(t.Context(), c.ID) {
		if err != nil {
			t.Fatal(err)
		}
		toSend = append(toSend, person.Number)
	}
	return ch, first, toSend
}

// A plan that is compared compared leaves nothing in the ledger, keeps nobody from writing, and ends with its connection.
func comparisonLeavesNoTrace(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "331", "Zoé"))
	for range 20 { // more often than there are connections
		if ch, _, _ := compareOnly(t, book, c, []record.Row{Row(2, "331", "Zoé"), Row(3, "332", "Léa")}); ch.Added != 1 || ch.Waiting != 1 {
			t.Fatalf("%+v", ch)
		}
	}
	compared, err := book.StageToCompare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer compared.Discard(t.Context())
	for n := range 6000 { // more than one part of an import
		if err := compared.Add(t.Context(), Row(n+2, fmt.Sprint(4000+n), "new")); err != nil {
			t.Fatal(err)
		}
	}
	Settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	if ch, first, err := compared.Compare(t.Context(), c.ID); err != nil || ch.Added != 6000 || ch.Departed != 1 || !slices.Equal(first.Added, []int{2, 3, 4}) {
		t.Errorf("%+v, %+v, %v", ch, first, err)
	}
	if rows := All(t, book, c); len(rows) != 1 {
		t.Errorf("the campaign has %d rows", len(rows))
	}
}

// The chains of updates by which a person once got two messages.
func nobodyIsMessagedTwiceByUpdates(t *testing.T, place Place) {
	for name, chain := range map[string][][]record.Row{
		"removed, added with other values, put back": {{Row(3, "332", "c")}, {Row(2, "331", "v2"), Row(3, "332", "c")}},
		"corrected, put back":                        {{Row(2, "331", "v2"), Row(3, "332", "c")}},
	} {
		t.Run(name, func(t *testing.T) {
			book := place(t)()
			first := []record.Row{Row(2, "331", "v1"), Row(3, "332", "c")}
			c := Publish(t, book, "a", first...)
			for _, rows := range chain {
				if err := Stage(t, book, "a", rows...).Update(t.Context(), c); err != nil {
					t.Fatal(err)
				}
			}
			Settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
			back := Stage(t, book, "a", first...)
			if got, _, err := back.Compare(t.Context(), c.ID); err != nil || got.None() || got.Messaged != 1 {
				t.Errorf("Compare = %+v, %v", got, err)
			}
			if err := back.Update(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			queue, err := book.Queue(t.Context(), c.ID, 0, 10)
			if err != nil || len(queue) != 1 || queue[0].Person != "332" {
				t.Errorf("queue: %s, %v", Describe(queue), err)
			}
		})
	}
}
