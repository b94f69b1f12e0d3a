package campaign

import (
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
)

// Codes of what a workbook does not show. They are warnings about the file.
const (
	RowsHidden  problem.Code = "rows-hidden"  // a filter hides rows, and they are sent to all the same; Length: how many
	CellsMerged problem.Code = "cells-merged" // Length: how many areas
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
	return notes
}
