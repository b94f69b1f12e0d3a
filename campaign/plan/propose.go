package plan

import (
	"maps"
	"slices"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// Proposed is how a file may be meant: the settings that were given, with everything that is unclear filled in. They are
// proposed and never taken: a person says that they are right.
type Proposed struct {
	Settings record.Settings
	Country  string // that was filled in, as the numbers may be another's as well; "" where it is certain or was given
	// Unlike are variables of which no column has a name like theirs: the fullest other one stands for each.
	Unlike []string
}

// Propose fills in what the problems with a file's columns leave open, puts right what flags name wrongly, and fills in the
// country of national numbers where none is given: one proposal, or one for each country that the numbers may be of, the
// likeliest first. A flag that nothing comes near is left out, unless it chooses people. None where something else is wrong, or
// no column can be proposed.
func Propose(survey *Survey, m message.Message, s record.Settings, issues []problem.Problem) []Proposed {
	if survey == nil || len(survey.header) == 0 {
		return nil
	}
	p := Proposed{Settings: s}
	for _, issue := range issues {
		switch {
		case issue.Severity != problem.Error:
		case issue.Code == PhoneColumnMissing, issue.Code == PhoneColumnAmbiguous, issue.Code == VariableNoColumn, issue.Code == VariableUnknown:
		case issue.Code == ColumnUnknown && p.rename(issue):
		case issue.Code == HeaderDuplicate:
		default:
			return nil
		}
	}
	phone, ok := survey.proposePhone(&p.Settings)
	if !ok || !survey.proposeFields(&p, m, phone) {
		return nil
	}
	if s.Country != "" || s.CountryColumn != "" || survey.columns[phone].national == 0 {
		return []Proposed{p}
	}
	return survey.inCountries(p, phone)
}

// rename puts right the column that a flag names and the file has not; false where nobody but a person can.
func (p *Proposed) rename(unknown problem.Problem) bool {
	nearest := ""
	if len(unknown.Names) == 1 {
		nearest = unknown.Names[0]
	}
	s := &p.Settings
	switch unknown.Reason {
	case "--phone-column", "--map": // by what the columns hold
		return true
	case "--name-column":
		s.NameColumn = nearest
	case "--email-column":
		s.EmailColumn = nearest
	case countryColumnFlag:
		s.CountryColumn = nearest
	case ConsentFlag:
		s.ConsentColumns = replaced(s.ConsentColumns, unknown.Value, nearest)
		return nearest != ""
	case "--where":
		s.Where = slices.Clone(s.Where)
		for i, c := range s.Where {
			if split := splitsOf(c.Text); len(split) > 0 && split[0].name == unknown.Value {
				s.Where[i].Text = strings.Replace(c.Text, unknown.Value, nearest, 1)
			}
		}
		return nearest != ""
	default:
		return false
	}
	return true
}

func replaced(all []string, old, by string) []string {
	all = slices.Clone(all)
	for i, one := range all {
		if one == old {
			all[i] = by
		}
	}
	return all
}

// proposePhone finds the column of the numbers; ok is false for none. It stands in the settings where it is not found
// without.
func (sv *Survey) proposePhone(s *record.Settings) (phone int, ok bool) {
	if s.PhoneColumn != "" {
		if i := columnNamed(s.PhoneColumn, sv.header); i >= 0 {
			return i, true
		}
	}
	columns, sure := sv.phones()
	if len(columns) == 0 {
		return -1, false
	}
	if s.PhoneColumn = flagName(columns[0], sv.header); sure {
		s.PhoneColumn = ""
	}
	return columns[0], true
}

// proposeFields maps every variable that finds no column; false where a file has none to map it to.
func (sv *Survey) proposeFields(p *Proposed, m message.Message, phone int) bool {
	mapping, taken := map[string]string{}, map[int]bool{phone: true}
	asked := mappingOf(p.Settings.Map, m.FieldNames())
	var open []string
	for _, field := range m.Fields() {
		given, mapped := asked[field.Name]
		i, _, found := audience.Match(field.Name, sv.header)
		if mapped {
			if i = columnNamed(given, sv.header); i >= 0 {
				found, mapping[field.Name] = true, given
			} else {
				found = false
			}
		}
		if found {
			taken[i] = true
			continue
		}
		open = append(open, field.Name)
	}
	for _, variable := range sv.renamed(asked, mapping, open, taken) {
		wanted := variable
		if given := asked[variable]; given != "" { // what was meant is nearer to that
			if audience.Likeness(given, bestName(sv, given, taken)) > 0.5 {
				wanted = given
			}
		}
		column, alike := sv.columnFor(wanted, taken)
		if column < 0 {
			return false
		}
		if !alike {
			p.Unlike = append(p.Unlike, variable)
		}
		taken[column] = true
		mapping[variable] = flagName(column, sv.header)
	}
	p.Settings.Map = mapping
	return true
}

// renamed maps the variables without a column to those columns that --map gives to variables which the message does not have:
// to that of a name like theirs, or where there is one of each, to that one. It returns the other variables.
func (sv *Survey) renamed(asked, mapping map[string]string, open []string, taken map[int]bool) (rest []string) {
	var strangers []string
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		if _, known := mapping[name]; !known && !slices.Contains(open, name) {
			strangers = append(strangers, name)
		}
	}
	for _, variable := range open {
		i := slices.IndexFunc(strangers, func(name string) bool {
			return len(strangers) == 1 && len(open) == 1 || audience.Likeness(variable, name) > 0.5
		})
		column := -1
		if i >= 0 {
			column = columnNamed(asked[strangers[i]], sv.header)
		}
		if column < 0 || taken[column] {
			rest = append(rest, variable)
			continue
		}
		mapping[variable], taken[column] = asked[strangers[i]], true
		strangers = slices.Delete(strangers, i, i+1)
	}
	return rest
}

func bestName(sv *Survey, name string, taken map[int]bool) string {
	if i, alike := sv.columnFor(name, taken); alike {
		return sv.header[i]
	}
	return ""
}

// columnFor is the column that is likeliest meant by a variable: by its name, and by how much of it is filled. alike tells
// that its name says so; otherwise it is the fullest that can be read out. A name that was read in a wrong encoding is never
// proposed: what stands below it would be sent like that, too.
func (sv *Survey) columnFor(variable string, taken map[int]bool) (column int, alike bool) {
	column = -1
	best := 0.0
	for i, name := range sv.header {
		if taken[i] || strings.TrimSpace(name) == "" || text.Mangled(audience.ColumnName(name)) || sv.rows > 0 && sv.columns[i].filled == 0 {
			continue
		}
		score := audience.Likeness(variable, name) * sv.fits(variable, i) * (0.4 + 0.6*sv.filled(i))
		if sv.filled(i) < mostlyFilled { // most people would get nothing there
			score *= sv.filled(i)
		}
		if score > best && score >= 0.15 {
			column, best = i, score
		}
	}
	if column >= 0 {
		return column, true
	}
	for i, name := range sv.header {
		if strings.TrimSpace(name) == "" || text.Mangled(audience.ColumnName(name)) || i == sv.countries || audience.PhoneNameOf(name) > audience.NumberName {
			continue
		}
		score := sv.readable(i)
		if taken[i] { // by another variable: where there is no other
			score /= 100
		}
		if score > best {
			column, best = i, score
		}
	}
	return column, false
}

// mostlyFilled is the share of filled cells below which a column hardly feeds a message.
const mostlyFilled = 0.5

// filled is the share of rows in which a column has something.
func (sv *Survey) filled(column int) float64 {
	if sv.rows == 0 {
		return 1
	}
	return float64(sv.columns[column].filled) / float64(sv.rows)
}

// fits weighs what a column holds against what a variable is called: names of people have no digits.
func (sv *Survey) fits(variable string, column int) float64 {
	c := sv.columns[column]
	person := audience.Likeness(variable, "first name") > 0.5 || audience.Likeness(variable, "last name") > 0.5 || audience.Likeness(variable, "full name") > 0.5
	if person && c.filled > 0 && (c.digital+c.links)*3 > c.filled {
		return 0
	}
	return 1
}

// readable is how well a column can stand for one that is not there: filled, and short.
func (sv *Survey) readable(column int) float64 {
	c := sv.columns[column]
	if c.filled == 0 {
		return 0
	}
	score := sv.filled(column)
	if c.links*2 > c.filled || c.dates*2 > c.filled {
		score *= 0.3
	}
	if c.chars/c.filled > 40 || len(sv.header[column]) > 40 || isSame(c.firsts, c.filled) {
		score *= 0.3
	}
	return score
}

// isSame reports whether most cells of a column are one of its first few: the answers to a question, titles, statuses.
func isSame(firsts int, filled int) bool { return filled > 3 && firsts*2 > filled }

// inCountries are proposals for each country in which the national numbers of a column may be.
func (sv *Survey) inCountries(p Proposed, phone int) (all []Proposed) {
	if sv.namesCountries() {
		p.Settings.CountryColumn = flagName(sv.countries, sv.header)
		return []Proposed{p}
	}
	likely := sv.countriesFor(phone)
	if len(likely) > 0 && likely[0].Told {
		likely = likely[:1]
	}
	for _, one := range likely {
		in := p
		in.Settings.Country, in.Country = one.Country, one.Country
		all = append(all, in)
	}
	if len(all) == 0 {
		return []Proposed{p}
	}
	return all
}

// namesCountries reports whether a column that is called so names several countries, in most rows one.
func (sv *Survey) namesCountries() bool {
	named := slices.Clone(sv.beside)
	slices.Sort(named)
	return len(named)*2 > min(sv.rows, surveyedSize) && len(slices.Compact(named)) > 1
}
