package outcome

import (
	"time"

	"kanal-campaign/kanal"
)

// What a run puts up with before it stops, beside what a Policy says.
const (
	MostTries       = 5                // of a row in doubt, in one run
	MostUndelivered = 10               // tries in a row that did not reach the server
	MostReplays     = 5                // of keys that are not from this ledger, before any acceptance
	LongestWait     = 15 * time.Minute // that Kanal asks for
)

// Between two tries of a row passes a delay that doubles, and that luck makes up to half as long or half as long again.
const (
	firstDelay = 2 * time.Second
	lastDelay  = time.Minute
)

// Brake is a code for what an answer stops its run for.
type Brake string

// What stops a run.
const (
	BrakeHalted      Brake = "halted"       // an answer that every further row would get as well
	BrakeFailures    Brake = "failures"     // Policy.MaxFailures rows in a row
	BrakeLongWait    Brake = "long-wait"    // Kanal asked for more than LongestWait
	BrakeNetwork     Brake = "network"      // MostUndelivered tries in a row
	BrakeEarlierRun  Brake = "earlier-run"  // MostReplays
	BrakeOtherNumber Brake = "other-number" // Kanal messaged another number than it was given
)

// Brakes are what the answers of a run tell about the run as a whole, in the order in which they were recorded. Of a new run
// the zero value is true, but for Accepted.
type Brakes struct {
	Failures    int  // rows in a row that failed for one reason, each counted once
	Undelivered int  // tries in a row that did not reach the server
	Replays     int  // of keys that are not from this ledger, since the last acceptance
	Reached     bool // the server was reached, once at least
	Accepted    bool // Kanal has accepted a message of the campaign, in this run or an earlier one
}

// Try is an attempt that has ended.
type Try struct {
	Answer Answer
	State  State     // of the row, with the answer
	Tries  int       // of the row in this run that ended, or may have ended, in doubt
	Ended  time.Time // when the answer was read
	// Deadline is until when the request may be running, as long as nobody has seen its end; by the clock of Ended.
	Deadline time.Time
	Luck     float64 // from 0 to 1: what spreads the delays of rows that fail together
}

// Failure returns for which reason the try counts as a failure of its row; "" for one that does not.
func (t Try) Failure() string {
	inDoubt := t.Answer.Kind == Replayed && t.State.Status == Unknown
	if t.Answer.Kind != Refusal && t.Answer.Kind != Doubt && !inDoubt {
		return ""
	}
	return FailureReason(t.Answer.Kind, t.Answer.Code, t.Answer.Text)
}

// FailureReason tells which failures count as one reason: refusals of the same words, and all doubts.
func FailureReason(kind Kind, code, text string) string {
	if kind == Refusal {
		return code + " " + text
	}
	return "in doubt"
}

// undelivered reports whether the try shows that the server is not reached. A request that was given up shows nothing.
func (t Try) undelivered() bool {
	return t.Answer.Kind == NotDelivered && t.Answer.Cause != string(kanal.CauseCancelled)
}

// foreign reports whether the try replayed a key that is not from this ledger.
func (t Try) foreign() bool {
	return t.Answer.Kind == Replayed && t.State.Status == AlreadySent && t.State.Cause == CauseNotFromThisLedger
}

// After returns the brakes with one try more. same tells that it fails for the reason for which the rows counted in Failures
// did, and counted that its row is one of them.
func (b Brakes) After(t Try, same, counted bool) Brakes {
	if t.Answer.Kind != NotDelivered {
		b.Reached, b.Undelivered = true, 0
	}
	switch {
	case t.Failure() != "" && !same:
		b.Failures = 1
	case t.Failure() != "" && !counted:
		b.Failures++
	case t.Answer.Kind == Accepted, t.Answer.Kind == Replayed && t.Failure() == "":
		b.Failures = 0
	}
	switch {
	case t.undelivered():
		b.Undelivered++
	case t.Answer.Kind == Accepted:
		b.Accepted, b.Replays = true, 0
	case t.foreign():
		b.Replays++
	}
	return b
}

// Policy is how a run goes on after an answer.
type Policy struct {
	MaxFailures     int           // rows in a row that may fail for one reason before the run stops; 0 for any number
	DoubtDelay      time.Duration // by how much a key outlasts the deadline of a request without an answer
	ContinueEarlier bool          // replays of keys from another ledger are an earlier run's
}

// Next is what follows from an answer.
type Next struct {
	Rest  time.Duration // how long the row is not tried again under the same key; 0 when its answer settles it
	Again bool          // this run tries it again after Rest, if it is still due then
	Pause bool          // nobody is sent to before Rest has passed
	Hold  time.Duration // Kanal asks everybody who uses the key to wait so long
	Stop  Brake         // what the run stops for; "" when it goes on
	Count int           // the rows in a row, tries or replays that led to Stop

	Brakes Brakes // with the answer
}

// Next tells what follows from a try, the brakes being those with it.
func (p Policy) Next(t Try, b Brakes) Next {
	next := Next{Rest: p.rest(t, b), Pause: t.undelivered(), Brakes: b}
	next.Again = next.Rest > 0 && t.Tries < MostTries
	if t.Answer.Kind == Throttled || t.Answer.Kind == Doubt && t.Answer.RetryAfter > 0 { // such as a 503 that says for how long
		next.Hold = max(t.Answer.RetryAfter, time.Second)
	}
	next.Stop, next.Count = p.stop(t, b)
	return next
}

func (p Policy) rest(t Try, b Brakes) time.Duration {
	switch t.Answer.Kind {
	case Throttled: // what Kanal asks for is the whole key's wait
		return time.Second
	case NotDelivered:
		if !t.undelivered() {
			b.Undelivered++
		}
		return delay(b.Undelivered, t.Luck)
	case Doubt:
		free := t.Answer.KeyFreeAt(t.Deadline, p.DoubtDelay)
		return max(delay(t.Tries, t.Luck), free.Sub(t.Ended))
	}
	return 0
}

// delay is that after the nth failure in a row, from 1.
func delay(n int, luck float64) time.Duration {
	whole := firstDelay
	for range n - 1 {
		whole = min(2*whole, lastDelay)
	}
	return time.Duration(float64(whole) * (0.5 + luck))
}

func (p Policy) stop(t Try, b Brakes) (Brake, int) {
	switch {
	case t.Answer.Kind == Halt:
		return BrakeHalted, 0
	case t.State.Cause == CauseOtherNumber && t.Answer.Kind == Accepted:
		return BrakeOtherNumber, 0
	case t.Failure() != "" && p.MaxFailures > 0 && b.Failures >= p.MaxFailures:
		return BrakeFailures, b.Failures
	case t.undelivered() && b.Undelivered >= MostUndelivered:
		return BrakeNetwork, b.Undelivered
	case t.foreign() && !b.Accepted && b.Replays >= MostReplays && !p.ContinueEarlier:
		return BrakeEarlierRun, b.Replays
	case t.Answer.RetryAfter > LongestWait && (t.Answer.Kind == Throttled || t.Answer.Kind == Doubt):
		return BrakeLongWait, 0
	}
	return "", 0
}
