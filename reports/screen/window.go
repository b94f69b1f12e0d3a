package screen

import (
	"strconv"
	"time"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/text"
)

// WindowSentence says what is wrong with the value of --send-window, and how to write it.
func WindowSentence(f Face, e *hours.WindowError) string {
	part := ""
	if e.Part != "" {
		part = f.InQuotes(e.Part)
	}
	return f.WindowNotUnderstood(f.InQuotes(e.Text), f.WindowFault(string(e.Why), part))
}

// showWhen shows when n messages will leave, within a window where there is one.
func showWhen(p *page, s *hours.WindowForecast, at, n, rate int, start time.Time) {
	perMinute := strconv.Itoa(rate)
	if s == nil {
		takes := hours.Duration(n, max(1, rate))
		p.field(p.LabelWhen(), at, p.When(p.Span(start, start.Add(takes)), p.Duration(takes), perMinute))
		return
	}
	showWindow(p, s, at, start)
	begin := start
	if s.Shut >= s.People && s.People > 0 {
		begin = s.Opens.In(start.Location())
	}
	if s.End.IsZero() {
		p.field(p.LabelWhen(), at, p.WhenBeyondAYear(p.Moment(begin), p.Zone(begin), perMinute))
		return
	}
	p.field(p.LabelWhen(), at, p.WhenWithWaits(p.Span(begin, s.End.In(start.Location())), perMinute))
}

func showWindow(p *page, s *hours.WindowForecast, at int, now time.Time) {
	p.field(p.LabelWindow(), at, p.WindowHolds(s.Window.String()))
	opens := p.Moment(s.Opens.In(now.Location()))
	switch {
	case s.Shut == 0:
	case s.Shut >= s.People:
		p.text(at, p.WindowShutForAll(opens, p.Zone(now)))
	default:
		p.text(at, p.WindowShutFor(s.Shut, opens, p.Zone(now)))
	}
	if s.Untold > 0 {
		p.text(at, p.WindowNoZone(s.Untold, zoneName(p.Face, s.Elsewhere, now)))
	}
}

// zoneName names the zone that stands for numbers that tell none.
func zoneName(f Face, location *time.Location, now time.Time) string {
	if location == time.Local {
		return f.ZoneOfThisComputer(f.Zone(now))
	}
	return text.Clean(location.String())
}
