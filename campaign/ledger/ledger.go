// Package ledger is the durable record of campaigns: their frozen plans, every attempt and every outcome.
//
// It is one SQLite file. The rest of the program knows only the type Ledger and the records that it takes and gives.
// An attempt is committed before its request leaves and its outcome after the answer; every commit is on the disk when
// the call returns. All times are wall-clock times, kept to the millisecond.
package ledger

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"kanal-campaign/campaign/regular"
)

// Ledger is an open ledger. Its methods may be called concurrently; several processes may have one file open.
type Ledger struct {
	// Clock is the wall clock. Open sets time.Now; tests set one that jumps, before they use the ledger.
	Clock func() time.Time

	db     *sql.DB
	path   string
	files  identity
	kept   *sql.Conn // idle: as long as a connection is open, the write-ahead log stays the same file
	secret []byte

	notes   notes
	index   *os.File // of the write-ahead log; nil before Recheck
	damaged bool     // as Recheck found
}

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

// DefaultPath returns where the ledger of this user lies: in the state folder of the operating system, named
// base + ".db". getenv is os.Getenv or a test's.
func DefaultPath(getenv func(string) string, goos, home, base string) (string, error) {
	folder := ""
	switch goos {
	case "windows":
		folder = getenv("LocalAppData")
	case "darwin":
		if home != "" {
			folder = filepath.Join(home, "Library", "Application Support")
		}
	default:
		folder = getenv("XDG_STATE_HOME")
		if !filepath.IsAbs(folder) && home != "" { // the XDG specification ignores a relative path
			folder = filepath.Join(home, ".local", "state")
		}
	}
	if folder == "" {
		return "", errors.New("no home folder is known")
	}
	return filepath.Join(folder, "kanal-campaign", base+".db"), nil
}

// Open opens the ledger at path, and creates it (folder 0700, file 0600) if there is none. It returns a *NewerError or
// a *DamagedError for a file that it must not touch, a *regular.Error for what is none, and a *DiskError when the disk fails.
func Open(ctx context.Context, path string) (*Ledger, error) {
	_, err := os.Stat(path)
	missing := errors.Is(err, fs.ErrNotExist)
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} { // the last ones SQLite opens
		if err := regular.Check(path + suffix); err != nil {
			return nil, err
		}
	}
	if err := create(path); err != nil {
		return nil, err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil { // the locks lie beside the file itself, whatever it is called by
		return nil, err
	}
	// One process at a time: a ledger that another one is just creating looks like no ledger.
	release, err := lockOpening(ctx, path)
	if err != nil {
		return nil, err
	}
	defer release()
	if err := refuseEmptied(path, missing); err != nil {
		return nil, err
	}
	if err := clearUnborn(path); err != nil {
		return nil, err
	}
	if err := inspect(path); err != nil {
		return nil, err
	}
	if err := verifyLog(path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dataSource(path))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(5)
	l := &Ledger{Clock: time.Now, db: db, path: path}
	if err := l.prepare(ctx); err != nil {
		l.Close()
		return nil, Explain(path, err)
	}
	return l, nil
}

// prepare brings the file to this program's schema, reads the ledger's secret, and notes which files are open.
func (l *Ledger) prepare(ctx context.Context) error {
	created, err := migrate(ctx, l.db, l.path)
	if err != nil {
		return err
	}
	if created { // into the file's own header, by which inspect knows a ledger
		if _, err := l.db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
			return err
		}
	}
	if l.kept, err = l.db.Conn(ctx); err != nil {
		return err
	}
	if err := l.kept.QueryRowContext(ctx, "SELECT bytes FROM secret").Scan(&l.secret); err != nil {
		return err
	}
	l.files, err = identify(l.path)
	return err
}

func create(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// dataSource asks for a write lock at the start of every transaction, so that no transaction can fail half-way for
// want of one, and for a sync of the log at every commit.
func dataSource(path string) string {
	return databaseURL(path, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(20000)", "journal_mode(WAL)", "synchronous(FULL)", "fullfsync(1)", "cache_size(-8000)"},
	})
}

func databaseURL(path string, query url.Values) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") { // a Windows drive
		slashed = "/" + slashed
	}
	return "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?" + query.Encode()
}

// Close closes the ledger. One that Recheck has found damaged stays open until the process ends: the last connection to
// close would copy what is left of the log over the database.
func (l *Ledger) Close() error {
	if l.damaged {
		return nil
	}
	l.closeIndex(runtime.GOOS == "windows")
	defer l.closeIndex(true)
	if l.kept != nil {
		_ = l.kept.Close() // it goes back to the others, which Close closes
	}
	return l.db.Close()
}

// Verify reads the whole ledger and returns a *DamagedError when its pages do not fit together. A million rows take a
// second or two.
func (l *Ledger) Verify(ctx context.Context) error {
	var found string
	if err := l.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return Explain(l.path, err)
	}
	if found != "ok" {
		return &DamagedError{Path: l.path, Err: errors.New(found)}
	}
	return nil
}

// Path returns the file's path as it was opened.
func (l *Ledger) Path() string { return l.path }

// Now returns the time by the wall clock alone: the steady clock, which a time of time.Now carries too, stands still while
// a computer sleeps.
func (l *Ledger) Now() time.Time { return l.Clock().Round(0) }

// Latest returns the present time for judging how old a doubt is: that of the clock, or the latest time that runs left in
// the ledger, should the clock have been set back since. A doubt that was old never looks young again.
func (l *Ledger) Latest(ctx context.Context) (time.Time, error) {
	var run, attempt int64
	err := l.db.QueryRowContext(ctx, `SELECT (SELECT coalesce(max(max(started_at, ended_at)), 0) FROM runs),
		coalesce((SELECT max(began_at, coalesce(answered_at, 0)) FROM attempts ORDER BY id DESC LIMIT 1), 0)`).Scan(&run, &attempt)
	if now := l.Now(); now.UnixMilli() >= max(run, attempt) {
		return now, err
	}
	return fromMillis(max(run, attempt)), err
}

// PaceKey returns a keyed fingerprint of an API key: it groups the pace of everyone who uses that key, and the key
// cannot be found from it.
func (l *Ledger) PaceKey(apiKey string) string {
	return hex.EncodeToString(l.fingerprint("pace", apiKey)[:12])
}

func (l *Ledger) fingerprint(purpose, text string) []byte {
	mac := hmac.New(sha256.New, l.secret)
	mac.Write([]byte(purpose + ":" + text))
	return mac.Sum(nil)
}

// write runs work in one transaction: committed when work returns nil, undone otherwise.
func (l *Ledger) write(ctx context.Context, work func(*sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// millis rounds up, so that a stored end of a request never lies before its real one.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Add(time.Millisecond - 1).UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}
