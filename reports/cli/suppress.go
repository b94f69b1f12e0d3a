package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/record"
)

// noList is the value of --suppress that lifts a campaign's lists.
const noList = "none"

func (o *options) suppressFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupLeftOut, func(f *pflag.FlagSet) {
		f.StringArrayVar(&o.suppress, "suppress", nil, "")
	})
}

// listsNamed are the lists that the flags name.
func (o *options) listsNamed() campaign.ListsNamed {
	named := campaign.ListsNamed{Lift: slices.Contains(o.suppress, noList)}
	for _, path := range o.suppress {
		if path != noList {
			named.Paths = append(named.Paths, path)
		}
	}
	return named
}

// leftOut tells a check whom to leave out: people who opted out, who are on a list, or whom another campaign messaged
// recently. Those who have, or may have, a message of the campaign itself are left to its own rules.
func (s *session) leftOut(ctx context.Context, p *plan) (campaign.LeftOut, error) {
	var out campaign.LeftOut
	if known, err := s.ledger.HasOptOuts(ctx, s.Account()); err != nil {
		return out, err
	} else if known {
		if out.OptedOut, err = s.optedOutFor(ctx, p); err != nil {
			return out, err
		}
	}
	var err error
	if p.lists, err = campaign.ReadLists(&p.settings, s.listsNamed()); err != nil {
		return out, err
	}
	known, found, err := s.goesOn(ctx, p)
	if err != nil {
		return out, err
	}
	messaged := func(context.Context, string) (bool, error) { return false, nil }
	if found {
		messaged = func(ctx context.Context, person string) (bool, error) {
			return s.ledger.Messaged(ctx, known.ID, 0, person)
		}
		out.Accepted = func(ctx context.Context, id uuid.UUID) (bool, error) { return s.ledger.Accepted(ctx, known.ID, id) }
	}
	if p.lists != nil {
		out.Suppressed = func(ctx context.Context, person string) (string, error) {
			list := p.lists.Name(person)
			if list == "" {
				return "", nil
			}
			if has, err := messaged(ctx, person); err != nil || has {
				return "", err
			}
			return list, nil
		}
	}
	out.Asked = p.lists.AskAbout(messaged)
	out.Recent, err = s.withinGap(ctx, p, messaged)
	return out, err
}

// withinGap tells what another campaign has sent to a person within --min-gap; nil without one. Those whom messaged reports are
// left to the campaign's own rules.
func (s *session) withinGap(ctx context.Context, p *plan, messaged func(ctx context.Context, person string) (bool, error),
) (func(ctx context.Context, person string) (record.Detail, error), error) {
	gap := campaign.ParseGap(p.settings.MinGap)
	if gap == 0 {
		return nil, nil
	}
	newest, err := s.ledger.RecentMessages(ctx, s.Account(), p.name, s.ledger.Now().Add(-gap))
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
func (s *session) goesOn(ctx context.Context, p *plan) (known record.Campaign, found bool, err error) {
	known, err = s.ledger.Campaign(ctx, p.name)
	if errors.Is(err, ledger.ErrNoCampaign) {
		return known, false, nil
	}
	return known, err == nil && (!s.StartsOver(known) || s.update || p.apart != nil), err
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
