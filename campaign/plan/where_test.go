package plan

import (
	"slices"
	"strings"
	"testing"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/record"
)

func TestParseWhere(t *testing.T) {
	header := []string{"phone", "Ville", "a", "a=b", "a=b=c", "no!", " Consent. marketing", "x"}
	for text, want := range map[string]struct {
		column string
		not    bool
		values []string
	}{
		"Ville=Lyon":               {"Ville", false, []string{"Lyon"}},
		"ville = Lyon , Paris":     {"Ville", false, []string{"Lyon", "Paris"}},
		"VILLE!=Lyon":              {"Ville", true, []string{"Lyon"}},
		"Ville !=Lyon":             {"Ville", true, []string{"Lyon"}},
		"Ville=":                   {"Ville", false, []string{""}},
		"Ville!=":                  {"Ville", true, []string{""}},
		"Ville=,x":                 {"Ville", false, []string{"", "x"}},
		`Ville=a\,b,c`:             {"Ville", false, []string{"a,b", "c"}},
		`Ville=a\\,b`:              {"Ville", false, []string{`a\`, "b"}},
		`Ville=a\\\,b`:             {"Ville", false, []string{`a\,b`}},
		`Ville=C:\tmp\`:            {"Ville", false, []string{`C:\tmp\`}},
		"Ville=a=b":                {"Ville", false, []string{"a=b"}},
		"Ville=!x":                 {"Ville", false, []string{"!x"}},
		"Ville==x":                 {"Ville", false, []string{"=x"}},
		"a=x":                      {"a", false, []string{"x"}},
		"a=b":                      {"a", false, []string{"b"}},
		"a=b=x":                    {"a=b", false, []string{"x"}},
		"a=b!=x":                   {"a=b", true, []string{"x"}},
		"A=B=C=x":                  {"a=b=c", false, []string{"x"}},
		"a=b=c":                    {"a=b", false, []string{"c"}},
		"C=b=c":                    {"a", false, []string{"b=c"}},
		"no!=x":                    {"no!", false, []string{"x"}},
		"no!!=x":                   {"no!", true, []string{"x"}},
		"F!=x":                     {"no!", true, []string{"x"}},
		"consent. marketing=OUI":   {" Consent. marketing", false, []string{"OUI"}},
		"Consent.\u00a0Marketing=": {" Consent. marketing", false, []string{""}},
	} {
		c, index, found, ok := ParseWhere(text, header)
		if !ok || !found || header[index] != want.column || c.Column != want.column || c.Not != want.not || !slices.Equal(c.Values, want.values) ||
			c.Text != text {
			t.Errorf("%q: %+v at %d, %v, %v", text, c, index, found, ok)
		}
	}
	for text, name := range map[string]string{"vile=Lyon": "vile", "z!=1": "z", "Z=a=b": "Z"} {
		if c, index, found, ok := ParseWhere(text, header); !ok || found || index >= 0 || c.Column != name {
			t.Errorf("%q: %+v at %d, %v, %v", text, c, index, found, ok)
		}
	}
	for _, text := range []string{"", "Ville", "=x", "!=x", " = ", "Ville:x"} {
		if _, _, _, ok := ParseWhere(text, header); ok {
			t.Errorf("%q is taken for a condition", text)
		}
	}
}

func TestSameFilter(t *testing.T) {
	header := []string{"phone", "Ville", "Âge"}
	conditions := func(texts ...string) (all []record.Condition) {
		for _, text := range texts {
			all = append(all, record.Condition{Text: text})
		}
		return all
	}
	for _, pair := range [][2][]record.Condition{
		{conditions("Ville=Lyon"), conditions("B= LYON ")},
		{conditions("Ville=Lyon,Nice"), conditions("ville=nice,lyon,Nice")},
		{conditions("Ville=Lyon", "age=1"), conditions("âge=1", "Ville=Lyon", "Ville=lyon")},
		{nil, nil},
		{conditions("Ville=Lyon"), {{Text: "B=Lyon", Column: "Ville", Values: []string{"Lyon"}}}},
	} {
		if !SameFilter(pair[0], pair[1], header) {
			t.Errorf("%+v and %+v", pair[0], pair[1])
		}
	}
	for _, pair := range [][2][]record.Condition{
		{conditions("Ville=Lyon"), conditions("Ville!=Lyon")}, {conditions("Ville=Lyon"), nil},
		{conditions("Ville=Lyon"), conditions("Ville=Lyon,")}, {conditions("Ville=Lyon"), conditions("Âge=Lyon")},
	} {
		if SameFilter(pair[0], pair[1], header) {
			t.Errorf("%+v and %+v are the same", pair[0], pair[1])
		}
	}
}

// Whatever is written, a condition names a column as far as its text does, its values are written again as they were read,
// and the two ways to tell a row agree.
func FuzzParseWhere(f *testing.F) {
	for _, seed := range []string{"Ville=Lyon", `a=b!=x\,y,\\`, "!=", "=", "no!=", "D=,", "Ville=é\u0301\x00", `a=\`, "a=b=c=d", "x\xff=y"} {
		f.Add(seed, "Lyon")
	}
	header := []string{"phone", "Ville", "a", "a=b", "no!"}
	f.Fuzz(func(t *testing.T, text, cell string) {
		c, index, found, ok := ParseWhere(text, header)
		if !ok {
			return
		}
		if found != (index >= 0) || found && header[index] != c.Column || len(c.Values) == 0 || strings.TrimSpace(c.Column) == "" {
			t.Fatalf("%q: %+v at %d, %v", text, c, index, found)
		}
		if !found {
			return
		}
		var values []string
		for _, v := range c.Values {
			values = append(values, strings.NewReplacer(`\`, `\\`, ",", `\,`).Replace(v))
		}
		operator := map[bool]string{true: "!=", false: "="}[c.Not]
		again, at, _, _ := ParseWhere(audience.ColumnLetter(index)+operator+strings.Join(values, ","), header)
		if at != index || again.Not != c.Not || !slices.Equal(again.Values, c.Values) {
			t.Fatalf("%q: %+v, written again %+v", text, c, again)
		}
		cells := make([]string, len(header))
		cells[index] = cell
		columns := Columns{Where: []Where{{Condition: c, Index: index}}}
		chosen := newChooser(columns)
		one, _ := chosen.leavesOut(cells)
		two, _ := columns.LeavesOut(cells)
		if one != two {
			t.Fatalf("%q leaves out %q, and does not: %q, %q", text, cell, one, two)
		}
	})
}
