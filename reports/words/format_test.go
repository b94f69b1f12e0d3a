package words

import "testing"

// A few of many are never told as none, nor nearly all as all.
func TestPercent(t *testing.T) {
	w := English()
	for want, given := range map[string][2]int{"0%": {0, 5}, "100%": {5, 5}, "<0.1%": {1, 1_000_000}, ">99.9%": {999_999, 1_000_000}, "33.3%": {1, 3},
		"0.1%": {1, 1000}, "99.9%": {999, 1000}} {
		if got := w.Percent(given[0], given[1]); got != want {
			t.Errorf("%d of %d is %s, want %s", given[0], given[1], got, want)
		}
	}
}
