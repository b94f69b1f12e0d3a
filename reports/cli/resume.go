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
	o.rebuildFlags(c.Flags())
	o.againFlag(c.Flags())
	o.suppressFlag(c.Flags())
	o.windowFlags(c.Flags())
	o.hoursFlags(c.Flags())
	o.rateFlag(c.Flags())
	o.sendingFlags(c.Flags())
	o.firstFlag(c.Flags())
	inGroup(c.Flags(), groupWhen, func(f *flagSet) {
		f.BoolVar(&o.askNow, "ask-now", false, "")
	})
	o.outFlag(c.Flags())
	o.formatFlag(c.Flags())
	o.progressFlags(c.Flags())
	o.accessFlags(c.Flags())
	for _, name := range append(flagNames(needsFrom()), "again") {
		c.Flags().Lookup(name).Annotations[groupAnnotation] = []string{groupRebuild}
	}
	return c
}
