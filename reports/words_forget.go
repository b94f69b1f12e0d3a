package reports

import (
	"fmt"

	"kanal-campaign/campaign/ledger"
)

const forgottenUpdate = "%s of campaign %s %s forgotten, so that it cannot be known whether they are in this changed file: " +
	"to send it could message them again. Nothing was sent. " +
	"Put the new and corrected people into a file of their own, and send it as another campaign."

// ForgottenUpdate says why a campaign of which people were forgotten takes no changed file.
func ForgottenUpdate(c ledger.Campaign, forgotten int) string {
	return fmt.Sprintf(forgottenUpdate, people(forgotten), Clean(c.Name), noun(forgotten, "was|were"))
}

// Where a number stands in what tells a campaign as a whole.
const (
	KeptInName    = "the name"
	KeptInMessage = "the message"
	KeptInColumns = "the columns or flags"
	KeptInFiles   = "the files' names"
)

const (
	staysInRows     = "The number also stands in %s of other people in %s (%s), which stay."
	staysInCampaign = "The number also stands in %s of campaign %s, which %s."
)

// butFor goes after what is gone, while the number stands in so many other places.
func butFor(others int) string {
	if others == 0 {
		return ""
	}
	return ", but for the number in what stays"
}
