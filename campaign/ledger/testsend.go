package ledger

import (
	"context"
	"database/sql"

	"kanal-campaign/campaign/record"
)

// Tests returns the runs that sent tests, the oldest first.
func (l *Ledger) Tests(ctx context.Context) ([]record.TestSent, error) {
	rows, err := l.db.QueryContext(ctx, `SELECT u.id, u.campaign, u.flags, u.tested, u.started_at, coalesce(a.id, 0), a.key,
		coalesce(a.began_at, 0), coalesce(a.answered_at, 0), coalesce(a.kind, ''), coalesce(a.cause, ''), coalesce(a.code, ''),
		coalesce(a.text, '') FROM runs u LEFT JOIN attempts a ON a.row_id = 0 AND a.run_id = u.id
		WHERE u.command = '`+record.TestCommand+`' ORDER BY u.id, a.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []record.TestSent
	for rows.Next() {
		t := record.TestSent{Run: record.Run{Command: record.TestCommand}}
		a := &t.Attempt
		var started, began, answered int64
		var key []byte
		var tested sql.NullString
		if err := rows.Scan(&t.Run.ID, &t.Run.Campaign, &t.Run.Flags, &tested, &started, &a.ID, &key, &began, &answered, &a.Kind, &a.Cause,
			&a.Code, &a.Text); err != nil {
			return nil, err
		}
		copy(a.Key[:], key)
		told(&t.Run, sql.NullBool{}, tested)
		t.Run.StartedAt, a.BeganAt, a.AnsweredAt = fromMillis(started), fromMillis(began), fromMillis(answered)
		found = append(found, t)
	}
	return found, rows.Err()
}

// forgetTests erases what is told of tests, but for when they were and what came of them.
func forgetTests(ctx context.Context, tx *sql.Tx, tests []record.TestSent) error {
	for _, t := range tests {
		if _, err := tx.ExecContext(ctx, "UPDATE attempts SET key = $1, text = '' WHERE row_id = 0 AND run_id = $2", noKey, t.Run.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE runs SET flags = $1, tested = '' WHERE id = $2",
			legacyTested.ReplaceAllString(t.Run.Flags, legacyUntested), t.Run.ID); err != nil {
			return err
		}
	}
	return nil
}
