package ledger

import (
	"database/sql"
	"strings"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"

	"kanal-campaign/campaign/text"
)

// Runs that a program of an earlier version began tell in their flags alone, as these were typed, what columns tell now. Nothing
// else reads it there.

var (
	legacyTested  = text.Pattern(`(^| )--test-to=(.*?)( --|$)`)
	legacyCountry = text.Pattern(`(?:^| )--country[ =]"?([A-Za-z]+)`)
)

// legacyUntested takes the place of what legacyTested matches once the number is forgotten, and stands there from the beginning
// in the flags of later runs.
const legacyUntested = "$1--test-to=…$3"

// legacyFacts fills in what columns tell of a run that may have none of them.
func legacyFacts(r *record.Run, updates sql.NullBool, tested sql.NullString) {
	r.Updates, r.Tested = updates.Bool, tested.String
	if !updates.Valid {
		r.Updates = strings.Contains(r.Flags, "--update")
	}
	if !tested.Valid {
		r.Tested = legacyPerson(r.Flags)
	}
}

// legacyPerson returns the canonical digits of the number that flags name for a test, or what was typed where that is no number.
func legacyPerson(flags string) string {
	match := legacyTested().FindStringSubmatch(flags)
	if match == nil || match[2] == "…" {
		return ""
	}
	rules := number.Rules{AcceptPossible: true, Version: 1}
	if country := legacyCountry().FindStringSubmatch(flags); country != nil {
		rules.Country = country[1]
	}
	n, err := rules.Clean(match[2])
	if err != nil {
		return match[2]
	}
	return number.Canonical(n.Digits)
}
