package message_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/problem"
)

// placeholderReference finds a placeholder, and the braces that a backslash makes literal.
var placeholderReference = regexp.MustCompile(`\\\{\{|\{\{[^\n]*?\}\}`)

// FuzzPlaceholders: the text that is sent is the text as it was written, with each value in its place, whole and read
// for nothing: braces in a value are braces. A text that cannot be read is refused, at a place in it.
func FuzzPlaceholders(f *testing.F) {
	f.Fuzz(func(t *testing.T, text, value string) {
		m, problems := message.FreeFormMessage(message.FreeForm{Type: "text", Text: text})
		for _, p := range problems {
			checkPlace(t, text, p)
		}
		if len(problems) > 0 {
			return
		}
		names := m.FieldNames()
		values := make([]string, len(names))
		for i := range values {
			values[i] = fmt.Sprint(value, i)
		}
		want := placeholderReference.ReplaceAllStringFunc(text, func(match string) string {
			if match[0] == '\\' {
				return "{{"
			}
			i := slices.Index(names, strings.TrimSpace(match[2:len(match)-2]))
			if i < 0 {
				t.Fatalf("%q: %q has no value of %q", text, match, names)
			}
			return values[i]
		})
		if got := m.Preview(values); got != want {
			t.Fatalf("%q with %q reads %q, not %q", text, values, got, want)
		}
	})
}

// checkPlace holds the place of a problem against the text.
func checkPlace(t *testing.T, text string, p problem.Problem) {
	t.Helper()
	if p.Code != message.PlaceholderUnclosed && p.Code != message.PlaceholderEmpty {
		if p.Code != message.TextMissing || strings.TrimSpace(text) != "" {
			t.Fatalf("%q: %+v", text, p)
		}
		return
	}
	lines := strings.Split(text, "\n")
	if p.Line < 1 || p.Line > len(lines) {
		t.Fatalf("%q has no line %d", text, p.Line)
	}
	line := []rune(lines[p.Line-1])
	if p.LineColumn < 1 || p.LineColumn > len(line) || !strings.HasPrefix(string(line[p.LineColumn-1:]), "{{") {
		t.Fatalf("%q: nothing opens at line %d, character %d", text, p.Line, p.LineColumn)
	}
}
