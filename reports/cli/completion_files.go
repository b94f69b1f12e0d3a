package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign/text"
)

// written are the names of what the program writes about a campaign beside its results: problems and reports.
var written = text.Pattern(`(?i)\.(problems(-[0-9]+)?\.csv|report(-[0-9]+)?\.html)$`)

// results are those of results, and of copies of them: "novembre.results (1).csv".
var results = text.Pattern(`(?i)\.results\b.*\.csv$`)

// audiences proposes files to be sent: the shell's own proposals, but for what the program has written itself.
func audiences(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return filesIn(typed, func(name string) bool { return !written().MatchString(name) && !results().MatchString(name) })
}

// resultsFiles proposes the results of campaigns.
func resultsFiles(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return filesIn(typed, results().MatchString)
}

// filesIn proposes the files that are wanted, and the folders, of the folder that is typed so far. Where it leaves nothing
// out, or everything, and where the shell knows better what was typed (~, a folder that is not found), the shell proposes its own: it
// quotes, colours and lists files as people are used to.
func filesIn(typed string, wanted func(name string) bool) ([]cobra.Completion, cobra.ShellCompDirective) {
	folder, begun := filepath.Split(typed)
	entries, err := os.ReadDir(filepath.Clean(folder + "."))
	if err != nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var found []string
	left, folders := 0, 0
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasPrefix(name, begun) || begun == "" && strings.HasPrefix(name, ".") {
			continue
		}
		info, err := os.Stat(filepath.Join(folder, name)) // a link to a folder is one
		switch isFolder := err == nil && info.IsDir(); {
		case text.Clean(name) != name: // a shell would take it apart
			left++
		case isFolder:
			found, folders = append(found, folder+name+string(filepath.Separator)), folders+1
		case wanted(name):
			found = append(found, folder+name)
		default:
			left++
		}
	}
	switch {
	case left == 0, len(found) == 0:
		return nil, cobra.ShellCompDirectiveDefault
	case folders == len(found): // what is in it comes next
		return found, cobra.ShellCompDirectiveNoSpace
	}
	return found, cobra.ShellCompDirectiveDefault
}
