package cli

import (
	"context"
	"errors"

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
	o.formatFlag(c.Flags())
	o.ledgerFlag(c.Flags())
	o.sandboxFlag(c.Flags())
	return c
}

func (a *app) status(ctx context.Context, o *options, name string) error {
	s, err := a.openFor(ctx, o, name)
	if missing := (*noLedgerError)(nil); name == "" && errors.As(err, &missing) {
		if o.format == "json" {
			return screen.StatusJSON(a.Out, nil)
		}
		missing.tell(a.Out)
		return nil
	}
	if err != nil {
		return err
	}
	defer s.close()
	shown := []record.Campaign{{}}
	if name == "" {
		shown, err = s.ledger.Campaigns(ctx)
	} else if shown[0], err = s.Find(ctx, name); err != nil {
		err = s.refusedBy(ctx, err)
	}
	if err != nil {
		return err
	}
	lines, err := s.statusLines(ctx, shown)
	if err != nil {
		return err
	}
	switch {
	case o.format == "json":
		return screen.StatusJSON(s.Out, lines)
	case name != "":
		runs, err := s.ledger.Runs(ctx, name)
		if err != nil {
			return err
		}
		screen.StatusOne(s.Out, lines[0], runs)
	case len(lines) == 0:
		screen.NoCampaigns(s.Out, s.ledger.Path())
	default:
		screen.Status(s.Out, lines)
	}
	return nil
}

func (s *session) statusLines(ctx context.Context, campaigns []record.Campaign) ([]screen.StatusLine, error) {
	var lines []screen.StatusLine
	for _, c := range campaigns {
		tallies, err := s.ledger.Tallies(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		running, err := s.ledger.Running(ctx, c.Name)
		if err != nil {
			return nil, err
		}
		hours, err := s.VolumeLeft(ctx, c)
		if err != nil {
			return nil, err
		}
		rest, err := s.PartLeft(ctx, c)
		if err != nil {
			return nil, err
		}
		lines = append(lines, screen.StatusLine{Mode: s.mode, Campaign: c, Tallies: tallies, Running: running,
			Ledger: s.options.ledger, Hours: hours, Rest: rest})
	}
	return lines, nil
}
