package reports

import (
	"time"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// RetryScreen is what a person sees before rows are tried again.
type RetryScreen struct {
	Mode             Mode
	From             string // the phone_number_id that messages leave from
	APIURL           string // as in ConfirmScreen
	Campaign         record.Campaign
	Message          message.Message // as it is now
	Rows             []record.Row    // the first few of those to be tried again
	Count            int             // of all of them
	Window           *WindowScreen
	Hours            hours.HoursVerdict
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
	p.field(p.LabelCampaign(), confirmAt, p.RetryCampaign(text.Clean(s.Campaign.Name), p.Dated(s.Campaign.CreatedAt)))
	p.field(p.LabelFrom(), confirmAt, fromText(f, s.From, ""))
	showAPI(p, s.Mode, s.APIURL)
	showMessageName(p, s.Message)
	for _, row := range s.Rows[:min(len(s.Rows), mostRetryRows)] {
		showPreview(p, s.Message, row, p.PreviewRow, previewWidth(p, p.PreviewRow), 1)
	}
	if s.TextChanged {
		showTextChange(p, s.Campaign, s.Start, s.OldText, s.NewText)
	}
	to := p.RetryRefused
	if s.Unknown {
		to = p.RetryDoubts
	}
	p.field(p.LabelTo(), confirmAt, to(s.Count))
	s.NotTried.show(p)
	showRunHours(p, s.Window, s.Hours, s.Count, s.Count, s.Rate, s.Start)
	showWhen(p, s.Window, confirmAt, s.Count, s.Rate, s.Start)
	if s.NewKey {
		p.warning(p.LabelRisk(), confirmAt, p.RetryNewKey())
	} else {
		p.field(p.LabelKeys(), confirmAt, p.RetrySameKey())
	}
	showNoWayBack(p, s.Mode)
	p.show()
}
