package audience_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kanal-campaign/campaign/audience"
)

func writeBook(t *testing.T, records [][]string) string {
	t.Helper()
	var out bytes.Buffer
	w := audience.NewWorkbookWriter(&out)
	for _, record := range records {
		if err := w.Write(record); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	w.Flush() // does nothing more
	if w.Error() != nil {
		t.Fatal(w.Error())
	}
	return out.String()
}

// What is written as a workbook reads back as it was, here and by the library, row by row and as text alone.
func TestWorkbooksReadBack(t *testing.T) {
	random := randomly(t)
	pieces := []string{"Zoé", " ", "=1+1", "\n", "\t", "\r", "<&>]]>", `"'`, "_x0041", "_x000D_", "_", "x005F_", "33612345678",
		"1E5", "\x01", "\uffff", "日本😀", "+33"}
	for range 50 {
		records := [][]string{{"phone", "_x0041_x0042_", "=c"}}
		for range 20 {
			cells := make([]string, 3)
			for i := range cells {
				for range random.IntN(4) {
					cells[i] += pieces[random.IntN(len(pieces))]
				}
				for strings.Contains(cells[i], "\r\n") { // as no workbook is read
					cells[i] = strings.ReplaceAll(cells[i], "\r\n", "\n")
				}
			}
			records = append(records, cells)
		}
		text := writeBook(t, records)
		file, rows, err := readAll(t, text, audience.Options{})
		if err != nil || !slices.Equal(file.Header(), records[0]) {
			t.Fatalf("%q, %v", file.Header(), err)
		}
		for i, cells := range records[1:] {
			if strings.TrimSpace(strings.Join(cells, "")) == "" {
				continue
			}
			if len(rows) == 0 || rows[0].Number != i+2 || !slices.Equal(rows[0].Cells, cells) {
				t.Fatalf("row %d: %q, and %+v were read", i+2, cells, rows[:min(1, len(rows))])
			}
			rows = rows[1:]
		}
		if len(rows) > 0 {
			t.Fatalf("%+v is too much", rows)
		}
		theirs := must(excelize.OpenReader(strings.NewReader(text)))(t)
		for i, cells := range records {
			for column, cell := range cells {
				place := fmt.Sprintf("%s%d", audience.ColumnLetter(column), i+1)
				formula, err := theirs.GetCellFormula("Sheet1", place)
				if err != nil || formula != "" {
					t.Fatalf("%s is the formula %q, %v", place, formula, err)
				}
				if got := must(theirs.GetCellValue("Sheet1", place))(t); !strings.ContainsAny(cell, "_\r\x01\uffff") && got != cell {
					t.Fatalf("%s is %q, and the library reads %q", place, cell, got)
				}
			}
		}
		id := must(theirs.GetColStyle("Sheet1", "B"))(t)
		if style := must(theirs.GetStyle(id))(t); style.NumFmt != 49 {
			t.Fatalf("the columns are not text: %+v", style)
		}
		theirs.Close()
	}
}

// What a sheet cannot hold is an error, never a cell cut short.
func TestWorkbooksOfTooMuch(t *testing.T) {
	for name, record := range map[string][]string{
		"a cell":  {strings.Repeat("😀", 16384)},
		"columns": make([]string, 16385),
	} {
		w := audience.NewWorkbookWriter(io.Discard)
		if err := w.Write([]string{"phone"}); err != nil {
			t.Fatal(err)
		}
		if err := w.Write(record); !errors.As(err, new(*audience.NoWorkbookError)) || w.Error() != err {
			t.Errorf("%s: %v", name, err)
		}
	}
	w := audience.NewWorkbookWriter(io.Discard)
	if err := w.Write([]string{strings.Repeat("😀", 16383)}); err != nil {
		t.Error(err)
	}
	full := audience.NewWorkbookWriter(fullDisk{})
	for range 1000 {
		_ = full.Write([]string{strings.Repeat(fmt.Sprint(rand.Uint64()), 500)})
	}
	if full.Flush(); !errors.Is(full.Error(), io.ErrShortWrite) {
		t.Errorf("a full disk is not told: %v", full.Error())
	}
}

type fullDisk struct{}

func (fullDisk) Write(p []byte) (int, error) { return 0, io.ErrShortWrite }

func TestComputes(t *testing.T) {
	for cell, want := range map[string]bool{
		"=1+1": true, `=HYPERLINK("http://x")`: true, "@SUM(1)": true, " =1": true, "\t=1": true, "＝1": true, "a,=1": true, `"=1`: true,
		"+cmd|' /C calc'!A0": true, "-Zoé": true, "+a": true,
		"+33 6 12 34 56 78": false, "+33612345678;+33612345679": false, "-12.5": false, "-": false, "": false, "a=b": false,
		"Zoé": false, "'=1": false, "zoe@example.com": false, "Jean-Luc": false,
	} {
		if audience.Computes(cell) != want {
			t.Errorf("%q: want %v", cell, want)
		}
	}
}

// A number that a sheet shows otherwise is shown otherwise in the workbook that is made of it, too, by this reader and by
// the library: its format goes along, and dates of both calendars stay the same day.
func TestWorkbooksKeepNumberFormats(t *testing.T) {
	codes := []string{`0.00\ "€"`, "0%", `#,##0.00 "<a&b>"`, "d mmmm yyyy", "00000", `0.00\ "€"`}
	for _, date1904 := range []bool{false, true} {
		from := book(t, func(f *excelize.File) {
			if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}); err != nil {
				t.Fatal(err)
			}
			for i, code := range append([]string{""}, codes...) {
				row := fmt.Sprint(i + 1)
				if i == 0 {
					must(0, f.SetSheetRow("Sheet1", "A1", &[]string{"phone", "price"}))(t)
					continue
				}
				id := must(f.NewStyle(&excelize.Style{CustomNumFmt: &code}))(t)
				must(0, f.SetSheetRow("Sheet1", "A"+row, &[]any{"+33612345678", 45000.5 + float64(i)/8}))(t)
				must(0, f.SetCellStyle("Sheet1", "B"+row, "B"+row, id))(t)
			}
		})
		var out bytes.Buffer
		w := audience.NewWorkbookWriter(&out)
		copied := func(text string, to *audience.WorkbookWriter) (rows []audience.Row) {
			file := must(audience.Read(strings.NewReader(text), audience.Options{}))(t)
			file.Watch([]int{0, 1})
			if to != nil {
				must(0, to.Write(file.Header()))(t)
			}
			for row, err := range file.Rows() {
				if err != nil {
					t.Fatal(err)
				}
				if to != nil {
					must(0, to.WriteRow(row.Cells, row.Shown))(t)
				}
				rows = append(rows, row)
			}
			return rows
		}
		before := copied(from, w)
		w.Flush()
		after := copied(out.String(), nil)
		if len(before) != len(codes) || fmt.Sprint(before) != fmt.Sprint(after) || len(before[0].Shown) != 1 {
			t.Errorf("1904 %v: %v became\n%v", date1904, before, after)
		}
		theirs, old := must(excelize.OpenReader(&out))(t), must(excelize.OpenReader(strings.NewReader(from)))(t)
		for i := range codes {
			place := fmt.Sprintf("B%d", i+2)
			if want, got := must(old.GetCellValue("Sheet1", place))(t), must(theirs.GetCellValue("Sheet1", place))(t); got != want {
				t.Errorf("1904 %v: %s shows %q, and before %q", date1904, place, got, want)
			}
		}
		theirs.Close()
		old.Close()
	}
}
