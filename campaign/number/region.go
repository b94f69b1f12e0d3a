package number

import "github.com/nyaruka/phonenumbers"

// Region returns the country (ISO 3166 alpha-2) of a number, given as digits with its country code; "" when it belongs to
// none.
func Region(digits string) string {
	parsed, err := phonenumbers.Parse("+"+digits, "")
	if err != nil {
		return ""
	}
	return reading{parsed: parsed}.region()
}
