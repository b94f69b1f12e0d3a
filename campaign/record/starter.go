package record

import (
	"io"
	"slices"
	"unicode/utf8"

	"github.com/gocarina/gocsv"
	"github.com/xuri/excelize/v2"

	"kanal-campaign/campaign/audience"
)

// WriteStarter writes a CSV with a header and one example row, in UTF-8 with a BOM, which every
// spreadsheet opens rightly. delimiter is what separates cells; 0 for a comma.
func WriteStarter(w io.Writer, header, example []string, delimiter rune) error {
	header = slices.Clone(header)
	for i, name := range header {
		header[i] = unformula(name)
	}
	var out gocsv.CSVWriter = audience.NewWriter(w, audience.Dialect{Delimiter: delimiter, Ending: "\r\n"}.UTF8())
	for _, record := range [][]string{header, example} {
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// WriteStarterWorkbook is WriteStarter for a spreadsheet's own format. All its columns are formatted as text, so that no
// number that is typed or pasted loses a digit.
func WriteStarterWorkbook(w io.Writer, header, example []string) error {
	const sheet = "Sheet1"
	book := excelize.NewFile()
	defer book.Close()
	text, err := book.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for i, name := range header {
		column := audience.ColumnLetter(i)
		for _, do := range []func() error{
			func() error { return book.SetColStyle(sheet, column, text) },
			func() error {
				return book.SetColWidth(sheet, column, column, float64(max(20, min(40, utf8.RuneCountInString(name)+4))))
			},
			func() error { return book.SetCellStr(sheet, column+"1", name) },
			func() error { return book.SetCellStyle(sheet, column+"1", column+"1", bold) },
			func() error { return book.SetCellStr(sheet, column+"2", example[i]) },
			func() error { return book.SetCellStyle(sheet, column+"2", column+"2", text) },
		} {
			if err := do(); err != nil {
				return err
			}
		}
	}
	if err := book.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return book.Write(w)
}
