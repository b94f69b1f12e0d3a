package record_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

func TestUnformula(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", "=1+1": "'=1+1", "+33": "'+33", "-1": "'-1", "@x": "'@x", "\t=1": "' =1", "\r=1": "'⏎=1",
		"\x1b[2J=1": "'=1", "\x00-2": "'-2", "＝1": "'＝1", "a=b": "a=b", "x\x1b[2Jy": "xy",
		"\u200b=1": "'=1", " \u00a0=1": "' \u00a0=1", `"=1`: `'"=1`, "a;=1": "a;'=1", "a, b | -1": "a, b |' -1",
		"a;b - c, d+e": "a;b - c, d+e", "'=1": "'=1",
	} {
		if got := record.Unformula(in); got != want {
			t.Errorf("unformula(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzUnformula: what goes into a cell of the tool's is clean and no formula, whatever separates the cells.
func FuzzUnformula(f *testing.F) {
	f.Add("\x1b[2J\x1b]0;owned\x07;=1+1\r\n\t@x")
	f.Fuzz(func(t *testing.T, s string) {
		if got := record.Unformula(s); computes(got) || text.Clean(got) != got || record.Unformula(got) != got {
			t.Fatalf("it makes %q of %q", got, s)
		}
	})
}

// computes reports whether a spreadsheet may find a formula in a cell, with whichever delimiter it reads.
func computes(cell string) bool {
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(",;|\t", r) }) {
		part = strings.TrimLeftFunc(part, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
		if r, _ := utf8.DecodeRuneInString(part); strings.ContainsRune("=+-@＝＋－＠﹢﹣﹦﹫", r) && part != "" {
			return true
		}
	}
	return false
}
