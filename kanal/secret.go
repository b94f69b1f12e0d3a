package kanal

import (
	"fmt"
	"strings"
)

const redacted = "[redacted]"

// secret holds the API key. It is a closure, and not a string, because fmt
// calls no method on the unexported field of another struct: %#v of whatever
// comes to hold a Client would print a string, and prints an address here.
type secret struct{ reveal func() string }

func newSecret(value string) secret {
	return secret{reveal: func() string { return value }}
}

func (secret) String() string   { return redacted }
func (secret) GoString() string { return redacted }

// Format writes the same word for every verb.
func (secret) Format(state fmt.State, _ rune) { fmt.Fprint(state, redacted) }

// redact removes the key from a text that came from elsewhere, such as a
// server's answer or a proxy's error.
func (s secret) redact(text string) string {
	return strings.ReplaceAll(text, s.reveal(), redacted)
}

// redactError returns err itself unless its text holds the key; then only the
// redacted text is left of it, since whoever unwraps it would find the key.
func (s secret) redactError(err error) error {
	if err == nil {
		return nil
	}
	// The Go-syntax form is looked at too: an error's text need not show all
	// that its fields hold.
	if text := err.Error(); strings.Contains(text+fmt.Sprintf("%#v", err), s.reveal()) {
		return fmt.Errorf("%s", s.redact(text))
	}
	return err
}
