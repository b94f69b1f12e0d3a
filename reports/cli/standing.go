package cli

import (
	"context"
	"errors"
	"fmt"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/reports"
)

// known finds the campaign that sending the plan would go on with; its rows are compared while the plan is read. A finished
// rehearsal starts over, so that it is none.
func (s *session) known(ctx context.Context, p *plan) (*ledger.Campaign, error) {
	known, err := s.ledger.Campaign(ctx, p.name)
	switch {
	case errors.Is(err, ledger.ErrNoCampaign):
		return nil, nil
	case err != nil:
		return nil, err
	case s.sandbox && !known.FinishedAt.IsZero():
		return nil, nil
	}
	p.matches = s.ledger.MatchFinder(known.ID)
	return &known, nil
}

// standing tells what send would do with a plan that was read, where the ledger has its campaign.
func (s *session) standing(ctx context.Context, p *plan, known *ledger.Campaign) (*reports.Standing, error) {
	if known == nil || p.report == nil {
		return nil, nil
	}
	found, err := p.matches.Found(ctx)
	if err != nil {
		return nil, err
	}
	standing := &reports.Standing{Campaign: *known, Messaged: found.Messaged, Status: s.command("status", known.Name)}
	running, err := s.ledger.Running(ctx, known.Name)
	if err != nil {
		return nil, err
	}
	standing.Running = running != (ledger.Run{})
	standing.Send, err = s.sendDoes(ctx, p, *known, found.All)
	if standing.OtherName() && found.Messaged > 0 { // under another name, these are repeats, too
		p.repeats = append(p.repeats, ledger.Repeats{Campaign: known.Name, Since: known.CreatedAt, Rows: found.Messaged})
	}
	return standing, err
}

func (s *session) sendDoes(ctx context.Context, p *plan, known ledger.Campaign, same bool) (reports.SendDoes, error) {
	planned, err := campaign.MessageOf(known)
	if err != nil {
		return "", err
	}
	forgotten, err := s.ledger.Forgotten(ctx, known.ID)
	if err != nil {
		return "", err
	}
	unchanged := p.file.SHA256() == known.File.SHA256
	switch {
	case known.Account != s.account():
		return reports.SendOtherAccount, nil
	case !sameMessage(planned, p.message):
		return reports.SendOtherMessage, nil
	case !unchanged && forgotten > 0:
		return reports.SendForgotten, nil
	case !unchanged && !same:
		return reports.SendUpdates, nil
	case !known.FinishedAt.IsZero():
		return reports.SendFinished, nil
	}
	return reports.SendResumes, nil
}

// standingWords spell the send command that a check proposes, by what send would do.
func (s *session) standingWords(ctx context.Context, p *plan, standing *reports.Standing) ([]string, error) {
	words := s.sendWords(p.path)
	switch {
	case standing == nil || standing.Send == reports.SendFinished:
		return words, nil
	case standing.Send == reports.SendResumes:
		part, err := s.partOf(ctx, standing.Campaign)
		return append(words, part...), err
	case standing.Send == reports.SendUpdates:
		return append(words, "--update"), nil
	}
	free, err := s.freeName(ctx, p.name)
	if s.campaign == "" {
		return append(words, "--campaign", free), err
	}
	s.campaign = free
	return s.sendWords(p.path), err
}

// freeName returns a campaign's name that the ledger does not have, after one that it has.
func (s *session) freeName(ctx context.Context, name string) (string, error) {
	const longest = 90
	if runes := []rune(name); len(runes) > longest {
		name = string(runes[:longest])
	}
	for n := 2; ; n++ {
		free := fmt.Sprintf("%s-%d", name, n)
		if _, err := s.ledger.Campaign(ctx, free); errors.Is(err, ledger.ErrNoCampaign) {
			return free, nil
		} else if err != nil {
			return "", err
		}
	}
}
