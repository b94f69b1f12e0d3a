package cli

import (
	"context"
	"os"
	"os/user"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
)

// Why a run ended that sent nothing. Other ends are campaign.StopCode values.
const (
	stoppedNothing  = "not-started"
	stoppedDeclined = "declined"
	stoppedCheck    = "checked"
)

// run is a session that holds a campaign: the only one that may send it.
type run struct {
	*session
	name      string
	inputFile string         // as it was typed; empty when the command names none
	flags     *pflag.FlagSet // as given
	record    ledger.Run
	campaign  ledger.Campaign
	message   campaign.Message
	fresh     campaign.Message // the message as Kanal has it now
	release   func() error
	part      *campaign.Part // to which --first keeps the run; nil for all
	pilot     bool           // that is about the campaign's first messages
	chosen    map[int64]bool // the rows that a retry is about; nil for any other run
	// untriedDoubts are those that a run restricted to some rows leaves to a later one.
	untriedDoubts int
	lists         *campaign.Lists // of people to whom nothing is sent; nil without lists
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
	r := &run{session: s, name: name, flags: c.Flags()}
	if r.release, err = s.ledger.Lock(c.Context(), name); err != nil {
		s.close()
		return nil, err
	}
	r.record, err = s.ledger.StartRun(c.Context(), ledger.Run{
		Campaign: name, Command: c.Name(), Flags: changedFlags(c), PID: os.Getpid(),
		Person: userName(), Computer: hostName(), Version: version(), Updates: o.update,
	})
	if err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *run) close() {
	if r.record.ID != 0 && r.record.EndedAt.IsZero() {
		r.record.EndedAt = time.Now()
		if r.record.Stopped == "" {
			r.record.Stopped = stoppedNothing
		}
		// A run that cannot be closed in the ledger reads as one that died, which is the truth enough.
		_ = r.ledger.SaveRun(context.Background(), r.record)
	}
	if r.release != nil {
		_ = r.release()
	}
	r.session.close()
}

// takeDigest has the run tell which file it was given, whatever becomes of it: another one may have the campaign's name. One
// that cannot be read is told of later.
func (r *run) takeDigest(path string) { r.record.SHA256, _ = audience.Digest(path) }

// reconnect connects for a campaign that the ledger has, and makes sure that it is the same account and template.
func (r *run) reconnect(ctx context.Context) error {
	asked, err := r.messageAsked(ctx, r.Err)
	if err != nil {
		return err
	}
	r.message, r.fresh, err = r.Reconnect(ctx, r.campaign, asked, r.requestTimeout)
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
