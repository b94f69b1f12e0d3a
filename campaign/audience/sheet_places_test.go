package audience

import "testing"

func TestNumbersInPlaces(t *testing.T) {
	for _, one := range []struct {
		n          float64
		code, want string
	}{
		{791234567, `"0041 "0`, "0041 791234567"},
		{791234567, `"+41 "00" "000" "00" "00`, "+41 79 123 45 67"},
		{612345678, `+33 0 00 00 00 00`, "+33 6 12 34 56 78"},
		{612345678, `\+33\ 0`, "+33 612345678"},
		{612345678, `0000000000`, "0612345678"},
		{612345678, `(000) 000-0000`, "(061) 234-5678"},
		{33612345678, `"+"#`, "+33612345678"},
		{33612345678, `+0;-0`, "+33612345678"},
		{0, `0`, "0"}, {0, `#`, ""}, {16, `00000`, "00016"},
	} {
		if got, plain := inPlaces(one.n, one.code); got != one.want || !plain {
			t.Errorf("%v by %s is %q (%v), want %q", one.n, one.code, got, plain, one.want)
		}
	}
	for _, code := range []string{"0.00", "#,##0", "0%", "General", "dd/mm/yyyy", `"open 0`, "", `"text"`, "0.0E+0", "[Red]0", "0_)", "?0"} {
		if got, plain := inPlaces(15, code); plain {
			t.Errorf("%s is taken for places: %q", code, got)
		}
	}
	for _, n := range []float64{-5, 1.5, 1e15} {
		if got, plain := inPlaces(n, "0"); plain {
			t.Errorf("%v is taken for a whole number: %q", n, got)
		}
	}
}

func TestDatesInTheLanguageOfTheirFormat(t *testing.T) {
	for _, one := range []struct {
		code, text string
		want       bool
	}{
		{"d mmmm yyyy", "24 December 2026", true}, {"dd/mm/yyyy", "24/12/2026", false}, {"[$-40C]d mmmm yyyy", "24 décembre 2026", false},
		{"[$-fr-FR]dddd d mmmm yyyy", "jeudi 24 décembre 2026", false}, {"[$-fr-FR,1]d mmm", "24 déc.", false}, {"[$-de]mmmm", "Dezember", false},
		{"[$-xx]d mmmm", "24 December", true}, {"[$-en-GB]d mmmm", "24 December", false}, {"[$-409]d mmmm", "24 December", false},
		{"[$-zh-Hant-TW]mmmm", "十二月", false}, {"[$-x-sysdate]dddd, mmmm dd", "Thursday, December 24", true}, {"[$€-40C]0", "5", false},
	} {
		if got := hasNames(one.code, one.text); got != one.want {
			t.Errorf("%s %s: %v", one.code, one.text, got)
		}
	}
}
