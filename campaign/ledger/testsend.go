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
		return l.store.InPlace()
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

// TestSent is a run that sent, or was to send, a message to the user's own number. Its flags tell the number.
type TestSent struct {
	Run     Run
	Attempt Attempt // the zero Attempt when none was made
}

// Tests returns the runs that sent tests, the oldest first.
func (l *Ledger) Tests(ctx context.Context) ([]TestSent, error) {
	rows, err := l.db.QueryContext(ctx, `SELECT u.id, u.campaign, u.flags, u.started_at, coalesce(a.id, 0), coalesce(a.key, x''),
		coalesce(a.began_at, 0), coalesce(a.answered_at, 0), coalesce(a.kind, ''), coalesce(a.cause, ''), coalesce(a.code, ''),
		coalesce(a.text, '') FROM runs u LEFT JOIN attempts a ON a.row_id = 0 AND a.run_id = u.id
		WHERE u.command = '`+TestCommand+`' ORDER BY u.id, a.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []TestSent
	for rows.Next() {
		t := TestSent{Run: Run{Command: TestCommand}}
		a := &t.Attempt
		var started, began, answered int64
		var key []byte
		if err := rows.Scan(&t.Run.ID, &t.Run.Campaign, &t.Run.Flags, &started, &a.ID, &key, &began, &answered, &a.Kind, &a.Cause,
			&a.Code, &a.Text); err != nil {
			return nil, err
		}
		copy(a.Key[:], key)
		t.Run.StartedAt, a.BeganAt, a.AnsweredAt = fromMillis(started), fromMillis(began), fromMillis(answered)
		found = append(found, t)
	}
	return found, rows.Err()
}

// forgetTests erases what is told of tests, but for when they were and what came of them. Their flags become those given.
func forgetTests(ctx context.Context, tx *sql.Tx, tests []TestSent) error {
	for _, t := range tests {
		if _, err := tx.ExecContext(ctx, "UPDATE attempts SET key = x'', text = '' WHERE row_id = 0 AND run_id = ?", t.Run.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE runs SET flags = ? WHERE id = ?", t.Run.Flags, t.Run.ID); err != nil {
			return err
		}
	}
	return nil
}
