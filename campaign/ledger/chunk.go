package ledger

import "kanal-campaign/campaign/record"

// chunkRows is how many rows one transaction of an import holds: large enough to be fast, small enough that other
// processes wait only for moments.
const chunkRows = 5000

// chunkBytes is how many bytes of cells it holds: a row of the input may have a megabyte.
const chunkBytes = 8 << 20

// chunk gathers the rows of an import that one transaction writes.
type chunk struct {
	rows  []record.Row
	bytes int // of their cells
}

// add takes a row, and reports whether the chunk is to be written now.
func (c *chunk) add(row record.Row) (full bool) {
	c.rows = append(c.rows, row)
	for _, cell := range row.Cells {
		c.bytes += len(cell)
	}
	return len(c.rows) >= chunkRows || c.bytes >= chunkBytes
}

// empty keeps the memory, and lets go of what the rows hold.
func (c *chunk) empty() {
	clear(c.rows)
	c.rows, c.bytes = c.rows[:0], 0
}
