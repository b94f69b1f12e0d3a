package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign/record"
)

func (o *options) sheetFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupFile, func(f *pflag.FlagSet) {
		f.StringVar(&o.sheet, "sheet", "", "")
		f.Var((*atLeastOne)(&o.headerRow), "header-row", "")
	})
}

// isNewWorkbook reports whether a file of this name can be made of the rows of another. Rows of CSV, which may have too many
// or too few cells, would lose what is wrong with them in a sheet; and macros are not written.
func isNewWorkbook(target, from string) bool {
	return strings.EqualFold(filepath.Ext(target), ".xlsx") && record.IsWorkbook(from)
}
