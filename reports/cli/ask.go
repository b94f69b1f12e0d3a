package cli

import (
	"context"
	"maps"
	"slices"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports"
)

// asking is what decides whether a person is asked before a run sends, of whatever kind it is.
type asking struct {
	unconfirmed bool          // more messages than a person has said yes to: a new plan, an update, a retry, after a pilot
	pastFirst   bool          // it goes beyond the people to whom --first kept the run before
	textChanged bool          // the message reads differently now
	planAge     time.Duration // since somebody last said yes to the plan
	overCap     bool          // more people than the daily cap leaves
}

// must reports whether a person is asked.
func (a asking) must() bool {
	return a.unconfirmed || a.pastFirst || a.textChanged || a.planAge > outcome.DoubtLife || a.overCap
}

// agreed ends without an error when the selection may be sent: a person has typed its number of messages, or need not be asked.
func (r *run) agreed(ctx context.Context, sel *selection, hours campaign.HoursVerdict, a asking) error {
	if sel.messages() == 0 || !a.must() {
		return nil
	}
	if err := r.capAnswered(hours, sel.people); err != nil {
		return err
	}
	return r.confirm(ctx, sel.messages())
}

// keepTo stores to what part of its campaign the run is kept, before anything leaves.
func (r *run) keepTo(ctx context.Context, sel *selection) (err error) {
	r.part = sel.part
	if sel.part == nil {
		return r.ledger.Save(ctx, r.campaign)
	}
	r.campaign, err = r.ledger.KeepToFirst(ctx, r.campaign, slices.Collect(maps.Keys(sel.part.Rows)), !sel.joins)
	return err
}

// firstAreDone says that nothing is left to do about the first people of the plan, and how the campaign goes on: with a question,
// since this command was to stop here.
func (r *run) firstAreDone(ctx context.Context, sel *selection) (err error) {
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
		Beyond: sel.beyond, Left: left, Command: words})
	return &exit{code: exitDecision}
}
