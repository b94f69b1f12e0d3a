package cli

import (
	"context"
	"path/filepath"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/reports/screen"
)

// noteKey tells this computer's other ledgers that a key is in use with this one, and returns those with which it is, too.
func (s *session) noteKey(ctx context.Context, key string) (others []campaign.KeyElsewhere) {
	if s.keyUse == nil {
		path, err := sqlite.DefaultPath(s.Getenv, s.GOOS, s.Home, "keys")
		if err != nil {
			return nil
		}
		path = filepath.Join(filepath.Dir(path), "keys.json")
		if s.keyUse, err = sqlite.NewKeyUse(ctx, path, key, s.ledger.Path()); err != nil {
			return nil
		}
	}
	uses, err := s.keyUse.Note(ctx, time.Now())
	if err != nil {
		return nil
	}
	for _, use := range uses {
		others = append(others, campaign.KeyElsewhere{Ledger: use.Ledger, At: use.At})
	}
	return others
}

// warnOfOthers tells of other ledgers that the key was used with within the hour.
func (s *session) warnOfOthers(others []campaign.KeyElsewhere) {
	if len(others) > 0 {
		s.Err.Tell(screen.KeyElsewhere(s.Err, others[0].Ledger, others[0].At, len(others)-1))
	}
}
