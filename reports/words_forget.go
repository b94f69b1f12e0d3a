package reports

import (
	"fmt"
	"strings"

	"kanal-campaign/campaign/ledger"
)

// What a campaign with rows of people who were forgotten leaves to be done, in the same words everywhere.
const (
	forgottenWay    = "put the corrected and new people into a file of their own, and send it as another campaign"
	forgottenTakes  = "the campaign has rows of people who were forgotten, and takes no changed file; " + forgottenWay + "."
	forgottenUpdate = "%s of campaign %s %s forgotten, so that it cannot be known whether they are in this changed " +
		"file: to send it could message them again. Nothing was sent. %s."
)

// ForgottenUpdate says why a campaign with rows of people who were forgotten takes no changed file.
func ForgottenUpdate(c ledger.Campaign, rows int) string {
	return fmt.Sprintf(forgottenUpdate, count(rows, "row"), Clean(c.Name), noun(rows, "is of a person who was|are of people who were"), capital(forgottenWay))
}

// capital gives a text the first letter of a sentence.
func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
