package campaign

import (
	"errors"
	"slices"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// mapColumns finds the columns that the plan's message needs. Where the settings leave open which column has the numbers,
// what the columns hold is looked at.
func (p *Plan) mapColumns(file *audience.File) (plan.Columns, []problem.Problem) {
	if p.survey == nil && p.Settings.PhoneColumn == "" && p.Settings.FoundPhone == "" {
		p.survey = plan.SurveyColumns(p.Open, p.Settings)
	}
	return plan.MapColumns(file.Header(), p.Message, p.Settings, p.survey)
}

// lacksCountry reports whether rows have national numbers, and nothing tells their country.
func (p *Plan) lacksCountry() bool {
	return p.Settings.Country == "" && p.Settings.CountryColumn == "" && slices.ContainsFunc(p.Report.Groups, func(g plan.Group) bool {
		return g.Code == problem.Code(number.NoCountry)
	})
}

// propose fills in what is unclear about the file. Where its first row, or its first sheet, has no numbers below it, others
// may have.
func (p *Plan) propose() {
	if p.survey == nil {
		p.survey = plan.SurveyColumns(p.Open, p.Settings)
	}
	settings := p.Settings
	if doubt, open := p.File.EncodingDoubt(); open { // the other columns' names are read in it
		settings.Encoding = doubt.Likely
	}
	p.Proposed = plan.Propose(p.survey, p.Message, settings, p.ColumnIssues)
	if p.Readable() || p.survey.FindsNumbers() && len(p.Proposed) > 0 {
		return
	}
	if elsewhere := p.proposeElsewhere(); len(elsewhere) > 0 {
		p.Proposed = elsewhere
	}
}

// proposeOfRows is propose for what only the rows tell: which country their numbers want, and which values a filter.
func (p *Plan) proposeOfRows() {
	where, wrong := p.Report.MendWhere(p.File.Header())
	switch {
	case p.lacksCountry():
		p.propose()
	case wrong:
		p.Proposed = []plan.Proposed{{Settings: p.Settings}}
	}
	for i := range p.Proposed {
		if wrong {
			p.Proposed[i].Settings.Where = where
		}
	}
}

// mostSheets is how many sheets of a workbook are looked at for the one with the people.
const mostSheets = 20

// proposeElsewhere reads the file from a header further down, and its other sheets, and proposes the first that has numbers.
func (p *Plan) proposeElsewhere() []plan.Proposed {
	sheets := []string{p.Settings.Sheet}
	if others, err := p.otherSheets(); err == nil && p.Settings.Sheet == "" {
		sheets = append(sheets, others...)
	}
	for i, sheet := range sheets {
		opts := p.audienceOptions()
		opts.Sheet, opts.HeaderRow = sheet, 0
		rows := audience.LikelyHeaders(p.Path, opts)
		if i > 0 {
			rows = append([]int{0}, rows...)
		}
		for _, row := range rows {
			settings := p.Settings
			settings.Sheet, settings.HeaderRow = sheet, row
			if found := p.proposeWith(settings); len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

func (p *Plan) otherSheets() ([]string, error) {
	opts := p.audienceOptions()
	opts.Headerless = true
	file, err := audience.Open(p.Path, opts)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	open, _ := file.Sheet()
	sheets := slices.DeleteFunc(file.Sheets(), func(name string) bool { return name == open })
	return sheets[:min(len(sheets), mostSheets)], nil
}

// proposeWith is what is proposed of the file as other settings read it; none unless it has numbers then.
func (p *Plan) proposeWith(s record.Settings) []plan.Proposed {
	other := Plan{Path: p.Path, Message: p.Message, Settings: s}
	survey := plan.SurveyColumns(other.Open, s)
	if survey == nil || !survey.FindsNumbers() {
		return nil
	}
	_, issues := plan.MapColumns(survey.Header(), p.Message, s, survey)
	return plan.Propose(survey, p.Message, s, issues)
}

// headerFaults are those of files whose names of columns may stand elsewhere.
var headerFaults = []audience.Code{audience.HeaderEmpty, audience.FileNoHeader, audience.FileNoRows, audience.HeaderRowEmpty}

// unread tells, of a file that cannot be read as a table, how it may be meant.
func (d *Desk) unread(p *Plan, err error) error {
	var fault *audience.Fault
	if !errors.As(err, &fault) || !slices.Contains(headerFaults, fault.Code) {
		return err
	}
	if found := p.proposeElsewhere(); len(found) > 0 {
		unread := &UnreadError{Err: err}
		for _, proposed := range found {
			unread.Next = append(unread.Next, d.Command(p.Request.ProposedWords(proposed)...))
		}
		return unread
	}
	return err
}

// UnreadError says that a file cannot be read as it was named. Next are commands that read it as it may be meant.
type UnreadError struct {
	Err  error
	Next []Command
}

func (e *UnreadError) Error() string { return e.Err.Error() }

// Unwrap returns why the file cannot be read.
func (e *UnreadError) Unwrap() error { return e.Err }

// ProposedWords spell the command that was given, with what is proposed.
func (r Request) ProposedWords(p plan.Proposed) []string {
	r.Settings = p.Settings
	if r.Command == "check" {
		return r.CheckWords()
	}
	return r.SendWords()
}

// proposeListColumn adds to the refusal of a list, of which it is unclear in which column its numbers stand, the command that
// names the likeliest.
func (d *Desk) proposeListColumn(p *Plan, err error) error {
	var refused *Refusal
	if !errors.As(err, &refused) || refused.Code != RefusedListUnreadable || len(refused.Problems) != 1 {
		return err
	}
	wrong := refused.Problems[0]
	at := slices.Index(p.Request.Lists.Paths, refused.Path)
	if at < 0 || wrong.Fix == "" || wrong.Code != plan.PhoneColumnAmbiguous && wrong.Code != plan.PhoneColumnMissing {
		return err
	}
	asked := p.Request
	asked.Lists.Paths = slices.Clone(asked.Lists.Paths)
	asked.Lists.Paths[at] = refused.Path + ":" + wrong.Fix
	refused.Next = []Command{d.Command(asked.ProposedWords(plan.Proposed{Settings: asked.Settings})...)}
	return err
}
