package screen

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// CauseWords names a cause, and says in a few words what to do about it. code is the platform's code or the HTTP status,
// which the label carries where it tells more than the cause. A cause that is not known is its own label.
func CauseWords(w *words.Words, cause, code string) (label, advice string) {
	label = text.Clean(w.Cause(cause))
	if campaign.IsPlatformCode(code) {
		label = w.CauseAndCode(label, text.Clean(code))
	}
	return label, w.CauseAdvice(cause)
}

// doubtWords are CauseWords for a row in doubt: a refusal's advice is not to be followed before the doubt is settled.
func doubtWords(w *words.Words, cause, code string) (label, advice string) {
	if label, advice = CauseWords(w, cause, code); isRefusal(kanal.Cause(cause)) {
		advice = w.AdviceAfterDoubt()
	}
	return label, advice
}

// isRefusal reports whether a cause is that of a definite refusal.
func isRefusal(cause kanal.Cause) bool {
	switch cause {
	case kanal.CauseOptedOut, kanal.CauseNotOnWhatsApp, kanal.CauseClosedWindow, kanal.CauseHeldBack, kanal.CauseTooManyToOne,
		kanal.CauseInvalidNumber, kanal.CauseMissingField, kanal.CauseMissingVariable, kanal.CauseBadParameter, kanal.CauseRefused:
		return true
	}
	return false
}

// isRetriedLater reports whether to try a refused row again makes sense after some days.
func isRetriedLater(cause string) bool {
	return cause == string(kanal.CauseHeldBack) || cause == string(kanal.CauseTooManyToOne)
}

// isFileFault reports whether a refused row has to be corrected in the file: the same row would be refused again.
func isFileFault(cause string) bool {
	switch kanal.Cause(cause) {
	case kanal.CauseInvalidNumber, kanal.CauseMissingField, kanal.CauseMissingVariable, kanal.CauseBadParameter:
		return true
	}
	return false
}

// sendsNothing reports whether a run ended, by the code that the ledger keeps of it, before it came to sending.
func sendsNothing(end string) bool {
	switch end {
	case "not-started", "declined", "tested", "checked":
		return true
	}
	return false
}
