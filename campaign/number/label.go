package number

import (
	"regexp"
	"strings"
	"sync"
)

// label is what stands in front of a number to say that it is one: "p:" in exports of lead ads, "Tél. :" where people type. Few
// cells have one, so it is compiled for the first that may.
var label = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:[ptmw]\s*:|(?:tel|tél|tlf|tfno|t[ée]l[ée]phone|tel[eé]fono?|telefone|telefoon|mobile?|m[oó]vil|mobiel|` +
		`handy|cell?|cellulare|celular|cellphone|telem[oó]vel|gsm|portable|port|phone|number|num[ée]ro|whats\s?app|wa|sms|callto)\b)` +
		`[\s.:=]*(?:n[°º][\s.:]*)?(?://)?([+(\d].*)$`)
})

// chatLink is how WhatsApp links to a number: international, without the "+".
var chatLink = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:https?://)?(?:www\.)?(?:wa\.me/|(?:(?:api|web)\.whatsapp\.com/|whatsapp://)send/?\?(?:[^#]*&)?phone=)` +
		`(?:\+|%2B)?(\d{7,15})(?:[/?&#].*)?$`)
})

// linked returns the number of a text that is a link to a chat, or an account as WhatsApp writes one.
func linked(text string) (international string, found bool) {
	if !strings.ContainsAny(text, "/@") {
		return "", false
	}
	digits := accountOf(text)
	if m := chatLink().FindStringSubmatch(text); m != nil {
		digits = m[1]
	} else if digits == text || digits == "" || !onlyDialling(digits) {
		return "", false
	}
	return "+" + strings.TrimPrefix(digits, "+"), true
}

// withoutLabels takes off the words in front of a number.
func withoutLabels(text string) string {
	for len(text) > 0 && !isDigit(text[0]) && text[0] != '+' && text[0] != '(' {
		m := label().FindStringSubmatch(text)
		if m == nil {
			break
		}
		text = m[1]
	}
	return text
}
