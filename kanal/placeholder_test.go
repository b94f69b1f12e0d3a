package kanal

import (
	"regexp"
	"strings"
	"testing"
)

var placeholderReference = regexp.MustCompile(`\{\{([^{}]+)\}\}`)

// FuzzPieces holds the pieces of a text against the pattern of a placeholder.
func FuzzPieces(f *testing.F) {
	for _, text := range []string{"{{a}}", "{{ a }} {{b}}", "{{{a}}}", "{{a}", "{{{{a}}", "{{}}{{ }}", "a{{b{c}}", "}}{{é}}"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var names []string
		whole := ""
		for _, piece := range Pieces(text) {
			if whole += piece.Text; piece.Name != "" {
				names = append(names, piece.Name)
			}
		}
		var want []string
		for _, match := range placeholderReference.FindAllStringSubmatch(text, -1) {
			if name := strings.TrimSpace(match[1]); name != "" {
				want = append(want, name)
			}
		}
		if whole != text || strings.Join(names, "\x00") != strings.Join(want, "\x00") {
			t.Fatalf("%q: %q of %q, want %q", text, names, whole, want)
		}
	})
}
