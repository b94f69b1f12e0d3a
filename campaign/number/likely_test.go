package number_test

import (
	"testing"

	"kanal-campaign/campaign/number"
)

func TestLikelyCountries(t *testing.T) {
	for name, tc := range map[string]struct {
		cells, languages, beside []string
		first                    string
		told                     bool
	}{
		"French":                   {[]string{"06 12 34 56 78", "07 49 12 34 56"}, []string{"fr"}, nil, "FR", true},
		"French, in English":       {[]string{"06 12 34 56 78", "07 49 12 34 56"}, nil, nil, "FR", false},
		"Dutch":                    {[]string{"06-12345678", "06-23456789"}, []string{"nl"}, nil, "NL", true},
		"Belgian, in French":       {[]string{"0470 12 34 56", "0495 12 34 56"}, []string{"fr"}, nil, "BE", true},
		"Belgian, in Dutch":        {[]string{"0470 12 34 56", "0495 12 34 56"}, []string{"nl"}, nil, "BE", true},
		"Swiss, in German":         {[]string{"079 123 45 67", "078 123 45 67"}, []string{"de"}, nil, "CH", true},
		"German":                   {[]string{"0151 23456789", "0176 12345678"}, []string{"de"}, nil, "DE", true},
		"Italian":                  {[]string{"347 123 4567", "320 123 4567"}, []string{"it"}, nil, "IT", true},
		"Spanish":                  {[]string{"612 345 678", "655 123 456"}, []string{"es"}, nil, "ES", true},
		"Portuguese":               {[]string{"912 345 678", "961 234 567"}, []string{"pt"}, nil, "PT", true},
		"a column of countries":    {[]string{"06-12345678", "06 12 34 56 78"}, []string{"fr"}, []string{"NL", "NL"}, "NL", true},
		"others with their code":   {[]string{"0612345678"}, nil, []string{"FR", "FR", "BE"}, "FR", true},
		"one of a country's wrong": {[]string{"0612345678", "0612345679", "0712345678"}, nil, []string{"FR"}, "FR", true},
	} {
		t.Run(name, func(t *testing.T) {
			got := number.LikelyCountries(tc.cells, tc.languages, tc.beside)
			if len(got) == 0 || got[0].Country != tc.first || got[0].Told != tc.told || len(got) > 3 {
				t.Errorf("got %+v, want %s", got, tc.first)
			}
		})
	}
	for _, cells := range [][]string{nil, {"n/a"}, {"+33612345678"}, {"12"}, {"0000000000"}} {
		if got := number.LikelyCountries(cells, []string{"fr"}, nil); len(got) > 0 {
			t.Errorf("%q: %+v", cells, got)
		}
	}
}
