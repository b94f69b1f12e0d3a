package audience

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gocarina/gocsv"
)

// NoWorkbookError is returned by WorkbookWriter.Write for what no sheet can hold: a cell with too many characters in a row, or,
// with Row 0, too many rows or columns.
type NoWorkbookError struct{ Row int }

func (e *NoWorkbookError) Error() string {
	return fmt.Sprintf("audience: no sheet can hold this (row %d)", e.Row)
}

// What a sheet holds at the most, by the format.
const (
	sheetRows     = 1 << 20
	sheetCellSize = 32767 // of UTF-16 units
)

var _ gocsv.CSVWriter = (*WorkbookWriter)(nil)

// WorkbookWriter writes records as the rows of an .xlsx file with one sheet, in constant memory. All cells are text in
// columns that are formatted as text, but for the numbers that WriteRow is given: nothing becomes a formula, and no number
// that is typed there loses a digit. Open reads the same cells back. It is for one goroutine.
type WorkbookWriter struct {
	archive *zip.Writer
	sheet   *bufio.Writer // nil before the first record and after Flush
	rows    int
	formats []string       // the number formats in use, in the order of their styles
	styles  map[string]int // by format
	ended   bool
	err     error
}

// NewWorkbookWriter writes to w.
func NewWorkbookWriter(w io.Writer) *WorkbookWriter {
	return &WorkbookWriter{archive: zip.NewWriter(w), styles: map[string]int{}}
}

// The parts of a workbook besides its sheet and its styles.
var workbookParts = []struct{ name, content string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ` +
		`ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" ` +
		`Target="xl/workbook.xml"/>` +
		`</Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" ` +
		`Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>` +
		`</Relationships>`},
}

func (w *WorkbookWriter) part(name, content string) error {
	out, err := w.archive.Create(name)
	if err == nil {
		_, err = io.WriteString(out, xml.Header+content)
	}
	return err
}

// The styles that there always are, and where those of number formats begin.
const (
	textStyle    = 1
	firstStyle   = 2
	firstFormat  = 164 // lower numbers are built into spreadsheets
	workbookFont = `<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>`
)

// style is that of a number format.
func (w *WorkbookWriter) style(format string) int {
	style, known := w.styles[format]
	if !known {
		style = firstStyle + len(w.formats)
		w.formats, w.styles[format] = append(w.formats, format), style
	}
	return style
}

// stylesPart is the part that says what the styles are.
func (w *WorkbookWriter) stylesPart() string {
	var formats, cells strings.Builder
	for i, format := range w.formats {
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="`, firstFormat+i)
		_ = xml.EscapeText(&formats, []byte(format)) // a strings.Builder takes everything
		formats.WriteString(`"/>`)
		fmt.Fprintf(&cells, `<xf numFmtId="%d" xfId="0" applyNumberFormat="1"/>`, firstFormat+i)
	}
	numbers := ""
	if len(w.formats) > 0 {
		numbers = fmt.Sprintf(`<numFmts count="%d">%s</numFmts>`, len(w.formats), formats.String())
	}
	return `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + numbers + workbookFont +
		fmt.Sprintf(`<cellXfs count="%d"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/>%s</cellXfs></styleSheet>`,
			firstStyle+len(w.formats), cells.String())
}

// start writes all parts up to the sheet's rows; width is the header's.
func (w *WorkbookWriter) start(width int) error {
	for _, part := range workbookParts {
		if err := w.part(part.name, part.content); err != nil {
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

// Write writes one record as the next row; one without a filled cell keeps its place. It returns a *NoWorkbookError
// (errors.Is), or the destination's error, and after either nothing more is written.
func (w *WorkbookWriter) Write(cells []string) error { return w.WriteRow(cells, nil) }

// WriteRow is Write for a row in which the cells that numbers names, by index, are numbers with their formats: what they
// read as and what they show, a spreadsheet and Open find again. No cell of numbers may be empty.
func (w *WorkbookWriter) WriteRow(cells []string, numbers map[int]ShownNumber) error {
	if w.err == nil && w.sheet == nil {
		w.err = w.start(len(cells))
	}
	if w.err != nil {
		return w.err
	}
	if w.rows++; w.rows > sheetRows || len(cells) > lastColumn {
		w.err = &NoWorkbookError{}
		return w.err
	}
	fmt.Fprintf(w.sheet, `<row r="%d">`, w.rows) // a bufio.Writer keeps its error
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		if len(cell) > sheetCellSize && len(utf16.Encode([]rune(cell))) > sheetCellSize {
			w.err = &NoWorkbookError{Row: w.rows}
			return w.err
		}
		if number, ok := numbers[i]; ok {
			fmt.Fprintf(w.sheet, `<c r="%s%d" s="%d"><v>%s</v></c>`, ColumnLetter(i), w.rows, w.style(number.Format),
				strconv.FormatFloat(number.Value, 'G', -1, 64))
			continue
		}
		fmt.Fprintf(w.sheet, `<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">`, ColumnLetter(i), w.rows, textStyle)
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
		w.err = w.part("xl/styles.xml", w.stylesPart())
	}
	if w.err == nil {
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
