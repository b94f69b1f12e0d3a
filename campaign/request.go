package campaign

import (
	"slices"
	"time"

	"kanal-campaign/campaign/record"
)

// Request is what is asked of the desk, as data.
type Request struct {
	Command  string // for the record of runs: send, resume, retry
	Flags    string // as given, without secrets, for the same
	Campaign string // its name; resume finds the only unfinished one without
	File     string // the audience, as it was named; "" for none
	Results  string // from which a lost campaign is rebuilt; "" for none
	Message  MessageAsked

	// Settings are those asked for, of which only the Given ones, by the names of their flags, change what a campaign remembers.
	Settings record.Settings
	Given    map[string]bool
	Lists    ListsNamed
	OutDir   string // where the results go from now on; "" where they went

	First           int // a run is kept to so many; 0 for none
	Update          bool
	Again           bool // people who have the very message from another campaign get it once more
	ContinueEarlier bool
	AskNow          bool // see Sender.AskNow
	Retry           RetryChoice
	TestTo          string // the user's own number, as typed; "" for no test

	Rate        int
	MaxFailures int
	DoubtDelay  time.Duration
	Timeout     time.Duration // of one request

	digest string // SHA-256 of the file, once it is known
}

// takeTimes stores in settings what is asked for about time: the window, the time zone, the daily cap and the holidays.
func (r Request) takeTimes(settings *record.Settings) {
	for flag, take := range map[string]func(){
		"send-window": func() { settings.SendWindow = r.Settings.SendWindow },
		"timezone":    func() { settings.Timezone = r.Settings.Timezone },
		"daily-cap":   func() { settings.DailyCap = r.Settings.DailyCap },
		"holidays":    func() { settings.Holidays = r.Settings.Holidays },
	} {
		if r.Given[flag] {
			take()
		}
	}
}

// plansFirst reports whether --first means the first people of the plan, whatever came of them, and not the next ones.
func (r Request) plansFirst() bool { return r.Command == "send" && !r.Update }

// RetryChoice is which rows are to be tried again.
type RetryChoice struct {
	Causes  []string // or codes; empty for every one
	Rows    []int    // by the numbers of the audience; empty for every one
	Unknown bool     // those in doubt in place of the refused ones
	NewKey  bool     // as new messages
}

func (c RetryChoice) asks(row int) bool { return slices.Contains(c.Rows, row) }
