package cli

import (
	"context"
	"kanal-campaign/campaign/plan"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
	"kanal-campaign/reports/words"
)

// choiceFlags are those that choose rows by what stands in their cells.
func (o *options) choiceFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupLeftOut, func(f *pflag.FlagSet) {
		f.StringArrayVar(&o.where, "where", nil, "")
		f.StringArrayVar(&o.consent, "consent-column", nil, "")
	})
}

func (o *options) validateChoice() error {
	for _, text := range o.where {
		if _, _, _, ok := plan.ParseWhere(text, nil); !ok {
			return misuseOf(func(w *words.Words) string { return w.WhereNotUnderstood(w.InQuotes(text)) })
		}
	}
	if slices.Contains(o.consent, plan.NoConsentColumn) && len(o.consent) > 1 {
		return misuseOf((*words.Words).ConsentNoneAlone)
	}
	return nil
}

func (o *options) takeChoice(s *record.Settings) {
	for _, text := range o.where {
		s.Where = append(s.Where, record.Condition{Text: text})
	}
	if s.NoConsentColumn = slices.Contains(o.consent, plan.NoConsentColumn); !s.NoConsentColumn {
		s.ConsentColumns = o.consent
	}
}

// choiceWords spell the flags again.
func (o *options) choiceWords() (words []string) {
	for _, text := range o.where {
		words = append(words, "--where", text)
	}
	return append(words, o.consentWords()...)
}

func (o *options) consentWords() (words []string) {
	for _, name := range o.consent {
		words = append(words, plan.ConsentFlag, name)
	}
	return words
}

// takeConsent gives settings the answer about consent that they do not have yet.
func takeConsent(settings *record.Settings, asked record.Settings) {
	if !settings.SettlesConsent() {
		settings.ConsentColumns, settings.NoConsentColumn = asked.ConsentColumns, asked.NoConsentColumn
	}
}

// choiceSettings are the flags that choose rows beside what the campaign was planned with.
func (r *run) choiceSettings() []settingFlag {
	asked, planned := r.settings(), r.campaign.Settings
	header := r.campaign.File.Header
	flags := []settingFlag{{"where", whereText(asked.Where), whereText(planned.Where)}}
	if plan.SameFilter(asked.Where, planned.Where, header) {
		flags[0].asked = flags[0].planned
	}
	if planned.SettlesConsent() {
		flags = append(flags, settingFlag{"consent-column", consentText(asked, header), consentText(planned, header)})
	}
	return flags
}

func whereText(conditions []record.Condition) string {
	var texts []string
	for _, c := range conditions {
		texts = append(texts, c.Text)
	}
	return strings.Join(texts, " --where ")
}

// consentText is an answer about consent, whatever its columns are called.
func consentText(s record.Settings, header []string) string {
	if s.NoConsentColumn {
		return plan.NoConsentColumn
	}
	names := plan.ColumnNames(s.ConsentColumns, header)
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " "+plan.ConsentFlag+" ")
}

// settlesConsent reports whether the command brings an answer that the campaign does not have: then the same file makes
// another plan.
func (r *run) settlesConsent() bool {
	return r.update && !r.campaign.Settings.SettlesConsent() && r.settings().SettlesConsent()
}

// filterLost stops an update of a rebuilt campaign whose results tell of people whom a filter, a list or a gap has left out,
// while nobody has told it again: they would be sent to.
func (r *run) filterLost(ctx context.Context, p *campaign.Plan) error {
	if r.campaign.RebuiltFrom == "" {
		return nil
	}
	tallies, err := r.ledger.Tallies(ctx, r.campaign.ID)
	if err != nil {
		return err
	}
	for _, lost := range []struct {
		cause, flag, value string
		told               bool
	}{
		{outcome.CauseFiltered, "--where", "COLUMN=VALUE", len(p.Settings.Where) > 0},
		{outcome.CauseNoConsent, plan.ConsentFlag, "COLUMN", p.Settings.SettlesConsent()},
		{outcome.CauseSuppressed, "--suppress", "FILE", len(p.Settings.Suppress)+len(r.suppress) > 0},
		{outcome.CauseMessagedRecently, "--min-gap", "7d", p.Settings.MinGap != ""},
	} {
		if n := campaign.Tallies(tallies).LeftOutFor(lost.cause); n > 0 && !lost.told {
			return decideBy(reports.FilterLost(r.Err.Words, r.campaign, n, lost.cause), r.command(append(r.updateWords(r.campaign, p.Path), lost.flag, lost.value)...))
		}
	}
	return nil
}
