package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/screen"
)

// fixOptions are the flags by which check writes a file anew.
type fixOptions struct {
	fix      bool
	accepted bool
	output   string
}

// target is the file that the fixes go into: a new one, and a workbook only if they are a workbook's.
func (o *fixOptions) target(f screen.Face, path string) (string, error) {
	target := o.output
	if target == "" {
		target = strings.TrimSuffix(path, filepath.Ext(path)) + ".fixed" + record.EndingLike(path)
	}
	if record.IsWorkbook(target) && !isNewWorkbook(target, path) {
		return "", misuse(f.FixWorkbookOnly())
	}
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return "", err
		}
		return "", failed(f.FileIsThere(f.Path(target)))
	}
	return target, nil
}
