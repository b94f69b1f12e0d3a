package sqlite

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"

	driver "modernc.org/sqlite"

	"kanal-campaign/campaign/trouble"
)

// Explain turns an error of the database at path into a *trouble.DamagedError, a *trouble.DiskError or a
// *trouble.MovedError. Every other error, and nil, it returns as it is.
func Explain(path string, err error) error {
	const full, disk, readOnly, notFound, busy, corrupt, notADatabase, noMemory, noLocks = 13, 10, 8, 14, 5, 11, 26, 7, 15
	const shortRead, moved = 2<<8 | disk, 4<<8 | readOnly // pages that were there are not; the file is not at its path
	var code *driver.Error
	if !errors.As(err, &code) || errors.As(err, new(*trouble.DiskError)) || errors.As(err, new(*trouble.DamagedError)) {
		return err
	}
	why := map[int]trouble.Code{full: trouble.Full, disk: trouble.Disk, readOnly: trouble.ReadOnly,
		notFound: trouble.NotFound, busy: trouble.Busy, noMemory: trouble.Memory, noLocks: trouble.NoLocks}[code.Code()&0xff]
	if why == trouble.Disk || why == trouble.NotFound {
		why = cmp.Or(surroundings(path), why)
	}
	switch {
	case code.Code() == moved:
		return &trouble.MovedError{Path: path}
	case code.Code()&0xff == corrupt, code.Code()&0xff == notADatabase, code.Code() == shortRead:
		return &trouble.DamagedError{Path: path, Err: code}
	case why != "":
		return &trouble.DiskError{Path: path, Trouble: why, Err: code}
	}
	return err
}

// Explain is that of ledger.Store.
func (s *store) Explain(err error) error { return Explain(s.path, err) }

// surroundings finds out why SQLite, whose errors do not tell, cannot use the database at path: what the system says of its
// folder now. The database itself is not opened: to close it again would drop the locks that SQLite holds on it.
func surroundings(path string) trouble.Code {
	folder, err := os.Open(filepath.Dir(path))
	if err == nil {
		_ = folder.Close() // it was only to be opened
		_, err = os.Stat(path)
	}
	return trouble.Of(err)
}
