package kanal

import (
	"slices"
	"strings"
)

// Piece is a part of a text: a {{name}} placeholder, with or without spaces
// inside the braces, or what stands between two of them, which has no Name.
type Piece struct{ Text, Name string }

// Pieces takes a text apart.
func Pieces(text string) []Piece {
	var pieces []Piece
	from := 0 // of what is not yet in a piece
	for at := 0; ; {
		open := strings.Index(text[at:], "{{")
		if open < 0 {
			break
		}
		open += at
		inner := text[open+2:]
		end := strings.IndexAny(inner, "{}")
		if end < 0 || !strings.HasPrefix(inner[end:], "}}") || strings.TrimSpace(inner[:end]) == "" {
			at = open + 1
			continue
		}
		if open > from {
			pieces = append(pieces, Piece{Text: text[from:open]})
		}
		at = open + 2 + end + 2
		pieces, from = append(pieces, Piece{Text: text[open:at], Name: strings.TrimSpace(inner[:end])}), at
	}
	if from < len(text) {
		pieces = append(pieces, Piece{Text: text[from:]})
	}
	return pieces
}

// Placeholders returns the names of the {{name}} placeholders of a text, each
// once, in order of appearance.
func Placeholders(text string) []string {
	var names []string
	for _, piece := range Pieces(text) {
		if piece.Name != "" && !slices.Contains(names, piece.Name) {
			names = append(names, piece.Name)
		}
	}
	return names
}

// Render replaces the placeholders that values names. It goes over the text
// once: a value is never expanded in its turn, and a placeholder that values
// does not name stays as it is.
func Render(text string, values map[string]string) string {
	var rendered strings.Builder
	for _, piece := range Pieces(text) {
		if value, named := values[piece.Name]; named && piece.Name != "" {
			rendered.WriteString(value)
		} else {
			rendered.WriteString(piece.Text)
		}
	}
	return rendered.String()
}
