package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// Parse reads a command line, without the program's name, as the program does, and runs nothing. Besides what the program
// itself refuses, a flag that takes one value must not stand twice.
func Parse(args []string) error {
	app := &app{Env: Env{Getenv: func(string) string { return "" }, GOOS: "linux"}}
	command, rest, err := app.root().Find(args)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	set := func(flag *pflag.Flag, value string) error {
		if _, many := flag.Value.(pflag.SliceValue); seen[flag.Name] && !many {
			return fmt.Errorf("--%s stands twice", flag.Name)
		}
		seen[flag.Name] = true
		return command.Flags().Set(flag.Name, value)
	}
	command.InitDefaultHelpFlag()
	if err := command.Flags().ParseAll(rest, set); err != nil {
		return err
	}
	if !command.Runnable() {
		return fmt.Errorf("%s is no command", strings.Join(args, " "))
	}
	return command.ValidateArgs(command.Flags().Args())
}

// FlagNames are the flags of all commands.
func FlagNames() (names []string) {
	app := &app{Env: Env{Getenv: func(string) string { return "" }, GOOS: "linux"}}
	for _, command := range app.root().Commands() {
		names = append(names, flagNames(command.Flags())...)
	}
	return names
}
