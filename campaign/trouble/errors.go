package trouble

import "fmt"

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
	Trouble Code
	Err     error
}

func (e *DiskError) Error() string { return fmt.Sprintf("ledger %s: %v", e.Path, e.Err) }

func (e *DiskError) Unwrap() error { return e.Err }

// MovedError says that the path names another file than the one that is open, or none: the ledger was moved, replaced or
// deleted. What is written from then on, nobody would find again.
type MovedError struct{ Path string }

func (e *MovedError) Error() string { return "ledger " + e.Path + " was moved, replaced or deleted" }

// RehearsalError says that the ledger of rehearsals is named, or that a path leads to it, where the real one is meant, or the other
// way round.
type RehearsalError struct {
	Path string
	Real string // where the path leads to; "" where the path itself is the other ledger's
}

func (e *RehearsalError) Error() string {
	return "ledger " + e.Path + " is of rehearsals, or leads to one that is not: " + e.Real
}

// NoHomeError says that there is no folder for the ledger: the system tells none.
type NoHomeError struct{}

func (*NoHomeError) Error() string { return "no home folder is known" }
