package reports

import "kanal-campaign/campaign/outcome"

// skippedReasons say in the results why a row was left out. {first} is the other row concerned, {since} when it happened,
// {campaign} the other campaign, {list} the user's list and {column} the column that keeps it from being sent.
var skippedReasons = map[string]string{
	outcome.CauseDuplicate: "The same number with the same values stands in row {first} already.",
	outcome.CauseSameNumber: "The same number with other values stands in row {first} already, " +
		"and only the first is sent (--duplicates skip).",
	outcome.CauseOptedOutEarlier: "This person has opted out of messages[ on {since}].",
	outcome.CauseSuppressed:      "This person stands in your list[ {list}] (--suppress).",
	outcome.CauseMessagedRecently: "This person has, or may have, a message[ of campaign {campaign}][, since {since}], " +
		"which is too recent (--min-gap).",
	outcome.CauseFiltered:       "The filter (--where) leaves this row out[: see its cell in {column}].",
	outcome.CauseNoConsent:      "There is no yes in the column of consent[, {column}] (--consent-column).",
	outcome.CauseRemoved:        "The row was taken out of the file before it was sent.",
	outcome.CauseForgotten:      "This person was forgotten before the message was sent.",
	outcome.CauseMessagedBefore: "This person has, or may have, a message of this campaign already.",
}
