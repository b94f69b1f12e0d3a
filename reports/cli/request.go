package cli

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
)

// request is what the flags ask of the desk.
func (s *session) request(c *cobra.Command, name string) (campaign.Request, error) {
	message, err := s.messageAsked(c.Context(), s.Err)
	req := campaign.Request{
		Command: c.Name(), Flags: changedFlags(c), Campaign: name, Message: message,
		Settings: s.settings(), Given: map[string]bool{}, Lists: s.listsNamed(), OutDir: s.out,
		First: s.first, Update: s.update, ContinueEarlier: s.continueEarlier, AskNow: s.askNow, Retry: s.retried, TestTo: s.testTo,
		Rate: s.rate, MaxFailures: s.maxFailures, DoubtDelay: s.doubtDelay, Timeout: s.requestTimeout,
	}
	c.Flags().Visit(func(f *pflag.Flag) { req.Given[f.Name] = true })
	return req, err
}

// planned is the request of a plan, as far as a plan needs one.
func (o *options) planned(name string) campaign.Request {
	return campaign.Request{Campaign: name, Message: campaign.MessageAsked{TextFile: o.textFile}, Lists: o.listsNamed(), OutDir: o.out,
		Update: o.update, Given: map[string]bool{"holidays": o.holidays != ""}}
}

// runner is who works at the desk.
func runner() record.Run {
	return record.Run{PID: os.Getpid(), Person: userName(), Computer: hostName(), Version: version()}
}
