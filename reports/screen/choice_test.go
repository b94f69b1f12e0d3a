package screen

import (
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/words"
)

// consents is a report of a file with two columns of consent and a filter.
func consents(settled ...plan.ConsentSettled) *plan.Report {
	r := report()
	r.Invalid, r.Groups = 0, nil
	value := func(value string, answer audience.ConsentAnswer, rows int) plan.ValueCount {
		return plan.ValueCount{Value: value, Answer: answer, Rows: rows}
	}
	all := []plan.ConsentReport{
		{ColumnValues: plan.ColumnValues{Index: 5, Header: "Consent. marketing", Empty: 32, Values: []plan.ValueCount{
			value("OUI", audience.ConsentGiven, 4147), value("NON", audience.ConsentRefused, 33)}}, Refused: 33, Unanswered: 32},
		{ColumnValues: plan.ColumnValues{Index: 6, Header: "Désinscrit le", Empty: 4150, Values: []plan.ValueCount{
			{Value: "12/03/2024", Answer: audience.ConsentRefused, Date: true, Rows: 25}, value("STOP", audience.ConsentRefused, 20),
			value("oui", audience.ConsentRefused, 6), value("x", audience.ConsentRefused, 5), value("1", audience.ConsentRefused, 4),
			value("O", audience.ConsentRefused, 1), value("à rappeler \x1b[2J", audience.ConsentUnanswered, 1)}},
			Refusal: true, Refused: 61, Unanswered: 1},
	}
	for i, s := range settled {
		all[i].Settled = s
		r.Consent = append(r.Consent, all[i])
	}
	return r
}

func lyon() plan.FilterReport {
	return plan.FilterReport{Where: record.Condition{Column: "Ville", Values: []string{"Lyon", "Villeurbanne", ""}}, Taken: 1200,
		ColumnValues: plan.ColumnValues{Index: 3, Header: "Ville"}}
}

func TestCheckOfAChoice(t *testing.T) {
	answer := func(values ...string) problem.Answer {
		return problem.Answer{Flag: plan.ConsentFlag, Value: values[0], More: values[1:]}
	}
	for name, change := range map[string]func(*CheckScreen){
		"check-consent.txt": func(s *CheckScreen) {
			s.Report = consents(plan.ConsentNotSettled)
			s.Report.File = []problem.Problem{{Code: plan.ConsentOpen, Severity: problem.Decision, Column: "F", Header: "Consent. marketing",
				Length: 33, Limit: 32, Answers: []problem.Answer{answer("Consent. marketing"), answer(plan.NoConsentColumn)}}}
		},
		"check-consents.txt": func(s *CheckScreen) {
			s.Sending, s.Report = true, consents(plan.ConsentNotSettled, plan.ConsentNotSettled)
			s.Report.File = []problem.Problem{{Code: plan.ConsentsOpen, Severity: problem.Decision, Names: []string{"Consent. marketing", "Désinscrit le"},
				Answers: []problem.Answer{answer("Consent. marketing", "Désinscrit le"), answer("Consent. marketing"), answer("Désinscrit le"),
					answer(plan.NoConsentColumn)}}}
		},
		"check-where.txt": func(s *CheckScreen) {
			s.Report = consents(plan.ConsentRequired, plan.ConsentOther)
			not := lyon()
			not.Where.Not, not.Where.Values, not.Index, not.Header, not.Taken = true, []string{"x"}, 7, "VIP", 4000
			s.Report.Filter = []plan.FilterReport{lyon(), not}
			s.Report.Skipped = map[string]int{outcome.CauseFiltered: 3012, outcome.CauseNoConsent: 65, outcome.CauseDuplicate: 9}
		},
		"check-where-unknown.txt": func(s *CheckScreen) {
			s.Report = consents(plan.ConsentIsNone, plan.ConsentFiltered)
			s.Report.Filter = []plan.FilterReport{lyon()}
			unknown := problem.Problem{Code: plan.WhereValueUnknown, Severity: problem.Error, Column: "D", Header: "Ville", Value: "Lion",
				Fix: "Lyon", Names: []string{"Lyon", "Villeurbanne", "Paris"}}
			of := unknown
			of.Value, of.Fix, of.Names, of.Limit = "Pari", "", nil, plan.MostValues
			s.Report.File = []problem.Problem{unknown, of}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := checkScreen()
			s.ProblemsPath = ""
			s.AnswerCommand = func(answers ...problem.Answer) campaign.Command { return and(s.SendCommand, answers[0].Words()...) }
			change(&s)
			golden(t, name, screen(func(b Face) { Check(b, s) }))
		})
	}
}

func TestConfirmOfAChoice(t *testing.T) {
	r := consents(plan.ConsentRequired, plan.ConsentIsNone)
	r.Filter = []plan.FilterReport{lyon()}
	r.Skipped = map[string]int{outcome.CauseFiltered: 3012, outcome.CauseNoConsent: 65}
	p := newProposal(r, at(20, 10, 42))
	golden(t, "confirm-consent.txt", screen(func(b Face) { Propose(b, maison, p) }))
}

func TestUpdatingOfAChoice(t *testing.T) {
	r := consents(plan.ConsentRequired)
	r.Filter = []plan.FilterReport{lyon()}
	r.Skipped = map[string]int{outcome.CauseFiltered: 3012, outcome.CauseNoConsent: 65}
	c := record.Campaign{Name: "novembre", CreatedAt: at(20, 10, 42), Definition: record.Definition{File: record.Audience{Name: "novembre.csv"}}}
	p := updateProposal(c, campaign.FileChanges{Changes: record.Changes{Rows: 4212, Same: 1094, Allowed: 41, Skipped: 3077},
		First: record.FirstRows{Allowed: []int{7, 12, 30}, Skipped: []int{2, 3, 4}}})
	p.Shown = r
	golden(t, "updating-consent.txt", screen(func(b Face) { Propose(b, maison, p) }))
}

// A condition reads as what a cell has to be.
func TestConditionText(t *testing.T) {
	for want, c := range map[string]record.Condition{
		`D is "Lyon"`:                           {Values: []string{" Lyon "}},
		`D is "Lyon", "Paris" or empty`:         {Values: []string{"Lyon", "Paris", ""}},
		`D is not empty`:                        {Not: true, Values: []string{" "}},
		`D is none of "Lyon", "Nice" and empty`: {Not: true, Values: []string{"Lyon", "Nice", ""}},
	} {
		if got := conditionText(words.English(), "D", c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
