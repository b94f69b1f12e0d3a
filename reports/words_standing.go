package reports

// standingWords say, by what send would do, of a campaign with the checked file's name how far it is. They may name {name},
// {state}, {messaged} (how many have this message from it) of {people} (in the file), {message}
// and {account} (the campaign's).
var standingWords = map[SendDoes]string{
	SendResumes: "{name} {state}.[ {messaged} of these {people} have, or may have, this message from it.] Sending this file goes on with " +
		"it, and nobody gets the message twice.",
	SendUpdates: "{name} {state}, and the file is another one now.[ {messaged} of these {people} have, or may have, exactly this message " +
		"from it.] Sending this file stops until --update, which sends what is new or corrected; nobody gets a second message.",
	SendFinished: "{name} {state}.[ {messaged} of these {people} have, or may have, this message from it.] Sending this file again stops: " +
		"nothing is left to send.",
	SendOtherMessage: "{name} {state}, and sends another message: {message}. Sending this file under that name stops.",
	SendOtherAccount: "{name} {state}, from another WhatsApp number (id {account}). Sending this file under that name stops.",
	SendForgotten: "{name} {state}, and has rows of people who were forgotten, so that it cannot be known whether they are in this file. " +
		"Sending it stops, and under another name it could message them again.",
}

// standingRehearsed is standingWords of a changed file whose campaign is a finished rehearsal.
const standingRehearsed = "{name} {state}, and the file is another one now.[ {messaged} of these {people} have, or may have, exactly this " +
	"message from it.] With --update, sending this file sends what is new or corrected, and nobody gets a second message; without, the " +
	"rehearsal starts over."

// What a check ends with.
const (
	aheadDoubts  = "{n} of them in doubt: tried again under the same key"
	aheadRunning = "being sent at the moment: check again when that has ended"
	// What can be done about a finished campaign beside its rows, and about a finished rehearsal.
	finishedAgain     = "send to these people again, as another campaign: --campaign NAME --again"
	finishedLifted    = "send to the {n:person|people} whom your lists left out:"
	finishedRehearsal = "start the rehearsal over: send the file again, without --update"
)
