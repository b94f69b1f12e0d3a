package reports

import (
	"fmt"
	"slices"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/reports/words"
)

// showChoice shows which rows a filter takes, and what the columns of consent hold.
func showChoice(p *page, at int, r *campaign.Report) {
	if r == nil {
		return
	}
	label := "Filter"
	for _, f := range r.Filter {
		taken := fmt.Sprintf("%s of %s", figure(f.Taken), count(r.Rows, "row"))
		p.field(label, at, columnText(f.Index, f.Header)+" "+conditionText(f.Where)+": "+taken)
		label = ""
	}
	label = "Consent"
	for _, c := range r.Consent {
		words := append([]string{columnText(c.Index, c.Header) + ":"}, answerUnits(c)...)
		p.words(label, at, append(words, settledUnits(c)...))
		label = ""
	}
}

func columnText(index int, header string) string {
	return audience.ColumnLetter(index) + ` "` + shorten(Clean(header), longestHeader) + `"`
}

// mostConditionValues is how many values of a condition are named.
const mostConditionValues = 8

// conditionText says what a cell has to be: is "Lyon" or "Paris"; is neither "Lyon" nor empty.
func conditionText(c ledger.Condition) string {
	values := make([]string, 0, len(c.Values))
	for i, value := range c.Values {
		if i == mostConditionValues {
			values = append(values, count(len(c.Values)-mostConditionValues, "more value|more values"))
			break
		}
		if audience.FoldCell(value) == "" {
			values = append(values, "empty")
			continue
		}
		values = append(values, quoted(strings.TrimSpace(value)))
	}
	if !c.Not {
		return "is " + either(values)
	}
	if len(values) == 1 {
		return "is not " + values[0]
	}
	return "is none of " + list(values)
}

// mostConsentValues is how many values with one answer are named.
const mostConsentValues = 4

// answerUnits say how many cells of a column of consent agree, refuse and do not answer, and by which values. No line is to
// break within one.
func answerUnits(c campaign.ConsentReport) (units []string) {
	for _, group := range []struct {
		label  string
		answer audience.ConsentAnswer
	}{{"agree", audience.ConsentGiven}, {"refuse", audience.ConsentRefused}, {"no answer", audience.ConsentUnanswered}} {
		values := valueTexts(c.Values, group.answer)
		if n := c.Says[group.answer]; c.Many && n > 0 {
			values = []string{figure(n)}
		}
		empty := audience.ConsentUnanswered
		if c.Refusal {
			empty = audience.ConsentGiven
		}
		if c.Empty > 0 && group.answer == empty {
			values = append(values, figure(c.Empty)+" empty")
		}
		for i, value := range values {
			if i == 0 {
				value = group.label + ": " + value
			}
			if i < len(values)-1 {
				value += ","
			}
			units = append(units, value)
		}
		if len(values) > 0 {
			units[len(units)-1] += ";"
		}
	}
	if len(units) > 0 {
		units[len(units)-1] = strings.TrimSuffix(units[len(units)-1], ";")
	}
	if c.Many {
		units = append(units, fmt.Sprintf("(more than %d different values)", campaign.MostValues))
	}
	return units
}

func valueTexts(all []campaign.ValueCount, answer audience.ConsentAnswer) (texts []string) {
	more, rows := 0, 0
	for _, v := range all {
		switch {
		case v.Answer != answer:
		case len(texts) == mostConsentValues:
			more, rows = more+1, rows+v.Rows
		case v.Date:
			texts = append(texts, count(v.Rows, "date"))
		default:
			texts = append(texts, figure(v.Rows)+` "`+shownCell(v.Value)+`"`)
		}
	}
	if more > 0 {
		texts = append(texts, figure(rows)+" with "+count(more, "more value|more values"))
	}
	return texts
}

// settledUnits say what was decided about a column of consent.
func settledUnits(c campaign.ConsentReport) []string {
	switch c.Settled {
	case campaign.ConsentRequired:
		return []string{"(--consent-column:", "only to those who agree)"}
	case campaign.ConsentFiltered:
		return []string{"(--where decides)"}
	case campaign.ConsentOther:
		return []string{"(another column decides)"}
	case campaign.ConsentIsNone:
		return []string{"(--consent-column none:", "not consent)"}
	}
	return nil
}

// plannedChoice says whom a campaign is for, as it was planned; "" where it is for all.
func plannedChoice(s ledger.Settings) (filter, consent string) {
	var parts []string
	for _, c := range s.Where {
		parts = append(parts, quoted(c.Column)+" "+conditionText(c))
	}
	switch {
	case s.NoConsentColumn:
		consent = "no column counts as consent (--consent-column none)"
	case len(s.ConsentColumns) > 0:
		consent = "only those who agree in " + words.English().Names(s.ConsentColumns)
	}
	return list(parts), consent
}

// chosenBy names the columns by which a campaign chooses its rows, without the values: a page to show tells nobody's.
func chosenBy(s ledger.Settings) string {
	var columns, parts []string
	for _, c := range s.Where {
		if !slices.Contains(columns, c.Column) {
			columns = append(columns, c.Column)
		}
	}
	if len(columns) > 0 {
		parts = append(parts, "by a filter on "+words.English().Names(columns)+" (--where)")
	}
	if len(s.ConsentColumns) > 0 {
		parts = append(parts, "by consent in "+words.English().Names(s.ConsentColumns)+" (--consent-column)")
	}
	return list(parts)
}

// filterLost says that an update would send to people whom the campaign has left out, since its results do not tell how.
const filterLost = "%s of campaign %s left out (%s), and the results that it was rebuilt from do not hold what left them out: " +
	"an update would send to %s. Nothing was sent. Give the flag again that the campaign was planned with:"

// FilterLost says that what has left out n rows of a rebuilt campaign has to be told again; the command that does follows.
func FilterLost(c ledger.Campaign, n int, cause string) string {
	label, _ := CauseWords(words.English(), cause, "")
	return fmt.Sprintf(filterLost, count(n, "row"), quoted(c.Name)+" "+noun(n, "was|were"), label, noun(n, "it|them"))
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
	Column     string                  `json:"column"`
	Header     string                  `json:"header"`
	Refusal    bool                    `json:"refusal"` // it holds refusals
	Settled    campaign.ConsentSettled `json:"settled"` // required, filtered, other, none; empty while a decision may be needed
	Agree      int                     `json:"agree"`   // cells
	Refuse     int                     `json:"refuse"`
	Unanswered int                     `json:"unanswered"` // those that are empty aside
	Empty      int                     `json:"empty"`
	Values     []jsonValue             `json:"values"`
	// SendableRefused and SendableUnanswered are rows that would be sent all the same.
	SendableRefused    int `json:"sendable_refused"`
	SendableUnanswered int `json:"sendable_unanswered"`
}

type jsonValue struct {
	Value  string                 `json:"value"`
	Answer audience.ConsentAnswer `json:"answer,omitempty"`
	Rows   int                    `json:"rows"`
}

func jsonChoice(r *campaign.Report) (filter []jsonFilter, consent []jsonConsent) {
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

func jsonValues(v campaign.ColumnValues) []jsonValue {
	values := []jsonValue{}
	if v.Many {
		return values
	}
	for _, each := range v.Values {
		values = append(values, jsonValue{Value: each.Value, Answer: each.Answer, Rows: each.Rows})
	}
	return values
}
