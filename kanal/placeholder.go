package kanal

import (
	"regexp"
	"strings"
)

// placeholder is {{name}}, with or without spaces inside the braces.
var placeholder = regexp.MustCompile(`\{\{([^{}]+)\}\}`)

func placeholderName(match string) string {
	return strings.TrimSpace(strings.Trim(match, "{}"))
}

// Placeholders returns the names of the {{name}} placeholders of a text, each
// once, in order of appearance.
func Placeholders(text string) []string {
	var names []string
	seen := map[string]bool{"": true}
	for _, match := range placeholder.FindAllString(text, -1) {
		if name := placeholderName(match); !seen[name] {
			names, seen[name] = append(names, name), true
		}
	}
	return names
}

// Render replaces the placeholders that values names. It goes over the text
// once: a value is never expanded in its turn, and a placeholder that values
// does not name stays as it is.
func Render(text string, values map[string]string) string {
	return placeholder.ReplaceAllStringFunc(text, func(match string) string {
		if value, ok := values[placeholderName(match)]; ok {
			return value
		}
		return match
	})
}
