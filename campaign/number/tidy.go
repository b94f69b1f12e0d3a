package number

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fewestDigits is how many digits a text has to have before it is looked at as
// a number with something wrong; below, it is no number at all ("n/a", "#REF!").
const fewestDigits = 6

// separators may stand inside of a number.
const separators = " .-/()[],;:'_\""

// tidy writes a cell in ASCII where it means ASCII: digits of any script, plus
// and dashes of any kind, spaces of any kind as a blank, nothing invisible. It
// takes off what spreadsheets and address books put around a number.
func tidy(raw string) string {
	text := raw
	if !isPlain(raw) {
		text = strings.Map(plain, raw)
	}
	text = strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(text, `="`); ok {
		text = strings.TrimSuffix(inner, `"`)
	}
	text = strings.TrimSpace(strings.TrimLeft(text, "'\" "))
	if international, ok := linked(text); ok {
		return international
	}
	text = withoutLabels(text)
	return withoutExcelDecimals(strings.TrimRight(text, " ,;'\""))
}

// isPlain reports whether a text holds no character but those of ASCII that can be printed.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// plain maps one character; -1 drops it.
func plain(r rune) rune {
	switch {
	case r < 0x80 && r > 0x20 && r != 0x7f:
		return r
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Nd, r):
		return '0' + digitValue(r)
	case unicode.Is(unicode.Pd, r), r == '\u2212', r == '\u2043':
		return '-'
	case r == '\uff0b', r == '\ufe62':
		return '+'
	case r == '\uff08':
		return '('
	case r == '\uff09':
		return ')'
	case r == '\u2018', r == '\u2019', r == '\u02bc', r == '\uff07':
		return '\''
	case r == '\uff0e', r == '\u00b7', r == '\u2022', r == '\u2024':
		return '.'
	case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Mn, unicode.Me):
		return -1
	}
	return r
}

// digitValue gives what a decimal digit of any script is worth. Unicode keeps
// the ten digits of a script together and in order, and each range of Nd starts
// with a zero.
func digitValue(r rune) rune {
	for _, span := range unicode.Nd.R16 {
		if rune(span.Lo) <= r && r <= rune(span.Hi) {
			return (r - rune(span.Lo)) % 10
		}
	}
	for _, span := range unicode.Nd.R32 {
		if rune(span.Lo) <= r && r <= rune(span.Hi) {
			return (r - rune(span.Lo)) % 10
		}
	}
	return 0
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

func hasLetter(text string) bool {
	for i := range len(text) {
		if b := text[i]; b >= utf8.RuneSelf {
			return strings.ContainsFunc(text[i:], unicode.IsLetter)
		} else if lower := b | ' '; 'a' <= lower && lower <= 'z' {
			return true
		}
	}
	return false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// holdsTwo says that a cell holds more than one number. libphonenumber would
// take the first and say nothing of the second.
func (r Rules) holdsTwo(text string) bool {
	parts, runs := 0, 0
	for i, inPart, inRun := 0, 0, 0; i < len(text); i++ {
		if isDigit(text[i]) {
			if inPart++; inPart == 7 {
				parts++
			}
			if inRun++; inRun == 8 {
				runs++
			}
			continue
		}
		inRun = 0
		if n := separatorAt(text[i:]); n > 0 {
			inPart, i = 0, i+n-1
		}
	}
	if parts >= 2 || runs >= 2 {
		return true
	}
	if first := strings.IndexByte(text, '+'); first >= 0 {
		second := strings.LastIndexByte(text, '+')
		if countDigits(text[first:second]) >= 7 && countDigits(text[second:]) >= 7 {
			return true
		}
	}
	return r.fallsApart(text)
}

// fallsApart says that a text has too many digits for one number, and is two
// valid ones when it is cut at some gap: "06 12 34 56 78 06 98 76 54 32".
func (r Rules) fallsApart(text string) bool {
	total := countDigits(text)
	if total < 16 || total > 32 || strings.ContainsFunc(text, unicode.IsLetter) {
		return false
	}
	for i := range len(text) {
		left, right := text[:i], text[i:]
		if isDigit(text[i]) || countDigits(left) < 7 || countDigits(right) < 7 ||
			countDigits(left) > 15 || countDigits(right) > 15 {
			continue
		}
		if r.fix(left) != "" && r.fix(right) != "" {
			return true
		}
	}
	return false
}

// onlyDialling says that a text is made of digits and separators, with at most
// one "+" before the first digit.
func onlyDialling(text string) bool {
	digits, plus := 0, 0
	for _, r := range text {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r == '+':
			plus++
			if digits > 0 || plus > 1 {
				return false
			}
		case r >= utf8.RuneSelf || strings.IndexByte(separators, byte(r)) < 0:
			return false
		}
	}
	return true
}

// dialled gives the digits to dial, and whether they start with a country code.
func dialled(text string) (digits string, international bool) {
	return withoutDoubleZero(text, string(appendDigits(nil, text)))
}

func appendDigits(digits []byte, text string) []byte {
	for i := range len(text) {
		if isDigit(text[i]) {
			digits = append(digits, text[i])
		}
	}
	return digits
}

// withoutDoubleZero gives the digits of a text to dial, and whether they start with a country code: after a "+" or after 00,
// which no country's national numbers start with.
func withoutDoubleZero(text, all string) (digits string, international bool) {
	if strings.Contains(text, "+") {
		return all, true
	}
	return strings.CutPrefix(all, "00")
}
