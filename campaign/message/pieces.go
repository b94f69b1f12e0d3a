package message

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kanal-campaign/kanal"
)

// pieces is a text as each row fills it in: literals, and between them values by their index. A value is never read for
// placeholders itself.
type pieces struct {
	literals []string // one more than values
	values   []int

	bytes, runes int // of all literals
}

func newPieces(literals []string, values []int) pieces {
	p := pieces{literals: literals, values: values}
	for _, literal := range literals {
		p.bytes += len(literal)
		p.runes += utf8.RuneCountInString(literal)
	}
	return p
}

// piecesOf takes a template's text apart. A placeholder that is none of the names is literal; of a name that comes twice, the
// last one counts.
func piecesOf(text string, names []string) pieces {
	literals, values := []string{""}, []int(nil)
	for _, piece := range kanal.Pieces(text) {
		value := -1
		for i, name := range names {
			if name == piece.Name && name != "" {
				value = i
			}
		}
		if value < 0 {
			literals[len(literals)-1] += piece.Text
			continue
		}
		literals, values = append(literals, ""), append(values, value)
	}
	return newPieces(literals, values)
}

// render fills in the values.
func (p pieces) render(values []string) string {
	var text strings.Builder
	text.Grow(p.length(values))
	for i, value := range p.values {
		text.WriteString(p.literals[i])
		text.WriteString(values[value])
	}
	text.WriteString(p.literals[len(p.values)])
	return text.String()
}

// length is that of the text with the values, in bytes.
func (p pieces) length(values []string) int {
	n := p.bytes
	for _, value := range p.values {
		n += len(values[value])
	}
	return n
}

// characters is the length of the text with the values, as WhatsApp counts it.
func (p pieces) characters(values []string) int {
	n := p.runes
	for _, value := range p.values {
		n += utf8.RuneCountInString(values[value])
	}
	return n
}

// inOrderOfNames gives the indexes of names sorted as bytes, each name once: of one that comes twice, the last.
func inOrderOfNames(names []string) []int {
	var order []int
	for i, name := range names {
		if !slices.Contains(names[i+1:], name) {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(names[a], names[b]) })
	return order
}
