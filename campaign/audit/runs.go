package audit

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
)

// count counts a row for what its campaign as a whole is held against.
func (a *auditor) count(row record.Row) {
	forgotten := !row.ForgottenAt.IsZero()
	if row.Key != uuid.Nil || row.Attempts > 0 || forgotten {
		a.sendable++
	}
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

// accountDiffers holds the account against that of the template, which an API key has only one of.
func (a *auditor) accountDiffers() bool {
	t, is := a.message.Template()
	return is && t.PhoneNumberID != 0 && strconv.FormatInt(t.PhoneNumberID, 10) != a.campaign.Account
}

// fileDiffers holds the file against what the last run tells that has sent. An update by a run that died before it sent
// anything is told by no run.
func (a *auditor) fileDiffers() bool {
	file := a.campaign.File
	if a.running || a.rebuilt {
		return false
	}
	if !strings.HasSuffix(file.Path, file.Name) {
		return true
	}
	for _, r := range slices.Backward(a.runs) {
		switch {
		case r.FileName != "":
			return r.FileName != file.Name || r.SHA256 != file.SHA256
		case r.Command != record.TestCommand && r.Command != "resume" && r.Command != retryCommand:
			return false
		}
	}
	return false
}

// confirmedDiffers reports whether a run tells that a person said yes to more messages than the plan had then: as long as
// no file has changed it, the plan is the same still. What was said yes to is stored before a run sends.
func (a *auditor) confirmedDiffers() bool {
	if a.running || a.rebuilt || a.SetBack {
		return false
	}
	first := 0 // the run that made the campaign: earlier ones came to no end, or carried out a rehearsal of that name
	for i, r := range a.runs {
		if r.Updates {
			return false
		}
		if r.Command != record.TestCommand && !r.StartedAt.After(a.campaign.CreatedAt) {
			first = i
		}
	}
	return slices.ContainsFunc(a.runs[min(first, len(a.runs)):], func(r record.Run) bool {
		most := a.sendable
		if r.Command != retryCommand && r.FileName != "" && a.campaign.Confirmed > 0 {
			most = min(most, a.campaign.Confirmed)
		}
		return r.Command != record.TestCommand && r.Confirmed > most
	})
}
