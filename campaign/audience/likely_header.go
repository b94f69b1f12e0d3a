package audience

import (
	"cmp"
	"slices"
	"strings"
)

// Bounds of the look for a header further down: how many rows are looked at, and how many are told.
const (
	headerLook  = 40
	mostHeaders = 3
)

// LikelyHeaders tells which rows of a file below its first may be the header, as a spreadsheet numbers them, the likeliest
// first: several names, each once and none of them data, with rows of as many cells below. Titles stand above.
func LikelyHeaders(path string, opts Options) (rows []int) {
	opts.Headerless, opts.HeaderRow = true, 0
	file, err := Open(path, opts)
	if err != nil {
		return nil
	}
	defer file.Close()
	type record struct {
		number int
		cells  []string
	}
	records := []record{{file.headerRow, file.header}}
	for len(records) < headerLook {
		cells, err := file.records.nextFilled()
		if err != nil {
			break
		}
		records = append(records, record{file.records.number, slices.Clone(cells)})
	}
	names := map[int]int{}
	for i, r := range records[:max(0, len(records)-1)] {
		if i == 0 || !mayBeHeader(r.cells, records[i+1].cells) {
			continue
		}
		rows = append(rows, r.number)
		for _, cell := range r.cells {
			if PhoneNameOf(cell) > NumberName {
				names[r.number] = 1 // one is enough
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(names[b], names[a]) })
	return rows[:min(len(rows), mostHeaders)]
}

// mayBeHeader reports whether a row may be the names of what stands in the row below.
func mayBeHeader(cells, below []string) bool {
	seen := map[string]bool{}
	for _, cell := range cells {
		text := strings.TrimSpace(cell)
		switch {
		case text == "":
		case looksLikeData(text) || len(text) > 200:
			return false
		default:
			seen[text] = true
		}
	}
	filled := 0
	for i, cell := range below {
		if !blank(cell) {
			if i >= len(cells) || blank(cells[i]) { // a column without a name
				return false
			}
			filled++
		}
	}
	return len(seen) >= 2 && filled >= 2
}
