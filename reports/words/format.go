package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Number writes a count: 4,212.
func (w *Words) Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// Percent writes a part of a whole, the same on every screen: 12.5%. A part that is not all is never 100%, and one that is
// not nothing never 0%. The whole is not 0.
func (w *Words) Percent(part, whole int) string {
	percent := 100 * float64(part) / float64(whole)
	switch {
	case part == 0:
		return "0%"
	case part == whole:
		return "100%"
	case percent < 0.1:
		return "<0.1%"
	case percent > 99.9:
		return ">99.9%"
	}
	return fmt.Sprintf("%.1f%%", percent)
}

// List joins parts as a sentence does: a, b and c.
func (w *Words) List(parts []string) string { return join(parts, w.ListAnd) }

// Either offers parts as a choice: a, b or c.
func (w *Words) Either(parts []string) string { return join(parts, w.ListOr) }

func join(parts []string, last func(first, last string) string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return last(strings.Join(parts[:len(parts)-1], ", "), parts[len(parts)-1])
}

// Clock is a time of day: 10:42.
func (w *Words) Clock(t time.Time) string { return t.Format("15:04") }

// ClockSecond is a time of day to the second: 10:42:07.
func (w *Words) ClockSecond(t time.Time) string { return t.Format("15:04:05") }

// Moment is a day and time: Fri 20 Nov, 10:42.
func (w *Words) Moment(t time.Time) string { return t.Format("Mon 2 Jan, 15:04") }

// MomentBy is a moment, with its year when it is not that of the other time.
func (w *Words) MomentBy(t, other time.Time) string {
	if t.Year() != other.Year() {
		return w.Dated(t)
	}
	return w.Moment(t)
}

// Dated is a moment with its year, for what may be long ago: Fri 20 Nov 2026, 10:42.
func (w *Words) Dated(t time.Time) string { return t.Format("Mon 2 Jan 2006, 15:04") }

// DatedDay is a day of the week with its year: Fri 20 Nov 2026.
func (w *Words) DatedDay(t time.Time) string { return t.Format("Mon 2 Jan 2006") }

// Date is a day with its year: 20 Nov 2026.
func (w *Words) Date(t time.Time) string { return t.Format("2 Jan 2006") }

// Day is a day: 20 Nov, with the year when it is not that of the other time.
func (w *Words) Day(t, other time.Time) string {
	if t.Year() != other.Year() {
		return w.Date(t)
	}
	return t.Format("2 Jan")
}

// Span is a start and an end, with the end's day where it is another, and the zone: Fri 20 Nov, 10:42 to 11:52 (Paris).
func (w *Words) Span(start, end time.Time) string {
	end = end.Round(time.Minute)
	last := w.Clock(end)
	if start.Format(time.DateOnly) != end.Format(time.DateOnly) {
		last = w.MomentBy(end, start)
	}
	return w.FromTo(w.Moment(start), last, w.Zone(start))
}

// Zone names the time's zone as people do: by its city where it has one, else by its abbreviation.
func (w *Words) Zone(t time.Time) string {
	name := t.Location().String()
	if _, city, ok := strings.Cut(name, "/"); ok {
		city = city[strings.LastIndex(city, "/")+1:]
		return strings.ReplaceAll(city, "_", " ")
	}
	short, _ := t.Zone()
	if short == "" || strings.HasPrefix(short, "+") || strings.HasPrefix(short, "-") {
		return "UTC" + short
	}
	return short
}

// A time of at least this much is told in hours, and in days.
const (
	hoursFrom = 2 * time.Hour
	daysFrom  = 48 * time.Hour
)

// Duration writes how long something takes: 12 s, 69 min 40 s, 16 h 40 min, 11 days 14 h.
func (w *Words) Duration(d time.Duration) string {
	d = d.Round(time.Second)
	switch {
	case d < time.Minute:
		return w.UnitSeconds(w.Number(int(d / time.Second)))
	case d < hoursFrom:
		return units(d, time.Minute, w.minutes, time.Second, w.seconds)
	case d < daysFrom:
		return units(d.Round(time.Minute), time.Hour, w.hours, time.Minute, w.minutes)
	}
	return units(d.Round(time.Hour), 24*time.Hour, w.UnitDays, time.Hour, w.hours)
}

func (w *Words) seconds(n int) string { return w.UnitSeconds(w.Number(n)) }
func (w *Words) minutes(n int) string { return w.UnitMinutes(w.Number(n)) }
func (w *Words) hours(n int) string   { return w.UnitHoursShort(w.Number(n)) }

func units(d, large time.Duration, inLarge func(int) string, small time.Duration, inSmall func(int) string) string {
	text := inLarge(int(d / large))
	if rest := int(d % large / small); rest > 0 {
		text += " " + inSmall(rest)
	}
	return text
}

// Roughly writes a duration that is not known to the second: 48 min, 22 hours, 3 days.
func (w *Words) Roughly(d time.Duration) string {
	switch {
	case d < time.Minute:
		return w.Duration(max(d, 0))
	case d < hoursFrom:
		return w.minutes(int(d.Round(time.Minute) / time.Minute))
	case d < daysFrom:
		return w.UnitHours(int(d.Round(time.Hour) / time.Hour))
	}
	return w.UnitDays(int(d / (24 * time.Hour)))
}

// Second is a moment to the second: 20 Nov 2026, 10:42:07.
func (w *Words) Second(t time.Time) string { return t.Format("2 Jan 2006, 15:04:05") }

// Stamp is a moment that can be read in one way only: 20 Nov 2026, 10:42:07 +01:00.
func (w *Words) Stamp(t time.Time) string { return t.Format("2 Jan 2006, 15:04:05 -07:00") }

// Decimal writes a number that is not whole, with one digit behind the point where it is small: 8.8, 63.
func (w *Words) Decimal(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}
