package reports

import (
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
)

// causeWording names a cause in a list of counts ("27 not on WhatsApp"), and says what to do about it.
type causeWording struct {
	label  string
	advice string
	// later is when a retry of such rows makes sense ("in some days"); empty when it does not.
	later string
	// inFile tells that the row has to be corrected in the file: the same row would be refused again.
	inFile bool
}

// causeWords are the words of every cause that a row can have.
var causeWords = map[string]causeWording{
	string(kanal.CauseOptedOut):        {label: "opted out", advice: "left out from now on"},
	string(kanal.CauseNotOnWhatsApp):   {label: "not on WhatsApp", advice: "do not retry"},
	string(kanal.CauseClosedWindow):    {label: "no conversation in the last 24 hours", advice: "use a template"},
	string(kanal.CauseHeldBack):        {label: "held back by WhatsApp", advice: "wait days", later: "in some days"},
	string(kanal.CauseTooManyToOne):    {label: "too many messages to one person", advice: "wait", later: "in some days"},
	string(kanal.CauseInvalidNumber):   {label: "not a valid number for Kanal", advice: "correct the number", inFile: true},
	string(kanal.CauseMissingField):    {label: "incomplete for Kanal", advice: "correct the row", inFile: true},
	string(kanal.CauseMissingVariable): {label: "a variable missing", advice: "fix the data or --map", inFile: true},
	string(kanal.CauseBadParameter):    {label: "a value WhatsApp refuses", advice: "fix the data or --map", inFile: true},
	string(kanal.CauseRefused):         {label: "refused by Kanal", advice: "see the error in the results"},
	string(kanal.CauseInvalidRequest):  {label: "could not be written as a request", advice: "see the error in the results"},

	string(kanal.CauseThrottled):  {label: "Kanal asked to wait", advice: "resume"},
	string(kanal.CauseThroughput): {label: "WhatsApp asked to wait", advice: "resume"},

	string(kanal.CauseNameLookup):     {label: "Kanal's name was not found", advice: "look at the network"},
	string(kanal.CauseConnect):        {label: "no connection to Kanal", advice: "look at the network"},
	string(kanal.CauseTLS):            {label: "no secure connection to Kanal", advice: "look at the network or its proxy"},
	string(kanal.CauseTimeout):        {label: "no answer in time", advice: "look in Kanal"},
	string(kanal.CauseConnectionLost): {label: "connection broken", advice: "look in Kanal"},
	string(kanal.CauseCancelled):      {label: "given up when the run was stopped", advice: "look in Kanal"},

	string(kanal.CauseServerError):      {label: "an error at Kanal", advice: "look in Kanal"},
	string(kanal.CauseUnreadableAnswer): {label: "an unreadable answer", advice: "look in Kanal"},
	string(kanal.CauseNoMessageID):      {label: "an answer without a message id", advice: "look in Kanal"},
	string(kanal.CauseConflict):         {label: "a conflict at Kanal", advice: "look in Kanal"},
	string(kanal.CauseUndocumented):     {label: "an answer that is not documented", advice: "look in Kanal"},
	string(kanal.CausePlatformUnknown):  {label: "an unknown error at WhatsApp", advice: "look in Kanal"},
	string(kanal.CauseMedia):            {label: "the file was not fetched", advice: "look in Kanal, then fix the link"},
	string(kanal.CauseSendFailed):       {label: "a failure without a known reason", advice: "look in Kanal"},

	string(kanal.CauseKeyMissing):       {label: "the API key is missing", advice: "give the key and resume"},
	string(kanal.CauseKeyInvalid):       {label: "the API key is refused", advice: "renew the key and resume"},
	string(kanal.CauseKeyRefused):       {label: "the API key is refused", advice: "renew the key and resume"},
	string(kanal.CauseNoSubscription):   {label: "no active subscription", advice: "renew it and resume"},
	string(kanal.CauseTemplateNotFound): {label: "the template is not found", advice: "look at it in Kanal"},
	string(kanal.CauseRedirected):       {label: "sent on to another address", advice: "look at KANAL_API_URL"},
	string(kanal.CauseMethodNotAllowed): {label: "not taken at this address", advice: "look at KANAL_API_URL"},
	string(kanal.CauseNotFound):         {label: "nothing at this address", advice: "look at KANAL_API_URL"},
	string(kanal.CauseSenderRestricted): {label: "the sender is restricted", advice: "wait and look in Meta's tools"},
	string(kanal.CauseTemplatePaused):   {label: "the template is paused", advice: "look at it in Meta's tools"},
	string(kanal.CauseTemplateDisabled): {label: "the template is disabled", advice: "use another template"},

	outcome.CauseInFlight:          {label: "no answer yet", advice: "look in Kanal"},
	outcome.CauseOtherNumber:       {label: "Kanal says it messaged another number", advice: "look in Kanal at once"},
	outcome.CauseKeyUsed:           {label: "refused once, then known to Kanal", advice: "look in Kanal"},
	outcome.CauseNotFromThisLedger: {label: "sent by an earlier run elsewhere", advice: "nothing to do"},
	outcome.CauseDuplicate:         {label: "duplicate|duplicates", advice: "the first row counts"},
	outcome.CauseSameNumber:        {label: "same number with other values", advice: "the first row counts"},
	outcome.CauseOptedOutEarlier:   {label: "opted out", advice: "never messaged"},
	outcome.CauseSuppressed:        {label: "on your list|on your lists", advice: "never messaged"},
	outcome.CauseMessagedRecently:  {label: "messaged recently", advice: "wait, then send a new campaign to them"},
	outcome.CauseFiltered:          {label: "filtered out", advice: "not among those whom --where takes"},
	outcome.CauseNoConsent:         {label: "without consent", advice: "not messaged without a yes"},
	outcome.CauseRemoved:           {label: "no longer in the file", advice: "nothing to do"},
	outcome.CauseForgotten:         {label: "forgotten", advice: "nothing more can be known or sent"},
	outcome.CauseMessagedBefore:    {label: "messaged before", advice: "an update never messages anyone again"},
}

// CauseWords names a cause, and says in a few words what to do about it. code is the platform's code or the HTTP status,
// which the label carries where it tells more than the cause. A cause that is not known is its own label.
func CauseWords(cause, code string) (label, advice string) {
	words, known := causeWords[cause]
	if !known {
		words = causeWording{label: Clean(cause), advice: "see the error in the results"}
	}
	if words.label == "" {
		words.label = "no reason is known"
	}
	label = noun(2, plain(words.label))
	if isPlatformCode(code) {
		label += " (" + Clean(code) + ")"
	}
	return label, words.advice
}

// plain gives a label that has no plural of its own the same form twice.
func plain(label string) string {
	for _, r := range label {
		if r == '|' {
			return label
		}
	}
	return label + "|" + label
}

// causeCount is a cause in a list of rows that were left out: "9 duplicates", "1 opted out".
func causeCount(n int, cause string) string {
	words, known := causeWords[cause]
	if !known {
		words.label = Clean(cause)
	}
	return count(n, plain(words.label))
}

// isPlatformCode tells WhatsApp's codes from HTTP statuses. Its code 100 is no status that ends a request.
func isPlatformCode(code string) bool { return len(code) > 3 || code == "100" }

// statusWords are the words that people read for a status.
var statusWords = map[outcome.Status]string{
	outcome.Sent:        "accepted by Kanal",
	outcome.AlreadySent: "accepted earlier",
	outcome.Rejected:    "refused",
	outcome.Unknown:     "in doubt",
	outcome.Pending:     "not sent yet",
	outcome.Invalid:     "with errors",
	outcome.Skipped:     "left out",
}

// retriedWords say what became of a row that was tried again.
var retriedWords = map[outcome.Status]string{
	outcome.Sent: "accepted now", outcome.AlreadySent: "accepted before, as it turns out", outcome.Rejected: "refused again",
	outcome.Unknown: "in doubt still", outcome.Pending: "not tried yet", outcome.Skipped: "left out",
}

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
