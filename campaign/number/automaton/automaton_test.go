package automaton_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"kanal-campaign/campaign/number/automaton"
)

// every hands on all texts of up to n digits out of some.
func every(digits string, n int, each func(string)) {
	var write func(text string)
	write = func(text string) {
		each(text)
		if len(text) < n {
			for i := range digits {
				write(text + digits[i:i+1])
			}
		}
	}
	write("")
}

func TestSetsMatchWholeTexts(t *testing.T) {
	patterns := []string{`[12]\d{2}|3`, `1(?:2|23)?3*`, ``, `(?:1|12|3)+`, `(?:1?)*2`, `x`, `^1$|2$`, `\d*`, `1{2,4}`, `[^1]2`}
	set, err := automaton.Compile(patterns...)
	if err != nil {
		t.Fatal(err)
	}
	every("0123", 6, func(text string) {
		for bit, pattern := range patterns {
			want := regexp.MustCompile("^(?:" + pattern + ")$").MatchString(text)
			if got := set.Match(text)&(1<<bit) != 0; got != want {
				t.Errorf("%s matches %q: %v, want %v", pattern, text, got, want)
			}
		}
	})
	for _, text := range []string{"1 23", "12a", "+1", "１"} {
		if got := set.Match(text); got != 0 {
			t.Errorf("%q is matched by %b", text, got)
		}
	}
}

func TestPrefixesMatchAsThePackageRegexpPrefers(t *testing.T) {
	for _, pattern := range []string{`0`, `0|00`, `00|0`, `0*?1`, `(?:0|1)*`, `(?:0|1)*?`, `0(1\d)?`, `(12)?|1`, `0?(?:(1|12)3)?`,
		`([13]\d{2})$|1`, `(1)|(2)`, `(2)|(1)`, `(1*)(2*)`, `((1)|2)+`, `1$`, `12|1$|(1)`, ``, `x`, `8~10`, `(?:(1)|2)*3?`} {
		compiled := regexp.MustCompile("^(?:" + pattern + ")")
		prefix, err := automaton.CompilePrefix(pattern)
		if err != nil {
			t.Fatal(err)
		}
		every("0123", 6, func(text string) {
			length, grouped := -1, false
			if found := compiled.FindStringSubmatchIndex(text); found != nil {
				length, grouped = found[1], len(found) > 2 && found[len(found)-1] >= 0
			}
			if gotLength, gotGrouped := prefix.Match(text); gotLength != length || gotGrouped != grouped {
				t.Errorf("%s in %q: %d, %v, want %d, %v", pattern, text, gotLength, gotGrouped, length, grouped)
			}
		})
	}
}

func TestBeginnings(t *testing.T) {
	set, err := automaton.Compile(`1[2-4]\d{2}`, `19\d{2}|7\d{3,4}|52`)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		patterns uint16
		n        int
		length   int
		want     []string
	}{
		{1, 2, 4, []string{"12", "13", "14"}},
		{2, 1, 4, []string{"1", "7"}},
		{3, 1, 5, []string{"7"}},
		{2, 2, 2, []string{"52"}},
		{1, 2, 3, nil},
	} {
		if got := set.Beginnings(tc.patterns, tc.n, tc.length); !slices.Equal(got, tc.want) {
			t.Errorf("%+v: %v", tc, got)
		}
	}
}

func TestUnsupportedPatterns(t *testing.T) {
	for _, patterns := range [][]string{{`1\b`}, {`(`}, {`(?m)1$`}, slices.Repeat([]string{"1"}, 17), {`[01]*1[01]{18}`}} {
		if _, err := automaton.Compile(patterns...); err == nil {
			t.Error(fmt.Sprint(patterns), "has become an automaton")
		}
	}
	if _, err := automaton.CompilePrefix(`1\B`); err == nil {
		t.Error("a boundary within a word has become an automaton")
	}
}
