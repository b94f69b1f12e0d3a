package cli

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
	"kanal-campaign/reports"
)

// The exit codes, as the README documents them.
const (
	exitOK          = 0
	exitFailed      = 1   // it cannot be done
	exitUsage       = 2   // wrong usage
	exitAttention   = 3   // finished, but some rows need attention
	exitCheck       = 4   // the check found errors; nothing was sent
	exitDecision    = 5   // nothing was sent: a decision is needed
	exitStopped     = 6   // stopped by itself, resumable
	exitInterrupted = 130 // interrupted, resumable
)

// exit ends a command whose screens have told what there is to tell, but for text.
type exit struct {
	code int
	text string // may be empty
}

func (e *exit) Error() string { return fmt.Sprintf("exit %d: %s", e.code, e.text) }

func decide(format string, args ...any) error {
	return &exit{code: exitDecision, text: fmt.Sprintf(format, args...)}
}

func failed(format string, args ...any) error {
	return &exit{code: exitFailed, text: fmt.Sprintf(format, args...)}
}

// usageError is a command line that cannot be understood.
type usageError struct {
	text    string
	command *cobra.Command // may be nil
}

func (e *usageError) Error() string { return e.text }

func misuse(format string, args ...any) error {
	return &usageError{text: fmt.Sprintf(format, args...)}
}

// explain gives the sentence and the exit code of an error that no command has told.
func explain(err error) (string, int) {
	if p, ok := reports.FaultProblem(err); ok {
		return reports.Sentence(p), exitForFault(err)
	}
	var newer *ledger.NewerError
	var damaged *ledger.DamagedError
	var running *ledger.RunningError
	var api *kanal.Error
	var path *fs.PathError
	switch {
	case errors.As(err, &newer):
		return fmt.Sprintf("The ledger %s was written by a newer version of kanal-campaign. Install the newest version; "+
			"nothing was changed.", newer.Path), exitFailed
	case errors.As(err, &damaged):
		return fmt.Sprintf("The ledger %s cannot be read: %v. Nothing was sent. Restore it from a backup, or move it away "+
			"only if no campaign in it matters any more: without it, the program cannot know who was messaged.",
			damaged.Path, damaged.Err), exitFailed
	case errors.As(err, &running):
		h := running.Holder
		return fmt.Sprintf("Campaign %s is being run already: process %d, started %s by %s on %s. Nothing was sent. "+
			"Wait for it, or stop it with Ctrl-C in its window.", h.Campaign, h.PID, reports.When(h.StartedAt), h.Person, h.Computer), exitDecision
	case errors.As(err, &api):
		return reports.APISentence(api), exitFailed
	case errors.As(err, &path):
		return fmt.Sprintf("%s cannot be opened or written: %v. Check that it exists, that the disk has room, and that "+
			"you may write there; then run the same command again.", path.Path, path.Err), exitFailed
	}
	return fmt.Sprintf("It could not be done: %v. What was recorded so far is kept; run the same command again to go on.", err), exitFailed
}

// exitForFault tells a file that is wrong inside from one that cannot be read at all.
func exitForFault(err error) int {
	var fault *audience.Fault
	if errors.As(err, &fault) {
		switch fault.Code {
		case audience.FileMissing, audience.FileIsFolder, audience.FileUnreadable:
			return exitFailed
		case audience.DelimiterUnknown, audience.FileEncodingUnknown:
			return exitUsage
		}
	}
	return exitCheck
}

// exitForStop gives the exit code of a run's end.
func exitForStop(stop campaign.Stop, tallies []ledger.Tally) int {
	switch stop.Code {
	case campaign.StopDone, campaign.StopPilot:
		for _, t := range tallies {
			switch t.Status {
			case outcome.Rejected, outcome.Unknown, outcome.Invalid:
				if !t.Gone {
					return exitAttention
				}
			}
		}
		return exitOK
	case campaign.StopInterrupted, campaign.StopAborted:
		return exitInterrupted
	case campaign.StopFailures, campaign.StopLongWait:
		return exitStopped
	case campaign.StopNetwork:
		if stop.Never {
			return exitFailed
		}
		return exitStopped
	case campaign.StopEarlierRun:
		return exitDecision
	}
	return exitFailed
}
