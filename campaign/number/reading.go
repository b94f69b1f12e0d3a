package number

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// The bounds of what the API takes; the upper one is E.164's.
const (
	shortest = 8
	longest  = 15
)

// reading is one way to understand digits: in full where they are valid, and else as far as explained tells.
type reading struct {
	written, country string     // what is read, and how: see read
	code             *numbering // the main plan of the calling code; nil where nothing can be made of the digits
	national         string     // the national number
	home             *numbering // the plan of the region that it belongs to, if any
	kind             phonenumbers.PhoneNumberType
	valid            bool
	parsed           *phonenumbers.PhoneNumber // the library's own reading, if it was asked
}

// read understands digits by the national habits of country, or with a calling code in front where that is "". It gives a
// reading that is not valid where nothing can be made of them. What is valid, the automata of the country's numbering plan
// tell; they answer as the library does.
func read(digits, country string) reading {
	if len(digits) > mostRead || countDigits(digits) < len(digits) {
		return readByLibrary(digits, country)
	}
	var found reading
	var certain bool
	if country == "" {
		found, certain = readWithCode(digits)
	} else {
		found, certain = world().of(country).read(digits)
	}
	if !certain {
		return readByLibrary(digits, country)
	}
	found.written, found.country = digits, country
	return found
}

// readByLibrary is read without automata.
func readByLibrary(digits, country string) reading {
	found := reading{written: digits, country: country}
	if country == "" {
		digits = "+" + digits
	}
	parsed, err := phonenumbers.Parse(strings.Clone(digits), country)
	if err != nil {
		return found
	}
	w := world()
	found.parsed, found.code = parsed, w.byCode[parsed.GetCountryCode()]
	found.national = phonenumbers.GetNationalSignificantNumber(parsed)
	if region := phonenumbers.GetRegionCodeForNumber(parsed); region == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY {
		found.home = found.code
	} else {
		found.home = w.of(region)
	}
	if found.valid = phonenumbers.IsValidNumber(parsed); found.valid {
		found.kind = phonenumbers.GetNumberType(parsed)
	} else {
		found.kind = phonenumbers.UNKNOWN
	}
	return found
}

// explained is the library's own reading of the same digits: what is wrong with them, the library tells.
func (r reading) explained() reading {
	if r.parsed != nil || r.code == nil {
		return r
	}
	return readByLibrary(r.written, r.country)
}

// digits are those of the number, country code first; "" where nothing can be made of what is read.
func (r reading) digits() string {
	if r.code == nil {
		return ""
	}
	return r.code.code + r.national
}

// twin gives the reading as valid where only its other WhatsApp spelling is: the
// metadata knows Mexico without the 1 and Brazil with the ninth digit, while
// WhatsApp itself writes many accounts the other way. The digits stay as they
// were written.
func (r reading) twin() reading {
	if r.valid || r.code == nil || r.code.code != "52" && r.code.code != "55" {
		return r
	}
	other := otherSpelling(r.digits())
	if other == "" {
		return r
	}
	if twin := read(other, ""); twin.valid && twin.digits() == other { // and not another number behind a prefix
		r.home, r.kind, r.valid = twin.home, twin.kind, true
	}
	return r
}

// international reads digits that start with a country code.
func (r Rules) international(digits string) (Number, *Fault) {
	found := read(digits, "").twin()
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
	found := read(digits, "").twin()
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
		withCode = read(digits, "").twin()
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
		abroad := read(digits, "").twin()
		if abroad.valid || !strings.HasPrefix(digits, code) && r.superseded(abroad) != nil {
			return Number{}, &Fault{Code: ForeignDigits, Country: abroad.region()}
		}
	}
	if code == "33" {
		if fault := r.overseas(underFrenchCode(digits), "FR"); fault != nil {
			return Number{}, fault
		}
	}
	if withCode.code != nil && reasonOf(home) == TooLong {
		home = withCode // too long for a national number: it had its code
	}
	if home.code == nil {
		if fault := r.superseded(read(code+digits, "")); fault != nil {
			return Number{}, fault
		}
	}
	return r.notValid(home)
}

// atHome reads bare digits by the habits of the rules' country. A number abroad, dialled as the country does it (011 in the
// United States), is one only behind three digits: of two, one may be the national number's own, with a 0 too many.
func (r Rules) atHome(digits string) reading {
	found := read(digits, r.Country).twin()
	if r.version() > 1 && found.code != nil && !found.in(r.Country) && exitDigits(digits, r.Country) < 3 {
		return reading{}
	}
	return found
}

// in reports whether the reading has the country's code.
func (r reading) in(country string) bool {
	return r.code.code == DiallingCode(country)
}

// notValid gives the fault for a reading that is not valid, or the number where
// being possible is enough.
func (r Rules) notValid(found reading) (Number, *Fault) {
	found = found.withoutTrunkZero().explained()
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
	if found.code == nil || found.valid {
		return nil
	}
	found = found.explained()
	if fix := r.fix("+" + renumbered(found.digits())); fix != "" {
		return &Fault{Code: Renumbered, Country: found.region(), Fix: fix}
	}
	if fix := r.fix("+" + withoutFormerPrefix(found.digits(), found.code)); fix != "" {
		return &Fault{Code: FormerPrefix, Country: found.region(), Fix: fix}
	}
	return nil
}

// withoutTrunkZero drops the zero of the national form. libphonenumber keeps it
// where dropping it makes no valid number, and then takes 06 12 34 56 7 for a
// number of the right length.
func (r reading) withoutTrunkZero() reading {
	if r.code == nil {
		return r
	}
	if phonenumbers.GetNddPrefixForRegion(r.code.region, true) != "0" || !strings.HasPrefix(r.national, "0") {
		return r
	}
	return read(r.code.code+strings.TrimLeft(r.national, "0"), "")
}

// reasonOf says what is wrong with a reading that is not valid.
func reasonOf(r reading) Code {
	if r = r.explained(); r.parsed == nil {
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
	digits := r.digits()
	switch {
	case len(digits) < shortest:
		return Number{}, &Fault{Code: TooShort}
	case len(digits) > longest:
		return Number{}, &Fault{Code: TooLong}
	}
	n := Number{Digits: digits, Region: r.region(), FixedLine: !r.mobile() && r.kind != phonenumbers.UNKNOWN}
	n.TwoSpellings = hasTwoSpellings(n)
	return n, nil
}

// mobile says that the reading may be a mobile's.
func (r reading) mobile() bool {
	return r.kind == phonenumbers.MOBILE || r.kind == phonenumbers.FIXED_LINE_OR_MOBILE
}

// line says that the reading is somebody's fixed line or mobile.
func (r reading) line() bool {
	return r.valid && (r.mobile() || r.kind == phonenumbers.FIXED_LINE)
}

// region is the ISO country; a number that belongs to the whole world has none. One that is only possible belongs to its
// code's main country.
func (r reading) region() string {
	if !r.valid {
		r = r.explained()
	}
	home := r.home
	if home == nil && !r.valid {
		home = r.code
	}
	if home == nil || home.region == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY {
		return ""
	}
	return home.region
}
