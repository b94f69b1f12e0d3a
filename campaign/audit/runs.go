package audit

import (
	"slices"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
)

// count counts a row for what its campaign as a whole is held against.
func (a *auditor) count(row record.Row) {
	forgotten := !row.ForgottenAt.IsZero()
	a.lost = a.lost || forgotten && row.State.Cause == outcome.CauseForgotten
	switch {
	case row.Gone:
	case row.State.Status == outcome.Pending:
		a.waiting++
	case row.State.Status == outcome.Unknown:
		a.doubtful++
	}
}

// lastRun returns the newest run that had the campaign's lock; the zero Run without one.
func (a *auditor) lastRun() record.Run {
	for _, r := range slices.Backward(a.runs) {
		if r.Command != record.TestCommand {
			return r
		}
	}
	return record.Run{}
}

// retryCommand is the command of runs that try some rows again, and leave the others.
const retryCommand = "retry"

// endedUnfinished reports whether the last run must have finished the campaign, which is not: nothing was left to send.
// A run ends and finishes its campaign in one commit.
func (a *auditor) endedUnfinished() bool {
	last := a.lastRun()
	left := a.waiting
	if last.Command == retryCommand {
		left += a.doubtful
	}
	return a.campaign.FinishedAt.IsZero() && !a.running && last.Stopped == string(sending.StopDone) && left == 0 && !a.lost
}
