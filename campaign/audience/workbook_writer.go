package audience

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gocarina/gocsv"
)

// ErrNoWorkbook is returned by WorkbookWriter.Write for what no sheet can hold.
var ErrNoWorkbook = errors.New("no sheet can hold this")

// What a sheet holds at the most, by the format.
const (
	sheetRows     = 1 << 20
	sheetCellSize = 32767 // of UTF-16 units
)

var _ gocsv.CSVWriter = (*WorkbookWriter)(nil)

// WorkbookWriter writes records as the rows of an .xlsx file with one sheet, in constant memory. All cells are text in
// columns that are formatted as text: nothing becomes a formula, and no number that is typed there loses a digit. Open
// reads the same cells back. It is for one goroutine.
type WorkbookWriter struct {
	archive *zip.Writer
	sheet   *bufio.Writer // nil before the first record and after Flush
	rows    int
	ended   bool
	err     error
}

// NewWorkbookWriter writes to w.
func NewWorkbookWriter(w io.Writer) *WorkbookWriter {
	return &WorkbookWriter{archive: zip.NewWriter(w)}
}

// The parts of a workbook besides its sheet. Style 1 is text.
var workbookParts = []struct{ name, content string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>` +
		`</Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`</Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
		`<cellXfs count="2"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`},
}

// start writes all parts up to the sheet's rows; width is the header's.
func (w *WorkbookWriter) start(width int) error {
	for _, part := range workbookParts {
		out, err := w.archive.Create(part.name)
		if err == nil {
			_, err = io.WriteString(out, xml.Header+part.content)
		}
		if err != nil {
			return err
		}
	}
	out, err := w.archive.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return err
	}
	w.sheet = bufio.NewWriter(out)
	_, err = fmt.Fprintf(w.sheet, `%s<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+
		`<cols><col min="1" max="%d" width="20" style="1" customWidth="1"/></cols><sheetData>`, xml.Header, max(1, min(width, lastColumn)))
	return err
}

// Write writes one record as the next row; one without a filled cell keeps its place. It returns ErrNoWorkbook
// (errors.Is), or the destination's error, and after either nothing more is written.
func (w *WorkbookWriter) Write(cells []string) error {
	if w.err == nil && w.sheet == nil {
		w.err = w.start(len(cells))
	}
	if w.err != nil {
		return w.err
	}
	if w.rows++; w.rows > sheetRows || len(cells) > lastColumn {
		w.err = fmt.Errorf("%w: it has more rows or columns than a sheet", ErrNoWorkbook)
		return w.err
	}
	fmt.Fprintf(w.sheet, `<row r="%d">`, w.rows) // a bufio.Writer keeps its error
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		if len(cell) > sheetCellSize && len(utf16.Encode([]rune(cell))) > sheetCellSize {
			w.err = fmt.Errorf("%w: row %d has a cell of more than 32,767 characters", ErrNoWorkbook, w.rows)
			return w.err
		}
		fmt.Fprintf(w.sheet, `<c r="%s%d" s="1" t="inlineStr"><is><t xml:space="preserve">`, ColumnLetter(i), w.rows)
		w.sheet.WriteString(sheetText(cell))
		w.sheet.WriteString(`</t></is></c>`)
	}
	_, w.err = w.sheet.WriteString(`</row>`)
	return w.err
}

// Flush ends the workbook; nothing can be written afterwards. Error tells how it went.
func (w *WorkbookWriter) Flush() {
	if w.err == nil && w.sheet == nil && !w.ended {
		w.err = w.start(1)
	}
	if w.err != nil || w.ended {
		return
	}
	w.ended = true
	w.sheet.WriteString(`</sheetData></worksheet>`)
	if w.err = w.sheet.Flush(); w.err == nil {
		w.err = w.archive.Close()
	}
}

// Error gives the first error.
func (w *WorkbookWriter) Error() error { return w.err }

// sheetText writes a text as XML, and the characters that XML has not as unescape reads them.
func sheetText(text string) string {
	plain := !strings.Contains(text, "_x")
	for i := 0; plain && i < len(text); i++ {
		plain = text[i] >= ' ' && text[i] < utf8.RuneSelf && text[i] != '<' && text[i] != '>' && text[i] != '&'
	}
	if plain {
		return text
	}
	var out strings.Builder
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	for i, r := range text {
		switch {
		case r == '_' && strings.HasPrefix(text[i:], "_x"): // an escape may follow that would complete it
			out.WriteString("_x005F_")
		case r == '<':
			out.WriteString("&lt;")
		case r == '>':
			out.WriteString("&gt;")
		case r == '&':
			out.WriteString("&amp;")
		case r < ' ' && r != '\n' && r != '\t', r == 0xFFFE, r == 0xFFFF:
			fmt.Fprintf(&out, "_x%04X_", r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
