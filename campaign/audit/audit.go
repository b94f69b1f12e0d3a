// Package audit holds what the ledger has of a campaign against itself: the frozen plan is computed anew from the frozen cells,
// every outcome from the attempts, and dates, runs and counts are compared. What it finds are codes. It may use campaign, the
// ledger and what these use.
package audit

import (
	"context"
	"slices"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
)

// Code names one thing that cannot be true of a row, or of a campaign, together with the rest. Codes are stable: JSON output
// carries them. The ledger's Contradictions are codes as well.
type Code string

// Finding is a row, or a campaign, of which two things cannot both be true.
type Finding struct {
	Code Code
	Row  int // as spreadsheets count them; 0 for the campaign as a whole
	Gone bool
}

// Report is what an audit of a campaign found.
type Report struct {
	Rows      int           // looked at
	Places    record.Places // of those of the file
	Keys      int           // computed anew
	Forgotten int           // of which only what became of them could be looked at
	// Unanswered is how many rows have a request without an answer because the run that made it died: resume settles them.
	Unanswered int
	SetBack    bool // the computer's clock was set back at some time: dates could not be held against one another
	Findings   []Finding
}

// Options say what a campaign is that the ledger does not tell.
type Options struct {
	Running   bool // a process is at work on it
	Rehearsal bool // in the ledger of rehearsals
}

// auditSlack is how far dates may be out of order: clocks are corrected by so much while a program runs.
const auditSlack = time.Minute

// auditor looks at the rows of one campaign, in the order of its file.
type auditor struct {
	Report
	ledger   *ledger.Ledger
	campaign record.Campaign
	rebuilt  bool
	running  bool
	// rehearsal: an opt-out may be gone with the other rehearsal that had learned it, which has started over.
	rehearsal bool
	message   message.Message
	columns   plan.Columns
	readable  bool // the frozen columns could be found
	numbers   plan.FrozenNumbers
	runs      []record.Run
	erasedAt  []time.Time
	keyed     bool      // the key of the row at hand is that of its plan
	number    int       // of the row before
	sendable  int       // rows with a key, and forgotten ones
	waiting   int       // rows of the file that are not sent yet
	doubtful  int       // and those in doubt
	lost      bool      // a row was forgotten before it had come to its end
	first     time.Time // when the first attempt began
	last      time.Time // when anything last happened
}

// Campaign audits one campaign. Of rows that were forgotten, what is kept is looked at, and that nothing else is.
func Campaign(ctx context.Context, l *ledger.Ledger, c record.Campaign, o Options) (Report, error) {
	a := auditor{ledger: l, campaign: c, rebuilt: c.RebuiltFrom != "", running: o.Running, rehearsal: o.Rehearsal}
	var err error
	if a.message, err = message.MessageOf(c); err != nil {
		return a.Report, err
	}
	columns, issues := plan.MapColumns(c.File.Header, a.message, c.Settings, nil)
	a.columns, a.readable = columns, !problem.HasError(issues)
	a.numbers = plan.FrozenNumbersOf(c, columns)
	trails, err := l.Trails(ctx, c.Name)
	if err != nil {
		return a.Report, err
	}
	a.SetBack, a.erasedAt = trails.SetBack, trails.ErasedAt
	for history, err := range l.Histories(ctx, c.ID) {
		if err == nil {
			err = a.look(ctx, history)
		}
		if err != nil {
			return a.Report, err
		}
	}
	if a.runs, err = l.Runs(ctx, c.Name); err != nil {
		return a.Report, err
	}
	a.lookAtCampaign(trails)
	shared, err := l.Shared(ctx, c)
	for _, one := range shared {
		a.Findings = append(a.Findings, Finding{Code: Code(one.Code), Row: one.Number, Gone: one.Gone})
	}
	return a.Report, err
}

// look holds one row against itself and its attempts.
func (a *auditor) look(ctx context.Context, h ledger.History) error {
	a.Rows++
	a.keyed = false
	a.count(h.Row)
	a.lookAtPlace(h.Row)
	a.lookAtProblems(h.Row)
	if !h.ForgottenAt.IsZero() {
		a.Forgotten++
		a.lookAtForgotten(h)
	} else {
		a.lookAtPlan(h.Row)
	}
	a.lookAtOutcome(h)
	a.lookAtTimes(h)
	return a.lookAtOthers(ctx, h.Row)
}

func (a *auditor) report(row record.Row, code Code) {
	a.Findings = append(a.Findings, Finding{Code: code, Row: row.Number, Gone: row.Gone})
}

// reportAll reports what holds of a row, and whether anything did.
func (a *auditor) reportAll(row record.Row, checks []check) bool {
	found := false
	for _, c := range checks {
		if c.wrong {
			a.report(row, c.code)
			found = true
		}
	}
	return found
}

// check is one thing that must not be.
type check struct {
	code  Code
	wrong bool
}

// before reports whether one time lies before another that cannot be later. It is never so once the clock was set back.
func (a *auditor) before(t, other time.Time) bool {
	return !a.SetBack && !t.IsZero() && !other.IsZero() && t.Before(other.Add(-auditSlack))
}

// The contradictions of a campaign as a whole.
const (
	CreatedOutOfRun   Code = "created-out-of-run"   // created while no run was there
	CreatedAfterTried Code = "created-after-tried"  // an attempt began before
	ConfirmedOutOfRun Code = "confirmed-out-of-run" // confirmed while no run was there
	FinishedEarly     Code = "finished-early"       // finished before the last attempt or answer
	FinishedOutOfRun  Code = "finished-out-of-run"  // finished, and no run ended so by then
	MessageDiffers    Code = "message-differs"      // the frozen message is not the one that the campaign names
	ColumnsDiffer     Code = "columns-differ"       // the frozen header has not the columns of the message
	StrayAttempts     Code = "stray-attempts"       // attempts of rows that are not there
	RowsUncounted     Code = "rows-uncounted"       // other rows than the file had
	Unfinished        Code = "unfinished"           // not finished, and the last run ended so
	TextDiffers       Code = "text-differs"         // the template's text is not that of its structure
	AccountDiffers    Code = "account-differs"      // the account is not that of the template
	FileDiffers       Code = "file-differs"         // the file is not the one that the last run tells
	ConfirmedDiffers  Code = "confirmed-differs"    // a run confirmed more messages than there were to confirm
	ForgottenUntold   Code = "forgotten-untold"     // more rows forgotten than the ledger's records of that tell
)

// longestWriting is far longer than the writing of results takes, after which a campaign is marked as finished.
const longestWriting = 24 * time.Hour

func (a *auditor) lookAtCampaign(trails ledger.Trails) {
	c := a.campaign
	inRun := func(at time.Time) bool {
		return a.SetBack || at.IsZero() || slices.ContainsFunc(a.runs, func(r record.Run) bool {
			return r.Command != record.TestCommand && !a.before(at, r.StartedAt) && (r.EndedAt.IsZero() || !a.before(r.EndedAt, at))
		})
	}
	ended := func(at time.Time) bool {
		return a.SetBack || at.IsZero() || slices.ContainsFunc(a.runs, func(r record.Run) bool {
			return r.Stopped == string(sending.StopDone) && !a.before(at, r.EndedAt) && at.Before(r.EndedAt.Add(longestWriting))
		})
	}
	finished := c.FinishedAt
	if a.running { // it may have changed since
		finished = time.Time{}
	}
	a.reportAll(record.Row{}, []check{
		{MessageDiffers, c.Kind != string(a.message.Kind) || c.Of != a.message.Of() || !slices.Equal(c.Fields, a.message.FieldNames())},
		{ColumnsDiffer, !a.readable},
		{CreatedOutOfRun, !inRun(c.CreatedAt)},
		{CreatedAfterTried, a.before(a.first, c.CreatedAt)},
		{ConfirmedOutOfRun, !inRun(c.ConfirmedAt)},
		{FinishedEarly, a.before(finished, a.last)},
		{FinishedOutOfRun, !ended(finished)},
		{RowsUncounted, c.File.Rows > 0 && c.File.Rows != a.Places.Rows && !a.running},
		{StrayAttempts, trails.Strays > 0},
		{TextDiffers, a.textDiffers()},
		{Unfinished, a.endedUnfinished()},
		{AccountDiffers, a.accountDiffers()},
		{FileDiffers, a.fileDiffers()},
		{ConfirmedDiffers, a.confirmedDiffers()},
		{ForgottenUntold, trails.Forgotten > trails.Erased},
	})
}

// lookAtOthers makes sure that who has opted out is remembered, and that who is said to have the message has it.
func (a *auditor) lookAtOthers(ctx context.Context, row record.Row) error {
	if row.Person == "" {
		return nil
	}
	switch row.State.Cause {
	case causeOptedOut, outcome.CauseOptedOutEarlier:
		since, err := a.ledger.OptedOut(ctx, a.campaign.Account, row.Person)
		if gone := a.rehearsal && row.State.Cause == outcome.CauseOptedOutEarlier; err == nil && since.IsZero() && !gone {
			a.report(row, OptOutMissing)
		}
		return err
	case outcome.CauseMessagedBefore:
		messaged, err := a.ledger.Messaged(ctx, a.campaign.ID, 0, row.Person)
		if err == nil && !messaged {
			a.report(row, CauseDiffers)
		}
		return err
	}
	return nil
}
