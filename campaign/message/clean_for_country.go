package message

import "kanal-campaign/campaign/number"

// cleanForCountry returns the request's cleanForCountry for digits that are sent: "FR" where the server's documented
// rule leaves them as they are, and nothing otherwise. It depends on the digits alone, since the body of a key never
// changes.
func cleanForCountry(digits string) string {
	if number.ServerRuleKeeps(digits) {
		return "FR"
	}
	return ""
}
