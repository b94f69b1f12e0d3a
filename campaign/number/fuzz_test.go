package number_test

import (
	"errors"
	"regexp"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"kanal-campaign/campaign/number"
)

// questioned is what nobody writes who knows the number: no country's code
// starts with 0, and a number below zero is the result of a calculation.
var questioned = regexp.MustCompile(`^[\s'"]*(?:[+\x{FF0B}]\s*0|[-\x{2212}]\s*[+\d])`)

// FuzzClean: whatever the cell, an accepted number is 8 to 15 digits, comes
// out of a second pass unchanged and is not one that people would question, and
// a proposed value is itself accepted, and all is as the library alone has it. A
// French number is what the server's own rule makes of the cell, wherever that
// makes a valid number. The seeds are in testdata/fuzz, by name, and the tables.
func FuzzClean(f *testing.F) {
	for _, tc := range accepted {
		f.Add(tc.raw, tc.country, false)
	}
	for _, tc := range refused {
		f.Add(tc.raw, tc.country, true)
	}
	f.Fuzz(func(t *testing.T, raw, country string, possible bool) {
		rules := number.Rules{Country: country, AcceptPossible: possible}
		isTheLibrarys(t, rules, raw)
		got, err := rules.Clean(raw)
		if err != nil {
			var fault *number.Fault
			if !errors.As(err, &fault) || fault.Code == "" || got != (number.Number{}) {
				t.Fatalf("%q: %+v, %v", raw, got, err)
			}
			if fault.Fix != "" {
				if _, err := rules.Clean(fault.Fix); err != nil {
					t.Fatalf("%q: the fix %q is refused: %v", raw, fault.Fix, err)
				}
			}
			return
		}
		if len(got.Digits) < 8 || len(got.Digits) > 15 || questioned.MatchString(raw) {
			t.Fatalf("%q: %s", raw, got.Digits)
		}
		for _, r := range got.Digits {
			if r < '0' || r > '9' {
				t.Fatalf("%q: %s", raw, got.Digits)
			}
		}
		again, err := rules.Clean("+" + got.Digits)
		if err != nil || again != got {
			t.Fatalf("%q: first %+v, then %+v, %v", raw, got, again, err)
		}
		if got.Region == "FR" {
			agreesWithServer(t, raw, got)
		}
	})
}

// agreesWithServer holds a French number against the server's rule.
func agreesWithServer(t *testing.T, raw string, got number.Number) {
	t.Helper()
	if !number.ServerRuleKeeps(got.Digits) {
		t.Fatalf("%q: the server would change %s", raw, got.Digits)
	}
	theirs := number.FrenchRule(raw)
	parsed, err := phonenumbers.Parse("+"+theirs, "")
	valid := err == nil && phonenumbers.IsValidNumber(parsed) && phonenumbers.Format(parsed, phonenumbers.E164) == "+"+theirs
	if valid && theirs != got.Digits {
		t.Fatalf("%q: the server's rule gives %s, ours %s", raw, theirs, got.Digits)
	}
}
