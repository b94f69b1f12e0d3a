package number_test

import (
	"slices"
	"testing"

	"kanal-campaign/campaign/number"
)

// Whatever spelling a record was kept under, and by whichever rules, each spelling of the account finds it.
func TestFormsOfOneAccountMeet(t *testing.T) {
	for _, account := range [][]string{
		{"22507123456", "2250707123456"},
		{"22558123456", "2250758123456"},
		{"22545123456", "2250545123456"},
		{"22501123456", "2250101123456"},
		{"22520212345", "2252720212345"},
		{"22997123456", "2290197123456"},
		{"22921301234", "2290121301234"},
		{"841681234567", "84381234567"},
		{"841991234567", "84591234567"},
		{"23777123456", "237677123456"},
		{"23722231234", "237222231234"},
		{"5511987654321", "551187654321"},
		{"5215512345678", "525512345678"},
		{"5491123456789", "541123456789"},
		{"33612345678"}, {"262692123456"}, {"22985751234"},
	} {
		for _, kept := range account {
			for _, asked := range account {
				for version := range number.CurrentVersion {
					form := number.Rules{Version: version + 1}.Canonical(kept)
					if !slices.Contains(number.Forms(asked), form) {
						t.Errorf("%s, kept as %s by version %d, is not found under %s: %q", kept, form, version+1, asked, number.Forms(asked))
					}
				}
				if !slices.Contains(number.Spellings(asked), kept) {
					t.Errorf("%s is no spelling of %s: %q", kept, asked, number.Spellings(asked))
				}
			}
			if number.Canonical(kept) != number.Canonical(account[0]) {
				t.Errorf("%s is another person than %s", kept, account[0])
			}
		}
	}
}

// Campaigns of before go on by their rules.
func TestVersionOneAcceptsWhatItDid(t *testing.T) {
	for _, tc := range []struct{ country, raw, digits string }{
		{"FR", "07 09 20 12 34", "33709201234"},
		{"FR", "0709991234", "33709991234"},
		{"FR", "0263161234", "33263161234"},
		{"FR", "0508551234", "33508551234"},
		{"", "+22997123456", "22997123456"},
		{"BJ", "97 12 34 56", "22997123456"},
		{"CM", "77123456", "23777123456"},
		{"VN", "01681234567", "841681234567"},
		{"PL", "0601234567", "480601234567"},
	} {
		got, err := number.Rules{Country: tc.country, AcceptPossible: true, Version: 1}.Clean(tc.raw)
		if err != nil || got.Digits != tc.digits {
			t.Errorf("%s %q: got %+v, %v", tc.country, tc.raw, got, err)
		}
		if got := (number.Rules{Version: 1}).Canonical(tc.digits); got != tc.digits {
			t.Errorf("%s is compared as %s", tc.digits, got)
		}
	}
	for _, raw := range []string{"0692123456", "0639001234"} {
		if got, err := (number.Rules{Country: "FR", AcceptPossible: true, Version: 1}).Clean(raw); err == nil {
			t.Errorf("%q: got %+v", raw, got)
		}
	}
}
