package help

import (
	"strings"
	"unicode/utf8"
)

// gap is what stands between a table's columns.
const gap = "  "

// renderTable draws a table within so many columns: the widest columns are wrapped. A header of empty cells is not shown.
func renderTable(block []string, width int) (out []string) {
	header := cellsOf(block[0])
	rows := [][]string{}
	for _, line := range block[2:] { // behind the header and its rule
		rows = append(rows, cellsOf(line))
	}
	titled := strings.Join(header, "") != ""
	if titled {
		rows = append([][]string{header}, rows...)
	}
	widths := fit(rows, width)
	for i, row := range rows {
		out = append(out, renderRow(row, widths)...)
		if titled && i == 0 {
			out = append(out, rule(widths))
		}
	}
	return out
}

// cellsOf splits a line of a table; "\|" is no border.
func cellsOf(line string) []string {
	const border = "\x00"
	line = strings.ReplaceAll(strings.TrimSpace(line), `\|`, border)
	cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|")
	for i, cell := range cells {
		cells[i] = plain(strings.ReplaceAll(strings.TrimSpace(cell), border, "|"))
	}
	return cells
}

// fit gives the columns the width that their cells need, and takes from the widest what they have too much together.
func fit(rows [][]string, width int) []int {
	widths := make([]int, len(rows[0]))
	total := len(gap) * (len(widths) - 1)
	for i := range widths {
		for _, row := range rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
		total += widths[i]
	}
	for ; total > width; total-- {
		widest := 0
		for i := range widths {
			if widths[i] > widths[widest] {
				widest = i
			}
		}
		widths[widest]--
	}
	return widths
}

func renderRow(row []string, widths []int) (out []string) {
	height, wrapped := 0, make([][]string, len(row))
	for i, cell := range row {
		wrapped[i] = wrap(cell, widths[i])
		height = max(height, len(wrapped[i]))
	}
	for n := range height {
		line := ""
		for i := range row {
			text := ""
			if n < len(wrapped[i]) {
				text = wrapped[i][n]
			}
			line += text + strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(text))) + gap
		}
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

func rule(widths []int) string {
	dashes := make([]string, len(widths))
	for i, w := range widths {
		dashes[i] = strings.Repeat("-", w)
	}
	return strings.Join(dashes, gap)
}
