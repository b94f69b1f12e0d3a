package audience

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"kanal-campaign/campaign/text"
)

// sharedStrings reads the table of texts that cells refer to.
func (w *workbook) sharedStrings() ([]string, error) {
	name := w.partOf(relStrings)
	if name == "" {
		return nil, nil
	}
	part, err := w.part(name, 4*int64(maxStrings))
	if err != nil {
		return nil, err
	}
	defer part.Close()
	guard := &tokenGuard{r: part}
	decoder := xml.NewDecoder(guard)
	next := func() (xml.Token, error) {
		token, err := decoder.Token()
		guard.since = 0
		return token, err
	}
	var texts []string
	size := 0
	for {
		token, err := next()
		if err == io.EOF {
			return texts, nil
		}
		if err != nil {
			return nil, brokenPart(name, err)
		}
		if start, ok := token.(xml.StartElement); !ok || start.Name.Local != "si" {
			continue
		}
		text, err := stringItem(next)
		if err != nil {
			return nil, brokenPart(name, err)
		}
		if size += len(text) + 16; size > maxStrings {
			return nil, &Fault{Code: WorkbookTooLarge}
		}
		texts = append(texts, unescape(text))
	}
}

// stringItem reads the text of the element whose start has been read: all of it where it is plain, or the runs of a
// formatted one, without the phonetic hints that Japanese texts carry.
func stringItem(next func() (xml.Token, error)) (string, error) {
	var text strings.Builder
	depth, phonetic, marked, inText := 1, 0, false, 0
	for depth > 0 {
		token, err := next()
		if err != nil {
			return "", unexpected(err)
		}
		switch element := token.(type) {
		case xml.StartElement:
			depth++
			switch {
			case element.Name.Local == "rPh" && phonetic == 0:
				phonetic = depth
			case element.Name.Local == "t" && phonetic == 0:
				if !marked { // what stood around it was layout
					text.Reset()
				}
				marked, inText = true, depth
			}
		case xml.EndElement:
			if depth == phonetic {
				phonetic = 0
			}
			if depth == inText {
				inText = 0
			}
			depth--
		case xml.CharData:
			if phonetic == 0 && (inText > 0 || !marked) {
				text.Write(element)
			}
			if text.Len() > MaxRecord {
				return "", &Fault{Code: WorkbookTooLarge}
			}
		}
	}
	if !marked && strings.TrimSpace(text.String()) == "" {
		return "", nil
	}
	return text.String(), nil
}

// lineEnd is a line break with all of its CRs, as newlines understands them.
var lineEnd = text.Pattern(`\r+\n`)

var escaped = text.Pattern(`_x[0-9A-Fa-f]{4}_`)

// unescape reads the characters that XML cannot hold, as spreadsheets write them: _x000D_ is a carriage return. A line
// break inside a cell is LF, as in a CSV file.
func unescape(text string) string {
	if strings.Contains(text, "_x") {
		text = escaped().ReplaceAllStringFunc(text, func(code string) string {
			n, err := strconv.ParseUint(code[2:6], 16, 16)
			if err != nil {
				return code
			}
			return string(rune(n))
		})
	}
	if strings.Contains(text, "\r\n") {
		text = lineEnd().ReplaceAllLiteralString(text, "\n")
	}
	return text
}
