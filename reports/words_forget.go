package reports

import (
	"fmt"

	"kanal-campaign/campaign/ledger"
)

const forgottenUpdate = "%s of campaign %s %s forgotten, so that it cannot be known whether they are in this changed file: to send it could " +
	"message them again. Nothing was sent. Put the new and corrected people into a file of their own, and send it as another campaign."

// ForgottenUpdate says why a campaign of which people were forgotten takes no changed file.
func ForgottenUpdate(c ledger.Campaign, forgotten int) string {
	return fmt.Sprintf(forgottenUpdate, people(forgotten), Clean(c.Name), noun(forgotten, "was|were"))
}
