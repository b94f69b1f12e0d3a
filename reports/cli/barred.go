package cli

import (
	"context"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// barredFrom tells whom the sender would leave out of a campaign now, although its plan does not: who has opted out since; but for
// rows in doubt, whom another campaign has messaged too recently; and of rows that were tried before, which --duplicates allow may
// have planned, people with another message where everybody gets one.
func (s *session) barredFrom(ctx context.Context, c ledger.Campaign) (func(ledger.Recipient) (bool, error), error) {
	optOuts, err := s.ledger.HasOptOuts(ctx, c.Account)
	if err != nil {
		return nil, err
	}
	recent := func(context.Context, string) (record.Detail, error) { return record.Detail{}, nil }
	if c.Settings.MinGap != "" {
		gap, err := parseGap(c.Settings.MinGap)
		if err != nil {
			return nil, err
		}
		if recent, err = s.ledger.RecentMessages(ctx, c.Account, c.Name, s.ledger.Now().Add(-gap)); err != nil {
			return nil, err
		}
	}
	return func(r ledger.Recipient) (bool, error) {
		if optOuts {
			if since, err := s.ledger.OptedOut(ctx, c.Account, r.Person); err != nil || !since.IsZero() {
				return err == nil, err
			}
		}
		if r.Tried && c.Settings.Duplicates != campaign.DuplicatesAllow {
			if has, err := s.ledger.MessagedBeside(ctx, c.ID, r.ID, r.Person); err != nil || has {
				return has, err
			}
		}
		if r.State.Status == outcome.Unknown {
			return false, nil
		}
		message, err := recent(ctx, r.Person)
		return err == nil && !message.Since.IsZero(), err
	}, nil
}
