package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/gocarina/gocsv"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
)

// ResultsFile says where the results are.
type ResultsFile struct {
	Path string
	// Wanted is where they would be, were it not for Locked or Foreign.
	Wanted string
	// Locked tells that another program held the wanted file, Foreign that it is not of this campaign.
	Locked, Foreign bool
}

// resultsBatch is how many rows go through gocsv at a time, and resultsBytes how many bytes of cells: a row of the input
// may have a megabyte.
const (
	resultsBatch = 500
	resultsBytes = 4 << 20
)

// WriteResults writes the campaign's results into its OutDir: every row of the input with its own cells first, in the
// input's order and dialect, then the columns of the tool; rows that an update took out come last, without a row number.
// Where the input's encoding cannot hold the text, the file is UTF-8 with a BOM.
//
// The file is complete or not there: it is written beside its place and moved. A file of another campaign, or of
// anything else, is never replaced: the results take the next free number then (NAME.results-2.csv), and also when
// another program holds the file.
func WriteResults(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, mode Mode) (ResultsFile, error) {
	d, err := newDraft(ctx, l, c.Name, c.OutDir)
	if err != nil {
		return ResultsFile{}, fmt.Errorf("the results cannot be written: %w", err)
	}
	defer d.drop()
	return writeResults(ctx, l, c, mode, d)
}

func writeResults(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, mode Mode, d *draft) (ResultsFile, error) {
	err := streamResults(ctx, l, c, mode, d.file, c.File.Dialect)
	if errors.Is(err, audience.ErrUnencodable) {
		if err = d.restart(); err == nil {
			err = streamResults(ctx, l, c, mode, d.file, c.File.Dialect.UTF8())
		}
	}
	if err == nil {
		err = d.seal()
	}
	if err != nil {
		return ResultsFile{}, fmt.Errorf("the results cannot be written: %w", err)
	}
	file := ResultsFile{Wanted: ResultsPath(c.OutDir, c.Name, mode)}
	for n := 1; n <= mostNumbers; n++ {
		file.Path = numbered(file.Wanted, n)
		ours, err := isOurResults(ctx, l, c, mode, file.Path)
		if err == nil && !ours {
			file.Foreign = true
			continue
		}
		if err == nil {
			err = d.placeAt(file.Path)
		}
		if err == nil {
			return file, nil
		}
		if !isLocked(err) {
			return ResultsFile{}, fmt.Errorf("the results cannot be written: %w", err)
		}
		file.Locked = true
	}
	return ResultsFile{}, fmt.Errorf("the results cannot be written: %s and %d more names are taken",
		filepath.Base(file.Wanted), mostNumbers-1)
}

// streamResults writes all rows to w in one pass, in constant memory.
func streamResults(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, mode Mode, w io.Writer, dialect audience.Dialect) error {
	out := &besideInput{to: audience.NewWriter(w, dialect), width: len(c.File.Header)}
	out.inputs = append(out.inputs, c.File.Header)
	if err := out.Write(addedColumns(c.File.Header)); err != nil {
		return err
	}
	batch, bytes := make([]resultRow, 0, resultsBatch), 0
	for row, err := range l.Rows(ctx, c.ID) {
		if err != nil {
			return err
		}
		for _, cell := range row.Cells {
			bytes += len(cell)
		}
		if batch = append(batch, resultOf(row, mode)); len(batch) < resultsBatch && bytes < resultsBytes {
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

// besideInput is a gocsv.CSVWriter that puts the input's own cells before the columns that gocsv writes. It is fed with
// values, in batches: gocsv loses what is behind pointers.
type besideInput struct {
	to     *audience.Writer
	width  int        // of the input's header: every record is as wide
	inputs [][]string // of the records that gocsv has yet to write
	record []string
}

var _ gocsv.CSVWriter = (*besideInput)(nil)

func (b *besideInput) add(batch []resultRow) error {
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
func (b *besideInput) Write(added []string) error {
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
func (b *besideInput) Flush() { b.to.Flush() }

// Error tells how the writing went.
func (b *besideInput) Error() error { return b.to.Error() }
