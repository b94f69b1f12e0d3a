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

// The people of a file are those of a map, however many they are.
func TestPeopleAreThoseOfAMap(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 5))
	known, p := map[uint64]seen{}, newPeople()
	for i := range 300_000 {
		person := 33600000000 + random.Uint64N(200_000)*7
		this := seen{content: random.Uint64(), row: uint32(i), open: random.IntN(2) == 0}
		want, is := known[person]
		if p.has(person) != is {
			t.Fatalf("%d is known: %v", person, !is)
		}
		if !is {
			known[person], want = this, this
		}
		if first, was := p.addFirst(person, this); first != want || was != is {
			t.Fatalf("%d: %+v, %v, want %+v, %v", person, first, was, want, is)
		}
	}
	if p.count() != len(known) {
		t.Errorf("%d people, want %d", p.count(), len(known))
	}
	person := uint64(33600000000)
	p.addFirst(person, seen{row: 1})
	p.addMore(person, seen{row: 2})
	if all := p.messages(person); len(all) != 2 || all[1].row != 2 || p.messages(1) != nil {
		t.Errorf("%+v", all)
	}
}
