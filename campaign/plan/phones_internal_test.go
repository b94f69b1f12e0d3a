package plan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// The sample of bare numbers is bounded, and the same in every order.
func TestBareSampleInAnyOrder(t *testing.T) {
	var numbers []string
	for i := range 100_000 {
		numbers = append(numbers, fmt.Sprint(600000000+i%60_000*7))
	}
	var first []bareNumber
	for seed := range uint64(3) {
		random := rand.New(rand.NewPCG(seed, 1))
		random.Shuffle(len(numbers), func(i, j int) { numbers[i], numbers[j] = numbers[j], numbers[i] })
		var s bareSample
		for _, digits := range numbers {
			s.add(digits, "FR")
			if len(s.all) > 4*sampleSize {
				t.Fatalf("%d numbers are kept", len(s.all))
			}
		}
		taken := slices.Clone(s.taken())
		if len(taken) != sampleSize {
			t.Fatalf("%d numbers are taken, want %d", len(taken), sampleSize)
		}
		if first == nil {
			first = taken
		} else if !slices.Equal(taken, first) {
			t.Error("another order gives other numbers")
		}
	}
}

func TestFormatForTheFunctionText(t *testing.T) {
	for format, want := range map[string]string{
		"0%": "0%", "00000": "00000", "#,##0.00 \"€\"": "#,##0.00 \"€\"", "#,##0.00\\ [$€-40C]": "#,##0.00\\ \"€\"",
		"[Red]0.00;[Blue]-0.00": "0.00", "_-* #,##0.00 _€_-;-* #,##0.00 _€_-;_-* \"-\"??": "#,##0.00", "": "0", ";;;": "0", `"a;b"0;x`: `"a;b"0`,
	} {
		if got := textFormat(format); got != want {
			t.Errorf("%s: %s, want %s", format, got, want)
		}
	}
}
