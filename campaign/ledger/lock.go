package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// RunningError says that another process holds the campaign.
type RunningError struct{ Holder Run }

func (e *RunningError) Error() string {
	return fmt.Sprintf("campaign %q is being run by process %d on %s", e.Holder.Campaign, e.Holder.PID, e.Holder.Computer)
}

// Lock makes this process the campaign's only runner, until release is called or the process ends in any way. It
// returns a *RunningError when another one is.
func (l *Ledger) Lock(ctx context.Context, campaign string) (release func() error, err error) {
	folder := l.path + ".locks"
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	hash := sha256.Sum256([]byte(campaign))
	lock := flock.New(filepath.Join(folder, hex.EncodeToString(hash[:8])), flock.SetPermissions(0o600))
	taken, err := lock.TryLock()
	if err != nil {
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
