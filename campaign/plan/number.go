package plan

import (
	"errors"
	"strings"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Codes about numbers that number.Rules accept: warnings, and one error. Codes of the other errors are number.Code values.
const (
	PhonePlaceholder  problem.Code = "phone-placeholder" // zeros, typed where no number was known
	PhoneFixedLine    problem.Code = "phone-fixed-line"
	PhonePossible     problem.Code = "phone-possible-accepted" // by --accept-possible
	PhoneTwoSpellings problem.Code = "phone-two-spellings"     // Brazil, Mexico, Argentina
	PhoneUnitedStates problem.Code = "phone-united-states"     // marketing templates are not delivered there
)

// NumberRules are the rules by which a campaign with these settings reads numbers, and compares people. Settings of before
// rules had a version are the first one's.
func NumberRules(s record.Settings) number.Rules {
	return number.Rules{Country: s.Country, AcceptPossible: s.AcceptPossible, Version: max(1, s.NumberRules)}
}

// NumberProblem is what is wrong with a cell, from the error of number.Rules.Clean.
func NumberProblem(cell string, err error) problem.Problem {
	p := problem.Problem{Severity: problem.Error, Value: problem.Cut(cell)}
	var fault *number.Fault
	if !errors.As(err, &fault) {
		return p
	}
	p.Code, p.Fix = problem.Code(fault.Code), fault.Fix
	for _, name := range append([]string{fault.Country}, fault.Readings[:]...) {
		if name != "" {
			p.Names = append(p.Names, name)
		}
	}
	return p
}

// judgeNumber cleans a cell into a number. With an error among the problems, the number is the zero Number.
func JudgeNumber(cell string, rules number.Rules) (number.Number, []problem.Problem) {
	n, err := rules.Clean(cell)
	if err != nil {
		return number.Number{}, []problem.Problem{NumberProblem(cell, err)}
	}
	var warnings []problem.Problem
	for _, w := range []struct {
		applies bool
		code    problem.Code
	}{
		{n.PossibleOnly, PhonePossible},
		{n.FixedLine, PhoneFixedLine},
		{n.TwoSpellings, PhoneTwoSpellings},
		{n.Region == "US", PhoneUnitedStates},
	} {
		if w.applies {
			warnings = append(warnings, problem.Problem{Code: w.code, Severity: problem.Warning, Value: problem.Cut(cell)})
		}
	}
	return n, warnings
}

// placeholderEnds is what numbers end in that people type into a form that wants one.
const placeholderEnds = "00000000"

// nobodysNumber is the code of what is wrong with a number that is well formed and nobody's, "" for any other. Only the cell
// of a starter file's example, as it is written there, is called that.
func nobodysNumber(n number.Number, cell string) problem.Code {
	switch {
	case strings.TrimSpace(cell) == message.ExampleNumber:
		return RowExample
	case strings.HasSuffix(n.Digits, placeholderEnds):
		return PhonePlaceholder
	}
	return ""
}
