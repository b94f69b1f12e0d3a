package campaign

import (
	"context"
	"iter"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/record"
)

// MostListed is how many recipients a report lists: of a campaign with more rows, only those that somebody has to look at.
const MostListed = 10_000

// ReportFacts are what a ledger tells about a campaign for its report.
type ReportFacts struct {
	Campaign record.Campaign
	Running  record.Run // that of the process at work on it; zero when there is none
	Tallies  Tallies
	Runs     []record.Run // the oldest first
	Minutes  []record.Minute
	Phones   []record.PhoneGroup
	Problems []record.ProblemGroup
	Limited  bool // Recipients are only those that somebody has to look at, MostListed at the most
	AsOf     time.Time
	// Recipients are read while they are ranged over. An error ends them.
	Recipients iter.Seq2[record.Row, error]
}

// ReportFactsOf reads them. The ledger may be written meanwhile. atEnd is set where a run asks at its end, whose lock the
// campaign's is: nothing else is at work on it.
func ReportFactsOf(ctx context.Context, l *ledger.Ledger, c record.Campaign, atEnd bool) (ReportFacts, error) {
	facts := ReportFacts{Campaign: c, AsOf: l.Now()}
	tallies, err := l.Tallies(ctx, c.ID)
	if err != nil {
		return facts, err
	}
	facts.Tallies = tallies
	if !atEnd {
		if facts.Running, err = l.Running(ctx, c.Name); err != nil {
			return facts, err
		}
	}
	if facts.Runs, err = l.Runs(ctx, c.Name); err != nil {
		return facts, err
	}
	if facts.Minutes, err = l.Minutes(ctx, c.Name); err != nil {
		return facts, err
	}
	if facts.Phones, err = l.PhoneGroups(ctx, c.ID); err != nil {
		return facts, err
	}
	if facts.Problems, err = l.ProblemGroups(ctx, c.ID); err != nil {
		return facts, err
	}
	facts.Limited = facts.Tallies.Rows() > MostListed
	facts.Recipients = l.Recipients(ctx, c.ID, facts.Limited, MostListed)
	return facts, nil
}
