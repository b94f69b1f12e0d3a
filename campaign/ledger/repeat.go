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
	message map[uuid.UUID]int // of the content ids pending
	added   int
	found   map[int64]int
	repeats FoundRepeats
	idle    bool
}

// FoundRepeats are the messages of a plan that were sent before, or may have been.
type FoundRepeats struct {
	Campaigns []record.Repeats // other than the plan's own, the newest first
	Messages  int              // that stand in these, each counted once
	Own       int              // that the plan's own campaign has, which are no repeats
}

// RepeatFinder returns a finder for a plan of the campaign named own, which the ledger may have.
func (l *Ledger) RepeatFinder(ctx context.Context, own string) (*RepeatFinder, error) {
	f := &RepeatFinder{ledger: l, own: own, message: map[uuid.UUID]int{}, found: map[int64]int{}}
	err := l.db.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM campaigns WHERE visible)").Scan(&f.idle)
	return f, err
}

// Add looks for one message, by all its content ids.
func (f *RepeatFinder) Add(ctx context.Context, contentIDs []uuid.UUID) error {
	if f.idle {
		return nil
	}
	for _, id := range contentIDs {
		f.pending, f.message[id] = append(f.pending, id[:]), f.added
	}
	f.added++
	if len(f.pending) < repeatChunk {
		return nil
	}
	return f.flush(ctx)
}

func (f *RepeatFinder) flush(ctx context.Context) error {
	type hit struct {
		campaign int64
		message  int
	}
	if len(f.pending) == 0 {
		return nil
	}
	hits, others := map[hit]bool{}, map[int]bool{}
	query := `SELECT o.campaign_id, o.content_id, c.name <> $1 FROM rows o JOIN campaigns c ON c.id = o.campaign_id
		WHERE c.visible AND o.content_id IN (` + placeholders(1, len(f.pending)) + `)` + has
	for of, err := range stream(ctx, f.ledger.db, func(scan scanner) (of hit, err error) {
		var id uuid.UUID
		var other bool
		err = scan(&of.campaign, &id, &other)
		if of.message = f.message[id]; other {
			others[of.message] = true
		}
		return of, err
	}, query, append([]any{f.own}, f.pending...)...) {
		if err != nil {
			return err
		}
		hits[of] = true
	}
	for of := range hits {
		f.found[of.campaign]++
	}
	f.repeats.Messages += len(others)
	f.pending = f.pending[:0]
	clear(f.message)
	return nil
}

// Found returns what was found.
func (f *RepeatFinder) Found(ctx context.Context) (FoundRepeats, error) {
	if err := f.flush(ctx); err != nil || len(f.found) == 0 {
		return FoundRepeats{}, err
	}
	campaigns, err := f.ledger.Campaigns(ctx)
	for _, c := range campaigns {
		switch n := f.found[c.ID]; {
		case c.Name == f.own:
			f.repeats.Own = n
		case n > 0:
			f.repeats.Campaigns = append(f.repeats.Campaigns, record.Repeats{Campaign: c.Name, Since: c.CreatedAt, Rows: n, Unfinished: c.FinishedAt.IsZero()})
		}
	}
	return f.repeats, err
}
