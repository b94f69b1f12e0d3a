package cli

import (
	"context"
	"path/filepath"
	"time"

	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/reports"
)

// noteEvery is how often a run says that it is still using its key.
const noteEvery = 10 * time.Minute

// useKey gets ready to tell this computer's other ledgers that a key is in use with this one. It is a courtesy: what keeps
// it from being told keeps nothing from being sent.
func (s *session) useKey(key string) {
	path, err := sqlite.DefaultPath(s.Getenv, s.GOOS, s.Home, "keys")
	if err != nil {
		return
	}
	path = filepath.Join(filepath.Dir(path), "keys.json")
	s.noteUse = func(ctx context.Context) []sqlite.Use {
		use := s.keyUse
		if use == nil {
			if use, err = sqlite.NewKeyUse(ctx, path, key, s.ledger.Path()); err != nil {
				return nil
			}
			s.keyUse = use
		}
		others, err := use.Note(ctx, time.Now())
		if err != nil {
			return nil
		}
		return others
	}
}

// warnOfOthers tells, once, of other ledgers that the key was used with within the hour. A rehearsal has no key.
func (r *run) warnOfOthers(ctx context.Context) {
	if r.noteUse == nil || r.keyUse != nil {
		return
	}
	if others := r.noteUse(ctx); len(others) > 0 {
		r.Err.Tell(reports.KeyElsewhere(r.Err, others[0].Ledger, others[0].At, len(others)-1))
	}
}

// keepNoting notes the use of the key until the returned function is called, which notes it a last time.
func (r *run) keepNoting(ctx context.Context) (stop func()) {
	if r.noteUse == nil {
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
				r.noteUse(ctx)
			}
		}
	}()
	return func() {
		cancel()
		<-ended
		r.noteUse(context.WithoutCancel(ctx))
	}
}
