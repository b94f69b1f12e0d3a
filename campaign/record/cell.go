package record

import (
	"strings"

	"kanal-campaign/campaign/text"
)

// formulaStart matches where a cell begins with what a spreadsheet would compute (OWASP, "CSV injection"), behind spaces
// and quotes that some take away. What stands behind a delimiter counts, too: a spreadsheet of another country takes
// another character for it, and begins a cell there.
var formulaStart = text.Pattern(`(^|[,;|])([\p{Zs}"]*)([=+\-@＝＋－＠﹢﹣﹦﹫])`)

// unformula makes a text from elsewhere safe in a cell that the tool adds: no control characters, and no formula.
func unformula(s string) string {
	if isTame(s) {
		return s
	}
	risky := s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) // as it would be read if that were kept
	s = formulaStart().ReplaceAllString(text.Clean(s), "$1'$2$3")
	if risky && !strings.HasPrefix(s, "'") {
		return "'" + s
	}
	return s
}

// isTame reports whether a text certainly begins no formula, nowhere: most are ids, digits and codes.
func isTame(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-' && i > 0:
		default:
			return false
		}
	}
	return true
}

// reformula undoes what unformula does to a text that a spreadsheet would compute.
func reformula(s string) string {
	if text, quoted := strings.CutPrefix(s, "'"); quoted && unformula(text) == s {
		return text
	}
	return s
}
