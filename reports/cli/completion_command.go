package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kanal-campaign/reports"
)

// completionShells are the shells that get a script, in the order of the help, and how each is told to read it.
var completionShells = []struct {
	name    string
	script  func(root *cobra.Command, w io.Writer) error
	turning []string // the lines that turn it on for good
	note    string   // what has to be there; may be empty
}{
	{
		"bash", bashScript,
		[]string{"echo 'source <(kanal-campaign completion bash)' >> ~/.bashrc"},
		"version 4.2 or newer",
	}, {
		"zsh", (*cobra.Command).GenZshCompletion,
		[]string{"echo 'autoload -Uz compinit && compinit' >> ~/.zshrc", "echo 'source <(kanal-campaign completion zsh)' >> ~/.zshrc"},
		"the first line only if your ~/.zshrc does not have it yet",
	}, {
		"fish", fishScript,
		[]string{"echo 'kanal-campaign completion fish | source' >> ~/.config/fish/config.fish"},
		"",
	}, {
		"powershell", (*cobra.Command).GenPowerShellCompletionWithDesc,
		[]string{"if (!(Test-Path $PROFILE)) { New-Item -Force $PROFILE }",
			"Add-Content $PROFILE 'kanal-campaign completion powershell | Out-String | iex'"},
		"",
	},
}

func (a *app) completionCommand() *cobra.Command {
	var names []string
	help := `With completion, pressing Tab finishes what you type: commands, flags, and the names
of your templates, campaigns and causes; pressing it twice lists what there is. Turn
it on once, in the terminal that you use; it works from the next new terminal on.
`
	for _, shell := range completionShells {
		names = append(names, shell.name)
		heading := shell.name
		if heading == "powershell" {
			heading = "PowerShell"
		}
		if shell.note != "" {
			heading += " (" + shell.note + ")"
		}
		help += "\n" + heading + ":\n  " + strings.Join(shell.turning, "\n  ") + "\n"
	}
	missing := "Name the shell: kanal-campaign completion bash, zsh, fish or powershell."
	return &cobra.Command{
		Use:       "completion SHELL",
		GroupID:   "prepare",
		Short:     "Make the Tab key finish commands, flags and names",
		Long:      help,
		ValidArgs: names,
		Args:      arguments(cobra.ExactArgs(1), missing),
		RunE: func(c *cobra.Command, args []string) error {
			for _, shell := range completionShells {
				if shell.name != args[0] {
					continue
				}
				if err := shell.script(c.Root(), a.Out); err != nil {
					return err
				}
				if a.OutTerminal {
					fmt.Fprintf(a.Err, "\nThis is for %s to read. To turn it on, type this, then open a new terminal:\n  %s\n", shell.name,
						strings.Join(shell.turning, "\n  "))
				}
				return nil
			}
			return &usageError{text: fmt.Sprintf("There is no completion for %q. %s%s", reports.Clean(args[0]), missing,
				reports.DidYouMean(a.Err, args[0], names)), command: c}
		},
	}
}

// fishScript is cobra's script for fish, but that words which were typed before, of which fish has taken the quotes, get
// them back: a campaign's name may hold an apostrophe.
func fishScript(root *cobra.Command, w io.Writer) error {
	var script bytes.Buffer
	if err := root.GenFishCompletion(&script, true); err != nil {
		return err
	}
	const typed = "(commandline -opc)"
	_, err := io.WriteString(w, strings.ReplaceAll(script.String(), typed, "(string escape -- "+typed+")"))
	return err
}
