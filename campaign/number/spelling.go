package number

// Canonical gives one spelling for each WhatsApp account, to compare numbers
// by; it is not to be messaged. Brazilian mobiles lose their ninth digit,
// Mexican numbers the 1 after 52, Argentinian ones the 9 after 54. Other digits
// are given back as they are.
func Canonical(digits string) string {
	if len(digits) != 13 {
		return digits
	}
	switch {
	case digits[:2] == "55" && digits[4] == '9':
		return digits[:4] + digits[5:]
	case digits[:3] == "521", digits[:3] == "549":
		return digits[:2] + digits[3:]
	}
	return digits
}

// otherSpelling gives the spelling that libphonenumber's metadata knows for one
// that it does not: Mexico without the 1, Brazil with the ninth digit. It gives
// "" for other digits. (Argentina's two are both in the metadata.)
func otherSpelling(digits string) string {
	switch {
	case len(digits) == 13 && digits[:3] == "521":
		return Canonical(digits)
	case len(digits) == 12 && digits[:2] == "55" && digits[4] >= '6':
		return digits[:4] + "9" + digits[4:]
	}
	return ""
}

// hasTwoSpellings says that n's account may be written in two ways. Brazil's
// fixed lines cannot: only mobiles have got a ninth digit.
func hasTwoSpellings(n Number) bool {
	switch n.Region {
	case "MX", "AR":
		return true
	case "BR":
		return !n.FixedLine
	}
	return false
}
