package audience

import "strconv"

// recordReader numbers the records of a file, and makes rows of them, each with exactly the header's cells.
type recordReader struct {
	source recordSource
	sheet  bool // of a workbook, whose rows are all as wide as its header

	header []string // as wide as written, set by readHeader
	width  int      // of the header without empty columns at its end

	number    int // the row number of the last record
	blankRows int // rows with nothing in them, among those numbered so far
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

// row gives the next row that is not blank. It returns io.EOF after the last one and else a *Fault.
func (r *recordReader) row() (Row, error) {
	cells, err := r.nextFilled()
	if err != nil {
		return Row{}, err
	}
	if err := r.checkNamed(cells); err != nil {
		return Row{}, err
	}
	width := len(cells)
	for width > r.width && blank(cells[width-1]) {
		width--
	}
	if width > MaxColumns {
		return Row{}, &Fault{Code: RowTooWide, Names: []string{strconv.Itoa(r.number), strconv.Itoa(width)}}
	}
	if r.sheet {
		width = max(width, r.width)
	}
	row := Row{Number: r.number, Width: width, Ragged: width != r.width}
	if width > r.width {
		row.Surplus = cells[r.width:width:width]
	}
	if missing := r.width - len(cells); missing > 0 {
		cells = append(cells, make([]string, missing)...)
	}
	row.Cells = cells[:r.width:r.width]
	if sheet, ok := r.source.(*sheetReader); ok && len(sheet.shown) > 0 {
		row.Shown, sheet.shown = sheet.shown, nil
	}
	return row, nil
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
