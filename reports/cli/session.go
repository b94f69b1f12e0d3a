package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/screen"
)

// Environment variables that the program reads.
const (
	envKey = "KANAL_API_KEY"
	envURL = "KANAL_API_URL"
)

// apiKeyFileFlag is the flag that names the key's file.
const apiKeyFileFlag = "api-key-file"

// keyFileLimit is far more bytes than a key has.
const keyFileLimit = 4096

// session is one command at work, at the desk.
type session struct {
	*app
	*options
	*campaign.Desk
	mode    screen.Mode
	ledger  *ledger.Ledger
	keyFrom string         // where the API key came from, for advice
	keyUse  *sqlite.KeyUse // once it was noted
}

// modeOf says whether a command is a rehearsal.
func modeOf(o *options) screen.Mode {
	if o.sandbox {
		return screen.Sandbox
	}
	return screen.Live
}

// noLedgerError says that nothing has ever been sent with this ledger.
type noLedgerError struct {
	path      string
	rehearsal bool
}

func (e *noLedgerError) Error() string { return "no ledger at " + e.path }

// tell says so, and what there is to do about it.
func (e *noLedgerError) tell(f screen.Face) {
	if e.rehearsal {
		f.Tell(f.NoLedgerRehearsal(f.Path(e.path)))
		return
	}
	f.Tell(f.NoLedger(f.Path(e.path)), campaign.Command{"resume", "--from", "NAME.results.csv"})
}

// openExisting is open for a command that only makes sense with a ledger that is there: it creates none.
func (a *app) openExisting(ctx context.Context, o *options) (*session, error) {
	path, err := (&session{app: a, options: o}).ledgerPath()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, &noLedgerError{path, o.sandbox}
	}
	return a.open(ctx, o)
}

// open validates the flags and opens the ledger. The caller closes the session.
func (a *app) open(ctx context.Context, o *options) (*session, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	s := &session{app: a, options: o, mode: modeOf(o)}
	path, err := s.ledgerPath()
	if err != nil {
		return nil, err
	}
	if s.ledger, err = sqlite.Open(ctx, path); err != nil {
		return nil, err
	}
	a.ledgerFile = s.ledger.Path()
	a.about = screen.RefusedScreen{Session: s.screenSession(), LedgerFile: a.ledgerFile, KeyFrom: func() string { return s.keyFrom }}
	s.Desk = o.desk()
	s.Desk.Ledger, s.Desk.APIURL, s.Desk.UserAgent = s.ledger, s.Getenv(envURL), "kanal-campaign/"+version()
	s.Desk.Key, s.Desk.NoteKey, s.Desk.Runner = s.apiKey, s.noteKey, runner()
	s.Desk.Reading = s.reading
	s.Desk.Sentences, s.Desk.KnownCauses = s.Out.Words, screen.KnownCauses(s.Out.Words)
	return s, nil
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

func (s *session) ledgerPath() (string, error) {
	// A rehearsal never mixes with what really happened.
	if s.options.ledger != "" && !s.sandbox && s.ledgerFor(false) != s.options.ledger {
		return "", decide(s.Err.RehearsalLedger(s.Err.Path(s.options.ledger)))
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

func (s *session) close() {
	if s.Desk != nil {
		s.Desk.Close()
	}
	if s.ledger != nil {
		s.ledger.Close()
	}
}

// connect connects the desk, and tells a rehearsal without the account's templates.
func (s *session) connect(ctx context.Context, name string) error {
	err := s.Connect(ctx, name, s.requestTimeout)
	s.tellUnread()
	return err
}

// tellUnread says that a rehearsal does not have the account's templates, where it could not read them.
func (s *session) tellUnread() {
	if s.Desk.TemplatesUnread != nil {
		s.Err.Tell(s.Err.TemplatesUnread(text.Clean(s.Desk.TemplatesUnread.Error())))
	}
}

// apiKey finds the key: in the file that the flag names, in the environment, or, if ask is true and there is a
// terminal, by asking. It returns "" when there is none and ask is false.
func (s *session) apiKey(ctx context.Context, ask bool) (string, error) {
	if s.apiKeyFile != "" {
		content, err := regular.ReadSmall(ctx, s.apiKeyFile, keyFileLimit)
		if ctx.Err() != nil {
			return "", err
		}
		if err != nil { // the name is not repeated: it may be the key itself, given by mistake
			return "", failed(s.Err.KeyFileUnread(text.Clean(screen.RootCause(s.Err.Words, err).Error())))
		}
		s.keyFrom = "--api-key-file"
		key := strings.TrimSpace(strings.TrimPrefix(string(content), "\ufeff"))
		if key == "" {
			return "", failed(s.Err.KeyFileEmpty(s.Err.Path(s.apiKeyFile)))
		}
		return key, nil
	}
	if key := strings.TrimSpace(s.Getenv(envKey)); key != "" {
		s.keyFrom = envKey
		return key, nil
	}
	if !ask {
		return "", nil
	}
	if !s.InTerminal || s.ReadSecret == nil {
		return "", failed(s.Err.KeyNone())
	}
	s.dropTyped()
	fmt.Fprint(s.Err, s.Err.KeyPrompt())
	key, err := readSecret(ctx, s.ReadSecret)
	fmt.Fprintln(s.Err)
	if err != nil {
		return "", err
	}
	if key = strings.TrimSpace(key); key == "" {
		return "", failed(s.Err.KeyNoneTyped())
	}
	return key, nil
}

// team is what Kanal's account info says about the team, as far as it can be understood.
func (s *session) team(ctx context.Context) string { return screen.TeamName(s.AccountInfo(ctx)) }

// outDir is where a file's results go.
func (o *options) outDir(file string) (string, error) {
	dir := o.out
	if dir == "" {
		dir = filepath.Dir(file)
	}
	return campaign.OutDir(dir)
}

// command is one that the user can run next, in these options' mode and with their ledger.
func (o *options) command(words ...string) campaign.Command { return o.desk().Command(words...) }

// desk is a desk without a ledger: it knows how commands name one.
func (o *options) desk() *campaign.Desk {
	return &campaign.Desk{Rehearsal: o.sandbox, LedgerFlag: o.ledger, LiveLedgerFlag: o.ledgerFor(false)}
}

// liveCommand spells a command of a rehearsal as it is for real.
func (o *options) liveCommand(words ...string) campaign.Command {
	return o.desk().LiveCommand(words...)
}

// changedFlags lists the flags that the user gave, for the auditor. No flag's value is a secret, but people give the key
// itself where the name of its file belongs, and the number of a test is the run's own. They read as they are typed, quoted for a
// shell.
func changedFlags(c *cobra.Command) string {
	var given []string
	visitChanged(c, func(name, value string, isSwitch bool) {
		switch {
		case name == apiKeyFileFlag || isSwitch && value == "true":
			given = append(given, "--"+name)
		case name == "test-to":
			given = append(given, "--"+name+"=…")
		case isSwitch:
			given = append(given, "--"+name+"="+value)
		default:
			given = append(given, "--"+name, screen.POSIX.Word(value))
		}
	})
	return strings.Join(given, " ")
}

// campaignArgument returns the campaign that a command names; "" for none.
func campaignArgument(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return message.CleanName(args[0])
}
