package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audit"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

func (a *app) verifyCommand() *cobra.Command {
	o := newOptions()
	c := &cobra.Command{
		Use:     "verify",
		GroupID: groupSee,
		Example: a.examples(
			campaign.Command{"verify", "novembre"},
			campaign.Command{"verify", "novembre", "novembre.results.csv"}),
		Args: cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			file := ""
			if len(args) > 1 {
				file = args[1]
			}
			return a.verify(c.Context(), o, campaignArgument(args), file)
		},
	}
	o.formatFlag(c.Flags())
	o.ledgerFlag(c.Flags())
	o.sandboxFlag(c.Flags())
	return c
}

func (a *app) verify(ctx context.Context, o *options, name, file string) error {
	if err := o.validate(); err != nil {
		return err
	}
	s, known, err := a.openKnown(ctx, o, name)
	if err != nil {
		return err
	}
	defer s.close()
	screen := reports.VerifyScreen{Mode: s.mode, Report: s.command("report", name), Campaign: known}
	if err := s.audit(ctx, &screen); err != nil {
		return err
	}
	if err := s.lookAtFile(ctx, &screen, file); err != nil {
		return err
	}
	if o.format == "json" {
		err = reports.VerifyJSON(s.Out, screen)
	} else {
		reports.Verify(s.Out, screen)
	}
	if err == nil && !screen.Holds() {
		return &exit{code: exitAttention}
	}
	return err
}

// lookAtFile holds a results file against the ledger. Without one it only tells of that which the campaign has.
func (s *session) lookAtFile(ctx context.Context, screen *reports.VerifyScreen, file string) (err error) {
	name := screen.Campaign.Name
	if file == "" {
		path := s.mode.Place(screen.Campaign.OutDir, name).Results()
		if _, err := os.Stat(path); err == nil {
			screen.Beside, screen.Look = path, s.command("verify", name, path)
		}
		return nil
	}
	screen.File = file
	screen.Compared, err = s.source(ctx, screen.Campaign).CompareResults(file)
	if other := (*record.NoResultsError)(nil); errors.As(err, &other) {
		return failed(reports.NotItsResults(s.Err, filepath.Base(file), name))
	}
	if err != nil {
		return err
	}
	last, err := s.ledger.LastActivity(ctx, screen.Campaign)
	screen.Stale = last.After(screen.Compared.WrittenAt)
	return err
}

// audit looks at the campaign. It looks again when the campaign was set going meanwhile, for then less is certain.
func (s *session) audit(ctx context.Context, screen *reports.VerifyScreen) error {
	var err error
	if screen.Integrity, err = s.ledger.Integrity(ctx); err != nil {
		return err
	}
	for {
		before, err := s.ledger.Running(ctx, screen.Campaign.Name)
		if err != nil {
			return err
		}
		screen.Running = before != (record.Run{})
		if screen.Campaign, err = s.ledger.Campaign(ctx, screen.Campaign.Name); err != nil {
			return err
		}
		if screen.Places, err = s.ledger.Places(ctx, screen.Campaign.ID); err != nil {
			return err
		}
		if screen.Audit, err = audit.Campaign(ctx, s.ledger, screen.Campaign,
			audit.Options{Running: screen.Running, Rehearsal: s.sandbox}); err != nil {
			return err
		}
		after, err := s.ledger.Running(ctx, screen.Campaign.Name)
		if err != nil || screen.Running || after == before {
			return err
		}
	}
}
