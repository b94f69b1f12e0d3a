package campaign

import (
	"fmt"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// RefusalCode says why the desk does not go on, in kebab case.
type RefusalCode string

// Why the desk does not go on. Unless another class is told, it waits for a decision: see Class.
const (
	RefusedCampaignUnknown    RefusalCode = "campaign-unknown"      // Name; Campaigns are those that there are
	RefusedNoneUnfinished     RefusalCode = "none-unfinished"       // there is nothing to resume
	RefusedNoLedger           RefusalCode = "no-ledger"             // nothing was ever done with a ledger at Path; Name is the campaign that was asked about
	RefusedElsewhere          RefusalCode = "campaign-elsewhere"    // the other ledger has a campaign Name, and this one has none
	RefusedSeveralUnfinished  RefusalCode = "several-unfinished"    // Status of them: say which
	RefusedFinished           RefusalCode = "finished"              // Campaign has nothing left to send; Tallies
	RefusedFirstDone          RefusalCode = "first-done"            // nothing is left to do about the people of --first; First
	RefusedConfiguration      RefusalCode = "configuration"         // Err of the client's configuration: wrong usage
	RefusedNoTemplates        RefusalCode = "no-templates"          // so that the account is not known
	RefusedTemplateUnknown    RefusalCode = "template-unknown"      // Name; Templates are those that there are
	RefusedTemplateAmbiguous  RefusalCode = "template-ambiguous"    // Name; Values are the ids of the templates of that name
	RefusedMessageWrong       RefusalCode = "message-wrong"         // Problems of a free-form message: wrong usage
	RefusedOtherAccount       RefusalCode = "other-account"         // Campaign is sent from another number than Value
	RefusedOtherMessage       RefusalCode = "other-message"         // Campaign sends something else than Message
	RefusedOtherVariables     RefusalCode = "other-variables"       // the template of Campaign, now Message, takes others than Planned
	RefusedOutDirMissing      RefusalCode = "out-dir-missing"       // Path is no folder
	RefusedUnwritable         RefusalCode = "unwritable"            // nothing can be written into the folder Path: Err
	RefusedOldLedger          RefusalCode = "old-ledger"            // the results at Path tell of Count attempts more
	RefusedTooManyLists       RefusalCode = "too-many-lists"        // Count of them: wrong usage
	RefusedListGone           RefusalCode = "list-gone"             // a remembered list at Path cannot be read: Err; Values are the others
	RefusedListUnreadable     RefusalCode = "list-unreadable"       // the first Problems of Count in the list at Path
	RefusedListUncertain      RefusalCode = "list-uncertain"        // Problems: who may be on a list
	RefusedHolidaysUnread     RefusalCode = "holidays-unreadable"   // the list of holidays at Path: Err
	RefusedNobodyToAsk        RefusalCode = "nobody-to-ask"         // a person has to say yes, and there is none
	RefusedBeyondCap          RefusalCode = "beyond-cap"            // Count people of Campaign are more than Hours leaves, and nobody can be asked
	RefusedRows               RefusalCode = "rows-not-retried"      // NotRetried: each of the rows asked for has its reason
	RefusedOnLists            RefusalCode = "retry-on-lists"        // Count people who could be tried again are on lists
	RefusedNoRowOfCause       RefusalCode = "no-row-of-cause"       // Campaign has no row of Retry.Causes, but rows of Causes
	RefusedNoRowFits          RefusalCode = "no-row-fits"           // Campaign has no row that could be tried again
	RefusedCauseUnknown       RefusalCode = "cause-unknown"         // Name is no cause; Values are those of the rows of Campaign
	RefusedTestNumber         RefusalCode = "test-number"           // Problems of the number of a test: wrong usage
	RefusedTestWith           RefusalCode = "test-with"             // the flag Name is none of a test's: wrong usage
	RefusedNoMessage          RefusalCode = "no-message"            // nothing says what is to be sent: wrong usage
	RefusedFileWrong          RefusalCode = "file-wrong"            // Plan has errors
	RefusedFileUndecided      RefusalCode = "file-undecided"        // Plan waits for decisions
	RefusedRepeats            RefusalCode = "repeats"               // of Count people, Repeats tells who have this very message, and Others do not have it
	RefusedLostLedger         RefusalCode = "lost-ledger"           // the results at Path know people of the plan, and the ledger does not
	RefusedOtherSetting       RefusalCode = "other-setting"         // Campaign has Values[0] for the flag Name, and Values[1] is asked for
	RefusedForgotten          RefusalCode = "forgotten"             // Campaign has Count people who were forgotten: it takes no other file
	RefusedFileChanged        RefusalCode = "file-changed"          // Changes of the file of Campaign wait for --update; Hours
	RefusedFilterLost         RefusalCode = "filter-lost"           // Campaign has left out Count people for the cause Name, by what is not known
	RefusedNotLost            RefusalCode = "not-lost"              // the ledger has Campaign, which was to be rebuilt
	RefusedNothingToSend      RefusalCode = "nothing-to-send"       // no row of the results at Path was ever to be sent
	RefusedResultsColumns     RefusalCode = "results-columns"       // Problems of the columns of the results at Path
	RefusedNoTemplateGivesKey RefusalCode = "no-template-gives-key" // of Row, in the results at Path, for a campaign Name; Count templates
	RefusedKeyMismatch        RefusalCode = "key-mismatch"          // Row of the results at Path does not give its key
	RefusedCellNumber         RefusalCode = "cell-number"           // Row of the results at Path has another number in its cell, Value
	RefusedRowTwice           RefusalCode = "row-twice"             // Row stands twice in the results at Path
	RefusedHoursUntold        RefusalCode = "hours-untold"          // it would send at unwelcome hours, and nobody says that it may
	RefusedNotItsResults      RefusalCode = "not-its-results"       // the file at Path cannot be held against Campaign
	RefusedPickedCause        RefusalCode = "picked-cause-unknown"  // Name is no cause; Values are those of the rows of Campaign, Causes of those picked
	RefusedNonePicked         RefusalCode = "none-picked"           // no row of Campaign fits, but Count as they were before an update; Causes that do
	RefusedForgetRunning      RefusalCode = "forget-running"        // Campaign, in which people would be forgotten, is being run
	RefusedLogsKept           RefusalCode = "logs-kept"             // people are forgotten in the ledger, but not beside it: Err
	RefusedUnswept            RefusalCode = "unswept"               // people are forgotten, but their bytes are there still: Err
	RefusedNothingTyped       RefusalCode = "nothing-typed"         // where Count was to be
	RefusedNotTyped           RefusalCode = "not-typed"             // something else than Count was
	RefusedUnsteady           RefusalCode = "unsteady"              // what would happen changes again and again
)

// RefusalClass is of what kind a refusal is. A face gives each an exit code, or a place.
type RefusalClass int

// The classes of refusals.
const (
	NeedsDecision RefusalClass = iota // a person decides, or changes something
	CannotBeDone
	WrongUsage
	WrongFile
)

// Class is the class of a code.
func (c RefusalCode) Class() RefusalClass {
	switch c {
	case RefusedNoLedger, RefusedElsewhere, RefusedCampaignUnknown, RefusedNoTemplates, RefusedTemplateUnknown, RefusedOutDirMissing, RefusedUnwritable,
		RefusedHolidaysUnread, RefusedResultsColumns, RefusedNoTemplateGivesKey, RefusedKeyMismatch, RefusedCellNumber, RefusedRowTwice,
		RefusedLogsKept, RefusedUnswept, RefusedNotItsResults, RefusedPickedCause, RefusedNonePicked:
		return CannotBeDone
	case RefusedConfiguration, RefusedMessageWrong, RefusedTooManyLists, RefusedTestNumber, RefusedTestWith, RefusedNoMessage:
		return WrongUsage
	case RefusedListUnreadable, RefusedFileWrong:
		return WrongFile
	}
	return NeedsDecision
}

// Refusal is why the desk does not go on: nothing was sent. Of its facts, each code has those that are told beside it.
type Refusal struct {
	Code  RefusalCode
	Name  string
	Value string
	Path  string
	Count int

	Others     int
	Values     []string
	Campaign   record.Campaign
	Campaigns  []record.Campaign
	Status     []Status
	Templates  []kanal.Template
	Tallies    []record.Tally
	Planned    message.Message
	Message    message.Message
	Problems   []problem.Problem
	Hours      hours.HoursVerdict
	Retry      RetryChoice
	Causes     []CauseRows
	NotRetried NotRetried
	First      *FirstDone
	Plan       *Plan
	Repeats    []record.Repeats
	Changes    *FileChanges
	Row        record.Row
	Err        error

	Next  []Command // what goes on instead, the safest first
	Other Command   // sends the people as another campaign, or a finished rehearsal anew; nil where that is no way to go on
}

func (r *Refusal) Error() string {
	if r.Err != nil {
		return fmt.Sprintf("%s: %v", r.Code, r.Err)
	}
	return string(r.Code)
}

func (r *Refusal) Unwrap() error { return r.Err }

// FirstDone is a campaign of whose first people, those of --first, nothing is left to do.
type FirstDone struct {
	First  int
	Update bool // they were the first of an update
	Beyond int  // messages that could be sent to others
	Left   int  // of the part to which the campaign is kept
}
