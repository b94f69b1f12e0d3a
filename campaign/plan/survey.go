package plan

import (
	"slices"
	"strings"
	"unicode"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
)

// Bounds of the one look at what columns hold.
const (
	surveyedRows = 5000
	surveyedSize = 200 // cells of a column that are read as numbers
	surveyedAll  = 20_000
)

// Survey is what the columns of a file hold, of its first rows: how many cells are filled, how many are numbers, how many
// of those mobiles'. It tells which column is meant where names leave it open.
type Survey struct {
	header  []string
	rows    int
	columns []columnFacts
	// countries is a column that is called as one of countries, -1 for none, and beside are those that it names.
	countries int
	beside    []string
}

// columnFacts are what one column holds.
type columnFacts struct {
	filled  int
	dialled int // cells that may be numbers by their looks
	marked  int // of those, with a + or 0 in front, or with separators
	worded  int // cells with letters and without digits
	digital int // cells with a digit in them
	links   int // e-mail and web addresses
	dates   int
	some    [2]string // the first two that differ
	firsts  int       // cells that are one of them
	chars   int
	sample  []sampledNumber
	// of the sample, once judged:
	numbers, mobiles, national int
}

type sampledNumber struct{ cell, country string }

// SurveyColumns looks at the first rows of a file, which open opens anew. What keeps it from being read is left to whoever
// reads all of it.
func SurveyColumns(open func() (*audience.File, error), s record.Settings) *Survey {
	file, err := open()
	if err != nil {
		return nil
	}
	defer file.Close()
	survey := &Survey{header: file.Header(), columns: make([]columnFacts, len(file.Header())), countries: -1}
	if named := audience.CountryColumns(survey.header); len(named) > 0 && s.CountryColumn != NoCountryColumn {
		survey.countries = named[0].Column
	}
	if i := columnNamed(s.CountryColumn, survey.header); s.CountryColumn != "" && i >= 0 {
		survey.countries = i
	}
	for row, err := range file.Rows() {
		if err != nil || survey.rows == surveyedRows {
			break
		}
		survey.add(row.Cells)
	}
	survey.judge(s)
	return survey
}

// add counts a row.
func (sv *Survey) add(cells []string) {
	if filledCells(cells) < 2 && len(cells) > 2 { // a title, a total, a note
		return
	}
	sv.rows++
	country := ""
	if sv.countries >= 0 {
		if country, _ = number.Country(cells[sv.countries]); country != "" && len(sv.beside) < surveyedSize {
			sv.beside = append(sv.beside, country)
		}
	}
	for i := range sv.columns {
		text := strings.TrimSpace(audience.Text(cells[i]))
		if text == "" {
			continue
		}
		c := &sv.columns[i]
		c.filled++
		c.chars += len(text)
		c.compare(text)
		digits, letters := 0, 0
		for _, r := range text {
			switch {
			case unicode.IsDigit(r):
				digits++
			case unicode.IsLetter(r):
				letters++
			}
		}
		switch {
		case strings.Contains(text, "@"), strings.HasPrefix(strings.ToLower(text), "http"):
			c.links++
		case digits == 0 && letters > 0:
			c.worded++
		}
		if digits > 0 {
			c.digital++
		}
		if audience.IsDate(text) {
			c.dates++
			continue
		}
		if digits < fewestOfNumber || digits > 20 || letters > 12 {
			continue
		}
		c.dialled++
		if strings.ContainsAny(text[:1], "+0(") || strings.ContainsAny(text, " .-/") || letters > 0 {
			c.marked++
		}
		if len(c.sample) < min(surveyedSize, surveyedAll/len(sv.columns)) {
			c.sample = append(c.sample, sampledNumber{strings.Clone(cells[i]), country})
		}
	}
}

// compare counts a text that is one of the column's first two.
func (c *columnFacts) compare(text string) {
	for i, one := range c.some {
		if one == "" {
			c.some[i] = strings.Clone(text[:min(len(text), 64)])
		}
		if c.some[i] == text[:min(len(text), 64)] {
			c.firsts++
			return
		}
	}
}

func filledCells(cells []string) int {
	n := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// judge reads the sampled cells as numbers: of their row's country, of the one that is given, or else of the likeliest.
func (sv *Survey) judge(s record.Settings) {
	if len(sv.columns) == 0 {
		return
	}
	told := 0 // the column that tells the country
	for i := range sv.columns {
		if c := &sv.columns[i]; c.dialled*2 < c.filled || c.filled == 0 {
			c.sample = nil // hardly a column of numbers
		}
		named, before := audience.PhoneNameOf(sv.header[i]), audience.PhoneNameOf(sv.header[told])
		if len(sv.columns[i].sample) > 0 && (len(sv.columns[told].sample) == 0 || named > before) {
			told = i
		}
	}
	rules := number.Rules{Country: s.Country, AcceptPossible: s.AcceptPossible}
	if rules.Country == "" && s.CountryColumn == "" {
		if likely := sv.countriesFor(told); len(likely) > 0 {
			rules.Country = likely[0].Country
		}
	}
	for i := range sv.columns {
		c := &sv.columns[i]
		for _, one := range c.sample {
			of := rules
			if one.country != "" {
				of.Country = one.country
			}
			n, err := of.Clean(one.cell)
			if err != nil {
				continue
			}
			c.numbers++
			if !n.FixedLine {
				c.mobiles++
			}
			of.Country = ""
			if readingOf(one.cell, of) != n.Digits {
				c.national++
			}
		}
	}
}

// countriesFor are the countries in which the national numbers of a column may be.
func (sv *Survey) countriesFor(column int) []number.LikelyCountry {
	c := &sv.columns[column]
	var cells []string
	beside := slices.Clone(sv.beside)
	for _, one := range c.sample {
		cells = append(cells, one.cell)
		if n, err := (number.Rules{}).Clean(one.cell); err == nil && n.Region != "" && len(sv.beside) == 0 {
			beside = append(beside, n.Region)
		}
	}
	return number.LikelyCountries(cells, audience.Languages(sv.header), beside)
}

// share is how many of the rows a column gives a number of a mobile, from 0 to 1.
func (sv *Survey) share(column int) float64 {
	c := sv.columns[column]
	if len(c.sample) == 0 || sv.rows == 0 {
		return 0
	}
	return float64(c.dialled) / float64(sv.rows) * float64(c.mobiles) / float64(len(c.sample))
}

// holdsNumbers reports whether most filled cells of a column are numbers, mobiles' or not.
func (sv *Survey) holdsNumbers(column int) bool {
	c := sv.columns[column]
	return len(c.sample) > 0 && c.numbers*2 >= len(c.sample)
}

// looksLikeNumbers reports whether a column that is not called so holds mobile numbers, by all its looks.
func (sv *Survey) looksLikeNumbers(column int) bool {
	c := sv.columns[column]
	if len(c.sample) == 0 || float64(c.dialled) < 0.8*float64(c.filled) {
		return false
	}
	mobiles := float64(c.mobiles) / float64(len(c.sample))
	return mobiles >= 0.9 || mobiles >= 0.6 && c.marked*2 >= c.dialled
}

const (
	// enough is the share of rows with a mobile at which a column that is called so is not doubted, and more by how much
	// another one has to have more of them to be asked about.
	enough = 0.75
	more   = 0.2
	// hardly is the share below which a column is none beside another one.
	hardly = 0.1
)

// Header are the columns' names.
func (sv *Survey) Header() []string { return sv.header }

// FindsNumbers reports whether a column seems to hold numbers of people.
func (sv *Survey) FindsNumbers() bool {
	if sv == nil {
		return false
	}
	columns, _ := sv.phones()
	return slices.ContainsFunc(columns, sv.holdsNumbers)
}

// phones are the columns that may hold the numbers, the likeliest first. sure tells that the first is meant beyond doubt:
// it alone is called so, or the others that are have hardly any mobile in them, and none that is not has many more. Columns
// about somebody else come last, and are never taken for certain.
func (sv *Survey) phones() (columns []int, sure bool) {
	var called, others, weak, anothers []int
	for i, name := range sv.header {
		switch kind := audience.PhoneNameOf(name); {
		case audience.IsAnothers(name):
			if sv.looksLikeNumbers(i) {
				anothers = append(anothers, i)
			}
		case kind >= audience.TelephoneName:
			called = append(called, i)
		case sv.looksLikeNumbers(i):
			others = append(others, i)
		case kind == audience.LandlineName && sv.holdsNumbers(i):
			others = append(others, i)
		case audience.OnlyNumberNamed(name):
			weak = append(weak, i)
		}
	}
	for _, i := range others {
		if audience.OnlyNumberNamed(sv.header[i]) {
			weak = append(weak, i)
		}
	}
	if holding := slices.DeleteFunc(slices.Clone(called), func(i int) bool { return !sv.holdsNumbers(i) }); len(holding) > 0 {
		called = holding
	}
	if len(called) == 0 && len(weak) == 1 { // as an order's number is called, too
		called, others = weak, slices.DeleteFunc(others, func(i int) bool { return i == weak[0] })
	}
	slices.SortStableFunc(called, sv.compare)
	slices.SortStableFunc(others, sv.compare)
	if len(called) == 0 {
		return append(others, anothers...), false
	}
	best := called[0]
	sure = true
	for _, i := range called[1:] {
		sure = sure && sv.share(i) < hardly && sv.share(best) >= 0.5
	}
	if rival := slices.IndexFunc(others, func(i int) bool { return sv.share(i) >= sv.share(best)+more }); rival >= 0 && sv.share(best) < enough {
		sure = false
	}
	columns = append(called, others...)
	slices.SortStableFunc(columns, sv.compare)
	return append(columns, anothers...), sure
}

// compare orders columns by how many rows they give a mobile, those of mobiles by their name first where that is alike.
func (sv *Survey) compare(a, b int) int {
	if d := sv.share(b) - sv.share(a); d > more || d < -more {
		return sign(d)
	}
	if kinds := int(audience.PhoneNameOf(sv.header[b])) - int(audience.PhoneNameOf(sv.header[a])); kinds != 0 {
		return kinds
	}
	return sign(sv.share(b) - sv.share(a))
}

func sign(d float64) int {
	switch {
	case d > 0:
		return 1
	case d < 0:
		return -1
	}
	return 0
}
