package ledger

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"runtime"
	"sync"

	"modernc.org/sqlite"

	"kanal-campaign/campaign/regular"
)

var (
	errLogCut    = errors.New("its write-ahead log was cut or overwritten")
	errNotThere  = errors.New("it does not hold what was recorded in it")
	errUnsettled = errors.New("its write-ahead log is not at rest")
)

// notes are what this process has committed, by run: the attempts that it began, and how many of them were answered in which
// way.
type notes struct {
	mu      sync.Mutex
	begun   map[int64]int
	settled map[int64]map[string]int // by outcome.Kind
	runOf   map[int64]int64          // of the attempts without an answer
}

func (n *notes) begin(run, attempt int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.begun == nil {
		n.begun, n.settled, n.runOf = map[int64]int{}, map[int64]map[string]int{}, map[int64]int64{}
	}
	n.begun[run]++
	n.runOf[attempt] = run
}

func (n *notes) settle(attempt int64, kind string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	run, open := n.runOf[attempt]
	if !open {
		return
	}
	delete(n.runOf, attempt)
	if n.settled[run] == nil {
		n.settled[run] = map[string]int{}
	}
	n.settled[run][kind]++
}

func (n *notes) of(run int64) (begun int, settled map[string]int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	settled = map[string]int{}
	maps.Copy(settled, n.settled[run])
	return n.begun[run], settled
}

// Recheck looks at the ledger once more, as whoever opens it next will find it: that its files are in their place, its
// log whole, its pages fit together, and that it holds what this process has recorded of the run, its end included. It
// returns a *MovedError or a *DamagedError where that is not so; Close then leaves the files as they are. A million rows
// take a second or two.
func (l *Ledger) Recheck(ctx context.Context, r Run) error {
	if err := l.inPlace(); err != nil {
		return err
	}
	err := l.recheck(ctx, r)
	var code *sqlite.Error
	const noSuchTable = 1
	if errors.As(err, &code) && code.Code() == noSuchTable {
		err = &DamagedError{Path: l.path, Err: code}
	}
	if err = Explain(l.path, err); errors.As(err, new(*DamagedError)) {
		l.damaged = true
	}
	return err
}

func (l *Ledger) recheck(ctx context.Context, r Run) error {
	if info, err := os.Stat(l.path); err == nil && info.Size() == 0 { // whose log SQLite would delete
		return &DamagedError{Path: l.path, Err: errEmptied}
	}
	// The pages that l's connections keep in memory prove nothing.
	db, err := sql.Open("sqlite", databaseURL(l.path, url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(20000)"}}))
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
		return &DamagedError{Path: l.path, Err: errors.New(found)}
	}
	if err := l.recheckLog(); err != nil {
		return err
	}
	holds, err := l.holds(ctx, conn, r)
	if err == nil && !holds {
		err = &DamagedError{Path: l.path, Err: errNotThere}
	}
	return err
}

// holds reports whether the ledger has what was recorded of a run.
func (l *Ledger) holds(ctx context.Context, conn *sql.Conn, r Run) (bool, error) {
	var ended int64
	var stopped string
	err := conn.QueryRowContext(ctx, "SELECT ended_at, stopped FROM runs WHERE id = ?", r.ID).Scan(&ended, &stopped)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (ended != millis(r.EndedAt) || stopped != r.Stopped) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	rows, err := conn.QueryContext(ctx, "SELECT kind, count(*) FROM attempts WHERE run_id = ? AND row_id <> 0 GROUP BY kind", r.ID)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	begun, settled := l.notes.of(r.ID)
	for rows.Next() {
		var kind sql.NullString
		var n int
		if err := rows.Scan(&kind, &n); err != nil {
			return false, err
		}
		begun -= n
		if settled[kind.String] -= n; kind.String == "" || settled[kind.String] == 0 {
			delete(settled, kind.String)
		}
	}
	return begun == 0 && len(settled) == 0, rows.Err()
}

// logIndex is the head of the index that all connections share, which says how much of the log counts.
type logIndex struct {
	frames uint32
	salt   [8]byte
}

// recheckLog returns a *DamagedError unless every frame of the log that counts is in it, whole.
func (l *Ledger) recheckLog() error {
	for range 20 {
		index, err := l.readIndex()
		if err != nil {
			return err
		}
		whole, err := holdsFrames(l.path+"-wal", index)
		if err != nil || whole {
			return err
		}
		again, err := l.readIndex()
		if err != nil {
			return err
		}
		if again == index {
			return &DamagedError{Path: l.path, Err: errLogCut}
		}
	}
	return errUnsettled // others write all the time
}

// readIndex reads the head of the -shm file, https://sqlite.org/walformat.html#the_wal_index_file_format. The file stays
// open until Close: to close it would drop the locks that SQLite holds on it.
func (l *Ledger) readIndex() (logIndex, error) {
	if l.index == nil {
		file, err := regular.Open(l.path + "-shm")
		if err != nil {
			return logIndex{}, err
		}
		l.index = file
	}
	const size = 48
	var head [2 * size]byte
	for range 1000 {
		if _, err := l.index.ReadAt(head[:], 0); err != nil {
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
func (l *Ledger) closeIndex(now bool) {
	if l.index != nil && now {
		_ = l.index.Close() // it was only read
		l.index = nil
	}
}
