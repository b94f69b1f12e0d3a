package cli

import (
	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
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
	f := c.Flags()
	f.StringSliceVar(&choice.Causes, "cause", nil, "")
	f.IntSliceVar(&choice.Rows, "row", nil, "")
	f.BoolVar(&choice.Unknown, "unknown", false, "")
	f.BoolVar(&choice.NewKey, "new-key", false, "")
	o.flags(c, "suppress,out,format"+whenFlags+sendingFlags+accessFlags)
	return c
}
