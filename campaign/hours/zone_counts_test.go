package hours_test

import (
	"testing"
	"time"

	"kanal-campaign/campaign/hours"
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
		w, err := hours.ParseWindow(test.window)
		if err != nil {
			t.Fatal(err)
		}
		crowd := hours.NewZoneCounts(hours.NewHours(w, time.UTC))
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
