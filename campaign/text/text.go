// Package text makes texts from outside safe to show, and measures and shortens them as a terminal and a person see them. It
// knows nothing of the project.
package text

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// terminalEscape is a CSI sequence, a string sequence (OSC, DCS, APC, PM, SOS) with what it carries, or another escape.
var terminalEscape = Pattern("(?s)\x1b(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[ " +
	"-/]*[0-~])|\u009b[0-?]*[ -/]*[@-~]")

// LineBreak is whatever ends a line somewhere.
var LineBreak = Pattern("\r\n|[\r\n\v\f\u0085\u2028\u2029]")

// IsScientific reports whether a text is a number in scientific notation (3,36E+10), by which a spreadsheet shortens it: its last
// digits are lost.
func IsScientific(s string) bool {
	rest, whole := cutDigits(cutSign(strings.TrimSpace(s)))
	if !whole {
		return false
	}
	if rest != "" && (rest[0] == '.' || rest[0] == ',') {
		var fraction bool
		if rest, fraction = cutDigits(rest[1:]); !fraction {
			return false
		}
	}
	if rest == "" || rest[0] != 'e' && rest[0] != 'E' {
		return false
	}
	rest, power := cutDigits(cutSign(rest[1:]))
	return power && rest == ""
}

func cutSign(s string) string {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		return s[1:]
	}
	return s
}

// cutDigits cuts the digits at the beginning of a text, if there are any.
func cutDigits(s string) (rest string, found bool) {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return s[n:], n > 0
}

// lineEnd is what ends a line for people, in a text that a program has saved.
var lineEnd = Pattern("\r*\n|\r|[\u2028\u2029]")

// Lines is a text in which every line ends with LF alone.
func Lines(s string) string {
	if !strings.ContainsAny(s, "\r\u2028\u2029") {
		return s
	}
	return lineEnd().ReplaceAllString(s, "\n")
}

// Clean makes a text from outside safe for a terminal: it removes terminal escapes, control characters and characters
// that change the direction of writing or cannot be seen, shows line breaks as "⏎" and tabs as a space, replaces what is
// not UTF-8, and thins out heaps of accents. A text that is clean already is returned as it is.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = terminalEscape().ReplaceAllString(s, "")
	s = LineBreak().ReplaceAllString(s, "⏎")
	marks := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			r = ' '
		case unicode.IsControl(r), IsInvisible(r):
			return -1
		}
		if marks++; RuneColumns(r) > 0 {
			marks = 0
		}
		if marks > MostMarks {
			return -1
		}
		return r
	}, s)
}

// MostMarks is how many characters without a width may follow one another. No script needs as many; more would be drawn
// over the lines around, and count for nothing where a text is shortened.
const MostMarks = 8

// IsInvisible reports whether a character only steers how others are shown. The joiners stay, since emoji and the words
// of some languages are made with them, and so do the Arabic signs of that class, which can be seen.
func IsInvisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point) && r != '\u200c' && r != '\u200d' &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// Visible is Clean for the values of cells: what cannot be read is shown as "\uFFFD", where Clean takes it away.
func Visible(s string) string {
	if isPlain(s) {
		return s
	}
	return Clean(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' && !LineBreak().MatchString(string(r)) {
			return '\uFFFD'
		}
		return r
	}, s))
}

// Marked is Visible with a sign for every character that looks like another or like none: tabs, spaces that are no
// ordinary ones, and what has no width.
func Marked(s string) string {
	if isPlain(s) {
		return s
	}
	var out strings.Builder
	for _, r := range WithTabs(s) {
		switch {
		case r != ' ' && unicode.Is(unicode.Zs, r):
			out.WriteRune('␣')
		case IsInvisible(r):
			fmt.Fprintf(&out, "<U+%04X>", r)
		default:
			out.WriteRune(r)
		}
	}
	return Visible(out.String())
}

// WithTabs shows tabs as "⇥", as line breaks are shown as "⏎".
func WithTabs(s string) string { return strings.ReplaceAll(s, "\t", "⇥") }

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Columns returns how many terminal columns a clean text takes.
func Columns(s string) int {
	n := 0
	for _, r := range s {
		n += RuneColumns(r)
	}
	return n
}

// RuneColumns is how many columns a character takes: 0, 1 or 2.
func RuneColumns(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Shorten cuts a clean text to so many columns, with an ellipsis in place of the rest.
func Shorten(s string, columns int) string {
	if Columns(s) <= columns {
		return s
	}
	used := 0
	for i, r := range s {
		if used += RuneColumns(r); used > columns-1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}
