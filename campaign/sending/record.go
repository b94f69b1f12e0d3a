package sending

import (
	"context"
	"iter"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Attempts is what one message needs of a ledger. A ledger.Ledger says what each method does.
type Attempts interface {
	Now() time.Time
	Begin(ctx context.Context, row *record.Row, turn ledger.Turn) (attempt int64, err error)
	Settle(ctx context.Context, row *record.Row, s ledger.Settlement) (outcome.Next, error)
}

// Record is what sending a campaign needs of a ledger.
type Record interface {
	Attempts
	Latest(ctx context.Context) (time.Time, error)
	TakeUp(ctx context.Context, campaignID, runID int64, delay time.Duration) (outcome.Brakes, error)
	Tallies(ctx context.Context, campaignID int64) ([]record.Tally, error)
	Queue(ctx context.Context, campaignID, afterSeq int64, limit int) ([]record.Row, error)
	InDoubt(ctx context.Context, campaignID int64) iter.Seq2[record.Row, error]
	LeaveOut(ctx context.Context, row *record.Row, why *ledger.LeftOutError) error
}

var _ Record = (*ledger.Ledger)(nil)
