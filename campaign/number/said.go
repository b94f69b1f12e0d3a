package number

import (
	"regexp"
	"strings"
)

// account is how WhatsApp writes a number that is an account of its own: digits, the device perhaps, and its server.
var account = regexp.MustCompile(`(?i)^([^@]*?)(?::[0-9]+)?@(?:c\.us|s\.whatsapp\.net)$`)

// Another returns the digits of the number that a text names if it is another person's than digits, a number in the API's
// form; "" when it is the same person's, in whatever spelling, and when the text is no number. Of bare digits it is
// enough that they are the same number by the national habits of digits' country.
func Another(text, digits string) string {
	text = strings.TrimSpace(text)
	if of := account.FindStringSubmatch(text); of != nil {
		text = of[1]
	}
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
