package campaign

import (
	"cmp"
	"slices"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
)

// CountryColumnOpen is a decision: a column holds countries, and by it rows have other numbers than without it.
const CountryColumnOpen problem.Code = "country-column-open"

// NoCountryColumn is the value of --country-column by which no column tells the countries of numbers.
const NoCountryColumn = "none"

// countryColumnFlag names the flag that settles CountryColumnOpen.
const countryColumnFlag = "--country-column"

// countryColumns tells the country of a file's rows: by the column that was named, or by those that seem to hold countries
// until that is decided.
type countryColumns struct {
	header []string
	phone  int
	column int  // that was named; -1 for none
	asked  bool // --country-column was given

	maybe    []countryCandidate // columns that seem to hold countries
	surveyed bool               // they do, each of them
	read     map[string]countryCell
	differ   int             // rows whose number depends on the columns
	example  problem.Problem // the first of them
}

// countryCandidate is a column that may hold countries.
type countryCandidate struct {
	column        int
	named         bool // as a column of countries is; by what it holds otherwise
	dialling      bool // named as a column of calling codes is
	filled, holds int
}

// countryCell is what a text says of a country.
type countryCell struct {
	country string
	form    number.CountryForm
}

// unnamedLook is after how many filled cells a column that is not called so is given up, unless most name countries.
const unnamedLook = 20

// mostCountryTexts bounds the texts whose country is remembered.
const mostCountryTexts = 10_000

// seek makes every column a candidate that is called as one of countries, and those whose cells may tell.
func (c *countryColumns) seek() {
	named := audience.CountryColumns(c.header)
	for i := range c.header {
		if i == c.phone {
			continue
		}
		one := countryCandidate{column: i}
		for _, n := range named {
			if n.Column == i {
				one.named, one.dialling = true, n.Dialling
			}
		}
		c.maybe = append(c.maybe, one)
	}
	slices.SortStableFunc(c.maybe, func(a, b countryCandidate) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(c.shared(b), c.shared(a)), cmp.Compare(c.distance(a), c.distance(b)))
	})
}

// rank puts columns that are called so first.
func rank(c countryCandidate) int {
	if c.named {
		return 0
	}
	return 1
}

func (c *countryColumns) shared(one countryCandidate) int {
	return audience.SharedWords(c.header[c.phone], c.header[one.column])
}

func (c *countryColumns) distance(one countryCandidate) int {
	return max(one.column-c.phone, c.phone-one.column)
}

// inUse is the column by which numbers are read, -1 for none. Until it is decided, it is the nearest that holds countries.
func (c *countryColumns) inUse() int {
	switch {
	case c.asked:
		return c.column
	case c.surveyed && len(c.maybe) > 0:
		return c.maybe[0].column
	}
	return -1
}

// of is the country of a row by a column, "" where it names none.
func (c *countryColumns) of(cells []string, column int) string {
	if column >= len(cells) {
		return ""
	}
	return c.cell(cells[column]).country
}

func (c *countryColumns) cell(text string) countryCell {
	if known, is := c.read[text]; is {
		return known
	}
	var read countryCell
	read.country, read.form = number.Country(text)
	if c.read == nil {
		c.read = map[string]countryCell{}
	}
	if len(c.read) < mostCountryTexts && len(text) <= problem.ValueLimit {
		c.read[strings.Clone(text)] = read
	}
	return read
}

// look counts what a candidate's cell holds, and returns the country that it names.
func (c *countryColumns) look(one *countryCandidate, cells []string) string {
	if one.column >= len(cells) || strings.TrimSpace(cells[one.column]) == "" {
		return ""
	}
	read := c.cell(cells[one.column])
	one.filled++
	if !one.takes(read) {
		return ""
	}
	one.holds++
	return read.country
}

// takes reports whether a cell is what the candidate should hold: a column that is not called so has to name countries
// beyond doubt, and one of calling codes no letters alone, which are titles.
func (c countryCandidate) takes(read countryCell) bool {
	switch read.form {
	case number.CountryName, number.CallingSigned:
		return read.country != ""
	case number.CountryCode:
		return c.named && !c.dialling
	case number.CallingCode:
		return c.named
	}
	return false
}

// hopeless reports whether a candidate is to be looked at no longer.
func (c countryCandidate) hopeless() bool {
	return !c.named && c.filled >= unnamedLook && c.holds*2 <= c.filled
}

// askCountries finds out whether a row's number depends on a column that is not settled, counts the row if so, and has the
// whole file looked at the first time.
func (r *phoneReader) askCountries(row audience.Row) error {
	c := &r.countries
	if c.asked || len(c.maybe) == 0 {
		return nil
	}
	column, readings := r.depends(row)
	if column >= 0 && !c.surveyed {
		if err := r.surveyCountries(); err != nil {
			return err
		}
		column, readings = r.depends(row)
	}
	if column < 0 {
		return nil
	}
	if c.differ++; c.differ == 1 {
		c.example = problem.Problem{Code: CountryColumnOpen, Severity: problem.Decision, Row: row.Number,
			Value: problem.Cut(row.Cells[r.phone]), Header: c.header[column], Column: audience.ColumnLetter(column), Names: readings}
	}
	return nil
}

// depends reads a row's number by each candidate, and without any. It returns the first that makes a difference, with the
// number by it and without; "" for no number. -1 when none does.
func (r *phoneReader) depends(row audience.Row) (column int, readings []string) {
	column = -1
	c := &r.countries
	cell := strings.TrimSpace(row.Cells[r.phone])
	fixed := strings.HasPrefix(cell, "+") || strings.HasPrefix(cell, "00") // and the country stands in it
	var without *cellReading
	for i := range c.maybe {
		country := c.look(&c.maybe[i], row.Cells)
		if country == "" || country == r.rules.Country || fixed || column >= 0 {
			continue
		}
		if without == nil {
			reading := r.reading(cell, r.rules)
			without = &reading
		}
		rules := r.rules
		rules.Country = country
		if with := r.reading(cell, rules); with != *without {
			column, readings = c.maybe[i].column, []string{with.text(), without.text()}
		}
	}
	if !c.surveyed {
		c.maybe = slices.DeleteFunc(c.maybe, countryCandidate.hopeless)
	}
	return column, readings
}

// cellReading is what becomes of a cell: a number, or a proposal.
type cellReading struct{ digits, fix string }

// text is the number as people read it, or what is proposed; "" for neither.
func (c cellReading) text() string { return cmp.Or(written(c.digits), c.fix) }

func (r *phoneReader) reading(cell string, rules number.Rules) cellReading {
	n, problems := r.judge(cell, rules)
	reading := cellReading{digits: n.Digits}
	for _, p := range problems {
		reading.fix += p.Fix
	}
	return reading
}

// written is a number as people read it, "" for none.
func written(digits string) string {
	if digits == "" {
		return ""
	}
	return "+" + digits
}

// surveyCountries reads the whole file once more, and keeps the candidates that hold countries in most filled cells.
func (r *phoneReader) surveyCountries() error {
	c := &r.countries
	if c.asked || c.surveyed || len(c.maybe) == 0 {
		return nil
	}
	c.surveyed = true
	for i := range c.maybe {
		c.maybe[i].filled, c.maybe[i].holds = 0, 0
	}
	err := r.reread(func(row audience.Row) {
		for i := range c.maybe {
			c.look(&c.maybe[i], row.Cells)
		}
	})
	c.maybe = slices.DeleteFunc(c.maybe, func(one countryCandidate) bool { return one.holds*2 <= one.filled })
	return err
}

// decision is what has to be settled once all rows were read; ok is false for nothing.
func (c *countryColumns) decision() (p problem.Problem, ok bool) {
	if c.asked || c.differ == 0 {
		return p, false
	}
	p = c.example
	p.Length = c.differ
	for _, one := range c.maybe {
		name := strings.TrimSpace(c.header[one.column])
		if name == NoCountryColumn {
			name = audience.ColumnLetter(one.column)
		}
		p.Answers = append(p.Answers, problem.Answer{Flag: countryColumnFlag, Value: name})
	}
	p.Answers = append(p.Answers, problem.Answer{Flag: countryColumnFlag, Value: NoCountryColumn})
	return p, true
}

// dialling is the code with which a country's numbers begin.
func (r *phoneReader) dialling(country string) string {
	if r.codes == nil {
		r.codes = map[string]string{}
	}
	code, known := r.codes[country]
	if !known {
		code = number.DiallingCode(country)
		r.codes[country] = code
	}
	return code
}
