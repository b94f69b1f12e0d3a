package campaign_test

import (
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/kanal/sandbox"
)

func TestCrowdForetellsTheEnd(t *testing.T) {
	for _, test := range []struct {
		window, now string
		people      map[string]int
		n, rate     int
		want        string
	}{
		{"9-20", "2026-11-20T10:00:00+01:00", map[string]int{inParis: 100}, 100, 60, "2026-11-20T10:01:40+01:00"},
		{"9-20", "2026-11-20T08:00:00+01:00", map[string]int{inParis: 100}, 100, 60, "2026-11-20T09:01:40+01:00"},
		{"Mon-Sat 9-20", "2026-11-21T19:59:00+01:00", map[string]int{inParis: 100}, 100, 60, "2026-11-23T09:00:40+01:00"},
		{"Mon-Sat 9-20", "2026-11-21T19:59:00+01:00", map[string]int{inParis: 100}, 60, 60, "2026-11-21T20:00:00+01:00"}, // a pilot
		{"9-20", "2026-11-20T10:00:00+01:00", map[string]int{inParis: 60, inNewYork: 60}, 120, 60, "2026-11-20T15:01:00+01:00"},
		{"9-20", "2026-11-20T10:00:00+01:00", nil, 5, 60, "2026-11-20T10:00:00+01:00"},
		{"9-9:01", "2026-11-20T10:00:00+01:00", map[string]int{inParis: 60 * 400}, 60 * 400, 60, ""}, // over a year
	} {
		w, err := campaign.ParseWindow(test.window)
		if err != nil {
			t.Fatal(err)
		}
		crowd := campaign.NewCrowd(campaign.NewHours(w, time.UTC))
		for phone, n := range test.people {
			for range n {
				crowd.Add(phone)
			}
		}
		want := time.Time{}
		if test.want != "" {
			want = moment(t, test.want)
		}
		if got := crowd.End(moment(t, test.now), test.n, test.rate); !got.Equal(want) {
			t.Errorf("%s, %d at %s: %s, want %s", test.window, test.n, test.now, got, test.want)
		}
	}
}

// What the progress foretells while a run waits for the next day is what happens.
func TestForecastHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 1, sandbox.Options{})
		defer b.close()
		s := b.newSender("long", mixed(100, "336123"))
		within(t, s, "9-9:01")
		s.Crowd = campaign.NewCrowd(campaign.NewHours(s.Hours.Window, time.UTC))
		for _, row := range b.rows(s) {
			s.Crowd.Add(row.Phone)
		}
		var foretold time.Time
		s.Watch = func(p campaign.Progress) {
			if foretold.IsZero() {
				foretold = p.End
			}
		}
		b.run(s)
		if off := time.Since(foretold); off.Abs() > 10*time.Second || foretold.IsZero() {
			t.Errorf("it ended at %s, foretold was %s", time.Now(), foretold)
		}
	})
}
