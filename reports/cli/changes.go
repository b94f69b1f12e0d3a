package cli

import (
	"context"
	"iter"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

// compared is a plan that was compared with its campaign.
type compared interface {
	Sendable(ctx context.Context, campaignID int64) iter.Seq2[ledger.Recipient, error]
}

// changesOf tells how a plan differs from its campaign, and what an update would send now. It judges the plan's hours by that.
func (s *session) changesOf(ctx context.Context, p *campaign.Plan, c record.Campaign, with compared, changes record.Changes,
	first record.FirstRows) (told reports.FileChanges, next *campaign.Selection, err error) {
	c = p.AsPlanned(c)
	c.Limited = false // an update is said yes to as a whole
	next, err = s.Select(ctx, campaign.SelectFrom{Rows: with.Sendable(ctx, c.ID), Campaign: c, OnLists: p.Lists.Has, Judged: true,
		Reach: s.nextOnly()})
	if err != nil {
		return told, nil, err
	}
	told = reports.FileChanges{Changes: changes, First: first, DueDoubts: next.DueDoubts, Due: next.Due, Asked: next.NotDue}
	p.Hours, err = s.judgedBy(ctx, p.Settings, next.Countries.Found)
	return told, next, err
}

// aheadOf tells what resume would send of a campaign whose file is the plan's.
func (s *session) aheadOf(ctx context.Context, p *campaign.Plan, c record.Campaign) (*campaign.Selection, error) {
	c = p.AsPlanned(c)
	next, err := s.Select(ctx, campaign.SelectFrom{Rows: s.ledger.Sendable(ctx, c.ID), Campaign: c, OnLists: p.Lists.Has})
	if err != nil {
		return nil, err
	}
	p.Hours, err = s.judgedBy(ctx, p.Settings, next.Countries.Found)
	return next, err
}
