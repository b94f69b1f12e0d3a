// Package calendar knows when commercial messages are welcome: Monday to Saturday, 8:00 to 20:00, not on public
// holidays. It warns; it stops nothing.
package calendar

import (
	"time"
)

// The hours in which commercial messages are welcome.
const (
	FirstHour = 8
	LastHour  = 20
)

// Calendar is a list of public holidays. The zero Calendar has none.
type Calendar struct {
	days func(year int) map[string]string // names by ISO date
}

// Of returns the public holidays of an ISO region, and whether they are known: those of France are.
func Of(region string) (Calendar, bool) {
	if region != "FR" {
		return Calendar{}, false
	}
	return Calendar{days: france}, true
}

// Holiday returns the name of the public holiday on a day, and whether it is one. A holiday of a list may have no name.
func (c Calendar) Holiday(day time.Time) (name string, is bool) {
	if c.days == nil {
		return "", false
	}
	name, is = c.days(day.Year())[day.Format(time.DateOnly)]
	return name, is
}

// france returns the public holidays of a year that the whole of France has. Alsace, Moselle and overseas have others
// besides.
func france(year int) map[string]string {
	days := map[string]string{}
	add := func(day time.Time, name string) { days[day.Format(time.DateOnly)] = name }
	easter := Easter(year)
	add(easter.AddDate(0, 0, 1), "Easter Monday")
	add(easter.AddDate(0, 0, 50), "Whit Monday")
	add(easter.AddDate(0, 0, 39), "Ascension Day")
	for _, fixed := range []struct {
		month time.Month
		day   int
		name  string
	}{
		{time.January, 1, "New Year's Day"}, {time.May, 1, "Labour Day"}, {time.May, 8, "Victory Day"},
		{time.July, 14, "Bastille Day"}, {time.August, 15, "Assumption Day"}, {time.November, 1, "All Saints' Day"},
		{time.November, 11, "Armistice Day"}, {time.December, 25, "Christmas Day"},
	} {
		add(time.Date(year, fixed.month, fixed.day, 0, 0, 0, 0, time.UTC), fixed.name)
	}
	return days
}

// Easter returns the Easter Sunday of a year of the Gregorian calendar, by the method of Meeus, Jones and Butcher.
func Easter(year int) time.Time {
	golden, century, rest := year%19, year/100, year%100
	epact := (19*golden + century - century/4 - (century-(century+8)/25+1)/3 + 15) % 30
	weekday := (32 + 2*(century%4) + 2*(rest/4) - epact - rest%4) % 7
	late := (golden + 11*epact + 22*weekday) / 451
	days := epact + weekday - 7*late + 114
	return time.Date(year, time.Month(days/31), days%31+1, 0, 0, 0, 0, time.UTC)
}
