package number

import "strings"

// accountOf returns the digits of a text that is an account as WhatsApp writes one: the number, its device perhaps, and a
// server. Any other text is given back as it is.
func accountOf(text string) string {
	account, server, found := strings.Cut(text, "@")
	if !found || !strings.EqualFold(server, "c.us") && !strings.EqualFold(server, "s.whatsapp.net") {
		return text
	}
	if at := strings.LastIndexByte(account, ':'); at >= 0 {
		if device, rest := cutDigits(account[at+1:]); device != "" && rest == "" {
			return account[:at]
		}
	}
	return account
}

// Another returns the digits of the number that a text names if it is another person's than digits, a number in the API's
// form; "" when it is the same person's, in whatever spelling, and when the text is no number. Of bare digits it is
// enough that they are the same number by the national habits of digits' country.
func Another(text, digits string) string {
	text = accountOf(strings.TrimSpace(text))
	withCode := text
	if text != "" && isDigit(text[0]) {
		withCode = "+" + text
	}
	another := ""
	for _, reading := range []struct {
		rules Rules
		text  string
	}{
		{Rules{AcceptPossible: true}, text},
		{Rules{AcceptPossible: true}, withCode},
		{Rules{AcceptPossible: true, Country: Region(digits)}, text},
	} {
		said, err := reading.rules.Clean(reading.text)
		switch {
		case err != nil:
		case Canonical(said.Digits) == Canonical(digits):
			return ""
		case another == "":
			another = said.Digits
		}
	}
	return another
}
