package audit

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// The contradictions of a row with its attempts.
const (
	StatusUnknown     Code = "status-unknown"       // a status that there is not
	StatusDiffers     Code = "status-differs"       // not the status that its attempts leave
	CauseDiffers      Code = "cause-differs"        // not the cause
	DoubtDiffers      Code = "doubt-differs"        // not whether, and since when, it is in doubt
	AnswerDiffers     Code = "answer-differs"       // not the text and code of the last answer
	TriesImpossible   Code = "tries-impossible"     // attempts that cannot have followed one another
	SentWithoutID     Code = "sent-without-id"      // sent, and no message id
	SentWithoutDate   Code = "sent-without-date"    // sent, and no date
	SentAtDiffers     Code = "sent-at-differs"      // a date that is not that of the acceptance
	SentBeforeTried   Code = "sent-before-tried"    // sent before the last attempt began
	TriedAtDiffers    Code = "tried-at-differs"     // not when the last attempt began
	IDWithoutSent     Code = "id-without-sent"      // a message id, and not sent
	ContactWithoutTry Code = "contact-without-try"  // a contact id, and no attempt
	AttemptsMiscount  Code = "attempts-miscount"    // the row counts other attempts than there are
	NeverTried        Code = "never-tried"          // an outcome, and no attempt
	TriedInvalid      Code = "tried-invalid"        // never to be sent, and an attempt
	OpenMismatch      Code = "open-mismatch"        // an attempt awaits its answer, and the row does not know
	OpenUnattended    Code = "open-unattended"      // an attempt awaits its answer in a finished campaign
	AcceptedNotSent   Code = "accepted-not-sent"    // an attempt was accepted, and the row reads otherwise
	SentNotAccepted   Code = "sent-not-accepted"    // sent, and no attempt was accepted
	AcceptedOtherKey  Code = "accepted-other-key"   // the accepted attempt had another key than the row
	AttemptOtherKey   Code = "attempt-other-key"    // an attempt had a key that the row never had
	AttemptOutOfRun   Code = "attempt-out-of-run"   // an attempt that no run can have made
	AttemptOutOfOrder Code = "attempt-out-of-order" // an attempt answered before it began
)

// lookAtOutcome computes what has become of a row from its attempts, and holds it against what the row tells.
func (a *auditor) lookAtOutcome(h ledger.History) {
	row, forgotten := h.Row, !h.ForgottenAt.IsZero()
	status := row.State.Status
	sent := status == outcome.Sent
	is := func(kind outcome.Kind) func(record.Attempt) bool {
		return func(t record.Attempt) bool { return t.Kind == kind }
	}
	accepted := slices.IndexFunc(h.Tries, is(outcome.Accepted))
	plain := a.reportAll(row, []check{
		{StatusUnknown, !slices.Contains(outcome.Statuses, status)},
		{SentWithoutID, sent && row.MessageID == "" && !forgotten},
		{IDWithoutSent, !sent && row.MessageID != ""},
		{AttemptsMiscount, row.Attempts < len(h.Tries) || !a.rebuilt && row.Attempts != len(h.Tries)},
		{NeverTried, row.Attempts == 0 && (status.Messaged() || status == outcome.Rejected)},
		{TriedInvalid, row.Attempts > 0 && status == outcome.Invalid},
		{OpenMismatch, row.State.Open != slices.ContainsFunc(h.Tries, func(t record.Attempt) bool { return t.AnsweredAt.IsZero() })},
		{AcceptedNotSent, !sent && accepted >= 0},
		{SentNotAccepted, sent && accepted < 0 && !a.rebuilt},
		{OpenUnattended, row.State.Open && !a.running && !a.campaign.FinishedAt.IsZero()},
	})
	if row.State.Open && !a.running {
		a.Unanswered++
	}
	a.reportAll(row, []check{
		{ContactWithoutTry, row.ContactID != "" && row.Attempts == 0},
		{AcceptedOtherKey, !forgotten && accepted >= 0 && h.Tries[accepted].Key != row.Key},
	})
	if !plain {
		a.replay(h)
		a.lookAtAnswer(h)
	}
}

// replay goes through the attempts again.
func (a *auditor) replay(h ledger.History) {
	from, known := a.untried(h)
	if !known {
		return
	}
	tries, renewed, ours := a.tried(h)
	if !ours {
		a.report(h.Row, AttemptOtherKey)
		return
	}
	ends := outcome.Replay(from, tries)
	if len(ends) == 0 {
		a.report(h.Row, TriesImpossible)
		return
	}
	var status, cause bool
	for _, end := range ends {
		for _, s := range a.leaves(end, h, renewed) {
			if s == h.State {
				return
			}
			status = status || s.Status == h.State.Status
			cause = cause || s.Status == h.State.Status && s.Cause == h.State.Cause
		}
	}
	a.reportAll(h.Row, []check{{StatusDiffers, !status}, {CauseDiffers, status && !cause}, {DoubtDiffers, cause}})
}

// untried returns the states that the row can have been in before the attempts that are recorded, as far as it is known:
// a campaign that was rebuilt brings outcomes without their attempts.
func (a *auditor) untried(h ledger.History) (from []outcome.State, known bool) {
	if !a.rebuilt || h.Attempts == len(h.Tries) {
		return []outcome.State{outcome.New()}, true
	}
	since := h.State.DoubtSince
	return []outcome.State{
		outcome.New(),
		outcome.Recovered(outcome.Pending, "", h.Attempts, since),
		outcome.Recovered(outcome.Unknown, "", 1, since),
		outcome.Recovered(outcome.Unknown, outcome.CauseKeyUsed, h.Attempts, since),
	}, len(h.Tries) > 0
}

// renewal tells whether a row was given a new key.
type renewal struct{ was, mayBe bool }

// tried returns a row's attempts for outcome.Replay, and whether it was given a new key after the last one. It is false
// when an attempt had a key that the row never had. Keys that are forgotten, or are not the plan's, tell nothing.
func (a *auditor) tried(h ledger.History) (tries []outcome.Tried, later renewal, ours bool) {
	told := a.keyed
	unknown := renewal{mayBe: h.Generation > 0}
	last := 0
	if a.rebuilt && h.Attempts != len(h.Tries) {
		last = -1
	}
	for _, try := range h.Tries {
		one := outcome.Tried{At: try.BeganAt, Kind: try.Kind, Cause: try.Cause, MayBeRenewed: unknown.mayBe && (!told || last < 0)}
		if told && try.Key != h.Key {
			recipe := a.message.Recipe(a.campaign.Name, h.Phone, h.Values, max(last, 0))
			for recipe.Generation < h.Generation && recipe.Key() != try.Key {
				recipe.Generation++
			}
			if recipe.Generation >= h.Generation {
				return nil, unknown, false
			}
			one.Renewed = last >= 0 && recipe.Generation > last
			last = recipe.Generation
		} else if told {
			one.Renewed = last >= 0 && h.Generation > last
			last = h.Generation
		}
		tries = append(tries, one)
	}
	if !told {
		return tries, unknown, true
	}
	return tries, renewal{was: last >= 0 && h.Generation > last, mayBe: last < 0 && unknown.mayBe}, true
}

// leaves returns the states that a row can be in whose attempts have left it so: asked for again, with a new key, left
// out since, forgotten.
func (a *auditor) leaves(end outcome.State, h ledger.History, later renewal) []outcome.State {
	states := []outcome.State{end, end.Requeue()}
	if later.was || later.mayBe {
		states = append(states, end.Renew())
	}
	if later.was {
		states = states[2:]
	}
	var all []outcome.State
	for _, s := range states {
		if s.Status == outcome.Pending {
			out := s
			out.Status, out.Cause = outcome.Skipped, h.State.Cause
			if a.mayBeLeftOut(h) {
				all = append(all, out)
			}
			if len(h.Tries) == 0 {
				all = append(all, outcome.State{Status: outcome.Invalid})
			}
			if h.Gone {
				continue
			}
			restored := s
			restored.Cause = ""
			all = append(all, restored)
		}
		all = append(all, s)
	}
	if h.ForgottenAt.IsZero() {
		return all
	}
	for i := range all {
		s := &all[i]
		s.Open, s.DoubtSince = false, time.Time{}
		switch s.Status {
		case outcome.Pending:
			s.Status, s.Cause = outcome.Skipped, outcome.CauseForgotten
		case outcome.Unknown:
			s.Cause = outcome.CauseForgotten
		}
	}
	return all
}

// mayBeLeftOut reports whether the row can have been left out for the cause that it tells.
func (a *auditor) mayBeLeftOut(h ledger.History) bool {
	d, told := record.DetailOf(h.Error)
	silent := a.rebuilt || !h.ForgottenAt.IsZero() // what there was to tell is lost, or erased
	switch h.State.Cause {
	case outcome.CauseDuplicate, outcome.CauseSameNumber:
		return len(h.Tries) == 0 && h.Key == uuid.Nil && (h.RelatedRow != 0 || a.rebuilt)
	case outcome.CauseRemoved:
		return h.Gone
	case outcome.CauseFiltered, outcome.CauseNoConsent:
		return (d.Column != "" || silent) && (h.Key == uuid.Nil || a.rebuilt)
	case outcome.CauseSuppressed:
		return d.List != "" || silent
	case outcome.CauseMessagedRecently, outcome.CauseSameMessage:
		return d.Campaign != "" || silent
	case outcome.CauseOptedOutEarlier:
		return !told || silent || d.List == "" && d.Campaign == ""
	case outcome.CauseMessagedBefore:
		return (!told || silent) && h.RelatedRow == 0
	}
	return false
}

// lookAtAnswer holds the row's text and code against those of the last answer.
func (a *auditor) lookAtAnswer(h ledger.History) {
	var text, code string
	told, status := false, h.State.Status
	loose := status == outcome.Pending || status == outcome.Skipped // which may tell why it was left out instead
	for _, try := range slices.Backward(h.Tries) {
		if try.Kind != "" && try.Cause != outcome.CauseInFlight {
			text, code, told = try.Text, try.Code, true
			break
		}
		loose = true
	}
	if a.rebuilt && !told {
		return
	}
	if status == outcome.AlreadySent {
		text, code = "", ""
	}
	_, detail := record.DetailOf(h.Error)
	fits := h.Error == text || loose && (h.Error == "" || detail)
	if !h.ForgottenAt.IsZero() { // the texts are erased
		fits = true
	}
	a.reportAll(h.Row, []check{{AnswerDiffers, !fits || h.ErrorCode != code}})
}

// lookAtTimes holds the row's dates against those of its attempts, and these against their runs.
func (a *auditor) lookAtTimes(h ledger.History) {
	var began, answered time.Time
	outOfRun, outOfOrder := false, false
	for _, try := range h.Tries {
		began, answered = try.BeganAt, try.AnsweredAt
		if a.first.IsZero() || began.Before(a.first) {
			a.first = began
		}
		for _, t := range []time.Time{began, answered} {
			if t.After(a.last) {
				a.last = t
			}
		}
		run := try.Run
		outOfRun = outOfRun || run.Campaign != a.campaign.Name || run.Command == record.TestCommand || a.before(began, run.StartedAt) ||
			a.before(run.EndedAt, began) || try.Cause != outcome.CauseInFlight && a.before(run.EndedAt, answered)
		outOfOrder = outOfOrder || a.before(answered, began)
	}
	status := h.State.Status
	messaged := status == outcome.Sent || status == outcome.AlreadySent
	wrong := !messaged && !h.SentAt.IsZero() && !a.rebuilt
	if messaged && !h.SentAt.IsZero() && len(h.Tries) > 0 { // an answer's time is brought back when the clock was set back
		wrong = h.SentAt.Before(answered) || a.before(answered, h.SentAt)
	}
	a.reportAll(h.Row, []check{
		{SentWithoutDate, h.SentAt.IsZero() && (status == outcome.Sent || messaged && !a.rebuilt)},
		{SentAtDiffers, wrong},
		{SentBeforeTried, !wrong && a.before(h.SentAt, h.TriedAt)},
		{TriedAtDiffers, !h.TriedAt.Equal(began)},
		{AttemptOutOfRun, outOfRun},
		{AttemptOutOfOrder, outOfOrder},
	})
}
