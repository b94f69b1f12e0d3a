package sqlite

import (
	"encoding/binary"
	"errors"
	"os"

	"kanal-campaign/campaign/trouble"
)

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

// InPlace returns a *trouble.MovedError unless the ledger's path still names the files that are open. The files are looked at by
// name: to open and close them would drop the locks that SQLite holds on them.
func (s *store) InPlace() error {
	now, err := identify(s.path)
	if err != nil || !os.SameFile(now.database, s.files.database) || !os.SameFile(now.log, s.files.log) {
		return &trouble.MovedError{Path: s.path}
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
		return &trouble.DamagedError{Path: path, Err: errLogOnly}
	}
	locks, err := os.ReadDir(lockFolder(path))
	if err != nil {
		return err
	}
	if len(locks) > 1 && !missing { // besides the lock of opening, one of every campaign that was run
		return &trouble.DamagedError{Path: path, Err: errEmptied}
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
