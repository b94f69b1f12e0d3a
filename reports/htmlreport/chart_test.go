package htmlreport

import (
	"math"
	"testing"
	"time"

	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// However few minutes a campaign took, its bars can be seen, and the axes end where they do.
func TestChartOfAShortCampaign(t *testing.T) {
	const whole = plotRight - plotLeft
	for minutes, want := range map[int]float64{1: 160, 2: 320, 5: whole, 90: whole, 1000: whole} {
		s := screen.Stretch{From: at(20, 10, 0), To: at(20, 10, minutes)}
		for m := range minutes {
			s.Minutes = append(s.Minutes, screen.MinuteCount{Start: at(20, 10, m), Accepted: 10})
		}
		c := chartOf(words.English(), screen.Timeline{Stretches: []screen.Stretch{s}, Busy: time.Duration(minutes) * time.Minute})
		last := c.Bars[len(c.Bars)-1]
		if drawn := last.X + last.Width - plotLeft; math.Abs(drawn-want) > 5 || math.Abs(c.Right-plotLeft-want) > 5 {
			t.Errorf("%d minutes: drawn %.1f wide, with an axis of %.1f; want %.0f", minutes, drawn, c.Right-plotLeft, want)
		}
	}
}
