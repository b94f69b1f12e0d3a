package record

import (
	"iter"
	"slices"
	"sort"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/text"
)

// Difference is a code for how a row of a results file differs from the ledger's.
type Difference string

// The differences.
const (
	Altered    Difference = "altered"      // a cell reads otherwise
	Missing    Difference = "missing"      // a row of the ledger is not in the file
	Added      Difference = "added"        // a row of the file is not in the ledger
	OutOfOrder Difference = "out-of-order" // a row stands in another place
)

// RowDifference is one row of a results file that is not as the ledger would write it.
type RowDifference struct {
	Kind Difference
	// Row is the spreadsheet's number of the row in the audience, as its column row says; empty for a row that has left it.
	Row string
	// Line is the spreadsheet's number of the row in the results file; 0 for a missing one.
	Line int
	// Column, Ledger and File are of an altered cell. Beyond is its place, from 1, when it stands beyond the last column, which
	// has no name.
	Column, Ledger, File string
	Beyond               int
}

// Comparison is a results file held against the ledger.
type Comparison struct {
	Rows      int // of the file
	Forgotten int // of which only what became of them was compared
	Found     []RowDifference
	WrittenAt time.Time // when the file was
}

// comparedRow is one row of results, as the file has it or as the ledger would write it.
type comparedRow struct {
	cells     []string // of the input, then of currentColumns, then those beyond them
	place     int      // among its like, from 0
	line      int      // in the file
	forgotten bool
	spoken    bool // its error is a sentence, which a file may have in another language
}

// CompareResults holds a results file against the campaign: every row and every cell but for sentences. It returns a
// *NoResultsError for a file that has not the campaign's columns.
func (s Source) CompareResults(path string) (Comparison, error) {
	r, err := s.openResultsOf(path, func(r *ResultsReader) bool { return slices.Equal(r.Header(), s.Header) })
	if err != nil {
		return Comparison{}, err
	}
	defer r.Close()
	m := &matcher{columns: slices.Concat(s.Header, currentColumns.addedTo(s.Header)), own: len(s.Header), width: len(r.file.Header())}
	m.result.WrittenAt = r.WrittenAt
	if err := m.match(s.expected(), r.compared()); err != nil {
		return Comparison{}, err
	}
	m.conclude()
	return m.result, nil
}

// expected streams the rows as results have them.
func (s Source) expected() iter.Seq2[comparedRow, error] {
	return func(yield func(comparedRow, error) bool) {
		n := 0
		for row, err := range s.Rows {
			of := comparedRow{place: n, forgotten: !row.ForgottenAt.IsZero()}
			if err == nil {
				result := s.resultOf(row, unsaid{})
				of.cells, of.spoken = make([]string, len(s.Header)), result.spoken
				copy(of.cells, row.Cells)
				of.cells = append(of.cells, result.texts()...)
			}
			if n++; !yield(of, err) || err != nil {
				return
			}
		}
	}
}

// unsaid stands for sentences that nobody will read.
type unsaid struct{}

func (unsaid) Problem(problem.Problem) (wrong, fix string) { return "", "" }
func (unsaid) LeftOut(string, int, Detail) string          { return "" }
func (unsaid) Cause(string) string                         { return "" }
func (unsaid) MessagedOther(string) string                 { return "" }
func (unsaid) ForgottenAt(time.Time) string                { return "" }

// compared streams the rows of the file as they stand.
func (r *ResultsReader) compared() iter.Seq2[comparedRow, error] {
	return func(yield func(comparedRow, error) bool) {
		n := 0
		for read, err := range r.results() {
			if isNoRows(err) {
				return
			}
			in := comparedRow{place: n, line: read.number, cells: slices.Concat(read.own, read.added, read.surplus)}
			if n++; !yield(in, err) || err != nil {
				return
			}
		}
	}
}

// matcher finds to each row of the ledger that of the file. Both are read at once, so that of a file in its order only a
// few rows are held at a time.
type matcher struct {
	columns []string
	own     int // how many of them are the input's
	width   int // of the file: an earlier version's has fewer columns
	ledger  []comparedRow
	file    []comparedRow
	places  []rowPlace // of the rows that were found
	limit   int        // how many rows wait before they are paired
	result  Comparison
}

// rowPlace is where a row stands.
type rowPlace struct {
	ledger, file, line int
	row                string
}

func (m *matcher) key(r comparedRow) string { return m.cell(r, "idempotency_key") }
func (m *matcher) row(r comparedRow) string { return m.cell(r, "row") }
func (m *matcher) cell(r comparedRow, name string) string {
	return r.cells[m.own+columnOf(name)]
}

func (m *matcher) match(expected, actual iter.Seq2[comparedRow, error]) error {
	next, stop := iter.Pull2(expected)
	defer stop()
	read, end := iter.Pull2(actual)
	defer end()
	for {
		of, err, more := next()
		if err != nil {
			return err
		}
		in, err, another := read()
		if err != nil {
			return err
		}
		switch {
		case !more && !another:
			return nil
		case more && another && m.same(of, in) && len(m.ledger)+len(m.file) == 0:
			m.result.Rows++
			m.pair(of, in)
			continue
		}
		if more {
			m.ledger = append(m.ledger, of)
		}
		if another {
			m.result.Rows++
			m.file = append(m.file, in)
		}
		m.settle(false)
	}
}

// same reports whether two rows are of one recipient: the key, which only one has, or else the place in the audience.
func (m *matcher) same(a, b comparedRow) bool {
	if key := m.key(a); key != "" && key == m.key(b) {
		return true
	}
	row := m.row(a)
	return row != "" && row == m.row(b) && (m.key(a) == "" || m.key(b) == "" || a.forgotten)
}

// fewestWaiting is how many rows wait at the least before they are paired.
const fewestWaiting = 64

// settle pairs rows that wait. It looks when many wait, and at the end.
func (m *matcher) settle(end bool) {
	if !end && len(m.ledger)+len(m.file) < m.limit {
		return
	}
	defer func() { m.limit = max(fewestWaiting, 2*(len(m.ledger)+len(m.file))) }()
	for _, name := range []func(comparedRow) string{m.key, m.row} {
		if !end { // a row number alone may still find its key
			name = m.key
		}
		byName := map[string]int{}
		for i, r := range m.file {
			if n := name(r); n != "" {
				byName[n] = i
			}
		}
		taken := map[int]bool{}
		m.ledger = slices.DeleteFunc(m.ledger, func(r comparedRow) bool {
			i, found := byName[name(r)]
			if !found || taken[i] || name(r) == "" {
				return false
			}
			taken[i] = true
			m.pair(r, m.file[i])
			return true
		})
		at := -1
		m.file = slices.DeleteFunc(m.file, func(comparedRow) bool { at++; return taken[at] })
	}
}

// pair compares two rows of one recipient.
func (m *matcher) pair(of, in comparedRow) {
	m.places = append(m.places, rowPlace{of.place, in.place, in.line, m.row(of)})
	if of.forgotten {
		m.result.Forgotten++
	}
	for i, column := range m.columns {
		if of.spoken && i == m.own+columnOf("error") {
			continue
		}
		if cell := in.cells[i]; !sameCell(cell, of.cells[i]) && !(of.forgotten && m.mayTell(of, i, cell)) {
			m.result.Found = append(m.result.Found, RowDifference{Kind: Altered, Row: m.row(of), Line: in.line, Column: column,
				Ledger: of.cells[i], File: cell})
		}
	}
	for i := len(m.columns); i < len(in.cells); i++ { // beyond the last column; an empty cell is no more than none
		if in.cells[i] != "" {
			m.result.Found = append(m.result.Found, RowDifference{Kind: Altered, Row: m.row(of), Line: in.line,
				Beyond: i + 1 - len(m.columns) + m.width, File: in.cells[i]})
		}
	}
}

// mayTell reports whether a file may read otherwise than the ledger in a column of a forgotten row: one that was written
// before holds the person still, and what the message had come to until then.
func (m *matcher) mayTell(of comparedRow, column int, cell string) bool {
	if column < m.own {
		return true
	}
	ended := m.cell(of, "cause") == outcome.CauseForgotten
	skipped := m.cell(of, "status") == string(outcome.Skipped)
	switch currentColumns[column-m.own] {
	case "status":
		return ended && skipped && cell == string(outcome.Pending)
	case "cause":
		return ended
	case "error_code": // which the reason takes the place of, as long as it is known
		return skipped
	case "attempts", "sent_at", "row":
		return false
	}
	return true
}

// sameCell takes one time for the same in every zone, and line breaks of every kind: the file may have been written in another,
// and saved by another program.
func sameCell(a, b string) bool {
	if text.Lines(a) == text.Lines(b) {
		return true
	}
	s, err := time.Parse(time.RFC3339, a)
	t, failed := time.Parse(time.RFC3339, b)
	return err == nil && failed == nil && s.Equal(t)
}

// conclude tells what found no counterpart, and what stands in another place.
func (m *matcher) conclude() {
	m.settle(true)
	gone := 0 // forgotten rows without a number of their own: nothing tells them from one another
	for _, r := range m.ledger {
		if r.forgotten && m.row(r) == "" {
			gone++
			m.result.Forgotten++
			continue
		}
		m.result.Found = append(m.result.Found, RowDifference{Kind: Missing, Row: m.row(r)})
	}
	for _, r := range m.file {
		if m.row(r) == "" && gone > 0 {
			gone--
			continue
		}
		m.result.Found = append(m.result.Found, RowDifference{Kind: Added, Row: m.row(r), Line: r.line})
	}
	slices.SortFunc(m.places, func(a, b rowPlace) int { return a.ledger - b.ledger })
	inOrder := longestRise(m.places)
	for i, place := range m.places {
		if !inOrder[i] {
			m.result.Found = append(m.result.Found, RowDifference{Kind: OutOfOrder, Row: place.row, Line: place.line})
		}
	}
}

// longestRise picks the most of the places that stand in the file in the ledger's order: the others were moved.
func longestRise(places []rowPlace) map[int]bool {
	var ends []int // of rises of each length, the one with the smallest end
	before := make([]int, len(places))
	for i, place := range places {
		length := sort.Search(len(ends), func(n int) bool { return places[ends[n]].file >= place.file })
		before[i] = -1
		if length > 0 {
			before[i] = ends[length-1]
		}
		if length == len(ends) {
			ends = append(ends, i)
		} else {
			ends[length] = i
		}
	}
	picked := map[int]bool{}
	if len(ends) > 0 {
		for i := ends[len(ends)-1]; i >= 0; i = before[i] {
			picked[i] = true
		}
	}
	return picked
}
