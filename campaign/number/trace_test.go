package number_test

import (
	"testing"

	"kanal-campaign/campaign/number"
)

func TestTrace(t *testing.T) {
	for _, tc := range []struct {
		digits, text, redacted string
	}{
		{"33612345678", "0612345678", "…"},
		{"33612345678", "contact: 06 12 34 56 78, please", "contact: …, please"},
		{"33612345678", "+33 (0)6.12.34.56.78", "…"},
		{"33612345678", "0033612345678 was messaged", "… was messaged"},
		{"33612345678", "33612345678.0", "…"},
		{"33612345678", "+0612345678", "…"},
		{"33612345678", "-612345678", "-…"},
		{"33612345678", "０６１２３４５６７８", "…"},
		{"33612345678", "0612345677", "0612345677"},
		{"33612345678", "06 12 34 a 56 78", "06 12 34 a 56 78"},
		{"33612345678", "", ""},
		{"5511987654321", "55 11 8765-4321", "…"},
		{"551187654321", "(11) 98765-4321", "…"},
		{"5215512345678", "55 1234 5678", "…"},
		{"4791234567", "912 34 567", "…"},
		{"3726123456", "612 3456", "612 3456"}, // seven digits are not enough
		{"3726123456", "+372 612 3456", "…"},
	} {
		trace := number.TraceOf(tc.digits)
		if got := trace.Redact(tc.text); got != tc.redacted || trace.In(tc.text) != (tc.redacted != tc.text) {
			t.Errorf("%s in %q: %v, %q", tc.digits, tc.text, trace.In(tc.text), got)
		}
	}
}
