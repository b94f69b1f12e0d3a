package reports

import (
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
)

// RetryScreen is what a person sees before rows are tried again.
type RetryScreen struct {
	Mode             Mode
	From             string // the phone_number_id that messages leave from
	APIURL           string // as in ConfirmScreen
	Campaign         ledger.Campaign
	Message          campaign.Message // as it is now
	Rows             []ledger.Row     // the first few of those to be tried again
	Count            int              // of all of them
	Window           *WindowScreen
	Hours            campaign.HoursVerdict
	Unknown          bool // they are in doubt; refused otherwise
	NewKey           bool // they get a new key, with which Kanal can no longer recognise a repetition
	Start            time.Time
	Rate             int
	NotTried         NotRetried // rows that were asked for, too
	TextChanged      bool       // the message's text is not that of the plan
	OldText, NewText string
}

// mostRetryRows is how many of the rows are shown as they will read.
const mostRetryRows = 3

// Retry shows what a retry is about to do and what it risks. The question itself is the terminal's: see ConfirmPrompt.
func Retry(f Face, s RetryScreen) {
	p := f.page()
	showBanner(p, s.Mode, s.APIURL)
	p.field("Campaign", confirmAt, Clean(s.Campaign.Name)+", planned "+dated(s.Campaign.CreatedAt))
	p.field("From", confirmAt, fromText(s.From, ""))
	showAPI(p, s.Mode, s.APIURL)
	showMessageName(p, s.Message)
	for _, row := range s.Rows[:min(len(s.Rows), mostRetryRows)] {
		showPreview(p, s.Message, row, "", p.width-previewLabel, 1)
	}
	if s.TextChanged {
		showTextChange(p, s.Campaign, s.Start, s.OldText, s.NewText)
	}
	what := ", refused before"
	if s.Unknown {
		what = ", in doubt"
	}
	p.field("To", confirmAt, people(s.Count)+what)
	s.NotTried.show(p)
	showRunHours(p, s.Window, s.Hours, s.Count, s.Count, s.Rate, s.Start)
	showWhenWithin(p, s.Window, confirmAt, s.Count, s.Rate, s.Start)
	if s.NewKey {
		p.warning("Risk", confirmAt, "With a new key Kanal cannot know that it is the same message: whoever has it already gets it twice.")
	} else {
		p.field("Keys", confirmAt, "the same as before: Kanal does not send a message twice under one key")
	}
	showNoWayBack(p, s.Mode)
	p.show()
}
