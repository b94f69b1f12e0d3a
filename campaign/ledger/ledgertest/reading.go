package ledgertest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Attempts are counted by minute and kind, those of the campaign's runs alone.
func minutes(t *testing.T, place Place) {
	book := place(t)()
	now := time.Date(2026, 11, 20, 10, 42, 59, 0, time.UTC)
	book.Clock = func() time.Time { return now }
	turn := Turn
	begin := func(name string) {
		t.Helper()
		run, err := book.StartRun(t.Context(), record.Run{Campaign: name})
		if err != nil {
			t.Fatal(err)
		}
		turn.RunID = run.ID
	}
	try := func(r record.Row, kind outcome.Kind) {
		t.Helper()
		id, err := book.Begin(t.Context(), &r, turn)
		if err != nil {
			t.Fatal(err)
		}
		if kind != "" {
			if _, err := book.Settle(t.Context(), &r, ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: outcome.Answer{Kind: kind}}}); err != nil {
				t.Fatal(err)
			}
		}
		now = now.Add(500 * time.Millisecond)
	}
	a := All(t, book, Publish(t, book, "a", Row(2, "331", "x"), Row(3, "332", "x"), Row(4, "333", "x"), Row(5, "334", "x"), Row(6, "335", "x")))
	b := All(t, book, Publish(t, book, "b", Row(2, "336", "x")))
	begin("a")
	try(a[0], outcome.Accepted)
	try(a[1], outcome.Accepted)
	try(a[2], outcome.Refusal)
	begin("b")
	try(b[0], outcome.Accepted)
	begin("a")
	try(a[3], "")
	now = now.Add(time.Hour)
	try(a[4], outcome.Doubt)
	minutes, err := book.Minutes(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, m := range minutes {
		fmt.Fprintf(&got, "%s %q %d, %s to %s; ", m.Start.UTC().Format("15:04"), m.Kind, m.Attempts,
			m.First.UTC().Format("05.0"), m.Last.UTC().Format("05.0"))
	}
	want := `10:42 "accepted" 2, 59.0 to 59.5; 10:43 "" 1, 01.0 to 01.0; 10:43 "rejected" 1, 00.0 to 00.0; ` +
		`11:43 "doubt" 1, 01.5 to 01.5; `
	if got.String() != want {
		t.Errorf("got  %s\nwant %s", got.String(), want)
	}
}

func phoneGroups(t *testing.T, place Place) {
	book := place(t)()
	c := Publish(t, book, "a", Row(2, "33612345678", "x"), Row(3, "33612345679", "x"), Row(4, "447781123456", "x"), Row(5, "447911123456", "x"), Invalid(6))
	Settle(t, book, c, "33612345678", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	groups, err := book.PhoneGroups(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(groups), "[{33612345679 pending 1} {33612345678 sent 1} {447781123456 pending 1} {447911123456 pending 1}]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Errors are counted in rows, with the first row as the example; warnings are not.
func problemGroups(t *testing.T, place Place) {
	book := place(t)()
	wrong := func(number int, problems ...problem.Problem) record.Row {
		r := Invalid(number)
		r.Problems = problems
		return r
	}
	short := problem.Problem{Code: "phone-too-short", Severity: problem.Error, Column: "B", Value: "06"}
	first, empty := short, problem.Problem{Code: "value-empty", Severity: problem.Error, Column: "C"}
	first.Value = "07"
	warned := Row(5, "33612345678", "x")
	warned.Problems = []problem.Problem{{Code: "phone-fixed-line", Severity: problem.Warning}}
	c := Publish(t, book, "a", wrong(2, first), wrong(3, empty, short, short), wrong(4, short, problem.Problem{Code: "w", Severity: problem.Warning}), warned)
	groups, err := book.ProblemGroups(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(groups) != 2 || groups[0].Rows != 3 || groups[0].Example.Value != "07" || groups[0].Example.Row != 2 ||
		groups[1].Rows != 1 || groups[1].Example.Code != "value-empty" || groups[1].Example.Row != 3 {
		t.Errorf("got %+v", groups)
	}
}

func stampsTellCampaignsApart(t *testing.T, place Place) {
	one, two := place(t)(), place(t)()
	a := Publish(t, one, "a", Row(2, "33612345678", "x"))
	again, err := one.Campaign(t.Context(), "a")
	if err != nil || one.Stamp(a) != one.Stamp(again) {
		t.Errorf("a campaign has two stamps: %v", err)
	}
	b, other := Publish(t, one, "b", Row(2, "33612345678", "x")), Publish(t, two, "a", Row(2, "33612345678", "x"))
	if one.Stamp(a) == one.Stamp(b) || one.Stamp(a) == two.Stamp(other) {
		t.Error("two campaigns share a stamp")
	}
}
