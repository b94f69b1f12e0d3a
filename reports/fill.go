package reports

import (
	"strconv"
	"strings"
	"unicode"
)

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// arguments gives the value of a name in a text; "" for what there is none of.
type arguments func(name string) string

// fill writes the arguments into one of this package's texts. {name} is an argument; {n:row} is the count n with its
// noun, {n?is|are} only the noun. A part in [brackets] is left out when one of its arguments is empty. Arguments are
// never read as text, whatever they hold.
func fill(text string, args arguments) string {
	filled, _ := fillPart(text, args)
	return filled
}

// fillPart also tells whether every argument outside of brackets had a value.
func fillPart(text string, args arguments) (filled string, whole bool) {
	var out strings.Builder
	whole = true
	for text != "" {
		i := strings.IndexAny(text, "{[")
		if i < 0 {
			break
		}
		out.WriteString(text[:i])
		opened := text[i]
		closing := map[byte]string{'{': "}", '[': "]"}[opened]
		inside, rest, _ := strings.Cut(text[i+1:], closing)
		text = rest
		if opened == '[' {
			if part, ok := fillPart(inside, args); ok {
				out.WriteString(part)
			}
			continue
		}
		value := argumentOf(inside, args)
		whole = whole && value != ""
		out.WriteString(value)
	}
	out.WriteString(text)
	return out.String(), whole
}

func argumentOf(inside string, args arguments) string {
	if name, forms, counted := strings.Cut(inside, ":"); counted {
		n, _ := strconv.Atoi(strings.ReplaceAll(args(name), ",", ""))
		return count(n, forms)
	}
	if name, forms, named := strings.Cut(inside, "?"); named {
		n, _ := strconv.Atoi(strings.ReplaceAll(args(name), ",", ""))
		return noun(n, forms)
	}
	return args(inside)
}
