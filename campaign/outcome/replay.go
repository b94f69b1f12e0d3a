package outcome

import (
	"slices"
	"time"
)

// Tried is one attempt as it was recorded, for Replay.
type Tried struct {
	At    time.Time // when it began
	Kind  Kind      // empty while no answer is known
	Cause string
	// Renewed tells that the row was given a new key before this attempt; MayBeRenewed that this is not known.
	Renewed, MayBeRenewed bool
}

// Replay returns every state that a row can be in after its attempts, in their order, if it was in one of the states
// given before. There is none when they cannot have followed one another. Of an answer that may have used up its key
// (Answer.MayUseKey) it is not recorded whether it did: both are gone through.
func Replay(from []State, tries []Tried) []State {
	states := from
	for _, try := range tries {
		var after []State
		for _, s := range states {
			for _, ready := range s.before(try) {
				for _, next := range ready.Begin(try.At).after(try) {
					if !slices.Contains(after, next) {
						after = append(after, next)
					}
				}
			}
		}
		states = after
	}
	return states
}

// before returns the states in which the attempt can have begun.
func (s State) before(try Tried) []State {
	switch {
	case s.Open || s.Status == Sent || s.Status == AlreadySent:
		return nil
	case try.Renewed:
		return []State{s.Renew()}
	case try.MayBeRenewed:
		return []State{s.Requeue(), s.Renew()}
	}
	return []State{s.Requeue()}
}

// after returns the states that the attempt's answer can have left.
func (s State) after(try Tried) []State {
	answer := Answer{Kind: try.Kind, Cause: try.Cause}
	switch try.Kind {
	case "":
		return []State{s}
	case Throttled, Halt:
		used := answer
		used.MayUseKey = true
		return []State{s.Settle(answer), s.Settle(used)}
	case Accepted, Replayed, Refusal, NotDelivered, Doubt:
		return []State{s.Settle(answer)}
	}
	return nil
}
