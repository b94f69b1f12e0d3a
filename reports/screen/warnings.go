package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
)

// warningKind is a warning as a screen tells it: about the file, or about all rows with one problem in one column.
type warningKind struct {
	code problem.Code
	text string
}

// warningKinds are the warnings about a file and its rows. found are the file's problems.
func warningKinds(f Face, found []problem.Problem, r *plan.Report) []warningKind {
	var kinds []warningKind
	for _, p := range found {
		if p.Severity == problem.Warning {
			kinds = append(kinds, warningKind{p.Code, f.ProblemHeading(p)})
		}
	}
	if r == nil {
		return kinds
	}
	for _, t := range tasks(r.Groups, problem.Warning) {
		e := t.examples[0]
		heading, cell := f.ProblemRowsHeading(t.first, t.rows, false), shownCell(e.Value)
		text := f.WarningExample(heading, f.RowNumber(e.Row), cell)
		if e.Code == message.ValueShown {
			shown := shownCell(strings.Join(e.Names[:min(1, len(e.Names))], ""))
			text = f.WarningExampleShown(heading, f.RowNumber(e.Row), shown, cell)
		}
		kinds = append(kinds, warningKind{t.first.Code, text})
	}
	return kinds
}

// weight is what comes first where there is no room for all warnings: what people would read and is not meant.
func (k warningKind) weight() int {
	switch k.code {
	case message.ValueShown, message.ValueDateNames:
		return 0
	case message.ValueFormula, message.ValuePlaceholder, message.ValueFiller, message.ValueEntities, message.BraceStray:
		return 1
	case message.ValueMojibake, message.ValueQuestion:
		return 2
	case plan.FormulasUnresolved, plan.RowsHidden:
		return 3
	}
	return 4
}

// showWarnings shows what does not stop the campaign and is worth a look.
func (s CheckScreen) showWarnings(p *page) {
	kinds := warningKinds(p.Face, s.fileProblems(), s.Report)
	if len(kinds) == 0 {
		return
	}
	p.gap()
	start := len(p.lines)
	p.text(0, p.CheckWarnings())
	p.paintSince(start, styleWarning)
	for _, kind := range kinds {
		p.field("-", 2, kind.text)
	}
}

// mostWarnings is how many kinds of warnings stand before the question.
const mostWarnings = 3

// showWarnings tells, before the question, what check would have told: what matters most, and where the rest is. message
// are the problems of the message and the columns, path is the problems file.
func showWarnings(p *page, message []problem.Problem, r *plan.Report, path string) {
	var kinds []warningKind
	for _, found := range message {
		if found.Severity == problem.Warning {
			kinds = append(kinds, warningKind{found.Code, p.ProblemSentence(found)})
		}
	}
	rows := 0
	if r != nil {
		kinds, rows = append(kinds, warningKinds(p.Face, r.File, r)...), r.Warned
	}
	slices.SortStableFunc(kinds, func(a, b warningKind) int { return cmp.Compare(a.weight(), b.weight()) })
	label, sign := p.LabelWarnings(), ""
	if len(kinds) > 1 {
		sign = "- "
	}
	for _, kind := range kinds[:min(len(kinds), mostWarnings)] {
		p.warning(fmt.Sprintf("%-*s%s", confirmAt, label, sign), confirmAt+len(sign), kind.text)
		label = ""
	}
	rest, file := "", together(path)
	switch more := len(kinds) - mostWarnings; {
	case more > 0 && path == "":
		rest = p.WarningsMoreCheck(more)
	case more > 0:
		rest = p.WarningsMore(more, file)
	case rows > 0 && path == "":
		rest = p.WarningsRowsCheck(rows)
	case rows > 0:
		rest = p.WarningsRows(rows, file)
	}
	start := len(p.lines)
	p.text(confirmAt, rest)
	p.vital(start)
}
