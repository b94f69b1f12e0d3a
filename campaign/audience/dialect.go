package audience

import (
	"unicode"
	"unicode/utf8"
)

// Options is what the user says about the file instead of having it detected.
type Options struct {
	// Delimiter separates cells; 0 detects one of , ; tab |. Any other
	// character but a letter, a digit, a space or a quote may be asked for.
	Delimiter rune
	// Encoding is one of Encodings, or a usual alias ("cp1252", "latin1", "mac");
	// "" has it found.
	Encoding string
	// Headerless says that the first row is data: Header returns
	// its cells.
	Headerless bool
	// HeaderRow is the row of the header as a spreadsheet numbers it; what stands
	// above it is passed over. 0 takes the first row with anything in it.
	HeaderRow int
	// Sheet is the name of a workbook's sheet, or its number from 1; "" takes
	// the first that is not hidden. Delimiter and Encoding are text's alone.
	Sheet string
}

// Dialect is how a file writes its cells: what it takes to write rows as the
// input wrote them. It is comparable.
type Dialect struct {
	Delimiter rune   `json:"delimiter"`
	Encoding  string `json:"encoding"` // one of Encodings
	BOM       bool   `json:"bom"`
	Ending    string `json:"ending"` // "\n", "\r\n" or "\r"
}

// UTF8 is the same dialect in UTF-8 with a BOM, which every spreadsheet opens
// rightly and which holds every character.
func (d Dialect) UTF8() Dialect {
	d.Encoding, d.BOM = UTF8, true
	return d
}

// checkDelimiter refuses what could not separate cells.
func checkDelimiter(r rune) error {
	switch {
	case r == 0 || r == '\t':
		return nil
	case !utf8.ValidRune(r), r == utf8.RuneError, r == '"', r == '\'', r == '\ufeff',
		unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsSpace(r), unicode.IsControl(r):
		return &Fault{Code: DelimiterUnknown, Names: []string{string(r)}}
	}
	return nil
}
