package text

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// hostile does to a terminal what a cell must never do.
const hostile = "\x1b[2J\x1b]0;owned\x07Zo\u202eé\r\nline\x9b31m\u0085two\t\x00\u2066x\u009b5n\x1bP1;x\x1b\\end"

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Zoé, à bientôt ☕":                       "Zoé, à bientôt ☕",
		"a\r\nb\nc\rd":                           "a⏎b⏎c⏎d",
		"a\u2028b\u0085c":                        "a⏎b⏎c",
		"\x1b[31mred\x1b[0":                      "red0",
		"a\tb":                                   "a b",
		"\x1b]8;;http://x\x1b\\link\x1b]8;;\x07": "link",
		"bad\xff":                                "bad\uFFFD",
		"\u202egnp.exe":                          "gnp.exe",
		"del\x7f\x00end":                         "delend",
		"\x1b":                                   "",
		"👩‍👩‍👧 مرحبا":                            "👩‍👩‍👧 مرحبا",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Clean(hostile); strings.ContainsAny(got, "\x1b\x07\x00\r\n\t\u202e\u2066\u009b") {
		t.Errorf("%q", got)
	}
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"Zoé": "Zoé", "Zo\u0081": "Zo\uFFFD", "Zo\xe9": "Zo\uFFFD", "a\tb\nc": "a b⏎c", "\x1b[2Jx\x00": "\uFFFD[2Jx\uFFFD", "\x7f": "\uFFFD",
	} {
		if got := Visible(in); got != want || Clean(got) != got {
			t.Errorf("Visible(%q) = %q, want %q", in, got, want)
		}
	}
}

// What is fixed can be seen, even where it is no letter.
func TestMarked(t *testing.T) {
	for text, want := range map[string]string{
		"a\tb": "a⇥b", "06\u00a012\u202f34": "06␣12␣34", "a\u200bb\ufeff": "a<U+200B>b<U+FEFF>", "a\nb": "a⏎b", "a  b": "a  b",
		"\u202eb": "<U+202E>b", "Zoé\x01": "Zoé\uFFFD", "👨\u200d👩": "👨\u200d👩", "a\x1b[31m\u00a0": "a\uFFFD[31m␣",
	} {
		if got := Marked(text); got != want || Clean(got) != got {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// steers matches what does more than stand on its line: control characters, marks of direction, what cannot be seen, line
// ends of Unicode's, and heaps of accents.
var steers = regexp.MustCompile(`[\x00-\x1f\x7f-\x{9f}\x{ad}\x{61c}\x{180e}\x{200b}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}` +
	`\x{feff}\x{fff9}-\x{fffb}\x{e0001}-\x{e007f}]|[\pM\x{200c}\x{200d}]{30}`)

// FuzzClean: nothing that comes out can steer a terminal, whatever goes in, and cleaning twice changes nothing.
func FuzzClean(f *testing.F) {
	f.Add(hostile)
	f.Fuzz(func(t *testing.T, s string) {
		for name, clean := range map[string]func(string) string{"Clean": Clean, "Visible": Visible, "Marked": Marked} {
			got := clean(s)
			if !utf8.ValidString(got) || steers.MatchString(got) || Clean(got) != got {
				t.Fatalf("%s of %q is %q", name, s, got)
			}
		}
	})
}

func TestLines(t *testing.T) {
	for in, want := range map[string]string{
		"a": "a", "a\nb": "a\nb", "a\r\nb\r\r\nc": "a\nb\nc", "a\rb\r\r": "a\nb\n\n", "a\u2028b\u2029": "a\nb\n", "é\r": "é\n",
	} {
		if got := Lines(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
