package number

import "strings"

// FrenchRule is the API's cleanForCountry "FR", to the letter of its
// documentation: strip what is no digit, strip one leading 0, put 33 in front
// if it is missing. It asks nothing of the result, and so ruins numbers: it is
// here to tell users what the server would have done, and for tests.
func FrenchRule(raw string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, raw)
	digits = strings.TrimPrefix(digits, "0")
	if !strings.HasPrefix(digits, "33") {
		digits = "33" + digits
	}
	return digits
}

// ServerRuleKeeps says that the server's rule leaves these digits as they are,
// so that a request may carry cleanForCountry without harm.
func ServerRuleKeeps(digits string) bool { return FrenchRule(digits) == digits }
