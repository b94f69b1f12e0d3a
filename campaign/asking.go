package campaign

import (
	"time"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/outcome"
)

// Reason is why a person is asked before anything leaves.
type Reason string

// The reasons.
const (
	AskUnconfirmed Reason = "unconfirmed"  // more messages than a person has said yes to: a new plan, an update, a retry, after a pilot
	AskPastFirst   Reason = "past-first"   // it goes beyond the people to whom --first kept the run before
	AskTextChanged Reason = "text-changed" // the message reads differently now
	AskOldPlan     Reason = "old-plan"     // for longer than outcome.DoubtLife nobody has said yes to the plan
	AskBeyondCap   Reason = "beyond-cap"   // more people than the daily cap leaves
)

// Asking is what decides whether a person is asked before a run sends, of whatever kind it is.
type Asking struct {
	Messages    int // that would leave
	People      int // to whom the fresh ones go
	Unconfirmed bool
	PastFirst   bool
	TextChanged bool
	PlanAge     time.Duration // since somebody last said yes to the plan
	Hours       hours.HoursVerdict
	// HoursUntold is set where the messages would leave at unwelcome hours and the window that the campaign may have had is not
	// known: a yes that was given beforehand does not answer that.
	HoursUntold bool
	Changed     int // how often what would happen has changed since it was proposed first
}

// mostChanged is how often what would happen may change before nobody's yes, or one given beforehand, is taken for it any more.
const mostChanged = 3

// Reasons are why a person is asked; none where nobody is.
func (a Asking) Reasons() (why []Reason) {
	if a.Messages == 0 {
		return nil
	}
	for _, one := range []struct {
		is  bool
		why Reason
	}{
		{a.TextChanged, AskTextChanged}, {a.PlanAge > outcome.DoubtLife, AskOldPlan},
		{a.Hours.Exceeds(a.People), AskBeyondCap}, {a.Unconfirmed, AskUnconfirmed}, {a.PastFirst, AskPastFirst},
	} {
		if one.is {
			why = append(why, one.why)
		}
	}
	return why
}

// Answering is how a question is answered.
type Answering struct {
	Rehearsal bool // there is nothing to answer for
	Yes       bool // a person has said yes beforehand
	Person    bool // there is one to ask
}

// Refused returns why the run may not begin where it has to be asked about and nobody answers; nil where somebody does.
func (a Asking) Refused(by Answering) *Refusal {
	nobodyAsked := by.Rehearsal || by.Yes || len(a.Reasons()) == 0
	switch {
	case nobodyAsked && a.Changed > mostChanged:
		return &Refusal{Code: RefusedUnsteady}
	case by.Rehearsal || len(a.Reasons()) == 0:
		return nil
	case by.Yes && a.HoursUntold:
		return &Refusal{Code: RefusedHoursUntold}
	case by.Yes || by.Person:
		return nil
	case a.Hours.Exceeds(a.People):
		return &Refusal{Code: RefusedBeyondCap, Hours: a.Hours, Count: a.People}
	}
	return &Refusal{Code: RefusedNobodyToAsk}
}
