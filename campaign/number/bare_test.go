package number

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestBareDigits(t *testing.T) {
	for cell, want := range map[string]string{
		"33612345678": "33612345678", "687 78 12 34": "687781234", "'612345678": "612345678", "612345678.0": "612345678",
		"+33612345678": "", "0033612345678": "", "0612345678": "", "-612345678": "", "": "", "n/a": "", "12": "", "612345678 x2": "",
	} {
		if got := Bare(cell); got != want {
			t.Errorf("%q has the bare digits %q, want %q", cell, got, want)
		}
	}
}

// The cheap look at code and length must never take a valid number for none.
func TestInternationalMissesNoNumber(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 2))
	valid := 0
	for range 20_000 {
		digits := fmt.Sprint(1e7 + random.Int64N(1e12))
		if random.IntN(2) == 0 {
			digits = digits[:min(len(digits), 8+random.IntN(5))]
		}
		want := readByLibrary(digits, "").twin()
		got, ok := International(digits)
		read := want.digits()
		if is := want.valid && shortest <= len(read) && len(read) <= len(digits); ok != is || ok && got.Digits != read {
			t.Errorf("%s: %v, want %v", digits, ok, is)
		}
		if ok {
			valid++
		}
	}
	if valid < 1000 {
		t.Errorf("only %d of the numbers are valid: the test shows little", valid)
	}
}

func BenchmarkInternationalOfNational(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		International(fmt.Sprint(600000000 + i%200000000))
	}
}
