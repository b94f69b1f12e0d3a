package record

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gocarina/gocsv"

	"kanal-campaign/campaign/audience"
)

// resultsBatch is how many rows go through gocsv at a time, and resultsBytes how many bytes of cells: a row of the input
// may have a megabyte.
const (
	resultsBatch = 500
	resultsBytes = 4 << 20
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
	out := &resultRecords{to: audience.NewWriter(w, dialect), width: len(s.Header)}
	out.inputs = append(out.inputs, s.Header)
	if err := out.Write(currentColumns.addedTo(s.Header)); err != nil {
		return err
	}
	batch, bytes := make([]resultRow, 0, resultsBatch), 0
	for row, err := range s.Rows {
		if err != nil {
			return err
		}
		for _, cell := range row.Cells {
			bytes += len(cell)
		}
		if batch = append(batch, s.resultOf(row, say)); len(batch) < resultsBatch && bytes < resultsBytes {
			continue
		}
		if err := out.add(batch); err != nil {
			return err
		}
		clear(batch)
		batch, bytes = batch[:0], 0
	}
	if err := out.add(batch); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// resultRecords is a gocsv.CSVWriter that puts the input's own cells before the columns that gocsv writes. It is fed with
// values, in batches: gocsv loses what is behind pointers.
type resultRecords struct {
	to     *audience.Writer
	width  int        // of the input's header: every record is as wide
	inputs [][]string // of the records that gocsv has yet to write
	record []string
}

var _ gocsv.CSVWriter = (*resultRecords)(nil)

func (b *resultRecords) add(batch []resultRow) error {
	if len(batch) == 0 {
		return nil
	}
	b.inputs = b.inputs[:0]
	for i := range batch {
		b.inputs = append(b.inputs, batch[i].inputCells)
	}
	return gocsv.MarshalCSVWithoutHeaders(batch, b)
}

// Write writes one record: the next input's cells, then those given. A row of an earlier version of the file may have
// more or fewer cells than the header.
func (b *resultRecords) Write(added []string) error {
	b.record = b.record[:0]
	cells := b.inputs[0]
	b.inputs = b.inputs[1:]
	for i := range b.width {
		cell := ""
		if i < len(cells) {
			cell = cells[i]
		}
		b.record = append(b.record, cell)
	}
	b.record = append(b.record, added...)
	return b.to.Write(b.record)
}

// Flush writes out what is buffered.
func (b *resultRecords) Flush() { b.to.Flush() }

// Error tells how the writing went.
func (b *resultRecords) Error() error { return b.to.Error() }
