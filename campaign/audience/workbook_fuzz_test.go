package audience_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kanal-campaign/campaign/audience"
)

// The seeds are in testdata/fuzz, by name.

// FuzzSheet: whatever a sheet holds, reading it never panics and gives rows with rising numbers, as wide as the header,
// and no more of them than the sheet has.
func FuzzSheet(f *testing.F) {
	f.Fuzz(func(t *testing.T, sheet string, strange []byte) {
		whole := rawBook(t, sheet, nil)
		file, rows, err := readAll(t, whole, audience.Options{})
		if err != nil {
			faultOf(t, err)
		}
		last := 0
		for _, row := range rows {
			if row.Number <= last || row.Number > 1<<20 || len(row.Cells) != len(file.Header()) || row.Ragged || row.Surplus != nil {
				t.Fatalf("row %d after %d: %q", row.Number, last, row.Cells)
			}
			last = row.Number
		}
		if len(rows) > strings.Count(sheet, "<row") {
			t.Fatalf("%d rows of %q", len(rows), sheet)
		}
		damaged := []byte(whole) // any bytes in place of some
		copy(damaged[len(strange)*37%len(damaged):], strange)
		if _, _, err := readAll(t, string(damaged), audience.Options{}); err != nil {
			faultOf(t, err)
		}
	})
}

// The library's own reader finds the same cells in workbooks of random texts and numbers, with gaps between.
func TestSheetAgreesWithTheLibrary(t *testing.T) {
	random := randomly(t)
	words := []string{"Zoé", " a b ", "3,36E+10", "x\ny", "<&>", "_x0041_", "#N/A", "日本", "'=1"}
	for range 10 {
		text := book(t, func(f *excelize.File) {
			if err := f.SetSheetRow("Sheet1", "A1", &[]string{"phone", "b", "c", "d", "e", "f"}); err != nil {
				t.Fatal(err)
			}
			for range 200 {
				cell, err := excelize.CoordinatesToCellName(1+random.IntN(6), 2+random.IntN(100))
				if err == nil {
					switch random.IntN(3) {
					case 0:
						err = f.SetCellValue("Sheet1", cell, random.Int64N(1e15))
					case 1:
						err = f.SetCellValue("Sheet1", cell, float64(random.IntN(1e6))/100)
					default:
						err = f.SetCellValue("Sheet1", cell, words[random.IntN(len(words))])
					}
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		})
		_, rows, err := readAll(t, text, audience.Options{})
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := excelize.OpenReader(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		defer theirs.Close()
		seen := 0
		for i, cells := range must(theirs.GetRows("Sheet1"))(t)[1:] {
			if strings.TrimSpace(strings.Join(cells, "")) == "" {
				continue
			}
			if cells = append(cells, make([]string, 6)...)[:6]; rows[seen].Number != i+2 || !slices.Equal(rows[seen].Cells, cells) {
				t.Fatalf("row %d: %q, and the library reads %d: %q", rows[seen].Number, rows[seen].Cells, i+2, cells)
			}
			seen++
		}
		if seen != len(rows) {
			t.Fatalf("%d rows, and the library reads %d", len(rows), seen)
		}
	}
}

func must[T any](value T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
