package reports

import (
	"fmt"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
)

// findingWords say what is wrong with rows of the ledger.
var findingWords = map[ledger.Contradiction]string{
	campaign.PlaceDiffers:      "the row number does not rise with the place in the file",
	campaign.KeyMissing:        "no key, and the row was to be sent",
	campaign.KeyDiffers:        "the key is not the one that the row's number and values give",
	campaign.ContentDiffers:    "the content id is not the one that the row's number and values give",
	campaign.PersonDiffers:     "the person is not the one of the row's number",
	campaign.NumberDiffers:     "the number is not the one in the row's cell",
	campaign.ValuesDiffer:      "the values are not those in the row's cells",
	campaign.ContactDiffers:    "the contact's name or e-mail is not the one in the row's cells",
	campaign.ChoiceDiffers:     "left out by the filter or for want of consent, or not, against what its cells hold",
	campaign.FinishedPending:   "not sent yet, and the campaign is marked as finished",
	campaign.ProblemsMismatch:  "the status does not fit the errors that the check found",
	campaign.OptOutMissing:     "opted out, and not on the list of opt-outs",
	campaign.ForgottenHolds:    "forgotten, and a cell, number, key, id or text is still there",
	campaign.ForgottenUnacted:  "marked as forgotten at a time when nobody was forgotten",
	campaign.StatusUnknown:     "a status that does not exist",
	campaign.StatusDiffers:     "the status is not the one that the attempts leave",
	campaign.CauseDiffers:      "the cause is not the one that the attempts leave",
	campaign.DoubtDiffers:      "whether, or since when, it is in doubt is not what the attempts leave",
	campaign.AnswerDiffers:     "the error text or code is not that of the last answer",
	campaign.TriesImpossible:   "attempts and answers that cannot have followed one another",
	campaign.SentWithoutID:     "accepted, and no message id",
	campaign.SentWithoutDate:   "accepted, and no date",
	campaign.SentAtDiffers:     "the date of the acceptance (sent_at) is not that of the answer",
	campaign.SentBeforeTried:   "accepted before it was tried",
	campaign.TriedAtDiffers:    "the date of the last attempt is not that of the attempt",
	campaign.IDWithoutSent:     "a message id, and not accepted",
	campaign.ContactWithoutTry: "a contact id, and no attempt",
	campaign.AttemptsMiscount:  "the number of attempts is not the one recorded",
	campaign.NeverTried:        "an outcome, and no attempt",
	campaign.TriedInvalid:      "never to be sent, and an attempt",
	campaign.OpenMismatch:      "the row and its attempts disagree about an answer that is awaited",
	campaign.OpenUnattended:    "an attempt without an answer, and the campaign is marked as finished",
	campaign.AcceptedNotSent:   "an attempt was accepted, and the row reads otherwise",
	campaign.SentNotAccepted:   "accepted, and no attempt that was",
	campaign.AcceptedOtherKey:  "the accepted attempt had another key",
	campaign.AttemptOtherKey:   "an attempt had a key that the row never had",
	campaign.AttemptOutOfRun:   "an attempt that no run of the campaign made, or not at that time",
	campaign.AttemptOutOfOrder: "an attempt answered before it began",
	campaign.CreatedOutOfRun:   "the campaign was created while nothing ran",
	campaign.CreatedAfterTried: "the campaign was created after its first attempt",
	campaign.ConfirmedOutOfRun: "the campaign was confirmed while nothing ran",
	campaign.FinishedEarly:     "the campaign is marked as finished before its last attempt or answer",
	campaign.FinishedOutOfRun:  "the campaign is marked as finished, and no run had come to its end at that time",
	campaign.MessageDiffers:    "the message is not of the kind, template or fields that the campaign names",
	campaign.ColumnsDiffer:     "the header is not one that the campaign can have been planned from",
	campaign.RowsUncounted:     "the file had another number of rows",
	campaign.StrayAttempts:     "attempts of rows that are not there any more",
	campaign.Unfinished:        "the campaign is not marked as finished, and its last run has finished it",
	campaign.TextDiffers:       "the template's text is not the one that Kanal gave",
	campaign.AccountDiffers:    "the WhatsApp number is not the one that the template belongs to",
	campaign.FileDiffers:       "the file's name or digest is not the one that the last run tells",
	campaign.ConfirmedDiffers:  "a run confirmed more messages than the campaign had",
	campaign.ForgottenUntold:   "more rows are marked as forgotten than were forgotten",
	ledger.SameMessageID:       "the message id stands in another row, too",
	ledger.RepeatDiffers:       "left out as a repetition of another row with the same values, or with others, and it is not so",
	ledger.SameKey:             "the key stands in another row, too",
}

// differenceWords say how a row of a results file differs.
var differenceWords = map[Difference]string{
	Altered:    "altered",
	Missing:    "missing in the file",
	Added:      "in the file only",
	OutOfOrder: "moved to another place",
}

// unanswered says that requests have no answer, which is no contradiction.
func unanswered(n int) string {
	return fmt.Sprintf("%s %s no answer yet: a run died there; resume settles %s", count(n, "request"), noun(n, "has|have"),
		noun(n, "it|them"))
}

// beyondColumns names a cell, counted from 0, that stands to the right of the last column.
func beyondColumns(cell int) string { return fmt.Sprintf("cell %d, beyond the last column", cell+1) }

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

// besideUnseen stands below a results file that nobody asked about: what holds is the ledger.
const besideUnseen = "This file was not looked at. To hold it against the ledger:"
