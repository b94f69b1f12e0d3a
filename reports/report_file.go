package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/regular"
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
	kin, err := kinOf(ctx, l, c)
	if err != nil {
		return ResultsFile{}, err
	}
	if _, err := d.file.WriteString(reportMark(mode, l.Stamp(c)) + kin.mark()); err != nil {
		return ResultsFile{}, err
	}
	if err := render(d.file); err != nil {
		return ResultsFile{}, err
	}
	if err := d.seal(); err != nil {
		return ResultsFile{}, err
	}
	return d.placeReport(ReportPath(c.OutDir, c.Name, mode), func(head string) (bool, error) {
		switch {
		case strings.HasPrefix(head, reportMark(mode, l.Stamp(c))):
			return true, nil
		case !strings.HasPrefix(head, reportMark(mode)):
			return false, nil
		case mode == Sandbox: // a rehearsal that starts over is another campaign, and has nothing to lose
			return true, nil
		case c.RebuiltFrom == "":
			return false, nil
		}
		return kin.knows(ctx, l, head)
	})
}

func (d *draft) placeReport(wanted string, isOurs func(head string) (bool, error)) (ResultsFile, error) {
	file := ResultsFile{Wanted: wanted}
	for n := 1; n <= mostNumbers; n++ {
		file.Path = numbered(wanted, n)
		mine, err := mayReplace(file.Path, isOurs)
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

// reportMark is how a report begins: with the mode, the campaign's stamp, which tells it from any other's, and its kin's
// mark. With fewer of them it is how any such report begins.
func reportMark(mode Mode, parts ...string) string {
	return fmt.Sprintf("<!doctype html>\n<!-- kanal-campaign report 1 %s ", strings.Join(append([]string{string(mode)}, parts...), " "))
}

// mayReplace reports whether the report may take the place of what is at path: nothing, or a file whose first bytes isOurs
// takes. Folders and what else cannot be read as a file is kept.
func mayReplace(path string, isOurs func(head string) (bool, error)) (bool, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return false, err
	}
	file, err := regular.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	head, err := io.ReadAll(io.LimitReader(file, 512))
	if err != nil {
		return false, nil
	}
	return isOurs(string(head))
}
