package audience

import (
	"bufio"
	"io"
	"strings"
	"testing"
)

// Read is Open without a file.
func Read(r io.ReadSeeker, opts Options) (*File, error) { return read(r, opts) }

// Records reads all records of a text but for empty lines.
func Records(text string, d Dialect) (records [][]string, err error) {
	source := newCSVSource(bufio.NewReaderSize(strings.NewReader(text), headSize), d, 1)
	for {
		cells, _, err := source.next()
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return records, err
		}
		records = append(records, cells)
	}
}

// LowerLimits lets a test see what is too large without making it.
func LowerLimits(t *testing.T, sheet, strings, part int) {
	oldSheet, oldStrings, oldPart := maxSheet, maxStrings, maxPart
	maxSheet, maxStrings, maxPart = int64(sheet), strings, int64(part)
	t.Cleanup(func() { maxSheet, maxStrings, maxPart = oldSheet, oldStrings, oldPart })
}
