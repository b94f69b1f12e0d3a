package audience

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"kanal-campaign/campaign/text"
)

// cellFormats writes the numbers of a workbook as text.
//
// A number is read in full, whatever its cell shows: 33612345678, never 3.36E+10. A date is read as it is shown, and so
// is a formula's result if its cell has a number format. A format that follows the computer's own settings does not
// tell what is shown: such a date is read as dd/mm/yyyy, and a decimal separator is a point.
type cellFormats struct {
	codes   []string // by style; "" for General
	date904 bool
	scratch *excelize.File    // nil before something is shown
	cells   map[string]string // by code: the cell of scratch that has this format
}

// builtIn are the formats that a workbook names by number alone. Those of quantities in scientific notation are missing:
// General reads them in full.
var builtIn = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
	14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
	22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
}

// cellFormats reads the styles of the workbook.
func (w *workbook) cellFormats() (*cellFormats, error) {
	f := &cellFormats{date904: w.date904, cells: map[string]string{}}
	name := w.partOf(relStyles)
	if name == "" {
		return f, nil
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.decode(name, &styles); err != nil {
		return nil, err
	}
	own := map[int]string{}
	for _, format := range styles.Formats {
		own[format.ID] = format.Code
	}
	for _, style := range styles.Cells[:min(len(styles.Cells), maxStyles)] {
		code, ok := own[style.Format]
		if !ok {
			code = builtIn[style.Format]
		}
		switch upper := strings.ToUpper(code); {
		case isGeneral(code):
			code = ""
		case strings.Contains(upper, "[$-F800]"): // a long date of the computer's
			code = builtIn[14]
		case strings.Contains(upper, "[$-F400]"): // a time of the computer's
			code = builtIn[21]
		}
		f.codes = append(f.codes, code)
	}
	return f, nil
}

// isGeneral says that a format shows a number as General does, or would shorten it.
func isGeneral(code string) bool {
	upper := strings.ToUpper(code)
	return code == "" || code == "@" || upper == "GENERAL" || strings.Contains(upper, "E+") || strings.Contains(upper, "E-")
}

// isDate says that a format shows a date or a time: it has a letter of one outside of quotes, escapes and brackets, or
// an elapsed time in brackets.
func isDate(code string) bool {
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 1
		case '\\', '_', '*':
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			inner := strings.ToLower(code[i+1 : i+end])
			if inner != "" && strings.Trim(inner, inner[:1]) == "" && strings.ContainsAny(inner, "hms") {
				return true
			}
			i += end
		case 'd', 'D', 'm', 'M', 'y', 'Y', 'h', 'H', 's', 'S':
			return true
		}
	}
	return false
}

// number writes what a cell of type number holds.
func (f *cellFormats) number(value string, style int, computed bool) (string, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return "", nil
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return "", BrokenNoNumber
	}
	code := f.code(style)
	if code == "" || !isDate(code) && !computed || isDate(code) && !hasDay(n) && !elapsed().MatchString(code) {
		return plainNumber(n), nil
	}
	return f.shown(n, code)
}

// otherwise is what a cell shows that is read as text, where that is something else. It is empty for a date with names,
// which the computer's language writes. Where the library cannot tell, nothing differs.
func (f *cellFormats) otherwise(value string, style int, text string, computed bool) (shown ShownNumber, differs bool) {
	code := f.code(style)
	if text == "" || code == "" {
		return shown, false
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	shown = ShownNumber{Value: n, Format: code}
	switch {
	case err != nil:
		return shown, false
	case isDate(code):
		if f.date904 {
			shown.Value += days1904
		}
		return shown, hasDay(n) && hasNames(code, text)
	case computed:
		return shown, false
	}
	shown.Text, err = f.shown(n, code)
	return shown, err == nil && shown.Text != text && shown.Text != "" // ;;; hides a cell and is nobody's mistake
}

// days1904 is how many days the calendar that begins in 1904 is behind the other.
const days1904 = 1462

// lastDay is the end of the year 9999. Past it, spreadsheets show no date: it is a number.
const lastDay = 2958466

func hasDay(n float64) bool { return 0 <= n && n < lastDay }

// hasNames reports whether a date's format writes months or days as words, in a language that it does not name, or that is not
// the one of the text.
func hasNames(code, text string) bool {
	bare := strings.ToLower(literals().ReplaceAllString(code, ""))
	if !strings.Contains(bare, "mmm") && !strings.Contains(bare, "ddd") {
		return false
	}
	named := language().FindStringSubmatch(code)
	return named == nil || !isEnglish(named[1]) && englishNames().MatchString(text)
}

// isEnglish tells of a language by its tag (en-GB) or by Windows' number (0809).
func isEnglish(tag string) bool {
	if n, err := strconv.ParseUint(tag, 16, 32); err == nil {
		return n&0x3ff == 0x009
	}
	return strings.HasPrefix(strings.ToLower(tag), "en")
}

var (
	// language matches a format's: [$-40C], [$-fr-FR], [$-en-US,1]. [$-x-sysdate] is the computer's.
	language     = text.Pattern(`\[\$[^\]-]*-([0-9A-Fa-f]{3,8}|[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?:,[^\]]*)?\]`)
	englishNames = text.Pattern(`(?i)\b(?:january|february|march|april|may|june|july|august|september|october|november|december|` +
		`monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b`)
	elapsed  = text.Pattern(`(?i)\[(?:h+|m+|s+)\]`)
	literals = text.Pattern(`"[^"]*"|\\.|\[[^\]]*\]`)
)

// code is a style's format; "" for General.
func (f *cellFormats) code(style int) string {
	if style < 0 || style >= len(f.codes) {
		return ""
	}
	return f.codes[style]
}

// plainNumber writes a number in full. Spreadsheets keep 15 digits: of a longer whole number the last ones are lost, and
// it is written in scientific notation, which the check refuses.
func plainNumber(n float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil {
		rounded = n
	}
	switch size := math.Abs(rounded); {
	case rounded == 0:
		return "0"
	case size >= 1e15:
		return strconv.FormatFloat(rounded, 'E', -1, 64)
	case size < 1e-9:
		return strconv.FormatFloat(rounded, 'E', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// shown writes a number as its format shows it. A format that the library cannot follow leaves the number in full.
func (f *cellFormats) shown(n float64, code string) (text string, err error) {
	if text, plain := inPlaces(n, code); plain {
		return text, nil
	}
	defer func() {
		if trouble := recover(); trouble != nil {
			text, err = "", fmt.Errorf("the format %q cannot be followed", code)
		}
	}()
	const sheet = "Sheet1"
	if f.scratch == nil {
		f.scratch = excelize.NewFile()
		if err := f.scratch.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &f.date904}); err != nil {
			return "", err
		}
	}
	cell, known := f.cells[code]
	if !known {
		cell = "A" + strconv.Itoa(len(f.cells)+1)
		style, err := f.scratch.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err == nil {
			err = f.scratch.SetCellStyle(sheet, cell, cell, style)
		}
		if err != nil {
			return "", err
		}
		f.cells[code] = cell
	}
	if err := f.scratch.SetCellFloat(sheet, cell, n, -1, 64); err != nil {
		return "", err
	}
	text, err = f.scratch.GetCellValue(sheet, cell)
	return strings.TrimSpace(text), err
}
