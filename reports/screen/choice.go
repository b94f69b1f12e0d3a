package screen

import (
	"slices"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// showChoice shows which rows a filter takes, and what the columns of consent hold.
func showChoice(p *page, at int, r *plan.Report) {
	if r == nil {
		return
	}
	label := p.LabelFilter()
	for _, f := range r.Filter {
		column := columnText(p.Words, f.Index, f.Header)
		p.field(label, at, p.Filter(r.Rows, conditionText(p.Words, column, f.Where), p.Number(f.Taken)))
		label = ""
	}
	label = p.LabelConsent()
	for _, c := range r.Consent {
		answers := strings.Join(answerTexts(p.Words, c), "; ")
		if c.Many {
			answers += " " + p.ConsentMany(p.Number(plan.MostValues))
		}
		p.field(label, at, p.Consent(columnText(p.Words, c.Index, c.Header), answers, settledText(p.Words, c)))
		label = ""
	}
}

func columnText(w *words.Words, index int, header string) string {
	return together(w.ColumnNamed(audience.ColumnLetter(index), w.Quoted(text.Shorten(text.Clean(header), longestHeader))))
}

// mostConditionValues is how many values of a condition are named.
const mostConditionValues = 8

// conditionText says what a cell of a column has to be: is "Lyon" or "Paris"; is neither "Lyon" nor empty.
func conditionText(w *words.Words, column string, c record.Condition) string {
	values := make([]string, 0, len(c.Values))
	for i, value := range c.Values {
		if i == mostConditionValues {
			values = append(values, w.MoreValues(len(c.Values)-mostConditionValues))
			break
		}
		if audience.FoldCell(value) == "" {
			values = append(values, w.CellEmpty())
			continue
		}
		values = append(values, w.InQuotes(strings.TrimSpace(value)))
	}
	switch {
	case !c.Not:
		return w.ConditionIs(column, w.Either(values))
	case len(values) == 1:
		return w.ConditionIsNot(column, values[0])
	}
	return w.ConditionNoneOf(column, w.List(values))
}

// mostConsentValues is how many values with one answer are named.
const mostConsentValues = 4

// answerTexts say how many cells of a column of consent agree, refuse and do not answer, and by which values. No line is to
// break within a value.
func answerTexts(w *words.Words, c plan.ConsentReport) (texts []string) {
	empty := audience.ConsentUnanswered
	if c.Refusal {
		empty = audience.ConsentGiven
	}
	for _, group := range []struct {
		answer audience.ConsentAnswer
		say    func(values string) string
	}{
		{audience.ConsentGiven, w.ConsentAgree}, {audience.ConsentRefused, w.ConsentRefuse}, {audience.ConsentUnanswered, w.ConsentUnanswered},
	} {
		values := valueTexts(w, c.Values, group.answer)
		if n := c.Says[group.answer]; c.Many && n > 0 {
			values = []string{w.Number(n)}
		}
		if c.Empty > 0 && group.answer == empty {
			values = append(values, w.ConsentEmpty(c.Empty))
		}
		if len(values) == 0 {
			continue
		}
		values[0] = group.say(values[0])
		for i, value := range values {
			values[i] = together(value)
		}
		texts = append(texts, strings.Join(values, ", "))
	}
	return texts
}

func valueTexts(w *words.Words, all []plan.ValueCount, answer audience.ConsentAnswer) (texts []string) {
	more, rows := 0, 0
	for _, v := range all {
		switch {
		case v.Answer != answer:
		case len(texts) == mostConsentValues:
			more, rows = more+1, rows+v.Rows
		case v.Date:
			texts = append(texts, w.ConsentDates(v.Rows))
		default:
			texts = append(texts, w.ConsentValue(w.Number(v.Rows), w.Quoted(shownCell(v.Value))))
		}
	}
	if more > 0 {
		texts = append(texts, w.ConsentMore(more, w.Number(rows)))
	}
	return texts
}

// settledText says what was decided about a column of consent.
func settledText(w *words.Words, c plan.ConsentReport) string {
	switch c.Settled {
	case plan.ConsentRequired:
		return w.ConsentRequired()
	case plan.ConsentFiltered:
		return w.ConsentFiltered()
	case plan.ConsentOther:
		return w.ConsentOther()
	case plan.ConsentIsNone:
		return w.ConsentNone()
	}
	return ""
}

// plannedChoice says whom a campaign is for, as it was planned; "" where it is for all.
func plannedChoice(w *words.Words, s record.Settings) (filter, consent string) {
	var parts []string
	for _, c := range s.Where {
		parts = append(parts, conditionText(w, w.InQuotes(c.Column), c))
	}
	switch {
	case len(s.ConsentColumns) > 0:
		consent = w.PlannedConsent(w.Names(s.ConsentColumns))
	case s.NoConsentColumn:
		consent = w.PlannedNoConsent()
	}
	return w.List(parts), consent
}

// chosenBy names the columns by which a campaign chooses its rows, without the values: a page to show tells nobody's.
func chosenBy(w *words.Words, s record.Settings) string {
	var columns, parts []string
	for _, c := range s.Where {
		if !slices.Contains(columns, c.Column) {
			columns = append(columns, c.Column)
		}
	}
	if len(columns) > 0 {
		parts = append(parts, w.ChosenByFilter(w.Names(columns)))
	}
	if len(s.ConsentColumns) > 0 {
		parts = append(parts, w.ChosenByConsent(w.Names(s.ConsentColumns)))
	}
	return w.List(parts)
}

// FilterLost says that what has left out n rows of a rebuilt campaign has to be told again; the command follows.
func FilterLost(w *words.Words, c record.Campaign, n int, cause string) string {
	return w.FilterLost(n, w.InQuotes(c.Name), w.Cause(cause))
}

// jsonFilter is a condition, with what its column holds.
type jsonFilter struct {
	Column      string      `json:"column"` // the spreadsheet's letter
	Header      string      `json:"header"`
	Not         bool        `json:"not"`
	Values      []string    `json:"values"`
	Taken       int         `json:"taken"` // rows that meet it
	Empty       int         `json:"empty"`
	ColumnHolds []jsonValue `json:"column_values"` // the most frequent first; none where there are too many
}

// jsonConsent is a column of consent.
type jsonConsent struct {
	Column     string              `json:"column"`
	Header     string              `json:"header"`
	Refusal    bool                `json:"refusal"` // it holds refusals
	Settled    plan.ConsentSettled `json:"settled"` // required, filtered, other, none; empty while a decision may be needed
	Agree      int                 `json:"agree"`   // cells
	Refuse     int                 `json:"refuse"`
	Unanswered int                 `json:"unanswered"` // those that are empty aside
	Empty      int                 `json:"empty"`
	Values     []jsonValue         `json:"values"`
	// SendableRefused and SendableUnanswered are rows that would be sent all the same.
	SendableRefused    int `json:"sendable_refused"`
	SendableUnanswered int `json:"sendable_unanswered"`
}

type jsonValue struct {
	Value  string                 `json:"value"`
	Answer audience.ConsentAnswer `json:"answer,omitempty"`
	Rows   int                    `json:"rows"`
}

func jsonChoice(r *plan.Report) (filter []jsonFilter, consent []jsonConsent) {
	filter, consent = []jsonFilter{}, []jsonConsent{}
	if r == nil {
		return filter, consent
	}
	for _, f := range r.Filter {
		filter = append(filter, jsonFilter{Column: audience.ColumnLetter(f.Index), Header: f.Header, Not: f.Where.Not,
			Values: f.Where.Values, Taken: f.Taken, Empty: f.Empty, ColumnHolds: jsonValues(f.ColumnValues)})
	}
	for _, c := range r.Consent {
		consent = append(consent, jsonConsent{Column: audience.ColumnLetter(c.Index), Header: c.Header, Refusal: c.Refusal,
			Settled: c.Settled,
			Agree:   c.Says[audience.ConsentGiven], Refuse: c.Says[audience.ConsentRefused],
			Unanswered: c.Says[audience.ConsentUnanswered],
			Empty:      c.Empty, Values: jsonValues(c.ColumnValues), SendableRefused: c.Refused, SendableUnanswered: c.Unanswered})
	}
	return filter, consent
}

func jsonValues(v plan.ColumnValues) []jsonValue {
	values := []jsonValue{}
	if v.Many {
		return values
	}
	for _, each := range v.Values {
		values = append(values, jsonValue{Value: each.Value, Answer: each.Answer, Rows: each.Rows})
	}
	return values
}
