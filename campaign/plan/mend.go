package plan

import (
	"html"
	"io"
	"slices"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// Mend is a cell that was written anew.
type Mend struct {
	Row    int          `json:"row"`
	Column string       `json:"column"` // the spreadsheet's letter
	Header string       `json:"header"`
	Code   problem.Code `json:"code"`
	Before string       `json:"before"`
	After  string       `json:"after"`
}

// Mender writes the cells anew whose problem has one answer that is certain. It never guesses: what is not in safeMends
// stays as it is, for a person to decide.
type Mender struct {
	Rules   number.Rules     // of the row at hand
	Dialect audience.Dialect // in which the cells are to be written
}

// safeMends are the problems that may be mended without asking, and how. Each mend keeps the person and the words.
//
//   - a line break, a tab or a row of spaces in a value becomes one space: WhatsApp takes nothing else, and no word changes;
//   - letters that were saved in a wrong encoding (Ã© for é) are turned back where all of the cell reads as UTF-8 again,
//     which text that was meant so does not, and characters that stand in a web page's code (&eacute;);
//   - a number with a stray symbol around it, or with a 0 too many in front, is written internationally where its
//     digits stay the same and make a number of the country that the user gave.
//
// Never mended: two numbers in a cell, letters in a number and extensions (which part is meant is a guess), scientific
// notation (the digits are lost), numbers below zero (Excel takes +33-612345678 for a subtraction), + before a 0 (the
// country's code may be missing), numbers of other countries and overseas ones (another reading means another person),
// too short and impossible numbers, empty values, errors of formulas, repetitions.
var safeMends = map[problem.Code]func(m Mender, cell, fix string) string{
	message.ValueWhitespace:         func(_ Mender, cell, _ string) string { return message.OneLine(cell) },
	message.ValueMojibake:           func(_ Mender, cell, _ string) string { return unmangle(cell) },
	message.ValueUndecodable:        func(_ Mender, cell, _ string) string { return unmangle(cell) },
	message.ValueEntities:           func(_ Mender, cell, _ string) string { return html.UnescapeString(cell) },
	problem.Code(number.NotANumber): Mender.number,
	problem.Code(number.Invalid):    Mender.number,
	problem.Code(number.TooLong):    Mender.number,
}

// Mend returns a row's cells with every safe mend, and what was mended. The row's own cells stay as they are.
func (m Mender) Mend(row record.Row, header []string) (cells []string, mends []Mend) {
	cells = append(cells, row.Cells...)
	for _, p := range row.Problems {
		way, safe := safeMends[p.Code]
		column := columnOf(p.Column, header)
		if !safe || column < 0 || column >= len(cells) {
			continue
		}
		before := cells[column]
		after := way(m, before, p.Fix)
		if after == "" || after == before || !m.writable(after) {
			continue
		}
		cells[column] = after
		mends = append(mends, Mend{Row: row.Number, Column: p.Column, Header: p.Header, Code: p.Code,
			Before: problem.Cut(before), After: problem.Cut(after)})
	}
	return cells, mends
}

// MendHeader is Mend for the names of the columns, which stand in a row of their own: letters of a wrong encoding are turned
// back where no other column has that name.
func (m Mender) MendHeader(header []string, row int) (names []string, mends []Mend) {
	names = slices.Clone(header)
	for i, before := range header {
		after := unmangle(before)
		if after == "" || slices.Contains(names, after) || !m.writable(after) {
			continue
		}
		names[i] = after
		mends = append(mends, Mend{Row: row, Column: audience.ColumnLetter(i), Header: before, Code: message.ValueMojibake,
			Before: problem.Cut(before), After: problem.Cut(after)})
	}
	return names, mends
}

func columnOf(letter string, header []string) int {
	for i := range header {
		if audience.ColumnLetter(i) == letter {
			return i
		}
	}
	return -1
}

// number returns the proposed fix where the digits are those of the cell but for zeros in front and the country's code,
// and the number is the user's own country's. "" for any other.
func (m Mender) number(cell, fix string) string {
	if m.Rules.Country == "" {
		return ""
	}
	cleaned, err := m.Rules.Clean(fix)
	if err != nil || cleaned.Region != m.Rules.Country {
		return ""
	}
	written := digitsOf(cell)
	if strings.ContainsAny(cell, "+\uff0b\ufe62") && !strings.HasPrefix(cleaned.Digits, written) {
		return "" // it may be another country's
	}
	written = strings.TrimLeft(written, "0")
	if len(written) < 8 || !strings.HasSuffix(cleaned.Digits, written) {
		return ""
	}
	return fix
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// unmangle turns back a cell that is UTF-8 read in another encoding; "" where it is not that, or not that alone.
func unmangle(cell string) string {
	again, ok := text.WhollyUnmangled(cell)
	if !ok {
		return ""
	}
	return again
}

// writable reports whether the dialect's encoding has the characters.
func (m Mender) writable(cell string) bool {
	return audience.NewWriter(io.Discard, m.Dialect).Write([]string{cell}) == nil
}
