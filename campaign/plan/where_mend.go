package plan

import (
	"slices"
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// MendWhere returns the conditions with every value that no cell holds put right: a value with a comma in one piece, else the
// one that comes nearest. What comes near nothing is left out where another value stands beside it, which takes the same
// people. ok is false where nothing is wrong, or a condition would be left with no value: whom it is for, only a person can
// say.
func (r *Report) MendWhere(header []string) (mended []record.Condition, ok bool) {
	for _, f := range r.Filter {
		condition := f.Where
		if r.hasUnknown(f) {
			values := f.mended()
			if len(values) == 0 {
				return nil, false
			}
			condition, ok = f.with(values, header), true
		}
		mended = append(mended, condition)
	}
	return mended, ok
}

func (r *Report) hasUnknown(f FilterReport) bool {
	return slices.ContainsFunc(r.File, func(p problem.Problem) bool {
		return p.Code == WhereValueUnknown && p.Severity == problem.Error && p.Column == audience.ColumnLetter(f.Index)
	})
}

// mended are the condition's values, with those that no cell holds put right.
func (f FilterReport) mended() (values []string) {
	for rest := f.Where.Values; len(rest) > 0; {
		taken, value := 1, ""
		if whole, pieces := f.inPieces(rest); pieces > 0 {
			taken, value = pieces, whole
		} else if _, is := f.held(rest[0]); is || audience.FoldCell(rest[0]) == "" {
			value = rest[0]
		} else if near := f.nearest(rest[0]); near != "" {
			value = near
		} else {
			rest = rest[1:]
			continue
		}
		if !slices.Contains(values, value) {
			values = append(values, value)
		}
		rest = rest[taken:]
	}
	return values
}

// inPieces is a value of the column that values begin with, which its commas have taken apart, and in how many; 0 for none.
func (f FilterReport) inPieces(values []string) (whole string, pieces int) {
	for n := len(values); n > 1; n-- {
		for _, comma := range []string{", ", ","} {
			if held, is := f.held(strings.Join(values[:n], comma)); is && slices.ContainsFunc(values[:n], f.lacks) {
				return held, n
			}
		}
	}
	return "", 0
}

// whole is the value of the column of which one is a piece; "" for none.
func (f FilterReport) whole(piece string) string {
	for i := range f.Where.Values {
		if whole, n := f.inPieces(f.Where.Values[i:]); n > 0 && slices.Contains(f.Where.Values[i:i+n], piece) {
			return whole
		}
	}
	return ""
}

func (f FilterReport) held(value string) (as string, is bool) {
	folded := audience.FoldCell(value)
	for _, v := range f.Values {
		if folded != "" && audience.FoldCell(v.Value) == folded {
			return v.Value, true
		}
	}
	return "", false
}

func (f FilterReport) lacks(value string) bool {
	_, is := f.held(value)
	return !is
}

func (f FilterReport) nearest(value string) string {
	all := make([]string, len(f.Values))
	for i, v := range f.Values {
		all[i] = v.Value
	}
	return strings.Join(audience.Nearest(value, all, 1), "")
}

// with is the condition with other values, as it is typed.
func (f FilterReport) with(values, header []string) record.Condition {
	is := "="
	if f.Where.Not {
		is = "!="
	}
	typed := make([]string, len(values))
	for i, value := range values {
		typed[i] = typedValue(value)
	}
	c := f.Where
	c.Values, c.Text = values, flagName(f.Index, header)+is+strings.Join(typed, ",")
	return c
}

// typedValue writes a value as --where takes it.
func typedValue(value string) string {
	return strings.NewReplacer(`\`, `\\`, `,`, `\,`).Replace(value)
}
