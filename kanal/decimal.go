package kanal

import (
	"encoding/json"
	"strconv"
	"strings"
)

// decimal is a number that is not negative, as JSON or a library that went
// through floating point writes one: 987654, 987654.0, 9.87654e5, 3.3612E+10.
var decimal = pattern(`^\+?([0-9]+)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?$`)

const (
	longestNumber = 200 // digits of an identifier
	exactDigits   = 15  // that every floating-point number of 64 bits keeps
)

// wholeNumber writes a positive whole number in plain digits, exactly, however
// it is spelled; empty for any other text. told is how many of the digits the
// text gives itself: its exponent stands for the rest, which are zeros.
func wholeNumber(text string) (digits string, told int) {
	parts := decimal().FindStringSubmatch(text)
	if parts == nil {
		return "", 0
	}
	exponent, _ := strconv.Atoi(parts[3]) // empty is none
	exponent -= len(parts[2])
	digits = strings.TrimLeft(parts[1]+parts[2], "0")
	if exponent < 0 {
		cut := max(len(digits)+exponent, 0)
		if strings.Trim(digits[cut:], "0") != "" {
			return "", 0
		}
		digits, exponent = digits[:cut], 0
	}
	if digits == "" || len(digits)+exponent > longestNumber {
		return "", 0
	}
	return digits + strings.Repeat("0", exponent), len(digits)
}

// saidNumber is the phone number of an answer, as text: a JSON string as it is,
// a number, or a string with an exponent, in plain digits. It is empty for what
// names none, and for a number that was rounded.
type saidNumber string

// UnmarshalJSON never fails.
func (n *saidNumber) UnmarshalJSON(raw []byte) error {
	*n = ""
	var text string
	isText := json.Unmarshal(raw, &text) == nil
	if isText && !strings.ContainsAny(text, "eE") {
		*n = saidNumber(text)
		return nil
	}
	if !isText {
		text = string(raw)
	}
	// Fewer are what a precision for physicists (%g, a float of 32 bits) leaves.
	const precise = 10
	digits, told := wholeNumber(strings.TrimSpace(text))
	switch {
	case digits != "" && (told == len(digits) || told >= precise):
		*n = saidNumber(digits)
	case digits == "" && isText:
		*n = saidNumber(text)
	}
	return nil
}
