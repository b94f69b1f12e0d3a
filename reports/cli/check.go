package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/reports"
)

func (a *app) checkCommand() *cobra.Command {
	o := newOptions()
	c := &cobra.Command{
		Use:     "check FILE --template T | --type TYPE … [flags]",
		GroupID: "prepare",
		Short:   "Check a whole file against a template; nothing is sent",
		Long: `Check a whole file against a template. Nothing is sent.

Every row is checked: the numbers, the variables, repetitions. All problems are
listed at once, with the spreadsheet's row numbers and a proposed fix each, here
and in NAME.problems.csv. Exit code 0: ready to send; 4: problems were found.`,
		Example: `  kanal-campaign check novembre.csv --template order_confirmation --country FR`,
		Args:    arguments(cobra.ExactArgs(1), "Name one file: kanal-campaign check FILE --template T."),
		RunE: func(c *cobra.Command, args []string) error {
			return a.check(c.Context(), o, args[0])
		},
	}
	o.messageFlags(c.Flags())
	o.fileFlags(c.Flags())
	o.rateFlag(c.Flags())
	o.hoursFlags(c.Flags())
	o.placeFlags(c.Flags())
	o.formatFlag(c.Flags())
	o.accessFlags(c.Flags())
	return c
}

func (a *app) check(ctx context.Context, o *options, path string) error {
	name, err := o.campaignName(path)
	if err != nil {
		return err
	}
	if !o.namesMessage() {
		return errNoMessage
	}
	s, err := a.open(ctx, o)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.connect(ctx, name); err != nil {
		return err
	}
	message, err := s.askedMessage()
	if err != nil {
		return err
	}
	p, err := s.newPlan(name, path, message, o.settings())
	if err != nil {
		return err
	}
	if err := s.read(ctx, p, func(ledger.Row) error { return nil }); err != nil {
		return err
	}
	screen := s.checkScreen(p, s.sendWords(path))
	if o.format == "json" {
		if err := reports.CheckJSON(s.Out, screen); err != nil {
			return err
		}
	} else {
		reports.Check(s.Out, screen)
	}
	if !p.passes(o.skipInvalid) {
		return &exit{code: exitCheck}
	}
	return nil
}
