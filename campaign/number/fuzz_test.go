package number_test

import (
	"errors"
	"testing"

	"kanal-campaign/campaign/number"
)

// FuzzClean: whatever the cell, an accepted number is 8 to 15 digits and comes
// out of a second pass unchanged, and a proposed value is itself accepted.
func FuzzClean(f *testing.F) {
	for _, tc := range accepted {
		f.Add(tc.raw, tc.country, false)
	}
	for _, tc := range refused {
		f.Add(tc.raw, tc.country, true)
	}
	f.Fuzz(func(t *testing.T, raw, country string, possible bool) {
		rules := number.Rules{Country: country, AcceptPossible: possible}
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
		if len(got.Digits) < 8 || len(got.Digits) > 15 {
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
	})
}
