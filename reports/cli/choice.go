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
	return nil
}

func (o *options) takeChoice(s *record.Settings) {
	for _, text := range o.where {
		s.Where = append(s.Where, record.Condition{Text: text})
	}
	s.NoConsentColumn = slices.Contains(o.consent, plan.NoConsentColumn)
	s.ConsentColumns = slices.DeleteFunc(slices.Clone(o.consent), func(name string) bool { return name == plan.NoConsentColumn })
}
