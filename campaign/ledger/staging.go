package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Staging is a plan on its way into the ledger. Nobody sees it until Publish or Update; if the process dies before, the
// next import of that name clears it away. A Staging belongs to one goroutine.
type Staging struct {
	ledger  *Ledger
	conn    *sql.Conn // of one that is only compared; else nil
	planned           // where its rows stand
	id      int64
	seq     int64
	pending chunk
	// Several is true where one person may get several messages of the campaign: --duplicates allow. It counts where the plan
	// changes a campaign.
	Several bool
}

// Stage begins the import of a plan for the campaign of that name. The caller holds the campaign's lock.
func (l *Ledger) Stage(ctx context.Context, name string) (*Staging, error) {
	if err := l.DropStaged(ctx, name); err != nil {
		return nil, err
	}
	s := &Staging{ledger: l, planned: onStaged}
	err := l.db.QueryRowContext(ctx, `INSERT INTO campaigns (name, created_at, definition) VALUES ($1, $2, '{}') RETURNING id`,
		name, millis(l.Now())).Scan(&s.id)
	return s, err
}

// nobodys is the campaign_id of the rows of a plan that is only compared.
const nobodys = -1

// StageToCompare begins the import of a plan that is compared with a campaign, and nothing else: it stands in a temporary table,
// which nobody else sees and which is gone with it or with the process. No lock is needed for it. The caller discards it.
func (l *Ledger) StageToCompare(ctx context.Context) (*Staging, error) {
	conn, err := l.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	s := &Staging{ledger: l, conn: conn, planned: onCompared, id: nobodys}
	if _, err = conn.ExecContext(ctx, `CREATE TEMP TABLE compared AS SELECT * FROM rows WHERE FALSE;
		CREATE INDEX compared_content ON compared (content_id) WHERE content_id IS NOT NULL;
		CREATE INDEX compared_person ON compared (person) WHERE person <> ''`); err != nil {
		return nil, errors.Join(err, s.Discard(ctx))
	}
	return s, nil
}

// db reads the plan's rows and the ledger's.
func (s *Staging) db() Queryer {
	if s.conn != nil {
		return s.conn
	}
	return s.ledger.db
}

// write writes the plan's rows: those that are only compared without the ledger's write lock.
func (s *Staging) write(ctx context.Context, work func(*sql.Tx) error) error {
	if s.conn != nil {
		return transact(ctx, s.conn, &sql.TxOptions{ReadOnly: true}, work) // but for what is temporary
	}
	return s.ledger.write(ctx, work)
}

// DropStaged removes what an import of the campaign that never came to its end left behind, a chunk at a time. The caller holds
// the campaign's lock.
func (l *Ledger) DropStaged(ctx context.Context, name string) error {
	const staged = "SELECT id FROM campaigns WHERE name = $1 AND NOT visible"
	for {
		result, err := l.db.ExecContext(ctx, `DELETE FROM rows WHERE id IN
			(SELECT id FROM rows WHERE campaign_id IN (`+staged+`) LIMIT 20000)`, name)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			break
		}
	}
	_, err := l.db.ExecContext(ctx, "DELETE FROM campaigns WHERE name = $1 AND NOT visible", name)
	return err
}

// Add appends a row to the plan. Its Seq and CampaignID are set by the import; Key and ContentID of uuid.Nil stand for
// a row that is never to be sent. Only a row that is recovered from a results file brings an outcome; its state is one
// of outcome.Recovered.
func (s *Staging) Add(ctx context.Context, row record.Row) error {
	s.seq++
	row.Seq, row.CampaignID = s.seq, s.id
	if full := s.pending.add(row); !full {
		return nil
	}
	return s.flush(ctx)
}

func (s *Staging) flush(ctx context.Context) error {
	if len(s.pending.rows) == 0 {
		return nil
	}
	err := s.write(ctx, func(tx *sql.Tx) error {
		insert, err := tx.PrepareContext(ctx, `INSERT INTO `+s.rows+` (campaign_id, seq, gone, number, cells, phone, person,
			field_values, contact_name, contact_email, key, content_id, generation, problems, status, cause, doubted, refused,
			doubt_since, attempts, error, error_code, message_id, contact_id, sent_at, related_row, forgotten_at,
			not_before) VALUES (`+placeholders(0, 28)+`)`)
		if err != nil {
			return err
		}
		defer insert.Close()
		plain, err := tx.PrepareContext(ctx, `INSERT INTO `+s.rows+` (campaign_id, seq, number, cells, phone, person, field_values, key,
			content_id, status) VALUES (`+placeholders(0, 10)+`)`)
		if err != nil {
			return err
		}
		defer plain.Close()
		// To watch the context costs more than a row: a chunk is written in moments.
		for i := range s.pending.rows {
			if err := insertRow(context.WithoutCancel(ctx), insert, plain, &s.pending.rows[i]); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	s.pending.empty()
	return err
}

// isPlain reports whether nothing is to be said of a row beside its plan: the other columns are as they are by default.
func isPlain(r *record.Row) bool {
	return !r.Gone && r.State == outcome.New() && r.Attempts == 0 && r.Generation == 0 && len(r.Problems) == 0 && r.RelatedRow == 0 &&
		r.Name == "" && r.Email == "" && r.Error == "" && r.ErrorCode == "" && r.MessageID == "" && r.ContactID == "" &&
		r.SentAt.IsZero() && r.ForgottenAt.IsZero() && r.NotBefore.IsZero()
}

func insertRow(ctx context.Context, insert, plain *sql.Stmt, r *record.Row) error {
	cells, err := textsJSON(r.Cells)
	if err != nil {
		return err
	}
	values, err := textsJSON(r.Values)
	if err != nil {
		return err
	}
	if isPlain(r) {
		_, err = plain.ExecContext(ctx, r.CampaignID, r.Seq, r.Number, cells, r.Phone, r.Person, values, idOrNull(r.Key),
			idOrNull(r.ContentID), string(r.State.Status))
		return err
	}
	var problems []byte
	if len(r.Problems) > 0 {
		if problems, err = json.Marshal(r.Problems); err != nil {
			return err
		}
	}
	_, err = insert.ExecContext(ctx, r.CampaignID, r.Seq, r.Gone, r.Number, cells, r.Phone, r.Person, values,
		r.Name, r.Email, idOrNull(r.Key), idOrNull(r.ContentID), r.Generation, string(problems), string(r.State.Status),
		r.State.Cause, r.State.Doubted, r.State.Refused, millis(r.State.DoubtSince), r.Attempts, r.Error, r.ErrorCode, r.MessageID, r.ContactID,
		millis(r.SentAt), r.RelatedRow, millis(r.ForgottenAt), millis(r.NotBefore))
	return err
}

func idOrNull(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id[:]
}

// HasKey reports whether the plan has a row with one of the keys.
func (s *Staging) HasKey(ctx context.Context, keys []uuid.UUID) (bool, error) {
	if err := s.flush(ctx); err != nil {
		return false, err
	}
	return s.ledger.HasKey(ctx, s.id, keys)
}

// There reports whether the plan is still on its way: another import of its name clears it away.
func (s *Staging) There(ctx context.Context) (there bool, err error) {
	err = s.ledger.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM campaigns WHERE id = $1 AND NOT visible)", s.id).Scan(&there)
	return there, err
}

// Tallies counts the plan's rows.
func (s *Staging) Tallies(ctx context.Context) ([]record.Tally, error) {
	if err := s.flush(ctx); err != nil {
		return nil, err
	}
	return s.ledger.Tallies(ctx, s.id)
}

// Publish makes the plan the campaign's, in one commit, and returns the campaign as it now stands. A campaign of that
// name must not be there, unless it is the rehearsal to be replaced: replaced is erased in the same commit, with the
// opt-outs that it alone has learned.
func (s *Staging) Publish(ctx context.Context, c record.Campaign, replaced *record.Campaign) (record.Campaign, error) {
	if err := s.flush(ctx); err != nil {
		return record.Campaign{}, err
	}
	c.ID, c.CreatedAt = s.id, s.ledger.Now()
	err := s.ledger.write(ctx, func(tx *sql.Tx) error {
		if replaced != nil {
			if err := s.ledger.dropLearned(ctx, tx, *replaced); err != nil {
				return err
			}
			if err := erase(ctx, tx, replaced.ID); err != nil {
				return err
			}
		}
		if err := save(ctx, tx, c); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE campaigns SET visible = TRUE, created_at = $1 WHERE id = $2", millis(c.CreatedAt), c.ID)
		return err
	})
	return c, err
}

// Discard drops the plan. It works on a context that is already cancelled, too.
func (s *Staging) Discard(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	s.pending = chunk{}
	if s.conn != nil { // a bad connection is not used again but ended, and its table with it
		_ = s.conn.Raw(func(any) error { return driver.ErrBadConn })
		return nil
	}
	var name string
	err := s.ledger.db.QueryRowContext(ctx, "SELECT name FROM campaigns WHERE id = $1 AND NOT visible", s.id).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.ledger.DropStaged(ctx, name)
}
