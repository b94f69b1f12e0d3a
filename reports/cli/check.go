package cli

import (
	"slices"
	"time"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/screen"
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
			return a.check(c, o, fix, args[0])
		},
	}
	c.Flags().BoolVar(&fix.fix, "fix", false, "")
	c.Flags().BoolVar(&fix.accepted, "accept-proposed", false, "")
	c.Flags().VarP((*newFile)(&fix.output), "output", "o", "")
	o.flags(c, "campaign,out,format"+messageFlags+fileFlags+whenFlags+accessFlags)
	return c
}

func (a *app) check(c *cobra.Command, o *options, fix *fixOptions, path string) error {
	ctx := c.Context()
	if fix.output != "" && !fix.fix {
		return misuse(a.Err.CheckOutputWithoutFix())
	}
	if fix.accepted && !fix.fix {
		return misuse(a.Err.CheckAcceptedWithoutFix())
	}
	name, err := o.campaignName(path)
	if err != nil {
		return err
	}
	s, err := a.open(ctx, o)
	if err != nil {
		return err
	}
	defer s.close()
	req, err := s.request(c, asked{campaign: name, file: path})
	if err != nil {
		return err
	}
	into := campaign.FixInto{Accepted: fix.accepted}
	if fix.fix {
		if into.Path, err = fix.target(s.Err, path); err != nil {
			return err
		}
		if _, err := o.campaignName(into.Path); err != nil {
			return err
		}
	}
	checked, err := s.Check(ctx, req, into)
	s.tellUnread()
	if err != nil {
		return err
	}
	s.tellUnwritten(checked.Plan)
	return s.tellCheck(checked, fix)
}

// tellCheck prints what a check found, and what sending the file would do.
func (s *session) tellCheck(c *campaign.Checked, fix *fixOptions) error {
	window, toSend := c.Plan.Window, sendable(c.Plan)
	if c.Known != nil && c.Known.Send != nil {
		window, toSend = c.Known.Send.Window, c.Known.Send.Messages()
	}
	shown := screen.CheckOf(s.screenSession(), c.Plan, window.Forecast(toSend, s.rate, time.Now()), c.Next, time.Now())
	shown.Fixes, shown.Known, shown.AcceptCommand = c.Fixes, c.Known, slices.Concat(shown.CheckCommand, campaign.Command{"--fix", "--accept-proposed"})
	if fix.output != "" && c.Fixes.Path == "" {
		shown.AcceptCommand = append(shown.AcceptCommand, "-o", fix.output)
	}
	if c.Known != nil {
		shown.StatusCommand = s.Command("status", c.Known.Campaign.Name)
	}
	if s.format == "json" {
		if err := screen.CheckJSON(s.Out, shown); err != nil {
			return err
		}
	} else {
		screen.Check(s.Out, shown)
	}
	if code := verdict(c.Plan, c.Plan.Request.Settings.SkipInvalid); code != exitOK {
		return &exit{code: code}
	}
	return nil
}
