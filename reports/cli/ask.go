package cli

import (
	"context"
	"maps"
	"slices"

	"kanal-campaign/campaign"
	"kanal-campaign/reports"
)

// agreed ends without an error when the selection may be sent: a person has typed its number of messages, or need not be asked.
func (r *run) agreed(ctx context.Context, a campaign.Asking) error {
	if len(a.Reasons()) == 0 {
		return nil
	}
	if refused := a.Refused(campaign.Answering{Rehearsal: r.sandbox, Yes: r.yes, Person: r.InTerminal}); refused != nil &&
		refused.Code != campaign.RefusedNobodyToAsk {
		return refused
	}
	return r.confirm(ctx, a.Messages)
}

// asking is what decides whether a person is asked about a selection that nobody has said yes to.
func asking(sel *campaign.Selection, hours campaign.HoursVerdict) campaign.Asking {
	return campaign.Asking{Messages: sel.Messages(), People: sel.People, Hours: hours, Unconfirmed: true}
}

// keepTo stores to what part of its campaign the run is kept, before anything leaves.
func (r *run) keepTo(ctx context.Context, sel *campaign.Selection) (err error) {
	r.part = sel.Part
	if sel.Part == nil {
		return r.ledger.Save(ctx, r.campaign)
	}
	r.campaign, err = r.ledger.KeepToFirst(ctx, r.campaign, slices.Collect(maps.Keys(sel.Part.Rows)), !sel.Joins)
	return err
}

// firstAreDone says that nothing is left to do about the first people of the plan, and how the campaign goes on: with a question,
// since this command was to stop here.
func (r *run) firstAreDone(ctx context.Context, sel *campaign.Selection) (err error) {
	if !r.campaign.Limited {
		if r.campaign, err = r.ledger.KeepToFirst(ctx, r.campaign, nil, true); err != nil {
			return err
		}
	}
	tallies, err := r.ledger.Tallies(ctx, r.campaign.ID)
	if err != nil {
		return err
	}
	left, err := r.partLeft(ctx, r.campaign)
	if err != nil {
		return err
	}
	words, err := r.resumeCommandOf(ctx, r.campaign, left)
	if err != nil {
		return err
	}
	reports.FirstDone(r.Err, reports.FirstDoneScreen{Mode: r.mode, Campaign: r.campaign, Tallies: tallies, First: r.first, Update: r.update,
		Beyond: sel.Beyond, Left: left, Command: words})
	return &exit{code: exitDecision}
}
