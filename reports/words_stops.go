package reports

import (
	"kanal-campaign/campaign"
	"kanal-campaign/kanal"
)

// stopWording is what people read when a run has ended. Its texts may name {campaign}, {row}, {count}, {until},
// {account}, {template}, {phone} and {number} (in full: given, and messaged), {resume} and {rebuild} (the commands), {mode}, {rows} and
// {pending} (counts), {to} (the time of its end), {ledger} (its path, where one was given).
type stopWording struct {
	heading string
	meaning string
	steps   []string
}

// The steps that several ends share.
const (
	stepResume = "$ {resume}"
	stepKey    = "In Kanal, create a key for the same WhatsApp number (id {account})."
	// stepAsksKey is said about a resume command; the rest of it depends on the environment.
	stepAsksKey = "?key"
)

// stopWords are the words of every end that is not a halt. Steps that begin with "$ " are commands.
var stopWords = map[campaign.StopCode]stopWording{
	campaign.StopDone: {heading: "{campaign} ({mode}) is finished: every one of {rows:row} is accounted for"},
	campaign.StopPilot: {
		heading: "{campaign} ({mode}): the pilot is done, {pending:person has|people have} not been messaged yet",
	},
	campaign.StopInterrupted: {
		heading: "{campaign} ({mode}) was stopped at {to}. Nothing is lost: {pending:person has|people have} not been messaged yet",
	},
	campaign.StopAborted: {
		heading: "{campaign} was stopped at once.",
		meaning: "Requests that were on their way are in doubt: nobody read their answers.",
		steps:   []string{stepResume},
	},
	campaign.StopFailures: {
		heading: "{campaign} paused itself[ at row {row}]: {count} rows in a row failed.",
		meaning: "So many failures in a row have one reason, most often, and the next rows would meet it too.",
		steps:   []string{"Find the reason: what Kanal said, above, and the results.", "When it is gone:", stepResume},
	},
	campaign.StopLongWait: {
		heading: "{campaign} paused itself: Kanal asks for a long wait.",
		meaning: "Kanal takes no more messages on this key[ before {until}]. Nothing is lost.",
		steps: []string{"After the wait:", stepResume,
			"To have Kanal asked now, with one message, whether it is over:", "$ {resume} --ask-now"},
	},
	campaign.StopNetwork: {
		heading: "{campaign} paused itself: Kanal is not reached any more.",
		meaning: "{count} tries in a row did not reach the server. None of these messages left this computer.",
		steps:   []string{"Look at the network connection. When it is back:", stepResume},
	},
	campaign.StopEarlierRun: {
		heading: "{campaign} stopped: Kanal knows these messages from an earlier run.",
		meaning: "{count} messages in a row were known to Kanal already, and this ledger has not sent them. " +
			"So a campaign of this name was sent before, from another computer or with another ledger. Nobody was messaged twice.",
		steps: []string{"If this is the same campaign, go on; people who have the message do not get it again:",
			"$ {resume} --continue-earlier", "If it is another occasion, send it under another name: --campaign NAME"},
	},
	campaign.StopOtherNumber: {
		heading: "{campaign} stopped at row {row}: Kanal messaged another number.",
		meaning: "In row {row} the tool gave Kanal {phone}[, and Kanal says that it messaged {number}]. No one else was tried.",
		steps: []string{"Look at row {row} in Kanal, and tell Kanal's support about it.",
			"Resume only when you know that the numbers are right:", stepResume},
	},
	campaign.StopLedger: {
		heading: "{campaign} stopped: the ledger could not be written.",
		meaning: "What was in flight may be in doubt. Nothing is lost: whatever left this computer had been recorded before.",
		steps:   []string{"{remedy}[ ({ledger})]. Then:", stepResume},
	},
}

// stillInDoubt is the heading of a run that had no part in rows that an earlier one has left in doubt.
const stillInDoubt = "{campaign} ({mode}): this run is done, {untried:row is|rows are} in doubt from before"

// stillPending is the heading of a run that is done with what it was asked to do, with people left to send to.
const stillPending = "{campaign} ({mode}): this run is done, {pending:person has|people have} not been messaged yet"

// neverReached replaces the words of a network stop when not even the first try reached the server.
var neverReached = stopWording{
	heading: "{campaign} could not begin: Kanal is not reached.",
	meaning: "{count} tries in a row did not reach the server. No message left this computer.",
	steps:   []string{"Look at the network connection, the proxy and KANAL_API_URL. Then:", stepResume},
}

// ledgerGone and ledgerBroken replace the words of a stop by the ledger when room on the disk would mend nothing.
var (
	ledgerGone = stopWording{
		heading: "{campaign} stopped: its ledger is gone from its place.",
		meaning: "{ledger} was moved, replaced or deleted during the run. What this run sent stands in the results file, and " +
			"no longer in the ledger that is there now.",
		steps: []string{"Keep the results file: it says who has the message.",
			"Put the ledger back, or restore it from a backup. Then:", stepResume,
			"If it is lost for good, rebuild the campaign from the results file:", "$ {rebuild}"},
	}
	ledgerBroken = stopWording{
		heading: "{campaign} stopped: its ledger is damaged.",
		meaning: "{ledger} holds something else than what was written into it. Nothing more is sent on its word. What this run " +
			"sent stands in the results file, as far as the ledger could still be read.",
		steps: []string{"Keep the results file: it says who has the message.",
			"Look after the disk. Restore the ledger from a backup. Then:", stepResume,
			"Without a backup, move the ledger away, and rebuild the campaign from the results file:", "$ {rebuild}"},
	}
)

const elseNobody = " It says nothing about this person, so no one else was tried."

// haltWords are the words of a halt, by its cause.
var haltWords = map[kanal.Cause]stopWording{
	kanal.CauseKeyMissing: {
		heading: "{campaign} stopped at row {row}: Kanal got no API key.",
		meaning: "the key did not reach Kanal, perhaps because of a proxy." + elseNobody,
		steps:   []string{stepResume, stepAsksKey},
	},
	kanal.CauseKeyInvalid: keyRefused,
	kanal.CauseKeyRefused: keyRefused,
	kanal.CauseNoSubscription: {
		heading: "{campaign} stopped at row {row}: the team has no active subscription.",
		meaning: "Kanal sends nothing until the subscription is renewed." + elseNobody,
		steps:   []string{"In Kanal, renew the subscription.", stepResume},
	},
	kanal.CauseTemplateNotFound: {
		heading: "{campaign} stopped at row {row}: the template is not found.",
		meaning: "the template was deleted or is no longer approved, or the key belongs to another WhatsApp number." + elseNobody,
		steps:   []string{"In Kanal, look at the template {template} of the WhatsApp number (id {account}).", stepResume},
	},
	kanal.CauseRedirected:       wrongAddress,
	kanal.CauseMethodNotAllowed: wrongAddress,
	kanal.CauseNotFound:         wrongAddress,
	kanal.CauseSenderRestricted: {
		heading: "{campaign} stopped at row {row}: WhatsApp has restricted the sender.",
		meaning: "people reported or blocked this number too often. Sending on makes it worse.",
		steps: []string{"In Meta Business Suite, look at the number's quality rating.",
			"Wait until the restriction is lifted, then:", stepResume},
	},
	kanal.CauseTemplatePaused: {
		heading: "{campaign} stopped at row {row}: WhatsApp has paused the template.",
		meaning: "people reported or blocked this message too often. Every further row would be refused.",
		steps:   []string{"In Meta Business Suite, see until when the template {template} is paused.", "After that:", stepResume},
	},
	kanal.CauseTemplateDisabled: {
		heading: "{campaign} stopped at row {row}: WhatsApp has disabled the template.",
		meaning: "the template {template} cannot be sent any more. Every further row would be refused.",
		steps:   []string{"Use another template, in another campaign for the people not messaged yet."},
	},
}

var keyRefused = stopWording{
	heading: "{campaign} stopped at row {row}: Kanal refused the API key.",
	meaning: "the key was revoked, replaced or mistyped." + elseNobody,
	steps:   []string{stepKey, stepResume, stepAsksKey},
}

var wrongAddress = stopWording{
	heading: "{campaign} stopped at row {row}: this address does not answer as Kanal does.",
	meaning: "KANAL_API_URL is wrong, or a proxy stands between." + elseNobody,
	steps:   []string{"Look at KANAL_API_URL and the network's proxy.", stepResume},
}

// otherHalt is for a halt of a newer version.
var otherHalt = stopWording{
	heading: "{campaign} stopped at row {row}: Kanal refused, and would refuse every row.",
	meaning: "see Kanal's words above. No one else was tried.",
	steps:   []string{"When the reason is gone:", stepResume},
}

// InterruptedUpdate says that a run ended between taking a changed file over and its first message. The command
// that goes on follows.
func InterruptedUpdate() string {
	return "Interrupted. Nothing was sent. The campaign has taken the changed file over; the results are written anew by:"
}

// How a campaign goes on that has people left to send to. {n} is how many, where --daily-cap tells.
const (
	lookFirst   = "look at these messages in Kanal and on a telephone, then "
	goOnRest    = "send the rest:"
	goOnPortion = "send the next {n}, within the {cap} people of 24 hours (--daily-cap):"
	goOnLater   = "the {cap} people of 24 hours have been written to (--daily-cap); at {frees} or later:"
	goOnStopped = "go on, from where it stopped:"
	goOnPilot   = "send the rest of the pilot, {n:message|messages}:"
	goOnPart    = "go on, from where it stopped, with the {n} that are left of --first:"
)
