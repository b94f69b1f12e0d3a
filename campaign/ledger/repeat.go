package ledger

import (
	"context"

	"github.com/google/uuid"

	"kanal-campaign/campaign/record"
)

// repeatChunk is how many content ids one query asks for.
const repeatChunk = 500

// RepeatFinder counts repeats while a plan is read. It belongs to one goroutine.
type RepeatFinder struct {
	ledger  *Ledger
	except  string
	pending []any
	found   map[int64]int
	idle    bool
}

// RepeatFinder returns a finder that leaves the campaign named except out: its own rows are no repeats.
func (l *Ledger) RepeatFinder(ctx context.Context, except string) (*RepeatFinder, error) {
	f := &RepeatFinder{ledger: l, except: except, found: map[int64]int{}}
	err := l.db.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM campaigns WHERE visible AND name <> $1)", except).Scan(&f.idle)
	return f, err
}

// Add looks for one content id.
func (f *RepeatFinder) Add(ctx context.Context, contentID uuid.UUID) error {
	if f.idle {
		return nil
	}
	f.pending = append(f.pending, contentID[:])
	if len(f.pending) < repeatChunk {
		return nil
	}
	return f.flush(ctx)
}

func (f *RepeatFinder) flush(ctx context.Context) error {
	if len(f.pending) == 0 {
		return nil
	}
	rows, err := f.ledger.db.QueryContext(ctx, `SELECT r.campaign_id, count(*) FROM rows r JOIN campaigns c ON c.id = r.campaign_id
		WHERE c.name <> $1 AND c.visible AND r.content_id IN (`+placeholders(1, len(f.pending))+`)
		AND r.status IN ('sent', 'already_sent', 'unknown') GROUP BY r.campaign_id`, append([]any{f.except}, f.pending...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return err
		}
		f.found[id] += n
	}
	f.pending = f.pending[:0]
	return rows.Err()
}

// Found returns the repeats by campaign, the newest campaign first.
func (f *RepeatFinder) Found(ctx context.Context) ([]record.Repeats, error) {
	if err := f.flush(ctx); err != nil || len(f.found) == 0 {
		return nil, err
	}
	campaigns, err := f.ledger.Campaigns(ctx)
	if err != nil {
		return nil, err
	}
	var repeats []record.Repeats
	for _, c := range campaigns {
		if n := f.found[c.ID]; n > 0 {
			repeats = append(repeats, record.Repeats{Campaign: c.Name, Since: c.CreatedAt, Rows: n})
		}
	}
	return repeats, nil
}
