package cli

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

// noList is the value of --suppress that lifts a campaign's lists.
const noList = "none"

func (o *options) suppressFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupLeftOut, func(f *pflag.FlagSet) {
		f.StringArrayVar(&o.suppress, "suppress", nil,
			"never send to the numbers in this `FILE`: a CSV file, or a number a line; may be given again (none lifts the lists of before)")
	})
}

// suppressed reads the lists that settings remember and those that the flags name, and stores in settings what was read:
// a list is only ever added, until --suppress none lifts those before. A list that cannot be read to its last number
// stops the command.
func (s *session) suppressed(settings *ledger.Settings) (*campaign.Suppressed, error) {
	var paths []string
	if !slices.Contains(s.suppress, noList) {
		for _, list := range settings.Suppress {
			paths = append(paths, list.Path)
		}
	}
	kept := len(paths)
	for _, path := range s.suppress {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		if path != noList && !slices.Contains(paths[:kept], absolute) {
			paths = append(paths, path)
		}
	}
	if len(paths) > campaign.MostLists {
		return nil, misuse("There are %d lists for --suppress, and at most %d may be: join them into one file.", len(paths), campaign.MostLists)
	}
	people := &campaign.Suppressed{}
	var lists []ledger.Suppression
	for i, path := range paths {
		problems, all, err := people.Add(path, *settings, audience.Options{})
		switch {
		case err != nil && i < kept:
			return nil, decide("%s", reports.ListGone(s.Out, path, slices.Delete(slices.Clone(paths[:kept]), i, i+1), err))
		case err != nil:
			return nil, err
		case all > 0:
			return nil, &exit{code: exitCheck, text: reports.ListUnreadable(s.Out, path, problems, all)}
		}
		list := people.Lists()[i]
		list.Name = filepath.Base(path)
		if list.Path, err = filepath.Abs(path); err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	settings.Suppress = lists
	return people, nil
}

// suppressedBy names the list that a person is on; "" for none.
func suppressedBy(people *campaign.Suppressed, settings ledger.Settings) func(person string) string {
	return func(person string) string {
		if list, on := people.List(person); on {
			return settings.Suppress[list].Name
		}
		return ""
	}
}

// questionsOf gathers who may be on the lists that were read; nil without lists.
func questionsOf(people *campaign.Suppressed, settings ledger.Settings) *campaign.ListQuestions {
	if len(settings.Suppress) == 0 {
		return nil
	}
	questions := &campaign.ListQuestions{Lists: people}
	for _, list := range settings.Suppress {
		questions.Names = append(questions.Names, list.Name)
	}
	return questions
}

// mayBeListed has questions ask about whoever may be on a list and has no message of the campaign yet; nil without lists.
func mayBeListed(people *campaign.Suppressed, questions *campaign.ListQuestions,
	messaged func(ctx context.Context, person string) (bool, error)) func(ctx context.Context, row int, person string) error {
	if questions == nil {
		return nil
	}
	return func(ctx context.Context, row int, person string) error {
		if !people.MayList(person) {
			return nil
		}
		has, err := messaged(ctx, person)
		if err == nil && !has {
			questions.Ask(row, person)
		}
		return err
	}
}

// leftOut tells a check whom to leave out: people who opted out, who are on a list, or whom another campaign messaged
// recently. Those who have, or may have, a message of the campaign itself are left to its own rules.
func (s *session) leftOut(ctx context.Context, p *plan) (campaign.LeftOut, error) {
	var out campaign.LeftOut
	if known, err := s.ledger.HasOptOuts(ctx, s.account()); err != nil {
		return out, err
	} else if known {
		if out.OptedOut, err = s.optedOutFor(ctx, p); err != nil {
			return out, err
		}
	}
	people, err := s.suppressed(&p.settings)
	if err != nil {
		return out, err
	}
	if len(p.settings.Suppress) > 0 {
		p.suppressing = suppressedBy(people, p.settings)
	}
	p.questions = questionsOf(people, p.settings)
	known, found, err := s.goesOn(ctx, p)
	if err != nil {
		return out, err
	}
	messaged := func(context.Context, string) (bool, error) { return false, nil }
	if found {
		messaged = func(ctx context.Context, person string) (bool, error) {
			return s.ledger.Messaged(ctx, known.ID, person)
		}
		out.Accepted = func(ctx context.Context, id uuid.UUID) (bool, error) { return s.ledger.Accepted(ctx, known.ID, id) }
	}
	if by := p.suppressing; by != nil {
		out.Suppressed = func(ctx context.Context, person string) (string, error) {
			list := by(person)
			if list == "" {
				return "", nil
			}
			if has, err := messaged(ctx, person); err != nil || has {
				return "", err
			}
			return list, nil
		}
	}
	out.Asked = mayBeListed(people, p.questions, messaged)
	out.Recent, err = s.withinGap(ctx, p, messaged)
	return out, err
}

// withinGap tells what another campaign has sent to a person within --min-gap; nil without one. Those whom messaged reports are
// left to the campaign's own rules.
func (s *session) withinGap(ctx context.Context, p *plan, messaged func(ctx context.Context, person string) (bool, error),
) (func(ctx context.Context, person string) (record.Detail, error), error) {
	if p.settings.MinGap == "" {
		return nil, nil
	}
	gap, err := parseGap(p.settings.MinGap)
	if err != nil {
		return nil, err
	}
	newest, err := s.ledger.RecentMessages(ctx, s.account(), p.name, s.ledger.Now().Add(-gap))
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, person string) (record.Detail, error) {
		recent, err := newest(ctx, person)
		if err != nil || recent.Since.IsZero() {
			return record.Detail{}, err
		}
		if has, err := messaged(ctx, person); err != nil || has {
			return record.Detail{}, err
		}
		return recent, nil
	}, nil
}

// goesOn returns the campaign of the plan's name that sending it would go on with: none where there is none, or where it is
// a rehearsal that starts over.
func (s *session) goesOn(ctx context.Context, p *plan) (known ledger.Campaign, found bool, err error) {
	known, err = s.ledger.Campaign(ctx, p.name)
	if errors.Is(err, ledger.ErrNoCampaign) {
		return known, false, nil
	}
	return known, err == nil && (!s.startsOver(known) || s.update || p.apart != nil), err
}

// suppressKnown reads the lists of a campaign whose plan is known, those of this command or else those that it remembers,
// so that from now on the run sends nothing to anyone on them; for good that is once suppressPending has stored it. It stops
// where it cannot be told whether somebody is on one.
func (r *run) suppressKnown(ctx context.Context) error {
	people, err := r.suppressed(&r.campaign.Settings)
	if err == nil && len(r.campaign.Settings.Suppress) > 0 {
		r.suppressing = suppressedBy(people, r.campaign.Settings)
	}
	if err != nil || r.suppressing == nil {
		return err
	}
	r.questions = questionsOf(people, r.campaign.Settings)
	for person, err := range r.ledger.Sendable(ctx, r.campaign.ID) {
		if err != nil {
			return err
		}
		if person.State.Status == outcome.Pending {
			r.questions.Ask(person.Number, person.Person)
		}
	}
	return r.listsAnswer()
}

// listsAnswer stops a run of which people may be on a list.
func (r *run) listsAnswer() error {
	if open := r.questions.Problems(); len(open) > 0 {
		return decide("%s", reports.ListAsks(r.Out, open))
	}
	return nil
}

// isSuppressed reports whether a person is on one of the lists.
func (r *run) isSuppressed(person string) bool {
	return r.suppressing != nil && r.suppressing(person) != ""
}

// suppressPending leaves out for good whoever is on a list and was not sent to yet.
func (r *run) suppressPending(ctx context.Context) error {
	if r.suppressing == nil {
		return nil
	}
	_, err := r.ledger.Suppress(ctx, r.campaign.ID, r.suppressing)
	return err
}

// suppressWords spells the flag again.
func (o *options) suppressWords() (words []string) {
	for _, path := range o.suppress {
		words = append(words, "--suppress", path)
	}
	return words
}

// whenWords spells the flags about time again.
func (o *options) whenWords() (words []string) {
	for _, flag := range []struct{ name, value string }{
		{"--send-window", o.sendWindow}, {"--timezone", o.timezone}, {"--min-gap", o.minGap},
	} {
		if strings.TrimSpace(flag.value) != "" {
			words = append(words, flag.name, flag.value)
		}
	}
	return append(words, o.suppressWords()...)
}
