package screen

import (
	"errors"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/plan"
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

// placeOf puts an error or a decision into that order.
func placeOf(p problem.Problem) place {
	if p.Severity == problem.Warning {
		return placeWarnings
	}
	switch p.Code {
	case plan.PhoneColumnMissing, plan.PhoneColumnAmbiguous, plan.ColumnUnknown, plan.HeaderDuplicate, plan.CountryColumnOpen,
		plan.WhereValueUnknown, plan.ConsentOpen, plan.ConsentsOpen, plan.VariableNoColumn, plan.VariableUnknown,
		message.VariablesUncertain, message.MediaHeaderNoLink, plan.MostRowsInvalid, message.TypeUnknown, message.TextMissing,
		message.LinkMissing, message.PartNotForType, message.PlaceholderUnclosed, message.PlaceholderEmpty:
		return placeColumns
	case plan.RowRagged, plan.RowExample, plan.RowNote:
		return placeRows
	case problem.Code(number.NoCountry), plan.ListNumberOpen:
		return placeCountry
	case problem.Code(number.Scientific):
		return placeDestroyed
	case problem.Code(number.Missing), problem.Code(number.Two), problem.Code(number.Letters), problem.Code(number.Extension),
		problem.Code(number.ForeignDigits), problem.Code(number.Overseas), problem.Code(number.Renumbered),
		problem.Code(number.FormerPrefix), problem.Code(number.TooShort), problem.Code(number.TooLong), problem.Code(number.Invalid),
		problem.Code(number.Negative), problem.Code(number.Possible), problem.Code(number.NotANumber), plan.PhoneCountryUnknown,
		plan.PhoneBothWays, plan.PhoneShown, plan.PhoneTyped, plan.PhonePlaceholder:
		return placeNumbers
	case plan.DuplicateValues:
		return placeDuplicates
	case message.ValueEmpty, message.ValueSheetError, message.ValueWhitespace, message.ValueUndecodable, message.ValueScientific,
		message.ValueURL, message.ValueMediaLink, message.HeaderTooLong, message.BodyTooLong, message.TextTooLong,
		message.CaptionTooLong, message.LinkInvalid:
		return placeValues
	}
	if p.Row > 0 { // a code of a newer version
		return placeValues
	}
	return placeFile
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
		Value:      fault.Path,
		Line:       fault.Line,
		LineColumn: fault.Column,
		Names:      fault.Names,
	}
	if fault.Err != nil {
		p.Reason = fault.Err.Error()
	}
	return p, true
}
