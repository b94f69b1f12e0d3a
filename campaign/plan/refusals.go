package plan

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
)

// refusals are the people who say no somewhere in the file, in a column that was decided about: a number that refuses in one
// of its rows is sent to in none of them.
type refusals map[uint64]refusal // by canonical digits

// refusal is where a person refuses. It is small because there may be one for every recipient of the file.
type refusal struct {
	row    uint32
	column uint16
}

// of returns where a person refuses.
func (r refusals) of(person string) (refusal, bool) {
	if len(r) == 0 {
		return refusal{}, false
	}
	digits, err := strconv.ParseUint(person, 10, 64)
	if err != nil {
		return refusal{}, false
	}
	found, refuses := r[digits]
	return found, refuses
}

// refusalColumn is a column whose refusals count, while the file is read for them.
type refusalColumn struct {
	*consentColumn
	filters []*condition // about it: a refusal that they take is asked for
	people  refusals
}

// findRefusals reads the file for the people who refuse in the columns of --consent-column, or in those that look like one of
// consent and that --where decides about. It reads it once, and only where there are such columns.
func (c *Check) findRefusals(ctx context.Context) (refusals, error) {
	columns := c.refusalColumns()
	if len(columns) == 0 || c.Open == nil {
		return nil, nil
	}
	phones := newPhoneReader(c.Settings, c.Header, c.Columns.Phone, c.Columns.Country, c.Open)
	var failed error
	err := phones.reread(func(row audience.Row) {
		var people []uint64
		for _, column := range columns {
			said := column.look(row.Cells)
			if failed != nil || said.Answer != audience.ConsentRefused || column.isAskedFor(row.Cells) {
				continue
			}
			if people == nil {
				if people, failed = phones.peopleOf(row); failed == nil {
					failed = ctx.Err()
				}
			}
			for _, person := range people {
				if _, known := column.people[person]; !known {
					column.people[person] = refusal{uint32(row.Number), uint16(column.Index)}
				}
			}
		}
	})
	if err != nil || failed != nil {
		return nil, cmp.Or(err, failed)
	}
	all := refusals{}
	for _, column := range columns {
		if len(column.filters) > 0 && !column.isConsent() {
			continue
		}
		for person, where := range column.people {
			if _, known := all[person]; !known {
				all[person] = where
			}
		}
	}
	return all, nil
}

// refusalColumns are the columns whose refusals count for all rows of a person.
func (c *Check) refusalColumns() (columns []refusalColumn) {
	for _, asked := range c.Columns.Consent {
		columns = append(columns, refusalColumn{consentColumn: newConsentColumn(asked), people: refusals{}})
	}
	for _, maybe := range c.Columns.MayBeConsent {
		one := refusalColumn{consentColumn: newConsentColumn(maybe), people: refusals{}}
		for _, w := range c.Columns.Where {
			if w.Index == maybe.Index {
				one.filters = append(one.filters, newCondition(w))
			}
		}
		if len(one.filters) > 0 {
			columns = append(columns, one)
		}
	}
	return columns
}

// isAskedFor reports whether all conditions about the column take the cell.
func (c refusalColumn) isAskedFor(cells []string) bool {
	return len(c.filters) > 0 && !slices.ContainsFunc(c.filters, func(w *condition) bool { return !w.values.look(cells).takes })
}

// peopleOf are the people, by canonical digits, whom a row's number may be: of a refusal, those count as well that the number
// is only proposed to be.
func (r *phoneReader) peopleOf(row audience.Row) (people []uint64, err error) {
	as, err := r.prepare(row)
	if err != nil {
		return nil, err
	}
	n, problems := r.read(row, as)
	texts := []string{n.Digits}
	for _, p := range problems {
		switch {
		case p.Code == PhoneBothWays:
			for _, text := range p.Names {
				texts = append(texts, number.Bare(text[min(1, len(text)):]))
			}
		case p.Severity == problem.Error && p.Fix != "":
			if fixed, err := as.rules.Clean(p.Fix); err == nil {
				texts = append(texts, fixed.Digits)
			}
		}
	}
	people = []uint64{}
	for _, digits := range texts {
		if person, err := strconv.ParseUint(r.rules.Canonical(digits), 10, 64); err == nil {
			people = append(people, person)
		}
	}
	return people, nil
}
