package reports

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// figure writes a count with commas: 4,212.
func figure(n int) string {
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

// rowNumber writes a row's number as a spreadsheet and --row do, without commas; nothing for none.
func rowNumber(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// count writes a number with its noun: "1 row", "4,212 rows". forms is the singular, or the singular and the plural with
// a bar between where an s does not make it: "person|people".
func count(n int, forms string) string { return figure(n) + " " + noun(n, forms) }

func noun(n int, forms string) string {
	one, many, given := strings.Cut(forms, "|")
	if !given {
		many = one + "s"
	}
	if n == 1 {
		return one
	}
	return many
}

// list joins parts as a sentence does: "a, b and c".
func list(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// clock is a time of day: 10:42.
func clock(t time.Time) string { return t.Format("15:04") }

// moment is a day and time: Fri 20 Nov, 10:42.
func moment(t time.Time) string { return t.Format("Mon 2 Jan, 15:04") }

// dated is a moment with its year, for what may be long ago.
func dated(t time.Time) string { return t.Format("Mon 2 Jan 2006, 15:04") }

// zone names the time's zone as people do: by its city where it has one, else by its abbreviation.
func zone(t time.Time) string {
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

// span of at least this much is told in hours, and in days.
const (
	hoursFrom = 2 * time.Hour
	daysFrom  = 48 * time.Hour
)

// duration writes how long something takes: 12 s, 69 min 40 s, 16 h 40 min, 11 days 14 h.
func duration(d time.Duration) string {
	d = d.Round(time.Second)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", d/time.Second)
	case d < hoursFrom:
		return units(d, time.Minute, "min", time.Second, "s")
	case d < daysFrom:
		return units(d.Round(time.Minute), time.Hour, "h", time.Minute, "min")
	}
	return units(d.Round(time.Hour), 24*time.Hour, "days", time.Hour, "h")
}

func units(d, large time.Duration, largeName string, small time.Duration, smallName string) string {
	text := fmt.Sprintf("%s %s", figure(int(d/large)), largeName)
	if rest := d % large / small; rest > 0 {
		text += fmt.Sprintf(" %d %s", rest, smallName)
	}
	return text
}

// roughly writes a duration that is not known to the second: 48 min, 22 hours, 3 days.
func roughly(d time.Duration) string {
	switch {
	case d < time.Minute:
		return duration(max(d, 0))
	case d < hoursFrom:
		return fmt.Sprintf("%d min", int(d.Round(time.Minute)/time.Minute))
	case d < daysFrom:
		return count(int(d.Round(time.Hour)/time.Hour), "hour")
	}
	return count(int(d/(24*time.Hour)), "day")
}

// stampLayouts are the ways in which the API may write a time; it documents one that ends in Z.
var stampLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05", time.DateOnly}

// stampOf reads a time of the API's.
func stampOf(stamp string) (t time.Time, known bool) {
	for _, layout := range stampLayouts {
		if t, err := time.Parse(layout, stamp); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// stampDay reads a time of the API's as a day with its year; "" for what is no time.
func stampDay(stamp string) string {
	if t, known := stampOf(stamp); known {
		return t.Format("2 Jan 2006")
	}
	return ""
}

func quotedOrNone(s string) string {
	if s == "" {
		return ""
	}
	return quoted(s)
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return figure(n)
}
