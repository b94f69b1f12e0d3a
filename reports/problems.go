package reports

import (
	"errors"

	"kanal-campaign/campaign"
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

// placeOf puts an error or a decision into that order.
func placeOf(p problem.Problem) place {
	if p.Severity == problem.Warning {
		return placeWarnings
	}
	switch p.Code {
	case campaign.PhoneColumnMissing, campaign.PhoneColumnAmbiguous, campaign.ColumnUnknown, campaign.CountryColumnOpen,
		campaign.WhereValueUnknown, campaign.ConsentOpen, campaign.ConsentsOpen, campaign.VariableNoColumn, campaign.VariableUnknown,
		campaign.VariablesUncertain, campaign.MediaHeaderNoLink, campaign.MostRowsInvalid, campaign.TypeUnknown, campaign.TextMissing,
		campaign.LinkMissing, campaign.PartNotForType, campaign.PlaceholderUnclosed, campaign.PlaceholderEmpty:
		return placeColumns
	case campaign.RowRagged, campaign.RowExample:
		return placeRows
	case problem.Code(number.NoCountry), campaign.ListNumberOpen:
		return placeCountry
	case problem.Code(number.Scientific):
		return placeDestroyed
	case problem.Code(number.Missing), problem.Code(number.Two), problem.Code(number.Letters), problem.Code(number.Extension),
		problem.Code(number.ForeignDigits), problem.Code(number.Overseas), problem.Code(number.Renumbered),
		problem.Code(number.FormerPrefix), problem.Code(number.TooShort), problem.Code(number.TooLong), problem.Code(number.Invalid),
		problem.Code(number.Negative), problem.Code(number.Possible), problem.Code(number.NotANumber), campaign.PhoneCountryUnknown,
		campaign.PhoneBothWays, campaign.PhoneShown, campaign.PhoneTyped:
		return placeNumbers
	case campaign.DuplicateValues:
		return placeDuplicates
	case campaign.ValueEmpty, campaign.ValueSheetError, campaign.ValueWhitespace, campaign.ValueUndecodable, campaign.ValueScientific,
		campaign.ValueURL, campaign.ValueMediaLink, campaign.HeaderTooLong, campaign.BodyTooLong, campaign.TextTooLong,
		campaign.CaptionTooLong, campaign.LinkInvalid:
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
