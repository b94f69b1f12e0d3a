package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// describe gives commands what people read about them and their flags.
func describe(w *words.Words, commands ...*cobra.Command) {
	for _, c := range commands {
		name := c.Name()
		c.Use, c.DisableFlagsInUseLine = name+" "+w.CommandArguments(name), true
		c.Short = w.CommandShort(name)
		if c.Long == "" {
			c.Long = w.CommandLong(name)
		}
		if c.Args != nil {
			c.Args = arguments(w, c.Args)
		}
		c.InitDefaultHelpFlag()
		c.InitDefaultVersionFlag()
		c.Flags().VisitAll(func(f *pflag.Flag) { f.Usage = w.Flag(name, f.Name) })
	}
}

// arguments wraps a cobra check of positional arguments, so that its errors say what the command takes.
func arguments(w *words.Words, check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		err := check(c, args)
		if told := (*usageError)(nil); err == nil || errors.As(err, &told) {
			return err
		}
		return &usageError{text: w.CommandMisuse(c.Name()), command: c}
	}
}

// setUsage makes the help group flags by what a person wants, and list the commands in the order given: the one in
// which they are met.
func setUsage(w *words.Words, root *cobra.Command, commands []*cobra.Command) {
	root.SetUsageFunc(func(c *cobra.Command) error {
		out := c.OutOrStderr()
		fmt.Fprintf(out, "%s\n  %s\n", w.HelpUsage(), c.UseLine())
		for _, group := range c.Groups() {
			fmt.Fprintf(out, "\n%s\n", group.Title)
			for _, sub := range commands {
				if sub.GroupID == group.ID && sub.IsAvailableCommand() {
					fmt.Fprintf(out, "  %-11s %s\n", sub.Name(), sub.Short)
				}
			}
		}
		if c == root {
			writeTopics(w, out)
		}
		if c.HasExample() {
			fmt.Fprintf(out, "\n%s\n%s\n", w.HelpExample(), c.Example)
		}
		for _, group := range flagGroups {
			writeFlags(w, out, c, group.name)
		}
		if c.HasAvailableSubCommands() {
			fmt.Fprintf(out, "\n%s\n", w.HelpMore(c.CommandPath()))
		}
		return nil
	})
	root.SetHelpFunc(func(c *cobra.Command, _ []string) {
		fmt.Fprintf(c.OutOrStdout(), "%s\n\n", helpText(c.Long))
		c.SetOut(c.OutOrStdout())
		_ = c.Usage()
	})
}

// examples writes commands for the help, as the user's shell takes them.
func (a *app) examples(commands ...campaign.Command) string { return a.Err.Examples(commands...) }

// helpText makes a command's text fit a terminal: its paragraphs are filled anew, and lines that are indented stay.
func helpText(text string) string {
	var lines []string
	open := false // the last line is a paragraph's, to which more may come
	for line := range strings.SplitSeq(text, "\n") {
		filled := line != "" && !strings.HasPrefix(line, " ")
		if filled && open {
			lines[len(lines)-1] += " " + line
		} else {
			lines = append(lines, line)
		}
		open = filled
	}
	return screen.Wrap(strings.Join(lines, "\n"))
}

func writeFlags(w *words.Words, out io.Writer, c *cobra.Command, group string) {
	set := pflag.NewFlagSet(group, pflag.ContinueOnError)
	set.SortFlags = false
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if groupOf(c, f.Name) == group && !f.Hidden {
			set.AddFlag(withDefault(w, f))
		}
	})
	if set.HasFlags() {
		fmt.Fprintf(out, "\n%s\n%s", w.FlagGroup(group), set.FlagUsagesWrapped(80))
	}
}

// withDefault is a flag whose usage names its default, which pflag would name in English.
func withDefault(w *words.Words, f *pflag.Flag) *pflag.Flag {
	switch f.DefValue {
	case "", "0", "0s", "false", "[]":
		return f
	}
	shown := *f
	shown.Usage, shown.DefValue = w.FlagWithDefault(f.Usage, f.DefValue), "0"
	if f.Value.Type() == "string" {
		shown.DefValue = ""
	}
	return &shown
}

// visitChanged calls visit with the name and value of every flag that the user gave.
func visitChanged(c *cobra.Command, visit func(name, value string, isSwitch bool)) {
	c.Flags().Visit(func(f *pflag.Flag) {
		several, repeated := f.Value.(pflag.SliceValue)
		if !repeated {
			visit(f.Name, f.Value.String(), f.Value.Type() == "bool")
			return
		}
		for _, value := range several.GetSlice() {
			visit(f.Name, value, false)
		}
	})
}
