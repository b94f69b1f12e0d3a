package reports

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// mostAttempts is far more than any row has.
const mostAttempts = 100_000

// ResultsReader reads a results file back. It is for one goroutine, and for one pass over its rows.
type ResultsReader struct {
	// WrittenAt is when the file was last written.
	WrittenAt time.Time
	path      string
	mode      Mode
	file      *audience.File
	start     int // how many columns are the input's own
}

// NoResultsError says that a file is not one that WriteResults has written, or no longer. Row is 0 when that is seen
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

// OpenResults opens a results file of a live campaign, or of a rehearsal, as mode says. It returns a *NoResultsError for another
// file, and an *audience.Fault for one that cannot be read as a table. The caller closes the reader.
func OpenResults(path string, mode Mode, options audience.Options) (*ResultsReader, error) {
	file, err := audience.Open(path, options)
	if err != nil {
		return nil, err
	}
	r := &ResultsReader{path: path, mode: mode, file: file}
	var ok bool
	if r.start, ok = addedAt(file.Header()); !ok {
		file.Close()
		return nil, &NoResultsError{Path: path}
	}
	info, err := os.Stat(path)
	if err != nil {
		file.Close()
		return nil, err
	}
	r.WrittenAt = info.ModTime()
	return r, nil
}

// Close closes the file.
func (r *ResultsReader) Close() error { return r.file.Close() }

// Header returns the names of the input's own columns.
func (r *ResultsReader) Header() []string { return r.file.Header()[:r.start] }

// Dialect returns the dialect of the file, which is its input's.
func (r *ResultsReader) Dialect() audience.Dialect { return r.file.Dialect() }

// Rows streams the rows as far as the file tells: the values, the person, the generation and the content id are for
// campaign.Recovery to complete. It ends with the first error, a *NoResultsError where a cell is not as it was written.
func (r *ResultsReader) Rows() iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		for read, err := range r.file.Rows() {
			var row ledger.Row
			if err == nil {
				row, err = r.row(read)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

func (r *ResultsReader) row(read audience.Row) (ledger.Row, error) {
	cell := func(name string) string { return read.Cells[r.start+slices.Index(resultColumns, name)] }
	fault := func(name string) error {
		return &NoResultsError{Path: r.path, Row: read.Number, Column: name, Value: cell(name)}
	}
	row := ledger.Row{
		Cells: slices.Clone(read.Cells[:r.start]), Phone: cell("normalized_phone"), Error: reformula(cell("error")),
		ErrorCode: reformula(cell("error_code")), MessageID: reformula(cell("message_id")), ContactID: reformula(cell("contact_id")),
	}
	var err error
	status := outcome.Status(cell("status"))
	never := status == outcome.Invalid || status == outcome.Skipped
	if row.Attempts, err = strconv.Atoi(cell("attempts")); err != nil || row.Attempts < 0 || row.Attempts > mostAttempts || read.Ragged {
		return row, fault("attempts")
	}
	if text := cell("row"); text == "" && status != outcome.Pending && status != outcome.Invalid { // an update leaves none of those behind
		row.Gone = true
	} else if row.Number, err = strconv.Atoi(text); err != nil || row.Number < 1 {
		return row, fault("row")
	}
	if text := cell("idempotency_key"); text != "" {
		if row.Key, err = uuid.Parse(text); err != nil {
			return row, fault("idempotency_key")
		}
	}
	if text := cell("sent_at"); text != "" {
		if row.SentAt, err = time.Parse(time.RFC3339, text); err != nil || row.SentAt.After(time.Now().Add(24*time.Hour)) {
			return row, fault("sent_at")
		}
	}
	if id, rehearsed := strings.CutPrefix(row.MessageID, rehearsedID); rehearsed {
		if r.mode == Live {
			return row, &NoResultsError{Path: r.path, Rehearsed: true}
		}
		row.MessageID = id
	}
	if row.Key == uuid.Nil && row.Phone == "" {
		row.ForgottenAt = forgottenAt(row.Error)
	}
	never = never || !row.ForgottenAt.IsZero()
	if !slices.Contains(outcome.Statuses, status) || !never && row.Key == uuid.Nil {
		return row, fault("status")
	}
	row.Error, row.State = r.doubt(row.Error, status, cell("cause"), row.Attempts)
	return row, nil
}

// doubt takes apart what doubtOf has written. A doubt without a date is an old one: only a person's word tries it again.
func (r *ResultsReader) doubt(text string, status outcome.Status, cause string, attempts int) (string, outcome.State) {
	since := r.WrittenAt.Add(-2 * outcome.DoubtLife)
	if before, date, ok := cutLast(text, doubtSince); ok && status == outcome.Unknown {
		if parsed, err := time.Parse(time.RFC3339, date); err == nil {
			text, since = before, parsed
		}
	}
	return text, outcome.Recovered(status, cause, attempts, since)
}

// reformula undoes what unformula does to a text that a spreadsheet would compute.
func reformula(s string) string {
	if text, quoted := strings.CutPrefix(s, "'"); quoted && unformula(text) == s {
		return text
	}
	return s
}

// CampaignOfResults returns the name of the campaign whose results a file's name says that it holds: what stands before
// .results.csv, or .results-2.csv.
func CampaignOfResults(path string, mode Mode) (name string, ok bool) {
	name, ending, ok := cutLast(filepath.Base(path), middle(mode)+".results")
	if !ok || name == "" || !strings.HasSuffix(ending, ".csv") {
		return "", false
	}
	number := strings.TrimSuffix(ending, ".csv")
	if digits, numbered := strings.CutPrefix(number, "-"); number != "" && (!numbered || strings.Trim(digits, "0123456789") != "") {
		return "", false
	}
	return name, true
}

func cutLast(s, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return s, "", false
}

// AttemptedIn tells what the results file at path, of a live campaign, knows of attempts: how many there were in all, and
// the keys of the first rows that had one. There are none when there is no such file, or another one.
func AttemptedIn(path string, options audience.Options) (attempts int, keys []uuid.UUID, err error) {
	r, err := OpenResults(path, Live, options)
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
