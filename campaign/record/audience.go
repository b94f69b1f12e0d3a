package record

import (
	"fmt"
	"io"

	"github.com/gocarina/gocsv"

	"kanal-campaign/campaign/audience"
)

// ComputedError says that a text of a workbook would become a formula in the CSV file that was asked for.
type ComputedError struct {
	Path, Column, Value string
	Row                 int
}

func (e *ComputedError) Error() string {
	return fmt.Sprintf("%s: row %d, column %s would be computed", e.Path, e.Row, e.Column)
}

// audienceWriter writes the rows of an audience as a new one, with every value as it was. A workbook's go into another
// workbook or into CSV, where none of its texts may turn into a formula: a value that is sent can take no apostrophe.
type audienceWriter struct {
	gocsv.CSVWriter
	path    string
	guarded bool
	row     int // the last one's number
}

func newAudienceWriter(w io.Writer, path string, d audience.Dialect, ofWorkbook bool) *audienceWriter {
	if IsWorkbook(path) {
		return &audienceWriter{CSVWriter: audience.NewWorkbookWriter(w), path: path}
	}
	return &audienceWriter{CSVWriter: audience.NewWriter(w, d), path: path, guarded: ofWorkbook}
}

func (w *audienceWriter) Write(cells []string) error { return w.writeRow(cells, nil) }

// writeRow is Write for a row some of whose cells a workbook shows otherwise than they read; text cannot hold that.
func (w *audienceWriter) writeRow(cells []string, numbers map[int]audience.ShownNumber) error {
	w.row++
	for i, cell := range cells {
		if w.guarded && audience.Computes(cell) {
			return &ComputedError{Path: w.path, Row: w.row, Column: audience.ColumnLetter(i), Value: cell}
		}
	}
	if book, ok := w.CSVWriter.(*audience.WorkbookWriter); ok {
		return book.WriteRow(cells, numbers)
	}
	return w.CSVWriter.Write(cells)
}
