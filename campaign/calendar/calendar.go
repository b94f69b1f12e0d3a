// Package calendar knows when commercial messages are welcome: Monday to Saturday, 8:00 to 20:00, not on public
// holidays. It warns; it stops nothing.
package calendar

import (
	"time"
)

// The hours in which commercial messages are welcome.
const (
	firstHour = 8
	lastHour  = 20
)

// HolidayCode names a public holiday that this package knows.
type HolidayCode string

// The public holidays of France.
const (
	NewYear      HolidayCode = "new-year"
	EasterMonday HolidayCode = "easter-monday"
	LabourDay    HolidayCode = "labour-day"
	VictoryDay   HolidayCode = "victory-day"
	Ascension    HolidayCode = "ascension"
	WhitMonday   HolidayCode = "whit-monday"
	BastilleDay  HolidayCode = "bastille-day"
	Assumption   HolidayCode = "assumption"
	AllSaints    HolidayCode = "all-saints"
	Armistice    HolidayCode = "armistice"
	Christmas    HolidayCode = "christmas"
)

// Named is a public holiday: by its code, or by the name that a list gives it. It has at most one of them.
type Named struct {
	Code HolidayCode
	Name string
}

// Calendar is a list of public holidays. The zero Calendar has none.
type Calendar struct {
	days func(year int) map[string]Named // by ISO date
}

// Of returns the public holidays of an ISO region, and whether they are known: those of France are.
func Of(region string) (Calendar, bool) {
	if region != "FR" {
		return Calendar{}, false
	}
	return Calendar{days: france}, true
}

// Holiday returns the public holiday on a day, and whether there is one.
func (c Calendar) Holiday(day time.Time) (holiday Named, is bool) {
	if c.days == nil {
		return Named{}, false
	}
	holiday, is = c.days(day.Year())[day.Format(time.DateOnly)]
	return holiday, is
}

// france returns the public holidays of a year that the whole of France has. Alsace, Moselle and overseas have others
// besides.
func france(year int) map[string]Named {
	days := map[string]Named{}
	add := func(day time.Time, code HolidayCode) { days[day.Format(time.DateOnly)] = Named{Code: code} }
	easter := easterOf(year)
	add(easter.AddDate(0, 0, 1), EasterMonday)
	add(easter.AddDate(0, 0, 50), WhitMonday)
	add(easter.AddDate(0, 0, 39), Ascension)
	for _, fixed := range []struct {
		month time.Month
		day   int
		code  HolidayCode
	}{
		{time.January, 1, NewYear}, {time.May, 1, LabourDay}, {time.May, 8, VictoryDay},
		{time.July, 14, BastilleDay}, {time.August, 15, Assumption}, {time.November, 1, AllSaints},
		{time.November, 11, Armistice}, {time.December, 25, Christmas},
	} {
		add(time.Date(year, fixed.month, fixed.day, 0, 0, 0, 0, time.UTC), fixed.code)
	}
	return days
}

// easterOf returns the Easter Sunday of a year of the Gregorian calendar, by the method of Meeus, Jones and Butcher.
func easterOf(year int) time.Time {
	golden, century, rest := year%19, year/100, year%100
	epact := (19*golden + century - century/4 - (century-(century+8)/25+1)/3 + 15) % 30
	weekday := (32 + 2*(century%4) + 2*(rest/4) - epact - rest%4) % 7
	late := (golden + 11*epact + 22*weekday) / 451
	days := epact + weekday - 7*late + 114
	return time.Date(year, time.Month(days/31), days%31+1, 0, 0, 0, 0, time.UTC)
}
