package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/reports/screen"
)

// ledgerPlace is where the ledger is.
type ledgerPlace = sqlite.Place

// liveLedgerFlag is the flag that names the ledger of what really leaves, as it was given.
func liveLedgerFlag(named string) string { return ledgerPlace{Named: named}.Flag(false) }

// open validates the flags and opens the ledger, which it makes where there is none. The caller closes the session.
func (a *app) open(ctx context.Context, o *options) (*session, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	s := a.session(o)
	path, err := s.place.Path()
	if err != nil {
		return nil, err
	}
	book, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	a.about.LedgerFile, a.explain = book.Path(), book.Explain
	s.Ledger = book
	return s, nil
}

// openExisting is open for a command that only makes sense with a ledger that is there: it makes none. Where there is none it
// returns a *campaign.Refusal: that nothing is known here, or that the other ledger has the campaign that the command is about;
// "" for none.
func (a *app) openExisting(ctx context.Context, o *options, name string) (*session, error) {
	s := a.session(o)
	path, err := s.place.Path()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return a.open(ctx, o)
	}
	if name != "" && s.place.IsElsewhere(ctx, name) {
		return nil, &campaign.Refusal{Code: campaign.RefusedElsewhere, Name: name}
	}
	return nil, &campaign.Refusal{Code: campaign.RefusedNoLedger, Path: path, Name: name}
}

// session is one whose desk has no ledger.
func (a *app) session(o *options) *session {
	s := &session{app: a, options: o, mode: modeOf(o), Desk: o.desk()}
	s.place = sqlite.Place{Named: o.ledger, Rehearsal: o.sandbox, Getenv: a.Getenv, GOOS: a.GOOS, Home: a.Home}
	s.APIURL, s.UserAgent = s.Getenv(envURL), "kanal-campaign/"+version()
	s.Key, s.NoteKey, s.Elsewhere, s.Runner = s.apiKey, s.noteKey, s.place.IsElsewhere, runner()
	s.Reading = s.reading
	s.Sentences, s.KnownCauses = s.Out.Words, screen.KnownCauses(s.Out.Words)
	a.about.Session, a.about.KeyFrom = s.screenSession(), func() string { return s.keyFrom }
	a.about.HasOtherLedger = func() bool { return s.place.Other() != "" }
	return s
}

func (s *session) close() {
	s.Desk.Close()
	if s.Ledger != nil {
		s.Ledger.Close()
	}
}

// noteKey tells this computer's other ledgers that a key is in use with the session's, and returns those with which it is, too.
func (s *session) noteKey(ctx context.Context, key string) (others []campaign.KeyElsewhere) {
	uses, _ := s.place.NoteKey(ctx, key, s.Ledger.Path())
	for _, one := range uses {
		others = append(others, campaign.KeyElsewhere{Ledger: one.Ledger, At: one.At})
	}
	return others
}
