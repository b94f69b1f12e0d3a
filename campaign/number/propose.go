package number

import (
	"strings"
	"unicode"
)

// propose gives a value to write instead of a text that is not accepted, or ""
// where none is certain. What it gives is valid by the same rules.
func (r Rules) propose(code Code, text string) string {
	digits, _ := dialled(text)
	switch code {
	case Extension:
		return r.fix(beforeExtension(text))
	case Letters:
		return r.fixLetters(text)
	case NotANumber, Negative:
		return r.fixAround(text)
	case ForeignDigits:
		return r.fix("+" + digits)
	case Overseas:
		return r.fixOverseas(digits)
	case Invalid, TooShort, TooLong:
		return r.fixFront(text, digits)
	}
	return ""
}

// fix gives the international form of a value, or "" if it is not valid.
func (r Rules) fix(value string) string {
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

// fixAround leaves out what stands before and after the digits.
func (r Rules) fixAround(text string) string {
	first := strings.IndexAny(text, "+0123456789")
	last := strings.LastIndexAny(text, "0123456789")
	if first < 0 || last < first {
		return ""
	}
	core := text[first : last+1]
	if core == text {
		return "" // the trouble is inside
	}
	return r.fix(core)
}

// fixFront repairs what stands in front of an otherwise good number: a "+"
// before a national number, a 0 before a country code.
func (r Rules) fixFront(text, digits string) string {
	bare := strings.TrimLeft(digits, "0")
	if strings.HasPrefix(digits, "0") {
		if fix := r.fix("+" + bare); fix != "" {
			return fix
		}
	}
	if r.Country != "" && strings.Contains(text, "+") {
		return r.fix(bare)
	}
	return ""
}
