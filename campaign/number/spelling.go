package number

import "slices"

// Canonical gives one spelling for each WhatsApp account, to compare numbers by; it is not to be messaged. Brazilian
// mobiles lose their ninth digit, Mexican numbers the 1 after 52, Argentinian ones the 9 after 54, and numbers of an old
// plan become those that have replaced them. Other digits are given back as they are.
func Canonical(digits string) string { return Rules{}.Canonical(digits) }

// Canonical is the package's Canonical as the rules of the version had it: a campaign's people are compared by one and the
// same. Version 1 knew of no old plans.
func (r Rules) Canonical(digits string) string {
	if r.version() > 1 {
		if now := renumbered(digits); now != "" {
			return now
		}
	}
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

// Forms gives every canonical form that any version of the rules has had for the account of these digits, in any
// spelling; today's comes first. What records keep by a canonical form is looked for under all of them.
func Forms(digits string) []string {
	now := Canonical(digits)
	forms := []string{now}
	for _, spelling := range []string{digits, beforeRenumbering(now)} {
		if form := (Rules{Version: 1}).Canonical(spelling); form != "" && !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	return forms
}

// Spellings gives all digits under which the account may have been messaged, those given first.
func Spellings(digits string) []string {
	forms := Forms(digits)
	if len(forms) == 1 && forms[0] == digits && expanded(digits) == nil {
		return forms
	}
	spellings := []string{digits}
	for _, form := range forms {
		for _, spelling := range append(expanded(form), form) {
			if !slices.Contains(spellings, spelling) {
				spellings = append(spellings, spelling)
			}
		}
	}
	return spellings
}

// expanded gives the longer spellings that a canonical form may stand for: Brazil's with the ninth digit, Mexico's with the
// 1, Argentina's with the 9.
func expanded(canonical string) []string {
	if len(canonical) != 12 {
		return nil
	}
	switch canonical[:2] {
	case "55":
		if canonical[4] >= '6' {
			return []string{canonical[:4] + "9" + canonical[4:]}
		}
	case "52":
		return []string{"521" + canonical[2:]}
	case "54":
		return []string{"549" + canonical[2:]}
	}
	return nil
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
