package ledger

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"modernc.org/sqlite"
)

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

// Explain turns an error of the database at path into a *DamagedError or a *DiskError. Every other error, and nil, it
// returns as it is.
func Explain(path string, err error) error {
	const full, disk, readOnly, notFound, busy, corrupt, notADatabase, noMemory, noLocks = 13, 10, 8, 14, 5, 11, 26, 7, 15
	const shortRead, moved = 2<<8 | disk, 4<<8 | readOnly // pages that were there are not; the file is not at its path
	var code *sqlite.Error
	if !errors.As(err, &code) || errors.As(err, new(*DiskError)) || errors.As(err, new(*DamagedError)) {
		return err
	}
	trouble := map[int]Trouble{full: TroubleFull, disk: TroubleDisk, readOnly: TroubleReadOnly, notFound: TroubleNotFound,
		busy: TroubleBusy, noMemory: TroubleMemory, noLocks: TroubleNoLocks}[code.Code()&0xff]
	if trouble == TroubleDisk || trouble == TroubleNotFound {
		trouble = cmp.Or(surroundings(path), trouble)
	}
	switch {
	case code.Code() == moved:
		return &MovedError{Path: path}
	case code.Code()&0xff == corrupt, code.Code()&0xff == notADatabase, code.Code() == shortRead:
		return &DamagedError{Path: path, Err: code}
	case trouble != "":
		return &DiskError{Path: path, Trouble: trouble, Err: code}
	}
	return err
}

// identity tells which files the ledger is: the database and its write-ahead log.
type identity struct{ database, log os.FileInfo }

func identify(path string) (identity, error) {
	var id identity
	var err error
	if id.database, err = os.Stat(path); err != nil {
		return id, err
	}
	if id.log, err = os.Stat(path + "-wal"); err != nil {
		return id, err
	}
	os.SameFile(id.database, id.database) // on Windows, a file's number is read no sooner than it is asked for
	os.SameFile(id.log, id.log)
	return id, nil
}

// inPlace returns a *MovedError unless the ledger's path still names the files that are open. The files are looked at by
// name: to open and close them would drop the locks that SQLite holds on them.
func (l *Ledger) inPlace() error {
	now, err := identify(l.path)
	if err != nil || !os.SameFile(now.database, l.files.database) || !os.SameFile(now.log, l.files.log) {
		return &MovedError{Path: l.path}
	}
	return nil
}

var (
	errEmptied = errors.New("the file is empty, and was not: campaigns were run with it")
	errLogOnly = errors.New("the file is empty or missing, and its write-ahead log is not")
)

// refuseEmptied keeps a ledger that lost its content from being taken for a new one. SQLite would delete the write-ahead
// log of an empty file. The caller holds the lock of opening.
func refuseEmptied(path string, missing bool) error {
	info, err := os.Stat(path)
	if err != nil || info.Size() > 0 {
		return err
	}
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return &DamagedError{Path: path, Err: errLogOnly}
	}
	locks, err := os.ReadDir(lockFolder(path))
	if err != nil {
		return err
	}
	if len(locks) > 1 && !missing { // besides the lock of opening, one of every campaign that was run
		return &DamagedError{Path: path, Err: errEmptied}
	}
	return nil
}

// clearUnborn empties the file again where a crash, or a full disk, came between the creation of the database and its
// first table: a single page, of nobody, with nothing in it. The caller holds the lock of opening.
func clearUnborn(path string) error {
	const pageSize, userVersion, application, cells = 4096, 60, 68, 103 // the last three in the first page
	if info, err := os.Stat(path); err != nil || info.Size() != pageSize {
		return err
	}
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return nil
	}
	page, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if string(page[:16]) != "SQLite format 3\x00" || binary.BigEndian.Uint32(page[userVersion:]) != 0 ||
		binary.BigEndian.Uint32(page[application:]) != 0 || binary.BigEndian.Uint16(page[cells:]) != 0 {
		return nil
	}
	return os.Truncate(path, 0)
}
