package ledger

import (
	"context"
	"database/sql"
)

// Store is the database that a ledger stands on, with what each kind of database does in its own way. Its methods may be
// called concurrently.
type Store interface {
	// DB is the database. A transaction that may write has the right to from its beginning, and is on the disk once it is
	// committed.
	DB() *sql.DB
	// Path tells where the ledger is.
	Path() string
	// Version is another one after every commit by anybody to the ledger, and else the same.
	Version(ctx context.Context) (int64, error)
	// InPlace returns a *trouble.MovedError where nobody would find again what is written from now on.
	InPlace() error
	// TryLock makes this process the only one that holds a name, until release is called or the process ends in any way.
	// taken is false where another one has it for longer than a look takes.
	TryLock(ctx context.Context, name string) (release func() error, taken bool, err error)
	// Share makes this process one of those that hold a name. Where there is no other one, alone is called first.
	Share(ctx context.Context, name string, alone func()) (release func() error, err error)
	// Erasing returns a connection that overwrites what it deletes. The caller closes it.
	Erasing(ctx context.Context) (*sql.Conn, error)
	// Sweep removes what was deleted from wherever the database still keeps it. It returns ErrSweepBusy where others are in
	// the way, and may be called again after any error.
	Sweep(ctx context.Context) error
	// Verify returns a *trouble.DamagedError where the ledger as a whole does not fit together.
	Verify(ctx context.Context) error
	// Integrity returns all that does not fit together, in the database's words.
	Integrity(ctx context.Context) ([]string, error)
	// Reread verifies the ledger as whoever opens it next will find it, and looks whether it holds what it should. It returns
	// a *trouble.MovedError, or a *trouble.DamagedError, after which Close leaves the database as it is.
	Reread(ctx context.Context, holds func(Queryer) (bool, error)) error
	// Explain turns an error of the database into a *trouble.DamagedError, a *trouble.DiskError or a *trouble.MovedError. Every
	// other error, and nil, it returns as it is.
	Explain(err error) error
	// Close ends the use of the database.
	Close() error
}

// Queryer reads: a database, a connection to it or a transaction in it.
type Queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}
