package sqlite_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

func TestUpdate(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a",
		row(2, "331", "sent"), row(3, "332", "waiting"), row(4, "333", "refused"), row(5, "334", "doubt"),
		row(6, "335", "leaves"), row(7, "336", "sent, leaves"), row(8, "337", "typo"), invalid(9))
	settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	settle(t, book, c, "333", outcome.Answer{Kind: outcome.Refusal})
	settle(t, book, c, "334", outcome.Answer{Kind: outcome.Doubt})
	settle(t, book, c, "336", outcome.Answer{Kind: outcome.Accepted, MessageID: "2"})

	changed := []ledger.Row{row(2, "338", "new"), row(3, "332", "waiting"), row(4, "331", "sent, now with other words"),
		row(5, "333", "refused, corrected"), row(6, "334", "doubt"), row(7, "337", "typo mended"), row(8, "339", "was invalid")}
	staging := stage(t, book, "a", changed...)
	got, first, err := staging.Compare(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := ledger.Changes{Rows: 7, Same: 2, Waiting: 1, Doubts: 1, Added: 2, Corrected: 2, Messaged: 1, Removed: 1, Departed: 1}
	if got != want {
		t.Errorf("Compare = %+v, want %+v", got, want)
	}
	rowsOf := ledger.FirstRows{Waiting: []int{3}, Added: []int{2, 8}, Corrected: []int{5, 7}, Messaged: []int{4}, Removed: []int{6}, Departed: []int{7}}
	if !reflect.DeepEqual(first, rowsOf) {
		t.Errorf("the first rows are %+v, want %+v", first, rowsOf)
	}
	apart, also, toSend := compareApart(t, book, c, changed)
	if apart != want || !reflect.DeepEqual(also, rowsOf) || !slices.Equal(toSend, []int{2, 3, 5, 6, 7, 8}) {
		t.Errorf("apart: %+v, %+v, to be sent %v", apart, also, toSend)
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
	if text := describe(all(t, book, c)); text != rows {
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
	// Who left without a message and comes back is new; who left with one keeps it.
	back := stage(t, book, "a", row(2, "338", "new"), row(3, "332", "waiting"), row(4, "335", "leaves"), row(5, "336", "sent, leaves"))
	if got, _, err := back.Compare(t.Context(), c.ID); err != nil || got.Added != 1 || got.Same != 2 || got.Waiting != 2 || got.Restored != 1 {
		t.Errorf("Compare = %+v, %v", got, err)
	}
}

// compareApart compares rows with a campaign without staging them, and lists which would be sent.
func compareApart(t *testing.T, book *ledger.Ledger, c ledger.Campaign, rows []ledger.Row) (ch ledger.Changes, first ledger.FirstRows, toSend []int) {
	t.Helper()
	apart, err := book.Apart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer apart.Close()
	for _, r := range rows {
		if err := apart.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if ch, first, err = apart.Compare(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	for person, err := range apart.Sendable(t.Context(), c.ID) {
		if err != nil {
			t.Fatal(err)
		}
		toSend = append(toSend, person.Number)
	}
	return ch, first, toSend
}

// A plan that is compared apart leaves nothing in the ledger, keeps nobody from writing, and ends with its connection.
func TestApartLeavesNoTrace(t *testing.T) {
	book := open(t)
	c := publish(t, book, "a", row(2, "331", "Zoé"))
	for range 20 { // more often than there are connections
		if ch, _, _ := compareApart(t, book, c, []ledger.Row{row(2, "331", "Zoé"), row(3, "332", "Léa")}); ch.Added != 1 || ch.Waiting != 1 {
			t.Fatalf("%+v", ch)
		}
	}
	apart, err := book.Apart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer apart.Close()
	for n := range 6000 { // more than one part of an import
		if err := apart.Add(t.Context(), row(n+2, fmt.Sprint(4000+n), "new")); err != nil {
			t.Fatal(err)
		}
	}
	settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	if ch, first, err := apart.Compare(t.Context(), c.ID); err != nil || ch.Added != 6000 || ch.Departed != 1 || !slices.Equal(first.Added, []int{2, 3, 4}) {
		t.Errorf("%+v, %+v, %v", ch, first, err)
	}
	if rows := all(t, book, c); len(rows) != 1 {
		t.Errorf("the campaign has %d rows", len(rows))
	}
}

// The chains of updates by which a person once got two messages.
func TestNobodyIsMessagedTwiceByUpdates(t *testing.T) {
	for name, chain := range map[string][][]ledger.Row{
		"removed, added with other values, put back": {{row(3, "332", "c")}, {row(2, "331", "v2"), row(3, "332", "c")}},
		"corrected, put back":                        {{row(2, "331", "v2"), row(3, "332", "c")}},
	} {
		t.Run(name, func(t *testing.T) {
			book := open(t)
			first := []ledger.Row{row(2, "331", "v1"), row(3, "332", "c")}
			c := publish(t, book, "a", first...)
			for _, rows := range chain {
				if err := stage(t, book, "a", rows...).Update(t.Context(), c); err != nil {
					t.Fatal(err)
				}
			}
			settle(t, book, c, "331", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
			back := stage(t, book, "a", first...)
			if got, _, err := back.Compare(t.Context(), c.ID); err != nil || got.None() || got.Messaged != 1 {
				t.Errorf("Compare = %+v, %v", got, err)
			}
			if err := back.Update(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			queue, err := book.Queue(t.Context(), c.ID, 0, 10)
			if err != nil || len(queue) != 1 || queue[0].Person != "332" {
				t.Errorf("queue: %s, %v", describe(queue), err)
			}
		})
	}
}
