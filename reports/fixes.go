package reports

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/problem"
)

// Fixes are the cells that check --fix has written anew.
type Fixes struct {
	Asked bool   // by --fix
	From  string // the file with the problems, as people know it
	Path  string // the file that was written; empty when nothing could be fixed safely
	Count int
	First []campaign.Mend
	// Groups and Notes are warnings about the former file that the new one gives no more: it hides no row, and CSV is text.
	Groups []campaign.Group
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

// WriteFixed writes an audience anew, in its own dialect or as a workbook, into a file that is not there yet: the header,
// then what run adds, each row under its own number. numbers are cells that a workbook shows otherwise than they read: they
// stay so where the new file is a workbook. The file is put at path when everything has been added and wanted says so.
func WriteFixed(ctx context.Context, l *ledger.Ledger, campaign, path string, from *audience.File,
	run func(add func(row ledger.Row, cells []string, numbers map[int]audience.ShownNumber) error) error,
	wanted func() bool) (written bool, err error) {
	d, err := newDraft(ctx, l, campaign, filepath.Dir(path))
	if err != nil {
		return false, fmt.Errorf("%s cannot be written: %w", path, err)
	}
	defer d.drop()
	sheet, _ := from.Sheet()
	out := newAudienceWriter(d.file, path, from.Dialect(), sheet != "")
	header := from.Header()
	last := 0
	write := func(number int, cells []string, numbers map[int]audience.ShownNumber) error {
		for last++; last < number; last++ { // a blank row has its delimiters: an empty line may be no row elsewhere
			if err := out.Write(make([]string, max(2, len(header)))); err != nil {
				return err
			}
		}
		return out.writeRow(cells, numbers)
	}
	if err := write(from.BlankRows()+1, header, nil); err != nil {
		return false, fmt.Errorf("%s cannot be written: %w", path, err)
	}
	err = run(func(row ledger.Row, cells []string, numbers map[int]audience.ShownNumber) error {
		return write(row.Number, cells, numbers)
	})
	if err != nil || !wanted() {
		return false, err
	}
	if out.Flush(); out.Error() == nil {
		err = d.seal()
	} else {
		err = out.Error()
	}
	if err == nil && !isFree(path) {
		err = fs.ErrExist
	}
	if err == nil {
		err = d.placeAt(path)
	}
	if err != nil {
		return false, fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return true, nil
}
