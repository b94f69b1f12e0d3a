// Package trouble is what keeps a ledger, or another file, from being used, as codes: it reads them from the system's errors. It
// uses nothing of the program.
package trouble

import (
	"errors"
	"io/fs"
	"syscall"
)

// Code is a code for what keeps the ledger, or another file, from being read or written.
type Code string

// What can be wrong with a disk, a path or the system around them.
const (
	Full      Code = "full"       // the disk has no room
	Quota     Code = "quota"      // the user's part of the disk is used up
	TooLarge  Code = "too-large"  // the system lets no file grow so large
	Disk      Code = "disk"       // a read or a write failed; a quota or a limit of file sizes reads so, too
	Broken    Code = "broken"     // the disk itself fails
	ReadOnly  Code = "read-only"  // the file may not be written
	WriteOnce Code = "write-once" // the whole disk may not be written
	Denied    Code = "denied"     // the user may not open it
	NotFound  Code = "not-found"  // the file, or one beside it, cannot be opened
	Missing   Code = "missing"    // a folder of its path is not there
	NoFolder  Code = "no-folder"  // a file stands where its path needs a folder
	BadPath   Code = "bad-path"   // its path is too long, or leads in a circle
	OpenFiles Code = "open-files" // the program may open no more files
	AllFiles  Code = "all-files"  // the computer can open no more files
	Memory    Code = "memory"     // the system gives no more memory
	Away      Code = "away"       // the network drive or the medium has gone
	NoLocks   Code = "no-locks"   // the drive cannot lock files
	Busy      Code = "busy"       // another program keeps it locked
)

// Of tells what kept a file from being used; "" where an error does not say so.
func Of(err error) Code {
	var disk *DiskError
	var errno syscall.Errno
	switch {
	case errors.As(err, &disk):
		return disk.Trouble
	case errors.As(err, &errno) && troubles[errno] != "":
		return troubles[errno]
	case errors.Is(err, fs.ErrNotExist):
		return Missing
	case errors.Is(err, fs.ErrPermission):
		return Denied
	}
	return ""
}
