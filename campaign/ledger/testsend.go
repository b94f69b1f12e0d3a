package ledger

import (
	"context"
	"database/sql"

	"kanal-campaign/campaign/record"
)

// Tests returns the runs that sent tests, the oldest first.
func (l *Ledger) Tests(ctx context.Context) ([]record.TestSent, error) {
	return list(ctx, l.db, func(scan scanner) (record.TestSent, error) {
		t := record.TestSent{Run: record.Run{Command: record.TestCommand}}
		var tested sql.NullString
		a := &t.Attempt
		err := scan(&t.Run.ID, &t.Run.Campaign, &t.Run.Flags, &tested, when{&t.Run.StartedAt}, &a.ID, id{&a.Key}, when{&a.BeganAt},
			when{&a.AnsweredAt}, &a.Kind, &a.Cause, &a.Code, &a.Text)
		legacyFacts(&t.Run, sql.NullBool{}, tested)
		return t, err
	}, `SELECT u.id, u.campaign, u.flags, u.tested, u.started_at, coalesce(a.id, 0), a.key, a.began_at, a.answered_at, coalesce(a.kind, ''),
		coalesce(a.cause, ''), coalesce(a.code, ''), coalesce(a.text, '') FROM runs u LEFT JOIN attempts a ON a.row_id = 0 AND a.run_id = u.id
		WHERE u.command = '`+record.TestCommand+`' ORDER BY u.id, a.id`)
}

// forgetTests erases what is told of tests, but for when they were and what came of them.
func forgetTests(ctx context.Context, tx *sql.Tx, tests []record.TestSent) error {
	for _, t := range tests {
		if _, err := tx.ExecContext(ctx, "UPDATE attempts SET key = $1, text = '' WHERE row_id = 0 AND run_id = $2", noKey, t.Run.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE runs SET flags = $1, tested = '' WHERE id = $2",
			legacyTested().ReplaceAllString(t.Run.Flags, legacyUntested), t.Run.ID); err != nil {
			return err
		}
	}
	return nil
}
