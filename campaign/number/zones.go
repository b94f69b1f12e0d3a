package number

import "github.com/nyaruka/phonenumbers"

// Zones returns the names of the time zones (IANA) where a number, given as digits with its country code, may be; none
// when the number does not tell.
func Zones(digits string) []string {
	zones, err := phonenumbers.GetTimezonesForPrefix(digits)
	if err != nil || len(zones) == 1 && zones[0] == phonenumbers.UNKNOWN_TIMEZONE {
		return nil
	}
	return zones
}
