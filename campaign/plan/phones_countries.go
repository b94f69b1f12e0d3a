package plan

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
	column int    // that was named; -1 for none
	asked  bool   // --country-column was given
	given  string // --country; "" for none
	counts bool   // a column that fits its numbers counts without being asked about

	maybe    []countryCandidate // columns that seem to hold countries
	surveyed bool               // they do, each of them
	read     map[string]countryCell
	differ   int             // rows whose number depends on the columns
	only     int             // of these, those that have an error unless a column counts
	example  problem.Problem // the first of them
}

// countryCandidate is a column that may hold countries.
type countryCandidate struct {
	column        int
	named         bool // as a column of countries is; by what it holds otherwise
	dialling      bool // named as a column of calling codes is
	aside         bool // named as the country of something else than a number is
	filled, holds int

	// Of the file's rows whose number depends on the column, those that have a valid one by it, and those that have none; of
	// the rows that were judged, those that have one without it only.
	fits, misfits, spoils int
}

// plausible reports whether a column fits the numbers beside it: that of another thing's country makes most of them wrong.
func (c countryCandidate) plausible() bool { return c.fits > c.misfits }

// doubtful reports whether no column is a safer answer: more numbers are wrong by this one than right, or it is called as
// another thing's country.
func (c countryCandidate) doubtful() bool { return c.misfits > c.fits || c.aside }

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
				one.named, one.dialling, one.aside = true, n.Dialling, n.Aside
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

// inUse is the column by which numbers are read, -1 for none. While that is to be decided, numbers are read as without a
// column, or where that gives none for want of --country, by one that is called so and fits them.
func (c *countryColumns) inUse() int {
	if c.asked {
		return c.column
	}
	if c.surveyed && len(c.maybe) > 0 {
		if first := c.maybe[0]; !first.doubtful() && (c.counts || c.given == "" && first.named) {
			return first.column
		}
	}
	return -1
}

// undecided reports whether it is to be decided in which country a row's number is.
func (c *countryColumns) undecided(cells []string) bool {
	return !c.asked && c.surveyed && slices.ContainsFunc(c.maybe, func(one countryCandidate) bool {
		country := c.of(cells, one.column)
		return country != "" && country != c.given
	})
}

// settled reports whether no further row can tell anything about the countries of numbers.
func (c *countryColumns) settled() bool { return c.asked || len(c.maybe) == 0 }

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
// whole file looked at the first time. It returns the country in which the row has a number, where it has none otherwise.
func (r *phoneReader) askCountries(row audience.Row) (only string, open bool, err error) {
	c := &r.countries
	column, with, without := r.depends(row, false)
	if column >= 0 && !c.surveyed {
		if err := r.surveyCountries(); err != nil {
			return "", false, err
		}
		column, with, without = r.depends(row, false)
	}
	if column < 0 {
		return "", false, nil
	}
	if c.differ++; c.differ == 1 {
		c.example = problem.Problem{Code: CountryColumnOpen, Severity: problem.Decision, Row: row.Number,
			Value: problem.Cut(row.Cells[r.phone]), Header: c.header[column], Column: audience.ColumnLetter(column),
			Names: []string{with.text(), without.text()}}
	}
	if without.digits != "" || with.digits == "" {
		return "", true, nil
	}
	c.only++
	return c.of(row.Cells, column), true, nil
}

// depends reads a row's number by each candidate, and without any. It returns the first that makes a difference, before all
// others one that gives a number; -1 when none does. With weigh, the row counts for or against each of them.
func (r *phoneReader) depends(row audience.Row, weigh bool) (column int, with, without cellReading) {
	column = -1
	c := &r.countries
	cell := strings.TrimSpace(row.Cells[r.phone])
	fixed := cell == "" || strings.HasPrefix(cell, "+") || strings.HasPrefix(cell, "00") // and the country stands in it
	read := false
	for i := range c.maybe {
		country := c.look(&c.maybe[i], row.Cells)
		if country == "" || country == c.given || fixed {
			continue
		}
		if !read {
			read, without = true, r.reading(cell, r.rules)
		}
		rules := r.rules
		rules.Country = country
		reading := r.reading(cell, rules)
		if reading == without {
			continue
		}
		switch {
		case weigh && reading.digits != "":
			c.maybe[i].fits++
		case weigh:
			c.maybe[i].misfits++
		case c.surveyed && reading.digits == "" && without.digits != "":
			c.maybe[i].spoils++
		}
		if column < 0 || with.digits == "" && reading.digits != "" {
			column, with = c.maybe[i].column, reading
		}
	}
	if !c.surveyed {
		c.maybe = slices.DeleteFunc(c.maybe, countryCandidate.hopeless)
	}
	return column, with, without
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

// surveyCountries reads the whole file once more, and keeps the candidates that hold countries in most filled cells. A column
// that is not called so, or is called as another thing's country, has to fit the numbers as well. Those that do come first.
func (r *phoneReader) surveyCountries() error {
	if r.countries.settled() || r.countries.surveyed {
		return nil
	}
	strict := *r
	strict.rules.AcceptPossible = false // else hardly a number is wrong in another country
	c := &strict.countries
	c.surveyed = true
	for i := range c.maybe {
		c.maybe[i].filled, c.maybe[i].holds = 0, 0
	}
	err := r.reread(func(row audience.Row) {
		if _, clear := asShown(row, r.phone, strict.rules); clear {
			strict.depends(row, true)
		}
	})
	c.maybe = slices.DeleteFunc(c.maybe, func(one countryCandidate) bool {
		return one.holds*2 <= one.filled || (!one.named || one.aside) && !one.plausible()
	})
	likely := slices.DeleteFunc(slices.Clone(c.maybe), countryCandidate.doubtful)
	doubtful := slices.DeleteFunc(c.maybe, func(one countryCandidate) bool { return !one.doubtful() })
	c.maybe = append(likely, doubtful...)
	r.countries = *c
	return err
}

// decision is what has to be settled once all rows were read, spared of which have an error unless a column counts that was not
// seen in their cells; ok is false for nothing. The first answer is a column, unless each is doubtful.
func (c *countryColumns) decision(spared int) (p problem.Problem, ok bool) {
	if c.asked || c.differ == 0 {
		return p, false
	}
	p = c.example
	p.Length = c.differ
	for _, one := range c.maybe {
		p.Answers = append(p.Answers, problem.Answer{Flag: countryColumnFlag, Value: flagName(one.column, c.header), Invalid: one.spoils})
	}
	none := problem.Answer{Flag: countryColumnFlag, Value: NoCountryColumn, Invalid: c.only + spared}
	if len(c.maybe) > 0 && c.maybe[0].doubtful() {
		p.Answers = append([]problem.Answer{none}, p.Answers...)
	} else {
		p.Answers = append(p.Answers, none)
	}
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
