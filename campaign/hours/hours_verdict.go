package hours

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"kanal-campaign/campaign/calendar"
)

// HoursVerdict is by which public holidays it is judged when messages would leave, and how many people a day may be
// written to. It warns and asks; it keeps nothing from being sent.
type HoursVerdict struct {
	Calendar calendar.Calendar
	Known    bool   // the calendar holds the region's holidays, or a file's
	Region   string // whose holidays count; empty when no country is known
	Most     bool   // it is where most of the numbers are; else it is the one that --country gives
	File     string // the list that --holidays names, which then counts alone
	Gone     string // a list that --holidays named and that cannot be read any more
	DailyCap int    // how many people the account may write to in 24 hours, as the user says; 0 when not said
	// Recent is how many people this ledger has written to in the last 24 hours, and Ends when each of them counts no
	// longer, in the order of time. Both are known where DailyCap is.
	Recent int
	Ends   []time.Time
	// Whole is set where a command cannot send to a part only: its screen proposes no --first.
	Whole bool
	// GoesOn is set where send goes on with a campaign: its --first counts from the beginning of the plan, and the next people
	// are those of resume --first.
	GoesOn bool
}

// HoursIn chooses the calendar: that of the country of most numbers, counted by country, else that of country, the one of
// numbers without a country.
func HoursIn(countries map[string]int, country string) HoursVerdict {
	h := HoursVerdict{Region: country}
	if len(countries) > 0 {
		regions := slices.SortedFunc(maps.Keys(countries), func(a, b string) int {
			return cmp.Or(-cmp.Compare(countries[a], countries[b]), cmp.Compare(a, b))
		})
		if regions[0] != "" {
			h.Region, h.Most = regions[0], true
		}
	}
	h.Calendar, h.Known = calendar.Of(h.Region)
	return h
}

// WithList takes the holidays of a file in place of a country's.
func (h HoursVerdict) WithList(list calendar.Calendar, file string) HoursVerdict {
	h.Calendar, h.Known, h.File = list, true, file
	return h
}

// Unwelcome reports whether messages from start to end would leave at hours in which they are not welcome.
func (h HoursVerdict) Unwelcome(start, end time.Time) bool {
	return len(h.Calendar.Between(start, end)) > 0
}

// Room is how many people may be written to now.
func (h HoursVerdict) Room() int { return max(0, h.DailyCap-h.Recent) }

// Portion is how many of so many people a run may write to now, for --first; 0 when all.
func (h HoursVerdict) Portion(people int) int {
	if h.DailyCap == 0 || people <= h.Room() {
		return 0
	}
	return h.Room()
}

// Part is how many of so many people the next run may write to, now or once the cap leaves room again, for --first; 0 when
// all.
func (h HoursVerdict) Part(people int) int {
	switch {
	case h.DailyCap == 0 || h.Room() > 0:
		return h.Portion(people)
	case people > h.DailyCap:
		return h.DailyCap
	}
	return 0
}

// Frees is when so many people may be written to, or as many of them as a day may take: a full minute.
func (h HoursVerdict) Frees(people int) time.Time {
	gone := h.Recent + min(people, h.DailyCap) - h.DailyCap // how many count no longer then
	if gone < 1 || gone > len(h.Ends) {
		return time.Time{}
	}
	return h.Ends[gone-1].Add(time.Minute - 1).Truncate(time.Minute)
}

// Days is how many days it takes to write to so many people.
func (h HoursVerdict) Days(people int) int {
	return 1 + (max(0, people-h.Room())+h.DailyCap-1)/max(1, h.DailyCap)
}

// Exceeds reports whether so many people are more than the cap leaves.
func (h HoursVerdict) Exceeds(people int) bool { return h.Over(people) > 0 }

// Over is by how many so many people are more than the cap leaves.
func (h HoursVerdict) Over(people int) int {
	if h.DailyCap == 0 {
		return 0
	}
	return max(0, people-h.Room())
}
