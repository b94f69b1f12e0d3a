package sqlite

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"

	driver "modernc.org/sqlite"

	"kanal-campaign/campaign/ledger"
)

// Explain turns an error of the database at path into a *ledger.DamagedError, a *ledger.DiskError or a
// *ledger.MovedError. Every other error, and nil, it returns as it is.
func Explain(path string, err error) error {
	const full, disk, readOnly, notFound, busy, corrupt, notADatabase, noMemory, noLocks = 13, 10, 8, 14, 5, 11, 26, 7, 15
	const shortRead, moved = 2<<8 | disk, 4<<8 | readOnly // pages that were there are not; the file is not at its path
	var code *driver.Error
	if !errors.As(err, &code) || errors.As(err, new(*ledger.DiskError)) || errors.As(err, new(*ledger.DamagedError)) {
		return err
	}
	trouble := map[int]ledger.Trouble{full: ledger.TroubleFull, disk: ledger.TroubleDisk, readOnly: ledger.TroubleReadOnly,
		notFound: ledger.TroubleNotFound, busy: ledger.TroubleBusy, noMemory: ledger.TroubleMemory, noLocks: ledger.TroubleNoLocks}[code.Code()&0xff]
	if trouble == ledger.TroubleDisk || trouble == ledger.TroubleNotFound {
		trouble = cmp.Or(surroundings(path), trouble)
	}
	switch {
	case code.Code() == moved:
		return &ledger.MovedError{Path: path}
	case code.Code()&0xff == corrupt, code.Code()&0xff == notADatabase, code.Code() == shortRead:
		return &ledger.DamagedError{Path: path, Err: code}
	case trouble != "":
		return &ledger.DiskError{Path: path, Trouble: trouble, Err: code}
	}
	return err
}

// surroundings finds out why SQLite, whose errors do not tell, cannot use the database at path: what the system says of its
// folder now. The database itself is not opened: to close it again would drop the locks that SQLite holds on it.
func surroundings(path string) ledger.Trouble {
	folder, err := os.Open(filepath.Dir(path))
	if err == nil {
		_ = folder.Close() // it was only to be opened
		_, err = os.Stat(path)
	}
	return ledger.TroubleOf(err)
}
