package number_test

import (
	"testing"

	"github.com/nyaruka/phonenumbers"

	"kanal-campaign/campaign/number"
)

// What the design says of the server's rule.
func TestFrenchRule(t *testing.T) {
	for _, tc := range []struct{ raw, want string }{
		{"0612345678", "33612345678"},
		{"06 12 34 56 78", "33612345678"},
		{"+33612345678", "33612345678"},
		{"612345678", "33612345678"},
		{"+32470123456", "3332470123456"},
		{"0033612345678", "33033612345678"},
		{"+33 (0)612345678", "330612345678"},
		{"n/a", "33"},
	} {
		if got := number.FrenchRule(tc.raw); got != tc.want {
			t.Errorf("%q: got %s, want %s", tc.raw, got, tc.want)
		}
	}
}

func TestServerRuleKeeps(t *testing.T) {
	for digits, want := range map[string]bool{"33612345678": true, "32470123456": false, "262692123456": false,
		"0612345678": false, "": false} {
		if number.ServerRuleKeeps(digits) != want {
			t.Errorf("%s: want %v", digits, want)
		}
	}
}

// Wherever the literal rule makes a valid number of a French one, ours makes
// the same, so that passing cleanForCountry on, or not, changes nobody's number.
func TestAgreesWithTheServerOnFrenchNumbers(t *testing.T) {
	rules := number.Rules{Country: "FR"}
	agreed := 0
	for _, tc := range accepted {
		if tc.country != "FR" || tc.want.Region != "FR" {
			continue
		}
		theirs := number.FrenchRule(tc.raw)
		parsed, err := phonenumbers.Parse("+"+theirs, "")
		if err != nil || !phonenumbers.IsValidNumber(parsed) {
			continue
		}
		if canonical := phonenumbers.Format(parsed, phonenumbers.E164); canonical != "+"+theirs {
			continue // valid only once libphonenumber has repaired it
		}
		ours, err := rules.Clean(tc.raw)
		if err != nil || ours.Digits != theirs {
			t.Errorf("%q: the server's rule gives %s, ours %+v, %v", tc.raw, theirs, ours, err)
		}
		if !number.ServerRuleKeeps(ours.Digits) {
			t.Errorf("%q: the server would change %s", tc.raw, ours.Digits)
		}
		agreed++
	}
	if agreed < 15 {
		t.Errorf("only %d spellings were compared", agreed)
	}
}
