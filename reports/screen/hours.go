package screen

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign/calendar"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// sentences puts whole sentences one after the other; an empty one is none. What they quote stays as it is.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(one string) bool { return one == "" }), " ")
}

// showHours says whether messages would leave in hours in which they are welcome, and by whose holidays that is judged.
func showHours(p *page, at int, h hours.HoursVerdict, start, end time.Time) {
	breaches := h.Calendar.Between(start, end)
	if len(breaches) == 0 {
		p.kept(p.LabelHours(), at, sentences(p.HoursGood(), holidaysText(p.Face, h)))
		return
	}
	var all []string
	for _, b := range breaches {
		all = append(all, p.Breach(string(b.Reason), b.At.Equal(start), p.DatedDay(b.At), p.Clock(b.At), p.Holiday(b.Day)))
	}
	p.alert(p.LabelHours(), at, sentences(append(all, p.HoursBad(), holidaysText(p.Face, h))...))
}

// holidaysText says whose public holidays have been looked at, or that none are known.
func holidaysText(f Face, h hours.HoursVerdict) string {
	switch {
	case h.File != "":
		return f.HolidaysOfFile(f.Path(h.File))
	case h.Gone != "":
		return f.HolidaysFileGone(f.Path(h.Gone))
	case h.Region == "":
		return f.HolidaysNoCountry()
	case !h.Known:
		return f.HolidaysUnknown(f.Country(h.Region))
	case h.Most:
		return f.HolidaysOfMost(f.Country(h.Region))
	}
	return f.HolidaysOfCountry(f.Country(h.Region))
}

// capSentence says of so many people how many of them may be messaged now, or when they may; "" when all may.
func capSentence(w *words.Words, h hours.HoursVerdict, people int) string {
	switch {
	case h.Portion(people) > 0:
		return w.CapNow(h.Portion(people), w.Number(h.DailyCap))
	case h.Exceeds(people):
		return w.CapLater(w.Number(h.DailyCap), w.Moment(h.Frees(people)))
	}
	return ""
}

// showVolume says whether so many people may be written to in a day.
func showVolume(p *page, at int, h hours.HoursVerdict, people int) {
	recent := ""
	if h.Recent > 0 {
		recent = p.VolumeRecent(h.Recent)
	}
	switch {
	case h.DailyCap == 0, people == 0: // those in doubt count among the last 24 hours' already
	case people <= h.Room():
		p.field(p.LabelVolume(), at, sentences(p.VolumeNow(people), recent, p.VolumeWithin(h.DailyCap)))
	case h.Room() == 0:
		part := nextPart(h, people)
		if h.Whole {
			part = ""
		}
		p.alert(p.LabelVolume(), at, sentences(recent, p.VolumeFull(h.DailyCap), p.VolumeLater(p.Moment(h.Frees(people)), part)))
	default:
		advice := p.VolumeDays(h.Days(people), firstFlag(h, h.Room()), strconv.Itoa(h.DailyCap))
		if h.Whole {
			advice = p.VolumeChooseFewer()
		}
		p.alert(p.LabelVolume(), at, sentences(p.VolumeNow(people), recent, p.VolumeBeyond(h.DailyCap), advice))
	}
}

// BeyondCap says without a terminal that so many people are more than the cap leaves, and what to do.
func BeyondCap(f Face, h hours.HoursVerdict, people int) string {
	if h.Room() == 0 {
		return f.CapExceededFull(f.Moment(h.Frees(people)))
	}
	return f.CapExceeded(people)
}

// firstFlag spells what sends to the next n people.
func firstFlag(h hours.HoursVerdict, n int) string {
	if h.GoesOn {
		return "resume --first " + strconv.Itoa(n)
	}
	return "--first " + strconv.Itoa(n)
}

// nextPart spells what sends to the part of so many people that a day may take; "" where that is all.
func nextPart(h hours.HoursVerdict, people int) string {
	if part := h.Part(people); part > 0 {
		return firstFlag(h, part)
	}
	return ""
}

// HolidaysUnread says what is wrong with the list of holidays that a file holds, and what it should hold.
func HolidaysUnread(f Face, file string, err error) string {
	var wrong *calendar.ListError
	switch {
	case errors.As(err, &wrong) && wrong.Line == 0:
		return f.HolidaysNoDate(f.Path(file))
	case errors.As(err, &wrong):
		return f.HolidaysLineNoDate(f.Number(wrong.Line), f.Path(file), f.InQuotes(wrong.Text))
	}
	return f.HolidaysUnreadable(f.Path(file), text.Clean(err.Error()))
}

// jsonBreach is a time at which messages would leave and are not welcome.
type jsonBreach struct {
	At     string          `json:"at"`
	Reason calendar.Reason `json:"reason"`
	Name   string          `json:"name,omitempty"` // of the holiday
}

func jsonBreaches(f Face, breaches []calendar.Breach) []jsonBreach {
	found := make([]jsonBreach, 0, len(breaches))
	for _, b := range breaches {
		found = append(found, jsonBreach{At: b.At.Format(time.RFC3339), Reason: b.Reason, Name: f.Holiday(b.Day)})
	}
	return found
}
