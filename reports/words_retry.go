package reports

import (
	"fmt"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
)

// retryWording says why a row is not tried again, and what to do in place of that: a sentence, and the command at its end,
// which may be empty. They may name {row}, {first} (the other row concerned), {when} (it was sent, or forgotten), {id} (of
// the message), {why} (the cause or the problem, in words), {since}, {campaign} and {list} (of the detail), {file} (the
// input's name), {asked} (the causes asked for), {name} (the campaign's) and {again} (a new file's).
type retryWording struct{ text, command string }

// updateWords stands for the command that sends a corrected file.
const updateWords = "update"

// retryWords are the words of rows by their status.
var retryWords = map[outcome.Status]retryWording{
	outcome.Sent: {"Row {row} has its message: Kanal accepted it[ on {when}][ (message {id})]. Within a campaign nobody gets it twice; " +
		"another campaign sends it once more (--campaign NAME --again).", ""},
	outcome.AlreadySent: {"Row {row} has its message, from an earlier request whose answer was lost. " +
		"Within a campaign nobody gets it twice.", ""},
	outcome.Rejected: {"Row {row} was refused ({why}), and is not in doubt: leave --unknown out.", "retry {name} --row {row}"},
	outcome.Unknown: {"Row {row} is in doubt ({why}): this person may have the message. To try it again, under the same key:",
		"retry {name} --row {row} --unknown"},
	outcome.Pending: {"Row {row} was not sent yet, so that there is nothing to try again. To send all that is left:", "resume {name}"},
	outcome.Invalid: {"Row {row} has errors and was never sent: {why} Correct it in {file}, then:", updateWords},
	outcome.Skipped: {"Row {row} was left out ({why}).", ""},
}

// RetryOnLists says that nobody is tried again since all n who could be stand in lists. The command that lifts
// these follows.
func RetryOnLists(n int) string {
	return fmt.Sprintf("Nothing was sent: %s on your lists (--suppress), which the campaign remembers. To try %s all the same, go on "+
		"without the lists:", count(n, "person who could be tried again stands|people who could be tried again stand"),
		noun(n, "that one|them"))
}

// The words of what the status alone does not tell.
var (
	retryNoRow = retryWording{"There is no row {row} in {file} as the campaign was planned from it. Rows are numbered as the " +
		"spreadsheet does: the header is row 1.", ""}
	retryOptedOut = retryWording{"Row {row} is not tried again: this person has opted out[ on {since}], and is never messaged.", ""}
	retryListed   = retryWording{"Row {row} is not tried again: this person stands in your list {list} (--suppress). If that is wrong, " +
		"correct the list, or go on without any:", "retry {name} --row {row} --suppress none"}
	retryOtherCause = retryWording{"Row {row} was refused for another cause than {asked}: {why}. To try it again:", "retry {name} --row {row}"}
	retryOtherDoubt = retryWording{"Row {row} is in doubt for another cause than {asked}: {why}. To try it again:",
		"retry {name} --row {row} --unknown"}
	retryForgotten = retryWording{"Row {row} was forgotten[ on {when}]: nothing is left of it that could be sent.", ""}
	retryGone      = retryWording{"Row {row} is no longer in the file. To send it, put it back into {file}, then:", updateWords}
	retryNoUpdate  = retryWording{"Row {row} has errors and was never sent: {why} " + capital(forgottenTakes), ""}
	retryNoReturn  = retryWording{"Row {row} is no longer in the file. " + capital(forgottenTakes), ""}
	retryOnlyKnown = retryWording{"Row {row} is known from the results only: what it was sent is not, so that it cannot be sent again.", ""}
)

// retrySkipped are the words of rows that were left out, by their cause.
var retrySkipped = map[string]retryWording{
	outcome.CauseDuplicate: {"Row {row} was left out: the same number with the same values stands in row {first}, which counts. That one:",
		"retry {name} --row {first}"},
	outcome.CauseSameNumber: {"Row {row} was left out: the same number stands in row {first} with other values, and only the first is sent " +
		"(--duplicates skip). That one:", "retry {name} --row {first}"},
	outcome.CauseOptedOutEarlier: retryOptedOut,
	string(kanal.CauseOptedOut):  retryOptedOut,
	outcome.CauseSuppressed: {"Row {row} was left out: this person stands in your list[ {list}] (--suppress). If that is wrong, correct the " +
		"list, write these people into a file, and send that:", "report {name} --only skipped --cause suppressed -o {again}"},
	outcome.CauseMessagedRecently: {"Row {row} was left out: this person has, or may have, " +
		"a message[ of campaign {campaign}][ since {since}], " +
		"which was too recent (--min-gap). Later, write these people into a file, and send that:",
		"report {name} --only skipped --cause messaged-recently -o {again}"},
	outcome.CauseFiltered: {"Row {row} was left out by the filter (--where), which the campaign remembers. To send to those whom it leaves " +
		"out, write them into a file, and send that:", "report {name} --only skipped --cause filtered -o {again}"},
	outcome.CauseNoConsent: {"Row {row} was left out: there is no yes in its column of consent (--consent-column). If that is wrong, " +
		"correct it in {file}, then:", updateWords},
	outcome.CauseMessagedBefore: {"Row {row} was left out: this person has, or may have, a message of this campaign already, and an update " +
		"sends no second one.", ""},
	outcome.CauseRemoved:   retryGone,
	outcome.CauseForgotten: retryForgotten,
}
