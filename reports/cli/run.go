package cli

import (
	"context"
	"kanal-campaign/campaign/message"
	"os"
	"os/user"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/record"
)

// run is a session that holds a campaign: the only one that may send it.
type run struct {
	*session
	name     string
	request  campaign.Request
	held     *campaign.Held
	campaign record.Campaign
	message  message.Message
	fresh    message.Message // the message as Kanal has it now
	lists    *campaign.Lists // of people to whom nothing is sent; nil without lists
}

// openRun opens a session, makes sure that its ledger is whole, for what it forgot would be sent again, and takes the
// campaign's lock. The caller closes the run.
func (a *app) openRun(c *cobra.Command, o *options, name string) (*run, error) {
	s, err := a.open(c.Context(), o)
	if err != nil {
		return nil, err
	}
	if err := s.ledger.Verify(c.Context()); err != nil {
		s.close()
		return nil, err
	}
	s.flags = c.Flags()
	r := &run{session: s, name: name}
	if r.request, err = s.request(c, name); err == nil {
		r.held, err = s.Hold(c.Context(), r.request)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return r, nil
}

func (r *run) close() {
	if r.held != nil {
		r.LetGo(r.held)
	}
	r.session.close()
}

// takeDigest has the run tell which file it was given, whatever becomes of it: another one may have the campaign's name. One
// that cannot be read is told of later.
func (r *run) takeDigest(path string) { r.held.Run.SHA256, _ = audience.Digest(path) }

// reconnect connects for a campaign that the ledger has, and makes sure that it is the same account and template.
func (r *run) reconnect(ctx context.Context) (err error) {
	r.message, r.fresh, err = r.Reconnect(ctx, r.campaign, r.request.Message, r.requestTimeout)
	r.tellUnread()
	return err
}

func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}

func hostName() string {
	if name, err := os.Hostname(); err == nil {
		return name
	}
	return "unknown"
}
