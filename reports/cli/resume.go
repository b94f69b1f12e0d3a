package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/reports"
)

func (a *app) resumeCommand() *cobra.Command {
	o := &options{}
	c := &cobra.Command{
		Use:     "resume [CAMPAIGN] [flags]",
		GroupID: "run",
		Short:   "Go on with an interrupted campaign, from the ledger alone",
		Long: `Go on with an interrupted campaign. The file is not needed: the plan is in the
ledger, as it was confirmed. No one who was messaged is messaged again. Without a
name, the only unfinished campaign is resumed.

It asks again when the plan is over 12 hours old, or when the template's text has
changed since.`,
		Example: `  kanal-campaign resume novembre`,
		Args:    arguments(cobra.MaximumNArgs(1), "Name one campaign: kanal-campaign resume CAMPAIGN."),
		RunE: func(c *cobra.Command, args []string) error {
			return a.resume(c, o, campaignArgument(args))
		},
	}
	o.rateFlag(c.Flags())
	o.sendingFlags(c.Flags())
	inGroup(c.Flags(), groupSafety, func(f *flagSet) {
		f.IntVar(&o.first, "first", 0, "send only the next `N` messages, then stop")
	})
	o.formatFlag(c.Flags())
	o.progressFlags(c.Flags())
	o.accessFlags(c.Flags())
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
	s, err := a.open(ctx, o)
	if err != nil {
		return err
	}
	defer s.close()
	if _, err = s.ledger.Campaign(ctx, name); !errors.Is(err, ledger.ErrNoCampaign) {
		return err
	}
	all, err := s.ledger.Campaigns(ctx)
	if err != nil {
		return err
	}
	return failed("%s", reports.CampaignMissing(name, all, s.mode))
}

// onlyUnfinished returns the name of the one campaign that is not finished, or lists them.
func (a *app) onlyUnfinished(ctx context.Context, o *options) (string, error) {
	s, err := a.open(ctx, o)
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
		return "", decide("No campaign is unfinished: there is nothing to resume. kanal-campaign status lists the campaigns.")
	}
	lines, err := s.statusLines(ctx, unfinished)
	if err != nil {
		return "", err
	}
	reports.Status(s.Err, lines)
	return "", decide("Several campaigns are unfinished. Say which: %s", s.command("resume", "CAMPAIGN"))
}
