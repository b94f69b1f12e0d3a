package number

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// The bounds of what the API takes; the upper one is E.164's.
const (
	shortest = 8
	longest  = 15
)

// reading is one way to understand digits.
type reading struct {
	parsed *phonenumbers.PhoneNumber
	digits string // country code first
	valid  bool
}

// read understands digits, with a "+" or by the national habits of country. It
// gives a reading that is not valid where nothing can be made of them.
func read(digits, country string) reading {
	parsed, err := phonenumbers.Parse(digits, country)
	if err != nil {
		return reading{}
	}
	return reading{
		parsed: parsed,
		digits: strings.TrimPrefix(phonenumbers.Format(parsed, phonenumbers.E164), "+"),
		valid:  phonenumbers.IsValidNumber(parsed),
	}
}

// twin gives the reading as valid where only its other WhatsApp spelling is: the
// metadata knows Mexico without the 1 and Brazil with the ninth digit, while
// WhatsApp itself writes many accounts the other way. The digits stay as they
// were written.
func (r reading) twin() reading {
	if r.parsed == nil || r.valid {
		return r
	}
	other := otherSpelling(r.digits)
	if other == "" {
		return r
	}
	if twin := read("+"+other, ""); twin.valid && twin.digits == other { // and not another number behind a prefix
		r.parsed, r.valid = twin.parsed, true
	}
	return r
}

// international reads digits that start with a country code.
func (r Rules) international(digits string) (Number, *Fault) {
	found := read("+"+digits, "").twin()
	if found.valid {
		return found.number()
	}
	if fault := r.overseas(underFrenchCode(digits), "FR"); fault != nil {
		return Number{}, fault
	}
	return r.notValid(found)
}

// zeroTooMany reports whether what follows 00 is a national number of the rules' country: then the first 0 may stand there
// twice, and no other country's code behind it.
func (r Rules) zeroTooMany(text, digits string) bool {
	return r.Country != "" && !strings.Contains(text, "+") && read(digits, r.Country).valid
}

// withoutCountry reads bare digits when no country is known: they have to be an
// international number.
func (r Rules) withoutCountry(digits string) (Number, *Fault) {
	found := read("+"+digits, "").twin()
	if strings.HasPrefix(digits, "0") || (!found.valid && len(digits) <= 10) {
		return Number{}, &Fault{Code: NoCountry}
	}
	return r.international(digits)
}

// national reads bare digits by the habits of the rules' country. What is valid
// nationally wins over a foreign number, and over the country's own code in
// front, except that a mobile wins over a fixed line there: in Germany
// 4915112345678 is both a mobile with its code and a fixed line without its 0.
func (r Rules) national(digits string) (Number, *Fault) {
	code := DiallingCode(r.Country)
	withCode := reading{}
	if strings.HasPrefix(digits, code) {
		withCode = read("+"+digits, "").twin()
	}
	if fault := r.overseas(strings.TrimPrefix(digits, "0"), r.Country); fault != nil && !withCode.valid {
		return Number{}, fault
	}
	home := r.atHome(digits)
	switch {
	case home.valid && withCode.valid && withCode.mobile() && !home.mobile():
		return withCode.number()
	case home.valid:
		return home.number()
	case withCode.valid:
		return withCode.number()
	}
	if !strings.HasPrefix(digits, "0") {
		abroad := read("+"+digits, "").twin()
		if abroad.valid || !strings.HasPrefix(digits, code) && r.superseded(abroad) != nil {
			return Number{}, &Fault{Code: ForeignDigits, Country: abroad.region()}
		}
	}
	if code == "33" {
		if fault := r.overseas(underFrenchCode(digits), "FR"); fault != nil {
			return Number{}, fault
		}
	}
	if withCode.parsed != nil && reasonOf(home) == TooLong {
		home = withCode // too long for a national number: it had its code
	}
	if home.parsed == nil {
		if fault := r.superseded(read("+"+code+digits, "")); fault != nil {
			return Number{}, fault
		}
	}
	return r.notValid(home)
}

// atHome reads bare digits by the habits of the rules' country. A number abroad, dialled as the country does it (011 in the
// United States), is one only behind three digits: of two, one may be the national number's own, with a 0 too many.
func (r Rules) atHome(digits string) reading {
	found := read(digits, r.Country).twin()
	if r.version() > 1 && found.parsed != nil && !found.in(r.Country) && exitDigits(digits, r.Country) < 3 {
		return reading{}
	}
	return found
}

// in reports whether the reading has the country's code.
func (r reading) in(country string) bool {
	return int(r.parsed.GetCountryCode()) == phonenumbers.GetCountryCodeForRegion(country)
}

// notValid gives the fault for a reading that is not valid, or the number where
// being possible is enough.
func (r Rules) notValid(found reading) (Number, *Fault) {
	found = found.withoutTrunkZero()
	reason := reasonOf(found)
	fault := r.superseded(found)
	if reason == Possible && r.AcceptPossible && (fault == nil || r.version() == 1) {
		number, fault := found.number()
		number.PossibleOnly = fault == nil && !found.valid // without its zeros it may be valid
		return number, fault
	}
	if fault == nil {
		fault = &Fault{Code: reason}
	}
	return Number{}, fault
}

// superseded is the fault of a reading that follows an old plan of its country, with the number that it stands for today; nil
// for any other.
func (r Rules) superseded(found reading) *Fault {
	if found.parsed == nil || found.valid {
		return nil
	}
	if fix := r.fix("+" + renumbered(found.digits)); fix != "" {
		return &Fault{Code: Renumbered, Country: found.region(), Fix: fix}
	}
	country := phonenumbers.GetRegionCodeForCountryCode(int(found.parsed.GetCountryCode()))
	if fix := r.fix("+" + withoutFormerPrefix(found.digits, country)); fix != "" {
		return &Fault{Code: FormerPrefix, Country: found.region(), Fix: fix}
	}
	return nil
}

// withoutTrunkZero drops the zero of the national form. libphonenumber keeps it
// where dropping it makes no valid number, and then takes 06 12 34 56 7 for a
// number of the right length.
func (r reading) withoutTrunkZero() reading {
	if r.parsed == nil {
		return r
	}
	code := int(r.parsed.GetCountryCode())
	region := phonenumbers.GetRegionCodeForCountryCode(code)
	subscriber := phonenumbers.GetNationalSignificantNumber(r.parsed)
	if phonenumbers.GetNddPrefixForRegion(region, true) != "0" || !strings.HasPrefix(subscriber, "0") {
		return r
	}
	return read("+"+strconv.Itoa(code)+strings.TrimLeft(subscriber, "0"), "")
}

// reasonOf says what is wrong with a reading that is not valid.
func reasonOf(r reading) Code {
	if r.parsed == nil {
		return Invalid
	}
	switch phonenumbers.IsPossibleNumberWithReason(r.parsed) {
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return TooShort
	case phonenumbers.TOO_LONG:
		return TooLong
	case phonenumbers.IS_POSSIBLE:
		return Possible
	}
	return Invalid
}

// number gives the reading as the API takes it.
func (r reading) number() (Number, *Fault) {
	switch {
	case len(r.digits) < shortest:
		return Number{}, &Fault{Code: TooShort}
	case len(r.digits) > longest:
		return Number{}, &Fault{Code: TooLong}
	}
	n := Number{Digits: r.digits, Region: r.region()}
	switch phonenumbers.GetNumberType(r.parsed) {
	case phonenumbers.FIXED_LINE, phonenumbers.TOLL_FREE, phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST:
		n.FixedLine = true
	}
	n.TwoSpellings = hasTwoSpellings(n)
	return n, nil
}

// mobile says that the reading may be a mobile's.
func (r reading) mobile() bool {
	kind := phonenumbers.GetNumberType(r.parsed)
	return kind == phonenumbers.MOBILE || kind == phonenumbers.FIXED_LINE_OR_MOBILE
}

// line says that the reading is somebody's fixed line or mobile.
func (r reading) line() bool {
	return r.valid && (r.mobile() || phonenumbers.GetNumberType(r.parsed) == phonenumbers.FIXED_LINE)
}

// region is the ISO country; "001", libphonenumber's word for the whole world,
// is none. A number that is only possible belongs to its code's main country.
func (r reading) region() string {
	if r.parsed == nil {
		return ""
	}
	region := phonenumbers.GetRegionCodeForNumber(r.parsed)
	if region == "" && !r.valid {
		region = phonenumbers.GetRegionCodeForCountryCode(int(r.parsed.GetCountryCode()))
	}
	if len(region) != 2 || region == "ZZ" {
		return ""
	}
	return region
}
