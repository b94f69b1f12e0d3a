package kanal

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// maxText bounds what is kept of a text of the API's, in characters.
const maxText = 500

// terminalEscape is a CSI or OSC sequence, or another two-character escape.
var terminalEscape = pattern("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|.)")

// cleanText makes a foreign text safe to show: one line, no control or
// direction-changing characters, no terminal escapes, at most maxText
// characters with an ellipsis where it was cut.
func cleanText(text string) string { return cutText(oneLine(text)) }

// oneLine is cleanText at any length.
func oneLine(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = terminalEscape().ReplaceAllString(text, "")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

func cutText(text string) string {
	runes := 0
	for i := range text {
		if runes == maxText {
			cut := []rune(text[:i])
			return string(cut[:maxText-1]) + "…"
		}
		runes++
	}
	return text
}

// fold prepares a text of the API's for comparison: lower case, single
// spaces, no full stop at the end. The texts are documented, their spelling to
// the letter is not promised.
func fold(text string) string {
	return strings.TrimRight(strings.ToLower(strings.Join(strings.Fields(text), " ")), " .!")
}

var pageTitle = pattern(`(?is)<title[^>]*>(.*?)</title>`)

// foreignText is what is worth keeping of a body that is not the API's: the
// title of an HTML page, or the text itself.
func foreignText(body []byte) string {
	const enough = 8 << 10 // a title stands at the top
	text := strings.TrimSpace(string(body[:min(len(body), enough)]))
	if !strings.HasPrefix(text, "<") {
		return text
	}
	if title := pageTitle().FindStringSubmatch(text); title != nil {
		return title[1]
	}
	return ""
}

// pattern is a regular expression that is compiled when it is first asked
// for: most runs need few of them.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
