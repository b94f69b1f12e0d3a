package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/trouble"
	"kanal-campaign/reports/screen"
	"kanal-campaign/reports/words"
)

// The exit codes, as the help documents them (topic json).
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
	text string             // may be empty
	next []campaign.Command // that go on from what the text says
}

func (e *exit) Error() string { return fmt.Sprintf("exit %d: %s", e.code, e.text) }

// decide ends a command that needs a decision first, with the commands that go on from there.
func decide(text string, next ...campaign.Command) error {
	return &exit{code: exitDecision, text: text, next: next}
}

// failed ends a command that cannot be carried out, with the commands that mend it.
func failed(text string, next ...campaign.Command) error {
	return &exit{code: exitFailed, text: text, next: next}
}

// usageError is a command line that cannot be understood.
type usageError struct {
	text    string
	say     func(*words.Words) string // in place of text; may be nil
	command *cobra.Command            // may be nil
	next    campaign.Command          // helps on; may be empty
}

func (e *usageError) Error() string { return e.sentence(words.English()) }

// sentence is the text, or what say gives where the flags that are wrong do not know who reads.
func (e *usageError) sentence(w *words.Words) string {
	if e.say != nil {
		return e.say(w)
	}
	return e.text
}

// misuseOf is misuse for flags, which do not know in which language a person reads.
func misuseOf(say func(w *words.Words) string) error { return &usageError{say: say} }

func misuse(text string) error { return &usageError{text: text} }

// told is the sentence and the exit code of an error that no command has told.
func told(f screen.Face, err error) (string, int) {
	if p, ok := screen.FaultProblem(err); ok {
		return f.ProblemSentence(p) + nearestFile(f, err), exitForFault(err)
	}
	code := exitFailed
	if errors.As(err, new(*record.RunningError)) || errors.As(err, new(*trouble.RehearsalError)) {
		code = exitDecision
	}
	if wrong := (*hours.WindowError)(nil); errors.As(err, &wrong) {
		return screen.WindowSentence(f, wrong), exitUsage
	}
	if sentence, ok := screen.ErrorSentence(f, err); ok {
		return sentence, code
	}
	return screen.UnknownError(f, err), code
}

// exitForFault tells a file that is wrong inside from one that cannot be read at all.
func exitForFault(err error) int {
	var fault *audience.Fault
	if errors.As(err, &fault) {
		switch fault.Code {
		case audience.FileMissing, audience.FileIsFolder, audience.FileIsStream, audience.FileLinkBroken,
			audience.FileUnreadable, audience.FileChanged:
			return exitFailed
		case audience.DelimiterUnknown, audience.FileEncodingUnknown:
			return exitUsage
		}
	}
	return exitCheck
}

// exitForStop gives the exit code of a run's end.
func exitForStop(stop sending.Stop, tallies []record.Tally) int {
	switch stop.Code {
	case sending.StopDone, sending.StopPilot:
		if campaign.Tallies(tallies).NeedAttention() {
			return exitAttention
		}
		return exitOK
	case sending.StopInterrupted, sending.StopAborted:
		return exitInterrupted
	case sending.StopFailures, sending.StopLongWait:
		return exitStopped
	case sending.StopNetwork:
		if stop.Never {
			return exitFailed
		}
		return exitStopped
	case sending.StopLedger:
		return exitFailed
	case sending.StopEarlierRun:
		return exitDecision
	}
	return exitFailed
}

// exitForRefusal gives the exit code of what the desk refuses.
func exitForRefusal(r *campaign.Refusal) int { return exitForClass(r.Code.Class()) }

func exitForClass(class campaign.RefusalClass) int {
	switch class {
	case campaign.CannotBeDone:
		return exitFailed
	case campaign.WrongUsage:
		return exitUsage
	case campaign.WrongFile:
		return exitCheck
	}
	return exitDecision
}
