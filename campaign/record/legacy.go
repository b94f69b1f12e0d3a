package record

import (
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign/outcome"
)

// firstPeopleMasked stands near the top of reports of earlier versions in which people are masked; later ones have peopleMasked.
const firstPeopleMasked = "Phone numbers and names are masked."

// Results of earlier versions have no doubt_since and no forgotten_at: both stand, in English, in error. This is the only place
// that reads them there.

// firstColumns are those of version 0.1 and before.
var firstColumns = currentColumns[:columnOf("doubt_since")]

const (
	firstDoubtSince = "; in doubt since " // and a time, behind what the last attempt met
	firstForgotten  = "forgotten on "     // and a day
)

// modern returns the cells that a row of firstColumns would have under currentColumns.
func modern(cells []string) []string {
	added := slices.Concat(cells, []string{"", ""})
	at := func(name string) *string { return &added[columnOf(name)] }
	said := *at("error")
	if text, since, ok := cutLast(said, firstDoubtSince); ok && *at("status") == string(outcome.Unknown) {
		if _, err := time.Parse(time.RFC3339, since); err == nil {
			*at("error"), *at("doubt_since") = text, since
		}
	}
	if day, ok := strings.CutPrefix(said, firstForgotten); ok && *at("idempotency_key") == "" && *at("normalized_phone") == "" {
		if midnight, err := time.ParseInLocation(time.DateOnly, day, time.Local); err == nil {
			*at("forgotten_at") = instant(midnight)
		}
	}
	return added
}
