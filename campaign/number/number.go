package number

import (
	"cmp"
	"strings"
)

// Number is a phone number as the API takes it.
type Number struct {
	Digits string // country code first, 8 to 15 ASCII digits, no "+"
	Region string // ISO 3166 alpha-2, "" where the number belongs to no country
	// FixedLine is true of what is known to be no mobile: fixed lines, those of internet boxes (09 in France), service
	// numbers, pagers, voicemail. Hardly anybody has WhatsApp there.
	FixedLine bool
	// PossibleOnly is true where the length is right but the metadata does not
	// know the range; only with Rules.AcceptPossible.
	PossibleOnly bool
	// TwoSpellings is true where one WhatsApp account can be written in two
	// ways (Brazil, Mexico, Argentina): compare Canonical forms.
	TwoSpellings bool
}

// Rules is what is known about the numbers of a file.
type Rules struct {
	Country        string // ISO 3166 alpha-2 of national numbers, "" if none; an unknown one counts as none
	AcceptPossible bool   // accept a number of the right length that is not valid by metadata
	// Version is that of the rules by which numbers are accepted and people compared, 0 for CurrentVersion. A later version
	// accepts nothing that an earlier one does not, and reads what both accept alike.
	Version int
}

// CurrentVersion is the version of the rules by which new campaigns are planned:
//
//  1. until 2026: France's overseas ranges by a list of prefixes; old and new numbers of a renumbered country are two people;
//  2. overseas ranges by the metadata, numbers of an old plan refused and their people known, two digits of a country's own
//     for dialling abroad (09 in Mexico) no longer taken for a "+".
const CurrentVersion = 2

func (r Rules) version() int { return cmp.Or(r.Version, CurrentVersion) }

// Code names one way in which a cell is no number that can be messaged.
type Code string

// The codes. Fault.Fix is set only where it is said.
const (
	Missing       Code = "phone-missing"
	Scientific    Code = "phone-scientific"     // 3.36E+10: the digits are lost
	Two           Code = "phone-two"            // two numbers in one cell
	Letters       Code = "phone-letters"        // Fix: O and l read as 0 and 1, or the words around left out
	Extension     Code = "phone-extension"      // Fix: the number without it
	NoCountry     Code = "phone-no-country"     // a national number, and no Rules.Country
	ForeignDigits Code = "phone-foreign-digits" // another country's number without its "+"; Country: which; Fix: only where they share France's plan
	Overseas      Code = "phone-overseas"       // between France and its overseas countries; Country: which, if known; Fix: internationally
	Renumbered    Code = "phone-renumbered"     // a number of a plan that is no longer in force; Fix: the one that has replaced it; Country: whose
	FormerPrefix  Code = "phone-former-prefix"  // a prefix that its country has dropped, or never had; Fix: without it; Country: which
	TooShort      Code = "phone-too-short"
	TooLong       Code = "phone-too-long"     // Fix: as for Invalid
	Invalid       Code = "phone-invalid"      // +0…, and others; Fix: the number where only a "+" or a 0 too many is wrong
	Possible      Code = "phone-possible"     // right length, unknown range
	NotANumber    Code = "phone-not-a-number" // Fix: the number without a stray symbol
	Negative      Code = "phone-negative"     // a minus in front; Fix: without it; Readings: where a spreadsheet has computed it
)

// Fault is why a cell is not accepted. A Fix never lies in another country than the one that the cell names by "+" or 00, or
// else the rules' own; overseas numbers of a shared national plan are the one exception, and Country says which.
type Fault struct {
	Code    Code
	Fix     string // a value to write instead, always accepted by the same Rules; "" if none is certain
	Country string // the ISO region that the code speaks of, "" if none
	// Readings are the numbers that a cell may have been, where several could be meant and none is proposed; "" for none.
	Readings [2]string
}

// Error is a short form for developers and logs. It leaves the number out.
func (f *Fault) Error() string { return "number: " + string(f.Code) }

// ValidCountry says whether libphonenumber knows the country: an ISO 3166
// alpha-2 code, in either case.
func ValidCountry(code string) bool { return world().of(strings.ToUpper(code)) != nil }

// DiallingCode returns the country code with which the country's numbers begin, as
// 33; "" for an unknown country.
func DiallingCode(country string) string {
	if plan := world().of(strings.ToUpper(country)); plan != nil {
		return plan.code
	}
	return ""
}

// longestCell bounds the work for one cell; no number's spelling is as long.
const longestCell = 200

// Clean reads a cell. The error is a *Fault.
//
// Accepted as ordinary: spaces of any kind, dots, dashes, slashes, parentheses,
// "(0)" after a country code, 00 for "+", digits of any script, characters that
// cannot be seen, a leading apostrophe, ="…" and a trailing ".0" as Excel
// writes them, what says in front that it is a number ("tel:", "p:", "Mobile :"),
// wa.me/… and …@c.us. With a country, national numbers may have lost their leading zero. Without one, bare digits have to be
// a valid international number.
func (r Rules) Clean(raw string) (Number, error) {
	r.Country = strings.ToUpper(strings.TrimSpace(r.Country))
	if !ValidCountry(r.Country) {
		r.Country = ""
	}
	if len(raw) > longestCell {
		return Number{}, &Fault{Code: NotANumber}
	}
	text := tidy(raw)
	number, fault := r.clean(text)
	if fault == nil {
		return number, nil
	}
	if fault.Fix == "" {
		fault.Fix = r.propose(fault.Code, text)
	}
	if fault.Code == Negative && fault.Fix == "" {
		fault.Readings = r.readings(text)
	}
	return Number{}, fault
}

// clean is Clean for a tidy text and a known country, without the proposals.
func (r Rules) clean(text string) (Number, *Fault) {
	if code := r.notOneNumber(text); code != "" {
		return Number{}, &Fault{Code: code}
	}
	var room [mostRead]byte
	digits, international := withoutDoubleZero(text, string(appendDigits(room[:0], text)))
	switch {
	case strings.Contains(text, "+") && strings.HasPrefix(digits, "0"): // no country's code starts with it
		return Number{}, &Fault{Code: Invalid}
	case international:
		number, fault := r.international(digits)
		if number.PossibleOnly && r.version() > 1 && r.zeroTooMany(text, digits) {
			return Number{}, &Fault{Code: Invalid}
		}
		return number, fault
	case r.Country == "":
		return r.withoutCountry(digits)
	}
	return r.national(digits)
}

// notOneNumber says what keeps a text from being digits to dial, "" if nothing.
func (r Rules) notOneNumber(text string) Code {
	digits, letters := countDigits(text), hasLetter(text)
	switch {
	case text == "":
		return Missing
	case letters && isScientific(text):
		return Scientific
	case r.holdsTwo(text), letters && isEither(text):
		return Two
	case countDigits(beforeExtension(text)) >= fewestDigits:
		return Extension
	case isComputed(text):
		return Negative
	case digits == 0, digits < fewestDigits && !onlyDialling(text):
		return NotANumber
	case digits < fewestDigits:
		return TooShort
	case isDate(text), isFraction(text):
		return NotANumber
	case text[0] == '-':
		return Negative
	case letters:
		return Letters
	case !onlyDialling(text):
		return NotANumber
	}
	return ""
}
