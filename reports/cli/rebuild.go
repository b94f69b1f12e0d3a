package cli

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// onlyWithFrom stops a plain resume that brings a flag of a rebuilding one: it would be ignored.
func onlyWithFrom(c *cobra.Command) error {
	for _, name := range listed(rebuildsFlags) {
		if c.Flags().Changed(name) {
			return misuseOf(func(w *words.Words) string { return w.ResumeFlagFromOnly("--" + name) })
		}
	}
	return nil
}

// rebuild makes a campaign whose ledger is lost anew from its results, and goes on with it.
func (a *app) rebuild(c *cobra.Command, o *options) error {
	name, err := o.rebuiltName(a.Err)
	if err != nil {
		return err
	}
	return a.goThrough(c, o, asked{campaign: name, results: o.from}, (*campaign.Desk).Rebuild)
}

// rebuiltName returns the name of the campaign whose results --from names.
func (o *options) rebuiltName(f screen.Face) (string, error) {
	mode := modeOf(o)
	if _, rehearsed := record.CampaignOfResults(o.from, true); rehearsed && mode == screen.Live {
		return "", decide(screen.RehearsedResults(f, o.from))
	}
	if o.campaign == "" {
		name, ok := record.CampaignOfResults(o.from, mode == screen.Sandbox)
		if !ok {
			return "", misuse(f.ResultsNameUnknown(text.Clean(filepath.Base(o.from))))
		}
		return o.campaignName(name + ".csv")
	}
	return o.campaignName(o.from)
}
