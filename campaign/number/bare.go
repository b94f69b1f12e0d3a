package number

import "strings"

// Bare returns the digits of a cell that begins neither with +, nor with 00, nor with the 0 of a national form: whether
// they begin with a country's code is not said. "" for any other cell.
func Bare(raw string) string {
	if len(raw) > longestCell || raw == "" || raw[0] == '0' || raw[0] == '+' {
		return ""
	}
	text := tidy(raw)
	first := strings.IndexFunc(text, isASCIIDigit)
	switch {
	case first < 0, text[first] == '0', text[0] == '-', strings.Contains(text, "+"):
		return ""
	case countDigits(text) < fewestDigits, !onlyDialling(text):
		return ""
	case countDigits(text) == len(text):
		return text
	}
	return string(appendDigits(nil, text))
}

// Dialled returns the digits of a cell that holds nothing but digits and what stands between them, and no +; "" for any
// other cell.
func Dialled(raw string) string {
	if len(raw) > longestCell {
		return ""
	}
	text := tidy(raw)
	if text == "" || strings.Contains(text, "+") || !onlyDialling(text) || countDigits(text) < fewestDigits {
		return ""
	}
	return onlyOf(text, isASCIIDigit)
}

// International reads digits with a country code in front; ok is false where they make no valid number, and where that
// lacks an area that the library would add.
func International(digits string) (n Number, ok bool) {
	if !mayBeInternational(digits) {
		return Number{}, false
	}
	found := read(digits, "").twin()
	if !found.valid || len(found.digits()) > len(digits) {
		return Number{}, false
	}
	n, fault := found.number()
	return n, fault == nil
}

// mayBeInternational tells cheaply, by code and length, most digits that make no international number.
func mayBeInternational(digits string) bool {
	main, length := callingCode(digits)
	return main != nil && len(digits) <= mostRead && main.follow&(1<<(len(digits)-length)) != 0
}
