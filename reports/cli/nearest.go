package cli

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign/audience"
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

// nearestFile asks whether another file was meant than the one that an error says is not there.
func nearestFile(f screen.Face, err error) string {
	var fault *audience.Fault
	if !errors.As(err, &fault) || fault.Code != audience.FileMissing {
		return ""
	}
	return screen.NearestFile(f, fault.Path)
}
