package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/help"
	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// helpCommand explains commands and topics. It stands in for cobra's own, which knows commands only.
func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help",
		Example: a.examples(
			campaign.Command{"help", "send"},
			campaign.Command{"help", "results"}),
		Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: complete(func(c *cobra.Command, _ []string) (names []string) {
			for _, sub := range c.Root().Commands() {
				if sub.IsAvailableCommand() {
					names = append(names, explained(sub.Name(), sub.Short))
				}
			}
			for _, topic := range help.Topics(help.English) {
				names = append(names, explained(topic.Name, topic.Title))
			}
			return names
		}, 1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Root().Help()
			}
			if topic, ok := help.Find(help.English, args[0]); ok {
				_, err := io.WriteString(a.Out, topic.Text(a.topicStyle()))
				return err
			}
			if sub, _, err := c.Root().Find(args); err == nil && sub != c.Root() {
				return sub.Help()
			}
			return &usageError{text: a.Err.NoSuchTopic(a.Err.InQuotes(args[0])) + screen.DidYouMean(a.Err, args[0], append(commandNames(c.Root()), topicNames()...)), command: c}
		},
	}
}

func topicNames() (names []string) {
	for _, topic := range help.Topics(help.English) {
		names = append(names, topic.Name)
	}
	return names
}

// topicStyle is how topics stand out on this output, with commands as the user's shell takes them.
func (a *app) topicStyle() help.Style {
	face := a.face(a.Out, a.OutTerminal)
	return help.Style{Colour: face.Colour, Command: func(margin string, command []string) []string {
		return face.Lines(margin, command)
	}}
}

// writeTopics lists the topics, a line each.
func writeTopics(w *words.Words, out io.Writer) {
	fmt.Fprintf(out, "\n%s\n", w.HelpTopics())
	for _, topic := range help.Topics(help.English) {
		fmt.Fprintf(out, "  %-11s %s\n", topic.Name, topic.Title)
	}
}
