package reports

import (
	"fmt"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// advice is something that can be done about a campaign, with its command, if there is one.
type advice struct {
	text    string
	command campaign.Command
}

// showSteps shows what can be done next, each with its command.
func showSteps(p *page, steps []advice) {
	label := "Next"
	for _, next := range steps {
		p.kept(label, 13, next.text)
		p.next(15, next.command)
		label = ""
	}
}

// advices are what can be done about the rows of a campaign that has nothing left to send. Every screen gives the same.
func (s SummaryScreen) advices() []advice {
	var all []advice
	if next, any := s.correct(); any {
		all = append(all, next)
	}
	for _, r := range s.Tallies.Reasons(outcome.Rejected) {
		if r.Cause == string(kanal.CauseClosedWindow) {
			all = append(all, advice{fmt.Sprintf("%s outside the 24-hour window, as a file for a template campaign:", theOnes(r.Rows)),
				s.command("report", s.Campaign.Name, "--only", string(outcome.Rejected), "--cause", r.Cause, "-o",
					record.FreeName(record.FileName(s.Campaign.Name+"-again")+record.EndingLike(s.Campaign.File.Name)))})
		}
		if isRetriedLater(r.Cause) {
			label, _ := CauseWords(words.English(), r.Cause, "")
			all = append(all, advice{fmt.Sprintf("%s %s, in some days:", theOnes(r.Rows), label),
				s.command("retry", s.Campaign.Name, "--cause", r.Name())})
		}
	}
	if n := s.Tallies.Messages()[outcome.Unknown]; n > 0 {
		all = append(all, advice{fmt.Sprintf("%s in doubt: look in Kanal whether %s got the message, or try again under the same %s:",
			theOnes(n), noun(n, "that person|they"), noun(n, "key")), s.command("retry", s.Campaign.Name, "--unknown")})
	}
	return all
}

// correct is about the rows to be corrected in the file: those with errors, and those refused for what is in them.
func (s SummaryScreen) correct() (next advice, any bool) {
	invalid, refused := s.Tallies.Counts()[outcome.Invalid], 0
	for _, r := range s.Tallies.Reasons(outcome.Rejected) {
		if isFileFault(r.Cause) {
			refused += r.Rows
		}
	}
	which, why := "", ""
	switch {
	case invalid+refused == 0:
		return advice{}, false
	case invalid == 0:
		which, why = "refused ", " (the results say why)"
	case refused > 0:
		why = fmt.Sprintf(" (%s with errors, %s refused: the results say why)", figure(invalid), figure(refused))
	}
	rows, they := which+"row", "it is"
	if n := invalid + refused; n > 1 {
		rows, they = figure(n)+" "+which+"rows", "they are"
	}
	if s.Tallies.Forgotten() > 0 {
		return advice{text: fmt.Sprintf(forgottenCorrect, rows, why)}, true
	}
	return advice{fmt.Sprintf("correct the %s in %s%s, then only %s sent by:", rows, pathWord(s.Campaign.File.Name), why, they),
		s.updateCommand()}, true
}

// theOnes counts rows that are spoken of: "the one", "the 5".
func theOnes(n int) string {
	if n == 1 {
		return "the one"
	}
	return "the " + figure(n)
}

// updateCommand sends a corrected file. The campaign's name is in it where the file's would give another.
func (s SummaryScreen) updateCommand() campaign.Command {
	words := []string{"send", s.input(), "--update"}
	if base := s.Campaign.File.Name; campaign.CleanName(strings.TrimSuffix(base, extension(base))) != s.Campaign.Name {
		words = append(words, "--campaign", s.Campaign.Name)
	}
	return s.command(words...)
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		return name[i:]
	}
	return ""
}
