package ledger

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

const rowColumns = `id, campaign_id, seq, gone, number, cells, phone, person, field_values, contact_name, contact_email,
	key, content_id, generation, problems, status, cause, open, doubted, refused, earlier,
	doubt_since, not_before, attempts,
	error, error_code, message_id, contact_id, sent_at, tried_at, related_row, forgotten_at`

// readRow reads the columns of a row.
func readRow(v *values) (r record.Row) {
	r.ID, r.CampaignID, r.Seq, r.Gone, r.Number = v.integer(), v.integer(), v.integer(), v.is(), int(v.integer())
	r.Cells, r.Phone, r.Person, r.Values, r.Name, r.Email = v.texts(), v.text(), v.text(), v.texts(), v.text(), v.text()
	r.Key, r.ContentID, r.Generation = v.id(), v.id(), int(v.integer())
	v.json(&r.Problems)
	r.State.Status, r.State.Cause, r.State.Open = outcome.Status(v.text()), v.text(), v.is()
	r.State.Doubted, r.State.Refused, r.State.Earlier, r.State.DoubtSince = v.is(), v.is(), v.is(), v.time()
	r.NotBefore, r.Attempts, r.Error, r.ErrorCode, r.MessageID, r.ContactID = v.time(), int(v.integer()), v.text(), v.text(), v.text(), v.text()
	r.SentAt, r.TriedAt, r.RelatedRow, r.ForgottenAt = v.time(), v.time(), int(v.integer()), v.time()
	return r
}

// Rows streams a campaign's rows in the order of its file; those that an update took out come last.
func (l *Ledger) Rows(ctx context.Context, campaignID int64) iter.Seq2[record.Row, error] {
	return l.rows(ctx, "campaign_id = $1 ORDER BY gone, seq", campaignID)
}

// Queue returns up to limit rows after the place given that a run may have to send, in file order: those pending and
// those in doubt. Which of them are due, their State tells.
func (l *Ledger) Queue(ctx context.Context, campaignID, afterSeq int64, limit int) ([]record.Row, error) {
	return l.collect(ctx, `campaign_id = $1 AND seq > $2 AND status IN ('pending', 'unknown') AND NOT gone
		AND forgotten_at = 0 ORDER BY seq LIMIT $3`, campaignID, afterSeq, limit)
}

func (l *Ledger) collect(ctx context.Context, where string, args ...any) ([]record.Row, error) {
	var rows []record.Row
	for row, err := range l.rows(ctx, where, args...) {
		if err != nil {
			return nil, err
		}
		row.Cells = nil
		rows = append(rows, row)
	}
	return rows, nil
}

// InDoubt streams the rows of a campaign that are in doubt and may be tried again, in file order; those that an update took out
// of the file come last: only a person's word tries them again.
func (l *Ledger) InDoubt(ctx context.Context, campaignID int64) iter.Seq2[record.Row, error] {
	return l.rows(ctx, "campaign_id = $1 AND status = 'unknown' AND forgotten_at = 0 ORDER BY gone, seq", campaignID)
}

func (l *Ledger) rows(ctx context.Context, where string, args ...any) iter.Seq2[record.Row, error] {
	return streamValues(ctx, l.db, readRow, "SELECT "+rowColumns+" FROM rows WHERE "+where, args...)
}

// Outcomes streams what the results tell of a campaign's rows, in the order of Rows: without people, values, contacts, the times
// of tries, or ids of the ledger's own.
func (l *Ledger) Outcomes(ctx context.Context, campaignID int64) iter.Seq2[record.Row, error] {
	return streamValues(ctx, l.db, func(v *values) (r record.Row) {
		r.Gone, r.Number, r.Cells, r.Phone, r.Key = v.is(), int(v.integer()), v.texts(), v.text(), v.id()
		v.json(&r.Problems)
		r.State.Status, r.State.Cause, r.State.Open, r.State.DoubtSince = outcome.Status(v.text()), v.text(), v.is(), v.time()
		r.Attempts, r.Error, r.ErrorCode, r.MessageID, r.ContactID = int(v.integer()), v.text(), v.text(), v.text(), v.text()
		r.SentAt, r.RelatedRow, r.ForgottenAt = v.time(), int(v.integer()), v.time()
		return r
	}, `SELECT gone, number, cells, phone, key, problems, status, cause, open, doubt_since, attempts, error, error_code, message_id,
		contact_id, sent_at, related_row, forgotten_at FROM rows WHERE campaign_id = $1 ORDER BY gone, seq`, campaignID)
}

// Requeue marks refused rows to be tried again under the same key, and returns how many. want decides which.
func (l *Ledger) Requeue(ctx context.Context, campaignID int64, want func(record.Row) bool) (int, error) {
	return l.change(ctx, campaignID, "status = 'rejected'", want, func(r *record.Row) { r.State = r.State.Requeue() })
}

// Renew gives rows a new key of the next generation and returns how many. The caller has the user's word for it: the
// person may be messaged twice.
func (l *Ledger) Renew(ctx context.Context, campaignID int64, want func(record.Row) bool, key func(record.Row) uuid.UUID) (int, error) {
	return l.change(ctx, campaignID, "status IN ('rejected', 'unknown')", want, func(r *record.Row) {
		r.Generation++
		r.Key = key(*r)
		r.State = r.State.Renew()
		r.NotBefore = time.Time{}
	})
}

// change edits the wanted rows among those that match, in one transaction, and reopens the campaign if there were any.
func (l *Ledger) change(ctx context.Context, campaignID int64, where string, want func(record.Row) bool, edit func(*record.Row)) (int, error) {
	var ids []record.Row
	for row, err := range l.rows(ctx, "campaign_id = $1 AND NOT open AND forgotten_at = 0 AND "+where+" ORDER BY seq", campaignID) {
		if err != nil {
			return 0, err
		}
		if want(row) {
			row.Cells = nil
			ids = append(ids, row)
		}
	}
	if len(ids) == 0 {
		return 0, nil
	}
	return len(ids), l.write(ctx, func(tx *sql.Tx) error {
		for i := range ids {
			edit(&ids[i])
			if err := storeState(ctx, tx, &ids[i]); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, "UPDATE rows SET key = $1, generation = $2 WHERE id = $3",
				ids[i].Key[:], ids[i].Generation, ids[i].ID)
			if err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "UPDATE campaigns SET finished_at = 0 WHERE id = $1", campaignID)
		return err
	})
}

// storeState writes all of a row that an attempt changes.
func storeState(ctx context.Context, tx *sql.Tx, r *record.Row) error {
	s := r.State
	_, err := tx.ExecContext(ctx, `UPDATE rows SET status = $1, cause = $2, open = $3, doubted = $4, refused = $5, earlier = $6,
		doubt_since = $7, not_before = $8, attempts = $9, error = $10, error_code = $11, message_id = $12, contact_id = $13,
		sent_at = $14, tried_at = $15 WHERE id = $16`, string(s.Status), s.Cause, s.Open, s.Doubted, s.Refused, s.Earlier,
		millis(s.DoubtSince), millis(r.NotBefore), r.Attempts, r.Error, r.ErrorCode, r.MessageID, r.ContactID,
		millis(r.SentAt), millis(r.TriedAt), r.ID)
	return err
}
