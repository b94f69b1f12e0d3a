package number

import (
	"strconv"
	"strings"
)

// readings gives the numbers of the rules' country that a computed cell may have been, at the most two: its digits without
// the minus, and those to which the country's code is added again. Which of them it was, only the source tells.
func (r Rules) readings(text string) (found [2]string) {
	if !isComputed(text) {
		return found
	}
	digits, _, _ := strings.Cut(strings.ReplaceAll(text[1:], ",", "."), ".")
	found[0] = r.fix(digits)
	code, err := strconv.Atoi(DiallingCode(r.Country))
	result, tooLong := strconv.Atoi(digits)
	if err != nil || tooLong != nil {
		return found
	}
	subtracted := read(strconv.Itoa(code)+strconv.Itoa(result+code), "")
	if subtracted.valid {
		found[1] = "+" + subtracted.digits()
	}
	if found[0] == "" {
		found[0], found[1] = found[1], ""
	}
	return found
}
