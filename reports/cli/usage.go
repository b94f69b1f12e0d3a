package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/reports"
)

// groupAnnotation names the flag annotation that carries a flag's group.
const groupAnnotation = "group"

// The groups of flags, by what a person wants, in the order of the help.
const (
	groupWhich   = "Which rows"
	groupMessage = "The message"
	groupWhom    = "Whom"
	groupFile    = "The file"
	groupLeftOut = "Who is left out"
	groupWhen    = "When"
	groupSafety  = "Safety"
	groupOutput  = "Output"
	groupAccess  = "Where to"
	groupRebuild = "When the ledger is lost, with --from"

	groupBehaviour = "How the sandbox behaves"
)

// flagSet is what a group of flags is defined in.
type flagSet = pflag.FlagSet

var flagGroups = []string{groupWhom, groupWhich, groupMessage, groupFile, groupLeftOut, groupWhen, groupSafety, groupOutput,
	groupAccess, groupBehaviour, groupRebuild}

// inGroup puts the flags that define adds into a group of the help.
func inGroup(flags *pflag.FlagSet, group string, define func(*pflag.FlagSet)) {
	set := pflag.NewFlagSet(group, pflag.ContinueOnError)
	define(set)
	set.VisitAll(func(f *pflag.Flag) {
		if f.Annotations == nil {
			f.Annotations = map[string][]string{}
		}
		f.Annotations[groupAnnotation] = []string{group}
		flags.AddFlag(f)
	})
}

// setUsage makes the help group flags by what a person wants, and list the commands in the order given: the one in
// which they are met.
func setUsage(root *cobra.Command, commands []*cobra.Command) {
	root.SetUsageFunc(func(c *cobra.Command) error {
		out := c.OutOrStderr()
		fmt.Fprintf(out, "Usage:\n  %s\n", c.UseLine())
		for _, group := range c.Groups() {
			fmt.Fprintf(out, "\n%s\n", group.Title)
			for _, sub := range commands {
				if sub.GroupID == group.ID && sub.IsAvailableCommand() {
					fmt.Fprintf(out, "  %-11s %s\n", sub.Name(), sub.Short)
				}
			}
		}
		if c == root {
			writeTopics(out)
		}
		if c.HasExample() {
			fmt.Fprintf(out, "\nExample:\n%s\n", c.Example)
		}
		for _, group := range append(flagGroups, "") {
			writeFlags(out, c, group)
		}
		if c.HasAvailableSubCommands() {
			fmt.Fprintf(out, "\nMore about a command or a topic: %s help COMMAND|TOPIC\n", c.CommandPath())
		}
		return nil
	})
	root.SetHelpFunc(func(c *cobra.Command, _ []string) {
		text := c.Long
		if text == "" {
			text = c.Short
		}
		fmt.Fprintf(c.OutOrStdout(), "%s\n\n", helpText(strings.TrimSpace(text)))
		c.SetOut(c.OutOrStdout())
		_ = c.Usage()
	})
}

// examples writes commands for the help, as the user's shell takes them.
func (a *app) examples(commands ...campaign.Command) string {
	return reports.ShellOf(a.GOOS).Examples(commands...)
}

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
	return reports.Wrap(strings.Join(lines, "\n"))
}

func writeFlags(out interface{ Write([]byte) (int, error) }, c *cobra.Command, group string) {
	set := pflag.NewFlagSet(group, pflag.ContinueOnError)
	set.SortFlags = false
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		var in string
		if names := f.Annotations[groupAnnotation]; len(names) > 0 {
			in = names[0]
		}
		if in == group && !f.Hidden {
			set.AddFlag(f)
		}
	})
	if !set.HasFlags() {
		return
	}
	if group == "" {
		group = "Other"
	}
	fmt.Fprintf(out, "\n%s:\n%s", group, set.FlagUsagesWrapped(80))
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

func flagNames(flags *pflag.FlagSet) (names []string) {
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
