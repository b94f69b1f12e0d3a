package cli

import (
	"context"
	"errors"
	"fmt"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/sending"
	"strconv"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

// known finds the campaign that sending the plan would go on with; its rows are compared while the plan is read. A finished
// rehearsal is none, unless --update could take the file. What send takes from the campaign, the plan takes from it, too.
func (s *session) known(ctx context.Context, p *campaign.Plan, flags *pflag.FlagSet) (*record.Campaign, error) {
	known, err := s.ledger.Campaign(ctx, p.Name)
	switch {
	case errors.Is(err, ledger.ErrNoCampaign):
		return nil, nil
	case err != nil:
		return nil, err
	}
	before, matches := &known, s.ledger.MatchFinder(known.ID)
	if s.StartsOver(known) {
		before, matches = nil, nil
	}
	p.Matches = matches
	if other, err := s.another(p, known); err != nil || other != "" {
		return before, err
	}
	sum, err := audience.Digest(p.Path)
	if err != nil || sum == known.File.SHA256 && before == nil { // reading the file says what is wrong with it
		return before, nil
	}
	if sum != known.File.SHA256 {
		if forgotten, err := s.ledger.Forgotten(ctx, known.ID); err != nil || forgotten > 0 {
			return before, err
		}
		if p.Apart, err = s.ledger.Apart(ctx); err != nil {
			return nil, err
		}
	}
	if p.Apart == nil { // what was left out of the plan stays left out
		s.skipInvalid = s.skipInvalid || known.Settings.SkipInvalid
	}
	p.Matches = s.ledger.MatchFinder(known.ID)
	p.Settings = s.settingsBeside(known, p.Path, flags)
	if p.Apart != nil {
		p.Apart.Several = p.Several()
	} else { // what was not asked about then is not asked about now
		p.Settings = plan.Decided(p.Settings)
	}
	return &known, nil
}

// readBeside reads a plan and compares it with the campaign that sending it would go on with, which it returns.
func (s *session) readBeside(ctx context.Context, p *campaign.Plan, flags *pflag.FlagSet) (*record.Campaign, error) {
	fresh := *p
	known, err := s.known(ctx, p, flags)
	if err != nil {
		return nil, err
	}
	if err := s.read(ctx, p, func(row record.Row) error { return p.Compare(ctx, row) }); err != nil {
		return nil, err
	}
	if known == nil || !s.StartsOver(*known) || p.Report == nil {
		return known, nil
	}
	changes, _, err := p.Apart.Compare(ctx, known.ID)
	if err != nil || changes.ToSend() > 0 {
		return known, err
	}
	p.Apart.Close() // there is nothing for --update to send: it starts over, by what the flags say
	*p = fresh
	return nil, s.read(ctx, p, func(record.Row) error { return nil })
}

// settingsBeside are the settings by which send judges a file of a known campaign.
func (s *session) settingsBeside(known record.Campaign, path string, flags *pflag.FlagSet) record.Settings {
	settings, asked := s.updatedSettings(known, path, flags), s.settings()
	for name, take := range map[string]func(){ // send stops when one of these is not the campaign's
		"country":        func() { settings.Country = asked.Country },
		"country-column": func() { settings.CountryColumn = asked.CountryColumn },
		"bare-numbers":   func() { settings.BareNumbers = asked.BareNumbers },
		"phone-column":   func() { settings.PhoneColumn = asked.PhoneColumn },
		"name-column":    func() { settings.NameColumn = asked.NameColumn },
		"email-column":   func() { settings.EmailColumn = asked.EmailColumn },
		"variables":      func() { settings.Variables = asked.Variables },
		"map":            func() { settings.Map = asked.Map },
		"where":          func() { settings.Where = asked.Where },
		"consent-column": func() {
			settings.ConsentColumns, settings.NoConsentColumn = asked.ConsentColumns, asked.NoConsentColumn
		},
	} {
		if flags.Changed(name) {
			take()
		}
	}
	s.takeTimes(&settings)
	return settings
}

// standing tells what send would do with a plan that was read, where the ledger has its campaign.
func (s *session) standing(ctx context.Context, p *campaign.Plan, known *record.Campaign) (*reports.Standing, error) {
	if known == nil || p.Report == nil {
		return nil, nil
	}
	found, err := p.Matches.Found(ctx)
	if err != nil {
		return nil, err
	}
	standing := &reports.Standing{Campaign: *known, Messaged: found.Messaged, Status: s.command("status", known.Name)}
	running, err := s.ledger.Running(ctx, known.Name)
	if err != nil {
		return nil, err
	}
	standing.Running = running != (record.Run{})
	var changes record.Changes
	var first record.FirstRows
	if p.Apart != nil {
		if changes, first, err = p.Apart.Compare(ctx, known.ID); err != nil {
			return nil, err
		}
		found.All = changes.None()
	}
	if standing.Send, err = s.sendDoes(ctx, p, *known, found.All); err != nil {
		return nil, err
	}
	if standing.OtherName() && found.Messaged > 0 { // under another name, these are repeats, too
		p.Repeats = append(p.Repeats, record.Repeats{Campaign: known.Name, Since: known.CreatedAt, Rows: found.Messaged})
	}
	return standing, s.lookAhead(ctx, p, standing, changes, first)
}

// lookAhead finds whom send would send to now.
func (s *session) lookAhead(ctx context.Context, p *campaign.Plan, standing *reports.Standing, changes record.Changes, first record.FirstRows) error {
	if standing.Send != reports.SendResumes && standing.Send != reports.SendUpdates {
		return nil
	}
	if standing.Running { // what is left changes while it is counted
		p.Ahead = &campaign.Selection{}
		return nil
	}
	var next *campaign.Selection
	var err error
	if p.Apart == nil {
		next, err = s.aheadOf(ctx, p, standing.Campaign)
	} else {
		var told reports.FileChanges
		told, next, err = s.changesOf(ctx, p, standing.Campaign, p.Apart, changes, first)
		if standing.Send == reports.SendUpdates {
			standing.Changes = &told
		}
	}
	if err != nil {
		return err
	}
	p.Ahead = next
	standing.ToSend, standing.Doubts, standing.Rows, standing.People = next.Messages(), next.Doubts, next.Rows, next.People
	return nil
}

// another tells why send would not take a plan for that of the campaign, whatever is in its file; "" when it would.
func (s *session) another(p *campaign.Plan, known record.Campaign) (reports.SendDoes, error) {
	planned, err := message.MessageOf(known)
	switch {
	case err != nil:
		return "", err
	case known.Account != s.Account():
		return reports.SendOtherAccount, nil
	case !campaign.SameMessage(planned, p.Message):
		return reports.SendOtherMessage, nil
	}
	return "", nil
}

func (s *session) sendDoes(ctx context.Context, p *campaign.Plan, known record.Campaign, same bool) (reports.SendDoes, error) {
	other, err := s.another(p, known)
	if err != nil || other != "" {
		return other, err
	}
	forgotten, err := s.ledger.Forgotten(ctx, known.ID)
	unchanged := p.File.SHA256() == known.File.SHA256
	switch {
	case err != nil:
		return "", err
	case !unchanged && forgotten > 0:
		return reports.SendForgotten, nil
	case !unchanged && !same:
		return reports.SendUpdates, nil
	case !known.FinishedAt.IsZero():
		return reports.SendFinished, nil
	}
	return reports.SendResumes, nil
}

// standingWords spell the send command that a check proposes, by what send would do: for as many people as the daily cap
// leaves.
func (s *session) standingWords(ctx context.Context, p *campaign.Plan, standing *reports.Standing) (words []string, err error) {
	people := 0
	if p.Report != nil {
		people = p.Report.People
	}
	switch {
	case standing == nil:
		words = s.sendWords(p.Path)
	case standing.Send == reports.SendFinished, standing.Send == reports.SendForgotten:
		return s.sendWords(p.Path), nil
	case standing.Send == reports.SendResumes && p.Apart == nil:
		words, people = s.resumeWords(p.Name), standing.People
	case standing.Send == reports.SendResumes:
		words, people = s.sendWords(p.Path), standing.People
	case standing.Send == reports.SendUpdates:
		words, people = append(s.sendWords(p.Path), "--update"), standing.People
	default:
		if words, err = s.underAnotherName(ctx, p); err != nil {
			return nil, err
		}
	}
	if n := p.Hours.Part(people); n > 0 {
		words = append(words, "--first", strconv.Itoa(n))
	}
	return words, nil
}

// resumeWords spell the command that goes on with a campaign: other flags of a check might be none that it was planned with.
func (s *session) resumeWords(name string) []string {
	o := options{sendWindow: s.sendWindow, timezone: s.timezone, suppress: s.suppress, hoursOptions: s.hoursOptions}
	words := append(append([]string{"resume", name}, o.whenWords()...), o.hoursWords()...)
	if s.rate != sending.DefaultRate {
		words = append(words, "--rate", strconv.Itoa(s.rate))
	}
	return words
}

// underAnotherName spells the command that sends a file as another campaign.
func (s *session) underAnotherName(ctx context.Context, p *campaign.Plan) ([]string, error) {
	words := s.sendWords(p.Path)
	free, err := s.freeName(ctx, p.Name)
	if s.campaign == "" {
		return append(words, "--campaign", free), err
	}
	s.campaign = free
	return s.sendWords(p.Path), err
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
