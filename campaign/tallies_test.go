package campaign_test

import (
	"maps"
	"slices"
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Rows that an update took out of the file are no rows of it; their messages stay messages, and their doubts need a look.
func TestTallies(t *testing.T) {
	tallies := campaign.Tallies{
		{Status: outcome.Sent, Rows: 10, Forgotten: 2},
		{Status: outcome.AlreadySent, Rows: 1},
		{Status: outcome.Rejected, Cause: "held-back", Code: "131049", Rows: 2},
		{Status: outcome.Rejected, Cause: "opted-out", Code: "400", Rows: 3},
		{Status: outcome.Rejected, Cause: "opted-out", Code: "403", Rows: 1},
		{Status: outcome.Skipped, Cause: outcome.CauseSuppressed, Rows: 4},
		{Status: outcome.Pending, Rows: 5},
		{Status: outcome.Sent, Gone: true, Rows: 20, Forgotten: 1},
		{Status: outcome.Rejected, Cause: "held-back", Code: "131049", Gone: true, Rows: 30},
		{Status: outcome.Unknown, Cause: "timeout", Gone: true, Rows: 7},
		{Status: outcome.Skipped, Cause: outcome.CauseSuppressed, Gone: true, Rows: 40, Forgotten: 8},
	}
	file := campaign.Counts{outcome.Sent: 10, outcome.AlreadySent: 1, outcome.Rejected: 6, outcome.Skipped: 4, outcome.Pending: 5}
	if got := tallies.Counts(); !maps.Equal(got, file) || got.Total() != 26 || got.Accepted() != 11 {
		t.Errorf("rows of the file: %v", got)
	}
	if got := tallies.Messages(); got[outcome.Sent] != 30 || got[outcome.Rejected] != 36 || got[outcome.Unknown] != 7 || got[outcome.Skipped] != 4 {
		t.Errorf("messages: %v", got)
	}
	if got := tallies.Looked(); got[outcome.Sent] != 10 || got[outcome.Unknown] != 7 || got[outcome.Rejected] != 6 {
		t.Errorf("looked at: %v", got)
	}
	if old := tallies.Old().Total(); old != 97 || tallies.Rows() != 123 {
		t.Errorf("%d of %d are old", old, tallies.Rows())
	}
	if tallies.LeftOutFor(outcome.CauseSuppressed) != 4 || tallies.Forgotten() != 11 || tallies.ForgottenMessages() != 3 {
		t.Error("left out, or forgotten")
	}
	want := []campaign.CauseTally{{Cause: "opted-out", Rows: 4}, {Cause: "held-back", Code: "131049", Rows: 2}}
	if got := tallies.Reasons(outcome.Rejected); !slices.Equal(got, want) || got[0].Name() != "opted-out" || got[1].Name() != "131049" {
		t.Errorf("%+v", got)
	}
	if got := tallies.MessageReasons(outcome.Rejected); got[0].Rows != 32 {
		t.Errorf("%+v", got)
	}
}

func TestNeedAttention(t *testing.T) {
	for _, test := range []struct {
		tally record.Tally
		want  bool
	}{
		{record.Tally{Status: outcome.Rejected}, true}, {record.Tally{Status: outcome.Unknown}, true},
		{record.Tally{Status: outcome.Invalid}, true}, {record.Tally{Status: outcome.Unknown, Gone: true}, true},
		{record.Tally{Status: outcome.Rejected, Gone: true}, false}, {record.Tally{Status: outcome.Invalid, Gone: true}, false},
		{record.Tally{Status: outcome.Sent}, false}, {record.Tally{Status: outcome.Skipped}, false}, {record.Tally{Status: outcome.Pending}, false},
	} {
		test.tally.Rows = 1
		if got := (campaign.Tallies{test.tally}).NeedAttention(); got != test.want {
			t.Errorf("%+v: %v", test.tally, got)
		}
	}
}
