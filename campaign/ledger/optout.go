package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
)

// optOut remembers that a person, given as canonical digits, has opted out of this account's messages. The number is
// kept as a keyed hash only.
func (l *Ledger) optOut(ctx context.Context, tx *sql.Tx, account, person string, since time.Time) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO opt_outs (account, person, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
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
	since, err := l.optedOut(ctx, l.db, account, person)
	return fromMillis(since), err
}

// optedOut is OptedOut as it is stored; 0 for who has not opted out.
func (l *Ledger) optedOut(ctx context.Context, db Queryer, account, person string) (since int64, err error) {
	for _, form := range number.Forms(person) {
		err = errors.Join(err, db.QueryRowContext(ctx, `SELECT coalesce(min(since), $3) FROM opt_outs
			WHERE account = $1 AND person = $2 AND ($3 = 0 OR since < $3)`, account, l.fingerprint("opt-out", form), since).Scan(&since))
	}
	return since, err
}

// HasOptOuts reports whether any opt-out of the account is remembered, which spares a look-up per row when none is.
func (l *Ledger) HasOptOuts(ctx context.Context, account string) (bool, error) {
	var any bool
	err := l.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM opt_outs WHERE account = $1)", account).Scan(&any)
	return any, err
}

// LearnedOptOuts returns the people, as canonical digits, who have opted out as far as the campaign's own refusals tell, and
// nothing else: what Publish forgets with a rehearsal that it replaces. Whoever was forgotten is not among them, and stays
// opted out.
func (l *Ledger) LearnedOptOuts(ctx context.Context, c record.Campaign) (map[string]bool, error) {
	tx, err := l.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	return l.learnedOptOuts(ctx, tx, c)
}

// learnedOptOuts finds opt-outs by their instant, which is that of the answer they came with: both are stored in one commit.
// One that a refusal in another campaign tells as well is not the campaign's own.
func (l *Ledger) learnedOptOuts(ctx context.Context, tx *sql.Tx, c record.Campaign) (map[string]bool, error) {
	known, err := table[string, int64](ctx, tx, "SELECT person, since FROM opt_outs WHERE account = $1", c.Account) // by their keyed hashes
	if err != nil || len(known) == 0 {
		return nil, err
	}
	people := map[string]bool{}
	for refusal, err := range stream(ctx, tx, both[string, int64], `SELECT r.person, a.answered_at FROM rows r JOIN attempts a ON a.row_id = r.id
		WHERE r.campaign_id = $1 AND r.person <> '' AND r.status = 'rejected' AND a.answered_at > 0
		AND NOT EXISTS (SELECT 1 FROM rows o WHERE o.person = r.person AND o.campaign_id <> r.campaign_id
			AND o.status = r.status AND o.cause = r.cause)`, c.ID) {
		if err != nil {
			return nil, err
		}
		if known[string(l.fingerprint("opt-out", refusal.a))] == refusal.b {
			people[refusal.a] = true
		}
	}
	return people, nil
}

// dropLearned forgets the opt-outs that a rehearsal has learned, with the rehearsal.
func (l *Ledger) dropLearned(ctx context.Context, tx *sql.Tx, rehearsal record.Campaign) error {
	people, err := l.learnedOptOuts(ctx, tx, rehearsal)
	if err != nil {
		return err
	}
	for person := range people {
		if _, err := tx.ExecContext(ctx, "DELETE FROM opt_outs WHERE account = $1 AND person = $2", rehearsal.Account,
			l.fingerprint("opt-out", person)); err != nil {
			return err
		}
	}
	return nil
}
