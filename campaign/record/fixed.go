package record

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"

	"kanal-campaign/campaign/audience"
)

// WriteFixed writes an audience anew, in its own dialect or as a workbook, into a file that is not there yet: the header,
// then what run adds, each row under its own number. numbers are cells that a workbook shows otherwise than they read: they
// stay so where the new file is a workbook. The file is put at path when everything has been added and wanted says so.
func WriteFixed(ctx context.Context, drafts Drafts, campaign, path string, from *audience.File, header []string,
	run func(add func(row Row, cells []string, numbers map[int]audience.ShownNumber) error) error,
	wanted func() bool) (written bool, err error) {
	d, err := newDraft(ctx, drafts, campaign, filepath.Dir(path))
	if err != nil {
		return false, fmt.Errorf("%s cannot be written: %w", path, err)
	}
	defer d.drop()
	sheet, _ := from.Sheet()
	out := newAudienceWriter(d.file, path, from.Dialect(), sheet != "")
	last := 0
	write := func(number int, cells []string, numbers map[int]audience.ShownNumber) error {
		for last++; last < number; last++ { // a blank row has its delimiters: an empty line may be no row elsewhere
			if err := out.Write(make([]string, max(2, len(header)))); err != nil {
				return err
			}
		}
		return out.writeRow(cells, numbers)
	}
	if err := write(from.HeaderRow(), header, nil); err != nil {
		return false, fmt.Errorf("%s cannot be written: %w", path, err)
	}
	err = run(func(row Row, cells []string, numbers map[int]audience.ShownNumber) error {
		return write(row.Number, cells, numbers)
	})
	if err != nil || !wanted() {
		return false, err
	}
	if out.Flush(); out.Error() == nil {
		err = d.seal()
	} else {
		err = out.Error()
	}
	if err == nil && !isFree(path) {
		err = fs.ErrExist
	}
	if err == nil {
		err = d.placeAt(path)
	}
	if err != nil {
		return false, fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return true, nil
}
