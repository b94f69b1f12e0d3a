package screen

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/text"
)

// masker hides what tells who a person is, in texts that are passed on.
type masker struct{ whole bool }

func (m masker) phone(digits string) string {
	if m.whole || digits == "" {
		return text.Clean(digits)
	}
	return number.Mask(text.Clean(digits))
}

// name leaves the initials of a name: "Z. M."
func (m masker) name(name string) string {
	name = text.Clean(name)
	if m.whole {
		return name
	}
	var initials []string
	for i, word := range strings.Fields(name) {
		if i == 3 {
			break
		}
		r, _ := utf8.DecodeRuneInString(word)
		initials = append(initials, string(unicode.ToUpper(r))+".")
	}
	return strings.Join(initials, " ")
}

// cell hides the value of a cell: of a number the middle, of anything else all but the first character.
func (m masker) cell(value string) string {
	if m.whole || value == "" {
		return value
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, value)
	if len(digits) >= 6 {
		return number.Mask(digits)
	}
	r, size := utf8.DecodeRuneInString(value)
	if size == len(value) {
		return value
	}
	return string(r) + "…"
}

// telling matches what may say in a text who a person is: an e-mail address, a key, a number that may be a phone's.
// WhatsApp's codes are shorter. Between the digits of a number may stand what people and programs write there, but not what
// parts hours and lists: "Mon-Sat 09:00-12:00,14-18" is no number.
var telling = text.Pattern(`[^\s<>"']+@[^\s<>"']+|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|` +
	`\+?\p{Nd}(?:[\s\p{Z}\p{Pd}\p{Cf}._()/·•․‧∙．＿]{0,4}\p{Nd}){7,}`)

// shortestWord is how many characters a value must have to be looked for in a text: shorter ones stand in any sentence.
const shortestWord = 3

// text hides in somebody else's words what tells who a person is, and the words given.
func (m masker) text(text string, personal ...string) string {
	if m.whole {
		return text
	}
	for _, word := range personal {
		if utf8.RuneCountInString(word) >= shortestWord {
			text = strings.ReplaceAll(text, word, m.cell(word))
		}
	}
	return telling().ReplaceAllStringFunc(text, func(found string) string {
		if strings.Contains(found, "@") || strings.Count(found, "-") == 4 && len(found) == 36 {
			return "…"
		}
		return m.cell(found)
	})
}
