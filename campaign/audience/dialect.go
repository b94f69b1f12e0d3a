package audience

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The encodings, as Options and Dialect name them.
const (
	UTF8        = "utf-8"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	Windows1252 = "windows-1252"
	MacRoman    = "macroman"
)

// Options is what the user says about the file instead of having it detected.
type Options struct {
	// Delimiter separates cells; 0 detects one of , ; tab |. Any other
	// character but a letter, a digit, a space or a quote may be asked for.
	Delimiter rune
	// Encoding is one of the names above, or a usual alias ("cp1252",
	// "latin1", "mac"); "" detects all of them but MacRoman, which no byte
	// tells apart from Windows-1252.
	Encoding string
	// Headerless says that the first row is data: Header returns
	// its cells.
	Headerless bool
	// Sheet is the name of a workbook's sheet, or its number from 1; "" takes
	// the first that is not hidden. Delimiter and Encoding are text's alone.
	Sheet string
}

// Dialect is how a file writes its cells: what it takes to write rows as the
// input wrote them. It is comparable.
type Dialect struct {
	Delimiter rune   `json:"delimiter"`
	Encoding  string `json:"encoding"` // one of the constants
	BOM       bool   `json:"bom"`
	Ending    string `json:"ending"` // "\n", "\r\n" or "\r"
}

// EncodingName is the encoding as people write it.
func (d Dialect) EncodingName() string {
	switch d.Encoding {
	case UTF8:
		return "UTF-8"
	case UTF16LE:
		return "UTF-16 LE"
	case UTF16BE:
		return "UTF-16 BE"
	case Windows1252:
		return "Windows-1252"
	case MacRoman:
		return "MacRoman"
	}
	return d.Encoding
}

// UTF8 is the same dialect in UTF-8 with a BOM, which every spreadsheet opens
// rightly and which holds every character.
func (d Dialect) UTF8() Dialect {
	d.Encoding, d.BOM = UTF8, true
	return d
}

// parseEncoding gives the constant for a name as people type it, "" for "".
// Latin-1 means Windows-1252, as in every browser: the bytes that differ are
// control characters in the former.
func parseEncoding(name string) (string, error) {
	folded := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
	switch folded {
	case "":
		return "", nil
	case "utf8", "utf8sig":
		return UTF8, nil
	case "utf16le":
		return UTF16LE, nil
	case "utf16be":
		return UTF16BE, nil
	case "windows1252", "cp1252", "1252", "latin1", "iso88591", "ansi":
		return Windows1252, nil
	case "macroman", "macintosh", "mac":
		return MacRoman, nil
	}
	return "", &Fault{Code: FileEncodingUnknown, Names: []string{name}}
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
