package screen

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/campaign/text"
	"kanal-campaign/campaign/trouble"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// ConfigSentence says what is wrong with the API's address or the key, and what to do. keyFrom is the variable or flag that
// the key came from; empty where it was typed.
func ConfigSentence(f Face, err *kanal.ConfigError, keyFrom string) string {
	advice := f.ConfigUrlAdvice()
	if err.Fault.OfKey() {
		advice = f.ConfigKeyAdvice()
	}
	return f.ConfigFault(err, keyFrom) + " " + advice
}

// troubleStep says what mends what keeps a file from being used.
func troubleStep(w *words.Words, err error) string {
	_, step := w.Trouble(trouble.Of(err))
	return step
}

// troubleWhy says what keeps a file from being used, as it stands behind a colon.
func troubleWhy(w *words.Words, err error) string {
	if wrong, _ := w.Trouble(trouble.Of(err)); wrong != "" {
		return wrong
	}
	return failureText(w, err)
}

// ErrorSentence says in words what an error means that ended a command, and what to do next: about the ledger, the lock
// of a campaign, Kanal's API, or a file. ok is false for any other error. The sentence is clean and not wrapped: see Wrap.
func ErrorSentence(f Face, err error) (sentence string, ok bool) {
	var irregular *regular.Error
	var api *kanal.Error
	var path *fs.PathError
	var link *os.LinkError
	var foreign *record.NoResultsError
	var computed *record.ComputedError
	var unheld *audience.NoWorkbookError
	if sentence, ok := ledgerSentence(f, err); ok {
		return sentence, true
	}
	switch {
	case errors.As(err, &computed):
		return f.ErrorWouldCompute(f.Path(computed.Path), f.Number(computed.Row), computed.Column, f.InQuotes(computed.Value)), true
	case errors.As(err, &unheld) && unheld.Row > 0:
		return f.ErrorNoWorkbookCell(f.RowNumber(unheld.Row)), true
	case unheld != nil:
		return f.ErrorNoWorkbookSize(), true
	case errors.As(err, &irregular):
		return f.ErrorIrregular(f.Path(irregular.Path), NoRegularFile(f.Words, err)), true
	case errors.As(err, &api):
		return APISentence(f, api), true
	case errors.As(err, &foreign) && foreign.Rehearsed:
		return RehearsedResults(f, foreign.Path), true
	case errors.As(err, &foreign) && foreign.Row == 0:
		return f.ResultsNotOurs(f.Path(foreign.Path)), true
	case errors.As(err, &foreign) && text.IsScientific(foreign.Value):
		return f.RebuiltShortened(f.Path(foreign.Path), f.RowNumber(foreign.Row), f.InQuotes(foreign.Value)), true
	case errors.As(err, &foreign):
		return f.ResultsChanged(f.Path(foreign.Path), f.RowNumber(foreign.Row), foreign.Column, f.InQuotes(foreign.Value)), true
	case errors.As(err, &path):
		return f.ErrorFile(f.Path(shownPath(path.Path)), troubleWhy(f.Words, path), troubleStep(f.Words, path)), true
	case errors.As(err, &link):
		return f.ErrorFile(f.Path(link.New), troubleWhy(f.Words, link), troubleStep(f.Words, link)), true
	case trouble.Of(err) != "":
		return f.ErrorNotDone(text.Clean(err.Error()), troubleStep(f.Words, err)), true
	}
	return "", false
}

// ledgerSentence is ErrorSentence for the ledger's own errors.
func ledgerSentence(f Face, err error) (sentence string, ok bool) {
	var newer *trouble.NewerError
	var damaged *trouble.DamagedError
	var disk *trouble.DiskError
	var moved *trouble.MovedError
	var rehearsal *trouble.RehearsalError
	var homeless *trouble.NoHomeError
	var running *record.RunningError
	switch {
	case errors.As(err, &rehearsal) && rehearsal.Real == "":
		return f.RehearsalLedger(f.Path(rehearsal.Path)), true
	case errors.As(err, &rehearsal):
		return f.LedgerElsewhere(f.Path(rehearsal.Path), f.Path(rehearsal.Real)), true
	case errors.As(err, &homeless):
		return f.LedgerNoFolder(homeless.Error()), true
	case errors.As(err, &newer):
		return f.ErrorLedgerNewer(f.Path(newer.Path)), true
	case errors.As(err, &damaged):
		return f.ErrorLedgerDamaged(f.Path(damaged.Path), text.Clean(fmt.Sprint(damaged.Err))), true
	case errors.As(err, &disk):
		return f.ErrorLedgerFailed(f.Path(disk.Path), troubleWhy(f.Words, disk), troubleStep(f.Words, disk)), true
	case errors.As(err, &moved):
		return f.ErrorLedgerMoved(f.Path(moved.Path)), true
	case errors.As(err, &running) && running.Holder.PID == 0:
		return f.ErrorCampaignRunning(f.InQuotes(running.Holder.Campaign)), true
	case errors.As(err, &running):
		by := running.Holder
		return f.ErrorCampaignRunningBy(f.InQuotes(by.Campaign), strconv.Itoa(by.PID), f.Dated(by.StartedAt), text.Clean(by.Person),
			text.Clean(by.Computer)), true
	}
	return "", false
}

// UnknownError says that something failed of which nothing is known.
func UnknownError(f Face, err error) string { return f.ErrorUnknown(text.Clean(err.Error())) }

// NoRegularFile is what is wrong with a path that names no regular file, or one that is too long, as it stands behind a colon;
// "" for any other error.
func NoRegularFile(w *words.Words, err error) string {
	var irregular *regular.Error
	var long *regular.TooLongError
	switch {
	case errors.As(err, &irregular):
		return w.Irregular(irregular.Kind)
	case errors.As(err, &long):
		return w.IrregularTooLong(w.Number(int(long.Limit)))
	}
	return ""
}

// ResultsUnwritten says that the results of a run could not be written into dir, and why. The command that writes them follows.
func ResultsUnwritten(f Face, err error, dir string) string {
	if errors.As(err, new(*trouble.DamagedError)) {
		return f.ErrorResultsUnreadable(failureText(f.Words, err))
	}
	return f.ErrorResultsUnwritten(f.Path(dir), failureBeside(f.Words, dir, err), troubleStep(f.Words, err))
}

// failureBeside is failureText for a sentence that names a folder; it names the file where that lies elsewhere.
func failureBeside(w *words.Words, dir string, err error) string {
	var path *fs.PathError
	if !errors.As(err, &path) || path.Path == dir || filepath.Dir(path.Path) == filepath.Clean(dir) && shownPath(path.Path) != path.Path {
		return failureText(w, err)
	}
	return w.ErrorFileInside(w.Path(path.Path), failureText(w, err))
}

// ReportUnwritten says that the HTML report could not be written into dir, and why. The command that writes it follows.
func ReportUnwritten(f Face, err error, dir string) string {
	return f.ErrorReportUnwritten(f.Path(dir), failureBeside(f.Words, dir, err))
}

// Crashed says that the program failed of itself: what is what the runtime calls the fault.
func Crashed(f Face, what string) string { return f.ErrorCrashed(text.Clean(what)) }

// KeyElsewhere warns of a ledger of this computer with which the API key was used within the hour; others are how many more
// there are.
func KeyElsewhere(f Face, path string, at time.Time, others int) string {
	more := ""
	if others > 0 {
		more = f.Number(others)
	}
	return f.KeyElsewhere(f.Clock(at), f.Path(path), more)
}

// LogFailed says that a run goes on without its log.
func LogFailed(f Face, err error) string { return f.ErrorLog(failureText(f.Words, err)) }

// failureText is what failed, as it stands behind a colon; "" for nil.
func failureText(w *words.Words, err error) string {
	var disk *trouble.DiskError
	var damaged *trouble.DamagedError
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case err == nil:
		return ""
	case NoRegularFile(w, err) != "":
		return NoRegularFile(w, err)
	case errors.As(err, &disk):
		if wrong, _ := w.Trouble(disk.Trouble); wrong != "" {
			return w.ErrorDisk(wrong, text.Clean(disk.Err.Error()))
		}
		return text.Clean(disk.Err.Error())
	case errors.As(err, &damaged):
		return text.Clean(damaged.Err.Error())
	case errors.As(err, &path): // the sentence around it names the file
		return text.Clean(path.Err.Error())
	case errors.As(err, &link):
		return text.Clean(link.Err.Error())
	}
	return text.Clean(err.Error())
}

// shownPath is a file that people know: of a draft, the folder it is written into.
func shownPath(path string) string {
	if record.IsDraft(path) {
		return filepath.Dir(path)
	}
	return path
}
