package reports

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Mode says whether messages reach people. Every screen says it.
type Mode string

// The modes.
const (
	Live    Mode = "LIVE"
	Sandbox Mode = "SANDBOX"
)

// screenWidth is how many columns a screen uses. Only paths and commands that cannot be broken are longer.
const screenWidth = 80

// terminalEscape is a CSI sequence, a string sequence (OSC, DCS, APC, PM, SOS) with what it carries, or another escape.
var terminalEscape = regexp.MustCompile("(?s)\x1b(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[ " +
	"-/]*[0-~])|\u009b[0-?]*[ -/]*[@-~]")

var lineBreak = regexp.MustCompile("\r\n|[\r\n\v\f\u0085\u2028\u2029]")

// Clean makes a text from outside safe for a terminal: it removes terminal escapes, control characters and characters
// that change the direction of writing or cannot be seen, shows line breaks as "⏎" and tabs as a space, replaces what is
// not UTF-8, and thins out heaps of accents. A text that is clean already is returned as it is.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = terminalEscape.ReplaceAllString(s, "")
	s = lineBreak.ReplaceAllString(s, "⏎")
	marks := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			r = ' '
		case unicode.IsControl(r), isInvisible(r):
			return -1
		}
		if marks++; runeColumns(r) > 0 {
			marks = 0
		}
		if marks > mostMarks {
			return -1
		}
		return r
	}, s)
}

// mostMarks is how many characters without a width may follow one another. No script needs as many; more would be drawn
// over the lines around, and count for nothing where a text is shortened.
const mostMarks = 8

// isInvisible reports whether a character only steers how others are shown. The joiners stay, since emoji and the words
// of some languages are made with them, and so do the Arabic signs of that class, which can be seen.
func isInvisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point) && r != '\u200c' && r != '\u200d' &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// visible is Clean for the values of cells: what cannot be read is shown as "\uFFFD", where Clean takes it away.
func visible(s string) string {
	if isPlain(s) {
		return s
	}
	return Clean(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' && !lineBreak.MatchString(string(r)) {
			return '\uFFFD'
		}
		return r
	}, s))
}

// marked is visible with a sign for every character that looks like another or like none: tabs, spaces that are no
// ordinary ones, and what has no width.
func marked(s string) string {
	if isPlain(s) {
		return s
	}
	var out strings.Builder
	for _, r := range withTabs(s) {
		switch {
		case r != ' ' && unicode.Is(unicode.Zs, r):
			out.WriteRune('␣')
		case isInvisible(r):
			fmt.Fprintf(&out, "<U+%04X>", r)
		default:
			out.WriteRune(r)
		}
	}
	return visible(out.String())
}

// withTabs shows tabs as "⇥", as line breaks are shown as "⏎".
func withTabs(s string) string { return strings.ReplaceAll(s, "\t", "⇥") }

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// columnsOf returns how many terminal columns a clean text takes.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// shorten cuts a clean text to so many columns, with an ellipsis in place of the rest.
func shorten(s string, columns int) string {
	if columnsOf(s) <= columns {
		return s
	}
	used := 0
	for i, r := range s {
		if used += runeColumns(r); used > columns-1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}

// pad fills a clean text up with spaces to so many columns.
func pad(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-columnsOf(s)))
}

// padLeft is pad with the spaces in front.
func padLeft(s string, columns int) string {
	return strings.Repeat(" ", max(0, columns-columnsOf(s))) + s
}

// wrap breaks a clean text into lines of at most so many columns, at spaces; a longer word has a line of its own.
func wrap(text string, columns int) []string { return wrapWords(strings.Fields(text), columns) }

// wrapWords is wrap for words that may have spaces in them, where no line is to break.
func wrapWords(words []string, columns int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range words {
		n := columnsOf(word)
		if line != "" && used+1+n > columns {
			lines = append(lines, line)
			line, used = "", 0
		}
		if line != "" {
			line += " "
			used++
		}
		line += word
		used += n
	}
	return append(lines, line)
}

// quoted is a text from outside as a part of a sentence: clean, in quotes, and not longer than a line.
func quoted(s string) string { return `"` + shorten(Clean(s), 60) + `"` }
