package words

import (
	"strconv"

	"kanal-campaign/kanal"
)

// Stop is what the sentences about the end of a run may name: texts that are ready to be read, empty where there is none, and
// the count that the sentence is about.
type Stop struct {
	Mode, Campaign    string
	Row               string // at which it stopped
	Until             string // Kanal asks to wait
	At                string // it ended
	Account, Template string
	Phone, OtherPhone string // that Kanal was given, and that it messaged
	Remedy, Ledger    string // what to do about the ledger, and where it is
	Count             int
}

// stopFacts are a Stop as the catalogue names it. Code is the end's own, for one that is not known.
type stopFacts struct {
	Stop
	N, Code string
}

// The ends of a run that have words of their own beside those of the codes: campaign.StopCode, and the causes of halts.
const (
	StopPeopleLeft    = "people-left"    // done with what it was asked to do, and people are left to send to
	StopDoubtsLeft    = "doubts-left"    // done, and an earlier run has left messages in doubt
	StopNeverReached  = "never-reached"  // not even the first try reached Kanal
	StopLedgerMoved   = "ledger-moved"   // the ledger is gone from its place
	StopLedgerDamaged = "ledger-damaged" // the ledger holds something else than was written
	StopHaltUnknown   = "halted"         // a halt for a cause without words

	StopKeyMissing       = string(kanal.CauseKeyMissing)
	StopKeyRefused       = string(kanal.CauseKeyRefused)
	StopNoSubscription   = string(kanal.CauseNoSubscription)
	StopTemplateNotFound = string(kanal.CauseTemplateNotFound)
	StopTemplateDisabled = string(kanal.CauseTemplateDisabled)
	StopWrongAddress     = "wrong-address"
)

// HaltWords returns the code under which a halt's cause has words; StopHaltUnknown for one that has none.
func (w *Words) HaltWords(cause string) string {
	switch kanal.Cause(cause) {
	case kanal.CauseKeyInvalid:
		cause = StopKeyRefused
	case kanal.CauseRedirected, kanal.CauseMethodNotAllowed, kanal.CauseNotFound:
		cause = StopWrongAddress
	}
	if !w.has("stop." + cause + ".heading") {
		return StopHaltUnknown
	}
	return cause
}

// StopHeading says how a run ended.
func (w *Words) StopHeading(code string, s Stop) string {
	if !w.has("stop." + code + ".heading") {
		return w.stop("unknown", "heading", code, s)
	}
	return w.stop(code, "heading", code, s)
}

// StopMeaning says what that means; "" where the heading says all.
func (w *Words) StopMeaning(code string, s Stop) string {
	if !w.has("stop." + code + ".meaning") {
		return ""
	}
	return w.stop(code, "meaning", code, s)
}

// StopSteps say what to do, one after the other.
func (w *Words) StopSteps(code string, s Stop) (steps []string) {
	if !w.has("stop." + code + ".heading") {
		code = "unknown"
	}
	for n := 1; w.has("stop." + code + ".step-" + strconv.Itoa(n)); n++ {
		steps = append(steps, w.stop(code, "step-"+strconv.Itoa(n), code, s))
	}
	return steps
}

func (w *Words) stop(key, what, code string, s Stop) string {
	return w.say("stop."+key+"."+what, s.Count, stopFacts{Stop: s, N: w.Number(s.Count), Code: code})
}
