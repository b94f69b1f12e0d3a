package message

import (
	"slices"
	"strings"

	"kanal-campaign/campaign/problem"
)

// Codes of problems with the placeholders of a free-form message. They carry the flag as Reason, and line and character.
const (
	PlaceholderUnclosed problem.Code = "placeholder-unclosed"
	PlaceholderEmpty    problem.Code = "placeholder-empty"
)

// placeholders is a text in pieces: literal text, and names of columns between them. A name stands in double braces,
// {{prenom}}; a backslash before the braces, \{{, makes them literal.
type placeholders struct {
	literals []string // one more than names
	fields   []Field
}

// parsePlaceholders reads the text of a flag. Positions count lines and characters from 1.
func parsePlaceholders(flag, text string) (placeholders, []problem.Problem) {
	var p placeholders
	var found []problem.Problem
	var literal strings.Builder
	line, column := 1, 1
	advance := func(passed string) {
		for _, r := range passed {
			if column++; r == '\n' {
				line, column = line+1, 1
			}
		}
	}
	for rest := text; rest != ""; {
		open := strings.Index(rest, "{{")
		switch {
		case open < 0:
			literal.WriteString(rest)
			advance(rest)
			rest = ""
			continue
		case open > 0 && rest[open-1] == '\\':
			literal.WriteString(rest[:open-1] + "{{")
			advance(rest[:open+2])
			rest = rest[open+2:]
			continue
		}
		literal.WriteString(rest[:open])
		advance(rest[:open])
		field := Field{Flag: flag, Line: line, Column: column}
		name, after, closed := strings.Cut(rest[open+2:], "}}")
		field.Name = strings.TrimSpace(name)
		switch {
		case !closed || strings.Contains(name, "{{") || strings.Contains(name, "\n"):
			return p, append(found, field.problem(PlaceholderUnclosed, problem.Cut(rest[open:])))
		case field.Name == "":
			found = append(found, field.problem(PlaceholderEmpty, rest[open:len(rest)-len(after)]))
		}
		p.literals, p.fields = append(p.literals, literal.String()), append(p.fields, field)
		literal.Reset()
		advance(rest[open : len(rest)-len(after)])
		rest = after
	}
	p.literals = append(p.literals, literal.String())
	return p, found
}

func (f Field) problem(code problem.Code, value string) problem.Problem {
	return problem.Problem{Code: code, Severity: problem.Error, Value: value, Reason: f.Flag, Line: f.Line, LineColumn: f.Column}
}

// pieces are the text, to be filled in with the values of a message's fields.
func (p placeholders) pieces(of []Field) pieces {
	values := make([]int, len(p.fields))
	for i, field := range p.fields {
		values[i] = slices.IndexFunc(of, func(f Field) bool { return f.Name == field.Name })
	}
	return newPieces(p.literals, values)
}
