package reports

import (
	"fmt"
	"slices"

	"kanal-campaign/campaign/problem"
)

// Decisions are what a person has to settle before the plan may be sent.
func (s CheckScreen) Decisions() []problem.Problem {
	return slices.DeleteFunc(s.fileProblems(), func(p problem.Problem) bool { return p.Severity != problem.Decision })
}

// showDecisions ends the screen with what is to be settled, and with the command of each answer, the safest first. Where
// errors have to be mended before, it names the answers' flags alone.
func (s CheckScreen) showDecisions(p *page, decisions []problem.Problem) {
	if len(decisions) == 0 {
		return
	}
	p.gap()
	start := len(p.lines)
	p.text(0, decisionsHeading(len(decisions), s.Errors() > 0))
	p.paintSince(start, styleWarning)
	for i, d := range decisions {
		p.field(fmt.Sprintf("%d.", i+1), 3, headingOf(d, 1))
		p.text(5, wrongOf(d))
		if len(d.Answers) == 0 {
			p.text(5, fixOf(d))
		}
		for at, a := range d.Answers {
			p.text(5, answerText(d, at)+":")
			command := a.Flag
			for _, word := range a.Words()[1:] {
				command += " " + argument(word)
			}
			if s.Errors() == 0 || s.withoutErrors() {
				command = s.AnswerCommand(a)
			}
			p.command(7, command)
		}
	}
}

// answerText says what the answer at that place of a decision does.
func answerText(d problem.Problem, at int) string {
	texts, arguments := wordingOf(d.Code).answers, problemArguments(d, 1)
	if len(texts) == 0 {
		return "To go on"
	}
	text := texts[len(texts)-1]
	if at < len(d.Answers)-1 { // of the last text but one there may be several, each of another column
		text = texts[min(at, max(0, len(texts)-2))]
	}
	return Clean(fill(text, func(name string) string {
		if name == "answer" {
			return quoted(d.Answers[at].Value)
		}
		return arguments(name)
	}))
}

func decisionsHeading(n int, errors bool) string {
	if errors {
		return "And " + noun(n, "a decision is|decisions are") + " needed before anything can be sent:"
	}
	return noun(n, "A decision is|Decisions are") + " needed before anything can be sent:"
}
