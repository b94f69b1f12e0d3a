package calendar

import "time"

// Reason is why a time is not a good one.
type Reason string

// The reasons.
const (
	TooEarly Reason = "too-early"
	TooLate  Reason = "too-late"
	Sunday   Reason = "sunday"
	Holiday  Reason = "holiday"
	Night    Reason = "night" // through which it goes on
)

// Breach is a time at which messages would leave and are not welcome.
type Breach struct {
	At     time.Time
	Reason Reason
	Day    Named // the holiday
}

// Look judges one time, by its own clock.
func (c Calendar) Look(at time.Time) (Breach, bool) {
	day, holiday := c.Holiday(at)
	minutes := at.Hour()*60 + at.Minute()
	switch {
	case holiday:
		return Breach{at, Holiday, day}, true
	case at.Weekday() == time.Sunday:
		return Breach{At: at, Reason: Sunday}, true
	case minutes < firstHour*60:
		return Breach{At: at, Reason: TooEarly}, true
	case minutes > lastHour*60, minutes == lastHour*60 && at.Second() > 0:
		return Breach{At: at, Reason: TooLate}, true
	}
	return Breach{}, false
}

// longestLook is how many days of a campaign are looked at.
const longestLook = 400

// Between returns what is wrong with sending without a pause from start to end: with the start, with the end, that it
// goes on through a night, and the first holiday between them.
func (c Calendar) Between(start, end time.Time) []Breach {
	var found []Breach
	add := func(b Breach) {
		for _, known := range found {
			if known.Reason == b.Reason && sameDay(known.At, b.At) {
				return
			}
		}
		found = append(found, b)
	}
	for _, at := range []time.Time{start, end} {
		if b, is := c.Look(at); is {
			add(b)
		}
	}
	if sameDay(start, end) {
		return found
	}
	if len(found) == 0 {
		add(Breach{At: end, Reason: Night})
	}
	for day := range longestLook {
		at := start.AddDate(0, 0, day)
		if at.After(end) {
			break
		}
		if day, is := c.Holiday(at); is {
			add(Breach{at, Holiday, day})
			break
		}
	}
	return found
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }
