// Package outcome is the life of one row: what may happen to it, in which order, and what each answer proves.
//
// Everything here is a pure function of its arguments. The ledger stores a State, the sender applies these transitions,
// and nothing else in the program decides what a row has become.
package outcome

import "time"

// Status is what became of a row, in the words that every file and screen uses.
type Status string

// The statuses of a row. Only Pending, and Unknown for as long as its doubt is young, are ever sent by a run.
const (
	Sent        Status = "sent"         // accepted by Kanal (200)
	AlreadySent Status = "already_sent" // accepted earlier, the message id is lost (201)
	Rejected    Status = "rejected"     // a documented, definite refusal
	Unknown     Status = "unknown"      // attempted, and it cannot be known whether it was accepted
	Pending     Status = "pending"      // not sent yet: no attempt, or only attempts proven not accepted
	Invalid     Status = "invalid"      // never attempted: the check found errors
	Skipped     Status = "skipped"      // never attempted, on purpose
)

// Statuses lists every status in the order in which summaries show them.
var Statuses = []Status{Sent, AlreadySent, Rejected, Unknown, Pending, Invalid, Skipped}

// Messaged reports whether a person with this status has, or may have, the message.
func (s Status) Messaged() bool { return s == Sent || s == AlreadySent || s == Unknown }

// Causes that arise from a row's history rather than from one answer. Causes of single answers are kanal.Cause values.
const (
	CauseInFlight          = "in-flight"            // the attempt has no outcome yet, or its process died
	CauseKeyUsed           = "key-used"             // 201 after a definite refusal: it proves nothing
	CauseNotFromThisLedger = "not-from-this-ledger" // 201 to a key that this ledger had never sent
	CauseDuplicate         = "duplicate"            // same number and same values as an earlier row
	CauseSameNumber        = "same-number"          // same number, other values, left out by --duplicates skip
	CauseOptedOutEarlier   = "opted-out-earlier"    // remembered from an earlier refusal
	CauseSuppressed        = "suppressed"           // on a list of the user's own
	CauseMessagedRecently  = "messaged-recently"    // by another campaign, within --min-gap
	CauseSameMessage       = "same-message"         // this very message, from another campaign; left out by --skip-repeats
	CauseFiltered          = "filtered"             // not among those whom --where takes
	CauseNoConsent         = "no-consent"           // no yes in a column of --consent-column
	CauseRemoved           = "removed"              // no longer in the file since an update
	CauseMessagedBefore    = "messaged-before"      // an update never messages a person of this campaign again
	CauseForgotten         = "forgotten"            // the person was forgotten before the row was sent, or while it was in doubt
	CauseOtherNumber       = "other-number"         // Kanal says that it messaged another number than it was given
)

// DoubtLife is how long a doubt may be retried without the user's word. How long Kanal remembers a key is undocumented
// (the API page, "What is undocumented"), so half a day is the most that is assumed.
const DoubtLife = 12 * time.Hour

// clockSlack is how far in the future a stored time may lie before its age counts as unknowable.
const clockSlack = time.Minute

// State is what is known about one key. The zero State is not valid; a new row starts as New().
type State struct {
	Status Status
	Cause  string
	// Open is true from the commit of an attempt to the commit of its outcome. An open attempt without a living process
	// is a doubt: see Abandon.
	Open bool
	// Doubted is true once an acceptance of this key is possible and not shown. Only a 200 or a 201 clears it.
	Doubted bool
	// Refused is true once an attempt of this key may have used the key up without being accepted (Answer.MayUseKey). A
	// 201 then proves nothing.
	Refused bool
	// Earlier is true when an earlier key of this row may have been accepted (Renew). Only a 200 or a 201 clears it.
	Earlier bool
	// DoubtSince is when the first attempt began that may have been accepted; zero without a doubt.
	DoubtSince time.Time
}

// New returns the state of a row that has never been attempted under its key.
func New() State { return State{Status: Pending} }

// Begin returns the state to commit before a request leaves at the time given. Were the process to die right after,
// the stored state would already tell the truth: in doubt since that attempt.
func (s State) Begin(at time.Time) State {
	s.Open = true
	s.Status, s.Cause = Unknown, CauseInFlight
	if s.DoubtSince.IsZero() {
		s.DoubtSince = at
	}
	return s
}

// Settle returns the state after the answer to the open attempt.
func (s State) Settle(a Answer) State {
	s.Open = false
	switch a.Kind {
	case Accepted:
		return State{Status: Sent, Cause: a.Cause}
	case Replayed:
		return s.replayed()
	case Refusal:
		s.Refused = true
		return s.unlessDoubted(Rejected, a.Cause)
	case Doubt:
		s.Doubted = true
	}
	s.Refused = s.Refused || a.MayUseKey
	return s.unlessDoubted(Pending, a.Cause)
}

func (s State) replayed() State {
	switch {
	case s.Refused:
		s.Doubted = true
		s.Status, s.Cause = Unknown, CauseKeyUsed
		return s
	case s.Doubted:
		return State{Status: AlreadySent}
	default:
		return State{Status: AlreadySent, Cause: CauseNotFromThisLedger}
	}
}

// unlessDoubted gives the status that an answer proves, if no earlier attempt may have been accepted.
func (s State) unlessDoubted(status Status, cause string) State {
	s.Cause = cause
	if s.Doubted || s.Earlier {
		s.Status = Unknown
		return s
	}
	s.Status, s.DoubtSince = status, time.Time{}
	return s
}

// Abandon returns the state of a row whose process died with an attempt open: nobody will ever read that answer.
func (s State) Abandon() State {
	if s.Open {
		s.Open, s.Doubted = false, true
	}
	return s
}

// Requeue returns the state of a refused row that the user wants tried again under the same key. Other states are
// returned unchanged.
func (s State) Requeue() State {
	if s.Status == Rejected {
		s.Status = Pending
	}
	return s
}

// Renew returns the state of a row that gets a new key. What an earlier key may have brought stays in doubt.
func (s State) Renew() State {
	renewed := New()
	if s.Doubted || s.Earlier {
		renewed = State{Status: Unknown, Cause: s.Cause, Earlier: true, DoubtSince: s.DoubtSince}
	}
	return renewed
}

// Due reports whether a run may send this row now without being asked to by name.
func (s State) Due(now time.Time) bool {
	switch s.Status {
	case Pending:
		return !s.Open
	case Unknown:
		return !s.Open && s.Cause != CauseKeyUsed && s.youngDoubt(now)
	}
	return false
}

// youngDoubt also refuses a doubt from the future: a clock was set back, and its age cannot be known.
func (s State) youngDoubt(now time.Time) bool {
	age := now.Round(0).Sub(s.DoubtSince.Round(0)) // by wall clock: the other one stands still while a computer sleeps
	return age >= -clockSlack && age <= DoubtLife
}
