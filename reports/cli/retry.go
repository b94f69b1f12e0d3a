package cli

import (
	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/reports"
)

func (a *app) retryCommand() *cobra.Command {
	o := newOptions()
	choice := &o.retried
	c := &cobra.Command{
		Use:     "retry",
		GroupID: groupRun,
		Example: a.examples(
			campaign.Command{"retry", "novembre", "--cause", "131049"},
			campaign.Command{"retry", "novembre", "--unknown"}),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.goThrough(c, o, asked{campaign: campaignArgument(args)}, (*campaign.Desk).Retry)
		},
	}
	inGroup(c.Flags(), groupWhich, func(f *flagSet) {
		f.StringSliceVar(&choice.Causes, "cause", nil, "")
		f.IntSliceVar(&choice.Rows, "row", nil, "")
		f.BoolVar(&choice.Unknown, "unknown", false, "")
		f.BoolVar(&choice.NewKey, "new-key", false, "")
	})
	o.suppressFlag(c.Flags())
	o.windowFlags(c.Flags())
	o.hoursFlags(c.Flags())
	o.rateFlag(c.Flags())
	o.sendingFlags(c.Flags())
	o.outFlag(c.Flags())
	o.formatFlag(c.Flags())
	o.progressFlags(c.Flags())
	o.accessFlags(c.Flags())
	return c
}

func (s *session) retryScreen(p *campaign.Proposal) reports.RetryScreen {
	return reports.RetryScreen{
		Mode: s.mode, APIURL: p.APIURL, From: p.From, Campaign: p.Campaign, Message: p.Now, Rows: p.Retry.First, Count: p.Send.Messages(),
		Unknown: p.Request.Retry.Unknown, NewKey: p.Request.Retry.NewKey, Start: p.AsOf, Rate: p.Request.Rate,
		Window: windowScreen(p.Window), TextChanged: !p.Now.Same(p.Was), OldText: p.Was.Skeleton(), NewText: p.Now.Skeleton(),
		Hours: p.Hours, NotTried: reports.NotRetried{Mode: s.mode, Ledger: s.options.ledger, Campaign: p.Campaign,
			Causes: p.Request.Retry.Causes, Unknown: p.Request.Retry.Unknown, NotRetried: p.Retry.NotTaken},
	}
}
