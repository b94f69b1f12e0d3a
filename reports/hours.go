package reports

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/calendar"
	"kanal-campaign/reports/words"
)

// showHours says whether messages would leave in hours in which they are welcome, and by whose holidays that is judged.
func showHours(p *page, at int, h campaign.HoursVerdict, start, end time.Time) {
	breaches := h.Calendar.Between(start, end)
	if len(breaches) == 0 {
		p.kept("Hours", at, hoursGood+whoseHolidays(h))
	} else {
		p.warning("Hours", at, "WARNING: "+breachesText(breaches, start)+". "+hoursBad+whoseHolidays(h)+".")
	}
}

// capped says of so many people, in one of two texts, how many of them may be written to now, or when they may; "" when all.
func capped(h campaign.HoursVerdict, people int, portion, later string) string {
	text := ""
	switch {
	case h.Portion(people) > 0:
		text = portion
	case h.Exceeds(people):
		text = later
	}
	return fill(text, func(name string) string {
		switch name {
		case "cap":
			return figure(h.DailyCap)
		case "frees":
			return moment(h.Frees(people))
		case "n":
			return figure(h.Portion(people))
		}
		return ""
	})
}

// showVolume says whether so many people may be written to in a day.
func showVolume(p *page, at int, h campaign.HoursVerdict, people int) {
	switch {
	case h.DailyCap == 0, people == 0: // those in doubt count among the last 24 hours' already
	case people <= h.Room():
		p.field("Volume", at, fill(volumeGood, volumeOf(h, people)))
	case h.Room() == 0:
		p.warning("Volume", at, fill(volumeFull+capAdvice(h, volumeLater, volumeLaterWhole), volumeOf(h, people)))
	default:
		p.warning("Volume", at, fill(volumeBad+capAdvice(h, volumeDays, volumeFewer), volumeOf(h, people)))
	}
}

func capAdvice(h campaign.HoursVerdict, parted, whole string) string {
	if h.Whole {
		return whole
	}
	return parted
}

// BeyondCap says without a terminal that so many people are more than the cap leaves, and what to do.
func BeyondCap(h campaign.HoursVerdict, people int) string {
	if h.Room() == 0 {
		return fill(beyondCapFull, volumeOf(h, people))
	}
	return fill(beyondCap, volumeOf(h, people))
}

// first spells what sends to the next n people.
func firstFlag(h campaign.HoursVerdict, n int) string {
	if h.GoesOn {
		return fmt.Sprintf("resume --first %d", n)
	}
	return fmt.Sprintf("--first %d", n)
}

func volumeOf(h campaign.HoursVerdict, people int) arguments {
	return func(name string) string {
		switch name {
		case "people":
			return fmt.Sprint(people)
		case "recent":
			return positive(h.Recent)
		case "frees":
			return moment(h.Frees(people))
		case "cap":
			return figure(h.DailyCap)
		case "part":
			if part := h.Part(people); part > 0 { // as the flag takes it
				return firstFlag(h, part)
			}
		case "flag":
			return fmt.Sprint(h.DailyCap)
		case "now":
			return firstFlag(h, h.Room())
		case "days":
			return fmt.Sprint(h.Days(people))
		}
		return ""
	}
}

// whose says whose public holidays have been counted, or that none are known.
func whoseHolidays(h campaign.HoursVerdict) string {
	return fill(holidaysOf[knowledgeOf(h)], func(name string) string {
		switch {
		case name == "file":
			return pathWord(h.File + h.Gone)
		case name == "country":
			return words.English().Country(h.Region)
		case h.Most:
			return "where most numbers are"
		}
		return "by --country"
	})
}

func knowledgeOf(h campaign.HoursVerdict) string {
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
				return words.English().Holiday(b.Day)
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
		found = append(found, jsonBreach{At: b.At.Format(time.RFC3339), Reason: b.Reason, Name: words.English().Holiday(b.Day)})
	}
	return found
}
