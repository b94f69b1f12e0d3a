package cli

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
)

// asked is what a command line names beside its flags; "" for what it does not.
type asked struct{ campaign, file, results string }

// request is what a command line asks of the desk.
func (s *session) request(c *cobra.Command, names asked) (campaign.Request, error) {
	message, err := s.messageAsked(c.Context(), s.Err)
	req := campaign.Request{
		Command: c.Name(), Flags: changedFlags(c), Campaign: names.campaign, File: names.file,
		Results: names.results, Message: message,
		Settings: s.settings(), Given: map[string]bool{}, Lists: s.listsNamed(), OutDir: s.out,
		First: s.first, Update: s.update, Again: s.again, ContinueEarlier: s.continueEarlier, AskNow: s.askNow, Retry: s.retried, TestTo: s.testTo,
		Rate: s.rate, MaxFailures: s.maxFailures, DoubtDelay: s.doubtDelay, Timeout: s.requestTimeout,
	}
	c.Flags().Visit(func(f *pflag.Flag) { req.Given[f.Name] = true })
	return req, err
}

// runner is who works at the desk.
func runner() record.Run {
	return record.Run{PID: os.Getpid(), Person: userName(), Computer: hostName(), Version: version()}
}
