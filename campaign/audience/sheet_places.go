package audience

import (
	"math"
	"strconv"
	"strings"
)

// inPlaces writes a whole number by a format that is nothing but places for digits and text around them, as phone numbers
// have them: +33 0 00 00 00 00. plain is false for any other format or number. The library takes digits in the text for
// places ("0041 "0).
func inPlaces(n float64, code string) (text string, plain bool) {
	if n < 0 || n >= 1e15 || n != math.Trunc(n) {
		return "", false
	}
	first, _, _ := strings.Cut(code, ";")
	parts, plain := placesOf(first)
	if !plain {
		return "", false
	}
	digits := strconv.FormatFloat(n, 'f', -1, 64)
	if digits == "0" {
		digits = ""
	}
	var shown []string // from the end
	for i := len(parts) - 1; i >= 0; i-- {
		switch part := parts[i]; {
		case part.text != "":
			shown = append(shown, part.text)
		case digits != "":
			shown = append(shown, digits[len(digits)-1:])
			digits = digits[:len(digits)-1]
		case part.always:
			shown = append(shown, "0")
		}
		if parts[i].first {
			shown = append(shown, digits)
		}
	}
	var all strings.Builder
	for i := len(shown) - 1; i >= 0; i-- {
		all.WriteString(shown[i])
	}
	return strings.TrimSpace(all.String()), true
}

// formatPart is a piece of text, or a place for a digit.
type formatPart struct {
	text   string
	always bool // a zero stands there where the number has no digit
	first  bool // the number's further digits stand before it
}

// placesOf takes a format apart that has nothing but text and places.
func placesOf(code string) (parts []formatPart, plain bool) {
	places := 0
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '0' || c == '#':
			parts = append(parts, formatPart{always: c == '0', first: places == 0})
			places++
		case c == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return nil, false
			}
			if end > 0 {
				parts = append(parts, formatPart{text: code[i+1 : i+1+end]})
			}
			i += end + 1
		case c == '\\' && i+1 < len(code) && code[i+1] < 0x80:
			i++
			parts = append(parts, formatPart{text: code[i : i+1]})
		case strings.IndexByte("+-() 123456789", c) >= 0:
			parts = append(parts, formatPart{text: code[i : i+1]})
		default:
			return nil, false
		}
	}
	return parts, places > 0
}
