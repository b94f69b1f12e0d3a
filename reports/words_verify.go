package reports

import (
	"fmt"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
)

// findingWords say what is wrong with rows of the ledger.
var findingWords = map[ledger.Contradiction]string{
	campaign.KeyDiffers:      "the key is not the one that the row's number and values give",
	campaign.ContentDiffers:  "the content id is not the one that the row's number and values give",
	campaign.PersonDiffers:   "the person is not the one of the row's number",
	campaign.FinishedPending: "not sent yet, and the campaign is marked as finished",
	ledger.StatusUnknown:     "a status that does not exist",
	ledger.SentWithoutID:     "accepted, and no message id",
	ledger.SentWithoutDate:   "accepted, and no date",
	ledger.IDWithoutSent:     "a message id, and not accepted",
	ledger.SameMessageID:     "the message id stands in another row, too",
	ledger.SameKey:           "the key stands in another row, too",
	ledger.KeyMissing:        "no key, and the row was to be sent",
	ledger.AttemptsMiscount:  "the number of attempts is not the one recorded",
	ledger.NeverTried:        "an outcome, and no attempt",
	ledger.TriedInvalid:      "never to be sent, and an attempt",
	ledger.OpenMismatch:      "the row and its attempts disagree about an answer that is awaited",
	ledger.AcceptedNotSent:   "an attempt was accepted, and the row reads otherwise",
	ledger.SentNotAccepted:   "accepted, and no attempt that was",
	ledger.AcceptedOtherKey:  "the accepted attempt had another key",
	ledger.SentBeforeTried:   "accepted before it was tried (or the computer's clock was set back)",
	ledger.OpenUnattended:    "an attempt without an answer, and nobody at work on it: resume settles it",
}

// differenceWords say how a row of a results file differs.
var differenceWords = map[Difference]string{
	Altered:    "altered",
	Missing:    "missing in the file",
	Added:      "in the file only",
	OutOfOrder: "moved to another place",
}

const notItsResults = "%s is not a results file of campaign %s: its columns are not those of the campaign's file, followed by the " +
	"program's own. Name a file that the program has written, in its own columns."

// NotItsResults says that a file cannot be held against a campaign.
func NotItsResults(file, campaign string) string {
	return fmt.Sprintf(notItsResults, quoted(file), Clean(campaign))
}

// capital gives a text the first letter of a sentence.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
