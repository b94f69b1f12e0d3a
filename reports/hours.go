package reports

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/calendar"
)

// Hours is by which public holidays a screen judges when messages would leave, and how many people a day may be written
// to.
type Hours struct {
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

// HoursOf is HoursIn for a plan.
func HoursOf(r *campaign.Report, country string) Hours {
	if r == nil {
		return HoursIn(nil, country)
	}
	return HoursIn(r.Countries, country)
}

// HoursIn chooses the calendar: that of the country of most numbers, counted by country, else that of country, the one of
// numbers without a country.
func HoursIn(countries map[string]int, country string) Hours {
	h := Hours{Region: country}
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
func (h Hours) WithList(list calendar.Calendar, file string) Hours {
	h.Calendar, h.Known, h.File = list, true, file
	return h
}

// showHours says whether messages would leave in hours in which they are welcome, and by whose holidays that is judged.
func showHours(p *page, at int, h Hours, start, end time.Time) {
	breaches := h.Calendar.Between(start, end)
	if len(breaches) == 0 {
		p.kept("Hours", at, hoursGood+h.whose())
	} else {
		p.warning("Hours", at, "WARNING: "+breachesText(breaches, start)+". "+hoursBad+h.whose()+".")
	}
}

// Unwelcome reports whether messages from start to end would leave at hours in which they are not welcome.
func (h Hours) Unwelcome(start, end time.Time) bool { return len(h.Calendar.Between(start, end)) > 0 }

// room is how many people may be written to now.
func (h Hours) room() int { return max(0, h.DailyCap-h.Recent) }

// portion is how many of so many people a run may write to now, for --first; 0 when all.
func (h Hours) portion(people int) int {
	if h.DailyCap == 0 || people <= h.room() {
		return 0
	}
	return h.room()
}

// Part is how many of so many people the next run may write to, now or once the cap leaves room again, for --first; 0 when
// all.
func (h Hours) Part(people int) int {
	switch {
	case h.DailyCap == 0 || h.room() > 0:
		return h.portion(people)
	case people > h.DailyCap:
		return h.DailyCap
	}
	return 0
}

// frees is when so many people may be written to, or as many of them as a day may take: a full minute.
func (h Hours) frees(people int) time.Time {
	gone := h.Recent + min(people, h.DailyCap) - h.DailyCap // how many count no longer then
	if gone < 1 || gone > len(h.Ends) {
		return time.Time{}
	}
	return h.Ends[gone-1].Add(time.Minute - 1).Truncate(time.Minute)
}

// Exceeds reports whether so many people are more than the cap leaves.
func (h Hours) Exceeds(people int) bool { return people > 0 && h.DailyCap > 0 && people > h.room() }

// capped says of so many people, in one of two texts, how many of them may be written to now, or when they may; "" when all.
func (h Hours) capped(people int, portion, later string) string {
	text := ""
	switch {
	case h.portion(people) > 0:
		text = portion
	case h.Exceeds(people):
		text = later
	}
	return fill(text, func(name string) string {
		switch name {
		case "cap":
			return figure(h.DailyCap)
		case "frees":
			return moment(h.frees(people))
		case "n":
			return figure(h.portion(people))
		}
		return ""
	})
}

// showVolume says whether so many people may be written to in a day.
func showVolume(p *page, at int, h Hours, people int) {
	switch {
	case h.DailyCap == 0, people == 0: // those in doubt count among the last 24 hours' already
	case people <= h.room():
		p.field("Volume", at, fill(volumeGood, h.volume(people)))
	case h.room() == 0:
		p.warning("Volume", at, fill(volumeFull+h.advice(volumeLater, volumeLaterWhole), h.volume(people)))
	default:
		p.warning("Volume", at, fill(volumeBad+h.advice(volumeDays, volumeFewer), h.volume(people)))
	}
}

func (h Hours) advice(parted, whole string) string {
	if h.Whole {
		return whole
	}
	return parted
}

// BeyondCap says without a terminal that so many people are more than the cap leaves, and what to do.
func BeyondCap(h Hours, people int) string {
	if h.room() == 0 {
		return fill(beyondCapFull, h.volume(people))
	}
	return fill(beyondCap, h.volume(people))
}

// first spells what sends to the next n people.
func (h Hours) first(n int) string {
	if h.GoesOn {
		return fmt.Sprintf("resume --first %d", n)
	}
	return fmt.Sprintf("--first %d", n)
}

func (h Hours) volume(people int) arguments {
	return func(name string) string {
		switch name {
		case "people":
			return fmt.Sprint(people)
		case "recent":
			return positive(h.Recent)
		case "frees":
			return moment(h.frees(people))
		case "cap":
			return figure(h.DailyCap)
		case "part":
			if part := h.Part(people); part > 0 { // as the flag takes it
				return h.first(part)
			}
		case "flag":
			return fmt.Sprint(h.DailyCap)
		case "now":
			return h.first(h.room())
		case "days":
			return fmt.Sprint(1 + (max(0, people-h.room())+h.DailyCap-1)/max(1, h.DailyCap))
		}
		return ""
	}
}

// whose says whose public holidays have been counted, or that none are known.
func (h Hours) whose() string {
	return fill(holidaysOf[h.knowledge()], func(name string) string {
		switch {
		case name == "file":
			return pathWord(h.File + h.Gone)
		case name == "country":
			return countryName(h.Region)
		case h.Most:
			return "where most numbers are"
		}
		return "by --country"
	})
}

func (h Hours) knowledge() string {
	switch {
	case h.File != "":
		return "listed"
	case h.Gone != "":
		return "gone"
	case h.Region == "":
		return "nowhere"
	case !h.Known:
		return "unknown"
	}
	return "known"
}

// breachesText says what is wrong with the hours: it would end on Fri 20 Nov at 21:52, after 20:00.
func breachesText(breaches []calendar.Breach, start time.Time) string {
	parts := make([]string, len(breaches))
	for i, b := range breaches {
		verb := "end"
		if b.At.Equal(start) {
			verb = "start"
		}
		parts[i] = fill(breachWords[b.Reason], func(name string) string {
			switch name {
			case "verb":
				return verb
			case "day":
				return b.At.Format("Mon 2 Jan 2006")
			case "time":
				return clock(b.At)
			case "name":
				return Clean(b.Name)
			}
			return ""
		})
	}
	return strings.Join(parts, "; ")
}

// HolidaysUnread says what is wrong with the list of holidays that a file holds, and what it should hold.
func HolidaysUnread(file string, err error) string {
	why := err.Error()
	var wrong *calendar.ListError
	switch {
	case errors.As(err, &wrong) && wrong.Line == 0:
		why = "it holds no date"
	case errors.As(err, &wrong):
		why = fmt.Sprintf("line %d is no date (%s)", wrong.Line, quoted(wrong.Text))
	}
	return fmt.Sprintf(holidaysUnread, pathWord(file), Clean(why))
}

// jsonBreach is a time at which messages would leave and are not welcome.
type jsonBreach struct {
	At     string          `json:"at"`
	Reason calendar.Reason `json:"reason"`
	Name   string          `json:"name,omitempty"` // of the holiday
}

func jsonBreaches(breaches []calendar.Breach) []jsonBreach {
	found := make([]jsonBreach, 0, len(breaches))
	for _, b := range breaches {
		found = append(found, jsonBreach{At: b.At.Format(time.RFC3339), Reason: b.Reason, Name: b.Name})
	}
	return found
}
