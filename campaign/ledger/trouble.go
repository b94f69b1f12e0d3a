package ledger

import (
	"errors"
	"io/fs"
	"syscall"
)

// Trouble is a code for what keeps the ledger, or another file, from being read or written.
type Trouble string

// What can be wrong with a disk, a path or the system around them.
const (
	TroubleFull      Trouble = "full"       // the disk has no room
	TroubleQuota     Trouble = "quota"      // the user's part of the disk is used up
	TroubleTooLarge  Trouble = "too-large"  // the system lets no file grow so large
	TroubleDisk      Trouble = "disk"       // a read or a write failed; a quota or a limit of file sizes reads so, too
	TroubleBroken    Trouble = "broken"     // the disk itself fails
	TroubleReadOnly  Trouble = "read-only"  // the file may not be written
	TroubleWriteOnce Trouble = "write-once" // the whole disk may not be written
	TroubleDenied    Trouble = "denied"     // the user may not open it
	TroubleNotFound  Trouble = "not-found"  // the file, or one beside it, cannot be opened
	TroubleMissing   Trouble = "missing"    // a folder of its path is not there
	TroubleNoFolder  Trouble = "no-folder"  // a file stands where its path needs a folder
	TroubleBadPath   Trouble = "bad-path"   // its path is too long, or leads in a circle
	TroubleOpenFiles Trouble = "open-files" // the program may open no more files
	TroubleAllFiles  Trouble = "all-files"  // the computer can open no more files
	TroubleMemory    Trouble = "memory"     // the system gives no more memory
	TroubleAway      Trouble = "away"       // the network drive or the medium has gone
	TroubleNoLocks   Trouble = "no-locks"   // the drive cannot lock files
	TroubleBusy      Trouble = "busy"       // another program keeps it locked
)

// TroubleOf tells what kept a file from being used; "" where an error does not say so.
func TroubleOf(err error) Trouble {
	var disk *DiskError
	var errno syscall.Errno
	switch {
	case errors.As(err, &disk):
		return disk.Trouble
	case errors.As(err, &errno) && troubles[errno] != "":
		return troubles[errno]
	case errors.Is(err, fs.ErrNotExist):
		return TroubleMissing
	case errors.Is(err, fs.ErrPermission):
		return TroubleDenied
	}
	return ""
}
