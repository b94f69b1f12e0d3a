package words

import (
	"testing"
	"time"
)

func TestFormats(t *testing.T) {
	w := English()
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 11, day, hour, minute, 0, 0, time.FixedZone("CET", 3600))
	}
	for want, got := range map[string]string{
		"0": w.Number(0), "999": w.Number(999), "4,212": w.Number(4212), "1,000,000": w.Number(1000000), "-1,234": w.Number(-1234),
		"12 s": w.Duration(12 * time.Second), "69 min 40 s": w.Duration(4180 * time.Second), "45 min": w.Duration(45 * time.Minute),
		"16 h 40 min": w.Duration(1000 * time.Minute), "11 days 14 h": w.Duration(278 * time.Hour),
		"22 hours": w.Roughly(22 * time.Hour), "3 days": w.Roughly(80 * time.Hour), "48 min": w.Roughly(48*time.Minute + 10*time.Second),
		"Fri 20 Nov, 10:42 to 11:52 (CET)":             w.Span(at(20, 10, 42), at(20, 10, 42).Add(4180*time.Second)),
		"Fri 20 Nov, 23:30 to Sat 21 Nov, 00:40 (CET)": w.Span(at(20, 23, 30), at(21, 0, 40)),
		"Europe":      w.Zone(time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("World/Europe", 0))),
		"UTC+03":      w.Zone(time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("+03", 3*3600))),
		"a, b and c":  w.List([]string{"a", "b", "c"}),
		"a, b or c":   w.Either([]string{"a", "b", "c"}),
		"Fri 20 Nov":  w.Moment(at(20, 10, 42))[:10],
		"20 Nov":      w.Day(at(20, 10, 42), at(21, 10, 42)),
		"20 Nov 2026": w.Day(at(20, 10, 42), at(21, 10, 42).AddDate(1, 0, 0)),
		"<0.1%":       w.Percent(1, 10000), ">99.9%": w.Percent(9999, 10000), "0%": w.Percent(0, 3), "100%": w.Percent(3, 3),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
