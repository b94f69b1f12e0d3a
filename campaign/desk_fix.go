package campaign

import (
	"context"
	"maps"
	"path/filepath"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Fixes are what was written anew of a file, into another one.
type Fixes struct {
	Asked bool   // somebody wanted them
	From  string // the file with the problems, as people know it
	Path  string // the file that was written; empty when nothing could be fixed safely
	Count int
	First []plan.Mend // at most MostFixes
	// Groups and Notes are warnings about the former file that the new one gives no more: it hides no row, and CSV is text.
	Groups []plan.Group
	Notes  []problem.Problem
}

// MostFixes is how many fixes are told.
const MostFixes = 10

// fixInto writes the audience of a plan with every safe mend into a new file; none where nothing is mended, or the file
// cannot be understood. The rows keep their numbers.
func (d *Desk) fixInto(ctx context.Context, p *Plan, target string) (Fixes, error) {
	fixes := Fixes{Asked: true, From: filepath.Base(p.Path)}
	reading := d.reading(p)
	defer reading.Close()
	file, err := p.Open()
	if err != nil {
		return fixes, err
	}
	defer file.Close()
	columns, issues := p.mapColumns(file)
	if problem.HasError(issues) {
		return fixes, nil
	}
	columns.Where, columns.Consent = nil, nil // a fixed file is one of all people
	check := &plan.Check{Message: p.Message, Campaign: p.Name, Settings: p.Settings, Columns: columns,
		Header: file.Header(), Open: p.Open}
	file.Watch(allColumns(file.Header())) // another command may take its values from other columns
	file.WatchTyped(columns.Phone)
	mender := plan.Mender{Dialect: file.Dialect()}
	header, mends := mender.MendHeader(file.Header(), file.HeaderRow())
	fixes.add(mends)
	written, err := record.WriteFixed(ctx, d.Ledger, p.Name, target, file, header, func(add addRow) error {
		report, err := check.Run(ctx, file.Rows(), func(row plan.Judged) error {
			reading.Row()
			mender.Rules = row.Rules
			cells, mends := mender.Mend(row.Row, file.Header())
			fixes.add(mends)
			maps.DeleteFunc(row.Shown, func(i int, n audience.ShownNumber) bool { return cells[i] != row.Cells[i] || n.Formula != "" })
			return add(row.Row, cells, row.Shown)
		})
		if err == nil {
			fixes.keepWarnings(report.Groups, plan.SheetNotes(file), record.IsWorkbook(target))
		}
		return err
	}, func() bool { return fixes.Count > 0 })
	if written {
		fixes.Path = target
	}
	return fixes, err
}

func (f *Fixes) add(mends []plan.Mend) {
	f.Count += len(mends)
	f.First = append(f.First, mends[:min(len(mends), MostFixes-len(f.First))]...)
}

// addRow takes a row with its cells, and those that are numbers and shown otherwise.
type addRow = func(record.Row, []string, map[int]audience.ShownNumber) error

func allColumns(header []string) []int {
	columns := make([]int, len(header))
	for i := range header {
		columns[i] = i
	}
	return columns
}

// keepWarnings keeps what only the former file tells; another workbook tells itself what it shows.
func (f *Fixes) keepWarnings(groups []plan.Group, notes []problem.Problem, intoWorkbook bool) {
	for _, g := range groups {
		if !intoWorkbook && (g.Code == message.ValueShown || g.Code == message.ValueDateNames) {
			f.Groups = append(f.Groups, g)
		}
	}
	for _, note := range notes {
		if note.Code != plan.CellsComputed { // which the new one has, too
			f.Notes = append(f.Notes, note)
		}
	}
}
