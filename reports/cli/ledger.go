package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/screen"
)

// open validates the flags and opens the ledger, which it makes where there is none. The caller closes the session.
func (a *app) open(ctx context.Context, o *options) (*session, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	s := a.session(o)
	path, err := s.ledgerPath()
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
	path, err := s.ledgerPath()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return a.open(ctx, o)
	}
	if name != "" && s.isElsewhere(ctx, name) {
		return nil, &campaign.Refusal{Code: campaign.RefusedElsewhere, Name: name}
	}
	return nil, &campaign.Refusal{Code: campaign.RefusedNoLedger, Path: path}
}

// session is one whose desk has no ledger.
func (a *app) session(o *options) *session {
	s := &session{app: a, options: o, mode: modeOf(o), Desk: o.desk()}
	s.APIURL, s.UserAgent = s.Getenv(envURL), "kanal-campaign/"+version()
	s.Key, s.NoteKey, s.Elsewhere, s.Runner = s.apiKey, s.noteKey(), s.isElsewhere, runner()
	s.Reading = s.reading
	s.Sentences, s.KnownCauses = s.Out.Words, screen.KnownCauses(s.Out.Words)
	a.about = screen.RefusedScreen{Session: s.screenSession(), KeyFrom: func() string { return s.keyFrom }}
	return s
}

func (s *session) close() {
	s.Desk.Close()
	if s.Ledger != nil {
		s.Ledger.Close()
	}
}

// How the ledgers of rehearsals are called: after the real one, and in the state folder.
const (
	rehearsalEnding = ".sandbox.db"
	rehearsalLedger = "sandbox.db"
)

// ledgerFor is the value of --ledger for a rehearsal, or for real; "" for the one in the state folder.
func (o *options) ledgerFor(rehearsal bool) string {
	alone := strings.EqualFold(filepath.Base(o.ledger), rehearsalLedger) // it has no counterpart but the state folder's
	switch {
	case o.ledger == "" || alone && !rehearsal:
		return ""
	case alone || isRehearsal(o.ledger) == rehearsal:
		return o.ledger
	case rehearsal:
		return strings.TrimSuffix(o.ledger, ".db") + rehearsalEnding
	}
	return o.ledger[:len(o.ledger)-len(rehearsalEnding)] + ".db"
}

// isRehearsal reports whether a ledger is one of rehearsals, by its name: two names that differ in case are one file on some
// systems.
func isRehearsal(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	return name == rehearsalLedger || strings.HasSuffix(name, rehearsalEnding)
}

// ledgerPath is where the session's ledger is. A rehearsal never mixes with what really happened.
func (s *session) ledgerPath() (string, error) {
	if s.ledger != "" && !s.sandbox && s.ledgerFor(false) != s.ledger {
		return "", decide(s.Err.RehearsalLedger(s.Err.Path(s.ledger)))
	}
	path, err := s.pathFor(s.sandbox)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil && isRehearsal(real) != s.sandbox {
		return "", decide(screen.LedgerElsewhere(s.Err, path, real))
	}
	return path, nil
}

// pathFor is where the ledger of rehearsals is, or the real one.
func (s *session) pathFor(rehearsal bool) (string, error) {
	if path := s.ledgerFor(rehearsal); path != "" {
		return path, nil
	}
	base := "ledger"
	if rehearsal {
		base = "sandbox"
	}
	path, err := sqlite.DefaultPath(s.Getenv, s.GOOS, s.Home, base)
	if err != nil {
		return "", failed(s.Err.LedgerNoFolder(text.Clean(err.Error())))
	}
	return path, nil
}

// otherLedger is where the other ledger is: that of rehearsals for a real command, and the real one for a rehearsal; "" where
// there is none.
func (s *session) otherLedger() string {
	path, err := s.pathFor(!s.sandbox)
	if err != nil {
		return ""
	}
	if _, err := os.Stat(path); err != nil { // opening it would create it
		return ""
	}
	return path
}

// isElsewhere reports whether the other ledger has a campaign of that name. One that cannot be read has none.
func (s *session) isElsewhere(ctx context.Context, name string) bool {
	path := s.otherLedger()
	if path == "" {
		return false
	}
	other, err := sqlite.Open(ctx, path)
	if err != nil {
		return false
	}
	defer other.Close()
	_, err = other.Campaign(ctx, name)
	return err == nil
}

// noteKey returns what tells this computer's other ledgers that a key is in use with the session's, and returns those with which
// it is, too.
func (s *session) noteKey() func(ctx context.Context, key string) []campaign.KeyElsewhere {
	var use *sqlite.KeyUse // once it was noted
	return func(ctx context.Context, key string) (others []campaign.KeyElsewhere) {
		if use == nil {
			path, err := sqlite.DefaultPath(s.Getenv, s.GOOS, s.Home, "keys")
			if err != nil {
				return nil
			}
			path = filepath.Join(filepath.Dir(path), "keys.json")
			if use, err = sqlite.NewKeyUse(ctx, path, key, s.Ledger.Path()); err != nil {
				return nil
			}
		}
		uses, err := use.Note(ctx, time.Now())
		if err != nil {
			return nil
		}
		for _, one := range uses {
			others = append(others, campaign.KeyElsewhere{Ledger: one.Ledger, At: one.At})
		}
		return others
	}
}
