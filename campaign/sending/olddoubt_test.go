package sending_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal/sandbox"
)

// A run that settles the doubt of a row that an update has changed counts it, and what else became of such rows.
func TestProgressCountsOldVersions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 3, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{2: sandbox.DropAfter}}})
		defer b.Close()
		b.Sender.MaxFailures = 1
		b.Run(b.Sender)
		changed := strings.Replace(sendingtest.Audience(3), "P00001", "P99999", 1)
		staging, err := b.Ledger.Stage(t.Context(), "spring")
		if err != nil {
			t.Fatal(err)
		}
		sendingtest.Plan(t, "spring", changed, b.Sender.Message, record.Settings{Country: "FR"}, func(row record.Row) error {
			return staging.Add(t.Context(), row)
		})
		if err := staging.Update(t.Context(), b.Sender.Campaign); err != nil {
			t.Fatal(err)
		}
		var first, last sending.Progress
		s := b.Sender
		s.Only = func(row record.Row) bool { return row.Gone }
		s.Watch = func(p sending.Progress) {
			if first.Total == 0 {
				first = p
			}
			last = p
		}
		b.Run(s)
		if first.Counts[outcome.Unknown] != 1 || first.Total != 3 {
			t.Errorf("it began with %+v", first)
		}
		if last.Counts[outcome.Unknown] != 0 || last.Counts[outcome.AlreadySent] != 1 {
			t.Errorf("it ended with %+v", last)
		}
	})
}
