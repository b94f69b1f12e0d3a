package plan

import (
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
)

// Codes of what a workbook does not show. They are warnings about the file.
const (
	RowsHidden  problem.Code = "rows-hidden"  // a filter hides rows, and they are sent to all the same; Length: how many
	CellsMerged problem.Code = "cells-merged" // Length: how many areas
	// FormulasUnresolved have no result saved with them. Length: how many.
	FormulasUnresolved problem.Code = "formulas-unresolved"
	// CellsComputed are texts that a spreadsheet would compute in the results, which are CSV. Length: how many; the place and
	// value are the first one's.
	CellsComputed problem.Code = "cells-computed"
)

// SheetNotes returns what a user should know of a workbook whose rows have been read; nothing of a text file.
func SheetNotes(f *audience.File) []problem.Problem {
	var notes []problem.Problem
	if n := f.HiddenRows(); n > 0 {
		notes = append(notes, problem.Problem{Code: RowsHidden, Severity: problem.Warning, Length: n})
	}
	if n := f.MergedCells(); n > 0 {
		notes = append(notes, problem.Problem{Code: CellsMerged, Severity: problem.Warning, Length: n})
	}
	if n := f.UnresolvedFormulas(); n > 0 {
		notes = append(notes, problem.Problem{Code: FormulasUnresolved, Severity: problem.Warning, Length: n})
	}
	if n, first := f.Computed(); n > 0 {
		notes = append(notes, problem.Problem{Code: CellsComputed, Severity: problem.Warning, Length: n,
			Row: first.Row, Column: audience.ColumnLetter(first.Column), Value: problem.Cut(first.Value)})
	}
	return notes
}
