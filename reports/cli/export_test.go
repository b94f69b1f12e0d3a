package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"kanal-campaign/reports/screen"
)

// bareApp is a program in which no command is to run.
func bareApp() *app {
	face := screen.Plain(io.Discard)
	return &app{Env: Env{Getenv: func(string) string { return "" }, GOOS: "linux"}, Out: face, Err: face}
}

// Parse reads a command line, without the program's name, as the program does, and runs nothing. Besides what the program
// itself refuses, a flag that takes one value must not stand twice.
func Parse(args []string) error {
	command, rest, err := bareApp().root().Find(args)
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
	for _, command := range bareApp().root().Commands() {
		command.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	}
	return names
}
