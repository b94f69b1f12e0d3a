package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/reports/screen"
)

// release is the version of this program; CHANGELOG.md tells what each one brought.
const release = "0.1.0"

// version is the release, with the commit that it was built from where the build knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return release + "+" + setting.Value[:12]
		}
	}
	return release
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		GroupID: groupPrepare,
		Example: a.examples(campaign.Command{"version"}),
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(a.Out, "%s %s (%s, %s/%s)\n", screen.Program, version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
