package kanal

import (
	"bytes"
	"cmp"
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

// fewestLetters are enough to tell the key from any other text, whatever stands
// between them and in whatever case. A key has 24.
const fewestLetters = 12

// secret holds the API key. It is made of closures, and not of strings,
// because fmt calls no method on the unexported field of another struct: %#v
// of whatever comes to hold a Client would print a string, and prints an
// address here.
type secret struct {
	reveal   func() string
	letters  func() string // of the key as view.letters gives them
	replacer func() *strings.Replacer
}

func newSecret(value string) secret {
	return secret{
		reveal:  func() string { return value },
		letters: sync.OnceValue(func() string { return string(viewOf(value).letters().bytes) }),
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
// server's answer or a proxy's error, in every case of its letters, forwards or
// backwards, broken by spaces and signs, in escapes, base64, hexadecimal or as
// a list of bytes. A text that was cut in the middle of the key loses that part
// of it, too.
func (s secret) redact(text string) string {
	text = s.replacer().Replace(text)
	// Windows keep the work within bounds; a form of the key is shorter than
	// the part that two of them share.
	const window, shared, telling, inCode = 16 << 10, 2 << 10, 6, 8
	var spans []span
	for at := 0; at+telling <= len(text); at += window - shared {
		part := text[at:min(len(text), at+window)]
		found := finder{key: s.letters(), at: at, end: len(text)}
		for _, reading := range viewOf(part).readings() {
			found.in(reading.letters(), fewestLetters)
			for _, decoded := range reading.decoded() {
				found.in(decoded, inCode)
			}
		}
		spans = append(spans, found.spans...)
	}
	text = cover(text, spans)
	for key := s.reveal(); len(key) > telling; {
		key = key[:len(key)-1]
		if rest, cut := strings.CutSuffix(text, key); cut {
			return rest + redacted
		}
	}
	return text
}

// span is a part of a text.
type span struct{ from, to int }

// finder collects where a part of a text shows the key. The part begins at, and
// the text ends at, so many bytes.
type finder struct {
	key     string // its letters
	at, end int
	spans   []span
}

// in looks into the letters of a view: for the key, and at the end of the text
// for at least so many of its first letters.
func (f *finder) in(letters view, atLeast int) {
	if len(f.key) < fewestLetters {
		return
	}
	for _, form := range []string{f.key, reversed(f.key)} {
		for i := 0; ; i++ {
			next := bytes.Index(letters.bytes[i:], []byte(form))
			if next < 0 {
				break
			}
			i += next
			f.add(letters, i, len(form))
		}
	}
	const group = 3 // of base64, whose last one may be cut
	if n := len(letters.to); n == 0 || f.at+int(letters.to[n-1]) < f.end-group {
		return
	}
	for length := min(len(f.key)-1, len(letters.bytes)); length >= atLeast; length-- {
		if bytes.HasSuffix(letters.bytes, []byte(f.key[:length])) {
			f.add(letters, len(letters.bytes)-length, length)
			return
		}
	}
}

func (f *finder) add(letters view, i, length int) {
	f.spans = append(f.spans, span{f.at + int(letters.from[i]), f.at + int(letters.to[i+length-1])})
}

func reversed(text string) string {
	letters := []byte(text)
	slices.Reverse(letters)
	return string(letters)
}

// cover puts the word for the key over parts of a text.
func cover(text string, spans []span) string {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var out strings.Builder
	shown := 0
	for _, s := range spans {
		if s.from >= shown {
			out.WriteString(text[shown:s.from] + redacted)
		}
		shown = max(shown, s.to)
	}
	return out.String() + text[shown:]
}

// redactJSON is redact for what may be a JSON document, in which escapes and
// control characters can hide the key. It comes back as it was unless it holds
// the key.
func (s secret) redactJSON(text string) string {
	given := text
	if text = s.redact(text); text != given && json.Valid([]byte(given)) && !json.Valid([]byte(text)) {
		return `"` + redacted + `"` // it was no string that held the key
	}
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
