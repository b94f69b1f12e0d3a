package number

import (
	"strings"
	"unicode"
)

// propose gives a value to write instead of a text that is not accepted, or ""
// where none is certain. What it gives is valid by the same rules, and lies where
// the text or the rules say that the number does.
func (r Rules) propose(code Code, text string) string {
	digits, international := dialled(text)
	fix := ""
	switch code {
	case Extension:
		fix = r.fix(beforeExtension(text))
	case Letters:
		fix = r.fixLetters(text)
	case Negative:
		if !isComputed(text) {
			fix = r.fixAround(text)
		}
	case NotANumber:
		fix = r.fixAround(text)
	case Overseas:
		return r.fixOverseas(digits) // in another country on purpose
	case ForeignDigits:
		return r.fixSamePlan(digits) // as well
	case Invalid, TooShort, TooLong:
		fix = r.fixFront(text, digits)
	}
	if r.strays(fix, digits, international) {
		return ""
	}
	return fix
}

// strays reports whether a fix lies in another country than the rules', and none was written.
func (r Rules) strays(fix, digits string, international bool) bool {
	home := DiallingCode(r.Country)
	if fix == "" || home == "" || codeOf(fix) == home {
		return false
	}
	return !international || !strings.HasPrefix(strings.TrimLeft(digits, "0"), codeOf(fix))
}

// codeOf gives the country code of a number that a fix writes internationally.
func codeOf(fix string) string {
	return read(strings.TrimPrefix(fix, "+"), "").code.code
}

// fix gives the international form of a value, or "" if it is not valid.
func (r Rules) fix(value string) string {
	if value == "" || value == "+" {
		return ""
	}
	r.AcceptPossible = false
	number, fault := r.clean(tidy(value))
	if fault != nil {
		return ""
	}
	return "+" + number.Digits
}

// lookalikes are the letters that are typed for digits: Latin, Cyrillic, Greek.
var lookalikes = strings.NewReplacer(
	"O", "0", "o", "0", "\u041e", "0", "\u043e", "0", "\u039f", "0", "\u03bf", "0",
	"l", "1", "I", "1", "i", "1",
)

// fixLetters reads lookalike letters as digits, if there are no other letters,
// and else leaves out the words around the number.
func (r Rules) fixLetters(text string) string {
	if digits := lookalikes.Replace(text); !strings.ContainsFunc(digits, unicode.IsLetter) {
		return r.fix(digits)
	}
	return r.fixAround(text)
}

// fixAround leaves out what stands before and after the digits. A word before them of nothing but letters that are typed for
// digits is digits.
func (r Rules) fixAround(text string) string {
	first := strings.IndexAny(text, "+0123456789")
	last := strings.LastIndexAny(text, "0123456789")
	if first < 0 || last < first {
		return ""
	}
	before := strings.TrimRight(text[:first], separators)
	letters := before[len(strings.TrimRightFunc(before, unicode.IsLetter)):]
	digits := lookalikes.Replace(letters)
	if strings.ContainsFunc(digits, unicode.IsLetter) {
		digits = ""
	}
	core := digits + text[first:last+1]
	if core == text {
		return "" // the trouble is inside
	}
	return r.fix(core)
}

// fixFront repairs what stands in front of an otherwise good number: a "+" before a national number, a 0 before a country
// code. Where both a national and an international number could be meant, neither is certain.
func (r Rules) fixFront(text, digits string) string {
	bare, plus := strings.TrimLeft(digits, "0"), strings.Contains(text, "+")
	abroad, home := "", ""
	if bare != digits && (plus || strings.HasPrefix(bare, DiallingCode(r.Country))) {
		abroad = r.fix("+" + bare)
	}
	if r.Country != "" && plus {
		home = r.fix(bare)
	}
	switch {
	case home == "" || home == abroad:
		return abroad
	case abroad == "":
		return home
	}
	return ""
}
