package screen

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
)

// updating shows an update: the file's messages, how it differs from the campaign, and what is sent.
func updating(f Face, s Session, proposed *campaign.Proposal) {
	p, c := f.page(), proposed.Campaign
	showBanner(p, s.Mode, proposed.APIURL)
	p.kept("", 0, p.Updating(p.InQuotes(c.Name), p.Dated(c.CreatedAt), p.InQuotes(c.File.Name)))
	p.text(0, p.UpdatingRows(proposed.Changes.Rows))
	showChanges(p, *proposed.Changes)
	p.gap()
	p.field(p.LabelFrom(), confirmAt, fromText(f, proposed.From, s.Team))
	showAPI(p, s.Mode, proposed.APIURL)
	showMessageName(p, proposed.Now)
	showPreviews(p, proposed.Now, proposed.Shown)
	showTextChange(p, proposed)
	to := p.Nobody()
	if n := proposed.Send.Messages(); n > 0 {
		to = p.UpdateTo(n)
	}
	p.field(p.LabelTo(), confirmAt, to)
	showPilot(p, proposed)
	if proposed.Shown != nil {
		p.field(p.LabelLeftOut(), confirmAt, leftOutText(p.Words, proposed.Shown))
	}
	showChoice(p, confirmAt, proposed.Shown)
	showWarnings(p, proposed.Plan.ColumnIssues, proposed.Shown, proposed.Plan.ProblemsPath)
	showTimes(p, proposed, proposed.Send.People)
	if proposed.Send.Messages() > 0 {
		showCare(p, s.Mode)
	}
	showCapQuestion(p, s.Mode, proposed)
	p.show()
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
