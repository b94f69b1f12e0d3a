package reports

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/gocarina/gocsv"

	"kanal-campaign/campaign/audience"
)

// IsWorkbook reports whether a file is called as workbooks are.
func IsWorkbook(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".xlsm":
		return true
	}
	return false
}

// newEnding is that of a new audience which is made of a file.
func newEnding(file string) string {
	if IsWorkbook(file) {
		return ".xlsx"
	}
	return ".csv"
}

// computedError says that a text of a workbook would become a formula in the CSV file that was asked for.
type computedError struct {
	path, column, value string
	row                 int
}

func (e *computedError) Error() string {
	return fmt.Sprintf("%s: row %d, column %s would be computed", e.path, e.row, e.column)
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
			return &computedError{path: w.path, row: w.row, column: audience.ColumnLetter(i), value: cell}
		}
	}
	if book, ok := w.CSVWriter.(*audience.WorkbookWriter); ok {
		return book.WriteRow(cells, numbers)
	}
	return w.CSVWriter.Write(cells)
}
