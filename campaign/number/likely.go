package number

import (
	"cmp"
	"slices"

	"github.com/nyaruka/phonenumbers"
)

// LikelyCountry is a country in which national numbers may be meant.
type LikelyCountry struct {
	Country string  // ISO 3166
	Share   float64 // of the numbers that are valid there
	Told    bool    // by the language, or by other numbers beside these
}

// Bounds of the look for a country: how many numbers tell it, and how many countries are told.
const (
	likelySample = 40
	mostLikely   = 3
	// fewestValid is the share of numbers that have to be mobiles in a country for it to be meant, fewestTold in the one that
	// is told otherwise.
	fewestValid = 0.7
	fewestTold  = 0.5
)

// countriesOf are the countries of languages whose people write national numbers, the usual ones first; further countries
// come behind them.
var countriesOf = map[string][]string{
	"fr": {"FR", "BE", "CH", "CA", "LU", "MA", "SN", "CI", "TN", "DZ", "CM", "RE", "GP", "MQ", "GF"},
	"es": {"ES", "MX", "AR", "CO", "CL", "PE"},
	"de": {"DE", "AT", "CH", "LU"},
	"it": {"IT", "CH"},
	"pt": {"PT", "BR", "AO", "MZ"},
	"nl": {"NL", "BE"},
}

var usualCountries = []string{"FR", "BE", "CH", "LU", "ES", "IT", "DE", "NL", "PT", "GB", "AT", "IE", "US", "CA", "MA", "SN", "CI", "TN", "DZ", "CM",
	"RE", "GP", "MQ", "GF", "MX", "BR", "AR", "CO", "CL", "PE", "AO", "MZ", "PL", "SE", "DK", "NO", "FI", "GR", "RO", "CZ", "HU"}

// LikelyCountries tells where national numbers may be meant, the likeliest first, at most three; none where that cannot be
// told. languages are those of who wrote them, beside are the countries of numbers that stand beside them with their code,
// or that a column names; both may be empty.
func LikelyCountries(cells, languages, beside []string) (likely []LikelyCountry) {
	var digits []string
	for _, cell := range cells {
		if text := tidy(cell); len(cell) <= longestCell && onlyDialling(text) {
			if d, international := dialled(text); !international && len(d) >= fewestDigits {
				digits = append(digits, d)
			}
		}
		if len(digits) == likelySample {
			break
		}
	}
	if len(digits) == 0 {
		return nil
	}
	told := mostOf(beside)
	var spoken []string
	for _, language := range languages {
		spoken = append(spoken, countriesOf[language]...)
	}
	all := usualCountries
	if told != "" && !slices.Contains(all, told) && ValidCountry(told) {
		all = append([]string{told}, all...)
	}
	for _, country := range all {
		if share := mobileIn(digits, country); share >= fewestValid || country == told && share >= fewestTold {
			likely = append(likely, LikelyCountry{country, share, country == told || told == "" && slices.Contains(spoken, country)})
		}
	}
	rank := func(c LikelyCountry) int {
		if at := slices.Index(spoken, c.Country); c.Country != told && at >= 0 {
			return 1 + at
		} else if c.Country != told {
			return 1_000
		}
		return 0
	}
	slices.SortStableFunc(likely, func(a, b LikelyCountry) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Share, a.Share))
	})
	return likely[:min(len(likely), mostLikely)]
}

// mostOf is what most of the texts are; "" where no text is most of them.
func mostOf(all []string) string {
	counts := map[string]int{}
	for _, one := range all {
		if counts[one]++; counts[one]*2 > len(all) {
			return one
		}
	}
	return ""
}

// mobileIn is the share of national numbers that are mobiles in a country.
func mobileIn(digits []string, country string) float64 {
	valid := 0
	for _, d := range digits {
		if found := read(d, country); found.valid && found.in(country) && found.mobile() && phonenumbers.IsValidNumberForRegion(found.explained().parsed, country) {
			valid++
		}
	}
	return float64(valid) / float64(len(digits))
}
