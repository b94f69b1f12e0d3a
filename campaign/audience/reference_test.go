package audience_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	unicode16 "golang.org/x/text/encoding/unicode"

	"kanal-campaign/campaign/audience"
)

// reference reads a file as simply as it can be done: in memory, a character at a time, as RFC 4180 has it.
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
	crBeforeLF   = regexp.MustCompile(`\r+\n`)
	everyLineEnd = regexp.MustCompile(`\r\n|\r|\n`)
)

func readReference(content []byte, d audience.Dialect) reference {
	text := decodeReference(content, d.Encoding)
	if m := referenceSep.FindString(text); m != "" && namesDelimiter(m) {
		text = text[len(m):]
	}
	if d.Ending == "\r" {
		text = everyLineEnd.ReplaceAllString(text, "\n")
	} else {
		text = strings.TrimRight(crBeforeLF.ReplaceAllString(text, "\n"), "\r")
	}
	r := reference{text: text, nul: strings.Contains(text, "\x00")}
	r.split(text, d.Delimiter)
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
func decodeReference(content []byte, encoding string) string {
	switch encoding {
	case audience.UTF16LE, audience.UTF16BE:
		low, high, order := 0, 1, unicode16.LittleEndian
		if encoding == audience.UTF16BE {
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
	case audience.Windows1252, audience.MacRoman:
		table := map[string]*charmap.Charmap{audience.Windows1252: charmap.Windows1252, audience.MacRoman: charmap.Macintosh}[encoding]
		var text strings.Builder
		for _, b := range content {
			if r := table.DecodeByte(b); r != utf8.RuneError {
				text.WriteRune(r)
			} else {
				text.WriteRune(rune(b))
			}
		}
		return text.String()
	}
	return strings.TrimPrefix(string(content), "\ufeff")
}

// split fills in the records.
func (r *reference) split(text string, delimiter rune) {
	separator := string(delimiter)
	for row := 1; text != ""; row++ {
		if after, ok := strings.CutPrefix(text, "\n"); ok { // an empty line is a row without a record
			text = after
			continue
		}
		cells, rest, whole := splitRecord(text, separator)
		if !whole {
			r.broken = true
			return
		}
		r.records, r.rows, text = append(r.records, referenceRecord{row, cells}), row, rest
	}
}

// splitRecord takes one record off the text; whole is false where its quotes are not.
func splitRecord(text, separator string) (cells []string, rest string, whole bool) {
	for {
		var cell string
		if inside, quoted := strings.CutPrefix(text, `"`); quoted {
			for {
				part, after, closed := strings.Cut(inside, `"`)
				if !closed {
					return nil, "", false
				}
				cell += part
				if inside, quoted = strings.CutPrefix(after, `"`); !quoted {
					text = after
					break
				}
				cell += `"`
			}
			if text != "" && text[0] != '\n' && !strings.HasPrefix(text, separator) {
				return nil, "", false
			}
		} else {
			end := len(text)
			if i := strings.IndexByte(text, '\n'); i >= 0 {
				end = i
			}
			if i := strings.Index(text[:end], separator); i >= 0 {
				end = i
			}
			if cell, text = text[:end], text[end:]; strings.Contains(cell, `"`) {
				return nil, "", false
			}
		}
		cells = append(cells, cell)
		if after, ok := strings.CutPrefix(text, separator); ok {
			text = after
			continue
		}
		return cells, strings.TrimPrefix(text, "\n"), true
	}
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

// agreesWithLibrary holds the reference against encoding/csv: two that know nothing of each other must say the same.
func (r *reference) agreesWithLibrary(t *testing.T, delimiter rune) {
	t.Helper()
	library := csv.NewReader(bytes.NewReader([]byte(r.text)))
	library.Comma, library.FieldsPerRecord = delimiter, -1
	for _, record := range r.records {
		cells, err := library.Read()
		if err != nil || !reflect.DeepEqual(cells, record.cells) {
			t.Fatalf("row %d: the reference has %q, encoding/csv %q, %v", record.row, record.cells, cells, err)
		}
	}
	if _, err := library.Read(); (err == io.EOF) == r.broken {
		t.Fatalf("the reference is broken: %v; encoding/csv ends with %v", r.broken, err)
	}
}
