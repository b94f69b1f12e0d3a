package words

import (
	"maps"
	"slices"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// Status is what people read for what became of a row: accepted by Kanal.
func (w *Words) Status(s outcome.Status) string { return w.coded("status."+string(s), string(s)) }

// StatusCount counts rows by what became of them: 14 refused.
func (w *Words) StatusCount(n int, s outcome.Status) string {
	return w.say("status-count."+string(s), n, values{"N": w.Number(n)})
}

// StatusMeans explains a status to somebody who meets it first.
func (w *Words) StatusMeans(s outcome.Status) string {
	return w.say("status-means."+string(s), nil, nil)
}

// Retried counts rows that were tried again and have a status now: 3 refused again.
func (w *Words) Retried(n int, s outcome.Status) string {
	return w.say("retried."+string(s), n, values{"N": w.Number(n)})
}

// Answer is what people read for what an answer proves.
func (w *Words) Answer(k outcome.Kind) string { return w.coded("answer."+string(k), string(k)) }

// RunEnd names how a run ended, by the code that the ledger keeps of it.
func (w *Words) RunEnd(code string) string { return w.coded("run-end."+code, code) }

// Cause names a cause: not on WhatsApp. One that is not known is its own name, as it stands.
func (w *Words) Cause(cause string) string {
	if cause == "" {
		return w.NoReasonKnown()
	}
	return w.coded("cause."+causeKey(cause)+".label", cause)
}

// CauseOf is Cause for a number of rows that stands beside it: duplicate, of one.
func (w *Words) CauseOf(n int, cause string) string {
	if key := "cause." + causeKey(cause) + ".label"; w.has(key) {
		return w.say(key, n, nil)
	}
	return w.Cause(cause)
}

// CauseCount counts rows of a cause: 9 duplicates.
func (w *Words) CauseCount(n int, cause string) string {
	return w.CountOf(w.Number(n), w.CauseOf(n, cause))
}

// CauseAdvice says in a few words what to do about rows of a cause.
func (w *Words) CauseAdvice(cause string) string {
	advice, known := adviceOf[cause]
	if !known {
		advice = "see-results"
	}
	return w.say("cause-advice."+advice, nil, nil)
}

// coded is the sentence of a code; the code itself, as it stands, where a newer version has written it.
func (w *Words) coded(key, code string) string {
	if !w.has(key) {
		return code
	}
	return w.say(key, nil, nil)
}

// causeKey is the cause under which the catalogue has a cause's name: those that read alike share one.
func causeKey(cause string) string {
	switch cause {
	case outcome.CauseOptedOutEarlier:
		return string(kanal.CauseOptedOut)
	case string(kanal.CauseKeyInvalid):
		return string(kanal.CauseKeyRefused)
	}
	return cause
}

// adviceOf is what to do about each cause.
var adviceOf = map[string]string{
	string(kanal.CauseOptedOut):         "left-out",
	string(kanal.CauseNotOnWhatsApp):    "no-retry",
	string(kanal.CauseClosedWindow):     "use-template",
	string(kanal.CauseHeldBack):         "retry-days",
	string(kanal.CauseTooManyToOne):     "retry-later",
	string(kanal.CauseInvalidNumber):    "correct-number",
	string(kanal.CauseMissingField):     "correct-row",
	string(kanal.CauseMissingVariable):  "correct-data",
	string(kanal.CauseBadParameter):     "correct-data",
	string(kanal.CauseRefused):          "see-results",
	string(kanal.CauseThrottled):        "resume",
	string(kanal.CauseThroughput):       "resume",
	string(kanal.CauseNameLookup):       "check-network",
	string(kanal.CauseConnect):          "check-network",
	string(kanal.CauseTLS):              "check-proxy",
	string(kanal.CauseTimeout):          "look-in-kanal",
	string(kanal.CauseConnectionLost):   "look-in-kanal",
	string(kanal.CauseCancelled):        "look-in-kanal",
	string(kanal.CauseServerError):      "look-in-kanal",
	string(kanal.CauseUnreadableAnswer): "look-in-kanal",
	string(kanal.CauseNoMessageID):      "look-in-kanal",
	string(kanal.CauseConflict):         "look-in-kanal",
	string(kanal.CauseUndocumented):     "look-in-kanal",
	string(kanal.CausePlatformUnknown):  "look-in-kanal",
	string(kanal.CauseMedia):            "fix-link",
	string(kanal.CauseSendFailed):       "look-in-kanal",
	string(kanal.CauseKeyMissing):       "give-key",
	string(kanal.CauseKeyInvalid):       "renew-key",
	string(kanal.CauseKeyRefused):       "renew-key",
	string(kanal.CauseNoSubscription):   "renew-subscription",
	string(kanal.CauseTemplateNotFound): "check-template",
	string(kanal.CauseRedirected):       "check-address",
	string(kanal.CauseMethodNotAllowed): "check-address",
	string(kanal.CauseNotFound):         "check-address",
	string(kanal.CauseSenderRestricted): "wait-for-meta",
	string(kanal.CauseTemplatePaused):   "check-template-meta",
	string(kanal.CauseTemplateDisabled): "other-template",
	string(kanal.CauseInvalidRequest):   "see-results",
	outcome.CauseInFlight:               "look-in-kanal",
	outcome.CauseKeyUsed:                "look-in-kanal",
	outcome.CauseNotFromThisLedger:      "nothing",
	outcome.CauseDuplicate:              "first-row",
	outcome.CauseSameNumber:             "first-row",
	outcome.CauseOptedOutEarlier:        "never",
	outcome.CauseSuppressed:             "never",
	outcome.CauseMessagedRecently:       "new-campaign-later",
	outcome.CauseSameMessage:            "nothing",
	outcome.CauseFiltered:               "filter",
	outcome.CauseNoConsent:              "consent",
	outcome.CauseRemoved:                "nothing",
	outcome.CauseMessagedBefore:         "update-never",
	outcome.CauseForgotten:              "forgotten",
	outcome.CauseOtherNumber:            "look-in-kanal-now",
}

// Causes are the codes of all causes, in no order.
func Causes() []string { return slices.Collect(maps.Keys(adviceOf)) }

// The codes of runs of which the ledger keeps no end, or no way of ending.
const (
	EndedSuddenly = record.EndedSuddenly // nobody recorded its end
	EndedSomehow  = "ended"
	StillRunning  = "running"
)
