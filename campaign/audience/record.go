package audience

import (
	"encoding/json"
	"io"
	"strconv"
	"sync/atomic"
)

// The columns that recordReader puts before the file's own, for gocsv. The
// file's own are called "0", "1" and so on there: their real names may be
// anything, and gocsv would normalise them by a process-wide setting.
const (
	rowColumn     = "#row"
	widthColumn   = "#width"
	surplusColumn = "#surplus" // the cells past the header, as a JSON list; empty for none
	shownColumn   = "#shown"   // what a sheet shows otherwise, as a JSON object by column; empty for nothing
	addedColumns  = 4
)

// recordReader stands between the file and gocsv. gocsv panics on a record
// longer than its header and numbers records instead of rows, so every record
// leaves here with its row number, its width and exactly the header's cells.
//
// It is for one goroutine; stop alone may be called from another.
type recordReader struct {
	source recordSource
	sheet  bool // of a workbook, whose rows are all as wide as its header

	header []string // as wide as written, set by readHeader
	width  int      // of the header without empty columns at its end

	number    int // the row number of the last record
	blankRows int // rows with nothing in them, among those numbered so far

	announced bool // gocsv has been given its header
	stopped   atomic.Bool
}

// recordSource gives the records of a file, each with its row number, in rising order. Rows with nothing in them may be
// left out. It ends with io.EOF or a *Fault.
type recordSource interface {
	next() (cells []string, number int, err error)
}

// next gives the next record, blank or not, and keeps its row number.
// It returns io.EOF after the last one and else a *Fault.
func (r *recordReader) next() ([]string, error) {
	cells, number, err := r.source.next()
	if err != nil {
		return nil, err
	}
	r.blankRows += number - r.number - 1
	r.number = number
	return cells, nil
}

// nextFilled gives the next record that is not a blank row.
func (r *recordReader) nextFilled() ([]string, error) {
	for {
		cells, err := r.next()
		if err != nil {
			return nil, err
		}
		for _, cell := range cells {
			if !blank(cell) {
				return cells, nil
			}
		}
		r.blankRows++
	}
}

// stop makes Read answer io.EOF from now on, so that gocsv, which always reads
// to the end, ends.
func (r *recordReader) stop() { r.stopped.Store(true) }

// Read implements gocsv.CSVReader: first the header, then each row.
func (r *recordReader) Read() ([]string, error) {
	if !r.announced {
		r.announced = true
		header := []string{rowColumn, widthColumn, surplusColumn, shownColumn}
		for i := range r.width {
			header = append(header, strconv.Itoa(i))
		}
		return header, nil
	}
	if r.stopped.Load() {
		return nil, io.EOF
	}
	cells, err := r.nextFilled()
	if err != nil {
		return nil, err
	}
	if err := r.checkNamed(cells); err != nil {
		return nil, err
	}
	width := len(cells)
	for width > r.width && blank(cells[width-1]) {
		width--
	}
	if width > MaxColumns {
		return nil, &Fault{Code: RowTooWide, Names: []string{strconv.Itoa(r.number), strconv.Itoa(width)}}
	}
	if r.sheet {
		width = max(width, r.width)
	}
	record := make([]string, addedColumns+r.width)
	record[0], record[1] = strconv.Itoa(r.number), strconv.Itoa(width)
	if width > r.width {
		surplus, err := json.Marshal(cells[r.width:width])
		if err != nil {
			return nil, err
		}
		record[2] = string(surplus)
	}
	if sheet, ok := r.source.(*sheetReader); ok && len(sheet.shown) > 0 {
		shown, err := json.Marshal(sheet.shown)
		if err != nil {
			return nil, err
		}
		record[3] = string(shown)
	}
	copy(record[addedColumns:], cells)
	return record, nil
}

// ReadAll implements gocsv.CSVReader.
func (r *recordReader) ReadAll() ([][]string, error) {
	var all [][]string
	for {
		record, err := r.Read()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, record)
	}
}

// checkNamed refuses data in a column whose header is empty. In a sheet, that is also a column past the header.
func (r *recordReader) checkNamed(cells []string) error {
	var letters []string
	for i, cell := range cells {
		unnamed := r.sheet
		if i < len(r.header) {
			unnamed = blank(r.header[i])
		}
		if unnamed && !blank(cell) {
			letters = append(letters, ColumnLetter(i))
		}
	}
	if letters != nil {
		return &Fault{Code: HeaderEmpty, Names: letters}
	}
	return nil
}
