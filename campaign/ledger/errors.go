package ledger

import (
	"errors"
	"fmt"
)

// ErrNoCampaign says that the ledger has no campaign of that name.
var ErrNoCampaign = errors.New("no such campaign")

// ErrSweepBusy says that what was erased could not be removed from the ledger's files yet: another process is using them.
var ErrSweepBusy = errors.New("another program is using the ledger")

// ErrNotHeld says that a ledger does not hold what was recorded in it.
var ErrNotHeld = errors.New("it does not hold what was recorded in it")

// NewerError says that a newer version of the program wrote the ledger.
type NewerError struct {
	Path           string
	Version, Known int
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("ledger %s has schema version %d, this program knows %d", e.Path, e.Version, e.Known)
}

// DamagedError says that the file is no ledger, or no longer one.
type DamagedError struct {
	Path string
	Err  error
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("ledger %s cannot be read: %v", e.Path, e.Err)
}
func (e *DamagedError) Unwrap() error { return e.Err }

// DiskError says that the ledger could not be read or written, and that nothing is wrong with what is in it.
type DiskError struct {
	Path    string
	Trouble Trouble
	Err     error
}

func (e *DiskError) Error() string { return fmt.Sprintf("ledger %s: %v", e.Path, e.Err) }
func (e *DiskError) Unwrap() error { return e.Err }

// MovedError says that the path names another file than the one that is open, or none: the ledger was moved, replaced or
// deleted. What is written from then on, nobody would find again.
type MovedError struct{ Path string }

func (e *MovedError) Error() string { return "ledger " + e.Path + " was moved, replaced or deleted" }

// RunningError says that another process holds the campaign.
type RunningError struct{ Holder Run }

func (e *RunningError) Error() string {
	return fmt.Sprintf("campaign %q is being run by process %d on %s", e.Holder.Campaign, e.Holder.PID, e.Holder.Computer)
}
