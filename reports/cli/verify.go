package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
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
	o.flags(c, "format"+ledgerFlags)
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
	v, err := s.Verify(ctx, known, file)
	if err != nil {
		return err
	}
	shown := screen.VerifyScreen{Session: s.screenSession(), Verification: v}
	if o.format == "json" {
		err = screen.VerifyJSON(s.Out, shown)
	} else {
		screen.Verify(s.Out, shown)
	}
	if err == nil && !v.Holds() {
		return &exit{code: exitAttention}
	}
	return err
}
