package plan

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Add reads a list: a file of numbers as an audience is one, or one number a line without a header. column names its column
// of numbers; "" has it found. Numbers count as they
// do in an audience, but need only be possible; of those whose country nothing tells, see MayList. With problems, which
// are the first few of all, nothing was added: a number that cannot be read could not be left out.
func (s *Suppressed) Add(path, column string, settings record.Settings, opts audience.Options) (problems []problem.Problem, all int,
	err error) {
	if column != "" {
		settings.PhoneColumn = column
	}
	file, opts, err := openList(path, column == "", settings.PhoneColumn, opts)
	if err != nil {
		return nil, 0, err
	}
	defer file.Close()
	reader := listReader{header: file.Header(), named: column != ""}
	again := func() (*audience.File, error) { return audience.Open(path, opts) }
	if p, found := reader.findColumn(opts.Headerless, settings, again); !found {
		return []problem.Problem{p}, 1, nil
	}
	if err := reader.begin(settings, opts.Headerless, again); err != nil {
		return nil, 0, err
	}
	watchPhones(file, reader.column)
	if opts.Headerless {
		if err := reader.take(audience.Row{Number: 1, Cells: file.Header()}); err != nil {
			return nil, 0, err
		}
	}
	for row, err := range file.Rows() {
		if fault := (*audience.Fault)(nil); errors.As(err, &fault) && fault.Code == audience.FileNoRows {
			break // nobody is on the list yet
		}
		if err != nil {
			return nil, 0, err
		}
		if err := reader.take(row); err != nil {
			return nil, 0, err
		}
	}
	if reader.all > 0 {
		return reader.problems, reader.all, nil
	}
	if s.people == nil {
		s.people = map[uint64]uint8{}
	}
	for _, person := range reader.people {
		if _, known := s.people[person]; !known {
			s.people[person] = uint8(len(s.lists))
		}
	}
	s.keepOpen(reader.open)
	s.lists = append(s.lists, record.Suppression{Path: path, Column: column, SHA256: file.SHA256(), Numbers: len(reader.people), Blank: reader.blank,
		Open: reader.unread})
	return nil, 0, nil
}

// openList opens a list, whose first line is its header or, where that may be, its first number. It returns how it was opened.
func openList(path string, mayBeNumber bool, phoneColumn string, opts audience.Options) (*audience.File, audience.Options, error) {
	opts.Headerless = false
	file, err := audience.Open(path, opts)
	var fault *audience.Fault
	noHeader := errors.As(err, &fault) && fault.Code == audience.FileNoHeader
	if err == nil && mayBeNumber && beginsWithNumber(file.Header(), phoneColumn) {
		noHeader = true
		file.Close()
	}
	if noHeader {
		opts.Headerless = true
		file, err = audience.Open(path, opts)
	}
	return file, opts, err
}

// beginsWithNumber reports whether a list's first line is a number, however it is written, and no header: taken for one,
// it would be nobody's. A column that is called as one of numbers is called so unless it holds digits enough for one.
func beginsWithNumber(header []string, asked string) bool {
	named := audience.PhoneColumns(header)
	if i, _, ok := audience.Match(asked, header); ok && asked != "" {
		named = []int{i}
	}
	if len(named) > 0 {
		return slices.ContainsFunc(named, func(i int) bool { return maybeNumber(header[i]) })
	}
	return slices.ContainsFunc(header, maybeNumber)
}

// fewestOfNumber is how many digits a first line has that may be a number: what columns are called has fewer, but for dates.
const fewestOfNumber = 6

func maybeNumber(cell string) bool {
	digits := 0
	for _, r := range cell {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= fewestOfNumber
}

// listReader reads the numbers of one list, by the rules of an audience's.
type listReader struct {
	header   []string
	column   int
	named    bool // by whoever gave the list
	phones   *phoneReader
	people   []uint64
	open     []openNumber
	unread   int // numbers of open that are on nobody's side before a country is known
	blank    int // rows without a number
	problems []problem.Problem
	all      int
}

// findColumn finds the column of the numbers: the only one, the one that is named so, the only one that can be meant by its
// name and what it holds, or in a file without a header the only one whose first cell is a number.
func (r *listReader) findColumn(headerless bool, s record.Settings, again func() (*audience.File, error)) (problem.Problem, bool) {
	if r.named {
		mapper := columnMapper{header: r.header}
		if r.column = mapper.named(s.PhoneColumn, "--suppress"); r.column < 0 {
			return mapper.problems[0], false
		}
		return problem.Problem{}, true
	}
	if len(r.header) == 1 {
		return problem.Problem{}, true
	}
	if i, _, ok := audience.Match(s.PhoneColumn, r.header); ok && !headerless {
		r.column = i
		return problem.Problem{}, true
	}
	if !headerless {
		p, column := phoneColumn(r.header, SurveyColumns(again, s))
		r.column = max(column, 0)
		return p, column >= 0
	}
	var found []int
	for i, cell := range r.header {
		if _, err := (number.Rules{Country: s.Country, AcceptPossible: true}).Clean(cell); err == nil {
			found = append(found, i)
		}
	}
	if len(found) == 1 {
		r.column = found[0]
		return problem.Problem{}, true
	}
	var names []string
	for _, i := range found {
		names = append(names, r.header[i])
	}
	if len(found) == 0 {
		return problem.Problem{Code: PhoneColumnMissing, Severity: problem.Error, Names: r.header}, false
	}
	return problem.Problem{Code: PhoneColumnAmbiguous, Severity: problem.Error, Names: names}, false
}

// begin finds out in which countries the list's numbers are read. A column of countries that the list has counts without
// being asked about: whoever is on the list by another reading is asked about when found.
func (r *listReader) begin(s record.Settings, headerless bool, again func() (*audience.File, error)) error {
	s.AcceptPossible, s.NumberRules = true, number.CurrentVersion
	country := -1
	if i, _, ok := audience.Match(s.CountryColumn, r.header); ok && s.CountryColumn != NoCountryColumn && i != r.column {
		country = i
	} else if s.CountryColumn != NoCountryColumn && !headerless {
		s.CountryColumn = "" // that of the audience is called otherwise here
	}
	r.phones = newPhoneReader(s, r.header, r.column, country, again)
	r.phones.countries.counts = true
	return r.phones.surveyCountries()
}

// openFaults are what is wrong with a number that another country may have.
var openFaults = []problem.Code{problem.Code(number.NoCountry), problem.Code(number.ForeignDigits), problem.Code(number.Overseas),
	PhoneCountryUnknown, PhoneBothWays}

func (r *listReader) take(row audience.Row) error {
	as, err := r.phones.prepare(row)
	if err != nil {
		return err
	}
	n, problems := r.phones.read(row, as)
	cell := row.Cells[r.column]
	if digits, replaced := replacedBy(problems); replaced {
		n.Digits, problems = digits, nil
	}
	switch {
	case strings.TrimSpace(cell) == "":
		r.blank++
	case !problem.HasError(problems):
		if person, err := strconv.ParseUint(number.Canonical(n.Digits), 10, 64); err == nil {
			r.people = append(r.people, person)
		}
		if !r.tellsCountry(row.Cells, n) {
			r.keepOpen(row.Number, cell)
		}
	case slices.Contains(openFaults, problems[0].Code) && r.keepOpen(row.Number, cell):
		r.unread++
	default:
		if r.all++; len(r.problems) < groupExamples {
			p := problems[0]
			p.Row, p.Column = row.Number, audience.ColumnLetter(r.column)
			r.problems = append(r.problems, p)
		}
	}
	return nil
}

// replacedBy returns the digits of today for a number of an old plan: on a list it means the same person, whose refusal may
// be older than the plan.
func replacedBy(problems []problem.Problem) (digits string, ok bool) {
	for _, p := range problems {
		if p.Code == problem.Code(number.Renumbered) || p.Code == problem.Code(number.FormerPrefix) {
			return strings.CutPrefix(p.Fix, "+")
		}
	}
	return "", false
}

// tellsCountry reports whether a row says in which country its number is: in the number itself, by the column that was
// named for it, or by another column that says what --country does.
func (r *listReader) tellsCountry(cells []string, n number.Number) bool {
	cell, c := cells[r.column], &r.phones.countries
	if digits := number.Bare(cell); digits == n.Digits || r.phones.internationally(cell, n) {
		return true
	}
	if column := c.inUse(); column >= 0 {
		country := c.of(cells, column)
		return country != "" && (c.asked || country == r.phones.rules.Country)
	}
	return false
}

func (r *listReader) keepOpen(row int, cell string) bool {
	open, ok := openNumberOf(cell)
	if ok {
		open.row = uint32(row)
		r.open = append(r.open, open)
	}
	return ok
}
