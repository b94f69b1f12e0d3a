package kanal

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"sync"
)

const redacted = "[redacted]"

// secret holds the API key. It is made of closures, and not of strings,
// because fmt calls no method on the unexported field of another struct: %#v
// of whatever comes to hold a Client would print a string, and prints an
// address here.
type secret struct {
	reveal   func() string
	replacer func() *strings.Replacer
}

func newSecret(value string) secret {
	return secret{
		reveal: func() string { return value },
		replacer: sync.OnceValue(func() *strings.Replacer {
			var pairs []string
			for _, spelling := range spellings(value) {
				pairs = append(pairs, spelling, redacted)
			}
			return strings.NewReplacer(pairs...)
		}),
	}
}

func (secret) String() string   { return redacted }
func (secret) GoString() string { return redacted }

// Format writes the same word for every verb.
func (secret) Format(state fmt.State, _ rune) { fmt.Fprint(state, redacted) }

// spellings are the forms in which servers, proxies and libraries write a text
// that they quote: as it is, escaped, in hexadecimal, and in base64, alone or
// inside a longer text. The text as it is comes first.
func spellings(text string) []string {
	if text == "" {
		return nil
	}
	escaped, _ := json.Marshal(text) // a string is always JSON
	list := []string{text, string(bytes.Trim(escaped, `"`)), html.EscapeString(text), url.QueryEscape(text), url.PathEscape(text)}
	const telling = 8 // shorter ones stand in texts that have nothing to do with it
	digits := hex.EncodeToString([]byte(text))
	coded := []string{digits, strings.ToUpper(digits)}
	for shift := range 3 { // where the text may begin among the groups of three bytes
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			whole := encoding.EncodeToString(append(make([]byte, shift), text...))
			coded = append(coded, whole[(shift*8+5)/6:(shift+len(text))*8/6])
		}
	}
	for _, spelling := range coded {
		if len(spelling) >= telling {
			list = append(list, spelling)
		}
	}
	slices.Sort(list[1:])
	return slices.Compact(list)
}

// redact removes the key from a text that came from elsewhere, such as a
// server's answer or a proxy's error. A text that was cut in the middle of the
// key loses that part of it, too.
func (s secret) redact(text string) string {
	text = s.replacer().Replace(text)
	const telling = 6
	for key := s.reveal(); len(key) > telling; {
		key = key[:len(key)-1]
		if rest, cut := strings.CutSuffix(text, key); cut {
			return rest + redacted
		}
	}
	return text
}

// redactJSON is redact for what may be a JSON document, in which escapes and
// control characters can hide the key. It comes back as it was unless it holds
// the key.
func (s secret) redactJSON(text string) string {
	text = s.redact(text)
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var document any
	if decoder.Decode(&document) != nil {
		return text
	}
	found := false
	clean, err := json.Marshal(mapTexts(document, func(part string) string {
		part = oneLine(part)
		hidden := s.redact(part)
		found = found || hidden != part
		return hidden
	}))
	if err != nil || !found {
		return text
	}
	return string(clean)
}

// mapTexts changes every string of a decoded JSON document, names included.
func mapTexts(document any, change func(string) string) any {
	switch document := document.(type) {
	case string:
		return change(document)
	case []any:
		for i := range document {
			document[i] = mapTexts(document[i], change)
		}
	case map[string]any:
		changed := make(map[string]any, len(document))
		for name, value := range document {
			changed[change(name)] = mapTexts(value, change)
		}
		return changed
	}
	return document
}

// redactError returns err itself unless its text holds the key; then only the
// redacted text is left of it, since whoever unwraps it would find the key.
func (s secret) redactError(err error) error {
	if err == nil {
		return nil
	}
	// The Go-syntax form is looked at too: an error's text need not show all
	// that its fields hold.
	text := err.Error()
	if all := text + fmt.Sprintf("%#v", err); s.redact(all) != all {
		return fmt.Errorf("%s", s.redact(text))
	}
	return err
}
