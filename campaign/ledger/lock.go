package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"kanal-campaign/campaign/regular"
)

// RunningError says that another process holds the campaign.
type RunningError struct{ Holder Run }

func (e *RunningError) Error() string {
	return fmt.Sprintf("campaign %q is being run by process %d on %s", e.Holder.Campaign, e.Holder.PID, e.Holder.Computer)
}

// lockOpening makes this process the only one that opens the ledger at path.
func lockOpening(ctx context.Context, path string) (release func() error, err error) {
	lock, err := lockFile(path, "open")
	if err != nil {
		return nil, err
	}
	if _, err := lock.TryLockContext(ctx, 20*time.Millisecond); err != nil {
		return nil, err
	}
	return lock.Unlock, nil
}

func lockFolder(ledger string) string { return ledger + ".locks" }

func lockFile(ledger, name string) (*flock.Flock, error) {
	folder := lockFolder(ledger)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(folder, name)
	if err := regular.Check(path); err != nil {
		return nil, err
	}
	return flock.New(path, flock.SetPermissions(0o600)), nil
}

// Lock makes this process the campaign's only runner, until release is called or the process ends in any way. It
// returns a *RunningError when another one is.
func (l *Ledger) Lock(ctx context.Context, campaign string) (release func() error, err error) {
	hash := sha256.Sum256([]byte(campaign))
	lock, err := lockFile(l.path, hex.EncodeToString(hash[:8]))
	if err != nil {
		return nil, err
	}
	// Running holds the lock for a moment only to look: that is not worth an error.
	patience, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	taken, err := lock.TryLockContext(patience, 20*time.Millisecond)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return nil, err
	}
	if taken {
		return lock.Unlock, nil
	}
	running := &RunningError{Holder: Run{Campaign: campaign}}
	if last, err := l.LastRun(ctx, campaign); err == nil {
		running.Holder = last
	}
	return nil, running
}

// Running returns the run that holds the campaign now, or the zero Run. A campaign whose last process died is not
// running.
func (l *Ledger) Running(ctx context.Context, campaign string) (Run, error) {
	release, err := l.Lock(ctx, campaign)
	var held *RunningError
	if errors.As(err, &held) {
		return held.Holder, nil
	}
	if err != nil {
		return Run{}, err
	}
	return Run{}, release()
}

// Drafting makes this process one that writes files of the campaign, until release is called or the process ends in any
// way. mark is for the names of unfinished files: no other campaign and no other ledger has it. If nobody else is writing
// files of the campaign, sweep is called first: those that bear the mark are then all of dead processes.
func (l *Ledger) Drafting(ctx context.Context, campaign string, sweep func(mark string)) (mark string, release func() error, err error) {
	mark = hex.EncodeToString(l.fingerprint("drafts", campaign)[:6])
	lock, err := lockFile(l.path, "drafts-"+mark)
	if err != nil {
		return "", nil, err
	}
	alone, err := lock.TryLock()
	if err != nil {
		return "", nil, err
	}
	if alone {
		sweep(mark)
		if err := lock.Unlock(); err != nil {
			return "", nil, err
		}
	}
	if _, err := lock.TryRLockContext(ctx, 20*time.Millisecond); err != nil { // held alone for moments only
		return "", nil, err
	}
	return mark, lock.Unlock, nil
}
