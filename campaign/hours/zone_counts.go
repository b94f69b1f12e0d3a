package hours

import (
	"cmp"
	"slices"
	"time"
)

// ZoneCounts counts people by their time zones, to tell how long a window makes a campaign. It belongs to one goroutine.
type ZoneCounts struct {
	hours  *Hours
	people map[*clockSet]int
	total  int
}

// NewZoneCounts returns counts of nobody.
func NewZoneCounts(h *Hours) *ZoneCounts { return &ZoneCounts{hours: h, people: map[*clockSet]int{}} }

// Add counts a person.
func (c *ZoneCounts) Add(phone string) {
	c.people[c.hours.clocksOf(phone)]++
	c.total++
}

// Remove forgets a person whom Add counted.
func (c *ZoneCounts) Remove(phone string) {
	if set := c.hours.clocksOf(phone); c.people[set] > 0 {
		c.people[set]--
		c.total--
	}
}

// Len is how many people there are.
func (c *ZoneCounts) Len() int { return c.total }

// WithoutZone is of how many people the numbers do not tell it.
func (c *ZoneCounts) WithoutZone() int {
	n := 0
	for set, people := range c.people {
		if set.name == "" {
			n += people
		}
	}
	return n
}

// Shut is for how many people the window is shut, and when it opens for the first of them.
func (c *ZoneCounts) Shut(now time.Time) (people int, opens time.Time) {
	for set, n := range c.people {
		if at := c.hours.openingOf(set, now); !at.IsZero() {
			people += n
			if opens.IsZero() || at.Before(opens) {
				opens = at
			}
		}
	}
	return people, opens
}

// longestCampaign bounds a forecast.
const longestCampaign = 366 * 24 * time.Hour

// End is when n messages to these people will have left, at so many a minute from now on: while the window is open for
// several countries they share the pace. The zero time is more than a year away.
func (c *ZoneCounts) End(now time.Time, n, rate int) time.Time {
	left := make([]group, 0, len(c.people))
	for set, people := range c.people {
		left = append(left, group{set, people})
	}
	slices.SortFunc(left, func(a, b group) int { return cmp.Compare(a.set.name, b.set.name) })
	n = min(n, c.total)
	for at := now; at.Sub(now) < longestCampaign; {
		next := at.Add(longestCampaign)
		var open []*group
		for i := range left {
			opens := c.hours.openingOf(left[i].set, at)
			if left[i].people > 0 && opens.IsZero() {
				open = append(open, &left[i])
			}
			if left[i].people > 0 && !opens.IsZero() && opens.Before(next) {
				next = opens
			}
		}
		if n == 0 {
			return at
		}
		if len(open) == 0 {
			at = next
			continue
		}
		first := open[0]
		if shuts := c.hours.shuts(first.set, at, next); shuts.Before(next) {
			next = shuts
		}
		sent := min(n, first.people, max(1, int(next.Sub(at)*time.Duration(rate)/time.Minute)))
		first.people -= sent
		n -= sent
		at = at.Add(Duration(sent, rate))
	}
	return time.Time{}
}

// group is the people left in one place.
type group struct {
	set    *clockSet
	people int
}

// shuts is the first minute before end at which the window is not open any more; end when it stays open.
func (h *Hours) shuts(set *clockSet, from, end time.Time) time.Time {
	end = earlier(end, from.Add(lookAhead))
	for at := from.Truncate(time.Minute).Add(time.Minute); at.Before(end); at = at.Add(time.Minute) {
		if !h.openOn(set, at) {
			return at
		}
	}
	return end
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
