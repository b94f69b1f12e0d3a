package screen

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// mostCountries is how many countries are named.
const mostCountries = 6

// recipients says to how many people a plan goes, by country: 4,180 people: France 4,051, Belgium 98.
func recipients(f Face, r *plan.Report) string {
	regions := slices.SortedFunc(maps.Keys(r.Countries), func(a, b string) int {
		return cmp.Or(-cmp.Compare(r.Countries[a], r.Countries[b]), cmp.Compare(a, b))
	})
	var parts []string
	others := 0
	for i, region := range regions {
		if i >= mostCountries {
			others += r.Countries[region]
			continue
		}
		name := f.CountryNone()
		if region != "" {
			name = f.Country(region)
		}
		parts = append(parts, f.CountryCount(name, f.Number(r.Countries[region])))
	}
	if others > 0 {
		parts = append(parts, f.CountryCount(f.CountryElsewhere(), f.Number(others)))
	}
	people, several := r.Sendable, ""
	if r.People > 0 && r.People < r.Sendable { // --duplicates allow
		people, several = r.People, f.MessagesSeveral(r.Sendable)
	}
	switch {
	case people == 0:
		return f.Nobody()
	case len(parts) == 0:
		return sentences(several, f.People(people))
	}
	return sentences(several, f.PeopleOfCountries(people, strings.Join(parts, ", ")))
}

// leftOutText says how many rows are not sent, and why: 32 rows: 19 with errors, 9 duplicates, 4 opted out.
func leftOutText(w *words.Words, r *plan.Report) string {
	total := r.Invalid
	for _, n := range r.Skipped {
		total += n
	}
	if total == 0 {
		return w.Nobody()
	}
	return w.LeftOutRows(total, leftOutReasons(w, r.Invalid, r.Skipped, r.Since))
}

// leftOutReasons says beside a total why rows are left out, and how many for each of several reasons.
func leftOutReasons(w *words.Words, invalid int, skipped map[string]int, since map[string]plan.Span) string {
	if len(skipped) == 1 && invalid == 0 {
		for cause, n := range skipped {
			return withSpan(w, text.Clean(w.CauseOf(n, cause)), since[cause])
		}
	}
	if len(skipped) == 0 && invalid > 0 {
		return w.Status(outcome.Invalid)
	}
	parts := skippedParts(w, skipped, since)
	if invalid > 0 {
		parts = append([]string{w.StatusCount(invalid, outcome.Invalid)}, parts...)
	}
	return strings.Join(parts, ", ")
}

// skippedOrder is the order in which reasons for leaving out are told.
var skippedOrder = []string{outcome.CauseFiltered, outcome.CauseNoConsent, outcome.CauseDuplicate, outcome.CauseSameNumber, outcome.CauseOptedOutEarlier,
	outcome.CauseSuppressed, outcome.CauseMessagedRecently, outcome.CauseSameMessage,
	outcome.CauseMessagedBefore, outcome.CauseRemoved, outcome.CauseForgotten}

func skippedParts(w *words.Words, skipped map[string]int, since map[string]plan.Span) []string {
	var parts []string
	rest := maps.Clone(skipped)
	for _, cause := range skippedOrder {
		if n := rest[cause]; n > 0 {
			parts = append(parts, withSpan(w, text.Clean(w.CauseCount(n, cause)), since[cause]))
		}
		delete(rest, cause)
	}
	for _, cause := range slices.Sorted(maps.Keys(rest)) {
		parts = append(parts, text.Clean(w.CauseCount(rest[cause], cause)))
	}
	return parts
}

// withSpan adds to a reason why people are left out when that happened, where it is told.
func withSpan(w *words.Words, reason string, s plan.Span) string {
	first, last := w.Date(s.First), w.Date(s.Last)
	switch {
	case s.First.IsZero():
		return reason
	case first == last:
		return w.LeftOutOn(reason, last)
	}
	return w.LeftOutFrom(reason, first, last)
}

func repeatsText(f Face, repeats []record.Repeats) string {
	if len(repeats) == 0 {
		return f.RepeatsNone()
	}
	var parts []string
	for _, r := range repeats {
		parts = append(parts, f.RepeatsOf(r.Rows, f.InQuotes(r.Campaign), f.Date(r.Since)))
	}
	return strings.Join(parts, "; ")
}
