package screen

import (
	"slices"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/text"
)

// ProposedCommand is a command that settles what is unclear about a file.
type ProposedCommand struct {
	plan.Proposed
	Command campaign.Command
}

// showProposed shows the commands that settle the columns and the country, whole, each ready to be copied.
func (s CheckScreen) showProposed(p *page) {
	first := s.Proposed[0]
	if sheet := first.Settings.Sheet; sheet != "" && sheet != s.Sheet {
		p.text(0, p.ProposedSheet(p.InQuotes(sheet)))
	}
	if row := first.Settings.HeaderRow; row > 0 && row != s.HeaderRow {
		p.text(0, p.ProposedHeaderRow(p.RowNumber(row)))
	}
	if len(first.Unlike) > 0 {
		var names []string
		for _, variable := range first.Unlike {
			names = append(names, text.Clean(variable)+" = "+p.InQuotes(first.Settings.Map[variable]))
		}
		p.text(0, p.ProposedUnlike(p.List(names)))
	}
	if len(s.Proposed) == 1 {
		if first.Country != "" {
			p.text(0, p.ProposedInCountry(p.Country(first.Country)))
		} else {
			p.text(0, p.ProposedColumns())
		}
		p.next(2, first.Command)
		return
	}
	p.text(0, p.ProposedCountries())
	for _, one := range s.Proposed {
		p.text(2, p.ProposedOfCountry(p.Country(one.Country)))
		p.next(4, one.Command)
	}
}

// showSkipAndAnswer shows the one command that leaves out the rows with errors and gives each decision its first answer, where
// nothing but these keeps the file from being sent.
func (s CheckScreen) showSkipAndAnswer(p *page, decisions []problem.Problem) {
	if len(decisions) == 0 || len(s.fileErrors()) > 0 || s.Report == nil || s.Report.Sendable == 0 || stops(s.Known) {
		return
	}
	var first []problem.Answer
	for _, d := range decisions {
		if len(d.Answers) == 0 {
			return
		}
		first = append(first, d.Answers[0])
	}
	command := s.AnswerCommand(first...)
	if !slices.Contains(command, "--skip-invalid") {
		command = slices.Insert(command, len(command), "--skip-invalid")
	}
	p.text(0, p.CheckSkipAndAnswer(s.Report.Invalid))
	p.next(2, command)
}
