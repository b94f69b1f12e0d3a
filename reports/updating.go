package reports

import (
	"fmt"
	"io"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/problem"
)

// UpdateScreen is what a person sees before a changed file is sent.
type UpdateScreen struct {
	Mode               Mode
	From, Team, APIURL string // as in ConfirmScreen
	Campaign           ledger.Campaign
	Changes            ledger.Changes
	Message            campaign.Message // as it is now
	Report             *campaign.Report // of the new file
	ToSend             int              // how many messages this run sends: the changes', and young doubts
	First              int              // of a pilot; 0 otherwise
	Rate               int
	Start              time.Time
	Window             *WindowScreen
	Hours              Hours
	Warnings           []problem.Problem // as in ConfirmScreen
	ProblemsPath       string
	TextChanged        bool // the message's text is not that of the plan
	OldText, NewText   string
}

// Updating shows what an update is about to do: the file's messages, how it differs from the campaign, and what is sent.
// The question itself is the terminal's: see ConfirmPrompt.
func Updating(w io.Writer, s UpdateScreen) {
	p := pageFor(w)
	showBanner(p, s.Mode, s.APIURL)
	p.words("", 0, around(fmt.Sprintf("The campaign %s of %s is updated from", quoted(s.Campaign.Name), dated(s.Campaign.CreatedAt)),
		s.Campaign.File.Name+":", ""))
	showChanges(p, s.Changes, "to be")
	if n := s.doubts(); n > 0 {
		showChange(p, n, "in doubt: to be tried again, under the same key")
	}
	p.gap()
	p.field("From", confirmAt, fromText(s.From, s.Team))
	showAPI(p, s.Mode, s.APIURL)
	showMessageName(p, s.Message)
	showPreviews(p, s.Message, s.Report)
	if s.TextChanged {
		showTextChange(p, s.Campaign, s.Start, s.OldText, s.NewText)
	}
	p.field("To", confirmAt, s.to())
	if s.pilot() {
		p.field("Pilot", confirmAt, pilotText(s.ToSend, s.First))
	}
	if s.Report != nil {
		p.field("Left out", confirmAt, leftOutText(s.Report))
	}
	showWarnings(p, s.Warnings, s.Report, s.ProblemsPath)
	if s.ToSend > 0 {
		showPlanHours(p, s.Window, s.Hours, s.Report, s.ToSend, s.Rate, s.Start)
		showWhenWithin(p, s.Window, confirmAt, s.ToSend, s.Rate, s.Start)
		showCare(p, s.Mode)
	}
	p.show(w)
}

// changed is how many messages the changes send.
func (s UpdateScreen) changed() int { return s.Changes.Waiting + s.Changes.Added + s.Changes.Corrected }

func (s UpdateScreen) pilot() bool { return s.First > 0 && s.ToSend < s.changed() }

// doubts is how many messages this run sends beyond the changes'.
func (s UpdateScreen) doubts() int { return max(0, s.ToSend-s.changed()) }

func (s UpdateScreen) to() string {
	n := max(s.ToSend, s.changed())
	if n == 0 {
		return "nobody"
	}
	return people(n) + "; nobody who has, or may have, a message of this campaign gets another"
}

// showChanges shows what an update does, in recipients. verb is how sure that is: "would be", "to be".
func showChanges(p *page, ch ledger.Changes, verb string) {
	for _, change := range []struct {
		n    int
		what string
	}{
		{ch.Same, "unchanged"},
		{ch.Waiting, "of them not messaged yet: " + verb + " sent"},
		{ch.Added, "new, or with errors before: " + verb + " sent"},
		{ch.Corrected, "corrected and not messaged yet: " + verb + " sent"},
		{ch.Removed, "removed and not messaged yet: " + verb + " left out"},
		{ch.Restored, "back in the file as they were: what became of them stands"},
		{ch.Messaged, "changed and messaged already: never messaged again"},
		{ch.Departed, "removed and messaged already: nothing changes"},
	} {
		if change.n > 0 {
			showChange(p, change.n, change.what)
		}
	}
}

func showChange(p *page, n int, what string) { p.line("  ", padLeft(figure(n), 7), "  ", what) }
