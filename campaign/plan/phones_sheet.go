package plan

import (
	"strings"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"

	"kanal-campaign/campaign/text"
)

// asShown settles what a row's phone cell says where a workbook shows something else than it holds, and writes it into
// the cell: the formula that a typed number became, or what is shown where that begins with + or 00. It is unclear, which
// the problem tells, where two numbers are left.
func asShown(row audience.Row, phone int, rules number.Rules) (p problem.Problem, clear bool) {
	shown, differs := row.Shown[phone]
	if !differs {
		return p, true
	}
	cell := row.Cells[phone]
	if shown.Formula != "" {
		if mayHaveLostZeros(shown.Formula, rules) {
			return problem.Problem{Code: PhoneTyped, Severity: problem.Error, Value: problem.Cut(cell),
				Names: []string{problem.Cut("=" + shown.Formula)}}, false
		}
		row.Cells[phone] = spoken(shown.Formula)
		return p, true
	}
	text := strings.TrimSpace(shown.Text)
	seen, held := readingOf(text, rules), readingOf(cell, rules)
	switch {
	case strings.HasPrefix(text, "+"), strings.HasPrefix(text, "00") && seen != "":
		row.Cells[phone] = text
	case held == "" || held == seen || seen == "" && !addsDigits(text, cell):
	default:
		return problem.Problem{Code: PhoneShown, Severity: problem.Error, Value: problem.Cut(cell),
			Names: []string{problem.Cut(text)}}, false
	}
	return p, true
}

// readingOf is the number of a text, "" for none.
func readingOf(text string, rules number.Rules) string {
	n, err := rules.Clean(text)
	if err != nil {
		return ""
	}
	return n.Digits
}

// addsDigits reports whether a number format writes digits before those of the cell: "41 "0 may be a country's code.
func addsDigits(shown, cell string) bool {
	before, ends := strings.CutSuffix(digitsOf(shown), digitsOf(cell))
	return ends && strings.Trim(before, "0") != ""
}

// spoken is a typed number that a spreadsheet took for a calculation: "+33 612345678" for +33-612345678.
func spoken(formula string) string {
	first, rest := formula[:1], formula[1:]
	return first + operators.Replace(rest)
}

var operators = strings.NewReplacer("+", " ", "-", " ", "/", " ")

var groupStart = text.Pattern(`[-+/]\d`)

// mayHaveLostZeros reports whether a formula's number would be another person's if one of its groups had begun with a
// zero, which spreadsheets drop.
func mayHaveLostZeros(formula string, rules number.Rules) bool {
	read := readingOf(spoken(formula), rules)
	for _, at := range groupStart().FindAllStringIndex(formula, -1) {
		if at[0] == 0 {
			continue
		}
		other := readingOf(spoken(formula[:at[0]+1]+"0"+formula[at[0]+1:]), rules)
		if read != "" && other != "" && other != read {
			return true
		}
	}
	return false
}
