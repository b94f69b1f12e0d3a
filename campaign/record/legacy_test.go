package record_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// first is a file that version 0.1 has written: since when a row is in doubt, and when a person was forgotten, stands in its
// error, in English.
const first = "testdata/first.results.csv"

func readFirst(t *testing.T) (*record.ResultsReader, []record.Row) {
	t.Helper()
	r, err := record.OpenResults(first, false, audience.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	var rows []record.Row
	for row, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return r, rows
}

func TestFirstResultsAreRead(t *testing.T) {
	_, rows := readFirst(t)
	if len(rows) != 13 {
		t.Fatalf("%d rows", len(rows))
	}
	since := time.Date(2026, 1, 2, 15, 15, 15, 0, time.UTC)
	if doubt := rows[10]; doubt.State.Status != outcome.Unknown || !doubt.State.DoubtSince.Equal(since) || doubt.Error != "Server Error" {
		t.Errorf("the doubt is %+v", doubt)
	}
	day := time.Date(2026, 1, 2, 0, 0, 0, 0, time.Local)
	for i, status := range map[int]outcome.Status{7: outcome.Sent, 9: outcome.Unknown, 12: outcome.Skipped} {
		if got := rows[i]; !got.ForgottenAt.Equal(day) || got.State.Status != status || got.Error != "" || got.Number != i+2 {
			t.Errorf("forgotten row %d is %+v", i+2, got)
		}
	}
	for _, i := range []int{0, 1, 2, 3, 4, 5, 6, 8, 11} {
		if got := rows[i]; !got.ForgottenAt.IsZero() || !got.State.DoubtSince.IsZero() {
			t.Errorf("row %d is %+v", i+2, got)
		}
	}
	if rows[0].MessageID != "123654" || rows[1].State.Cause != outcome.CauseDuplicate ||
		rows[5].Error != "Contact has opted out from receiving messages" {
		t.Errorf("%+v", rows)
	}
}

// A campaign whose results an earlier version has written takes them for its own: they hold against it, and are replaced.
func TestFirstResultsAreTheCampaigns(t *testing.T) {
	r, rows := readFirst(t)
	for i, row := range rows {
		if row.State.Status == outcome.Invalid || row.State.Status == outcome.Skipped {
			rows[i].Error = "" // which the ledger of that version has not as a text
		}
		if row.State.Cause == outcome.CauseDuplicate || row.State.Cause == outcome.CauseSameNumber {
			rows[i].RelatedRow = 2
		}
	}
	s := sourceOf(t, r.Dialect(), r.Header(), rows...)
	path := filepath.Join(s.Dir, "novembre.results.csv")
	content, err := os.ReadFile(first)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	compared, err := s.CompareResults(path)
	if err != nil || compared.Rows != 13 || compared.Forgotten != 3 {
		t.Errorf("%+v, %v", compared, err)
	}
	for _, d := range compared.Found {
		if d.Column != "error" { // problems and reasons are no text in the ledger, and texts in these rows
			t.Errorf("%+v", d)
		}
	}
	if file := write(t, s); file.Path != path || file.Foreign {
		t.Errorf("%+v", file)
	}
	if header, _, _ := rowsOf(t, path); header[len(header)-1] != "forgotten_at" {
		t.Errorf("%q", header)
	}
}
