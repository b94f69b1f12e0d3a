package cli

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/screen"
)

// commandNames are the commands that a person may have meant.
func commandNames(c *cobra.Command) (names []string) {
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return names
}

// flagFault says what is wrong with a flag, which pflag says in English.
func (a *app) flagFault(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var malformed *pflag.InvalidSyntaxError
	var bare *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	wrong := ""
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		wrong = a.Err.FlagUnknown("-" + text.Clean(unknown.GetSpecifiedName()))
	case errors.As(err, &unknown):
		flag := "--" + text.Clean(unknown.GetSpecifiedName())
		wrong = a.Err.FlagUnknown(flag) + screen.DidYouMean(a.Err, flag, flagsOf(c))
	case errors.As(err, &malformed):
		wrong = a.Err.FlagUnknown(text.Clean(malformed.GetSpecifiedFlag()))
	case errors.As(err, &bare):
		wrong = a.Err.FlagWithoutValue("--" + bare.GetFlag().Name)
	case errors.As(err, &invalid):
		wrong = a.Err.FlagValue(invalid.GetFlag().Value.Type(), "--"+invalid.GetFlag().Name, invalid.GetValue())
	default:
		return err
	}
	return &usageError{text: wrong, command: c}
}

// flagsOf are the flags of a command that a person may have meant.
func flagsOf(c *cobra.Command) (names []string) {
	c.Flags().VisitAll(func(flag *pflag.Flag) {
		if !flag.Hidden {
			names = append(names, "--"+flag.Name)
		}
	})
	return names
}

// meantFile asks whether another file was meant than the one that an error says is not there.
func meantFile(f screen.Face, err error) string {
	var fault *audience.Fault
	if !errors.As(err, &fault) || fault.Code != audience.FileMissing {
		return ""
	}
	return screen.MeantFile(f, fault.Path)
}

// isElsewhere reports whether the other ledger has a campaign of that name: that of rehearsals for a real command, and the
// real one for a rehearsal. A ledger that cannot be read has none.
func (a *app) isElsewhere(ctx context.Context, o *options, name string) bool {
	path, err := (&session{app: a, options: o}).pathFor(!o.sandbox)
	if err != nil {
		return false
	}
	if _, err := os.Stat(path); err != nil { // opening it would create it
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

// openKnown opens the ledger, which must have a campaign of that name: else it says so, with the names that there are. The caller
// closes the session.
func (a *app) openKnown(ctx context.Context, o *options, name string) (*session, record.Campaign, error) {
	s, err := a.openFor(ctx, o, name)
	if err != nil {
		return nil, record.Campaign{}, err
	}
	c, err := s.Find(ctx, name)
	if err != nil {
		err = s.refusedBy(ctx, err)
		s.close()
	}
	return s, c, err
}

// openFor is openExisting for a command about a campaign, which may be in the other ledger. The name may be empty.
func (a *app) openFor(ctx context.Context, o *options, name string) (*session, error) {
	s, err := a.openExisting(ctx, o)
	if missing := (*noLedgerError)(nil); errors.As(err, &missing) && name != "" && a.isElsewhere(ctx, o, name) {
		return nil, failed(screen.CampaignElsewhere(a.Err, name, modeOf(o)))
	}
	return s, err
}
