package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/reports/words"
)

// noneEmpty refuses a flag that was given without a value: a variable of the shell that was not set must neither lift a
// limit nor turn a test into a campaign. Without --country, numbers that need one are errors: there it does no harm.
func noneEmpty(w *words.Words, c *cobra.Command) (err error) {
	c.Flags().Visit(func(f *pflag.Flag) {
		if err == nil && f.Name != "country" && isEmpty(f.Value) {
			err = &usageError{text: w.FlagEmpty("--" + f.Name), command: c}
		}
	})
	return err
}

func isEmpty(v pflag.Value) bool {
	if several, ok := v.(pflag.SliceValue); ok {
		all := several.GetSlice()
		return len(all) == 0 || slices.ContainsFunc(all, blank)
	}
	return blank(v.String())
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }
