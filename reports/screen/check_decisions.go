package screen

import (
	"fmt"
	"slices"

	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/reports/words"
)

// Decisions are what a person has to settle before the plan may be sent.
func (s CheckScreen) Decisions() []problem.Problem {
	return slices.DeleteFunc(s.fileProblems(), func(p problem.Problem) bool { return p.Severity != problem.Decision })
}

// changesErrors reports whether a decision's answer changes how rows are read, and so which of them have errors.
func changesErrors(decision problem.Problem) bool {
	return decision.Code == plan.CountryColumnOpen || decision.Code == plan.EncodingOpen
}

// first are the decisions to be made before the errors are of use; none without errors.
func (s CheckScreen) first() []problem.Problem {
	if s.Errors() == 0 || len(s.Proposed) > 0 {
		return nil
	}
	return slices.DeleteFunc(s.Decisions(), func(p problem.Problem) bool { return !changesErrors(p) })
}

// showFirst shows, before the errors, the decisions that change which there are. Their commands end the screen.
func (s CheckScreen) showFirst(p *page) {
	first := s.first()
	if len(first) == 0 {
		return
	}
	p.gap()
	start := len(p.lines)
	p.text(0, p.DecisionsFirst(len(first)))
	p.paintSince(start, styleWarning)
	for i, d := range first {
		wrong, _ := p.Problem(d)
		p.field(fmt.Sprintf("%d.", i+1), 3, p.ProblemHeading(d))
		p.text(5, wrong)
	}
}

// showFirstAnswers shows the check with each answer to what is to be decided before the errors are of use; of several, each
// has its own.
func (s CheckScreen) showFirstAnswers(p *page, first []problem.Problem) {
	for _, d := range first {
		for at, a := range d.Answers {
			p.text(0, s.answerText(p.Words, d, at))
			p.next(2, append(slices.Clone(s.CheckCommand), a.Words()...))
		}
	}
}

// showDecisions ends the screen with what is to be settled, and with the command of each answer, the safest first. No answer
// alone lets a plan with errors, or with other decisions, be sent: then it names the answers' flags, and where there are no
// errors, it ends with the command of all first answers.
func (s CheckScreen) showDecisions(p *page, decisions []problem.Problem) {
	if len(decisions) == 0 {
		return
	}
	p.gap()
	start := len(p.lines)
	if s.Errors() > 0 {
		p.text(0, p.DecisionsToo(len(decisions)))
	} else {
		p.text(0, p.Decisions(len(decisions)))
	}
	p.paintSince(start, styleWarning)
	var first []problem.Answer
	for _, d := range decisions {
		first = append(first, d.Answers[:min(1, len(d.Answers))]...)
	}
	for i, d := range decisions {
		p.field(fmt.Sprintf("%d.", i+1), 3, p.ProblemHeading(d))
		wrong, fix := p.Problem(d)
		p.text(5, wrong)
		if len(d.Answers) == 0 {
			p.text(5, fix)
		}
		for at, a := range d.Answers {
			p.text(5, s.answerText(p.Words, d, at))
			if s.Errors() == 0 && len(first) == 1 {
				p.next(7, s.AnswerCommand(a))
			} else {
				p.flagsToCopy(7, a.Words())
			}
		}
	}
	switch {
	case s.Errors() > 0:
	case slices.ContainsFunc(decisions, func(d problem.Problem) bool { return len(d.Answers) == 0 }): // no command settles it
		p.text(0, p.CheckFixAll())
		p.next(2, s.CheckCommand)
	case len(first) > 1:
		p.text(0, p.DecisionsFirstAnswers())
		p.next(2, s.AnswerCommand(first...))
	}
}

// answerText says what the answer at that place of a decision means, before its command.
func (s CheckScreen) answerText(w *words.Words, d problem.Problem, at int) string {
	values := append([]string{d.Answers[at].Value}, d.Answers[at].More...)
	no := slices.Contains(values, plan.NoCountryColumn) || slices.Contains(values, plan.NoConsentColumn) || d.Code == plan.EncodingOpen && at > 0
	if answer := w.ProblemAnswer(d, at, no, s.Settings.SkipInvalid); answer != "" {
		return w.DecisionAnswer(answer)
	}
	return w.DecisionGoOn()
}
