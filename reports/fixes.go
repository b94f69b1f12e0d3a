package reports

import (
	"kanal-campaign/campaign/plan"
	"strings"

	"kanal-campaign/campaign/problem"
)

// Fixes are the cells that check --fix has written anew.
type Fixes struct {
	Asked bool   // by --fix
	From  string // the file with the problems, as people know it
	Path  string // the file that was written; empty when nothing could be fixed safely
	Count int
	First []plan.Mend
	// Groups and Notes are warnings about the former file that the new one gives no more: it hides no row, and CSV is text.
	Groups []plan.Group
	Notes  []problem.Problem
}

// MostFixes is how many fixes a screen lists, and Fixes.First holds.
const MostFixes = 10

// showFixes lists what was written anew, before and after.
func (s CheckScreen) showFixes(p *page) {
	f := s.Fixes
	switch {
	case !f.Asked:
		return
	case f.Count == 0:
		p.gap()
		p.text(0, p.FixesNone())
		return
	}
	p.gap()
	p.text(0, p.FixesWritten(f.Count, together(f.From), together(f.Path)))
	row, before := exampleRow, exampleCell
	for _, m := range f.First {
		row = max(row, columnsOf(p.RowLabel(p.RowNumber(m.Row)))+1)
		before = max(before, columnsOf(markedCell(m.Before)))
	}
	for _, m := range f.First {
		line := strings.Repeat(" ", exampleIndent) + pad(p.RowLabel(p.RowNumber(m.Row)), row) + pad(m.Column, 3) + pad(markedCell(m.Before), before+2)
		p.line(shorten(line+"-> "+markedCell(m.After), screenWidth))
	}
	if rest := f.Count - len(f.First); rest > 0 {
		p.text(exampleIndent, p.MoreCells(rest))
	}
	p.text(0, p.FixesFollow())
}

// markedCell is shownCell where what cannot be told apart by looking is the point.
func markedCell(value string) string { return shorten(marked(value), longestCell) }
