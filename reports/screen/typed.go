package screen

import (
	"strings"

	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/typed"
)

// Mistyped says what was received in place of what was meant. The command as it should be follows.
func Mistyped(f Face, mistakes []typed.Mistake) string {
	var lines []string
	for _, m := range mistakes {
		lines = append(lines, f.Typed(string(m.Kind), text.Clean(m.Received)))
	}
	return strings.Join(append(lines, f.TypedMeant()), "\n")
}
