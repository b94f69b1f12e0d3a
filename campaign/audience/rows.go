package audience

import (
	"encoding/json"
	"errors"
	"iter"
	"strconv"

	"github.com/gocarina/gocsv"
)

// rowsAhead is how many rows gocsv may have ready before they are asked for.
const rowsAhead = 16

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

// decoded is a row as gocsv fills it in. gocsv asks for at least one csv tag,
// and for values: with pointers it would lose the cells.
type decoded struct {
	Number  int `csv:"#row"`
	width   int
	surplus []string
	shown   map[int]ShownNumber
	cells   []string
}

// UnmarshalCSVWithFields implements gocsv.TypeUnmarshalCSVWithFields. It is
// called for each column in the order in which recordReader announced them.
func (d *decoded) UnmarshalCSVWithFields(key, value string) (err error) {
	switch key {
	case rowColumn:
		d.Number, err = strconv.Atoi(value)
	case widthColumn:
		d.width, err = strconv.Atoi(value)
	case surplusColumn:
		if value != "" {
			err = json.Unmarshal([]byte(value), &d.surplus)
		}
	case shownColumn:
		if value != "" {
			err = json.Unmarshal([]byte(value), &d.shown)
		}
	default:
		d.cells = append(d.cells, value)
	}
	return err
}

// Rows streams the rows in file order and in constant memory. Rows with nothing
// in them are passed over, but numbered. The first error, a *Fault, ends it;
// FileNoRows and FileChanged come when everything has been read. It can be
// ranged over once, and stopped at any time: nothing goes on in the background
// after the loop.
func (f *File) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if f.started {
			yield(Row{}, locate(&Fault{Code: FileUnreadable, Err: errors.New("rows have been read already")}, f.file))
			return
		}
		f.started = true
		count, wanted, err := f.stream(yield)
		if !wanted {
			return
		}
		if err == nil {
			err = f.finish()
		}
		if err == nil && count == 0 {
			err = &Fault{Code: FileNoRows}
		}
		if err != nil {
			yield(Row{}, locate(err, f.file))
		}
	}
}

// BlankRows is how many rows with nothing in them Rows has passed over so
// far, with those above the header. It is settled once the loop over Rows has ended.
func (f *File) BlankRows() int { return f.records.blankRows }

// stream has gocsv decode the rows and yields them, until the end, an error, or
// wanted is false: the consumer has had enough.
//
// The order of ending is: the record reader ends (by itself, or told to stop),
// gocsv closes rows, the range over rows ends, done gives gocsv's error.
func (f *File) stream(yield func(Row, error) bool) (count int, wanted bool, err error) {
	rows := make(chan decoded, rowsAhead)
	done := make(chan error, 1)
	go func() {
		done <- gocsv.UnmarshalDecoderToChan(gocsv.NewSimpleDecoderFromCSVReader(f.records), rows)
	}()
	defer func() {
		f.records.stop()
		for range rows {
		}
	}()
	for d := range rows {
		count++
		f.accents.look(d.cells)
		row := Row{Number: d.Number, Cells: d.cells, Surplus: d.surplus, Width: d.width, Ragged: d.width != len(f.header), Shown: d.shown}
		if !yield(row, nil) {
			return count, false, nil
		}
	}
	return count, true, <-done
}
