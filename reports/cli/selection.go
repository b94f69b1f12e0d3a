package cli

import (
	"context"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
)

// reachOfFirst tells how far --first lets the run go on with its campaign. send means the first people of the plan, whatever came of
// them; resume, and an update that was taken over already, the next people: as long as some of a part that --first has begun are
// left, nobody beyond them.
func (r *run) reachOfFirst(ctx context.Context) (*campaign.Reach, error) {
	if r.first == 0 {
		return nil, nil
	}
	reach := &campaign.Reach{Next: r.first, Limited: r.campaign.Limited}
	if r.record.Command == "send" && !r.update {
		var err error
		reach.Plan = true
		reach.Through, reach.More, err = r.ledger.FirstPlanned(ctx, r.campaign, r.first)
		return reach, err
	}
	left, err := r.partLeft(ctx, r.campaign)
	reach.Part = left > 0 || r.update && r.campaign.Limited
	return reach, err
}

// partLeft is how many messages are left of the part to which --first keeps a campaign; 0 where it keeps it to none.
func (s *session) partLeft(ctx context.Context, c ledger.Campaign) (int, error) {
	if !c.Limited {
		return 0, nil
	}
	return s.left(ctx, c, func(person ledger.Recipient) bool { return person.Part != ledger.NoPart })
}

// left counts the messages of some rows that a run could send now.
func (s *session) left(ctx context.Context, c ledger.Campaign, of func(ledger.Recipient) bool) (int, error) {
	sel, err := s.Select(ctx, campaign.SelectFrom{Campaign: c, OnLists: func(string) bool { return false },
		Rows: func(yield func(ledger.Recipient, error) bool) {
			for person, err := range s.ledger.Sendable(ctx, c.ID) {
				if (err != nil || of(person)) && !yield(person, err) {
					return
				}
			}
		}})
	if err != nil {
		return 0, err
	}
	return sel.Messages(), nil
}

// selected is what the run sends of its campaign.
func (r *run) selected(ctx context.Context) (*campaign.Selection, error) {
	reach, err := r.reachOfFirst(ctx)
	if err != nil {
		return nil, err
	}
	return r.Select(ctx, campaign.SelectFrom{Rows: r.ledger.Sendable(ctx, r.campaign.ID), Campaign: r.campaign, OnLists: r.lists.Has, Reach: reach})
}

// nextOnly is the reach of --first in a plan that is new, or newly compared.
func (o *options) nextOnly() *campaign.Reach {
	if o.first == 0 {
		return nil
	}
	return &campaign.Reach{Next: o.first}
}
