package number

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// quantity is a text that a spreadsheet may mean as an amount: [+-]1234[.,]56.
type quantity struct {
	sign            byte // 0 where there is none
	whole, decimals string
	point           bool // there is one, or a comma; decimals may be missing
}

func quantityOf(text string) (q quantity, ok bool) {
	if text != "" && (text[0] == '+' || text[0] == '-') {
		q.sign, text = text[0], text[1:]
	}
	q.whole, text = cutDigits(text)
	if q.point = text != "" && (text[0] == '.' || text[0] == ','); q.point {
		q.decimals, text = cutDigits(text[1:])
	}
	return q, q.whole != "" && text == ""
}

// cutDigits cuts a text behind the digits in front.
func cutDigits(text string) (digits, rest string) {
	n := 0
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	return text[:n], text[n:]
}

func (q quantity) isWhole() bool { return q.decimals != "" && strings.Trim(q.decimals, "0") == "" }

// isFraction matches a quantity between whole ones; 06.12345678 is a phone number.
func isFraction(text string) bool {
	q, ok := quantityOf(text)
	return ok && q.decimals != "" && (q.whole == "0" || len(q.whole) >= 7 && len(q.decimals) <= 2)
}

// eitherWords stand between two numbers, of which the second may be its last digits alone.
var eitherWords = []string{"ou", "or", "et", "and", "oder", "und", "o", "y", "e", "of", "en", "puis", "then"}

// isEither matches 0612345678 ou 83.
func isEither(text string) bool {
	words := strings.Fields(strings.ReplaceAll(text, "/", " "))
	for i, word := range words {
		if i == 0 || i == len(words)-1 || !slices.Contains(eitherWords, strings.ToLower(word)) {
			continue
		}
		before, after := strings.Join(words[:i], ""), strings.Join(words[i+1:], "")
		return countDigits(before) >= fewestDigits && countDigits(after) >= 2 && !hasLetter(before) && !hasLetter(after)
	}
	return false
}

// isScientific matches 3.36E+10.
func isScientific(text string) bool {
	at := strings.IndexAny(text, "eE")
	if at < 0 {
		return false
	}
	_, ok := quantityOf(strings.ReplaceAll(text[:at], " ", ""))
	exponent, rest := cutDigits(strings.TrimPrefix(strings.ReplaceAll(text[at+1:], " ", ""), "+"))
	return ok && exponent != "" && rest == ""
}

// isComputed matches what a spreadsheet leaves of a number that it took for a calculation: below zero, and without a 0 in
// front. +33-612345678 becomes -612345645; +33-6-12-34-56-78 and 06-12-34-56-78 become -153 and -174.
func isComputed(text string) bool {
	q, ok := quantityOf(text)
	return ok && q.sign == '-' && len(q.whole) >= 2 && q.whole[0] != '0' && (!q.point || q.isWhole())
}

// withoutExcelDecimals takes off what a spreadsheet adds to a number that it took for a quantity. Only digits may precede:
// 06.12.34.56.00 is a phone number.
func withoutExcelDecimals(text string) string {
	if q, ok := quantityOf(text); ok && len(q.whole) >= fewestDigits && q.isWhole() {
		return text[:len(text)-len(q.decimals)-1]
	}
	return text
}

// isDate matches a day with its year, as a spreadsheet shows one: libphonenumber finds numbers in some.
func isDate(text string) bool {
	var fields [3]string
	var between [3]byte
	for i := range fields {
		if fields[i], text = cutDigits(text); text != "" && i < 2 {
			between[i], text = text[0], text[1:]
		}
	}
	a, b, c := fields[0], fields[1], fields[2]
	isDay := isWithin(a, 1, 31) && isWithin(b, 1, 31) && isYear(c) &&
		strings.IndexByte("./-", between[0]) >= 0 && strings.IndexByte("./-", between[1]) >= 0
	isISO := isYear(a) && len(b) == 2 && isWithin(b, 1, 12) && len(c) == 2 && isWithin(c, 1, 31) &&
		between[0] == '-' && between[1] == '-'
	return (isDay || isISO) && (text == "" || isTime(text))
}

// isTime matches what follows a date: " 9:30", "T09:30:00Z".
func isTime(text string) bool {
	if text[0] != ' ' && text[0] != 'T' {
		return false
	}
	hour, rest := cutDigits(text[1:])
	minute, _ := cutDigits(strings.TrimPrefix(rest, ":"))
	return len(hour) >= 1 && len(hour) <= 2 && strings.HasPrefix(rest, ":") && len(minute) >= 2
}

func isWithin(digits string, least, most int) bool {
	n := 0
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return len(digits) >= 1 && len(digits) <= 2 && least <= n && n <= most
}

func isYear(digits string) bool {
	return len(digits) == 4 && (digits[:2] == "19" || digits[:2] == "20")
}

// cutSuffixFold is strings.CutSuffix in either case.
func cutSuffixFold(text, word string) (rest string, found bool) {
	start := len(text)
	for range len(word) {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	if !strings.EqualFold(text[start:], word) {
		return text, false
	}
	return text[:start], true
}

// separatorAt is how long what stands at the beginning of a text is, if it sets two numbers apart. The slash and the comma
// also stand between the pairs of digits of one.
func separatorAt(text string) int {
	switch text[0] {
	case ';', ',', '|', '&', '/':
		return 1
	case ' ':
		if len(text) < 2 || isDigit(text[1]) {
			return 0
		}
		for _, word := range [...]string{"ou", "or", "et", "and", "y"} {
			if n := len(word); len(text) >= n+2 && text[n+1] == ' ' && strings.EqualFold(text[1:n+1], word) {
				return n + 2
			}
		}
	}
	return 0
}

// longestExtension is how many digits an extension has at the most.
const longestExtension = 7

// beforeExtension gives what precedes an extension, "" if there is none.
// libphonenumber would keep the number and drop the extension in silence.
func beforeExtension(text string) string {
	end := len(text)
	for end > 0 && isDigit(text[end-1]) {
		end--
	}
	if n := len(text) - end; n == 0 || n > longestExtension {
		return ""
	}
	labelled := strings.TrimRight(text[:end], " ")
	before, found := cutExtensionLabel(labelled)
	if !found || countDigits(before) == 0 {
		return ""
	}
	return strings.TrimRight(before, " ,;")
}

// cutExtensionLabel takes off the word or sign with which an extension begins.
func cutExtensionLabel(text string) (before string, found bool) {
	if text == "" || isDigit(text[len(text)-1]) {
		return "", false
	}
	switch text[len(text)-1] {
	case '#', 'x', 'X':
		return text[:len(text)-1], true
	case ',':
		return strings.CutSuffix(text, ",,")
	case '.', ':', '=':
		text = text[:len(text)-1]
	default:
		if before, found := cutSuffixFold(text, "poste"); found {
			return before, true
		}
	}
	if before, found := cutSuffixFold(text, "extension"); found {
		return before, true
	}
	return cutSuffixFold(text, "ext")
}
