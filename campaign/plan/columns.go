package plan

import (
	"maps"
	"slices"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Codes of problems with the columns of a file.
const (
	PhoneColumnMissing   problem.Code = "phone-column-missing"
	PhoneColumnAmbiguous problem.Code = "phone-column-ambiguous"
	ColumnUnknown        problem.Code = "column-unknown"     // a flag names a column that is not there
	VariableNoColumn     problem.Code = "variable-no-column" // a variable of the template finds no column
	VariableUnknown      problem.Code = "variable-unknown"   // --map names a variable that the template has not
	ColumnsShared        problem.Code = "columns-shared"     // warning: one column feeds two variables
	HeaderDuplicate      problem.Code = "header-duplicate"   // a name that several columns have is needed; Names: "name (B, E)"
)

// Columns tells which column of the file feeds what.
type Columns struct {
	Phone  int
	Fields []Feed // one for each of the message's Fields, in their order
	Name   int    // -1: not passed on
	Email  int    // -1: not passed on
	// Country is the column by which numbers without a country's code are read; -1 for none.
	Country int
	Where   []Where
	// Consent are the columns that have to say yes, MayBeConsent the others that are called like one.
	Consent, MayBeConsent []audience.ConsentColumn
}

// Feed is the column of one variable.
type Feed struct {
	Variable string
	Column   int
	Mapped   bool // by --map
	Loose    bool // found by ignoring case, accents, spaces, _ and -
}

// MapColumns finds the columns that a message needs. The problems come in the order in which a person fixes them; with
// an error among them, the columns are of no use. A survey, which may be nil, tells of the columns that the numbers may be
// in; without one, their names do.
func MapColumns(header []string, m message.Message, s record.Settings, survey *Survey) (Columns, []problem.Problem) {
	mapper := columnMapper{header: header, survey: survey}
	columns := Columns{Name: -1, Email: -1, Country: -1}
	columns.Phone = mapper.phone(s)
	if s.NameColumn != "" {
		columns.Name = mapper.named(s.NameColumn, "--name-column")
	}
	if s.EmailColumn != "" {
		columns.Email = mapper.named(s.EmailColumn, "--email-column")
	}
	if s.CountryColumn != "" && s.CountryColumn != NoCountryColumn {
		columns.Country = mapper.named(s.CountryColumn, countryColumnFlag)
	}
	columns.Fields = mapper.fields(m, s.Map)
	columns.Where = mapper.where(s.Where)
	columns.Consent, columns.MayBeConsent = mapper.consent(s, columns.Phone)
	return columns, append(mapper.problems, m.Problems()...)
}

// Fed are the columns whose cells people read.
func (c Columns) Fed() []int {
	columns := make([]int, 0, len(c.Fields))
	for _, feed := range c.Fields {
		columns = append(columns, feed.Column)
	}
	return columns
}

// Watch has a file tell, of the columns that matter, what its sheet shows otherwise than it is read.
func (c Columns) Watch(f *audience.File) { watchPhones(f, c.Phone, c.Fed()...) }

type columnMapper struct {
	header   []string
	survey   *Survey
	problems []problem.Problem
}

func (cm *columnMapper) add(p problem.Problem) { cm.problems = append(cm.problems, p) }

// phone finds the column of the numbers: the one that is named, that in which a campaign's were found before, or the only
// one that can be meant.
func (cm *columnMapper) phone(s record.Settings) int {
	if s.PhoneColumn != "" {
		return cm.named(s.PhoneColumn, "--phone-column")
	}
	if i := columnNamed(s.FoundPhone, cm.header); s.FoundPhone != "" && i >= 0 {
		return i
	}
	p, column := phoneColumn(cm.header, cm.survey)
	if column < 0 {
		cm.add(p)
	}
	return column
}

// PhoneByName is the name of the only column that is called as one of phone numbers usually is; "" for none and several.
func PhoneByName(header []string) string {
	if found := audience.PhoneColumns(header); len(found) == 1 {
		return storedName(found[0], header)
	}
	return ""
}

// phoneColumn finds the column of the numbers; -1, and the problem, where none or several may be meant. Its Fix is the
// likeliest.
func phoneColumn(header []string, survey *Survey) (p problem.Problem, column int) {
	found := audience.PhoneColumns(header)
	sure := len(found) == 1
	if survey != nil && survey.rows > 0 {
		found, sure = survey.phones()
	}
	if sure {
		return p, found[0]
	}
	if !slices.ContainsFunc(found, func(i int) bool { return audience.PhoneNameOf(header[i]) > audience.NoPhoneName }) {
		p = problem.Problem{Code: PhoneColumnMissing, Severity: problem.Error, Names: header}
	} else {
		p = problem.Problem{Code: PhoneColumnAmbiguous, Severity: problem.Error}
		for _, i := range found {
			p.Names = append(p.Names, flagName(i, header))
		}
	}
	if len(found) > 0 {
		p.Fix = flagName(found[0], header)
	}
	return p, -1
}

// named finds the column that a flag names: by its name, or by its letter when no column has that name.
func (cm *columnMapper) named(name, flag string) int {
	i := columnNamed(name, cm.header)
	if i < 0 {
		cm.unknown(name, flag)
	}
	return i
}

// repeated reports whether a name is that of several columns, and adds the problem.
func (cm *columnMapper) repeated(name string) bool {
	columns := audience.Repeated(name, cm.header)
	if columns == "" {
		return false
	}
	if !slices.ContainsFunc(cm.problems, func(p problem.Problem) bool { return p.Code == HeaderDuplicate && p.Names[0] == columns }) {
		cm.add(problem.Problem{Code: HeaderDuplicate, Severity: problem.Error, Names: []string{columns}})
	}
	return true
}

// nearest are the columns that may be meant by a variable, the likeliest first.
func (cm *columnMapper) nearest(variable string) []string {
	if cm.survey != nil {
		if i, alike := cm.survey.columnFor(variable, nil); alike {
			return []string{flagName(i, cm.header)}
		}
		return nil
	}
	return audience.Nearest(variable, cm.header, 3)
}

func columnNamed(name string, header []string) int {
	if i, _, ok := audience.Match(name, header); ok {
		return i
	}
	return columnOf(name, header)
}

func (cm *columnMapper) unknown(name, flag string) {
	if cm.repeated(name) {
		return
	}
	cm.add(problem.Problem{Code: ColumnUnknown, Severity: problem.Error, Value: name, Reason: flag,
		Names: audience.Nearest(name, cm.header, 3)})
}

func (cm *columnMapper) fields(m message.Message, mapping map[string]string) []Feed {
	known := m.FieldNames()
	mapping = mappingOf(mapping, known)
	for _, variable := range slices.Sorted(maps.Keys(mapping)) {
		if !slices.Contains(known, variable) {
			cm.add(problem.Problem{Code: VariableUnknown, Severity: problem.Error, Variable: variable, Names: known})
		}
	}
	feeds := make([]Feed, 0, len(known))
	user := map[int]string{}
	for _, field := range m.Fields() {
		feed := cm.field(field, mapping)
		if first, taken := user[feed.Column]; taken && feed.Column >= 0 {
			cm.add(problem.Problem{Code: ColumnsShared, Severity: problem.Warning, Variable: field.Name,
				Header: cm.header[feed.Column], Names: []string{first, field.Name}})
		}
		user[feed.Column] = field.Name
		feeds = append(feeds, feed)
	}
	return feeds
}

// mappingOf is a mapping by the message's own names, which may hold a "=" as well: --map was taken apart at the first.
func mappingOf(mapping map[string]string, known []string) map[string]string {
	all := make(map[string]string, len(mapping))
	for variable, column := range mapping {
		text := variable + "=" + column
		for _, name := range known {
			if rest, of := strings.CutPrefix(text, name+"="); of && len(name) > len(variable) && !slices.Contains(known, variable) {
				variable, column = name, strings.TrimSpace(rest)
			}
		}
		all[variable] = column
	}
	return all
}

func (cm *columnMapper) field(field message.Field, mapping map[string]string) Feed {
	variable := field.Name
	if column, mapped := mapping[variable]; mapped {
		return Feed{Variable: variable, Column: cm.named(column, "--map"), Mapped: true}
	}
	i, exact, ok := audience.Match(variable, cm.header)
	if !ok && cm.repeated(variable) {
		return Feed{Variable: variable, Column: -1}
	}
	if !ok {
		cm.add(problem.Problem{Code: VariableNoColumn, Severity: problem.Error, Variable: variable,
			Names: cm.nearest(variable), Reason: field.Flag, Line: field.Line, LineColumn: field.Column})
		return Feed{Variable: variable, Column: -1}
	}
	return Feed{Variable: variable, Column: i, Loose: !exact}
}
