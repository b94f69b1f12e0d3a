package record

import (
	"errors"
	"io/fs"
	"os"
	"slices"

	"github.com/google/uuid"

	"kanal-campaign/campaign/audience"
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
func (s Source) isOurResults(path string) (bool, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) { // a link that leads nowhere is something
		return true, nil
	}
	r, err := s.openResultsOf(path, func(*ResultsReader) bool { return true })
	if isLocked(err) {
		return false, err
	}
	if err != nil {
		return false, nil
	}
	defer r.Close()
	if s.Rehearsed {
		return true, nil
	}
	attempted, readable := r.attempted()
	if !readable {
		return false, nil
	}
	if len(attempted) == 0 {
		return slices.Equal(r.Header(), s.Header), nil
	}
	return s.hasAll(r.Header(), attempted)
}

// attempted returns the message ids of the first attempted rows of the file by key. readable is false for a file of results
// that is not one after all.
func (r *ResultsReader) attempted() (ids map[uuid.UUID]string, readable bool) {
	ids = map[uuid.UUID]string{}
	for row, err := range r.results() {
		if isNoRows(err) {
			break
		}
		if err != nil {
			return nil, false
		}
		if row.cell("attempts") == "0" || row.cell("idempotency_key") == "" && row.cell("forgotten_at") != "" {
			continue
		}
		key, err := uuid.Parse(row.cell("idempotency_key"))
		if err != nil {
			return nil, false
		}
		if ids[key] = row.cell("message_id"); len(ids) == ownSample {
			break
		}
	}
	return ids, true
}

// isNoRows reports whether an error says that a file has a header and no row.
func isNoRows(err error) bool {
	var fault *audience.Fault
	return errors.As(err, &fault) && fault.Code == audience.FileNoRows
}

// hasAll reports whether the campaign has every key, and no other message id for one that it still uses. It may have had
// as many more as rows were forgotten since, if the header is the campaign's.
func (s Source) hasAll(header []string, wanted map[uuid.UUID]string) (bool, error) {
	forgotten := 0
	for row, err := range s.Rows {
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
		for _, key := range s.FormerKeys(row) {
			delete(wanted, key)
		}
		if len(wanted) == 0 {
			return true, nil
		}
	}
	return forgotten >= len(wanted) && slices.Equal(header, s.Header), nil
}
