package audience

import (
	"io"
	"testing"
)

// Read is Open without a file.
func Read(r io.ReadSeeker, opts Options) (*File, error) { return read(r, opts) }

// LowerLimits lets a test see what is too large without making it.
func LowerLimits(t *testing.T, sheet, strings, part int) {
	oldSheet, oldStrings, oldPart := maxSheet, maxStrings, maxPart
	maxSheet, maxStrings, maxPart = int64(sheet), strings, int64(part)
	t.Cleanup(func() { maxSheet, maxStrings, maxPart = oldSheet, oldStrings, oldPart })
}
