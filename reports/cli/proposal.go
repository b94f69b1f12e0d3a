package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/screen"
)

// goThrough is the way of every command that sends: what would happen is proposed, shown, asked about, and carried out.
func (a *app) goThrough(c *cobra.Command, o *options, names asked,
	propose func(*campaign.Desk, context.Context, campaign.Request) (*campaign.Proposal, error)) error {
	ctx := c.Context()
	open := a.open
	if names.file == "" && names.results == "" {
		open = func(ctx context.Context, o *options) (*session, error) { return a.openExisting(ctx, o, names.campaign) }
	}
	s, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer s.close()
	req, err := s.request(c, names)
	if err != nil {
		return err
	}
	p, err := propose(s.Desk, ctx, req)
	s.tellUnread()
	if err != nil {
		return s.tellRefused(err)
	}
	return s.carryThrough(ctx, p)
}

// carryThrough shows a proposal, asks, and carries it out; anew where it has changed meanwhile.
func (s *session) carryThrough(ctx context.Context, p *campaign.Proposal) error {
	return s.tellRefused(s.steadily(func(stale *campaign.StaleError) error {
		if stale != nil {
			p = stale.Proposal
		}
		s.show(ctx, p)
		s.warnOfOthers(p.Keys)
		if err := s.consented(ctx, p.Asking, screen.ConfirmPrompt, p.Decline); err != nil {
			if refused := (*campaign.Refusal)(nil); errors.As(err, &refused) {
				refused.Campaign = p.Campaign
			}
			p.Close()
			return err
		}
		return s.follow(p.Campaign.Name, func(stop <-chan struct{}, watch campaign.Watch) (campaign.Summary, error) {
			return p.CarryOut(ctx, p.Consent(), stop, watch)
		})
	}))
}

// steadily carries out what was proposed, and then, for as long as that has changed meanwhile, what the desk proposes in its place.
func (s *session) steadily(carryOut func(*campaign.StaleError) error) error {
	for stale := (*campaign.StaleError)(nil); ; {
		if err := carryOut(stale); !errors.As(err, &stale) {
			return err
		}
		s.Err.Tell(s.Err.ProposalStale())
	}
}

// show shows what would happen.
func (s *session) show(ctx context.Context, p *campaign.Proposal) {
	if p.Plan != nil {
		s.tellUnwritten(p.Plan)
	}
	shown, asked := s.screenSession(), true
	switch p.Kind {
	case campaign.ProposeNew, campaign.ProposeUpdate:
		shown.Team = s.team(ctx)
	case campaign.ProposeResume, campaign.ProposeMoved:
		asked = len(p.Asking.Reasons()) > 0
	}
	screen.Propose(s.planWriter(asked), shown, p)
}

// screenSession is what screens show of the session.
func (s *session) screenSession() screen.Session {
	return screen.Session{Mode: s.mode, Ledger: s.ledger}
}

// consented ends without an error when what is asked about may be done: a person has typed its number of messages, or need not
// be asked. It calls decline where nobody has, though they might have.
func (s *session) consented(ctx context.Context, a campaign.Asking, prompt func(screen.Face, int) string, decline func()) error {
	refused := a.Refused(s.answering())
	switch {
	case refused != nil && refused.Code != campaign.RefusedNobodyToAsk:
		return refused
	case refused != nil:
		decline()
		return refused
	case s.sandbox || s.yes || len(a.Reasons()) == 0:
		return nil
	}
	err := s.ask(ctx, a.Messages, prompt(s.Err, a.Messages))
	if err != nil {
		decline()
	}
	return err
}

// answering is how questions are answered.
func (s *session) answering() campaign.Answering {
	return campaign.Answering{Rehearsal: s.sandbox, Yes: s.yes, Person: s.InTerminal}
}

// tellRefused shows the plan of a refusal that has one, and ends with its exit code. Every other error it returns as it is.
func (s *session) tellRefused(err error) error {
	var refused *campaign.Refusal
	if !errors.As(err, &refused) || refused.Plan == nil {
		return err
	}
	s.tellUnwritten(refused.Plan)
	return s.tellBlocked(refused.Plan, refused.Plan.Words)
}

// warnOfOthers tells of other ledgers that the key was used with within the hour.
func (s *session) warnOfOthers(others []campaign.KeyElsewhere) {
	if len(others) > 0 {
		s.Err.Tell(screen.KeyElsewhere(s.Err, others[0].Ledger, others[0].At, len(others)-1))
	}
}
