package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
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
	place   ledgerPlace
	keyFrom string // where the API key came from, for advice
}

// modeOf says whether a command is a rehearsal.
func modeOf(o *options) screen.Mode {
	if o.sandbox {
		return screen.Sandbox
	}
	return screen.Live
}

// connect connects the desk, and tells a rehearsal without the account's templates.
func (s *session) connect(ctx context.Context, name string) error {
	err := s.Connect(ctx, name, s.requestTimeout)
	s.tellUnread()
	return err
}

// tellUnread says that a rehearsal does not have the account's templates, where it could not read them.
func (s *session) tellUnread() {
	if s.TemplatesUnread != nil {
		s.Err.Tell(s.Err.TemplatesUnread(text.Clean(s.TemplatesUnread.Error())))
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
		if slices.Contains([]string{"send", "check", "templates", "init"}, s.Args[0]) {
			return "", failed(s.Err.KeyNoneYet(), append(slices.Clone(s.Args), "--sandbox"))
		}
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

// desk is a desk without a ledger: it knows how commands name one.
func (o *options) desk() *campaign.Desk {
	return &campaign.Desk{Rehearsal: o.sandbox, LedgerFlag: o.ledger, LiveLedgerFlag: liveLedgerFlag(o.ledger)}
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

// refusedAs returns the refusal of a code that an error is; nil for any other error.
func refusedAs(err error, code campaign.RefusalCode) *campaign.Refusal {
	if refused, ok := errors.AsType[*campaign.Refusal](err); ok && refused.Code == code {
		return refused
	}
	return nil
}

// openKnown opens the ledger, which must have a campaign of that name. The caller closes the session.
func (a *app) openKnown(ctx context.Context, o *options, name string) (*session, record.Campaign, error) {
	s, err := a.openExisting(ctx, o, name)
	if err != nil {
		return nil, record.Campaign{}, err
	}
	c, err := s.Find(ctx, name)
	if err != nil {
		s.close()
	}
	return s, c, err
}
