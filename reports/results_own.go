package reports

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
)

// ownSample is how many attempted rows of a file must be this campaign's for the file to be.
const ownSample = 50

// isOurResults reports whether the results may take the place of what is at path: nothing, or results of this campaign
// as this ledger wrote them. It errs on the side of keeping a file.
//
// Results are recognised by their last columns, and by the first rows that were attempted: the campaign must have each
// key, and with the same message id. (A ledger that was lost gives the same keys again, without the ids that only the
// old file holds.) A file without an attempted row holds nothing that cannot be written again; it must have this
// campaign's header. Rehearsals have keys that repeat and nothing to lose: their columns are enough.
func isOurResults(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, mode Mode, path string) (bool, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) { // a link that leads nowhere is something
		return true, nil
	}
	file, err := openResults(path, c.File.Dialect)
	if file == nil {
		return false, err
	}
	defer file.Close()
	header := file.Header()
	start, _ := addedAt(header)
	if mode == Sandbox {
		return true, nil
	}
	attempted, readable := attemptedIn(file, start)
	if !readable {
		return false, nil
	}
	if len(attempted) == 0 {
		return slices.Equal(header[:start], c.File.Header), nil
	}
	return holdsAll(ctx, l, c, header[:start], attempted)
}

// addedAt returns how many columns of a results file are the input's own; ok is false for any other file.
func addedAt(header []string) (start int, ok bool) {
	start = len(header) - len(resultColumns)
	return start, start >= 0 && slices.Equal(header[start:], addedColumns(header[:start]))
}

// openResults opens a file that has the columns of results: in the campaign's dialect, as far as that could hold the
// text, or in any other, for an update may have changed it. It returns nil for any other file; the error is a lock's.
func openResults(path string, d audience.Dialect) (*audience.File, error) {
	for _, opts := range []audience.Options{{Delimiter: d.Delimiter, Encoding: d.Encoding}, {Delimiter: d.Delimiter}, {}} {
		file, err := audience.Open(path, opts)
		if isLocked(err) {
			return nil, err
		}
		if err != nil {
			continue
		}
		if _, ok := addedAt(file.Header()); ok {
			return file, nil
		}
		file.Close()
	}
	return nil, nil
}

// attemptedIn returns the message ids of the first attempted rows of a results file by key. readable is false for a file
// that is not one after all.
func attemptedIn(file *audience.File, start int) (ids map[uuid.UUID]string, readable bool) {
	ids = map[uuid.UUID]string{}
	column := func(name string) int { return start + slices.Index(resultColumns, name) }
	for row, err := range file.Rows() {
		var fault *audience.Fault
		if errors.As(err, &fault) && fault.Code == audience.FileNoRows {
			break
		}
		if err != nil {
			return nil, false
		}
		if attempts := row.Cells[column("attempts")]; attempts == "0" {
			continue
		}
		if row.Cells[column("idempotency_key")] == "" && !forgottenAt(row.Cells[column("error")]).IsZero() {
			continue
		}
		key, err := uuid.Parse(row.Cells[column("idempotency_key")])
		if err != nil {
			return nil, false
		}
		if ids[key] = row.Cells[column("message_id")]; len(ids) == ownSample {
			break
		}
	}
	return ids, true
}

// holdsAll reports whether the campaign has every key, and no other message id for one that it still uses. It may have had
// as many more as rows were forgotten since, if the header is the campaign's.
func holdsAll(ctx context.Context, l *ledger.Ledger, c ledger.Campaign, header []string, wanted map[uuid.UUID]string) (bool, error) {
	message, err := campaign.MessageOf(c)
	if err != nil {
		return false, nil
	}
	forgotten := 0
	for row, err := range l.Rows(ctx, c.ID) {
		if err != nil {
			return false, err
		}
		if !row.ForgottenAt.IsZero() && row.Attempts > 0 {
			forgotten++
		}
		if id, known := wanted[row.Key]; known {
			if id != "" && id != unformula(row.MessageID) {
				return false, nil
			}
			delete(wanted, row.Key)
		}
		for generation := range row.Generation { // keys that retry --new-key has replaced
			delete(wanted, message.Recipe(c.Name, row.Phone, row.Values, generation).Key())
		}
		if len(wanted) == 0 {
			return true, nil
		}
	}
	return forgotten >= len(wanted) && slices.Equal(header, c.File.Header), nil
}
