package screen

import (
	"slices"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/message"
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
	label := p.LabelNext()
	for _, next := range steps {
		p.kept(label, 13, next.text)
		p.next(15, next.command)
		label = ""
	}
}

// advices are what can be done about the rows of a campaign that has nothing left to send. Every screen gives the same.
func (s SummaryScreen) advices(w *words.Words) []advice {
	var all []advice
	if next, any := s.correct(w); any {
		all = append(all, next)
	}
	for _, r := range s.Tallies.Reasons(outcome.Rejected) {
		if r.Cause == string(kanal.CauseClosedWindow) {
			all = append(all, advice{w.AdviceClosedWindow(r.Rows),
				s.command("report", s.Campaign.Name, "--only", string(outcome.Rejected), "--cause", r.Cause, "-o",
					record.FreeName(record.FileName(s.Campaign.Name+"-again")+record.EndingLike(s.Campaign.File.Name)))})
		}
		if isRetriedLater(r.Cause) {
			label, what := CauseWords(w, r.Cause, "")
			if r.TriedAgain() { // what has just failed is nothing to do next
				all = slices.Insert(all, 0, advice{text: w.AdviceTriedAgain(r.Rows, label, what)})
				continue
			}
			all = append(all, advice{w.AdviceRetryLater(r.Rows, label, what), s.command("retry", s.Campaign.Name, "--cause", r.Name())})
		}
	}
	if n := s.Tallies.Messages()[outcome.Unknown]; n > 0 {
		all = append(all, advice{w.AdviceDoubts(n), s.command("retry", s.Campaign.Name, "--unknown")})
	}
	return all
}

// correct is about the rows to be corrected in the file: those with errors, and those refused for what is in them.
func (s SummaryScreen) correct(w *words.Words) (next advice, any bool) {
	file := w.Path(s.Campaign.File.Name)
	var texts []string
	if n := s.Tallies.Counts()[outcome.Invalid]; n > 0 {
		texts = append(texts, w.CorrectInvalid(n, file))
	}
	refused := 0
	for _, r := range s.Tallies.Reasons(outcome.Rejected) {
		if isFileFault(r.Cause) {
			refused += r.Rows
		}
	}
	if refused > 0 {
		texts = append(texts, w.CorrectRefused(refused, file))
	}
	switch {
	case len(texts) == 0:
		return advice{}, false
	case s.Tallies.Forgotten() > 0:
		return advice{text: sentences(append(texts, w.ForgottenNoUpdate(), w.ForgottenWay())...)}, true
	}
	return advice{sentences(append(texts, w.CorrectThenSend())...), updateCommand(s.Session, s.Campaign)}, true
}

// updateCommand sends a campaign's corrected file. The campaign's own name is in it where the file's would give another.
func updateCommand(s Session, c record.Campaign) campaign.Command {
	words := []string{"send", c.FilePath(), "--update"}
	if base := c.File.Name; message.CleanName(strings.TrimSuffix(base, extension(base))) != c.Name {
		words = append(words, "--campaign", c.Name)
	}
	return s.command(words...)
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		return name[i:]
	}
	return ""
}
