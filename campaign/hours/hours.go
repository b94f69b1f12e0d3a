package hours

import (
	"strings"
	"time"
	_ "time/tzdata" // Windows has no time zones of its own that Go could read

	"kanal-campaign/campaign/number"
)

// lookAhead is how far the next opening is looked for: two weeks hold every window, even one that a change of clocks
// swallows once.
const lookAhead = 15 * 24 * time.Hour

// Hours tells when people may be messaged: while a window is open by their own clocks. It belongs to one goroutine.
type Hours struct {
	Window Window
	// Elsewhere is the zone of people whose numbers do not tell one, or tell of so many that the window is never open in
	// all of them at once.
	Elsewhere *time.Location

	zones    map[string]*clockSet // by the names of the zones, joined
	prefixes map[string]*clockSet // by the first digits of a number, to which phonenumbers looks
}

// clockSet is where a person may be: the window must be open on every one of the clocks.
type clockSet struct {
	name    string
	clocks  []*time.Location
	from    time.Time // the answer below holds from this minute on
	opening time.Time
}

// NewHours returns the hours of a window.
func NewHours(w Window, elsewhere *time.Location) *Hours {
	return &Hours{Window: w, Elsewhere: elsewhere, zones: map[string]*clockSet{}, prefixes: map[string]*clockSet{}}
}

// Opening returns when a person may be messaged next, at a whole minute; the zero time when it is now.
func (h *Hours) Opening(phone string, now time.Time) time.Time {
	return h.openingOf(h.clocksOf(phone), now)
}

// longestPrefix is more digits than any entry of the zones' table has.
const longestPrefix = 10

func (h *Hours) clocksOf(phone string) *clockSet {
	prefix := phone[:min(len(phone), longestPrefix)]
	set, known := h.prefixes[prefix]
	if known {
		return set
	}
	if len(h.prefixes) > 1<<16 { // memory does not grow with the campaign
		clear(h.prefixes)
	}
	set = h.clocks(number.Zones(phone))
	h.prefixes[prefix] = set
	return set
}

func (h *Hours) clocks(names []string) *clockSet {
	name := strings.Join(names, ", ")
	if set, known := h.zones[name]; known {
		return set
	}
	set := &clockSet{name: name}
	for _, zone := range names {
		clock, err := time.LoadLocation(zone)
		if err != nil { // a zone newer than this program's table
			set.clocks = nil
			break
		}
		set.clocks = append(set.clocks, clock)
	}
	if len(set.clocks) == 0 || !h.everOpen(set) {
		set.name, set.clocks = "", []*time.Location{h.Elsewhere}
	}
	h.zones[name] = set
	return set
}

// everOpen reports whether the window is open on all clocks at once at any time of an ordinary week.
func (h *Hours) everOpen(set *clockSet) bool {
	winter := time.Date(2026, time.January, 12, 0, 0, 0, 0, time.UTC)
	return h.openOn(set, winter) || !h.next(set, winter).IsZero()
}

func (h *Hours) openOn(set *clockSet, at time.Time) bool {
	for _, clock := range set.clocks {
		if !h.Window.open(at.In(clock)) {
			return false
		}
	}
	return true
}

func (h *Hours) openingOf(set *clockSet, now time.Time) time.Time {
	if h.openOn(set, now) {
		return time.Time{}
	}
	if set.opening.IsZero() || now.Before(set.from) || !now.Before(set.opening) {
		set.from, set.opening = now, h.next(set, now)
		if set.opening.IsZero() { // swallowed by changes of clocks for two weeks: look again then
			set.opening = now.Add(lookAhead).Truncate(time.Minute)
		}
	}
	return set.opening
}

// next walks from minute to minute, which knows of every change of clocks, to where the window is open.
func (h *Hours) next(set *clockSet, now time.Time) time.Time {
	end := now.Add(lookAhead)
	for at := now.Truncate(time.Minute).Add(time.Minute); at.Before(end); at = at.Add(time.Minute) {
		if h.openOn(set, at) {
			return at
		}
	}
	return time.Time{}
}
