package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"kanal-campaign/campaign/regular"
)

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

// shortly is longer than anybody holds a lock only to look who has it.
const shortly = 300 * time.Millisecond

// TryLock is that of ledger.Store.
func (s *store) TryLock(ctx context.Context, name string) (release func() error, taken bool, err error) {
	lock, err := lockFile(s.path, name)
	if err != nil {
		return nil, false, err
	}
	patience, cancel := context.WithTimeout(ctx, shortly)
	defer cancel()
	taken, err = lock.TryLockContext(patience, 20*time.Millisecond)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return nil, false, err
	}
	return lock.Unlock, taken, nil
}

// Share is that of ledger.Store.
func (s *store) Share(ctx context.Context, name string, alone func()) (release func() error, err error) {
	lock, err := lockFile(s.path, name)
	if err != nil {
		return nil, err
	}
	only, err := lock.TryLock()
	if err != nil {
		return nil, err
	}
	if only {
		alone()
		if err := lock.Unlock(); err != nil {
			return nil, err
		}
	}
	if _, err := lock.TryRLockContext(ctx, 20*time.Millisecond); err != nil { // held alone for moments only
		return nil, err
	}
	return lock.Unlock, nil
}
