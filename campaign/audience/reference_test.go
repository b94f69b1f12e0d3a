package audience_test

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	unicode16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"kanal-campaign/campaign/audience"
)

// reference reads a file as simply as it can be done: in memory, by expressions.
type reference struct {
	records []referenceRecord // also the blank ones
	rows    int               // of the spreadsheet, up to the last record
	broken  bool              // a quotation mark is out of place; records are those before it
	nul     bool
	text    string // as decoded, with LF
}

// referenceRecord is one record, with its row as a spreadsheet numbers it.
type referenceRecord struct {
	row   int
	cells []string
}

func (r referenceRecord) blank() bool { return strings.TrimSpace(strings.Join(r.cells, "")) == "" }

var (
	referenceSep = regexp.MustCompile(`^(?i)"?sep=[^\r\n]"?(\r\n|\n|\r)`)
)

func readReference(content []byte, d audience.Dialect) reference {
	text := decodeReference(content, d.Encoding)
	if m := referenceSep.FindString(text); m != "" && namesDelimiter(m) {
		text = text[len(m):]
	}
	r := reference{text: text, nul: strings.Contains(text, "\x00")}
	r.split(text, newReferenceGrammar(d))
	return r
}

// namesDelimiter tells whether Excel's line names what can separate cells.
func namesDelimiter(line string) bool {
	_, after, _ := strings.Cut(line, "=")
	r, _ := utf8.DecodeRuneInString(after)
	return r == '\t' || !strings.ContainsRune("\"'\ufeff\ufffd", r) &&
		!unicode.In(r, unicode.Letter, unicode.Nd, unicode.White_Space, unicode.Cc)
}

// decodeReference takes the byte order mark off and decodes.
func decodeReference(content []byte, name string) string {
	switch name {
	case audience.UTF16LE, audience.UTF16BE:
		low, high, order := 0, 1, unicode16.LittleEndian
		if name == audience.UTF16BE {
			low, high, order = 1, 0, unicode16.BigEndian
		}
		if len(content) > 1 && content[low] == 0xff && content[high] == 0xfe {
			content = content[2:]
		}
		var units []uint16
		for i := 0; i+1 < len(content); i += 2 {
			units = append(units, uint16(content[i+high])<<8|uint16(content[i+low]))
		}
		text := string(utf16.Decode(units))
		if len(content)%2 == 0 && !strings.ContainsRune(text, utf8.RuneError) {
			return text
		}
		// With how many characters half a unit and half a pair are shown is the decoder's to say.
		shown, _ := unicode16.UTF16(order, unicode16.IgnoreBOM).NewDecoder().Bytes(content)
		return string(shown)
	case audience.UTF8:
		return strings.TrimPrefix(string(content), "\ufeff")
	}
	codec := codecOf(name)
	table, oneByte := codec.(*charmap.Charmap)
	if !oneByte { // how broken text is shown is the decoder's to say
		for _, mark := range []string{"\xff\xfe\x00\x00", "\x00\x00\xfe\xff"} {
			if strings.HasPrefix(name, "utf-32") {
				content = bytes.TrimPrefix(content, []byte(mark))
			}
		}
		shown, _ := codec.NewDecoder().Bytes(content)
		return string(shown)
	}
	var text strings.Builder
	for _, b := range content {
		if r := table.DecodeByte(b); r != utf8.RuneError || b >= 0xa0 {
			text.WriteRune(r)
		} else {
			text.WriteRune(rune(b))
		}
	}
	return text.String()
}

// codecOf finds an encoding of the library by what it is called in a dialect.
func codecOf(name string) encoding.Encoding {
	switch name {
	case audience.MacRoman:
		return charmap.Macintosh
	case "mac-cyrillic":
		return charmap.MacintoshCyrillic
	case "x-user-defined":
		return charmap.XUserDefined
	case audience.UTF32LE:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case audience.UTF32BE:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	}
	for _, ibm := range []string{"cp", "IBM", "IBM0", "IBM00"} {
		named := strings.Replace(name, "cp", ibm, 1)
		if codec, err := ianaindex.IANA.Encoding(named); err == nil && codec != nil {
			return codec
		}
	}
	codec, err := htmlindex.Get(name)
	if err != nil {
		panic(name)
	}
	return codec
}

// referenceGrammar is what a record is made of, as expressions for the start of a text.
type referenceGrammar struct {
	newline, separator, quoted, marked, bare *regexp.Regexp
	blanks                                   string // may stand around the marks of a cell
	breaks                                   string // what text behind a closing mark must not follow
}

func newReferenceGrammar(d audience.Dialect) referenceGrammar {
	end, separator, other := `(?:\r*\n|\r*\z)`, regexp.QuoteMeta(string(d.Delimiter)), `[^\n]`
	if d.Ending == "\r" {
		end, other = `(?:\r\n|\r|\n|\z)`, `[^\r\n]`
	}
	ends, blanks := `(?:`+separator+`|`+end+`)`, strings.ReplaceAll(" \t", string(d.Delimiter), "")
	opening := `(?s)\A[` + blanks + `]*"((?:[^"]|"")*)"`
	return referenceGrammar{
		newline:   regexp.MustCompile(`(?s)\A` + end),
		separator: regexp.MustCompile(`(?s)\A` + separator),
		quoted:    regexp.MustCompile(opening + `[` + blanks + `]*` + ends),
		marked:    regexp.MustCompile(opening + `(` + other + `*?)` + ends),
		bare:      regexp.MustCompile(`(?s)\A(` + other + `*?)` + ends),
		blanks:    blanks,
		breaks:    string(d.Delimiter) + "\r\n",
	}
}

// split fills in the records.
func (r *reference) split(text string, g referenceGrammar) {
	for row := 1; text != ""; row++ {
		if empty := g.newline.FindString(text); empty != "" { // an empty line is a row without a record
			text = text[len(empty):]
			continue
		}
		cells, rest, whole := g.record(text)
		if !whole {
			r.broken = true
			return
		}
		r.records, r.rows, text = append(r.records, referenceRecord{row, cells}), row, rest
	}
}

// record takes one record off the text; whole is false where its quotes are not.
func (g referenceGrammar) record(text string) (cells []string, rest string, whole bool) {
	for {
		cell, length, whole := g.cell(text)
		if !whole {
			return nil, "", false
		}
		cells, text = append(cells, cell), text[length:]
		separator := g.separator.FindString(text)
		if separator == "" {
			return cells, text[len(g.newline.FindString(text)):], true
		}
		text = text[len(separator):]
	}
}

// cell gives a cell at the start of the text, and its length there.
func (g referenceGrammar) cell(text string) (cell string, length int, whole bool) {
	unmark := func(s string) string { return strings.ReplaceAll(s, `""`, `"`) }
	if !strings.HasPrefix(strings.TrimLeft(text, g.blanks), `"`) {
		at := g.bare.FindStringSubmatchIndex(text)
		return text[at[2]:at[3]], at[3], true
	}
	if at := g.quoted.FindStringSubmatchIndex(text); at != nil {
		closed := at[3] + 1
		return unmark(text[at[2]:at[3]]), closed + len(text[closed:]) - len(strings.TrimLeft(text[closed:], g.blanks)), true
	}
	at := g.marked.FindStringSubmatchIndex(text)
	if at == nil || strings.ContainsAny(text[at[2]:at[3]], g.breaks) {
		return "", 0, false
	}
	inside, behind := unmark(text[at[2]:at[3]]), text[at[4]:at[5]]
	if trimmed := strings.TrimRight(behind, " \t"); strings.HasSuffix(trimmed, `"`) {
		return inside + `"` + unmark(strings.TrimSuffix(trimmed, `"`)), at[5], true
	}
	return inside + behind, at[5], true
}

// filled are the records that hold something: the header first, without the marks and empty columns around it.
func (r *reference) filled() []referenceRecord {
	var filled []referenceRecord
	for _, record := range r.records {
		if !record.blank() {
			filled = append(filled, record)
		}
	}
	return filled
}

// agreesWithLibrary holds the reference against encoding/csv: where the text is as RFC 4180 has it, two that know nothing of each
// other must say the same.
func (r *reference) agreesWithLibrary(t *testing.T, d audience.Dialect) {
	t.Helper()
	text := r.text
	if d.Ending == "\r" {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	text = strings.TrimRight(regexp.MustCompile(`\r+\n`).ReplaceAllString(text, "\n"), "\r") // what it does itself only in part
	plain := func(cell string) string {
		if d.Ending == "\r" {
			cell = strings.ReplaceAll(strings.ReplaceAll(cell, "\r\n", "\n"), "\r", "\n")
		}
		return regexp.MustCompile(`\r+\n`).ReplaceAllString(cell, "\n")
	}
	library := csv.NewReader(strings.NewReader(text))
	library.Comma, library.FieldsPerRecord = d.Delimiter, -1
	strict, err := library.ReadAll()
	if err != nil {
		return
	}
	if r.broken || len(strict) != len(r.records) {
		t.Fatalf("the reference has %d records (broken: %v), encoding/csv %d", len(r.records), r.broken, len(strict))
	}
	for i, record := range r.records {
		for j, cell := range record.cells {
			if len(strict[i]) != len(record.cells) || plain(cell) != strict[i][j] {
				t.Fatalf("row %d: the reference has %q, encoding/csv %q", record.row, record.cells, strict[i])
			}
		}
	}
}
