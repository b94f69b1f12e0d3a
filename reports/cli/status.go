package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/screen"
)

func (a *app) statusCommand() *cobra.Command {
	o := newOptions()
	c := &cobra.Command{
		Use:     "status",
		GroupID: groupSee,
		Example: a.examples(
			campaign.Command{"status"},
			campaign.Command{"status", "novembre"}),
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.status(c.Context(), o, campaignArgument(args))
		},
	}
	o.flags(c, "format"+ledgerFlags)
	return c
}

func (a *app) status(ctx context.Context, o *options, name string) error {
	s, err := a.openExisting(ctx, o, name)
	if none := refusedAs(err, campaign.RefusedNoLedger); none != nil && name == "" {
		if o.format == "json" {
			return screen.StatusJSON(a.Out, nil)
		}
		screen.Refused(a.Out, none, a.about)
		return nil
	}
	if err != nil {
		return err
	}
	defer s.close()
	campaigns := []record.Campaign{{}}
	if name == "" {
		campaigns, err = s.Campaigns(ctx)
	} else {
		campaigns[0], err = s.Find(ctx, name)
	}
	if err != nil {
		return err
	}
	status, err := s.Status(ctx, campaigns...)
	if err != nil {
		return err
	}
	lines := screen.StatusLines(s.screenSession(), status)
	switch {
	case o.format == "json":
		return screen.StatusJSON(s.Out, lines)
	case name != "":
		runs, err := s.Runs(ctx, name)
		if err != nil {
			return err
		}
		screen.StatusOne(s.Out, lines[0], runs)
	case len(lines) == 0:
		screen.NoCampaigns(s.Out, s.Ledger.Path())
	default:
		screen.Status(s.Out, lines)
	}
	return nil
}
