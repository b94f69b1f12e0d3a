// Package ledger keeps campaigns: their frozen plans, every attempt and every outcome.
//
// An attempt is committed before its request leaves and its outcome after the answer; every commit is on the disk when the call
// returns. All times are wall-clock times, kept to the millisecond. Here stand the statements that every SQL database takes;
// what one kind of database does in its own way stands in a Store, and package ledgertest says what every ledger must do. What
// is kept is declared in record and outcome.
package ledger

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"
)

// Ledger is an open ledger. Its methods may be called concurrently; several processes may have one open.
type Ledger struct {
	// Clock is the wall clock. New sets time.Now; tests set one that jumps, before they use the ledger.
	Clock func() time.Time

	store  Store
	db     *sql.DB
	secret []byte
	notes  notes

	tallied tallied
}

// New returns the ledger that stands on a store. It closes the store where it fails.
func New(ctx context.Context, store Store) (*Ledger, error) {
	l := &Ledger{Clock: time.Now, store: store, db: store.DB()}
	if err := l.db.QueryRowContext(ctx, "SELECT bytes FROM secret").Scan(&l.secret); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return l, nil
}

// Close closes the ledger. One that Recheck has found damaged stays open until the process ends.
func (l *Ledger) Close() error { return l.store.Close() }

// Verify reads the whole ledger and returns a *trouble.DamagedError when it does not fit together. A million rows take a second or two.
func (l *Ledger) Verify(ctx context.Context) error { return l.store.Verify(ctx) }

// Integrity reads the whole ledger, with its indexes, and returns what does not fit together, in the database's words; nothing
// when all does.
func (l *Ledger) Integrity(ctx context.Context) ([]string, error) { return l.store.Integrity(ctx) }

// Explain tells what an error of the ledger means, as that of a Store does.
func (l *Ledger) Explain(err error) error { return l.store.Explain(err) }

// Path tells where the ledger is: the file as it was opened.
func (l *Ledger) Path() string { return l.store.Path() }

// Now returns the time by the wall clock alone: the steady clock, which a time of time.Now carries too, stands still while
// a computer sleeps.
func (l *Ledger) Now() time.Time { return l.Clock().Round(0) }

// Latest returns the present time for judging how old a doubt is: that of the clock, or the latest time that runs left in
// the ledger, should the clock have been set back since. A doubt that was old never looks young again.
func (l *Ledger) Latest(ctx context.Context) (time.Time, error) {
	var started, ended, began, answered int64
	err := l.db.QueryRowContext(ctx, `SELECT coalesce((SELECT max(started_at) FROM runs), 0), coalesce((SELECT max(ended_at) FROM runs), 0),
		coalesce((SELECT began_at FROM attempts ORDER BY id DESC LIMIT 1), 0),
		coalesce((SELECT answered_at FROM attempts ORDER BY id DESC LIMIT 1), 0)`).Scan(&started, &ended, &began, &answered)
	now, latest := l.Now(), max(started, ended, began, answered)
	if now.UnixMilli() >= latest {
		return now, err
	}
	return fromMillis(latest), err
}

// Version is another one after every commit by anybody to the ledger, and else the same.
func (l *Ledger) Version(ctx context.Context) (int64, error) { return l.store.Version(ctx) }

// Mark tells one state of the ledger from a later one, in which somebody has been messaged, a message was answered, or somebody
// has opted out or was forgotten since.
type Mark struct{ attempts, unanswered, optOuts, erasures int64 }

// mostUnanswered is far more attempts than can begin while one is answered.
const mostUnanswered = 10_000

// Mark is that of now.
func (l *Ledger) Mark(ctx context.Context) (m Mark, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT coalesce((SELECT max(id) FROM attempts), 0), (SELECT count(*) FROM attempts
		WHERE id > (SELECT max(id) FROM attempts) - $1 AND answered_at IS NULL), (SELECT count(*) FROM opt_outs),
		(SELECT count(*) FROM erasures)`, mostUnanswered).Scan(&m.attempts, &m.unanswered, &m.optOuts, &m.erasures)
	return m, err
}

// PaceKey returns a keyed fingerprint of an API key: it groups the pace of everyone who uses that key, and the key
// cannot be found from it.
func (l *Ledger) PaceKey(apiKey string) string {
	return hex.EncodeToString(l.fingerprint("pace", apiKey)[:12])
}

func (l *Ledger) fingerprint(purpose, text string) []byte {
	mac := hmac.New(sha256.New, l.secret)
	mac.Write([]byte(purpose + ":" + text))
	return mac.Sum(nil)
}

func (l *Ledger) write(ctx context.Context, work func(*sql.Tx) error) error {
	return transact(ctx, l.db, nil, work)
}

// transact runs work in one transaction: committed when work returns nil, undone otherwise.
func transact(ctx context.Context, db interface {
	BeginTx(context.Context, *sql.TxOptions) (*sql.Tx, error)
}, opts *sql.TxOptions, work func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, opts)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// millis rounds up, so that a stored end of a request never lies before its real one.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Add(time.Millisecond - 1).UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}
