package reports

import (
	"fmt"
	"time"

	"kanal-campaign/campaign"
)

// windowFaults say what is wrong with a window. {part} is the part that is.
var windowFaults = map[campaign.WindowFault]string{
	campaign.WindowEmpty:   "a part of it is missing",
	campaign.WindowNoTimes: "{part} has no times",
	campaign.WindowDay:     "{part} is no day of the week",
	campaign.WindowTime:    "{part} is no pair of times of day",
	campaign.WindowNoSpan:  "it takes two times with - between",
	campaign.WindowNothing: "{part} begins and ends at once",
}

// WindowSentence says what is wrong with the value of --send-window, and how to write it.
func WindowSentence(e *campaign.WindowError) string {
	words, known := windowFaults[e.Why]
	if !known {
		words = string(e.Why)
	}
	why := fill(words, func(string) string { return quotedOrNone(shorten(Clean(e.Part), 40)) })
	return fmt.Sprintf(`--send-window %s is not understood: %s. Write days and times as "Mon-Sat 09:00-20:00", `+
		`several joined by ";", or none.`,
		quoted(shorten(Clean(e.Text), 60)), why)
}

// WindowScreen is what a screen shows of the hours in which people may be messaged. It is nil where there are none.
type WindowScreen struct {
	Window    campaign.Window
	People    int       // to be sent to
	Shut      int       // of them, those for whom the window is shut now
	Opens     time.Time // for the first of those
	End       time.Time // when the last message will have left; zero when that is not known
	Elsewhere *time.Location
	Untold    int // people whose numbers do not tell their time zone
}

// showWhenWithin shows when n messages will leave, within a window where there is one.
func showWhenWithin(p *page, s *WindowScreen, at, n, rate int, start time.Time) {
	if s == nil {
		takes := campaign.Duration(n, max(1, rate))
		p.field("When", at, fmt.Sprintf("%s: %s at %d a minute", span(start, start.Add(takes)), duration(takes), rate))
		return
	}
	s.show(p, at, start)
	begin := start
	if s.Shut >= s.People && s.People > 0 {
		begin = s.Opens.In(start.Location())
	}
	if s.End.IsZero() {
		p.field("When", at, fmt.Sprintf("from %s (%s) on, for more than a year at %d a minute", moment(begin), zone(begin), rate))
		return
	}
	p.field("When", at, fmt.Sprintf("%s at %d a minute, waits included", span(begin, s.End.In(start.Location())), rate))
}

func (s *WindowScreen) show(p *page, at int, now time.Time) {
	p.field("Window", at, s.Window.String()+" by the recipient's own clock: messages wait rather than go out at other times")
	switch {
	case s.Shut == 0:
	case s.Shut >= s.People:
		p.text(at, fmt.Sprintf("shut now for everybody; it opens %s (%s)", moment(s.Opens.In(now.Location())), zone(now)))
	default:
		p.text(at, fmt.Sprintf("shut now for %s of %s; it opens for the first of them %s (%s)", figure(s.Shut), people(s.People),
			moment(s.Opens.In(now.Location())), zone(now)))
	}
	if s.Untold > 0 {
		p.text(at, fmt.Sprintf("%s no time zone: the clock of %s counts (--timezone)",
			count(s.Untold, "number tells|numbers tell"), zoneName(s.Elsewhere, now)))
	}
}

// zoneName names the zone that stands for numbers that tell none.
func zoneName(location *time.Location, now time.Time) string {
	if location == time.Local {
		return "this computer (" + zone(now) + ")"
	}
	return Clean(location.String())
}
