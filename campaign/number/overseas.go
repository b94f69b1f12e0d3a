package number

import (
	"slices"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// frenchRegions are the countries that share France's national plan: nine digits after the 0, dialled alike in all of
// them, though the country codes differ. Which numbers are whose, libphonenumber's metadata tells.
// Source: the French numbering plan (Arcep).
var frenchRegions = []string{"FR", "RE", "YT", "GP", "BL", "MF", "GF", "MQ", "PM"}

// planDigits is how many digits a number of the French plan has after the 0.
const planDigits = 9

// frenchPlan tells, by the first three digits after the 0, which country codes have lines that begin so; of France itself,
// numbers of any kind. The others' service numbers and boxes (08, 09) are not told apart by the metadata.
var frenchPlan = sync.OnceValue(func() map[string][]string {
	plan := map[string][]string{}
	add := func(beginning, code string) {
		if !slices.Contains(plan[beginning], code) {
			plan[beginning] = append(plan[beginning], code)
		}
	}
	for _, id := range frenchRegions {
		region := world().of(id)
		if region == nil || !region.usable() { // the library could not have started
			continue
		}
		kinds := []phonenumbers.PhoneNumberType{phonenumbers.FIXED_LINE, phonenumbers.MOBILE}
		if id == "FR" {
			kinds = append(kinds, phonenumbers.VOIP, phonenumbers.TOLL_FREE, phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST,
				phonenumbers.UAN)
		}
		for _, beginning := range region.lines.Beginnings(bitsOf(kinds...), 3, planDigits) {
			add(beginning, region.code)
		}
		// A country whose own numbers are shorter has its code in front of them in the plan: 0508 55 12 34.
		if slices.Contains(region.metadata.GetGeneralDesc().GetPossibleLength(), int32(planDigits-len(region.code))) {
			add(region.code, region.code)
		}
	}
	return plan
})

// acrossTheSea reads the nine digits, without the 0, of a number that is dialled nationally in country but has another
// code: an overseas number in a French file, a metropolitan one in an overseas file. away reports whether it is one; far
// is not valid where the range is another country's, and the number in none of them.
//
// In a French file it is asked before the national reading, since 0596 and 0269 have come to be valid in metropolitan
// France too: there, the national form is a question, and the international one (+33 or +596) the answer. What several
// overseas countries could claim, as a line and not as a service, is none of theirs.
func acrossTheSea(national, country string) (far reading, away bool) {
	if len(national) != planDigits || !slices.Contains(frenchRegions, country) {
		return reading{}, false
	}
	home, codes := DiallingCode(country), frenchPlan()[national[:3]]
	if len(codes) == 0 || len(codes) == 1 && codes[0] == home {
		return reading{}, false
	}
	if own := read(home+national, ""); country != "FR" && own.valid {
		return reading{}, false
	}
	claims := 0
	for _, code := range codes {
		if code == "33" {
			continue
		}
		if there := inPlan(national, code, home); there.line() {
			far, claims = there, claims+1
		}
	}
	switch {
	case claims == 1:
		return far, true
	case claims == 0 && home != "33":
		if far = read("33"+national, ""); far.line() || far.valid && len(codes) == 1 {
			return far, true
		}
	}
	return reading{}, !slices.Contains(codes, home)
}

// inPlan reads nine digits of the French plan as those of a country code. At home, only what has the code in front already
// is worth a question.
func inPlan(national, code, home string) reading {
	if own, ok := strings.CutPrefix(national, code); ok {
		if short := read(code+own, ""); short.valid {
			return short
		}
	}
	if code == home {
		return reading{}
	}
	return read(code+national, "")
}

// underFrenchCode gives what stands after +33, without the 0; "" for digits without the code. The server's own rule puts
// overseas numbers there.
func underFrenchCode(digits string) (national string) {
	national, ok := strings.CutPrefix(digits, "33")
	if !ok {
		return ""
	}
	return strings.TrimPrefix(national, "0")
}

// overseas is the fault of a national number of nine digits that country's plan gives to another country; nil for any
// other, and where the rules are older than the range.
func (r Rules) overseas(national, country string) *Fault {
	far, away := acrossTheSea(national, country)
	if !away || r.version() == 1 && !wasAcrossTheSea(national, country) {
		return nil
	}
	fault := &Fault{Code: Overseas}
	if far.valid {
		fault.Country = far.region()
	}
	return fault
}

// fixOverseas gives the international form of digits that are Overseas, "" where it is not known whose they are.
func (r Rules) fixOverseas(digits string) string {
	far, _ := acrossTheSea(strings.TrimPrefix(digits, "0"), r.Country)
	if !far.valid {
		far, _ = acrossTheSea(underFrenchCode(digits), "FR")
	}
	if !far.valid {
		return ""
	}
	return r.fix("+" + far.digits())
}

// fixSamePlan gives the international form of digits that are ForeignDigits, where both countries share the French plan.
func (r Rules) fixSamePlan(digits string) string {
	if slices.Contains(frenchRegions, r.Country) && slices.Contains(frenchRegions, read(digits, "").region()) {
		return r.fix("+" + digits)
	}
	return ""
}
