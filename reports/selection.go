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
	"kanal-campaign/campaign/outcome"
)

// Selection picks rows of a campaign. An empty Status or Cause picks every one; Cause is a cause or an error code.
type Selection struct {
	Status outcome.Status
	Cause  string
}

// Takes reports whether the row is picked. Rows that an update took out of the file are picked only when the person has, or
// may have, their message, and those that were forgotten never: nothing of them is left.
func (s Selection) Takes(row ledger.Row) bool {
	if !row.ForgottenAt.IsZero() || row.Gone && !row.State.Status.Messaged() {
		return false
	}
	return (s.Status == "" || row.State.Status == s.Status) &&
		(s.Cause == "" || row.State.Cause == s.Cause || row.ErrorCode == s.Cause || hasCode(row, s.Cause))
}

// hasCode looks among the problems of a row that was never tried.
func hasCode(row ledger.Row, code string) bool {
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

// WriteSelection writes the picked rows as a new audience: the input's own columns and nothing else, in the input's
// order and dialect, or as a workbook. It returns how many rows there were, and how many of them had left the file; with
// none, no file is written. A file that is there already is an error that is fs.ErrExist.
func WriteSelection(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, s Selection, path string) (rows, old int, err error) {
	if _, err := os.Lstat(path); err == nil {
		return 0, 0, &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	}
	d, err := newDraft(ctx, l, c.Name, filepath.Dir(path))
	if err != nil {
		return 0, 0, err
	}
	defer d.drop()
	n, old, err := streamSelection(ctx, l, c, s, newAudienceWriter(d.file, path, c.File.Dialect, IsWorkbook(c.File.Name)))
	if err != nil || n == 0 {
		return 0, 0, err
	}
	if err := d.seal(); err != nil {
		return 0, 0, err
	}
	if err := d.placeAt(path); err != nil {
		return 0, 0, fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return n, old, nil
}

func streamSelection(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, s Selection, out *audienceWriter) (n, old int, err error) {
	if err := out.Write(c.File.Header); err != nil {
		return 0, 0, err
	}
	for row, err := range l.Rows(ctx, c.ID) {
		if err != nil {
			return n, old, err
		}
		if !s.Takes(row) {
			continue
		}
		n++
		if row.Gone {
			old++
		}
		out.row = row.Number - 1
		if err := out.Write(row.Cells); err != nil { // cells of this dialect, so that none is unencodable
			return n, old, errors.Join(err, ctx.Err())
		}
	}
	out.Flush()
	return n, old, out.Error()
}

// SelectionWritten says that n rows were written as a new audience, old of them as they were before an update.
func SelectionWritten(w io.Writer, n, old int, path string) {
	p := &page{}
	what := count(n, "row") + " with the file's own columns"
	if old > 0 {
		what += ", " + fmt.Sprintf(oldOfThem, figure(old), noun(old, oldAsItWas))
	}
	p.words("", 0, around("Written:", path+",", what+"."))
	p.text(0, "It is an audience like any other: kanal-campaign templates shows what can be sent to it.")
	p.show(w)
}
