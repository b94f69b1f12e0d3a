package cli

import (
	"context"
	"kanal-campaign/campaign/message"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

func (a *app) checkCommand() *cobra.Command {
	o := newOptions()
	fix := &fixOptions{}
	c := &cobra.Command{
		Use:     "check",
		GroupID: groupPrepare,
		Example: a.examples(
			campaign.Command{"check", "novembre.csv", "--template", "order_confirmation", "--country", "FR"},
			campaign.Command{"check", "novembre.xlsx", "--template", "order_confirmation", "--country", "FR", "--fix", "-o", "clean.xlsx"}),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.check(c.Context(), o, fix, args[0], c.Flags())
		},
	}
	o.messageFlags(c.Flags())
	o.fileFlags(c.Flags())
	o.suppressFlag(c.Flags())
	o.gapFlag(c.Flags())
	o.windowFlags(c.Flags())
	o.rateFlag(c.Flags())
	o.hoursFlags(c.Flags())
	o.placeFlags(c.Flags())
	fix.flags(c.Flags())
	o.formatFlag(c.Flags())
	o.accessFlags(c.Flags())
	return c
}

func (a *app) check(ctx context.Context, o *options, fix *fixOptions, path string, flags *pflag.FlagSet) error {
	if fix.output != "" && !fix.fix {
		return misuse("%s", a.Err.CheckOutputWithoutFix())
	}
	name, err := o.campaignName(path)
	if err != nil {
		return err
	}
	if !o.namesMessage() {
		return o.noMessage()
	}
	s, err := a.open(ctx, o)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.connect(ctx, name); err != nil {
		return err
	}
	message, err := s.askedMessage(ctx)
	if err != nil {
		return err
	}
	p, fixes, err := s.checked(ctx, name, path, message, fix)
	if err != nil {
		return err
	}
	defer func() {
		if p.Apart != nil {
			p.Apart.Close()
		}
	}()
	known, err := s.readBeside(ctx, p, flags)
	if err != nil {
		return err
	}
	if p.Report != nil && fixes.Path != "" {
		p.Report.Groups = append(p.Report.Groups, fixes.Groups...)
		p.Report.File = append(p.Report.File, fixes.Notes...)
	}
	return s.tellCheck(ctx, p, known, fixes)
}

// tellCheck prints what a check found, and what sending the file would do.
func (s *session) tellCheck(ctx context.Context, p *campaign.Plan, known *record.Campaign, fixes reports.Fixes) error {
	standing, err := s.standing(ctx, p, known)
	if err != nil {
		return err
	}
	if standing != nil && p.Apart == nil && !standing.OtherName() {
		p.DropDecisions()
	}
	next, err := s.standingWords(ctx, p, standing)
	if err != nil {
		return err
	}
	screen := s.checkScreen(p, next)
	screen.Fixes, screen.Standing = fixes, standing
	if s.format == "json" {
		if err := reports.CheckJSON(s.Out, screen); err != nil {
			return err
		}
	} else {
		reports.Check(s.Out, screen)
	}
	if code := verdict(p, s.skipInvalid); code != exitOK {
		return &exit{code: code}
	}
	return nil
}

// checked is the plan that is checked: the file's, or that of the file which --fix has made of it.
func (s *session) checked(ctx context.Context, name, path string, m message.Message, fix *fixOptions) (*campaign.Plan, reports.Fixes, error) {
	p, err := s.newPlan(name, path, m, s.settings())
	if err != nil || !fix.fix {
		return p, reports.Fixes{}, err
	}
	target, err := fix.target(s.Err, path)
	if err != nil {
		return nil, reports.Fixes{}, err
	}
	fixes, err := s.fixInto(ctx, p, target)
	if err == nil {
		err = s.Note(ctx, name, path, fixes.Path)
	}
	if err != nil || fixes.Path == "" {
		return p, fixes, err
	}
	s.sheet = "" // the new file has one at the most
	if name, err = s.campaignName(target); err != nil {
		return nil, fixes, err
	}
	p, err = s.newPlan(name, target, m, s.settings())
	return p, fixes, err
}
