package plan

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// Codes of the decision that a file with columns of consent needs, of one and of several.
const (
	ConsentOpen  problem.Code = "consent-open"
	ConsentsOpen problem.Code = "consents-open"
	// RefusalsOpen is about columns of refusals beside others that are decided about: nobody is to be messaged against them unsaid.
	RefusalsOpen problem.Code = "refusals-open"
)

// OfRefusals is the Reason of a ConsentOpen whose column tells who refuses.
const OfRefusals = "refusals"

// NoConsentColumn is the value of --consent-column that says that no column is one of consent, or none beside those named.
const NoConsentColumn = "none"

// ConsentFlag is the flag that names columns of consent.
const ConsentFlag = "--consent-column"

// ConsentSettled is what a person has said about a column of consent.
type ConsentSettled string

// What may have been said.
const (
	ConsentNotSettled ConsentSettled = ""
	ConsentRequired   ConsentSettled = "required" // only a yes in it is sent to
	ConsentFiltered   ConsentSettled = "filtered" // a condition of --where is about it
	ConsentOther      ConsentSettled = "other"    // another column is the one of consent
	ConsentIsNone     ConsentSettled = "none"     // no column is
)

// ConsentReport is a column of consent with its values.
type ConsentReport struct {
	ColumnValues
	Refusal bool
	Settled ConsentSettled
	// Refused and Unanswered are how many of the rows that are to be sent say no, or nothing that is a yes, there.
	Refused, Unanswered int
	// Says is how many cells hold each answer, empty ones aside.
	Says map[audience.ConsentAnswer]int
}

// FilterReport is a condition with the values of its column.
type FilterReport struct {
	Where record.Condition
	Taken int // rows that meet it
	ColumnValues
}

// conclude tells what the conditions and the columns of consent were found to hold.
func (c *Check) conclude() {
	for _, w := range c.chosen.where {
		report := FilterReport{w.Condition, w.taken, w.values.counted(c.Header)}
		c.report.Filter = append(c.report.Filter, report)
		for _, value := range w.unknown() {
			c.report.File = append(c.report.File, c.unknownValue(report, value, w.Planned))
		}
	}
	c.refusedElsewhere()
	for _, asked := range c.chosen.asked {
		c.report.Consent = append(c.report.Consent, c.consentReport(asked, ConsentRequired))
	}
	for _, maybe := range c.chosen.maybe {
		if maybe.isConsent() {
			c.report.Consent = append(c.report.Consent, c.consentReport(maybe, c.settled(maybe.Index)))
		}
	}
	if p, open := consentDecision(c.report.Consent, c.Header); open {
		c.report.File = append(c.report.File, p)
	}
}

func (c *Check) consentReport(column *consentColumn, settled ConsentSettled) ConsentReport {
	return ConsentReport{ColumnValues: column.values.counted(c.Header), Refusal: column.Refusal, Settled: settled,
		Refused: column.refused, Unanswered: column.unanswered, Says: column.says}
}

// settled is what was said about a column that --consent-column does not name.
func (c *Check) settled(index int) ConsentSettled {
	switch {
	case slices.ContainsFunc(c.Columns.Where, func(w Where) bool { return w.Index == index }):
		return ConsentFiltered
	case c.Settings.NoConsentColumn:
		return ConsentIsNone
	case len(c.Columns.Consent) > 0:
		return ConsentOther
	}
	return ConsentNotSettled
}

// unknownValue is about a value that no cell holds: what was meant is asked, for it may be somebody's. In a file that has
// changed, the last row with a value that there was may be gone.
func (c *Check) unknownValue(r FilterReport, value string, planned bool) problem.Problem {
	p := problem.Problem{Code: WhereValueUnknown, Severity: problem.Error, Column: audience.ColumnLetter(r.Index), Header: r.Header,
		Value: problem.Cut(value), Names: []string{}}
	if planned {
		p.Severity = problem.Warning
	}
	for _, v := range r.Values {
		p.Names = append(p.Names, v.Value)
	}
	if p.Fix = r.whole(value); p.Fix != "" {
		p.Reason = typedValue(p.Fix)
	} else {
		p.Fix = r.nearest(value)
	}
	if r.Many {
		p.Names, p.Limit = nil, MostValues
	}
	return p
}

// consentDecision is needed while people who would get the message do not say yes in a column of consent of which nobody
// has spoken, or say no in one of refusals while another column is decided about.
func consentDecision(all []ConsentReport, header []string) (p problem.Problem, open bool) {
	var columns, overridden []ConsentReport
	for _, r := range all {
		switch {
		case r.Settled == ConsentNotSettled && r.Refused+r.Unanswered > 0:
			columns = append(columns, r)
		case r.Settled == ConsentOther && r.Refusal && r.Refused > 0:
			overridden = append(overridden, r)
		}
	}
	switch {
	case len(overridden) > 0:
		return refusalsDecision(all, overridden, header), true
	case len(columns) == 0:
		return p, false
	}
	columns = besideAnswers(columns)
	slices.SortStableFunc(columns, func(a, b ConsentReport) int { return cmp.Compare(channel(a.Header), channel(b.Header)) })
	p = problem.Problem{Code: ConsentOpen, Severity: problem.Decision, Names: namesOfColumns(columns)}
	if len(columns) == 1 {
		r := columns[0]
		p.Column, p.Header, p.Length, p.Limit = audience.ColumnLetter(r.Index), r.Header, r.Refused, r.Unanswered
		if r.Refusal {
			p.Reason = OfRefusals
		}
		p.Answers = []problem.Answer{consentAnswer(flagNames(columns, header)), noConsentAnswer}
		return p, true
	}
	p.Code = ConsentsOpen
	p.Answers = []problem.Answer{consentAnswer(flagNames(columns, header))}
	for _, some := range partsOf(columns) {
		p.Answers = append(p.Answers, consentAnswer(flagNames(some, header)))
	}
	p.Answers = append(p.Answers, noConsentAnswer)
	return p, true
}

// partsOf are the answers that take some of several columns: each of consent alone, with those of refusals, which no other
// column overrides; and those of refusals.
func partsOf(columns []ConsentReport) (parts [][]ConsentReport) {
	agree, refuse := partition(columns, func(r ConsentReport) bool { return !r.Refusal })
	for _, r := range agree[:min(len(agree), mostConsentAnswers)] {
		if len(agree) > 1 {
			parts = append(parts, append([]ConsentReport{r}, refuse...))
		}
	}
	if len(refuse) > 0 && len(agree) > 0 {
		parts = append(parts, refuse)
	}
	return parts
}

// refusalsDecision is the one that columns of refusals need beside those that are decided about. Its answers name these as well.
func refusalsDecision(all, refuse []ConsentReport, header []string) problem.Problem {
	p := problem.Problem{Code: RefusalsOpen, Severity: problem.Decision, Names: namesOfColumns(refuse)}
	if len(refuse) == 1 {
		r := refuse[0]
		p.Column, p.Header, p.Length = audience.ColumnLetter(r.Index), r.Header, r.Refused
	}
	decided, _ := partition(all, func(r ConsentReport) bool { return r.Settled == ConsentRequired })
	named := flagNames(decided, header)
	p.Answers = []problem.Answer{
		consentAnswer(slices.Concat(named, flagNames(refuse, header))),
		consentAnswer(append(slices.Clone(named), NoConsentColumn)),
	}
	return p
}

func partition(all []ConsentReport, in func(ConsentReport) bool) (those, others []ConsentReport) {
	for _, r := range all {
		if in(r) {
			those = append(those, r)
		} else {
			others = append(others, r)
		}
	}
	return those, others
}

func namesOfColumns(columns []ConsentReport) (names []string) {
	for _, r := range columns {
		names = append(names, strings.TrimSpace(r.Header))
	}
	return names
}

func flagNames(columns []ConsentReport, header []string) (names []string) {
	for _, r := range columns {
		names = append(names, flagName(r.Index, header))
	}
	return names
}

func consentAnswer(names []string) problem.Answer {
	return problem.Answer{Flag: ConsentFlag, Value: names[0], More: names[1:]}
}

var noConsentAnswer = problem.Answer{Flag: ConsentFlag, Value: NoConsentColumn}

// besideAnswers leaves out columns in which nobody has said anything, beside others of the same channel, or a nearer one, that
// have answers.
func besideAnswers(columns []ConsentReport) []ConsentReport {
	return slices.DeleteFunc(slices.Clone(columns), func(silent ConsentReport) bool {
		return len(silent.Says) == 0 && slices.ContainsFunc(columns, func(r ConsentReport) bool {
			return len(r.Says) > 0 && channel(r.Header) <= channel(silent.Header)
		})
	})
}

// mostConsentAnswers is how many columns are proposed alone.
const mostConsentAnswers = 4

// channel is how near a column's name is to what is sent here, the nearest first.
func channel(name string) int {
	folded := audience.FoldCell(name)
	for rank, words := range [][]string{
		{"whatsapp", "wa_"}, {"sms", "mobile", "phone", "tel"}, {"mail", "newsletter", "courrier", "post"},
	} {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(folded, w) }) {
			return rank + rank/2 // what names no channel stands before mail
		}
	}
	return 2
}

// flagName is what a flag takes for a column: its name where that is certain and can be typed, else its letter.
func flagName(index int, header []string) string {
	name := strings.TrimSpace(audience.ColumnName(header[index]))
	i, _, ok := audience.Match(name, header)
	if !ok || i != index || name == NoConsentColumn || text.Mangled(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return audience.ColumnLetter(index)
	}
	return name
}
