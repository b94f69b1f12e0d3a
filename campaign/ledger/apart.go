package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"iter"

	"kanal-campaign/campaign/record"
)

// Apart is a plan that is compared with a campaign, and nothing else: it stands in a temporary table, which nobody else sees
// and which is gone with it or with the process. No lock is needed for it. It belongs to one goroutine.
type Apart struct {
	conn    *sql.Conn
	seq     int64
	pending chunk
	// Several is true where one person may get several messages of the campaign: --duplicates allow.
	Several bool
}

// apartID stands for a campaign that there is not.
const apartID = -1

const apartSchema = `
CREATE TEMP TABLE apart (seq INTEGER PRIMARY KEY, id INTEGER, campaign_id INTEGER, number INTEGER, cells TEXT, phone TEXT,
	person TEXT, field_values TEXT, content_id BLOB, status TEXT);
CREATE INDEX apart_content ON apart (content_id) WHERE content_id IS NOT NULL;
CREATE INDEX apart_person ON apart (person) WHERE person <> '';`

// Apart begins such a plan. The caller closes it.
func (l *Ledger) Apart(ctx context.Context) (*Apart, error) {
	conn, err := l.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	a := &Apart{conn: conn}
	if _, err := conn.ExecContext(ctx, apartSchema); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// Close drops the plan.
func (a *Apart) Close() {
	// A bad connection is not used again but ended, and the table with it.
	_ = a.conn.Raw(func(any) error { return driver.ErrBadConn })
}

// Add appends a row to the plan.
func (a *Apart) Add(ctx context.Context, row record.Row) error {
	a.seq++
	row.Seq = a.seq
	if full := a.pending.add(row); !full {
		return nil
	}
	return a.flush(ctx)
}

// flush writes without the ledger's write lock, which a transaction of the pool would take.
func (a *Apart) flush(ctx context.Context) error {
	if len(a.pending.rows) == 0 {
		return nil
	}
	tx, err := a.conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // but for what is temporary
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, "INSERT INTO apart VALUES ("+placeholders(0, 10)+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, r := range a.pending.rows {
		cells, err := json.Marshal(r.Cells)
		if err != nil {
			return err
		}
		values, err := json.Marshal(r.Values)
		if err != nil {
			return err
		}
		_, err = insert.ExecContext(ctx, r.Seq, r.Seq, apartID, r.Number, string(cells), r.Phone, r.Person, string(values), idOrNull(r.ContentID),
			string(r.State.Status))
		if err != nil {
			return err
		}
	}
	a.pending.empty()
	return tx.Commit()
}

// Compare tells what Update would do with this plan to the campaign, and to which rows.
func (a *Apart) Compare(ctx context.Context, campaignID int64) (record.Changes, record.FirstRows, error) {
	if err := a.flush(ctx); err != nil {
		return record.Changes{}, record.FirstRows{}, err
	}
	return a.compared().changes(ctx, campaignID)
}

// Sendable is that of Staging. Nothing else may be asked of the plan in the meantime.
func (a *Apart) Sendable(ctx context.Context, campaignID int64) iter.Seq2[Recipient, error] {
	return a.compared().sendable(ctx, campaignID)
}

func (a *Apart) compared() comparison { return comparison{a.conn, onApart, apartID, a.Several} }
