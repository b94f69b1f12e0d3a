package record

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/text"
)

// mostAttempts is far more than any row has.
const mostAttempts = 100_000

// ResultsReader reads a results file back, of this version or an earlier one. It is for one goroutine, and for one pass over
// its rows.
type ResultsReader struct {
	// WrittenAt is when the file was last written.
	WrittenAt time.Time
	path      string
	rehearsed bool
	file      *audience.File
	start     int  // how many columns are the input's own
	first     bool // the others are firstColumns
}

// SHA256 is that of the file, once its rows were read.
func (r *ResultsReader) SHA256() string { return r.file.SHA256() }

// NoResultsError says that a file is not one that Source.WriteResults has written, or no longer. Row is 0 when that is seen
// from its header.
type NoResultsError struct {
	Path string
	// Rehearsed tells that they are results, but of a rehearsal.
	Rehearsed bool
	Row       int // as a spreadsheet numbers the rows of the results file
	Column    string
	Value     string
}

func (e *NoResultsError) Error() string {
	return fmt.Sprintf("%s is no results file: row %d, %s %q", e.Path, e.Row, e.Column, e.Value)
}

// OpenResults opens a results file, of a rehearsal or of a campaign that reached people. It returns a *NoResultsError for another
// file, and an *audience.Fault for one that cannot be read as a table. The caller closes the reader.
func OpenResults(path string, rehearsed bool, options audience.Options) (*ResultsReader, error) {
	file, err := audience.Open(path, options)
	if err != nil {
		return nil, err
	}
	r := &ResultsReader{path: path, rehearsed: rehearsed, file: file}
	var current bool
	if r.start, current = currentColumns.endOf(file.Header()); !current {
		if r.start, r.first = firstColumns.endOf(file.Header()); !r.first {
			file.Close()
			return nil, &NoResultsError{Path: path}
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		file.Close()
		return nil, err
	}
	r.WrittenAt = info.ModTime()
	return r, nil
}

// openResultsOf opens results that look like the source's: in its dialect, or in another, for an update may have changed it. The error is a
// *NoResultsError, or what keeps the file from being read at all.
func (s Source) openResultsOf(path string, fits func(*ResultsReader) bool) (*ResultsReader, error) {
	d, failure := s.Dialect, error(&NoResultsError{Path: path})
	for _, options := range []audience.Options{{Delimiter: d.Delimiter, Encoding: d.Encoding}, {Delimiter: d.Delimiter}, {}} {
		r, err := OpenResults(path, s.Rehearsed, options)
		if err == nil && fits(r) {
			return r, nil
		}
		if err == nil {
			err = r.Close()
		}
		if err != nil && !errors.As(err, new(*NoResultsError)) {
			failure = err
		}
	}
	return nil, failure
}

// Close closes the file.
func (r *ResultsReader) Close() error { return r.file.Close() }

// Header returns the names of the input's own columns.
func (r *ResultsReader) Header() []string { return r.file.Header()[:r.start] }

// Dialect returns the dialect of the file, which is its input's.
func (r *ResultsReader) Dialect() audience.Dialect { return r.file.Dialect() }

// result is one row of the file as it stands.
type result struct {
	number  int      // as a spreadsheet numbers it
	own     []string // cells of the input's columns
	added   []string // cells of currentColumns
	surplus []string // cells beyond the last column
	ragged  bool
}

func (r result) cell(name string) string { return r.added[columnOf(name)] }

// results streams the rows of the file as they stand.
func (r *ResultsReader) results() iter.Seq2[result, error] {
	return func(yield func(result, error) bool) {
		for read, err := range r.file.Rows() {
			if err != nil {
				yield(result{}, err)
				return
			}
			found := result{number: read.Number, own: read.Cells[:r.start], added: read.Cells[r.start:], surplus: read.Surplus,
				ragged: read.Ragged}
			if r.first {
				found.added = modern(found.added)
			}
			if !yield(found, nil) {
				return
			}
		}
	}
}

// Rows streams the rows as far as the file tells: the values, the person, the generation and the content id are for
// campaign.Recovery to complete. It ends with the first error, a *NoResultsError where a cell is not as it was written.
func (r *ResultsReader) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for read, err := range r.results() {
			var row Row
			if err == nil {
				row, err = r.row(read)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// shortened is the column whose digits a spreadsheet has taken for a quantity: "3,36E+10"; "" for none.
func shortened(cell func(name string) string) string {
	for _, name := range []string{"normalized_phone", "message_id", "contact_id"} {
		if text.IsScientific(cell(name)) {
			return name
		}
	}
	return ""
}

func (r *ResultsReader) row(read result) (Row, error) {
	cell := read.cell
	fault := func(name string) error {
		return &NoResultsError{Path: r.path, Row: read.number, Column: name, Value: cell(name)}
	}
	row := Row{
		Cells: slices.Clone(read.own), Phone: cell("normalized_phone"), Error: reformula(cell("error")),
		ErrorCode: reformula(cell("error_code")), MessageID: reformula(cell("message_id")), ContactID: reformula(cell("contact_id")),
	}
	if name := shortened(cell); name != "" {
		return row, fault(name)
	}
	var err error
	status := outcome.Status(cell("status"))
	row.Attempts, err = strconv.Atoi(cell("attempts"))
	if err != nil || row.Attempts < 0 || row.Attempts > mostAttempts || read.ragged {
		return row, fault("attempts")
	}
	mayBeGone := status != outcome.Pending && status != outcome.Invalid // an update leaves none of those behind
	if text := cell("row"); text == "" && mayBeGone {
		row.Gone = true
	} else if row.Number, err = strconv.Atoi(text); err != nil || row.Number < 1 {
		return row, fault("row")
	}
	if text := cell("idempotency_key"); text != "" {
		if row.Key, err = uuid.Parse(text); err != nil {
			return row, fault("idempotency_key")
		}
	}
	if row.SentAt, err = instantOf(cell("sent_at")); err != nil || row.SentAt.After(time.Now().Add(24*time.Hour)) {
		return row, fault("sent_at")
	}
	doubtSince, err := instantOf(cell("doubt_since"))
	if err != nil {
		return row, fault("doubt_since")
	}
	if row.ForgottenAt, err = instantOf(cell("forgotten_at")); err != nil {
		return row, fault("forgotten_at")
	}
	if id, rehearsed := strings.CutPrefix(row.MessageID, rehearsedID); rehearsed && !r.rehearsed {
		return row, &NoResultsError{Path: r.path, Rehearsed: true}
	} else if rehearsed {
		row.MessageID = id
	}
	never := status == outcome.Invalid || status == outcome.Skipped || !row.ForgottenAt.IsZero()
	if !slices.Contains(outcome.Statuses, status) || !never && row.Key == uuid.Nil {
		return row, fault("status")
	}
	if !row.ForgottenAt.IsZero() {
		if row.Key != uuid.Nil || row.Phone != "" { // of whom nothing is left
			return row, fault("forgotten_at")
		}
		row.Error = ""
	}
	if doubtSince.IsZero() { // an old doubt: only a person's word tries it again
		doubtSince = r.WrittenAt.Add(-2 * outcome.DoubtLife)
	}
	row.State = outcome.Recovered(status, cell("cause"), row.Attempts, doubtSince)
	return row, nil
}

// instantOf reads a time that instant has written; the zero time from nothing.
func instantOf(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339, text)
}

// AttemptedIn tells what the results file at path, of a campaign that reached people, knows of attempts: how many there were in
// all, and the keys of the first rows that had one. There are none when there is no such file, or another one.
func AttemptedIn(path string, options audience.Options) (attempts int, keys []uuid.UUID, err error) {
	r, err := OpenResults(path, false, options)
	var foreign *NoResultsError
	var fault *audience.Fault
	if errors.Is(err, fs.ErrNotExist) || errors.As(err, &foreign) || errors.As(err, &fault) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, err
	}
	defer r.Close()
	for row, err := range r.Rows() {
		if err != nil { // not as the program wrote it: it proves nothing
			return 0, nil, nil
		}
		attempts += row.Attempts
		if row.Attempts > 0 && row.Key != uuid.Nil && len(keys) < ownSample {
			keys = append(keys, row.Key)
		}
	}
	return attempts, keys, nil
}
