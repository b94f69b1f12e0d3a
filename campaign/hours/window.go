package hours

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Window says on which days and at which times of day messages may go out, by the clock of whoever gets them. The zero
// Window is always closed.
type Window struct{ spans []span }

// span is from one minute of a day to another on some days of the week. An end past midnight belongs to the next day.
type span struct {
	days     [7]bool // by time.Weekday
	from, to int     // minutes after the day's midnight; to is greater than from
}

const minutesADay = 24 * 60

// WindowError is a window that cannot be understood: Text as given, and the part that is wrong.
type WindowError struct {
	Text, Part string
	Why        WindowFault
}

func (e *WindowError) Error() string { return fmt.Sprintf("window %q: %q: %s", e.Text, e.Part, e.Why) }

// WindowFault is a code for what is wrong with a window.
type WindowFault string

// What can be wrong with a window.
const (
	WindowEmpty   WindowFault = "window-empty"    // there is nothing
	WindowNoTimes WindowFault = "window-no-times" // days without times
	WindowDay     WindowFault = "window-day"      // no day of the week
	WindowTime    WindowFault = "window-time"     // no time of day
	WindowNoSpan  WindowFault = "window-no-span"  // times that are not FROM-TO
	WindowNothing WindowFault = "window-nothing"  // from and to are the same
)

// longestWindow is far more than any window needs.
const longestWindow = 500

// ParseWindow reads windows joined by ";", each of days and times: "Mon-Sat 09:00-20:00", "Mon,Wed,Fri 9-12,14-18",
// "9-20" (every day), "Fri-Sat 22:00-06:00" (over midnight, belonging to the day on which it begins). Days are in
// English, in full or their first three letters. The error is a *WindowError.
func ParseWindow(text string) (Window, error) {
	fail := func(part string, why WindowFault) (Window, error) {
		return Window{}, &WindowError{Text: text, Part: strings.TrimSpace(part), Why: why}
	}
	if len(text) > longestWindow || strings.TrimSpace(text) == "" {
		return fail("", WindowEmpty)
	}
	var w Window
	for part := range strings.SplitSeq(text, ";") {
		days, times := splitWindow(part)
		switch {
		case days == "" && times == "":
			return fail(part, WindowEmpty)
		case times == "":
			return fail(part, WindowNoTimes)
		}
		on, wrong := parseDays(days)
		if wrong != "" {
			return fail(wrong, WindowDay)
		}
		for pair := range strings.SplitSeq(times, ",") {
			from, to, why := parseTimes(pair)
			if why != "" {
				return fail(pair, why)
			}
			w.spans = append(w.spans, span{days: on, from: from, to: to})
		}
	}
	return w, nil
}

// splitWindow takes days from times, without spaces: the times begin with the first digit. A space between two digits
// stays, and makes them no time: "1 9-20" is not "19-20".
func splitWindow(part string) (days, times string) {
	var b strings.Builder
	for i, word := range strings.Fields(part) {
		if i > 0 && isDigit(b.String()[b.Len()-1]) && isDigit(word[0]) {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	part = strings.NewReplacer("–", "-", "—", "-").Replace(strings.ToLower(b.String())) // as word processors write it
	at := strings.IndexFunc(part, func(r rune) bool { return r >= '0' && r <= '9' })
	if at < 0 {
		return part, ""
	}
	return part[:at], part[at:]
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// parseDays reads days and ranges of days joined by commas; none stand for all. wrong is the part that is no day.
func parseDays(text string) (on [7]bool, wrong string) {
	if text == "" {
		return [7]bool{true, true, true, true, true, true, true}, ""
	}
	for part := range strings.SplitSeq(text, ",") {
		first, last, ranged := strings.Cut(part, "-")
		from, ok := parseDay(first)
		to := from
		if ok && ranged {
			to, ok = parseDay(last)
		}
		if !ok {
			return on, orWhole(part, text)
		}
		for day := from; ; day = (day + 1) % 7 {
			on[day] = true
			if day == to {
				break
			}
		}
	}
	return on, ""
}

func orWhole(part, whole string) string {
	if part == "" {
		return whole
	}
	return part
}

func parseDay(name string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if full := strings.ToLower(day.String()); name == full || name == full[:3] {
			return day, true
		}
	}
	return 0, false
}

func parseTimes(pair string) (from, to int, why WindowFault) {
	first, last, ok := strings.Cut(pair, "-")
	if !ok {
		return 0, 0, WindowNoSpan
	}
	from, okFrom := parseTime(first)
	to, okTo := parseTime(last)
	switch {
	case !okFrom || !okTo || from == minutesADay:
		return 0, 0, WindowTime
	case from == to:
		return 0, 0, WindowNothing
	case to < from:
		to += minutesADay
	}
	return from, to, ""
}

// parseTime reads 9, 09:00 or 24:00 as minutes after midnight.
func parseTime(text string) (int, bool) {
	hours, minutes, withMinutes := strings.Cut(text, ":")
	h, ok := parseDigits(hours, 1)
	m := 0
	if ok && withMinutes {
		m, ok = parseDigits(minutes, 2)
	}
	at := h*60 + m
	return at, ok && m < 60 && at <= minutesADay
}

func parseDigits(text string, least int) (int, bool) {
	if len(text) < least || len(text) > 2 || strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// String writes the window as ParseWindow reads it: "Mon-Sat 09:00-20:00".
func (w Window) String() string {
	var parts []string
	for _, s := range w.spans {
		text := fmt.Sprintf("%s-%s", timeOfDay(s.from), timeOfDay(s.to))
		if days := s.dayNames(); days != "" {
			text = days + " " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

func timeOfDay(minutes int) string {
	if minutes > minutesADay {
		minutes -= minutesADay
	}
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

// dayNames names the days from Monday on, with three or more in a row as a range; "" for every day.
func (s span) dayNames() string {
	var parts []string
	for i := 0; i < 7; {
		last := i
		for last < 7 && s.days[(last+1)%7] {
			last++
		}
		switch length := last - i; {
		case length == 7:
			return ""
		case length >= 3:
			parts = append(parts, dayName(i)+"-"+dayName(last-1))
		default:
			for day := i; day < last; day++ {
				parts = append(parts, dayName(day))
			}
		}
		i = last + 1
	}
	return strings.Join(parts, ",")
}

// dayName names a day counted from Monday.
func dayName(day int) string { return time.Weekday((day + 1) % 7).String()[:3] }

// open reports whether the window is open at a time, by the clock of the time's own zone.
func (w Window) open(at time.Time) bool {
	minute := at.Hour()*60 + at.Minute()
	today := at.Weekday()
	return slices.ContainsFunc(w.spans, func(s span) bool {
		return s.days[today] && s.from <= minute && minute < s.to ||
			s.days[(today+6)%7] && minute+minutesADay < s.to
	})
}
