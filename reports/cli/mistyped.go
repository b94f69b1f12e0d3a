package cli

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/typed"
)

// mistyped is the error of a command line that holds a key, or is not what was meant: nothing of it is carried out, or kept.
func (a *app) mistyped(root *cobra.Command) error {
	if len(a.Args) == 0 || strings.HasPrefix(a.Args[0], cobra.ShellCompRequestCmd) {
		return nil
	}
	isFile := func(name string) bool {
		info, err := os.Stat(name)
		return err == nil && !info.IsDir()
	}
	if typed.HoldsKey(a.Args, strings.TrimSpace(a.Getenv(envKey)), isFile) {
		return misuse(a.Err.KeyInCommand())
	}
	meant, mistakes := typed.Meant(a.Args, typedCommands(root), isFile)
	if len(mistakes) == 0 {
		return nil
	}
	return &usageError{text: screen.Mistyped(a.Err, mistakes), next: meant}
}

// typedCommands are the commands as far as words go.
func typedCommands(root *cobra.Command) (all []typed.Command) {
	const mostNames = 3
	for _, c := range root.Commands() {
		if c.Name() == "help" { // a subject may have several words
			continue
		}
		of := typed.Command{Name: c.Name(), Flags: map[string]bool{}, Short: map[string]string{}, Least: mostNames}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			of.Flags[f.Name] = f.NoOptDefVal != ""
			if f.Shorthand != "" {
				of.Short[f.Shorthand] = f.Name
			}
		})
		for n := mostNames; n >= 0; n-- {
			if c.Args == nil || c.Args(c, make([]string, n)) == nil {
				of.Least, of.Most = n, max(of.Most, n)
			}
		}
		all = append(all, of)
	}
	return all
}
