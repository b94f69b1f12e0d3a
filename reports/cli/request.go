package cli

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
)

// request is what the flags ask of the desk.
func (s *session) request(c *cobra.Command, name string) (campaign.Request, error) {
	message, err := s.messageAsked(c.Context(), s.Err)
	req := campaign.Request{
		Command: c.Name(), Flags: changedFlags(c), Campaign: name, Message: message,
		Settings: s.settings(), Given: map[string]bool{}, Lists: s.listsNamed(), OutDir: s.out,
		First: s.first, Update: s.update, ContinueEarlier: s.continueEarlier, AskNow: s.askNow, Retry: s.retried,
		Rate: s.rate, MaxFailures: s.maxFailures, DoubtDelay: s.doubtDelay, Timeout: s.requestTimeout,
	}
	c.Flags().Visit(func(f *pflag.Flag) { req.Given[f.Name] = true })
	return req, err
}

// runner is who works at the desk.
func runner() ledger.Run {
	return ledger.Run{PID: os.Getpid(), Person: userName(), Computer: hostName(), Version: version()}
}
