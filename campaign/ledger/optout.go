package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// optOut remembers that a person, given as canonical digits, has opted out of this account's messages. The number is
// kept as a keyed hash only.
func (l *Ledger) optOut(ctx context.Context, tx *sql.Tx, account, person string, since time.Time) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO opt_outs (account, person, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
		account, l.fingerprint("opt-out", person), millis(since))
	return err
}

// RememberOptOuts remembers that people, given as canonical digits, have opted out of this account's messages. An earlier
// date that is known already stays.
func (l *Ledger) RememberOptOuts(ctx context.Context, account string, people []string, since time.Time) error {
	if len(people) == 0 {
		return nil
	}
	return l.write(ctx, func(tx *sql.Tx) error {
		for _, person := range people {
			if err := l.optOut(ctx, tx, account, person, since); err != nil {
				return err
			}
		}
		return nil
	})
}

// OptedOut returns since when a person has opted out, as far as this ledger knows; the zero time if it does not.
func (l *Ledger) OptedOut(ctx context.Context, account, person string) (time.Time, error) {
	var since int64
	err := l.db.QueryRowContext(ctx, "SELECT since FROM opt_outs WHERE account = ? AND person = ?",
		account, l.fingerprint("opt-out", person)).Scan(&since)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return fromMillis(since), err
}

// HasOptOuts reports whether any opt-out of the account is remembered, which spares a look-up per row when none is.
func (l *Ledger) HasOptOuts(ctx context.Context, account string) (bool, error) {
	var any bool
	err := l.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM opt_outs WHERE account = ?)", account).Scan(&any)
	return any, err
}
