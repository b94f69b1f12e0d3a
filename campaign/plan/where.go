package plan

import (
	"slices"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// WhereValueUnknown is of a value of --where that no cell of its column holds.
const WhereValueUnknown problem.Code = "where-value-unknown"

// Where is a condition on a column of the file.
type Where struct {
	record.Condition
	Index   int
	Planned bool // a campaign that there is was planned with it
}

// ParseWhere reads a condition, COLUMN=VALUE or COLUMN!=VALUE, against a header. Several values stand between commas; a
// comma in a value is written \, and a backslash \\. What is compared begins behind the longest name of a column that the
// text begins with, so that a name may hold = and !; a column's letter is understood where no name is. The condition's
// Column is what stands for the name, whether or not there is such a column: found tells, and where. ok is false for a text
// that is no condition.
func ParseWhere(text string, header []string) (c record.Condition, index int, found, ok bool) {
	splits := splitsOf(text)
	if len(splits) == 0 {
		return record.Condition{}, -1, false, false
	}
	for _, split := range slices.Backward(splits) {
		if i, _, known := audience.Match(split.name, header); known {
			return split.condition(text, header[i]), i, true, true
		}
	}
	first := splits[0]
	if i := columnOf(first.name, header); i >= 0 {
		return first.condition(text, storedName(i, header)), i, true, true
	}
	return first.condition(text, first.name), -1, false, true
}

// split is one way to take a condition apart.
type split struct {
	name   string
	not    bool
	values string
}

// splitsOf are the ways to take a condition apart, by the length of the name; none for a text that is no condition.
func splitsOf(text string) (ways []split) {
	for i := range len(text) {
		if text[i] != '=' {
			continue
		}
		name, values := text[:i], text[i+1:]
		if before, not := strings.CutSuffix(name, "!"); not {
			ways = append(ways, split{before, true, values})
		}
		ways = append(ways, split{name, false, values})
	}
	for i := range ways {
		ways[i].name = strings.TrimSpace(ways[i].name)
	}
	return slices.DeleteFunc(ways, func(s split) bool { return strings.Trim(s.name, "! ") == "" })
}

func (s split) condition(text, column string) record.Condition {
	return record.Condition{Text: text, Column: column, Not: s.not, Values: splitValues(s.values)}
}

// splitValues splits at commas. A backslash makes a comma or a backslash behind it part of the value, and is itself before
// anything else. Outer spaces are no part of a value.
func splitValues(text string) []string {
	var values []string
	var value strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && (text[i+1] == ',' || text[i+1] == '\\'):
			i++
			value.WriteByte(text[i])
		case text[i] == ',':
			values = append(values, strings.TrimSpace(value.String()))
			value.Reset()
		default:
			value.WriteByte(text[i])
		}
	}
	return append(values, strings.TrimSpace(value.String()))
}

// where resolves the conditions. Those of a campaign that was planned before name their columns already.
func (cm *columnMapper) where(conditions []record.Condition) (all []Where) {
	for _, c := range conditions {
		index, found, planned := -1, false, c.Column != ""
		if !planned {
			c, index, found, _ = ParseWhere(c.Text, cm.header)
		} else if index = columnNamed(c.Column, cm.header); index >= 0 {
			c.Column, found = storedName(index, cm.header), true
		}
		if !found {
			cm.unknown(c.Column, "--where")
			continue
		}
		all = append(all, Where{c, index, planned})
	}
	return all
}

// consent finds the columns that have to say yes, and the others that are called like one of consent; that of the numbers,
// which may be called after a channel, too, is none of these.
func (cm *columnMapper) consent(s record.Settings, phone int) (asked, others []audience.ConsentColumn) {
	taken := map[int]bool{}
	for _, name := range s.ConsentColumns {
		if i := cm.named(name, "--consent-column"); i >= 0 && !taken[i] {
			taken[i] = true
			asked = append(asked, audience.ConsentColumnAt(cm.header, i))
		}
	}
	for _, c := range audience.ConsentColumns(cm.header) {
		if !taken[c.Index] && c.Index != phone {
			others = append(others, c)
		}
	}
	return asked, others
}

// Freeze returns the settings with the columns of its conditions and of consent as the header names them, whatever flags
// have called them: a later file of the campaign may have its columns in another order.
func (c Columns) Freeze(s record.Settings, header []string) record.Settings {
	s.Where, s.ConsentColumns = nil, nil
	if s.PhoneColumn == "" && c.Phone >= 0 {
		s.FoundPhone = storedName(c.Phone, header)
	}
	for _, w := range c.Where {
		s.Where = append(s.Where, w.Condition)
	}
	for _, consent := range c.Consent {
		s.ConsentColumns = append(s.ConsentColumns, storedName(consent.Index, header))
	}
	return s
}

// storedName is how settings name a column for later files: by its name, by its letter where another column has that, too.
func storedName(index int, header []string) string {
	if audience.Repeated(header[index], header) != "" {
		return audience.ColumnLetter(index)
	}
	return header[index]
}

// ColumnNames are the names in a header of columns that flags name; what is in it by none of them stays.
func ColumnNames(flags, header []string) []string {
	names := slices.Clone(flags)
	for i, name := range names {
		if at := columnNamed(name, header); at >= 0 {
			names[i] = storedName(at, header)
		}
	}
	return names
}

// SameFilter reports whether conditions take the same rows, whatever their spelling and order. Those that are not resolved
// are read against the header.
func SameFilter(a, b []record.Condition, header []string) bool {
	return slices.Equal(filterOf(a, header), filterOf(b, header))
}

func filterOf(conditions []record.Condition, header []string) (all []string) {
	for _, c := range conditions {
		if c.Column == "" {
			c, _, _, _ = ParseWhere(c.Text, header)
		}
		var values []string
		for _, v := range c.Values {
			values = append(values, audience.FoldCell(v))
		}
		slices.Sort(values)
		not := ""
		if c.Not {
			not = "!"
		}
		all = append(all, strings.Join(append([]string{c.Column, not}, slices.Compact(values)...), "\x00"))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
