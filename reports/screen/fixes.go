package screen

import (
	"strings"

	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/text"
)

// showFixes lists what was written anew, before and after: the first of what was certain, and all that was only proposed.
func (s CheckScreen) showFixes(p *page) {
	f := s.Fixes
	if f.Count == 0 {
		return
	}
	p.gap()
	p.text(0, p.FixesWritten(f.Count, together(f.From), together(f.Path)))
	showMends(p, f.First)
	if rest := f.Count - len(f.First) - len(f.Accepted); rest > 0 {
		p.text(exampleIndent, p.MoreCells(rest))
	}
	if len(f.Accepted) > 0 {
		p.text(0, p.FixesAccepted(len(f.Accepted)))
		showMends(p, f.Accepted)
	}
	p.text(0, p.FixesFollow())
}

func showMends(p *page, mends []plan.Mend) {
	row, before := exampleRow, exampleCell
	for _, m := range mends {
		row = max(row, text.Columns(p.RowLabel(p.RowNumber(m.Row)))+1)
		before = max(before, text.Columns(markedCell(m.Before)))
	}
	for _, m := range mends {
		line := strings.Repeat(" ", exampleIndent) + pad(p.RowLabel(p.RowNumber(m.Row)), row) + pad(m.Column, 3) + pad(markedCell(m.Before), before+2)
		p.line(text.Shorten(line+"-> "+markedCell(m.After), screenWidth))
	}
}

// showUnfixed says last that nothing was written, and how to take what is only proposed.
func (s CheckScreen) showUnfixed(p *page) {
	f := s.Fixes
	if f.Asked && f.Count == 0 {
		p.gap()
		p.text(0, p.FixesNone())
	}
	if f.Asked && f.Proposed > 0 {
		p.gap()
		p.text(0, p.FixesProposed(f.Proposed))
		p.next(2, s.AcceptCommand)
	}
}

// markedCell is shownCell where what cannot be told apart by looking is the point.
func markedCell(value string) string { return text.Shorten(text.Marked(value), longestCell) }
