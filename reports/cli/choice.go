package cli

import (
	"slices"

	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/words"
)

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
