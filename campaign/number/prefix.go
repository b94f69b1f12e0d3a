package number

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// formerPrefixes are what was dialled before a country's own numbers until its plan dropped it, by country. Only what the
// metadata does not know (national_prefix_for_parsing) stands here.
// Source: Mexico's plan of 3 August 2019 (IFT), which dropped 01 (long distance), 044 and 045 (to mobiles).
var formerPrefixes = map[string][]string{
	"MX": {"044", "045", "01"},
}

// withoutFormerPrefix gives the international digits of a number that was written with a prefix that its country has
// dropped, or with a 0 where it dials none, before the national number or between it and the country's code; "" for any
// other.
func withoutFormerPrefix(digits string, country *numbering) string {
	if country.region == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY {
		return ""
	}
	national := strings.TrimPrefix(digits, country.code)
	for _, prefix := range append(formerPrefixes[country.region], "0") {
		rest, ok := strings.CutPrefix(national, prefix)
		if !ok || rest == "" {
			continue
		}
		if found := read(country.code+rest, ""); found.valid && found.national == rest {
			return found.digits()
		}
	}
	return ""
}

// exitDigits is how many digits in front are those that a country dials for another country, as 011 in the United States.
func exitDigits(digits, country string) int {
	n := world().of(country)
	if n == nil {
		return 0
	}
	if n.buildPrefixes(); n.exit == nil {
		return 0
	}
	length, _ := n.exit.Match(digits)
	return max(0, length)
}
