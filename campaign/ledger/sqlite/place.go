package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kanal-campaign/campaign/trouble"
)

// How the ledgers of rehearsals are called: after the real one, and in the state folder.
const (
	rehearsalEnding = ".sandbox.db"
	rehearsalLedger = "sandbox.db"
)

// Place is where a user's ledgers are: that of what really happened, and that of rehearsals. The two never mix.
type Place struct {
	Named     string // the path that a person gave; "" for the state folder's
	Rehearsal bool   // that of rehearsals is meant
	Getenv    func(string) string
	GOOS      string
	Home      string
}

// Flag is the path by which a person names the ledger of rehearsals, or the real one; "" for the one in the state folder.
func (p Place) Flag(rehearsal bool) string {
	alone := strings.EqualFold(filepath.Base(p.Named), rehearsalLedger) // it has no counterpart but the state folder's
	switch {
	case p.Named == "" || alone && !rehearsal:
		return ""
	case alone || isRehearsal(p.Named) == rehearsal:
		return p.Named
	case rehearsal:
		return strings.TrimSuffix(p.Named, ".db") + rehearsalEnding
	}
	return p.Named[:len(p.Named)-len(rehearsalEnding)] + ".db"
}

// isRehearsal reports whether a ledger is one of rehearsals, by its name: two names that differ in case are one file on some
// systems.
func isRehearsal(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	return name == rehearsalLedger || strings.HasSuffix(name, rehearsalEnding)
}

// Path is where the ledger is. It returns a *trouble.RehearsalError where a person names the other one, and a *trouble.NoHomeError.
func (p Place) Path() (string, error) {
	if p.Named != "" && !p.Rehearsal && p.Flag(false) != p.Named {
		return "", &trouble.RehearsalError{Path: p.Named}
	}
	path, err := p.path(p.Rehearsal)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil && isRehearsal(real) != p.Rehearsal {
		return "", &trouble.RehearsalError{Path: path, Real: real}
	}
	return path, nil
}

// path is where the ledger of rehearsals is, or the real one.
func (p Place) path(rehearsal bool) (string, error) {
	switch path := p.Flag(rehearsal); {
	case path != "":
		return path, nil
	case rehearsal:
		return DefaultPath(p.Getenv, p.GOOS, p.Home, "sandbox")
	}
	return DefaultPath(p.Getenv, p.GOOS, p.Home, "ledger")
}

// Other is where the other ledger is: that of rehearsals for the real one, and the other way round; "" where there is none.
func (p Place) Other() string {
	path, err := p.path(!p.Rehearsal)
	if err != nil {
		return ""
	}
	if _, err := os.Stat(path); err != nil { // opening it would create it
		return ""
	}
	return path
}

// IsElsewhere reports whether the other ledger has a campaign of that name. One that cannot be read has none.
func (p Place) IsElsewhere(ctx context.Context, name string) bool {
	path := p.Other()
	if path == "" {
		return false
	}
	other, err := Open(ctx, path)
	if err != nil {
		return false
	}
	defer other.Close()
	_, err = other.Campaign(ctx, name)
	return err == nil
}

// NoteKey tells this computer's other ledgers that a key is in use with the one at path, and returns with which others it is.
func (p Place) NoteKey(ctx context.Context, key, path string) ([]Use, error) {
	uses, err := DefaultPath(p.Getenv, p.GOOS, p.Home, "keys")
	if err != nil {
		return nil, err
	}
	use, err := NewKeyUse(ctx, filepath.Join(filepath.Dir(uses), "keys.json"), key, path)
	if err != nil {
		return nil, err
	}
	return use.Note(ctx, time.Now())
}
