package ledger

import (
	"context"

	"github.com/google/uuid"

	"kanal-campaign/campaign/record"
)

// repeatChunk is how many content ids one query asks for.
const repeatChunk = 500

// RepeatFinder counts the messages of a plan that campaigns have sent, or may have sent, while it is read. It belongs to one
// goroutine.
type RepeatFinder struct {
	ledger  *Ledger
	own     string
	pending []any
	found   map[int64]int
	idle    bool
}

// RepeatFinder returns a finder for a plan of the campaign named own, which the ledger may have.
func (l *Ledger) RepeatFinder(ctx context.Context, own string) (*RepeatFinder, error) {
	f := &RepeatFinder{ledger: l, own: own, found: map[int64]int{}}
	err := l.db.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM campaigns WHERE visible)").Scan(&f.idle)
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
	counts, err := table[int64, int](ctx, f.ledger.db, `SELECT r.campaign_id, count(*) FROM rows r JOIN campaigns c ON c.id = r.campaign_id
		WHERE c.visible AND r.content_id IN (`+placeholders(1, len(f.pending))+`)
		AND (r.status IN ('sent', 'already_sent', 'unknown') OR r.earlier AND c.name = $1) GROUP BY r.campaign_id`,
		append([]any{f.own}, f.pending...)...)
	for id, n := range counts {
		f.found[id] += n
	}
	f.pending = f.pending[:0]
	return err
}

// Found returns the repeats by campaign, the newest campaign first, and how many messages the plan's own campaign has, which are
// no repeats.
func (f *RepeatFinder) Found(ctx context.Context) (repeats []record.Repeats, own int, err error) {
	if err := f.flush(ctx); err != nil || len(f.found) == 0 {
		return nil, 0, err
	}
	campaigns, err := f.ledger.Campaigns(ctx)
	for _, c := range campaigns {
		switch n := f.found[c.ID]; {
		case c.Name == f.own:
			own = n
		case n > 0:
			repeats = append(repeats, record.Repeats{Campaign: c.Name, Since: c.CreatedAt, Rows: n})
		}
	}
	return repeats, own, err
}
