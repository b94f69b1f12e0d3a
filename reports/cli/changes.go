package cli

import (
	"context"
	"iter"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/reports"
)

// compared is a plan that was compared with its campaign.
type compared interface {
	Sendable(ctx context.Context, campaignID int64) iter.Seq2[ledger.Recipient, error]
}

// changesOf tells how a plan differs from its campaign, and what an update would send now. It judges the plan's hours by that.
func (s *session) changesOf(ctx context.Context, p *plan, c ledger.Campaign, with compared, changes ledger.Changes,
	first ledger.FirstRows) (told reports.FileChanges, next *selection, err error) {
	c = p.asPlanned(c)
	c.Limited = false // an update is said yes to as a whole
	next, err = s.selectFrom(ctx, from{rows: with.Sendable(ctx, c.ID), campaign: c, suppressed: p.isSuppressed, judged: true,
		reach: s.nextOnly()})
	if err != nil {
		return told, nil, err
	}
	told = reports.FileChanges{Changes: changes, First: first, DueDoubts: next.dueDoubts, Due: next.due, Asked: next.asked}
	p.hours, err = s.judgedBy(ctx, p.settings, next.where.found)
	return told, next, err
}

// asPlanned is the campaign with the settings by which the plan is judged.
func (p *plan) asPlanned(c ledger.Campaign) ledger.Campaign {
	c.Settings = p.settings
	return c
}

// isSuppressed reports whether a person is on one of the plan's lists.
func (p *plan) isSuppressed(person string) bool {
	return p.suppressing != nil && p.suppressing(person) != ""
}

// aheadOf tells what resume would send of a campaign whose file is the plan's.
func (s *session) aheadOf(ctx context.Context, p *plan, c ledger.Campaign) (*selection, error) {
	c = p.asPlanned(c)
	next, err := s.selectFrom(ctx, from{rows: s.ledger.Sendable(ctx, c.ID), campaign: c, suppressed: p.isSuppressed})
	if err != nil {
		return nil, err
	}
	p.hours, err = s.judgedBy(ctx, p.settings, next.where.found)
	return next, err
}

// several reports whether a plan may have several messages for one person.
func (p *plan) several() bool { return p.settings.Duplicates == campaign.DuplicatesAllow }
