package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"kanal-campaign/campaign/ledger"
)

// ReportPath returns where a campaign's report is written: NAME.report.html in dir, or NAME.sandbox.report.html for a
// rehearsal. WriteReport may have to take another number; it says so.
func ReportPath(dir, campaign string, mode Mode) string {
	return filepath.Join(dir, FileName(campaign)+middle(mode)+".report.html")
}

// WriteReport writes a campaign's report into its OutDir, as render writes it: complete or not at all, and never in place
// of another campaign's report or of anything else. It takes the next free number then (NAME.report-2.html), and also
// when another program holds the file.
func WriteReport(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, mode Mode, render func(io.Writer) error) (ResultsFile, error) {
	file, err := writeReport(ctx, l, c, mode, render)
	if err != nil {
		return ResultsFile{}, fmt.Errorf("the report cannot be written: %w", err)
	}
	return file, nil
}

func writeReport(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, mode Mode, render func(io.Writer) error) (ResultsFile, error) {
	d, err := newDraft(ctx, l, c.Name, c.OutDir)
	if err != nil {
		return ResultsFile{}, err
	}
	defer d.drop()
	mark := reportMark(mode, l.Stamp(c))
	if _, err := d.file.WriteString(mark); err != nil {
		return ResultsFile{}, err
	}
	if err := render(d.file); err != nil {
		return ResultsFile{}, err
	}
	if err := d.seal(); err != nil {
		return ResultsFile{}, err
	}
	ours := mark
	if mode == Sandbox { // a rehearsal that starts over is another campaign, and has nothing to lose
		ours = reportMark(mode, "")
	}
	return d.placeReport(ReportPath(c.OutDir, c.Name, mode), ours)
}

func (d *draft) placeReport(wanted, ours string) (ResultsFile, error) {
	file := ResultsFile{Wanted: wanted}
	for n := 1; n <= mostNumbers; n++ {
		file.Path = numbered(wanted, n)
		mine, err := beginsWith(file.Path, ours)
		if err == nil && !mine {
			file.Foreign = true
			continue
		}
		if err == nil {
			err = d.placeAt(file.Path)
		}
		if err == nil || !isLocked(err) {
			return file, err
		}
		file.Locked = true
	}
	return ResultsFile{}, fmt.Errorf("%s and %d more names are taken", filepath.Base(wanted), mostNumbers-1)
}

// reportMark is how a report of the campaign begins: its stamp tells it from any other's. Without a stamp it is how any
// report of that mode begins.
func reportMark(mode Mode, stamp string) string {
	mark := fmt.Sprintf("<!doctype html>\n<!-- kanal-campaign report 1 %s ", mode)
	if stamp != "" {
		mark += stamp + " -->\n"
	}
	return mark
}

// beginsWith reports whether the report may take the place of what is at path: nothing, or a file that begins so. Folders
// and what else cannot be read as a file is kept.
func beginsWith(path, mark string) (bool, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return false, err
	}
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	head := make([]byte, len(mark))
	_, err = io.ReadFull(file, head)
	return err == nil && string(head) == mark, nil
}
