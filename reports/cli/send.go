package cli

import (
	"time"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/screen"
)

func (a *app) sendCommand() *cobra.Command {
	o := newOptions()
	c := &cobra.Command{
		Use:     "send",
		GroupID: groupRun,
		Example: a.examples(
			campaign.Command{"send", "novembre.csv", "--template", "order_confirmation", "--country", "FR"},
			campaign.Command{"send", "answers.csv", "--country", "FR", "--type", "text", "--text-file", "answer.txt"},
			campaign.Command{"send", "welcome.csv", "--template", "welcome", "--country", "FR", "--sandbox"}),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.send(c, o, args[0])
		},
	}
	o.flags(c, "test-to,first,again,update,campaign,out,format"+messageFlags+fileFlags+whenFlags+sendingFlags+accessFlags)
	return c
}

func (a *app) send(c *cobra.Command, o *options, path string) error {
	name, err := o.campaignName(path)
	if err != nil {
		return err
	}
	if o.testTo != "" {
		return a.testSend(c, o, name, path)
	}
	return a.goThrough(c, o, asked{campaign: name, file: path}, (*campaign.Desk).Send)
}

// tellBlocked shows why a plan may not be sent, and ends with its exit code; nil for one that may be. next spells the command that
// sends it.
func (s *session) tellBlocked(p *campaign.Plan, next []string) error {
	code := verdict(p, p.Settings.SkipInvalid)
	if code == exitOK {
		return nil
	}
	shown := screen.CheckOf(s.screenSession(), p, p.Window.Forecast(sendable(p), s.rate, time.Now()), next, time.Now())
	shown.Sending = true
	if s.format == "json" {
		if err := screen.CheckJSON(s.Out, shown); err != nil {
			return err
		}
	} else {
		screen.Check(s.Out, shown)
	}
	return &exit{code: code}
}
