package reports

import (
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// UpdateScreen is what a person sees before a changed file is sent.
type UpdateScreen struct {
	Mode               Mode
	From, Team, APIURL string // as in ConfirmScreen
	Campaign           record.Campaign
	Changes            campaign.FileChanges
	Message            message.Message // as it is now
	Report             *plan.Report    // of the new file
	ToSend             int             // how many messages this run sends: the changes', and young doubts
	Beyond             int             // how many messages --first leaves to a later run
	People             int             // whom these go to and who do not count as written to already
	First              int             // of a pilot; 0 otherwise
	Rate               int
	Start              time.Time
	Window             *WindowScreen
	Hours              hours.HoursVerdict
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
	p.kept("", 0, p.Updating(p.InQuotes(s.Campaign.Name), p.Dated(s.Campaign.CreatedAt), p.InQuotes(s.Campaign.File.Name)))
	p.text(0, p.UpdatingRows(s.Changes.Rows))
	showChanges(p, s.Changes)
	p.gap()
	p.field(p.LabelFrom(), confirmAt, fromText(f, s.From, s.Team))
	showAPI(p, s.Mode, s.APIURL)
	showMessageName(p, s.Message)
	showPreviews(p, s.Message, s.Report)
	if s.TextChanged {
		showTextChange(p, s.Campaign, s.Start, s.OldText, s.NewText)
	}
	p.field(p.LabelTo(), confirmAt, s.to(f))
	if s.Beyond > 0 {
		p.field(p.LabelPilot(), confirmAt, pilotText(f, s.ToSend, s.Beyond, s.First))
	}
	if s.Report != nil {
		p.field(p.LabelLeftOut(), confirmAt, leftOutText(p.Words, s.Report))
	}
	showChoice(p, confirmAt, s.Report)
	showWarnings(p, s.Warnings, s.Report, s.ProblemsPath)
	if s.ToSend > 0 {
		showRunHours(p, s.Window, s.Hours, s.People, s.ToSend, s.Rate, s.Start)
		showWhen(p, s.Window, confirmAt, s.ToSend, s.Rate, s.Start)
		showCare(p, s.Mode)
	}
	if s.Hours.Exceeds(s.People) {
		showQuestion(p, s.Mode, askCap, "")
	}
	p.show()
}

func (s UpdateScreen) to(f Face) string {
	if s.ToSend == 0 {
		return f.Nobody()
	}
	return f.UpdateTo(s.ToSend)
}

// partOf is how many messages the changes send at once.
func partOf(ch campaign.FileChanges) int {
	if ch.Part > 0 {
		return min(ch.Part, ch.ToSend())
	}
	return ch.ToSend()
}

// showChanges shows what an update does: each row of the file in one line, and then the people who are no longer in it.
func showChanges(p *page, ch campaign.FileChanges) {
	named := p.RowsNamed
	show := func(n int, what string, first []int) {
		if n > 0 {
			p.words("  "+padLeft(p.Number(n), 7), 11, around(what, inBrackets(rowsOf(p.Face, n, first, named)), ""))
		}
	}
	show(ch.Same-ch.Waiting-ch.Doubts, p.UpdateSame(), nil)
	show(ch.Waiting, p.UpdateWaiting(), ch.First.Waiting)
	show(ch.DueDoubts, p.UpdateDoubts(), ch.Due)
	show(ch.Doubts+ch.DoubtsBack-ch.DueDoubts, p.UpdateAsked(), ch.Asked)
	show(ch.Added, p.UpdateAdded(), ch.First.Added)
	show(ch.Corrected, p.UpdateCorrected(), ch.First.Corrected)
	show(ch.Lifted, p.UpdateLifted(), ch.First.Lifted)
	show(ch.Allowed, p.UpdateAllowed(), ch.First.Allowed)
	show(ch.Restored, p.UpdateRestored(), ch.First.Restored)
	show(ch.Messaged-ch.Doubted, p.UpdateMessaged(), ch.First.Messaged)
	show(ch.Doubted, p.UpdateDoubted(), ch.First.Doubted)
	show(ch.Invalid, p.UpdateInvalid(), ch.First.Invalid)
	show(ch.Skipped, p.UpdateSkipped(), ch.First.Skipped)
	if ch.Removed+ch.Departed > 0 {
		p.line(p.UpdateGone())
	}
	named = p.RowsNamedOld
	show(ch.Removed, p.UpdateRemoved(), ch.First.Removed)
	show(ch.Departed-ch.DepartedDoubted, p.UpdateDeparted(), ch.First.Departed)
	show(ch.DepartedDoubted, p.UpdateDepartedDoubted(), ch.First.DepartedDoubted)
}

// rowsOf names the first of n rows: rows 1512 and 1513; rows 12, 15, 18 and 4 more. "" where none are known.
func rowsOf(f Face, n int, first []int, named func(n int, rows string) string) string {
	if len(first) == 0 {
		return ""
	}
	var parts []string
	for _, number := range first {
		parts = append(parts, f.RowNumber(number))
	}
	if more := n - len(first); more > 0 {
		parts = append(parts, f.ListMore(more))
	}
	return named(n, f.List(parts))
}

// numbersOf are the numbers of rows.
func numbersOf(rows []record.Row) (numbers []int) {
	for _, r := range rows {
		numbers = append(numbers, r.Number)
	}
	return numbers
}

func inBrackets(text string) string {
	if text == "" {
		return ""
	}
	return "(" + text + ")"
}
