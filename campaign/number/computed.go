package number

import (
	"regexp"
	"strconv"
	"strings"
)

// computed matches what a spreadsheet leaves of a number that it took for a calculation: below zero, and without a 0 in
// front. +33-612345678 becomes -612345645; +33-6-12-34-56-78 and 06-12-34-56-78 become -153 and -174.
var computed = regexp.MustCompile(`^-[1-9]\d+(?:[.,]0+)?$`)

// readings gives the numbers of the rules' country that a computed cell may have been, at the most two: its digits without
// the minus, and those to which the country's code is added again. Which of them it was, only the source tells.
func (r Rules) readings(text string) (found [2]string) {
	if !computed.MatchString(text) {
		return found
	}
	digits, _, _ := strings.Cut(strings.ReplaceAll(text[1:], ",", "."), ".")
	found[0] = r.fix(digits)
	code, err := strconv.Atoi(DiallingCode(r.Country))
	result, tooLong := strconv.Atoi(digits)
	if err != nil || tooLong != nil {
		return found
	}
	subtracted := read("+"+strconv.Itoa(code)+strconv.Itoa(result+code), "")
	if subtracted.valid {
		found[1] = "+" + subtracted.digits
	}
	if found[0] == "" {
		found[0], found[1] = found[1], ""
	}
	return found
}
