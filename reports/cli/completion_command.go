package cli

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kanal-campaign/reports/screen"
)

// completionShells are the shells that get a script, in the order of the help, and the lines that turn it on for good.
var completionShells = []struct {
	name    string
	script  func(root *cobra.Command, w io.Writer) error
	turning []string
}{
	{"bash", bashScript, []string{"echo 'source <(kanal-campaign completion bash)' >> ~/.bashrc"}},
	{"zsh", (*cobra.Command).GenZshCompletion,
		[]string{"echo 'autoload -Uz compinit && compinit' >> ~/.zshrc", "echo 'source <(kanal-campaign completion zsh)' >> ~/.zshrc"}},
	{"fish", fishScript, []string{"echo 'kanal-campaign completion fish | source' >> ~/.config/fish/config.fish"}},
	{"powershell", (*cobra.Command).GenPowerShellCompletionWithDesc,
		[]string{"if (!(Test-Path $PROFILE)) { New-Item -Force $PROFILE }",
			"Add-Content $PROFILE 'kanal-campaign completion powershell | Out-String | iex'"}},
}

func (a *app) completionCommand() *cobra.Command {
	var names, turnings []string
	for _, shell := range completionShells {
		names, turnings = append(names, shell.name), append(turnings, "  "+strings.Join(shell.turning, "\n  "))
	}
	return &cobra.Command{
		Use:       "completion",
		GroupID:   groupPrepare,
		Long:      a.Err.CompletionLong(turnings[0], turnings[1], turnings[2], turnings[3]),
		ValidArgs: names,
		Args:      cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			for i, shell := range completionShells {
				if shell.name != args[0] {
					continue
				}
				if err := shell.script(c.Root(), a.Out); err != nil {
					return err
				}
				if a.OutTerminal {
					fmt.Fprintf(a.Err, "\n%s\n%s\n", a.Err.CompletionForShell(shell.name), turnings[i])
				}
				return nil
			}
			return &usageError{text: a.Err.NoSuchShell(a.Err.InQuotes(args[0])) + " " + a.Err.CommandMisuse(c.Name()) +
				screen.DidYouMean(a.Err, args[0], names), command: c}
		},
	}
}

// bashWords finds the words up to the cursor: bash breaks them at = and :, which belong to a flag and to a path. bashFolders lists
// folders with what bash has.
var (
	//go:embed completion_words.bash
	bashWords string
	//go:embed completion_folders.bash
	bashFolders string
)

// bashScript is cobra's script for bash, but that it needs no package: where bash-completion is not loaded, which does
// these things better, the script puts the words together itself and lists folders.
func bashScript(root *cobra.Command, w io.Writer) error {
	var script bytes.Buffer
	if err := root.GenBashCompletionV2(&script, true); err != nil {
		return err
	}
	text := strings.NewReplacer(
		"    COMPREPLY=()\n    _get_comp_words_by_ref \"$@\" cur prev words cword\n", bashWords,
		"_filedir", "__kanal-campaign_filedir",
	).Replace(script.String())
	_, err := io.WriteString(w, text+bashFolders)
	return err
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
