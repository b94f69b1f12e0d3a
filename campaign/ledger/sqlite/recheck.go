package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"runtime"

	driver "modernc.org/sqlite"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/campaign/trouble"
)

var (
	errLogCut    = errors.New("its write-ahead log was cut or overwritten")
	errUnsettled = errors.New("its write-ahead log is not at rest")
)

// Reread is that of ledger.Store: the files are in their place, the log is whole and its pages fit together.
func (s *store) Reread(ctx context.Context, holds func(ledger.Queryer) (bool, error)) error {
	if err := s.InPlace(); err != nil {
		return err
	}
	err := s.reread(ctx, holds)
	var code *driver.Error
	const noSuchTable = 1
	if errors.As(err, &code) && code.Code() == noSuchTable {
		err = &trouble.DamagedError{Path: s.path, Err: code}
	}
	if err = Explain(s.path, err); errors.As(err, new(*trouble.DamagedError)) {
		s.damaged = true
	}
	return err
}

func (s *store) reread(ctx context.Context, holds func(ledger.Queryer) (bool, error)) error {
	if info, err := os.Stat(s.path); err == nil && info.Size() == 0 { // whose log SQLite would delete
		return &trouble.DamagedError{Path: s.path, Err: errEmptied}
	}
	// The pages that l's connections keep in memory prove nothing.
	db, err := sql.Open("sqlite", databaseURL(s.path, url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(20000)"}}))
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil { // one that only reads: nobody else waits for it
		return err
	}
	defer conn.ExecContext(ctx, "ROLLBACK")
	var found string
	if err := conn.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return &trouble.DamagedError{Path: s.path, Err: errors.New(found)}
	}
	if err := s.recheckLog(); err != nil {
		return err
	}
	held, err := holds(conn)
	if err == nil && !held {
		err = &trouble.DamagedError{Path: s.path, Err: ledger.ErrNotHeld}
	}
	return err
}

// logIndex is the head of the index that all connections share, which says how much of the log counts.
type logIndex struct {
	frames uint32
	salt   [8]byte
}

// recheckLog returns a *trouble.DamagedError unless every frame of the log that counts is in it, whole.
func (s *store) recheckLog() error {
	for range 20 {
		index, err := s.readIndex()
		if err != nil {
			return err
		}
		whole, err := holdsFrames(s.path+"-wal", index)
		if err != nil || whole {
			return err
		}
		again, err := s.readIndex()
		if err != nil {
			return err
		}
		if again == index {
			return &trouble.DamagedError{Path: s.path, Err: errLogCut}
		}
	}
	return errUnsettled // others write all the time
}

// readIndex reads the head of the -shm file, https://sqlite.org/walformat.html#the_wal_index_file_format. The file stays
// open until Close: to close it would drop the locks that SQLite holds on it.
func (s *store) readIndex() (logIndex, error) {
	if s.index == nil {
		file, err := regular.Open(s.path + "-shm")
		if err != nil {
			return logIndex{}, err
		}
		s.index = file
	}
	const size = 48
	var head [2 * size]byte
	for range 1000 {
		if _, err := s.index.ReadAt(head[:], 0); err != nil {
			return logIndex{}, fmt.Errorf("the index of the write-ahead log cannot be read: %w", err)
		}
		if [size]byte(head[:size]) == [size]byte(head[size:]) { // both copies: nobody is just writing them
			return logIndex{frames: binary.NativeEndian.Uint32(head[16:]), salt: [8]byte(head[32:40])}, nil
		}
		runtime.Gosched()
	}
	return logIndex{}, errUnsettled
}

// holdsFrames reports whether a log begins with the frames of an index.
func holdsFrames(path string, index logIndex) (bool, error) {
	if index.frames == 0 {
		return true, nil
	}
	file, err := regular.Open(path) // on which SQLite holds no lock
	if err != nil {
		return false, err
	}
	defer file.Close()
	log := &walReader{file: file}
	whole, err := log.readHeader()
	if err != nil || !whole || log.salt != index.salt {
		return false, ignoreEOF(err)
	}
	frames := io.NewSectionReader(file, walHeaderSize, 1<<62)
	frame := make([]byte, frameHeaderSize+log.pageSize)
	for range index.frames {
		if _, err := io.ReadFull(frames, frame); err != nil {
			return false, ignoreEOF(err)
		}
		if !log.take(frame) {
			return false, nil
		}
	}
	return true, nil
}

// closeIndex closes what readIndex opened: behind the connections, for the locks' sake, but on Windows, where an open file
// cannot be removed, before them.
func (s *store) closeIndex(now bool) {
	if s.index != nil && now {
		_ = s.index.Close() // it was only read
		s.index = nil
	}
}
