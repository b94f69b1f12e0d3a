package cli

import (
	"path/filepath"
	"strings"

	"kanal-campaign/campaign/record"
)

// isNewWorkbook reports whether a file of this name can be made of the rows of another. Rows of CSV, which may have too many
// or too few cells, would lose what is wrong with them in a sheet; and macros are not written.
func isNewWorkbook(target, from string) bool {
	return strings.EqualFold(filepath.Ext(target), ".xlsx") && record.IsWorkbook(from)
}
