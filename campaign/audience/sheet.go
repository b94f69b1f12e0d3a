package audience

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"kanal-campaign/campaign/text"
)

// lastColumn is how many columns a sheet has.
const lastColumn = 16384

// Breakage is a code for how a workbook is broken, where this package finds it; a library's own errors tell the others.
type Breakage string

// The ways in which a workbook is broken.
const (
	BrokenOrder      Breakage = "order"        // its rows or cells are out of order
	BrokenNoSuchText Breakage = "no-such-text" // a text is not in the table of texts
	BrokenNoPlace    Breakage = "no-place"     // a cell has no place
	BrokenNoNumber   Breakage = "no-number"    // a number cannot be read
	BrokenNoPart     Breakage = "no-part"      // a part is missing
	BrokenNoSheet    Breakage = "no-sheet"
)

func (b Breakage) Error() string { return string(b) }

// sheetReader streams the rows of a sheet. Anything that it does not understand ends it with a fault: a row less would
// be a person forgotten.
//
// Hidden rows and columns are data like any other, since a filter hides rows without meaning to take people out;
// hidden counts the rows for the user to be told.
type sheetReader struct {
	name    string // of the part
	part    io.ReadCloser
	guard   *tokenGuard
	xml     *xml.Decoder
	strings []string
	formats *cellFormats

	inside bool // of sheetData
	number int  // of the last row
	filled int  // rows with something in them, the header included
	hidden int  // rows that are filled and hidden
	merged int  // areas of merged cells

	watched map[int]bool        // the columns of shown
	typed   int                 // the column in which formulas are kept that a number may have been typed as; -1 for none
	shown   map[int]ShownNumber // of the last row: what watched numbers show, where that is not what is read

	unresolved    int // formulas without a result
	computed      int // cells that Computes
	firstComputed SheetCell
}

// tokenGuard ends a stream in which a single token is longer than any record may be.
type tokenGuard struct {
	r     io.Reader
	since int // bytes read since the last token
}

func (g *tokenGuard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	if g.since += n; g.since > MaxRecord {
		return 0, &Fault{Code: WorkbookTooLarge}
	}
	return n, err
}

// openSheet starts to read a sheet.
func (w *workbook) openSheet(s sheetEntry) (*sheetReader, error) {
	texts, err := w.sharedStrings()
	if err != nil {
		return nil, err
	}
	formats, err := w.cellFormats()
	if err != nil {
		return nil, err
	}
	name := w.rels[s.Rel].Target
	part, err := w.part(name, maxSheet)
	if err != nil {
		return nil, err
	}
	r := &sheetReader{name: name, part: part, strings: texts, formats: formats, typed: -1}
	r.guard = &tokenGuard{r: part}
	r.xml = xml.NewDecoder(r.guard)
	return r, nil
}

func (r *sheetReader) token() (xml.Token, error) {
	token, err := r.xml.Token()
	r.guard.since = 0
	if err != nil && err != io.EOF {
		return nil, brokenPart(r.name, err)
	}
	return token, err
}

func (r *sheetReader) broken(err error) error { return brokenPart(r.name, err) }

// next implements recordSource: the cells of the next row that the sheet holds, and its number.
func (r *sheetReader) next() (cells []string, number int, err error) {
	for {
		token, err := r.token()
		if err == io.EOF {
			r.part.Close()
		}
		if err != nil {
			return nil, 0, err
		}
		switch element := token.(type) {
		case xml.StartElement:
			switch {
			case element.Name.Local == "sheetData":
				r.inside = true
			case element.Name.Local == "mergeCell":
				r.merged++
			case element.Name.Local == "row" && r.inside:
				return r.row(element)
			}
		case xml.EndElement:
			if element.Name.Local == "sheetData" {
				r.inside = false
			}
		}
	}
}

func (r *sheetReader) row(start xml.StartElement) ([]string, int, error) {
	number := r.number + 1
	hidden := false
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "r":
			n, err := strconv.Atoi(a.Value)
			if err != nil || n <= r.number || n > 1<<20 {
				return nil, 0, r.broken(BrokenOrder)
			}
			number = n
		case "hidden":
			hidden = isTrue(a.Value)
		}
	}
	r.number = number
	r.shown = nil
	var cells []string
	size := 0
	for {
		token, err := r.token()
		if err != nil {
			return nil, 0, r.broken(unexpected(err))
		}
		switch element := token.(type) {
		case xml.StartElement:
			if element.Name.Local != "c" {
				if err := r.skip(); err != nil {
					return nil, 0, err
				}
				continue
			}
			if cells, err = r.cell(element, cells); err != nil {
				return nil, 0, err
			}
			r.look(number, len(cells)-1, cells[len(cells)-1])
			if size += len(cells[len(cells)-1]) + 1; size > MaxRecord {
				return nil, 0, &Fault{Code: RowTooLong, Names: []string{strconv.Itoa(number)}}
			}
		case xml.EndElement:
			r.count(cells, hidden)
			return cells, number, nil
		}
	}
}

// look keeps what the user is told about texts that are formulas elsewhere.
func (r *sheetReader) look(row, column int, cell string) {
	if !Computes(cell) {
		return
	}
	if r.computed++; r.computed == 1 {
		r.firstComputed = SheetCell{Row: row, Column: column, Value: cell}
	}
}

// count keeps what the user is told about hidden rows. The first row that is filled is the header.
func (r *sheetReader) count(cells []string, hidden bool) {
	for _, cell := range cells {
		if blank(cell) {
			continue
		}
		if r.filled++; hidden && r.filled > 1 {
			r.hidden++
		}
		return
	}
}

// unexpected makes an error of an end that comes too soon.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// skip passes over the element whose start has been read.
func (r *sheetReader) skip() error {
	for depth := 1; depth > 0; {
		token, err := r.token()
		if err != nil {
			return r.broken(unexpected(err))
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// cell appends a cell at its column.
func (r *sheetReader) cell(start xml.StartElement, cells []string) ([]string, error) {
	column, kind, style := len(cells), "n", 0
	for _, a := range start.Attr {
		var err error
		switch a.Name.Local {
		case "r":
			column, err = columnIndex(a.Value)
		case "t":
			kind = a.Value
		case "s":
			style, err = strconv.Atoi(a.Value)
		}
		if err != nil {
			return nil, r.broken(err)
		}
	}
	if column < len(cells) || column >= lastColumn {
		return nil, r.broken(BrokenOrder)
	}
	content, err := r.content(column == r.typed)
	if err != nil {
		return nil, err
	}
	value, computed := content.value, content.computed
	text, err := r.text(kind, value, style, computed)
	if err != nil {
		return nil, r.broken(err)
	}
	for len(cells) < column {
		cells = append(cells, "")
	}
	if computed && (!content.has || kind == "n" && value == "") {
		r.unresolved++
	}
	if kind == "n" && r.watched[column] {
		if shown, differs := r.formats.otherwise(value, style, text, computed); differs {
			r.show(column, shown)
		}
	}
	if (kind == "n" || kind == "str") && typedNumber().MatchString(content.formula) {
		r.show(column, ShownNumber{Text: text, Formula: content.formula})
	}
	return append(cells, text), nil
}

func (r *sheetReader) show(column int, shown ShownNumber) {
	if r.shown == nil {
		r.shown = map[int]ShownNumber{}
	}
	r.shown[column] = shown
}

// typedNumber matches what a spreadsheet makes of a phone number that was typed as it is spoken: a sum of groups of digits.
var typedNumber = text.Pattern(`^\+?\d+(?:[-+/]\d+)*$`)

// cellContent is what a cell holds.
type cellContent struct {
	value    string
	has      bool // a value, which may be empty
	computed bool // by a formula
	formula  string
}

// content reads a cell, and the text of its formula only when that is asked for.
func (r *sheetReader) content(withFormula bool) (c cellContent, err error) {
	for {
		token, err := r.token()
		if err != nil {
			return c, r.broken(unexpected(err))
		}
		switch element := token.(type) {
		case xml.EndElement:
			return c, nil
		case xml.StartElement:
			switch element.Name.Local {
			case "v", "is":
				if c.value, err = stringItem(r.token); err != nil {
					return c, r.broken(err)
				}
				c.has = true
				continue
			case "f":
				c.computed = true
				if withFormula {
					if c.formula, err = stringItem(r.token); err != nil {
						return c, r.broken(err)
					}
					continue
				}
			}
			if err := r.skip(); err != nil {
				return c, err
			}
		}
	}
}

// text is what a cell says, by its type.
func (r *sheetReader) text(kind, value string, style int, computed bool) (string, error) {
	switch kind {
	case "s":
		if strings.TrimSpace(value) == "" {
			return "", nil
		}
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(r.strings) {
			return "", BrokenNoSuchText
		}
		return r.strings[i], nil
	case "str", "inlineStr":
		return unescape(value), nil
	case "e":
		return value, nil
	case "b":
		if isTrue(value) {
			return "TRUE", nil
		}
		return "FALSE", nil
	case "d":
		return strings.TrimSuffix(strings.TrimSuffix(value, "Z"), "T00:00:00"), nil
	}
	return r.formats.number(value, style, computed)
}

// columnIndex reads the column of a cell's name: B12 is 1.
func columnIndex(name string) (int, error) {
	column := 0
	for i := range len(name) {
		letter := name[i] &^ 0x20
		if letter < 'A' || letter > 'Z' {
			if i == 0 || !isDigits(name[i:]) {
				break
			}
			return column - 1, nil
		}
		if column = column*26 + int(letter-'A') + 1; column > lastColumn {
			break
		}
	}
	return 0, BrokenNoPlace
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
