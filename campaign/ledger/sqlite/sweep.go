package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"kanal-campaign/campaign/ledger"
)

// Erasing is that of ledger.Store.
func (s *store) Erasing(ctx context.Context) (*sql.Conn, error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, "PRAGMA secure_delete = ON"); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// Sweep is that of ledger.Store: a page keeps what was deleted or overwritten in it, and the write-ahead log all that was. So
// the file is written anew, and the log emptied.
func (s *store) Sweep(ctx context.Context) error {
	conn, err := s.Erasing(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "VACUUM"); err != nil {
		return Explain(s.path, err)
	}
	var busy, frames, moved int
	if err := conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return Explain(s.path, err)
	}
	if busy != 0 {
		return ledger.ErrSweepBusy
	}
	return nil
}
