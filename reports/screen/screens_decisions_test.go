package screen

import (
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
)

// The screens on which the country of numbers is to be decided.
func TestCountryDecisions(t *testing.T) {
	country := problem.Problem{Code: plan.CountryColumnOpen, Severity: problem.Decision, Row: 3, Column: "D", Header: "billing_country",
		Value: "079 123 45 67", Names: []string{"+41791234567", "+33791234567"}, Length: 212, Answers: []problem.Answer{
			{Flag: "--country-column", Value: "billing_country"}, {Flag: "--country-column", Value: "shipping_country"},
			{Flag: "--country-column", Value: plan.NoCountryColumn}}}
	listed := problem.Problem{Code: plan.ListNumberOpen, Severity: problem.Decision, Length: 2, Names: []string{
		"stop.csv", "2", "+41791234567", "7", "0791234567", "19", "+32470123456", "8", "470123456"}}
	consent := problem.Problem{Code: plan.ConsentOpen, Severity: problem.Decision, Column: "F", Header: "Consent. marketing",
		Length: 33, Limit: 32, Answers: []problem.Answer{{Flag: plan.ConsentFlag, Value: "Consent. marketing"},
			{Flag: plan.ConsentFlag, Value: plan.NoConsentColumn}}}
	for name, change := range map[string]func(*CheckScreen){
		"check-country-column.txt": func(s *CheckScreen) {
			s.Report.Groups, s.Report.Invalid, s.ProblemsPath = nil, 0, ""
			s.Report.File = []problem.Problem{country, listed}
		},
		"check-two-decisions.txt": func(s *CheckScreen) {
			s.Report.Groups, s.Report.Invalid, s.ProblemsPath = nil, 0, ""
			none := country
			none.Value, none.Names, none.Length = "0612345021", []string{"", "+33612345021"}, 7
			none.Answers = []problem.Answer{{Flag: "--country-column", Value: plan.NoCountryColumn, Invalid: 1},
				{Flag: "--country-column", Value: "billing_country", Invalid: 7}}
			s.Report.File = []problem.Problem{none, consent}
		},
		"check-decisions-errors.txt": func(s *CheckScreen) {
			s.Report.File = []problem.Problem{country, consent}
		},
		"check-bare-numbers.txt": func(s *CheckScreen) {
			both := problem.Problem{Code: plan.PhoneBothWays, Severity: problem.Error, Row: 4, Column: "B", Value: "687781234",
				Names: []string{"+33687781234", "+687781234"}}
			lost := problem.Problem{Code: plan.PhoneCountryUnknown, Severity: problem.Error, Row: 9, Column: "B", Value: "079 123 45 67",
				Names: []string{"?"}}
			shown := problem.Problem{Code: plan.PhoneShown, Severity: problem.Error, Row: 12, Column: "B", Value: "791234567", Names: []string{"41 791234567"}}
			typed := problem.Problem{Code: plan.PhoneTyped, Severity: problem.Error, Row: 13, Column: "B", Value: "-1235188", Names: []string{"=+43-664-1234567"}}
			unread := problem.Problem{Code: plan.PhoneCountryUnread, Severity: problem.Error, Row: 14, Column: "B", Value: "0612345678", Names: []string{"Suise"}}
			s.Report.Groups, s.Report.Invalid = nil, 8
			for i, p := range []problem.Problem{both, lost, shown, typed, unread} {
				s.Report.Groups = append(s.Report.Groups, plan.Group{Code: p.Code, Severity: p.Severity, Column: p.Column, Rows: 1 + i%4,
					Examples: []problem.Problem{p}})
			}
			s.Report.File = []problem.Problem{
				{Code: plan.ListBlank, Severity: problem.Warning, Length: 3, Names: []string{"stop.csv"}},
				{Code: plan.ListUnread, Severity: problem.Warning, Length: 1, Names: []string{"stop.csv"}}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := checkScreen()
			s.Header[3] = "billing_country"
			s.AnswerCommand = func(answers ...problem.Answer) campaign.Command {
				command := s.SendCommand
				for _, a := range answers {
					command = and(command, a.Words()...)
				}
				return command
			}
			change(&s)
			golden(t, name, screen(func(b Face) { Check(b, s) }))
		})
	}
}
