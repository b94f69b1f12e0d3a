package ledger

import (
	"context"

	"github.com/google/uuid"
)

// Matches says which messages of a plan a campaign has already.
type Matches struct {
	Messaged int  // how many the campaign has sent, or may have sent
	All      bool // the plan's messages are the campaign's, none more and none fewer: an update would change nothing
}

// MatchFinder compares a plan with a campaign while it is read, and changes nothing. It belongs to one goroutine.
type MatchFinder struct {
	ledger          *Ledger
	campaignID      int64
	pending         []any
	asked, matching int
	messaged        int
}

// MatchFinder returns a finder for the campaign.
func (l *Ledger) MatchFinder(campaignID int64) *MatchFinder {
	return &MatchFinder{ledger: l, campaignID: campaignID}
}

// Add looks for one content id.
func (f *MatchFinder) Add(ctx context.Context, contentID uuid.UUID) error {
	f.pending = append(f.pending, contentID[:])
	if f.asked++; len(f.pending) < repeatChunk {
		return nil
	}
	return f.flush(ctx)
}

func (f *MatchFinder) flush(ctx context.Context) error {
	if len(f.pending) == 0 {
		return nil
	}
	var matching, messaged int
	err := f.ledger.db.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE NOT o.gone), count(*) FILTER (WHERE TRUE`+has+`)
		FROM rows o WHERE o.campaign_id = $1 AND o.content_id IN (`+placeholders(1, len(f.pending))+`)`,
		append([]any{f.campaignID}, f.pending...)...).Scan(&matching, &messaged)
	f.matching, f.messaged, f.pending = f.matching+matching, f.messaged+messaged, f.pending[:0]
	return err
}

// Found returns what was found.
func (f *MatchFinder) Found(ctx context.Context) (Matches, error) {
	if err := f.flush(ctx); err != nil {
		return Matches{}, err
	}
	there := 0
	err := f.ledger.db.QueryRowContext(ctx, "SELECT count(*) FROM rows WHERE campaign_id = $1 AND NOT gone AND content_id IS NOT NULL",
		f.campaignID).Scan(&there)
	return Matches{Messaged: f.messaged, All: f.matching == f.asked && f.matching == there}, err
}
