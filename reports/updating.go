package reports

import (
	"fmt"
	"io"
	"strings"
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
	People             int              // whom these go to and who do not count as written to already
	DueDoubts          int              // of Changes.Doubts, those that this run tries again
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
		s.Campaign.File.Name+".", updateRows(s.Changes)))
	showChanges(p, s.Changes, s.DueDoubts, "to be")
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
		showRunHours(p, s.Window, s.Hours, s.People, s.ToSend, s.Rate, s.Start)
		showWhenWithin(p, s.Window, confirmAt, s.ToSend, s.Rate, s.Start)
		showCare(p, s.Mode)
	}
	if s.Hours.Exceeds(s.People) {
		showQuestion(p, s.Mode, capWhy, capQuestion)
	}
	p.show(w)
}

// changed is how many messages the changes send.
func (s UpdateScreen) changed() int { return s.Changes.ToSend() }

func (s UpdateScreen) pilot() bool { return s.First > 0 && s.ToSend < s.changed() }

func (s UpdateScreen) to() string {
	n := max(s.ToSend, s.changed())
	if n == 0 {
		return "nobody"
	}
	return people(n) + "; nobody who has, or may have, a message of this campaign gets another"
}

// updateRows introduces what becomes of a file's rows.
func updateRows(ch ledger.Changes) string { return "Of its " + count(ch.Rows, "row") + ":" }

// showChanges shows what an update does: each row of the file in one line, and then the people who are no longer in it.
// dueDoubts of those in doubt are tried again. verb is how sure that is: "would be", "to be".
func showChanges(p *page, ch ledger.Changes, dueDoubts int, verb string) {
	showChange(p, ch.Same-ch.Waiting-ch.Doubts, updateSame, verb)
	showChange(p, ch.Waiting, updateWaiting, verb)
	showChange(p, dueDoubts, updateDoubts, verb)
	showChange(p, ch.Doubts+ch.DoubtsBack-dueDoubts, updateAsked, verb)
	showChange(p, ch.Added, updateAdded, verb)
	showChange(p, ch.Corrected, updateCorrect, verb)
	showChange(p, ch.Lifted, updateLifted, verb)
	showChange(p, ch.Allowed, updateAllowed, verb)
	showChange(p, ch.Restored, updateRestored, verb)
	showChange(p, ch.Messaged-ch.Doubted, updateMessaged, verb)
	showChange(p, ch.Doubted, updateDoubted, verb)
	showChange(p, ch.Invalid, updateInvalid, verb)
	showChange(p, ch.Skipped, updateSkipped, verb)
	if ch.Removed+ch.Departed > 0 {
		p.line(updateGone)
	}
	showChange(p, ch.Removed, updateRemoved, verb)
	showChange(p, ch.Departed-ch.DepartedDoubted, updateDeparted, verb)
	showChange(p, ch.DepartedDoubted, updateDepartedOpen, verb)
}

func showChange(p *page, n int, what, verb string) {
	if n > 0 {
		p.field("  "+padLeft(figure(n), 7), 11, strings.ReplaceAll(what, "%s", verb))
	}
}
