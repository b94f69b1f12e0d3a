package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/campaign/trouble"
)

// applicationID marks the file as a ledger of this program ("KNLc"), so that another program's database is refused.
const applicationID = 0x4b4e4c63

// upgrades are the steps of a ledger to this program's version: the first one takes version 1 to version 2. A step that
// has been released never changes.
//
// A program of an earlier version may be in the midst of a campaign while the file is upgraded under its hands: it has
// looked at the version when it opened the file. So a step may only add what such a program need not know: indexes,
// tables, and columns with a default, which its statements never name. A step that cannot be so is alone: it is refused with a
// *record.RunningError for as long as a campaign's lock is held. None of these is of that kind.
var upgrades = []upgrade{
	{sql: `ALTER TABLE campaigns ADD COLUMN rebuilt_from TEXT NOT NULL DEFAULT '';
	CREATE INDEX rows_messaged ON rows (person, sent_at) WHERE sent_at > 0;`},
	{sql: `ALTER TABLE rows ADD COLUMN forgotten_at INTEGER NOT NULL DEFAULT 0;
	CREATE TABLE exports (path TEXT PRIMARY KEY, campaign TEXT NOT NULL, written_at INTEGER NOT NULL) WITHOUT ROWID;
	CREATE TABLE erasures (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL, rows INTEGER NOT NULL,
		person TEXT NOT NULL, computer TEXT NOT NULL, swept_at INTEGER NOT NULL DEFAULT 0);`},
	// One file may be of several campaigns: exports, which can tell one only, is read and not written any more.
	{sql: `CREATE TABLE files (campaign TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (campaign, path)) WITHOUT ROWID;`},
	{sql: `ALTER TABLE rows ADD COLUMN within_first INTEGER NOT NULL DEFAULT 0;`},
	// The brakes of a run: a program of an earlier version keeps those of its own runs in its memory.
	{sql: `ALTER TABLE attempts ADD COLUMN failing_since INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE runs ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE runs ADD COLUMN failing_since INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE runs ADD COLUMN undelivered INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE runs ADD COLUMN replays INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE runs ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE runs ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;`},
	// Of a run that a program of an earlier version began, they are NULL: its flags tell.
	{sql: `ALTER TABLE runs ADD COLUMN updates INTEGER;
	ALTER TABLE runs ADD COLUMN tested TEXT;`},
}

// upgrade is one step.
type upgrade struct {
	sql   string
	alone bool
}

// schema is that of a new file: what version 1 and all upgrades make.
//
// Times are Unix milliseconds. A row's status is the truth at any instant: the transaction that begins an attempt
// already stores the doubt that a crash would leave. content_id is empty for rows that are never to be sent, and its
// index is what makes a message to one person unique within a campaign. The last columns of runs are outcome.Brakes; failing_since
// is the attempt with which the failures in a row began, of a run and of each attempt that failed so.
const schema = `
CREATE TABLE secret (bytes BLOB NOT NULL);

CREATE TABLE campaigns (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	name         TEXT NOT NULL,
	visible      INTEGER NOT NULL DEFAULT 0,
	account      TEXT NOT NULL DEFAULT '',
	created_at   INTEGER NOT NULL,
	confirmed_at INTEGER NOT NULL DEFAULT 0,
	finished_at  INTEGER NOT NULL DEFAULT 0,
	definition   TEXT NOT NULL,
	rebuilt_from TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX campaigns_name ON campaigns (name) WHERE visible;

CREATE TABLE rows (
	id            INTEGER PRIMARY KEY,
	campaign_id   INTEGER NOT NULL,
	seq           INTEGER NOT NULL,
	gone          INTEGER NOT NULL DEFAULT 0,
	number        INTEGER NOT NULL,
	cells         TEXT NOT NULL,
	phone         TEXT NOT NULL DEFAULT '',
	person        TEXT NOT NULL DEFAULT '',
	field_values  TEXT NOT NULL DEFAULT '',
	contact_name  TEXT NOT NULL DEFAULT '',
	contact_email TEXT NOT NULL DEFAULT '',
	key           BLOB,
	content_id    BLOB,
	generation    INTEGER NOT NULL DEFAULT 0,
	problems      TEXT NOT NULL DEFAULT '',
	status        TEXT NOT NULL,
	cause         TEXT NOT NULL DEFAULT '',
	open          INTEGER NOT NULL DEFAULT 0,
	doubted       INTEGER NOT NULL DEFAULT 0,
	refused       INTEGER NOT NULL DEFAULT 0,
	earlier       INTEGER NOT NULL DEFAULT 0,
	doubt_since   INTEGER NOT NULL DEFAULT 0,
	not_before    INTEGER NOT NULL DEFAULT 0,
	attempts      INTEGER NOT NULL DEFAULT 0,
	error         TEXT NOT NULL DEFAULT '',
	error_code    TEXT NOT NULL DEFAULT '',
	message_id    TEXT NOT NULL DEFAULT '',
	contact_id    TEXT NOT NULL DEFAULT '',
	sent_at       INTEGER NOT NULL DEFAULT 0,
	tried_at      INTEGER NOT NULL DEFAULT 0,
	related_row   INTEGER NOT NULL DEFAULT 0,
	forgotten_at  INTEGER NOT NULL DEFAULT 0,
	within_first  INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX rows_order ON rows (campaign_id, gone, seq);
CREATE INDEX rows_queue ON rows (campaign_id, seq) WHERE status IN ('pending', 'unknown') AND NOT gone;
CREATE UNIQUE INDEX rows_content ON rows (content_id, campaign_id) WHERE content_id IS NOT NULL;
CREATE INDEX rows_person ON rows (person, campaign_id) WHERE person <> '';
CREATE INDEX rows_messaged ON rows (person, sent_at) WHERE sent_at > 0;

CREATE TABLE attempts (
	id          INTEGER PRIMARY KEY,
	row_id      INTEGER NOT NULL,
	run_id      INTEGER NOT NULL,
	pace_key    TEXT NOT NULL,
	key         BLOB NOT NULL,
	began_at    INTEGER NOT NULL,
	deadline_at INTEGER NOT NULL,
	answered_at INTEGER,
	kind        TEXT NOT NULL DEFAULT '',
	cause       TEXT NOT NULL DEFAULT '',
	code        TEXT NOT NULL DEFAULT '',
	text        TEXT NOT NULL DEFAULT '',
	failing_since INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX attempts_row ON attempts (row_id);
CREATE INDEX attempts_pace ON attempts (pace_key, answered_at);

CREATE TABLE holds (
	pace_key TEXT PRIMARY KEY,
	noted_at INTEGER NOT NULL,
	until    INTEGER NOT NULL
);

CREATE TABLE runs (
	id         INTEGER PRIMARY KEY,
	campaign   TEXT NOT NULL,
	command    TEXT NOT NULL,
	flags      TEXT NOT NULL,
	started_at INTEGER NOT NULL,
	ended_at   INTEGER NOT NULL DEFAULT 0,
	stopped    TEXT NOT NULL DEFAULT '',
	pid        INTEGER NOT NULL,
	person     TEXT NOT NULL,
	computer   TEXT NOT NULL,
	version    TEXT NOT NULL,
	file_name  TEXT NOT NULL DEFAULT '',
	sha256     TEXT NOT NULL DEFAULT '',
	confirmed  INTEGER NOT NULL DEFAULT 0,
	failures   INTEGER NOT NULL DEFAULT 0,
	failing_since INTEGER NOT NULL DEFAULT 0,
	undelivered INTEGER NOT NULL DEFAULT 0,
	replays    INTEGER NOT NULL DEFAULT 0,
	reached    INTEGER NOT NULL DEFAULT 0,
	accepted   INTEGER NOT NULL DEFAULT 0,
	updates    INTEGER,
	tested     TEXT
);
CREATE INDEX runs_campaign ON runs (campaign, id);

CREATE TABLE opt_outs (
	account TEXT NOT NULL,
	person  BLOB NOT NULL,
	since   INTEGER NOT NULL,
	PRIMARY KEY (account, person)
) WITHOUT ROWID;

CREATE TABLE exports (path TEXT PRIMARY KEY, campaign TEXT NOT NULL, written_at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE erasures (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL, rows INTEGER NOT NULL,
	person TEXT NOT NULL, computer TEXT NOT NULL, swept_at INTEGER NOT NULL DEFAULT 0);

CREATE TABLE files (campaign TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (campaign, path)) WITHOUT ROWID;
`

var errForeign = errors.New("the file is a database of another program")

// inspect refuses a file that is no ledger before anything opens it as a database, which may already write to it. It
// reads the header of the SQLite file format, and that of its first page. One without our mark passes only as a crash in
// the midst of its creation leaves it: with nothing in it, or with its first pages still in the write-ahead log.
func inspect(path string) error {
	file, err := regular.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	header := make([]byte, 105)
	n, err := io.ReadFull(file, header)
	if n == 0 && err == io.EOF {
		return nil // new
	}
	if err != nil || string(header[:16]) != "SQLite format 3\x00" {
		return &trouble.DamagedError{Path: path, Err: errors.New("the file is no database")}
	}
	if binary.BigEndian.Uint32(header[68:]) == applicationID {
		return nil
	}
	const leaf = 13 // a table's page, without pages below
	marked := binary.BigEndian.Uint32(header[60:]) != 0 || binary.BigEndian.Uint32(header[68:]) != 0
	if tables := binary.BigEndian.Uint16(header[103:]); !marked && header[100] == leaf && tables == 0 {
		return nil
	}
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return nil
	}
	return &trouble.DamagedError{Path: path, Err: errForeign}
}

// migrate brings a file to this program's schema in one transaction, and refuses what it cannot read. It reports whether
// the file was empty. A file that is up to date is only read: a writer that was stopped (Ctrl-Z) keeps nobody out.
func migrate(ctx context.Context, db *sql.DB, path string) (created bool, err error) {
	steps, _, err := stepsFor(ctx, db, path)
	if err != nil || len(steps) == 0 {
		return false, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	if steps, created, err = stepsFor(ctx, tx, path); err != nil {
		return false, err
	}
	if slices.ContainsFunc(steps, func(step upgrade) bool { return step.alone }) {
		release, err := lockCampaigns(ctx, tx, path)
		if err != nil {
			return false, err
		}
		defer release()
	}
	for _, step := range steps {
		if _, err := tx.ExecContext(ctx, step.sql); err != nil {
			return false, err
		}
	}
	return created, tx.Commit()
}

// lockCampaigns holds every campaign of the ledger until release is called. It returns a *record.RunningError where another
// process has one.
func lockCampaigns(ctx context.Context, db ledger.Queryer, path string) (release func(), err error) {
	var held []func() error
	release = func() {
		for _, unlock := range held {
			_ = unlock() // the process ends with them, should it fail
		}
	}
	names, err := db.QueryContext(ctx, "SELECT name FROM campaigns UNION SELECT campaign FROM runs")
	if err != nil {
		return nil, err
	}
	defer names.Close()
	for names.Next() {
		var name string
		if err = names.Scan(&name); err != nil {
			break
		}
		unlock, taken, failed := (&store{path: path}).TryLock(ctx, ledger.LockName(name))
		if err = failed; err == nil && !taken {
			err = &record.RunningError{Holder: record.Run{Campaign: name}}
		}
		if err != nil {
			break
		}
		held = append(held, unlock)
	}
	if err = errors.Join(err, names.Err()); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// stepsFor returns the statements that bring a file to this program's schema; none for a file that has it.
func stepsFor(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, path string) (steps []upgrade, created bool, err error) {
	var version, application, tables int
	for query, into := range map[string]*int{
		"PRAGMA user_version": &version, "PRAGMA application_id": &application, "SELECT count(*) FROM sqlite_schema": &tables,
	} {
		if err := db.QueryRowContext(ctx, query).Scan(into); err != nil {
			return nil, false, err
		}
	}
	known := 1 + len(upgrades) // an older program must never guess what a newer one meant
	switch ours := application == applicationID; {
	case ours && version > known:
		return nil, false, &trouble.NewerError{Path: path, Version: version, Known: known}
	case ours && version == known:
		return nil, false, nil
	case ours && version >= 1:
		steps = slices.Clone(upgrades[version-1:])
	case tables > 0:
		return nil, false, &trouble.DamagedError{Path: path, Err: errForeign}
	default:
		created = true
		steps = []upgrade{{sql: schema}, {sql: "INSERT INTO secret (bytes) VALUES (randomblob(32))"},
			{sql: fmt.Sprintf("PRAGMA application_id = %d", applicationID)}}
	}
	return append(steps, upgrade{sql: fmt.Sprintf("PRAGMA user_version = %d", known)}), created, nil
}
