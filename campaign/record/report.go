package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kanal-campaign/campaign/regular"
)

// WriteReport writes a campaign's report into its place, as render writes it: complete or not at all, and never in place
// of another campaign's report or of anything else. It takes the next free number then (NAME.report-2.html), and also
// when another program holds the file.
func (s Source) WriteReport(ctx context.Context, render func(io.Writer) error) (File, error) {
	file, err := s.draftReport(ctx, render)
	if err != nil {
		return File{}, fmt.Errorf("the report cannot be written: %w", err)
	}
	return file, nil
}

func (s Source) draftReport(ctx context.Context, render func(io.Writer) error) (File, error) {
	d, err := newDraft(ctx, s.Drafts, s.Campaign, s.Dir)
	if err != nil {
		return File{}, err
	}
	defer d.drop()
	identity, err := s.reportIdentity()
	if err != nil {
		return File{}, err
	}
	if _, err := d.file.WriteString(reportMark(s.Rehearsed, s.Stamp) + identity.mark()); err != nil {
		return File{}, err
	}
	if err := render(d.file); err != nil {
		return File{}, err
	}
	if err := d.seal(); err != nil {
		return File{}, err
	}
	return d.place(s.Report(), func(path string) (bool, error) {
		return mayReplace(path, func(head string) (bool, error) {
			switch {
			case strings.HasPrefix(head, reportMark(s.Rehearsed, s.Stamp)):
				return true, nil
			case !strings.HasPrefix(head, reportMark(s.Rehearsed)):
				return false, nil
			case s.Rehearsed: // a rehearsal that starts over is another campaign, and has nothing to lose
				return true, nil
			case !s.Rebuilt:
				return false, nil
			}
			return identity.knows(head)
		})
	})
}

// reportMark is how a report begins: with the mode, the campaign's stamp, which tells it from any other's, and the mark of its identity
// mark. With fewer of them it is how any such report begins.
func reportMark(rehearsed bool, parts ...string) string {
	mode := "LIVE"
	if rehearsed {
		mode = "SANDBOX"
	}
	return fmt.Sprintf("<!doctype html>\n<!-- kanal-campaign report 1 %s ", strings.Join(append([]string{mode}, parts...), " "))
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

// peopleMasked stands in the head of a report in which people are masked.
const peopleMasked = `<meta name="people" content="masked">`

// IsMasked reports whether a file is a report in which people are masked.
func IsMasked(path string) bool {
	const top = 1 << 17
	if filepath.Ext(path) != ".html" {
		return false
	}
	file, err := regular.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	head, err := io.ReadAll(io.LimitReader(file, top))
	return err == nil && (bytes.Contains(head, []byte(peopleMasked)) || bytes.Contains(head, []byte(firstPeopleMasked)))
}
