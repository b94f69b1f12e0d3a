package record

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
)

// Selection picks rows of a campaign: those of any of the statuses, and of any of the causes, which may be error codes.
// None of them picks every row.
type Selection struct {
	Statuses []outcome.Status
	Causes   []string
}

// Takes reports whether the row is picked. Rows that an update took out of the file are picked only when the person has, or
// may have, their message, and those that were forgotten never: nothing of them is left.
func (s Selection) Takes(row Row) bool {
	return s.fits(row) && (!row.Gone || row.State.Status.Messaged())
}

// passes reports whether the row would be picked, had an update not taken it out of the file.
func (s Selection) passes(row Row) bool {
	return s.fits(row) && row.Gone && row.State.Status == outcome.Rejected
}

func (s Selection) fits(row Row) bool {
	return row.ForgottenAt.IsZero() && (len(s.Statuses) == 0 || slices.Contains(s.Statuses, row.State.Status)) &&
		(len(s.Causes) == 0 || slices.ContainsFunc(s.Causes, func(cause string) bool { return hasCause(row, cause) }))
}

func hasCause(row Row, cause string) bool {
	return row.State.Cause == cause || row.ErrorCode == cause || hasCode(row, cause)
}

// hasCode looks among the problems of a row that was never tried.
func hasCode(row Row, code string) bool {
	if row.State.Status != outcome.Invalid {
		return false
	}
	for _, p := range row.Problems {
		if string(p.Code) == code {
			return true
		}
	}
	return false
}

// Selected is what became of a selection.
type Selected struct {
	Rows int // in the new file
	Old  int // of them, those that an update took out of the campaign's file
	// Passed are refused rows as they were before an update: they fit, and are not in the new file.
	Passed  int
	Without []string // the causes asked for that no row has which fits
	// Unwilling are rows of people who said no to messages, or whom a list of the user's own keeps from getting any.
	Unwilling int
}

// isUnwilling reports whether a row was left out or refused since its person wants no messages.
func isUnwilling(row Row) bool {
	switch row.State.Cause {
	case string(kanal.CauseOptedOut), outcome.CauseOptedOutEarlier, outcome.CauseSuppressed, outcome.CauseNoConsent:
		return true
	}
	return false
}

// WriteSelection writes the picked rows as a new audience: the input's own columns and nothing else, in the input's
// order and dialect, or as a workbook. Without a row, no file is written. A file that is there already is an error that is
// fs.ErrExist.
func (s Source) WriteSelection(ctx context.Context, picked Selection, path string) (Selected, error) {
	if _, err := os.Lstat(path); err == nil {
		return Selected{}, &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	}
	d, err := newDraft(ctx, s.Drafts, s.Campaign, filepath.Dir(path))
	if err != nil {
		return Selected{}, err
	}
	defer d.drop()
	done, err := s.streamSelection(picked, newAudienceWriter(d.file, path, s.Dialect, s.Workbook))
	if err != nil || done.Rows == 0 {
		return done, err
	}
	if err := d.seal(); err != nil {
		return Selected{}, err
	}
	if err := d.placeAt(path); err != nil {
		return Selected{}, fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return done, nil
}

func (s Source) streamSelection(picked Selection, out *audienceWriter) (Selected, error) {
	done := Selected{Without: slices.Compact(slices.Sorted(slices.Values(picked.Causes)))}
	if err := out.Write(s.Header); err != nil {
		return done, err
	}
	for row, err := range s.Rows {
		if err != nil {
			return done, err
		}
		passed := picked.passes(row)
		if passed || picked.Takes(row) {
			done.Without = slices.DeleteFunc(done.Without, func(cause string) bool { return hasCause(row, cause) })
		}
		switch {
		case passed:
			done.Passed++
			continue
		case !picked.Takes(row):
			continue
		case row.Gone:
			done.Old++
		}
		done.Rows++
		if isUnwilling(row) {
			done.Unwilling++
		}
		out.row = row.Number - 1
		if err := out.Write(row.Cells); err != nil { // cells of this dialect, so that none is unencodable
			return done, err
		}
	}
	out.Flush()
	return done, out.Error()
}
