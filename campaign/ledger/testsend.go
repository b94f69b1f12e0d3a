package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
)

// BeginTest commits the attempt of a message that belongs to no row, and returns its id: it takes its turn like all
// others. It returns a *WaitError when the turn has not come.
func (l *Ledger) BeginTest(ctx context.Context, key uuid.UUID, turn Turn) (id int64, err error) {
	var wait *WaitError
	err = l.write(ctx, func(tx *sql.Tx) error {
		now := l.Now()
		if err := admit(ctx, tx, turn, now); errors.As(err, &wait) {
			return nil
		} else if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO attempts (row_id, run_id, pace_key, key, began_at, deadline_at)
			VALUES (0, ?, ?, ?, ?, ?)`, turn.RunID, turn.PaceKey, key[:], millis(now), millis(now.Add(turn.Timeout)))
		if err != nil {
			return err
		}
		if id, err = result.LastInsertId(); err != nil {
			return err
		}
		return l.inPlace()
	})
	if err == nil && wait != nil {
		return 0, wait
	}
	return id, err
}

// SettleTest commits the answer to an attempt of BeginTest. hold, if not zero, is until when Kanal asked to wait.
func (l *Ledger) SettleTest(ctx context.Context, id int64, paceKey string, a outcome.Answer, hold time.Time) error {
	_, err := l.db.ExecContext(ctx, "UPDATE attempts SET answered_at = ?, kind = ?, cause = ?, code = ?, text = ? WHERE id = ?",
		millis(l.Now()), string(a.Kind), a.Cause, a.Code, a.Text, id)
	if err != nil || hold.IsZero() {
		return err
	}
	return l.Hold(ctx, paceKey, hold)
}
