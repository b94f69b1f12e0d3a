package reports

import (
	"fmt"
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
	Changes            FileChanges
	Message            campaign.Message // as it is now
	Report             *campaign.Report // of the new file
	ToSend             int              // how many messages this run sends: the changes', and young doubts
	Beyond             int              // how many messages --first leaves to a later run
	People             int              // whom these go to and who do not count as written to already
	First              int              // of a pilot; 0 otherwise
	Rate               int
	Start              time.Time
	Window             *WindowScreen
	Hours              campaign.HoursVerdict
	Warnings           []problem.Problem // as in ConfirmScreen
	ProblemsPath       string
	TextChanged        bool // the message's text is not that of the plan
	OldText, NewText   string
}

// Updating shows what an update is about to do: the file's messages, how it differs from the campaign, and what is sent.
// The question itself is the terminal's: see ConfirmPrompt.
func Updating(f Face, s UpdateScreen) {
	p := f.page()
	showBanner(p, s.Mode, s.APIURL)
	p.words("", 0, around(fmt.Sprintf("The campaign %s of %s is updated from", quoted(s.Campaign.Name), dated(s.Campaign.CreatedAt)),
		s.Campaign.File.Name+".", updateRows(s.Changes.Changes)))
	showChanges(p, s.Changes, "to be")
	p.gap()
	p.field("From", confirmAt, fromText(s.From, s.Team))
	showAPI(p, s.Mode, s.APIURL)
	showMessageName(p, s.Message)
	showPreviews(p, s.Message, s.Report)
	if s.TextChanged {
		showTextChange(p, s.Campaign, s.Start, s.OldText, s.NewText)
	}
	p.field("To", confirmAt, s.to())
	if s.Beyond > 0 {
		p.field("Pilot", confirmAt, pilotText(s.ToSend, s.Beyond, s.First))
	}
	if s.Report != nil {
		p.field("Left out", confirmAt, leftOutText(p.Words, s.Report))
	}
	showChoice(p, confirmAt, s.Report)
	showWarnings(p, s.Warnings, s.Report, s.ProblemsPath)
	if s.ToSend > 0 {
		showRunHours(p, s.Window, s.Hours, s.People, s.ToSend, s.Rate, s.Start)
		showWhenWithin(p, s.Window, confirmAt, s.ToSend, s.Rate, s.Start)
		showCare(p, s.Mode)
	}
	if s.Hours.Exceeds(s.People) {
		showQuestion(p, s.Mode, capWhy, capQuestion)
	}
	p.show()
}

func (s UpdateScreen) to() string {
	if s.ToSend == 0 {
		return "nobody"
	}
	return people(s.ToSend) + "; nobody who has, or may have, a message of this campaign gets another"
}

// updateRows introduces what becomes of a file's rows.
func updateRows(ch ledger.Changes) string { return "Of its " + count(ch.Rows, "row") + ":" }

// FileChanges is how a file differs from its campaign, in numbers and by its first rows.
type FileChanges struct {
	ledger.Changes
	DueDoubts  int // of Doubts and DoubtsBack, those that the update tries again
	First      ledger.FirstRows
	Due, Asked []int // the first rows in doubt: tried again, and not
	Part       int   // how many messages --first keeps the update to; 0 for all
}

// part is how many messages the changes send at once.
func (ch FileChanges) part() int {
	if ch.Part > 0 {
		return min(ch.Part, ch.ToSend())
	}
	return ch.ToSend()
}

// showChanges shows what an update does: each row of the file in one line, and then the people who are no longer in it.
// verb is how sure that is: "would be", "to be".
func showChanges(p *page, ch FileChanges, verb string) {
	of := ""
	show := func(n int, what string, first []int) {
		if n > 0 {
			p.words("  "+padLeft(figure(n), 7), 11, around(strings.ReplaceAll(what, "%s", verb), changedRows(n, first, of), ""))
		}
	}
	show(ch.Same-ch.Waiting-ch.Doubts, updateSame, nil)
	show(ch.Waiting, updateWaiting, ch.First.Waiting)
	show(ch.DueDoubts, updateDoubts, ch.Due)
	show(ch.Doubts+ch.DoubtsBack-ch.DueDoubts, updateAsked, ch.Asked)
	show(ch.Added, updateAdded, ch.First.Added)
	show(ch.Corrected, updateCorrect, ch.First.Corrected)
	show(ch.Lifted, updateLifted, ch.First.Lifted)
	show(ch.Allowed, updateAllowed, ch.First.Allowed)
	show(ch.Restored, updateRestored, ch.First.Restored)
	show(ch.Messaged-ch.Doubted, updateMessaged, ch.First.Messaged)
	show(ch.Doubted, updateDoubted, ch.First.Doubted)
	show(ch.Invalid, updateInvalid, ch.First.Invalid)
	show(ch.Skipped, updateSkipped, ch.First.Skipped)
	if ch.Removed+ch.Departed > 0 {
		p.line(updateGone)
	}
	of = updateOld
	show(ch.Removed, updateRemoved, ch.First.Removed)
	show(ch.Departed-ch.DepartedDoubted, updateDeparted, ch.First.Departed)
	show(ch.DepartedDoubted, updateDepartedOpen, ch.First.DepartedDoubted)
}

// changedRows names the first of n rows, in brackets; "" where none are known. of says of which file.
func changedRows(n int, first []int, of string) string {
	if len(first) == 0 {
		return ""
	}
	return "(" + noun(n, "row") + " " + numberList(first, n) + of + ")"
}
