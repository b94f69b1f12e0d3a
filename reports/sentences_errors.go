package reports

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/regular"
	"kanal-campaign/kanal"
)

// The sentences about errors that end a command. Their arguments are clean.
const (
	ledgerNewer = "The ledger %s was written by a newer version of kanal-campaign. Install the newest version; nothing was changed."

	ledgerDamaged = "The ledger %s cannot be read: %s. Nothing was sent. Restore it from a backup, or move it away only if no " +
		"campaign in it matters any more: without it, the program cannot know who was messaged."

	ledgerFailed = "The ledger %s could not be used: %s. %s, then run the same command again. Nothing is lost: whatever was " +
		"sent had been recorded there before."

	ledgerMoved = "The ledger %s was moved, replaced or deleted while it was in use. Put it back where it was before you run anything " +
		"else: without it, the program cannot know who was messaged."

	campaignRunning = "Campaign %s is being run already%s. Nothing was sent. Wait for it, or stop it with Ctrl-C in its window."

	resultsUnwritten = "The results could not be written into the folder %s: %s. The campaign itself is safe in the ledger. %s, then " +
		"write the results again (into another folder with --out DIR):"

	resultsUnreadable = "The results could not be written: the ledger is damaged (%s). Restore it from a backup, then write them again:"

	logFailed = "The log cannot be written (%s). The campaign goes on without it; the ledger records everything."

	fileFailed = "%s cannot be opened or written: %s. %s, then run the same command again."

	notDone = "It could not be done: %s. What was recorded so far is kept. %s, then run the same command again."

	notRegular = "%s cannot be used: %s. Nothing was sent. Name an ordinary file."

	tooFewFiles = "The system lets the program open only %d files more, and it needs %d. Nothing was done. Raise the limit " +
		"(ulimit -n 256) or close other programs, then run the same command again."

	tooLittleAddressSpace = "The system lets the program reserve only %d MB of address space, and it needs %d. Nothing was done. Raise " +
		"the limit (ulimit -v unlimited), then run the same command again."

	crashed = "The program failed: %s. That is a fault in it; please report it. What was recorded so far is kept in the ledger: " +
		"kanal-campaign status shows it, and the same command goes on from there."

	keyElsewhere = "WARNING: this API key was used at %s with another ledger, %s%s. Kanal counts 60 requests a minute for the key, and " +
		"the program counts them for each ledger: two runs at once go beyond it, and Kanal makes both wait. Let one run at a time, use " +
		"one ledger, or share the pace with --rate 30."
	keyElsewhereMore = " (and %d more)"

	wouldCompute = "%s was not written: row %s, column %s holds the text %s, which Excel would compute when it opens a CSV file. " +
		"Name a file that ends in .xlsx with -o: texts stay texts there."

	noWorkbook = "No workbook can be written: %s. Name a file that ends in .csv with -o."
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

// troubleWording says what is wrong with a ledger's disk, and the step that mends it, each as a part of a sentence.
type troubleWording struct{ wrong, step string }

var troubleWords = map[ledger.Trouble]troubleWording{
	ledger.TroubleFull:     {"its disk is full", "Make room there"},
	ledger.TroubleQuota:    {"your quota on its disk is used up", "Delete files of yours there, or have the quota raised"},
	ledger.TroubleTooLarge: {"the system lets no file grow larger", "Raise the limit (ulimit -f unlimited)"},
	ledger.TroubleDisk: {"its disk is full or fails",
		"Make room there, or move the ledger's folder to a sound disk and name it with --ledger"},
	ledger.TroubleBroken:    {"its disk fails", "Look after the disk, and move what is on it to a sound one"},
	ledger.TroubleReadOnly:  {"it may not be written", "Allow it to be written"},
	ledger.TroubleWriteOnce: {"its disk may only be read", "Make the disk writable, or name a place on another one"},
	ledger.TroubleDenied:    {"you have no permission", "Allow yourself to read and write there, or name another place"},
	ledger.TroubleNotFound:  {"it cannot be opened", "Check that you may write into its folder"},
	ledger.TroubleMissing:   {"it, or a folder that it belongs in, is not there", "Put it back, or name a place that is there"},
	ledger.TroubleNoFolder:  {"a file stands where its path needs a folder", "Move that file away, or name another place"},
	ledger.TroubleBadPath:   {"its path is too long, or leads in a circle", "Name another place"},
	ledger.TroubleOpenFiles: {"the program may not open so many files", "Allow it more (ulimit -n 256)"},
	ledger.TroubleAllFiles:  {"this computer has too many files open", "Close other programs"},
	ledger.TroubleMemory:    {"the system gives the program no more memory", "Close other programs, or allow it more (ulimit -v unlimited)"},
	ledger.TroubleAway:      {"the drive that it is on has gone", "Connect the drive again"},
	ledger.TroubleNoLocks: {"its drive cannot lock files",
		"Move the ledger's folder to a disk of this computer and name it with --ledger"},
	ledger.TroubleBusy: {"another program keeps it busy", "Close that program"},
}

// wordsOf are the words for what keeps a file from being used.
func wordsOf(err error) troubleWording {
	if words, known := troubleWords[ledger.TroubleOf(err)]; known {
		return words
	}
	return troubleWording{failureText(err), "Check that it exists, that the disk has room, and that you may write there"}
}

// ErrorSentence says in words what an error means that ended a command, and what to do next: about the ledger, the lock
// of a campaign, Kanal's API, or a file. ok is false for any other error. The sentence is clean and not wrapped: see Wrap.
func ErrorSentence(err error) (sentence string, ok bool) {
	var newer *ledger.NewerError
	var damaged *ledger.DamagedError
	var disk *ledger.DiskError
	var moved *ledger.MovedError
	var running *ledger.RunningError
	var irregular *regular.Error
	var api *kanal.Error
	var path *fs.PathError
	var link *os.LinkError
	var foreign *NoResultsError
	var computed *computedError
	switch {
	case errors.As(err, &computed):
		return computed.sentence(), true
	case errors.Is(err, audience.ErrNoWorkbook):
		return fmt.Sprintf(noWorkbook, Clean(err.Error())), true
	case errors.As(err, &newer):
		return fmt.Sprintf(ledgerNewer, pathWord(newer.Path)), true
	case errors.As(err, &damaged):
		return fmt.Sprintf(ledgerDamaged, pathWord(damaged.Path), Clean(fmt.Sprint(damaged.Err))), true
	case errors.As(err, &disk):
		words := wordsOf(disk)
		return fmt.Sprintf(ledgerFailed, pathWord(disk.Path), words.wrong, words.step), true
	case errors.As(err, &moved):
		return fmt.Sprintf(ledgerMoved, pathWord(moved.Path)), true
	case errors.As(err, &running):
		return fmt.Sprintf(campaignRunning, quoted(running.Holder.Campaign), holderWords(running.Holder)), true
	case errors.As(err, &irregular):
		return fmt.Sprintf(notRegular, pathWord(irregular.Path), NoRegularFile(err)), true
	case errors.As(err, &api):
		return APISentence(api), true
	case errors.As(err, &foreign) && foreign.Rehearsed:
		return RehearsedResults(foreign.Path), true
	case errors.As(err, &foreign) && foreign.Row == 0:
		return fmt.Sprintf(noResultsFile, pathWord(foreign.Path)), true
	case errors.As(err, &foreign):
		return fmt.Sprintf(changedResultsFile, pathWord(foreign.Path), foreign.Row, foreign.Column, quoted(foreign.Value)), true
	case errors.As(err, &path):
		words := wordsOf(path)
		return fmt.Sprintf(fileFailed, pathWord(shownPath(path.Path)), words.wrong, words.step), true
	case errors.As(err, &link):
		words := wordsOf(link)
		return fmt.Sprintf(fileFailed, pathWord(link.New), words.wrong, words.step), true
	case ledger.TroubleOf(err) != "":
		return fmt.Sprintf(notDone, Clean(err.Error()), wordsOf(err).step), true
	}
	return "", false
}

var irregularWords = map[regular.Kind]string{
	regular.Folder: "it is a folder", regular.Pipe: "it is a pipe", regular.Device: "it is a device", regular.Socket: "it is a socket",
	regular.Other: "it is no ordinary file",
}

// NoRegularFile is what is wrong with a path that names no regular file, or one that is too long, as a part of a sentence
// about it; "" for any other error.
func NoRegularFile(err error) string {
	var irregular *regular.Error
	var long *regular.TooLongError
	switch {
	case errors.As(err, &irregular):
		return irregularWords[irregular.Kind]
	case errors.As(err, &long):
		return fmt.Sprintf("it has more than %d bytes", long.Limit)
	}
	return ""
}

// ResultsUnwritten says that the results of a run could not be written into dir, and why. The command that writes them follows.
func ResultsUnwritten(err error, dir string) string {
	if errors.As(err, new(*ledger.DamagedError)) {
		return fmt.Sprintf(resultsUnreadable, failureText(err))
	}
	return fmt.Sprintf(resultsUnwritten, pathWord(dir), failureBeside(dir, err), wordsOf(err).step)
}

// failureBeside is failureText for a text that names a folder; it names the file where that lies elsewhere.
func failureBeside(dir string, err error) string {
	var path *fs.PathError
	if !errors.As(err, &path) || path.Path == dir || filepath.Dir(path.Path) == filepath.Clean(dir) && shownPath(path.Path) != path.Path {
		return failureText(err)
	}
	return pathWord(path.Path) + ": " + failureText(err)
}

// ReportUnwritten says that the HTML report could not be written into dir, and why. The command that writes it follows.
func ReportUnwritten(err error, dir string) string {
	return fmt.Sprintf(reportUnwritten, pathWord(dir), failureBeside(dir, err))
}

// TooFewFiles says that the system lets the program open only so many files more.
func TooFewFiles(may, needed int) string {
	return fmt.Sprintf(tooFewFiles, may, needed)
}

// TooLittleAddressSpace says that the system lets the program reserve only so many bytes.
func TooLittleAddressSpace(may, needed uint64) string {
	const megabyte = 1_000_000
	return fmt.Sprintf(tooLittleAddressSpace, may/megabyte, needed/megabyte)
}

// Crashed says that the program failed of itself: what is what the runtime calls the fault.
func Crashed(what string) string { return fmt.Sprintf(crashed, Clean(what)) }

// KeyElsewhere warns of a ledger of this computer with which the API key was used within the hour; others are how many more
// there are.
func KeyElsewhere(path string, at time.Time, others int) string {
	more := ""
	if others > 0 {
		more = fmt.Sprintf(keyElsewhereMore, others)
	}
	return fmt.Sprintf(keyElsewhere, clock(at), pathWord(path), more)
}

// LogFailed says that a run goes on without its log.
func LogFailed(err error) string { return fmt.Sprintf(logFailed, failureText(err)) }

// failureText is what failed, as a part of a screen; "" for nil.
func failureText(err error) string {
	var disk *ledger.DiskError
	var damaged *ledger.DamagedError
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case err == nil:
		return ""
	case NoRegularFile(err) != "":
		return NoRegularFile(err)
	case errors.As(err, &disk):
		return troubleWords[disk.Trouble].wrong + ": " + Clean(disk.Err.Error())
	case errors.As(err, &damaged):
		return Clean(damaged.Err.Error())
	case errors.As(err, &path): // the text around it names the file
		return Clean(path.Err.Error())
	case errors.As(err, &link):
		return Clean(link.Err.Error())
	}
	return Clean(err.Error())
}

// holderWords tell what is known about the process that runs a campaign; nothing where nothing is.
func holderWords(holder ledger.Run) string {
	if holder.PID == 0 {
		return ""
	}
	return fmt.Sprintf(": process %d, started %s by %s on %s", holder.PID, dated(holder.StartedAt), Clean(holder.Person),
		Clean(holder.Computer))
}

// shownPath is a file that people know: of a draft, the folder it is written into.
func shownPath(path string) string {
	if drafted, _ := filepath.Match(draftName("*")+"*", filepath.Base(path)); drafted {
		return filepath.Dir(path)
	}
	return path
}

// pathWord is a path as a part of a sentence: in quotes where its spaces would break it.
func pathWord(path string) string {
	if path = Clean(path); strings.Contains(path, " ") {
		return `"` + path + `"`
	}
	return path
}
