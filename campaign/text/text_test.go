package text

import (
	"strings"
	"testing"
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
