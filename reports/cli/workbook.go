package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"
)

func (o *options) sheetFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupFile, func(f *pflag.FlagSet) {
		f.StringVar(&o.sheet, "sheet", "", "the `NAME|NUMBER` of an .xlsx file's sheet (default: the first one)")
	})
}

// isWorkbookName reports whether a file is called as workbooks are.
func isWorkbookName(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".xlsm":
		return true
	}
	return false
}
