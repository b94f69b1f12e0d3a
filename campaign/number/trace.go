package number

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// Trace finds one person's number in texts, in whatever way it is written
// there: nationally, internationally, in groups, in the account's other
// spelling, in digits of any script. It errs on the side of finding.
type Trace struct{ needles []string }

// fewestTraced is how many digits of a national number tell a person; of a
// shorter one the country code is looked for as well.
const fewestTraced = 8

// TraceOf makes a Trace of a number's digits, country code first.
func TraceOf(digits string) Trace {
	var t Trace
	for _, spelling := range Spellings(digits) {
		needle := spelling
		if parsed, err := phonenumbers.Parse("+"+spelling, ""); err == nil {
			national := phonenumbers.GetNationalSignificantNumber(parsed)
			if bare := strings.TrimLeft(national, "0"); len(bare) >= fewestTraced {
				national = bare
			}
			if len(national) >= fewestTraced {
				needle = national
			}
		}
		if needle != "" && !slices.Contains(t.needles, needle) {
			t.needles = append(t.needles, needle)
		}
	}
	return t
}

// In reports whether the text holds the number. Between its digits stand at
// most what people write there; a letter ends a number.
func (t Trace) In(text string) bool {
	digits := onlyDigits(text)
	return slices.ContainsFunc(t.needles, func(needle string) bool { return strings.Contains(digits, needle) })
}

// onlyDigits leaves out what may stand within a number, and puts a bar for
// what may not.
func onlyDigits(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		switch {
		case '0' <= r && r <= '9':
			b.WriteByte(byte(r))
		case r < 0x80 && strings.ContainsRune(" \t./-()+'_", r):
		case r >= 0x80 && unicode.Is(unicode.Nd, r):
			b.WriteByte('0' + byte(digitValue(r)))
		case r >= 0x80 && !unicode.IsLetter(r): // spaces, dashes and dots of all kinds, and what cannot be seen
		default:
			b.WriteByte('|')
		}
	}
	return b.String()
}

// written matches what may be a number in a text.
var written = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[+(]*\p{Nd}[^\p{L}]*\p{Nd}`) })

// Redact puts an ellipsis in the place of the number. A text without it is
// given back as it is.
func (t Trace) Redact(text string) string {
	if !t.In(text) {
		return text
	}
	text = written().ReplaceAllStringFunc(text, func(run string) string {
		if t.In(run) {
			return "…"
		}
		return run
	})
	if t.In(text) {
		return "…"
	}
	return text
}
