package cli

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/reports"
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

// meantFlag asks whether another flag was meant than the one that an error says is not there.
func meantFlag(f reports.Face, c *cobra.Command, err error) string {
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return ""
	}
	var names []string
	c.Flags().VisitAll(func(flag *pflag.Flag) {
		if !flag.Hidden {
			names = append(names, "--"+flag.Name)
		}
	})
	return reports.DidYouMean(f, "--"+missing.GetSpecifiedName(), names)
}

// meantFile asks whether another file was meant than the one that an error says is not there.
func meantFile(f reports.Face, err error) string {
	var fault *audience.Fault
	if !errors.As(err, &fault) || fault.Code != audience.FileMissing {
		return ""
	}
	return reports.MeantFile(f, fault.Path)
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
