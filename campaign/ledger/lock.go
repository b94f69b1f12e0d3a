package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"kanal-campaign/campaign/record"
)

// LockName is under which name a campaign is locked.
func LockName(campaign string) string {
	hash := sha256.Sum256([]byte(campaign))
	return hex.EncodeToString(hash[:8])
}

// Lock makes this process the campaign's only runner, until release is called or the process ends in any way. Runs that
// are open still are dead then, and are noted as such. It returns a *record.RunningError when another process is the runner.
func (l *Ledger) Lock(ctx context.Context, campaign string) (release func() error, err error) {
	release, err = l.lock(ctx, campaign)
	if err != nil {
		return nil, err
	}
	_, err = l.db.ExecContext(ctx, `UPDATE runs SET stopped = $1 WHERE campaign = $2 AND ended_at = 0 AND stopped = ''
		AND command <> '`+record.TestCommand+`'`, record.EndedSuddenly, campaign)
	if err != nil {
		return nil, errors.Join(err, release())
	}
	return release, nil
}

func (l *Ledger) lock(ctx context.Context, campaign string) (release func() error, err error) {
	release, taken, err := l.store.TryLock(ctx, LockName(campaign))
	if err != nil {
		return nil, err
	}
	if taken {
		return release, nil
	}
	running := &record.RunningError{Holder: record.Run{Campaign: campaign}}
	// A holder may be one that only proposes.
	if last, err := l.lastRun(ctx, campaign); err == nil && last.EndedAt.IsZero() && last.Stopped == "" {
		running.Holder = last
	}
	return nil, running
}

// Running returns the run that holds the campaign now, or the zero Run. A campaign whose last process died is not
// running.
func (l *Ledger) Running(ctx context.Context, campaign string) (record.Run, error) {
	release, err := l.lock(ctx, campaign)
	var held *record.RunningError
	if errors.As(err, &held) {
		return held.Holder, nil
	}
	if err != nil {
		return record.Run{}, err
	}
	return record.Run{}, release()
}

// Drafting makes this process one that writes files of the campaign, until release is called or the process ends in any
// way. mark is for the names of unfinished files: no other campaign and no other ledger has it. If nobody else is writing
// files of the campaign, sweep is called first: those that bear the mark are then all of dead processes.
func (l *Ledger) Drafting(ctx context.Context, campaign string, sweep func(mark string)) (mark string, release func() error, err error) {
	mark = hex.EncodeToString(l.fingerprint("drafts", campaign)[:6])
	release, err = l.store.Share(ctx, "drafts-"+mark, func() { sweep(mark) })
	return mark, release, err
}
