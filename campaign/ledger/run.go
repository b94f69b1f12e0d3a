package ledger

import (
	"context"
	"database/sql"

	"kanal-campaign/campaign/record"
)

// StartRun records that a run begins and returns it with its id. One whose EndedAt is set is recorded as over already.
func (l *Ledger) StartRun(ctx context.Context, r record.Run) (record.Run, error) {
	r.StartedAt = l.Now()
	err := l.db.QueryRowContext(ctx, `INSERT INTO runs (campaign, command, flags, started_at, pid, person, computer,
		version, file_name, sha256, confirmed, updates, tested, ended_at, stopped) VALUES (`+placeholders(0, 15)+`) RETURNING id`, r.Campaign, r.Command,
		r.Flags, millis(r.StartedAt), r.PID, r.Person, r.Computer, r.Version, r.FileName, r.SHA256, r.Confirmed, r.Updates, r.Tested,
		millis(r.EndedAt), r.Stopped).Scan(&r.ID)
	return r, err
}

// SaveRun stores what a run confirmed and read, and, once it has ended, when and why; and in the same commit the campaign that it
// has finished, if any. It returns a *trouble.MovedError when the ledger is no longer where it was.
func (l *Ledger) SaveRun(ctx context.Context, r record.Run, finished *record.Campaign) error {
	if err := l.store.InPlace(); err != nil {
		return err
	}
	return l.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE runs SET ended_at = $1, stopped = $2, confirmed = $3, file_name = $4, sha256 = $5 WHERE id = $6",
			millis(r.EndedAt), r.Stopped, r.Confirmed, r.FileName, r.SHA256, r.ID)
		if err != nil || finished == nil {
			return err
		}
		return save(ctx, tx, *finished)
	})
}

// Runs returns the runs of a campaign, the oldest first.
func (l *Ledger) Runs(ctx context.Context, campaign string) ([]record.Run, error) {
	return l.runs(ctx, "campaign = $1 ORDER BY id", campaign)
}

// lastRun returns the newest run of a campaign that took its lock, one that may run still before others; or ErrNoCampaign when it
// has none.
func (l *Ledger) lastRun(ctx context.Context, campaign string) (record.Run, error) {
	found, err := l.runs(ctx, "campaign = $1 AND command <> '"+record.TestCommand+"' ORDER BY ended_at = 0 AND stopped = '' DESC, id DESC LIMIT 1", campaign)
	if err != nil {
		return record.Run{}, err
	}
	if len(found) == 0 {
		return record.Run{}, ErrNoCampaign
	}
	return found[0], nil
}

func (l *Ledger) runs(ctx context.Context, where string, args ...any) ([]record.Run, error) {
	return list(ctx, l.db, func(scan scanner) (r record.Run, err error) {
		var updates sql.NullBool
		var tested sql.NullString
		err = scan(&r.ID, &r.Campaign, &r.Command, &r.Flags, when{&r.StartedAt}, when{&r.EndedAt}, &r.Stopped, &r.PID, &r.Person,
			&r.Computer, &r.Version, &r.FileName, &r.SHA256, &r.Confirmed, &updates, &tested)
		legacyFacts(&r, updates, tested)
		return r, err
	}, `SELECT id, campaign, command, flags, started_at, ended_at, stopped, pid, person,
		computer, version, file_name, sha256, confirmed, updates, tested FROM runs WHERE `+where, args...)
}
