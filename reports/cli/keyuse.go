package cli

import (
	"context"
	"path/filepath"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/reports"
)

// noteEvery is how often a run says that it is still using its key.
const noteEvery = 10 * time.Minute

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

// warnOfOthers tells, once, of other ledgers that the key was used with within the hour. A rehearsal has no key.
func (r *run) warnOfOthers(ctx context.Context) {
	if r.told {
		return
	}
	r.told = true
	if others := r.KeyElsewhere(ctx); len(others) > 0 {
		r.Err.Tell(reports.KeyElsewhere(r.Err, others[0].Ledger, others[0].At, len(others)-1))
	}
}

// keepNoting notes the use of the key until the returned function is called, which notes it a last time.
func (r *run) keepNoting(ctx context.Context) (stop func()) {
	if r.Rehearsal {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		again := time.NewTicker(noteEvery)
		defer again.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-again.C:
				r.KeyElsewhere(ctx)
			}
		}
	}()
	return func() {
		cancel()
		<-ended
		r.KeyElsewhere(context.WithoutCancel(ctx))
	}
}
