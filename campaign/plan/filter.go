package plan

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// MostValues is how many different values of a column are kept.
const MostValues = 50

// mostSpellings is how many spellings of them are recognised at a glance.
const mostSpellings = 4 * MostValues

// ColumnValues are what the cells of a column hold, ragged rows aside.
type ColumnValues struct {
	Index  int
	Header string
	Values []ValueCount // those that are not empty, the most frequent first
	Empty  int
	Many   bool // there are more different ones than Values has: they are not counted
}

// ValueCount is how many cells hold a value, without case, accents and outer spaces.
type ValueCount struct {
	Value  string // as it stands in the first of them; of dates in a column of consent, the first one
	Answer audience.ConsentAnswer
	Date   bool // counted together with other dates
	Rows   int
}

// valuesOf counts the values of one column, in bounded memory.
type valuesOf struct {
	index     int
	judge     func(v *cellValue, cell string) // looks at a value for the first time
	spellings map[string]*cellValue           // by the cell as it stands
	folded    map[string]*cellValue
	kept      []*cellValue
	many      bool
}

// cellValue is a value of a column, and what is thought of it.
type cellValue struct {
	ValueCount
	folded  string
	takes   bool // a row with it is to be sent
	telling bool // it speaks for a column of consent
}

func newValuesOf(index int, judge func(*cellValue, string)) *valuesOf {
	return &valuesOf{index: index, judge: judge, spellings: map[string]*cellValue{}, folded: map[string]*cellValue{}}
}

func (v *valuesOf) look(cells []string) *cellValue {
	cell := cells[v.index]
	known := v.spellings[cell]
	if known == nil {
		fresh := &cellValue{ValueCount: ValueCount{Value: problem.Cut(strings.TrimSpace(cell))}, folded: audience.FoldCell(cell)}
		v.judge(fresh, cell)
		if known = v.folded[fresh.folded]; known == nil {
			if len(v.kept) > MostValues && fresh.folded != "" { // one of them may be the empty cell
				v.many = true
				return fresh
			}
			known = fresh
			v.folded[fresh.folded] = fresh
			v.kept = append(v.kept, fresh)
		}
		if len(v.spellings) < mostSpellings {
			v.spellings[strings.Clone(cell)] = known
		}
	}
	known.Rows++
	return known
}

func (v *valuesOf) counted(header []string) ColumnValues {
	found := ColumnValues{Index: v.index, Header: header[v.index], Values: []ValueCount{}}
	for _, value := range v.kept {
		if value.folded == "" {
			found.Empty = value.Rows
			continue
		}
		found.Values = append(found.Values, value.ValueCount)
	}
	found.Many = v.many || len(found.Values) > MostValues
	slices.SortStableFunc(found.Values, func(a, b ValueCount) int { return cmp.Compare(b.Rows, a.Rows) })
	return found
}

// condition is one condition while the rows are read.
type condition struct {
	Where
	values *valuesOf
	wanted map[string]bool // by the folded value: whether a cell holds it
	taken  int
}

func newCondition(w Where) *condition {
	c := &condition{Where: w, wanted: map[string]bool{}}
	for _, value := range w.Values {
		c.wanted[audience.FoldCell(value)] = false
	}
	c.values = newValuesOf(w.Index, func(v *cellValue, _ string) {
		_, found := c.wanted[v.folded]
		if found {
			c.wanted[v.folded] = true
		}
		v.takes = found != w.Not
	})
	return c
}

// unknown are the values that no cell holds. That no cell is empty is no mistake.
func (c *condition) unknown() (values []string) {
	for _, value := range c.Values {
		if folded := audience.FoldCell(value); folded != "" && !c.wanted[folded] {
			values = append(values, value)
		}
	}
	return values
}

// consentColumn is a column of consent while the rows are read.
type consentColumn struct {
	audience.ConsentColumn
	values *valuesOf
	said   *cellValue                     // in the row at hand
	says   map[audience.ConsentAnswer]int // cells, empty ones aside
	// Of the rows that are to be sent.
	refused, unanswered int
	counted             marks           // of the people who refuse in one of these
	elsewhere           map[uint64]bool // who refuses in a row that is not to be sent, by canonical digits
}

// theDates stands for all dates in a column of consent: each differs, and all say the same.
const theDates = "\x00"

func newConsentColumn(column audience.ConsentColumn) *consentColumn {
	says := map[audience.ConsentAnswer]int{}
	return &consentColumn{ConsentColumn: column, says: says, elsewhere: map[uint64]bool{}, values: newValuesOf(column.Index, func(v *cellValue, cell string) {
		v.Answer, v.telling = column.Read(cell)
		v.takes = v.Answer == audience.ConsentGiven
		if v.folded != "" {
			v.folded, v.Date = column.AnswerOf(cell)
		}
		if column.IsEmpty(cell) {
			v.folded, v.Date = "", false
		}
		if v.Date {
			v.folded = theDates
		}
	})}
}

// look reads the column's cell in a row.
func (c *consentColumn) look(cells []string) *cellValue {
	c.said = c.values.look(cells)
	if c.said.folded != "" {
		c.says[c.said.Answer]++
	}
	return c.said
}

// isNone reports whether the column is known to be none of consent.
func (c *consentColumn) isNone() bool { return c.values.many && c.Evidence != audience.NameAlone }

// isConsent reports whether the values are those of a column of consent.
func (c *consentColumn) isConsent() bool {
	if c.isNone() {
		return false
	}
	filled, telling := 0, 0
	for _, v := range c.values.kept {
		if v.folded == "" {
			continue
		}
		filled += v.Rows
		if v.telling {
			telling += v.Rows
		}
	}
	switch {
	case c.Evidence == audience.NameAlone:
		return filled > 0 || !c.Refusal
	case c.Evidence == audience.MostAnswers:
		return telling > 0 && 2*telling >= filled
	case filled == 0 && c.Evidence == audience.SomeAnswers:
		return !c.Refusal
	}
	return telling > 0
}

// chooser tells which rows of a file are to be sent, by what stands in their cells.
type chooser struct {
	where        []*condition
	asked, maybe []*consentColumn
	person       string            // of the row at hand, by canonical digits; "" where that is not known
	kept         map[uint64]uint32 // rows that are not chosen and have their message, by its hash
	keptPeople   map[uint64]bool   // whom they went to, by canonical digits
}

func newChooser(columns Columns) chooser {
	c := chooser{kept: map[uint64]uint32{}, keptPeople: map[uint64]bool{}}
	for _, w := range columns.Where {
		c.where = append(c.where, newCondition(w))
	}
	for _, column := range columns.Consent {
		c.asked = append(c.asked, newConsentColumn(column))
	}
	for _, column := range columns.MayBeConsent {
		c.maybe = append(c.maybe, newConsentColumn(column))
	}
	return c
}

// leavesOut looks at a row's cells, and returns why the row is not to be sent, and the column; "" for one that is.
func (c *chooser) leavesOut(cells []string) (cause string, column int) {
	for _, w := range c.where {
		switch takes := w.values.look(cells).takes; {
		case takes:
			w.taken++
		case cause == "":
			cause, column = outcome.CauseFiltered, w.Index
		}
	}
	for _, asked := range c.asked {
		if !asked.look(cells).takes && cause == "" {
			cause, column = outcome.CauseNoConsent, asked.Index
		}
	}
	for _, maybe := range c.maybe {
		if !maybe.isNone() {
			maybe.look(cells)
		}
	}
	return cause, column
}

// send counts the row at hand as one to be sent, whose person is among those to whom rows send.
func (c *chooser) send(people *people) {
	for _, maybe := range c.maybe {
		switch maybe.said.Answer {
		case audience.ConsentRefused:
			maybe.refused++
			if person, err := strconv.ParseUint(c.person, 10, 64); err == nil {
				if at, _ := people.find(person); at >= 0 {
					maybe.counted.set(at)
				}
			}
		case audience.ConsentUnanswered:
			maybe.unanswered++
		}
	}
}

// keepRefusal keeps in mind who refuses in the row at hand, which is not to be sent: another row of theirs may be.
func (c *chooser) keepRefusal() {
	person, err := strconv.ParseUint(c.person, 10, 64)
	if err != nil {
		return
	}
	for _, maybe := range c.maybe {
		if !maybe.isNone() && maybe.said.Answer == audience.ConsentRefused {
			maybe.elsewhere[person] = true
		}
	}
}

// refusedElsewhere adds to what each column counts the people who would be sent to and refuse in another row.
func (c *Check) refusedElsewhere() {
	for _, maybe := range c.chosen.maybe {
		for person := range maybe.elsewhere {
			if at, _ := c.people.find(person); at >= 0 && !maybe.counted.has(at) {
				maybe.refused++
			}
		}
	}
}

// leftOutBy is why a row is not to be sent: its cause, the column, and the row in which the same person refuses, where that is
// another one. The cause is empty for one that is.
type leftOutBy struct {
	cause   string
	column  int
	related int
	refuses bool // in this row, or in that
}

// choose looks at a row's cells, and at what its person says in others.
func (c *Check) choose(row *record.Row) (out leftOutBy) {
	c.chosen.person = row.Person
	out.cause, out.column = c.chosen.leavesOut(row.Cells)
	if out.cause == outcome.CauseFiltered {
		return out
	}
	if out.cause != "" {
		out.refuses = slices.ContainsFunc(c.chosen.asked, func(a *consentColumn) bool {
			return a.Index == out.column && a.said.Answer == audience.ConsentRefused
		})
	}
	if refusal, refuses := c.refuse.of(row.Person); refuses && !out.refuses {
		out = leftOutBy{cause: outcome.CauseNoConsent, column: int(refusal.column), related: int(refusal.row), refuses: true}
	}
	if out.related == row.Number {
		out.related = 0
	}
	return out
}

// LeavesOut tells why a row with these cells is not to be sent, by the conditions and the columns of consent, and the index
// of the column; "" for one that is.
func (c Columns) LeavesOut(cells []string) (cause string, column int) {
	for _, w := range c.Where {
		folded := audience.FoldCell(cells[w.Index])
		holds := slices.ContainsFunc(w.Values, func(v string) bool { return audience.FoldCell(v) == folded })
		if holds == w.Not {
			return outcome.CauseFiltered, w.Index
		}
	}
	for _, consent := range c.Consent {
		if answer, _ := consent.Read(cells[consent.Index]); answer != audience.ConsentGiven {
			return outcome.CauseNoConsent, consent.Index
		}
	}
	return "", -1
}

// passOver marks a row that is not chosen as left out: what is wrong with it concerns nobody. A row whose message the
// campaign has sent keeps it.
func (c *Check) passOver(ctx context.Context, j *judgement, out leftOutBy) error {
	sendable := !problem.HasError(j.row.Problems)
	j.row.Problems = nil
	if sendable && c.LeftOut.Accepted != nil {
		accepted, err := c.LeftOut.Accepted(ctx, j.row.ContentID)
		if err != nil {
			return err
		}
		if accepted && c.keep(j) {
			return nil
		}
	}
	j.leaveOut(out.cause, out.related)
	j.row.Error = record.Detail{Column: problem.Cut(c.Header[out.column]), Refuses: out.refuses}.String()
	return nil
}

// keep remembers a row that has its message, which no row before it has.
func (c *Check) keep(j *judgement) bool {
	person, err := strconv.ParseUint(j.row.Person, 10, 64)
	if _, known := c.chosen.kept[j.canonical]; known || err != nil {
		return false
	}
	if slices.ContainsFunc(c.people.messages(person), func(s seen) bool { return s.content == j.canonical }) {
		return false
	}
	c.chosen.kept[j.canonical], c.chosen.keptPeople[person] = uint32(j.row.Number), true
	return true
}
