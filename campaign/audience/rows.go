package audience

import (
	"errors"
	"io"
	"iter"
)

// Raw are the row's cells as they stand in the file: fewer or more than the
// header's for a ragged row.
func (r Row) Raw() []string {
	return append(r.Cells[:min(r.Width, len(r.Cells)):min(r.Width, len(r.Cells))], r.Surplus...)
}

// Row is one recipient's row.
type Row struct {
	// Number is the row's number in a spreadsheet: the header is 1, blank rows
	// count, a cell of several lines is in one row.
	Number int
	// Cells are as many as the header's, always: missing ones are empty.
	Cells []string
	// Surplus are the cells past the header's; nil for most rows.
	Surplus []string
	// Width is how many cells the row has, without empty ones past the header.
	Width int
	// Ragged says that Width is not the header's.
	Ragged bool
	// Shown are the numbers of a sheet in cells that Watch names and that are read otherwise than the sheet shows them, by
	// index: 15% for 0.15. It is nil for most rows.
	Shown map[int]ShownNumber
}

// ShownNumber is a number as a sheet holds and shows it.
type ShownNumber struct {
	// Text is what people see. It is empty for a date whose names the computer's language writes, and are read in English.
	Text   string
	Value  float64 // a date is counted from 1900
	Format string  // the number format, by its code
	// Formula is what the number was computed from, where that is nothing but groups of digits and their signs, in the
	// column that WatchTyped names: "+33-612345678". It is empty elsewhere.
	Formula string
}

// Rows streams the rows in file order and in constant memory. Rows with nothing
// in them are passed over, but numbered. The first error, a *Fault, ends it;
// FileNoRows and FileChanged come when everything has been read. It can be
// ranged over once, and stopped at any time.
func (f *File) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if f.started {
			yield(Row{}, locate(&Fault{Code: FileUnreadable, Err: errors.New("rows have been read already")}, f.file))
			return
		}
		f.started = true
		for count := 0; ; count++ {
			row, err := f.records.row()
			if err == io.EOF {
				if err = f.finish(); err == nil && count == 0 {
					err = &Fault{Code: FileNoRows}
				}
				if err == nil {
					return
				}
			}
			if err != nil {
				yield(Row{}, locate(err, f.file))
				return
			}
			f.accents.look(row.Cells)
			if !yield(row, nil) {
				return
			}
		}
	}
}

// BlankRows is how many rows with nothing in them Rows has passed over so
// far, with those above the header. It is settled once the loop over Rows has ended.
func (f *File) BlankRows() int { return f.records.blankRows }
