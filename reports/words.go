package reports

import (
	"cmp"
	"errors"
	"maps"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
)

// place is where a problem stands in the order in which a person fixes problems: what hides others comes first.
type place int

const (
	placeFile place = iota
	placeColumns
	placeRows
	placeCountry
	placeDestroyed
	placeNumbers
	placeValues
	placeDuplicates
	placeWarnings
)

// wording is all that people read about one kind of problem. The texts are filled in by fill; problemArguments says
// with what.
type wording struct {
	place place
	// group is shared by codes that stand under one heading; empty for a code with a heading of its own.
	group string
	// heading tells what to do about n rows; remark stands beside one row as an example.
	heading, remark string
	bookHeading     string // the heading where the file is a workbook; empty for the same
	// choice names the flags that settle it, below the heading.
	choice string
	// wrong is a sentence that says what is wrong, fix one that says what to do next.
	wrong, fix string
	// answers say what each of a decision's answers does, in their order; the command follows.
	answers []string
}

// problemWords are the words of every code there is. The tests walk the codes.
var problemWords = func() map[problem.Code]wording {
	all := map[problem.Code]wording{}
	for _, subject := range []map[problem.Code]wording{fileWords, columnWords, numberWords, valueWords, rowWords, freeFormWords, listWords} {
		maps.Copy(all, subject)
	}
	return all
}()

// wordingOf never fails: a code of a newer version has its own name for words.
func wordingOf(code problem.Code) wording {
	if w, ok := problemWords[code]; ok {
		return w
	}
	return wording{place: placeValues, heading: "Look at {n:row}: " + string(code), remark: string(code),
		wrong: "{place}: " + string(code) + "[, {value}].", fix: "[Write {fix}.]"}
}

// Sentence says in words what is wrong and what to do next. It is one line and safe for a terminal.
func Sentence(p problem.Problem) string {
	return strings.TrimSpace(wrongOf(p) + " " + fixOf(p))
}

func wrongOf(p problem.Problem) string {
	return Clean(fill(wordingOf(p.Code).wrong, problemArguments(p, 1)))
}

func fixOf(p problem.Problem) string {
	return strings.TrimSpace(Clean(fill(wordingOf(p.Code).fix, problemArguments(p, 1))))
}

func remarkOf(p problem.Problem) string {
	return Clean(fill(wordingOf(p.Code).remark, problemArguments(p, 1)))
}

func headingOf(p problem.Problem, rows int) string { return headingIn(p, rows, false) }

// headingIn is headingOf for a problem of a CSV file or of a workbook.
func headingIn(p problem.Problem, rows int, workbook bool) string {
	words := wordingOf(p.Code)
	heading := words.heading
	if workbook {
		heading = cmp.Or(words.bookHeading, heading)
	}
	if p.Row == 0 && rows <= 1 { // of the message itself
		heading = strings.TrimSuffix(heading, " in {n:row}")
	}
	return Clean(fill(heading, problemArguments(p, rows)))
}

// problemArguments are what the texts about a problem may name. n is how many rows have it.
func problemArguments(p problem.Problem, n int) arguments {
	return func(name string) string {
		switch name {
		case "n":
			return strconv.Itoa(n)
		case "value":
			return quotedOrNone(visible(p.Value))
		case "fix":
			return shorten(Clean(p.Fix), 60)
		case "header":
			return quotedOrNone(p.Header)
		case "column":
			return p.Column
		case "place":
			return placeName(p)
		case "variable":
			return Clean(p.Variable)
		case "row":
			return rowNumber(p.Row)
		case "first":
			return rowNumber(p.First)
		case "line":
			return positive(p.Line)
		case "lineColumn":
			return positive(p.LineColumn)
		case "length":
			return positive(p.Length)
		case "limit":
			return positive(p.Limit)
		case "names":
			return names(p.Names)
		case "nearest":
			return eitherName(p.Names)
		case "title": // of a table, where it was taken for the only column
			if len(p.Names) == 1 {
				return quoted(p.Names[0])
			}
		case "name":
			return firstName(p)
		case "others":
			return names(p.Names[min(1, len(p.Names)):])
		case "size":
			return sizeOf(p)
		case "country":
			return countryName(firstName(p))
		case "readings":
			return Clean(either(p.Names))
		case "renumbered":
			return renumberedOn[firstName(p)]
		case "map":
			return mapFlag(p)
		case "pairs":
			return listPairs(p.Names)
		case "with":
			return reading(p.Names, 0)
		case "without":
			return reading(p.Names, 1)
		case "reason":
			return Clean(strings.TrimRight(p.Reason, ". "))
		}
		return ""
	}
}

func quotedOrNone(s string) string {
	if s == "" {
		return ""
	}
	return quoted(s)
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return figure(n)
}

func placeName(p problem.Problem) string {
	switch {
	case p.Column != "" && p.Header != "":
		return "Column " + p.Column + " " + quoted(p.Header)
	case p.Column != "":
		return "Column " + p.Column
	case p.Variable != "":
		return Clean(p.Variable)
	}
	return "The message"
}

// mostNames is how many names a sentence holds before it says how many more there are.
const mostNames = 8

func names(all []string) string {
	var parts []string
	for i, name := range all {
		if i == mostNames {
			parts = append(parts, figure(len(all)-mostNames)+" more")
			break
		}
		parts = append(parts, quoted(name))
	}
	return list(parts)
}

// eitherName offers names as a choice: "Prénom" or "Nom".
func eitherName(all []string) string {
	var parts []string
	for _, name := range all {
		parts = append(parts, quoted(name))
	}
	return either(parts)
}

// reading is one of a cell's numbers with its country: +687781234 (New Caledonia).
func reading(numbers []string, at int) string {
	if at >= len(numbers) || numbers[at] == "" {
		return "no number"
	}
	text := Clean(numbers[at])
	if region := number.Region(strings.TrimPrefix(numbers[at], "+")); region != "" {
		text += " (" + countryName(region) + ")"
	}
	return text
}

func firstName(p problem.Problem) string {
	if len(p.Names) == 0 {
		return ""
	}
	return shorten(Clean(p.Names[0]), 60)
}

// sizeOf is the number that a fault's last name is.
func sizeOf(p problem.Problem) string {
	if len(p.Names) == 0 {
		return ""
	}
	n, _ := strconv.Atoi(p.Names[len(p.Names)-1])
	return positive(n)
}

// mapFlag is the --map that would feed the variable from the nearest column.
func mapFlag(p problem.Problem) string {
	column := firstName(p)
	if column == "" {
		column = "COLUMN"
	}
	return "--map " + argument(p.Variable+"="+column)
}

// countryName is the country of an ISO region in English: "Réunion" for RE; what is no region stays as it is.
func countryName(region string) string {
	parsed, err := language.ParseRegion(region)
	if err != nil {
		return region
	}
	if name := display.English.Regions().Name(parsed); name != "" {
		return name
	}
	return region
}

// FaultProblem returns the problem that a failure to read the audience is; false for any other error.
func FaultProblem(err error) (problem.Problem, bool) {
	var fault *audience.Fault
	if !errors.As(err, &fault) {
		return problem.Problem{}, false
	}
	p := problem.Problem{
		Code:       problem.Code(fault.Code),
		Severity:   problem.Error,
		Value:      problem.Cut(fault.Path),
		Line:       fault.Line,
		LineColumn: fault.Column,
		Names:      fault.Names,
	}
	if fault.Err != nil {
		p.Reason = fault.Err.Error()
	}
	return p, true
}
