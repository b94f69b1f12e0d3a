package reports

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports/words"
)

// people counts recipients.
func people(n int) string { return count(n, "person|people") }

// mostCountries is how many countries are named.
const mostCountries = 6

// recipients says to how many people a plan goes, by country: 4,180 people: France 4,051, Belgium 98.
func recipients(r *campaign.Report) string {
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
		name := "no country"
		if region != "" {
			name = words.English().Country(region)
		}
		parts = append(parts, name+" "+figure(r.Countries[region]))
	}
	if others > 0 {
		parts = append(parts, "elsewhere "+figure(others))
	}
	who := people(r.Sendable)
	if r.People > 0 && r.People < r.Sendable { // --duplicates allow
		who = count(r.Sendable, "message") + " to " + people(r.People)
	}
	if len(parts) == 0 {
		return who
	}
	return who + ": " + strings.Join(parts, ", ")
}

// leftOutText says how many rows are not sent, and why: 32 rows: 19 with errors, 9 duplicates, 4 opted out.
func leftOutText(w *words.Words, r *campaign.Report) string {
	total := r.Invalid
	for _, n := range r.Skipped {
		total += n
	}
	if total == 0 {
		return "nobody"
	}
	return count(total, "row") + ": " + leftOutReasons(w, r.Invalid, r.Skipped, r.Since)
}

// leftOutReasons says behind a total why rows are left out. A single reason has the total's count.
func leftOutReasons(w *words.Words, invalid int, skipped map[string]int, since map[string]campaign.Span) string {
	parts := skippedParts(w, skipped, since)
	if invalid > 0 {
		parts = append([]string{w.StatusCount(invalid, outcome.Invalid)}, parts...)
	}
	if len(parts) == 1 {
		_, reason, _ := strings.Cut(parts[0], " ")
		return reason
	}
	return strings.Join(parts, ", ")
}

// skippedOrder is the order in which reasons for leaving out are told.
var skippedOrder = []string{outcome.CauseFiltered, outcome.CauseNoConsent, outcome.CauseDuplicate, outcome.CauseSameNumber, outcome.CauseOptedOutEarlier,
	outcome.CauseSuppressed, outcome.CauseMessagedRecently,
	outcome.CauseMessagedBefore, outcome.CauseRemoved, outcome.CauseForgotten}

func skippedParts(w *words.Words, skipped map[string]int, since map[string]campaign.Span) []string {
	var parts []string
	rest := maps.Clone(skipped)
	for _, cause := range skippedOrder {
		if n := rest[cause]; n > 0 {
			parts = append(parts, Clean(w.CauseCount(n, cause))+sinceText(since[cause], n))
		}
		delete(rest, cause)
	}
	for _, cause := range slices.Sorted(maps.Keys(rest)) {
		parts = append(parts, Clean(w.CauseCount(rest[cause], cause)))
	}
	return parts
}

// sinceText says in brackets when what n people are left out for happened; "" where that is not told.
func sinceText(s campaign.Span, n int) string {
	const date = "2 Jan 2006"
	first, last := s.First.Format(date), s.Last.Format(date)
	switch {
	case s.First.IsZero():
		return ""
	case n == 1 || first == last:
		return " (on " + last + ")"
	}
	return " (from " + first + " to " + last + ")"
}

func repeatsText(repeats []ledger.Repeats) string {
	if len(repeats) == 0 {
		return "none of these messages was sent before from this computer"
	}
	var parts []string
	for _, r := range repeats {
		parts = append(parts, fmt.Sprintf("%s got this very message in campaign %s (%s)",
			people(r.Rows), quoted(r.Campaign), r.Since.Format("2 Jan 2006")))
	}
	return strings.Join(parts, "; ")
}
