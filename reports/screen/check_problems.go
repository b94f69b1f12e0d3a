package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// task is one thing to do about rows: all groups of problems that share a heading.
type task struct {
	key      string
	place    place
	first    problem.Problem
	rows     int
	examples []problem.Problem // one for each code, in file order, and a last one where only that is left
	others   []problem.Problem // further ones of these codes
}

// tasks brings the groups of one severity together, in the order in which a person fixes them.
func tasks(groups []plan.Group, severity problem.Severity) []task {
	var all []task
	for _, g := range groups {
		if g.Severity != severity || len(g.Examples) == 0 {
			continue
		}
		key := words.ProblemGroup(g.Code) + "\x00" + g.Column + "\x00" + g.Variable
		i := slices.IndexFunc(all, func(t task) bool { return t.key == key })
		if i < 0 {
			i = len(all)
			all = append(all, task{key: key, place: placeOf(g.Examples[0]), first: g.Examples[0]})
		}
		all[i].rows += g.Rows
		all[i].examples = append(all[i].examples, g.Examples[0])
		all[i].others = append(all[i].others, g.Examples[1:]...)
	}
	for i, t := range all {
		if shown := len(t.examples); shown < mostExamples && t.rows == shown+1 { // it takes the line that would tell of it
			all[i].examples = append(t.examples, t.others[:min(1, len(t.others))]...)
		}
		slices.SortStableFunc(all[i].examples, func(a, b problem.Problem) int { return cmp.Compare(a.Row, b.Row) })
	}
	slices.SortStableFunc(all, func(a, b task) int { return cmp.Compare(a.place, b.place) })
	return all
}

// comesFirst reports whether the task hides what else is wrong: without a country, most rows have errors.
func (t task) comesFirst() bool { return t.place == placeCountry && t.rows > 1 }

// mostExamples is how many rows of a task are shown.
const mostExamples = 3

func (s CheckScreen) showProblems(p *page) {
	fileErrors := s.fileErrors()
	slices.SortStableFunc(fileErrors, func(a, b problem.Problem) int {
		return cmp.Compare(placeOf(a), placeOf(b))
	})
	var rowTasks []task
	if s.Report != nil {
		rowTasks = tasks(s.Report.Groups, problem.Error)
	}
	if len(fileErrors)+len(rowTasks) == 0 {
		return
	}
	p.gap()
	start := len(p.lines)
	p.text(0, s.problemsHeading(p.Words, len(fileErrors)))
	p.paintSince(start, styleError)
	n := 0
	number := func(heading string) {
		n++
		p.field(fmt.Sprintf("%d.", n), 3, heading)
	}
	showTasks := func(first bool) {
		for _, t := range rowTasks {
			if t.comesFirst() == first {
				number(p.ProblemRowsHeading(t.first, t.rows, s.Sheet != ""))
				p.text(5, p.ProblemChoice(t.first.Code))
				s.showExamples(p, t)
			}
		}
	}
	showTasks(true)
	for _, found := range fileErrors {
		number(p.ProblemHeading(found))
		wrong, fix := p.Problem(found)
		p.text(5, wrong)
		p.text(5, fix)
	}
	showTasks(false)
	s.showHeader(p, fileErrors)
	if s.Errors() == 0 {
		p.gap()
	}
}

// mostColumns is how many of the file's columns are listed.
const mostColumns = 30

// showHeader lists the file's columns, where a problem is that one is not found.
func (s CheckScreen) showHeader(p *page, problems []problem.Problem) {
	missing := slices.ContainsFunc(problems, func(found problem.Problem) bool {
		switch found.Code {
		case plan.PhoneColumnMissing, plan.VariableNoColumn, plan.ColumnUnknown:
			return true
		}
		return false
	})
	if !missing || len(s.Header) == 0 {
		return
	}
	var columns []string
	for i, name := range s.Header {
		if i == mostColumns {
			columns = append(columns, p.AndMore(len(s.Header)-i))
			break
		}
		columns = append(columns, together(audience.ColumnLetter(i)+" "+text.Shorten(text.Clean(name), longestHeader)))
	}
	p.text(0, p.CheckYourColumns(strings.Join(columns, ", ")))
}

func (s CheckScreen) problemsHeading(w *words.Words, fileErrors int) string {
	switch {
	case s.Report == nil || s.Report.Invalid == 0:
		return w.CheckProblemsFile(fileErrors)
	case fileErrors == 0 && s.Settings.SkipInvalid:
		return w.CheckProblemsSkipped(s.Report.Invalid)
	}
	return w.CheckProblemsRows(s.Report.Invalid)
}

// The columns of an example: its row, the spreadsheet's column, the cell.
const (
	exampleIndent = 5
	exampleRow    = 9
	exampleCell   = 13
	longestCell   = 24
	moreAt        = 58 // where "and 10 more rows" stands, if there is room
)

// shownCell is the beginning of a cell's value.
func shownCell(value string) string {
	return text.Shorten(text.Visible(text.WithTabs(value)), longestCell)
}

// showExamples shows a row for each kind of problem, and how many more rows there are.
func (s CheckScreen) showExamples(p *page, t task) {
	examples := t.examples[:min(len(t.examples), mostExamples)]
	row, cell := exampleRow, exampleCell
	for _, e := range examples {
		row = max(row, text.Columns(p.RowLabel(p.RowNumber(e.Row)))+1)
		cell = max(cell, text.Columns(shownCell(e.Value)))
	}
	margin := strings.Repeat(" ", exampleIndent)
	for i, e := range examples {
		line := margin + pad(p.RowLabel(p.RowNumber(e.Row)), row) + pad(e.Column, 3) +
			pad(shownCell(e.Value), cell+2) + s.remark(p, e)
		line = strings.TrimRight(line, " ")
		more := ""
		if rest := t.rows - len(examples); i == len(examples)-1 && rest > 0 {
			more = p.MoreRows(rest)
		}
		if at := max(moreAt, text.Columns(line)+2); more != "" && at+text.Columns(more) <= screenWidth {
			line, more = pad(line, at)+more, ""
		}
		p.line(text.Shorten(line, screenWidth))
		if more != "" {
			p.line(margin, more)
		}
	}
}

// remark is what stands beside an example. Of a spreadsheet's error it shows what people would read.
func (s CheckScreen) remark(p *page, e problem.Problem) string {
	if e.Code == message.ValueSheetError || e.Code == message.ValueFiller {
		if text := wouldRead(s.Message.Skeleton(), e.Variable, e.Value); text != "" {
			return p.ExampleWouldRead(p.InQuotes(text))
		}
	}
	return p.ProblemRemark(e)
}

// wouldRead is the value in the words of the text around it: "Bonjour #N/A,".
func wouldRead(body, variable, value string) string {
	for _, line := range strings.Split(body, "\n") {
		start := strings.Index(line, "{{")
		for start >= 0 {
			end := strings.Index(line[start:], "}}")
			if end < 0 {
				break
			}
			end += start + 2
			if placed := kanal.Placeholders(line[start:end]); len(placed) == 1 && placed[0] == variable {
				return lastWord(line[:start]) + shownCell(value) + firstWord(line[end:])
			}
			next := strings.Index(line[end:], "{{")
			if next < 0 {
				break
			}
			start = end + next
		}
	}
	return ""
}

func lastWord(text string) string {
	trimmed := strings.TrimRightFunc(text, unicode.IsSpace)
	i := strings.LastIndexFunc(trimmed, unicode.IsSpace)
	return text[i+1:]
}

func firstWord(text string) string {
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		return text[:i]
	}
	return text
}
