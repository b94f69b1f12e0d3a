package record

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"kanal-campaign/campaign/audience"
)

// WriteResults writes the campaign's results into its place: every row of the input with its own cells first, in the
// input's order and dialect, then the columns of the tool; rows that an update took out come last, without a row number.
// Where the input's encoding cannot hold the text, the file is UTF-8 with a BOM.
//
// The file is complete or not there: it is written beside its place and moved. A file of another campaign, or of
// anything else, is never replaced: the results take the next free number then (NAME.results-2.csv), and also when
// another program holds the file.
func (s Source) WriteResults(ctx context.Context, say Sentences) (File, error) {
	file, err := s.draftResults(ctx, say, os.Rename)
	if err != nil {
		return File{}, fmt.Errorf("the results cannot be written: %w", err)
	}
	return file, nil
}

func (s Source) draftResults(ctx context.Context, say Sentences, rename func(from, to string) error) (File, error) {
	d, err := newDraft(ctx, s.Drafts, s.Campaign, s.Dir)
	if err != nil {
		return File{}, err
	}
	defer d.drop()
	d.rename = rename
	err = s.streamResults(d.file, s.Dialect, say)
	if errors.Is(err, audience.ErrUnencodable) {
		if err = d.restart(); err == nil {
			err = s.streamResults(d.file, s.Dialect.UTF8(), say)
		}
	}
	if err == nil {
		err = d.seal()
	}
	if err != nil {
		return File{}, err
	}
	return d.place(s.Results(), s.isOurResults)
}

// streamResults writes all rows to w in one pass, in constant memory.
func (s Source) streamResults(w io.Writer, dialect audience.Dialect, say Sentences) error {
	out := audience.NewWriter(w, dialect)
	cells := slices.Clone(s.Header)
	if err := out.Write(append(cells, currentColumns.addedTo(s.Header)...)); err != nil {
		return err
	}
	for row, err := range ahead(s.Outcomes) {
		if err != nil {
			return err
		}
		// A row of an earlier version of the file may have more or fewer cells than the header.
		cells = append(cells[:0], row.Cells[:min(len(row.Cells), len(s.Header))]...)
		for len(cells) < len(s.Header) {
			cells = append(cells, "")
		}
		result := s.resultOf(row, say)
		cells = result.appendTo(cells)
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
