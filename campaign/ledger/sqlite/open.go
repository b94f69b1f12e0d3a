// Package sqlite is the ledger in one file: what only SQLite can do, and what a file needs. Every commit is on the disk when it
// returns.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/campaign/trouble"
)

// store is a ledger.Store in a file.
type store struct {
	db    *sql.DB
	path  string
	files identity
	kept  *sql.Conn // never writes: as long as a connection is open, the write-ahead log stays the same file

	index   *os.File // of the write-ahead log; nil before Reread
	damaged bool     // as Reread found
}

// DB is that of ledger.Store.
func (s *store) DB() *sql.DB { return s.db }

// Path is that of ledger.Store: the file's path as it was opened.
func (s *store) Path() string { return s.path }

// Version is that of ledger.Store. It is asked of the connection that is kept, which commits nothing itself.
func (s *store) Version(ctx context.Context) (version int64, err error) {
	err = s.kept.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version)
	return version, err
}

// DefaultPath returns where the ledger of this user lies: in the state folder of the operating system, named
// base + ".db". It returns a *trouble.NoHomeError where the system tells none. getenv is os.Getenv or a test's.
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
		return "", &trouble.NoHomeError{}
	}
	return filepath.Join(folder, "kanal-campaign", base+".db"), nil
}

// Open opens the ledger at path, and creates it (folder 0700, file 0600) if there is none. It returns a *trouble.NewerError
// or a *trouble.DamagedError for a file that it must not touch, a *regular.Error for what is none, and a *trouble.DiskError when
// the disk fails.
func Open(ctx context.Context, path string) (*ledger.Ledger, error) {
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
	s := &store{db: db, path: path}
	if err := s.prepare(ctx); err != nil {
		s.Close()
		return nil, Explain(path, err)
	}
	book, err := ledger.New(ctx, s)
	return book, Explain(path, err)
}

// prepare brings the file to this program's schema, and notes which files are open.
func (s *store) prepare(ctx context.Context) error {
	created, err := migrate(ctx, s.db, s.path)
	if err != nil {
		return err
	}
	if created { // into the file's own header, by which inspect knows a ledger
		if _, err := s.db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
			return err
		}
	}
	if s.kept, err = s.db.Conn(ctx); err != nil {
		return err
	}
	s.files, err = identify(s.path)
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

// Close closes the database. One that Reread has found damaged stays open until the process ends: the last connection to
// close would copy what is left of the log over the database.
func (s *store) Close() error {
	if s.damaged {
		return nil
	}
	s.closeIndex(runtime.GOOS == "windows")
	defer s.closeIndex(true)
	if s.kept != nil {
		_ = s.kept.Close() // it goes back to the others, which Close closes
	}
	return s.db.Close()
}

// Verify is that of ledger.Store: the pages fit together.
func (s *store) Verify(ctx context.Context) error {
	var found string
	if err := s.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return Explain(s.path, err)
	}
	if found != "ok" {
		return &trouble.DamagedError{Path: s.path, Err: errors.New(found)}
	}
	return nil
}

// Integrity is that of ledger.Store: the pages and the indexes fit together.
func (s *store) Integrity(ctx context.Context) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return nil, Explain(s.path, err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		if line != "ok" {
			found = append(found, line)
		}
	}
	return found, rows.Err()
}
