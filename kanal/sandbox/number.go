package sandbox

import "strings"

// storedNumber is what the server makes of a number: its digits, under its
// own literal rule for France. The API page: strip one leading 0, then prefix
// 33 if the number does not start with it. Done blindly, as the server does
// it, the rule mangles foreign numbers.
func storedNumber(number, cleanForCountry string) string {
	digits := onlyDigits(number)
	if cleanForCountry == "FR" {
		digits = strings.TrimPrefix(digits, "0")
		if !strings.HasPrefix(digits, "33") {
			digits = "33" + digits
		}
	}
	return digits
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// isPossible judges by length alone, as a possible number is judged.
func isPossible(digits string) bool { return len(digits) >= 8 && len(digits) <= 15 }
