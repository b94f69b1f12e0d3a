package number

import "strings"

// overseasCodes are the country codes of the French overseas departments, by
// the first three digits that their numbers have after the 0. In France they
// are dialled like any other number, but they are not under +33.
// Source: the French numbering plan (Arcep), checked against libphonenumber.
var overseasCodes = map[string]string{
	"262": "262", "692": "262", "693": "262", // La Réunion
	"269": "262", "639": "262", // Mayotte
	"590": "590", "690": "590", "691": "590", // Guadeloupe, Saint-Martin, Saint-Barthélemy
	"594": "594", "694": "594", // Guyane
	"596": "596", "696": "596", "697": "596", // Martinique
}

// overseasRegions are the countries that dial France's numbers as their own.
var overseasRegions = map[string]bool{
	"RE": true, "YT": true, "GP": true, "BL": true, "MF": true, "GF": true, "MQ": true,
}

// acrossTheSea reads the nine digits, without the 0, of a number that is
// dialled nationally in country but has another code: an overseas number in a
// French file, a metropolitan one in an overseas file. The reading is not valid
// for anything else.
//
// It is asked before the national reading in a French file, since 0596 and 0269
// have come to be valid in metropolitan France too: there, the national form is
// a question, and the international one (+33 or +596) the answer.
func acrossTheSea(national, country string) reading {
	if len(national) != 9 {
		return reading{}
	}
	code := overseasCodes[national[:3]]
	switch {
	case overseasRegions[country]:
		if read(national, country).valid {
			return reading{} // a number of its own
		}
		if code == "" {
			code = "33"
		}
	case country != "FR":
		return reading{}
	}
	if code == "" {
		return reading{}
	}
	return read("+"+code+national, "")
}

// underFrenchCode reads an overseas number that was put under +33, as the
// server's own rule does it. It is not valid for anything else.
func underFrenchCode(digits string) reading {
	national, ok := strings.CutPrefix(digits, "33")
	if !ok {
		return reading{}
	}
	return acrossTheSea(strings.TrimPrefix(national, "0"), "FR")
}

// fixOverseas gives the international form of digits that are Overseas.
func (r Rules) fixOverseas(digits string) string {
	far := acrossTheSea(strings.TrimPrefix(digits, "0"), r.Country)
	if !far.valid {
		far = underFrenchCode(digits)
	}
	if !far.valid {
		return ""
	}
	return r.fix("+" + far.digits)
}
