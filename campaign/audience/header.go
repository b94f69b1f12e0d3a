package audience

import (
	"io"
	"strconv"
	"strings"
	"unicode"

	"kanal-campaign/campaign/text"
)

// MaxColumns is the widest header that is read, and the widest row.
const MaxColumns = 2000

var (
	emailShape = text.Pattern(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
	dateShape  = text.Pattern(`^(\d{4}[-/._ ]\d{1,2}[-/._ ]\d{1,2}|\d{1,2}[-/._ ]\d{1,2}[-/._ ]\d{4})$`)
	phoneWord  = text.Pattern(`(?i)^(t[eé]l|phone|mobile|whatsapp)[^\p{L}\p{Nd}]*`)
	powerShape = text.Pattern(`^\d+([.,]\d+)?[eE]\+?\d+$`)
)

// readHeader reads the first row that is not blank, or the one that is asked for,
// and, unless it is data, checks it as a header.
// The order of the checks is that in which a person would fix them.
func (f *File) readHeader(opts Options) error {
	cells, err := f.records.nextFilled()
	for err == nil && f.records.number < opts.HeaderRow {
		cells, err = f.records.nextFilled()
	}
	if opts.HeaderRow > 0 && (err == io.EOF || err == nil && f.records.number != opts.HeaderRow) {
		return &Fault{Code: HeaderRowEmpty, Names: []string{strconv.Itoa(opts.HeaderRow)}}
	}
	if err == io.EOF {
		return &Fault{Code: FileEmpty}
	}
	if err != nil {
		return err
	}
	f.headerRow = f.records.number
	// A second BOM, or one inside the quotes of the first cell, would stay in
	// the name and keep it from being found.
	cells[0] = strings.TrimLeft(cells[0], "\ufeff")
	width := len(cells)
	for width > 0 && blank(cells[width-1]) {
		width--
	}
	if width > MaxColumns {
		return &Fault{Code: HeaderTooWide, Names: []string{strconv.Itoa(width)}}
	}
	if width == 0 {
		return &Fault{Code: FileEmpty}
	}
	f.header = cells[:width:width]
	f.records.header = cells
	f.records.width = width
	if opts.Headerless {
		return nil
	}
	return checkIsHeader(f.header)
}

// checkIsHeader refuses a first row that is somebody's data, since its first
// recipient would silently be taken for the names of columns.
func checkIsHeader(header []string) error {
	var data []string
	for _, cell := range header {
		if looksLikeData(strings.TrimSpace(cell)) {
			data = append(data, cell)
		}
	}
	if len(data) > 0 {
		return &Fault{Code: FileNoHeader, Names: data}
	}
	return nil
}

// looksLikeData recognises what no column is called: a phone number (8 digits
// or more, and no letters but "Tel" and the like in front), an e-mail or web
// address, a number in scientific notation. A date does name columns (a column
// for each day).
func looksLikeData(cell string) bool {
	lower := strings.ToLower(cell)
	switch {
	case emailShape().MatchString(cell), powerShape().MatchString(cell),
		strings.HasPrefix(lower, "https://"), strings.HasPrefix(lower, "http://"):
		return true
	case dateShape().MatchString(cell):
		return false
	}
	digits := 0
	for _, r := range phoneWord().ReplaceAllString(cell, "") {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			return false
		}
	}
	return digits >= 8
}

// Repeated tells of a name that several columns have which: "Notes (D, E)". It is "" for any other name. Which of them is
// meant by it would be a guess; names that differ in case or accents only are left to Match, which answers an exact name
// first.
func Repeated(name string, header []string) string {
	name = strings.TrimSpace(name)
	var letters []string
	for i, cell := range header {
		if strings.TrimSpace(cell) == name && name != "" {
			letters = append(letters, ColumnLetter(i))
		}
	}
	if len(letters) < 2 {
		return ""
	}
	return name + " (" + strings.Join(letters, ", ") + ")"
}

// ColumnLetter names a column as a spreadsheet does, from its index: 0 is A, 25
// is Z, 26 is AA. A negative index has no letter.
func ColumnLetter(index int) string {
	var letters []byte
	for n := index; n >= 0; n = n/26 - 1 {
		letters = append([]byte{byte('A' + n%26)}, letters...)
	}
	return string(letters)
}

// blank says that a cell holds nothing to see.
func blank(cell string) bool { return strings.TrimSpace(cell) == "" }
