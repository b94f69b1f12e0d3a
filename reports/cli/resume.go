package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports"
)

func (a *app) resumeCommand() *cobra.Command {
	o := newOptions()
	c := &cobra.Command{
		Use:     "resume",
		GroupID: groupRun,
		Example: a.examples(
			campaign.Command{"resume", "novembre"},
			campaign.Command{"resume", "--from", "novembre.results.csv"}),
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case o.from == "":
				if err := onlyWithFrom(c); err != nil {
					return err
				}
				return a.resume(c, o, campaignArgument(args))
			case len(args) > 0:
				return misuse("Name the campaign in one way: the results file tells its name, or --campaign does.")
			}
			return a.rebuild(c, o)
		},
	}
	o.rebuildFlags(c.Flags())
	o.againFlag(c.Flags())
	o.suppressFlag(c.Flags())
	o.windowFlags(c.Flags())
	o.hoursFlags(c.Flags())
	o.rateFlag(c.Flags())
	o.sendingFlags(c.Flags())
	o.firstFlag(c.Flags())
	inGroup(c.Flags(), groupWhen, func(f *flagSet) {
		f.BoolVar(&o.askNow, "ask-now", false, "")
	})
	o.outFlag(c.Flags())
	o.formatFlag(c.Flags())
	o.progressFlags(c.Flags())
	o.accessFlags(c.Flags())
	for _, name := range append(flagNames(needsFrom()), "again") {
		c.Flags().Lookup(name).Annotations[groupAnnotation] = []string{groupRebuild}
	}
	return c
}

func (a *app) resume(c *cobra.Command, o *options, name string) error {
	ctx := c.Context()
	if name == "" {
		var err error
		if name, err = a.onlyUnfinished(ctx, o); err != nil {
			return err
		}
	}
	r, err := a.openKnown(c, o, name)
	if err != nil {
		return err
	}
	defer r.close()
	if !r.campaign.FinishedAt.IsZero() {
		return r.finished(ctx)
	}
	if err := r.reconnect(ctx); err != nil {
		return err
	}
	if err := r.place(ctx); err != nil {
		return err
	}
	r.takeWhen()
	return r.resume(ctx)
}

// openKnown takes the lock of a campaign that the ledger must have.
func (a *app) openKnown(c *cobra.Command, o *options, name string) (*run, error) {
	if err := a.mustKnow(c.Context(), o, name); err != nil {
		return nil, err
	}
	r, err := a.openRun(c, o, name)
	if err != nil {
		return nil, err
	}
	if r.campaign, err = r.ledger.Campaign(c.Context(), name); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

// mustKnow says so, with the names that there are, when the ledger has no such campaign. It locks and records nothing.
func (a *app) mustKnow(ctx context.Context, o *options, name string) error {
	s, err := a.openExisting(ctx, o)
	if missing := (*noLedgerError)(nil); errors.As(err, &missing) && a.isElsewhere(ctx, o, name) {
		return failed("%s", reports.CampaignElsewhere(name, modeOf(o)))
	}
	if err != nil {
		return err
	}
	defer s.close()
	if _, err = s.ledger.Campaign(ctx, name); !errors.Is(err, ledger.ErrNoCampaign) {
		return err
	}
	if a.isElsewhere(ctx, o, name) {
		return failed("%s", reports.CampaignElsewhere(name, s.mode))
	}
	all, err := s.ledger.Campaigns(ctx)
	if err != nil {
		return err
	}
	return failed("%s", reports.CampaignMissing(s.Err, name, all, s.mode))
}

// onlyUnfinished returns the name of the one campaign that is not finished, or lists them.
func (a *app) onlyUnfinished(ctx context.Context, o *options) (string, error) {
	s, err := a.openExisting(ctx, o)
	if err != nil {
		return "", err
	}
	defer s.close()
	all, err := s.ledger.Campaigns(ctx)
	if err != nil {
		return "", err
	}
	var unfinished []ledger.Campaign
	for _, c := range all {
		if c.FinishedAt.IsZero() {
			unfinished = append(unfinished, c)
		}
	}
	switch len(unfinished) {
	case 1:
		return unfinished[0].Name, nil
	case 0:
		return "", decideBy("No campaign is unfinished: there is nothing to resume. To see the campaigns:", s.command("status"))
	}
	lines, err := s.statusLines(ctx, unfinished)
	if err != nil {
		return "", err
	}
	reports.Status(s.Err, lines)
	return "", decideBy("Several campaigns are unfinished. Say which:", s.command(append([]string{"resume", "CAMPAIGN"}, o.firstWords()...)...))
}

// resume goes on with an unfinished campaign, as it was planned. Whether it asks, asking tells.
func (r *run) resume(ctx context.Context) error {
	if err := r.suppressKnown(ctx); err != nil {
		return err
	}
	sel, err := r.selected(ctx)
	if err != nil {
		return err
	}
	if r.first > 0 && r.record.Command == "send" && sel.Messages() == 0 && sel.Beyond > 0 {
		return r.firstAreDone(ctx, sel)
	}
	screen, asked, err := r.resumeScreen(ctx, sel)
	if err != nil {
		return err
	}
	reports.Resume(r.planWriter(screen.Ask), screen)
	if err := r.agreed(ctx, asked); err != nil {
		return err
	}
	if screen.Ask {
		if err := r.confirmed(ctx, screen.ToSend); err != nil {
			return err
		}
		r.campaign.Limited = r.campaign.Limited && sel.Part != nil
	}
	if err := r.keepTo(ctx, sel); err != nil {
		return err
	}
	if err := r.suppressPending(ctx); err != nil {
		return err
	}
	return r.carryOut(ctx, r.fresh, sel, nil)
}

// resumeScreen is what a resume shows: whom it sends to, and whether it asks.
func (r *run) resumeScreen(ctx context.Context, sel *campaign.Selection) (screen reports.ResumeScreen, asked campaign.Asking, err error) {
	latest, err := r.ledger.Latest(ctx)
	if err != nil {
		return screen, asked, err
	}
	screen = reports.ResumeScreen{
		Mode: r.mode, APIURL: r.Client().BaseURL(), Ledger: r.options.ledger, Campaign: r.campaign, From: r.Account(), SameFrom: true,
		TemplateChanged: !r.fresh.Same(r.message), OldText: r.message.Skeleton(), NewText: r.fresh.Skeleton(),
		ToSend: sel.Messages(), Doubts: sel.Doubts, People: sel.People, Rate: r.rate, Start: time.Now(),
		PlanAge: latest.Sub(r.campaign.ConfirmedAt), Window: windowScreen(sel.Window.Forecast(sel.Messages(), r.rate, time.Now())),
		Suppressed: sel.OnLists, Barred: sel.NoLonger,
	}
	if screen.Hours, err = r.judgedBy(ctx, r.campaign.Settings, sel.Countries.Found); err != nil {
		return screen, asked, err
	}
	screen.Hours.GoesOn = r.record.Command == "send"
	if err := r.describeEarlier(ctx, &screen, latest); err != nil {
		return screen, asked, err
	}
	asked = campaign.Asking{Messages: sel.Messages(), People: sel.People, TextChanged: screen.TemplateChanged, PlanAge: screen.PlanAge,
		PastFirst: sel.PastFirst, Hours: screen.Hours}
	asked.Unconfirmed, err = r.beyondConfirmed(ctx, sel.Messages())
	screen.Ask, screen.PastFirst = len(asked.Reasons()) > 0, asked.PastFirst && !asked.Unconfirmed
	return screen, asked, err
}

// confirmed notes in the campaign that a person has said yes to the plan, to the message's text as it is now, and to so many messages
// more.
func (r *run) confirmed(ctx context.Context, toSend int) error {
	r.campaign.ConfirmedAt = time.Now()
	if !r.fresh.Same(r.message) {
		text, err := json.Marshal(r.fresh)
		if err != nil {
			return err
		}
		r.campaign.Message = text
	}
	return r.confirmedUpTo(ctx, toSend)
}

// confirmedUpTo notes how many messages of the campaign have been said yes to.
func (r *run) confirmedUpTo(ctx context.Context, toSend int) error {
	tried, err := r.tried(ctx)
	if err != nil {
		return err
	}
	r.campaign.Confirmed = max(r.campaign.Confirmed, tried+toSend)
	return nil
}

// beyondConfirmed reports whether sending so many would pass what was confirmed.
func (r *run) beyondConfirmed(ctx context.Context, toSend int) (bool, error) {
	tried, err := r.tried(ctx)
	return tried+toSend > r.campaign.Confirmed, err
}

// tried counts the people who need no further yes: who were messaged or refused, or are in doubt past any retry.
func (r *run) tried(ctx context.Context) (int, error) {
	n := 0
	tallies, err := r.ledger.Tallies(ctx, r.campaign.ID)
	if err != nil {
		return 0, err
	}
	for _, t := range tallies {
		switch t.Status {
		case outcome.Sent, outcome.AlreadySent, outcome.Rejected, outcome.Unknown:
			if !t.Gone {
				n += t.Rows
			}
		}
	}
	doubts, err := r.dueDoubts(ctx)
	return n - doubts, err
}

// sentNothing reports whether a run ended before it could send.
func sentNothing(earlier ledger.Run) bool {
	return earlier.Stopped == stoppedNothing || earlier.Stopped == stoppedDeclined || earlier.Stopped == stoppedCheck ||
		earlier.Command == ledger.TestCommand
}

// describeEarlier fills in what earlier runs did.
func (r *run) describeEarlier(ctx context.Context, screen *reports.ResumeScreen, now time.Time) error {
	runs, err := r.ledger.Runs(ctx, r.name)
	if err != nil {
		return err
	}
	for _, earlier := range runs {
		if earlier.ID != r.record.ID && !sentNothing(earlier) {
			screen.LastRun = earlier
		}
	}
	if screen.Tallies, err = r.ledger.Tallies(ctx, r.campaign.ID); err != nil {
		return err
	}
	const shown = 3
	for row, err := range r.ledger.InDoubt(ctx, r.campaign.ID) {
		if err != nil {
			return err
		}
		if row.State.Abandon().Due(now) {
			continue
		}
		screen.OldDoubts++
		if len(screen.DoubtRows) < shown {
			screen.DoubtRows = append(screen.DoubtRows, row)
		}
	}
	departed, err := r.ledger.DepartedDoubts(ctx, r.campaign.ID)
	if slices.Contains(r.suppress, noList) {
		screen.Lifted = campaign.Tallies(screen.Tallies).LeftOutFor(outcome.CauseSuppressed)
	}
	screen.OldDoubts += len(departed)
	screen.DoubtRows = append(screen.DoubtRows, departed[:min(len(departed), shown-len(screen.DoubtRows))]...)
	return err
}

// pending counts the rows that are not sent yet.
func (r *run) pending(ctx context.Context) (int, error) { return r.pendingOf(ctx, r.campaign.ID) }

// pendingOf counts the rows of a campaign that are not sent yet.
func (s *session) pendingOf(ctx context.Context, campaignID int64) (int, error) {
	tallies, err := s.ledger.Tallies(ctx, campaignID)
	n := 0
	for _, t := range tallies {
		if t.Status == outcome.Pending && !t.Gone {
			n += t.Rows
		}
	}
	return n, err
}

// dueDoubts counts the rows in doubt that a run tries again by itself.
func (r *run) dueDoubts(ctx context.Context) (int, error) { return r.dueDoubtsAmong(ctx, nil) }

// dueDoubtsAmong counts the doubts that are young enough for that; only those of the ids, unless they are nil.
func (r *run) dueDoubtsAmong(ctx context.Context, ids map[int64]bool) (int, error) {
	sel, err := r.Select(ctx, campaign.SelectFrom{Campaign: r.campaign, OnLists: r.lists.Has,
		Rows: func(yield func(ledger.Recipient, error) bool) {
			for person, err := range r.ledger.Sendable(ctx, r.campaign.ID) {
				wanted := person.State.Status == outcome.Unknown && (ids == nil || ids[person.ID])
				if (err != nil || wanted) && !yield(person, err) {
					return
				}
			}
		}})
	if err != nil {
		return 0, err
	}
	return sel.Doubts, nil
}

// finished tells that a campaign is over and what one can do.
func (r *run) finished(ctx context.Context) error {
	tallies, err := r.ledger.Tallies(ctx, r.campaign.ID)
	if err != nil {
		return err
	}
	var lifted campaign.Command
	if slices.Contains(r.suppress, noList) && campaign.Tallies(tallies).LeftOutFor(outcome.CauseSuppressed) > 0 {
		words := append(r.updateWords(cmp.Or(r.inputFile, r.campaign.File.Path)), r.firstWords()...)
		if r.inputFile == "" {
			words = append(words, "--campaign", r.name)
		}
		lifted = r.command(words...)
	}
	reports.FinishedAndLifted(r.Err, r.campaign, tallies, r.mode, r.options.ledger, lifted)
	return &exit{code: exitDecision}
}
