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
	"kanal-campaign/reports/screen"
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
	shown := screen.VerifyScreen{Mode: s.mode, Report: s.command("report", name), Campaign: known}
	if err := s.audit(ctx, &shown); err != nil {
		return err
	}
	if err := s.lookAtFile(ctx, &shown, file); err != nil {
		return err
	}
	if o.format == "json" {
		err = screen.VerifyJSON(s.Out, shown)
	} else {
		screen.Verify(s.Out, shown)
	}
	if err == nil && !shown.Holds() {
		return &exit{code: exitAttention}
	}
	return err
}

// lookAtFile holds a results file against the ledger. Without one it only tells of that which the campaign has.
func (s *session) lookAtFile(ctx context.Context, shown *screen.VerifyScreen, file string) (err error) {
	name := shown.Campaign.Name
	if file == "" {
		path := s.mode.Place(shown.Campaign.OutDir, name).Results()
		if _, err := os.Stat(path); err == nil {
			shown.Beside, shown.Look = path, s.command("verify", name, path)
		}
		return nil
	}
	shown.File = file
	shown.Compared, err = s.source(ctx, shown.Campaign).CompareResults(file)
	if other := (*record.NoResultsError)(nil); errors.As(err, &other) {
		return failed(screen.NotItsResults(s.Err, filepath.Base(file), name))
	}
	if err != nil {
		return err
	}
	last, err := s.ledger.LastActivity(ctx, shown.Campaign)
	shown.Stale = last.After(shown.Compared.WrittenAt)
	return err
}

// audit looks at the campaign. It looks again when the campaign was set going meanwhile, for then less is certain.
func (s *session) audit(ctx context.Context, shown *screen.VerifyScreen) error {
	var err error
	if shown.Integrity, err = s.ledger.Integrity(ctx); err != nil {
		return err
	}
	for {
		before, err := s.ledger.Running(ctx, shown.Campaign.Name)
		if err != nil {
			return err
		}
		shown.Running = before != (record.Run{})
		if shown.Campaign, err = s.ledger.Campaign(ctx, shown.Campaign.Name); err != nil {
			return err
		}
		if shown.Places, err = s.ledger.Places(ctx, shown.Campaign.ID); err != nil {
			return err
		}
		if shown.Audit, err = audit.Campaign(ctx, s.ledger, shown.Campaign,
			audit.Options{Running: shown.Running, Rehearsal: s.sandbox}); err != nil {
			return err
		}
		after, err := s.ledger.Running(ctx, shown.Campaign.Name)
		if err != nil || shown.Running || after == before {
			return err
		}
	}
}
