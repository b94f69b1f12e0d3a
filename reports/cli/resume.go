package cli

import (
	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/words"
)

func (a *app) resumeCommand() *cobra.Command {
	o := newOptions()
	c := &cobra.Command{
		Use:     "resume",
		GroupID: groupRun,
		Example: a.examples(
			campaign.Command{"resume", "novembre"},
			campaign.Command{"resume", "--from", "novembre.results.csv"}),
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case o.from == "":
				if err := onlyWithFrom(c); err != nil {
					return err
				}
				return a.goThrough(c, o, asked{campaign: campaignArgument(args)}, (*campaign.Desk).Resume)
			case len(args) > 0:
				return misuseOf((*words.Words).ResumeNamedTwice)
			}
			return a.rebuild(c, o)
		},
	}
	o.flags(c, rebuildsFlags+",suppress,first,ask-now,out,format"+whenFlags+sendingFlags+accessFlags)
	return c
}
