package screen

import (
	"strings"

	"kanal-campaign/campaign/text"
)

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
		row = max(row, text.Columns(p.RowLabel(p.RowNumber(m.Row)))+1)
		before = max(before, text.Columns(markedCell(m.Before)))
	}
	for _, m := range f.First {
		line := strings.Repeat(" ", exampleIndent) + pad(p.RowLabel(p.RowNumber(m.Row)), row) + pad(m.Column, 3) + pad(markedCell(m.Before), before+2)
		p.line(text.Shorten(line+"-> "+markedCell(m.After), screenWidth))
	}
	if rest := f.Count - len(f.First); rest > 0 {
		p.text(exampleIndent, p.MoreCells(rest))
	}
	p.text(0, p.FixesFollow())
}

// markedCell is shownCell where what cannot be told apart by looking is the point.
func markedCell(value string) string { return text.Shorten(text.Marked(value), longestCell) }
