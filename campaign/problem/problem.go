// Package problem holds what can be wrong with an audience: as codes and arguments, never as sentences. The sentences
// that users read stand together in reports, keyed by code.
package problem

import (
	"slices"

	"kanal-campaign/kanal"
)

// Code names one kind of problem, in kebab case. Codes are stable: problems files and JSON output carry them.
type Code string

// Severity tells whether a problem stops a row from being sent.
type Severity string

// The severities of a problem.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	// Decision is of a file in which nothing need be wrong, but which can be meant in two ways: nothing is sent until one
	// of the problem's Answers is given.
	Decision Severity = "decision"
)

// Answer is a flag that settles a decision.
type Answer struct {
	Flag  string   `json:"flag"` // with its dashes
	Value string   `json:"value"`
	More  []string `json:"more,omitempty"` // further values, with the flag before each
	// Invalid is how many rows have an error by this answer, and none by another.
	Invalid int `json:"invalid,omitempty"`
}

// Words are the words of a command line that the answer is.
func (a Answer) Words() []string {
	words := []string{a.Flag, a.Value}
	for _, value := range a.More {
		words = append(words, a.Flag, value)
	}
	return words
}

// Problem is one thing wrong with a file, its header or a row. Everything but Code and Severity may be empty.
type Problem struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	// Row is the spreadsheet's row number; 0 when the problem is the file's.
	Row int `json:"row,omitempty"`
	// Line and LineColumn are physical and 1-based, set only where quoting is broken.
	Line       int `json:"line,omitempty"`
	LineColumn int `json:"line_column,omitempty"`
	// Column is the spreadsheet's letter, Header the column's name.
	Column string `json:"column,omitempty"`
	Header string `json:"header,omitempty"`
	// Variable is the template's variable that the column feeds.
	Variable string `json:"variable,omitempty"`
	// Value is the offending cell, cut to ValueLimit characters. Fix is a value to write instead.
	Value string `json:"value,omitempty"`
	Fix   string `json:"fix,omitempty"`
	// First is the other row concerned: of a repeated number, the first one.
	First int `json:"first,omitempty"`
	// Length and Limit are in characters, for texts that are too long.
	Length int `json:"length,omitempty"`
	Limit  int `json:"limit,omitempty"`
	// Names are the arguments of the sentence that are names: columns, templates, files, a country.
	Names []string `json:"names,omitempty"`
	// Reason is a code, a flag, or a library's own words where they help.
	Reason string `json:"reason,omitempty"`
	// Doubt is why the variables of a template are uncertain.
	Doubt *kanal.TemplateDoubt `json:"-"`
	// Answers settle a Decision, the safest first.
	Answers []Answer `json:"answers,omitempty"`
}

// ValueLimit bounds the characters of a cell that a Problem carries: a cell may hold a megabyte.
const ValueLimit = 200

// Cut shortens a value to at most ValueLimit characters, with an ellipsis in place of the rest.
func Cut(value string) string {
	n := 0
	for i := range value {
		if n == ValueLimit-1 {
			return value[:i] + "…"
		}
		n++
	}
	return value
}

// HasError reports whether an error is among the problems.
func HasError(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return p.Severity == Error })
}
