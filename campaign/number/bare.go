package number

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// Bare returns the digits of a cell that begins neither with +, nor with 00, nor with the 0 of a national form: whether
// they begin with a country's code is not said. "" for any other cell.
func Bare(raw string) string {
	if len(raw) > longestCell {
		return ""
	}
	text := tidy(raw)
	digits, international := dialled(text)
	if international || len(digits) < fewestDigits || digits[0] == '0' || !onlyDialling(text) || text[0] == '-' {
		return ""
	}
	return digits
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
	found := read("+"+digits, "").twin()
	if !found.valid || len(found.digits) > len(digits) {
		return Number{}, false
	}
	n, fault := found.number()
	return n, fault == nil
}

// longestTrunk is how many digits of a national form may stand after a country's code and count for nothing: +33 (0)6, a
// carrier's code.
const longestTrunk = 5

// mayBeInternational tells cheaply, by code and length, most digits that make no international number.
func mayBeInternational(digits string) bool {
	for length := 1; length <= 3 && length < len(digits); length++ {
		if lengths, known := callingCodes()[digits[:length]]; known {
			left := len(digits) - length
			return len(lengths) == 0 || slices.ContainsFunc(lengths, func(n int) bool { return n <= left && left <= n+longestTrunk })
		}
	}
	return false
}

// callingCodes are, by calling code, the lengths of the numbers that have it; none where any length may be.
var callingCodes = sync.OnceValue(func() map[string][]int {
	codes := map[string][]int{}
	metadata, err := phonenumbers.MetadataCollection()
	if err != nil { // it is embedded, and was read when the program began
		return codes
	}
	for _, region := range metadata.GetMetadata() {
		code := strconv.Itoa(int(region.GetCountryCode()))
		for _, length := range region.GetGeneralDesc().GetPossibleLength() {
			codes[code] = append(codes[code], int(length))
		}
	}
	for _, code := range []string{"52", "55"} { // which have numbers in two spellings
		codes[code] = nil
	}
	return codes
})
