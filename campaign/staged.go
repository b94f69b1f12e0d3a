package campaign

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/record"
)

// staged are the rows of a proposal on their way into the ledger, where nobody sees them yet, and what it was made beside.
type staged struct {
	*ledger.Staging
	known    record.Campaign  // that the rows are for, as the ledger had it; zero for none
	replaced *record.Campaign // that they take the place of; nil for none
	run      int64            // that is under way
	mark     ledger.Mark
	optedOut []string // as results tell, by canonical digits
}

// filedRows are the rows of a campaign in the order of its file: that of the ledger, or the one that a proposal brings.
type filedRows interface {
	Sendable(ctx context.Context, campaignID int64) iter.Seq2[ledger.Recipient, error]
	FirstPlanned(ctx context.Context, c record.Campaign, n int) (through int64, more int, err error)
}

// holds reports whether the proposal can be carried out from its staged rows: they are there, and nothing has happened in the
// ledger that another reading of the file could show. The caller holds the campaign's lock.
func (s *staged) holds(ctx context.Context, d *Desk, name string) (bool, error) {
	mark, err := d.Ledger.Mark(ctx)
	if err != nil || mark != s.mark {
		return false, err
	}
	if there, err := s.There(ctx); err != nil || !there {
		return false, err
	}
	now, err := d.Ledger.Campaign(ctx, name)
	if errors.Is(err, ledger.ErrNoCampaign) {
		return s.known.ID == 0 && s.replaced == nil, nil
	}
	was := s.known
	if s.replaced != nil {
		was = *s.replaced
	}
	return reflect.DeepEqual(now, was), err
}

// discard gives up what was read for the proposal.
func (p *Proposal) discard() error {
	if p.staged == nil {
		return nil
	}
	return p.staged.Discard(context.Background())
}

// publish stores what a person has said yes to: a new campaign, or its new file.
func (s *staged) publish(ctx context.Context, p *Proposal, e *execution) (err error) {
	now := p.desk.Ledger.Now()
	switch p.Kind {
	case ProposeNew:
		if d := p.desk; d.sandbox != nil { // a rehearsal starts over
			if err = d.sandbox.startOver(); err != nil {
				return err
			}
		}
		e.Campaign.ConfirmedAt, e.Campaign.Confirmed = now, p.Send.Messages()
		e.Campaign, err = s.Publish(ctx, e.Campaign, s.replaced)
	case ProposeMoved:
		err = s.Update(ctx, e.Campaign)
	case ProposeUpdate:
		e.Campaign.ConfirmedAt, e.Campaign.FinishedAt = now, time.Time{}
		if err = s.Update(ctx, e.Campaign); err == nil {
			err = e.confirmedUpTo(ctx, p.Send.Messages())
		}
	case ProposeRebuild:
		if err = p.desk.Ledger.RememberOptOuts(ctx, e.Campaign.Account, s.optedOut, p.Rebuild.WrittenAt); err != nil {
			return err
		}
		e.Campaign.ConfirmedAt = now
		if e.Campaign, err = s.Publish(ctx, e.Campaign, nil); err == nil {
			err = e.confirmedUpTo(ctx, p.Send.Messages())
		}
	}
	return err
}
