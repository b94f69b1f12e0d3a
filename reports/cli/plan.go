package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

// plan is an audience that was read to its end and judged against a message, or that could not be.
type plan struct {
	name         string // of the campaign
	path         string
	outDir       string
	message      campaign.Message
	settings     ledger.Settings
	file         *audience.File
	columns      campaign.Columns
	columnIssues []problem.Problem // errors here mean that no row was read
	report       *campaign.Report
	repeats      []ledger.Repeats
	matches      *ledger.MatchFinder    // compares it with the campaign that has its name; nil without one
	apart        *ledger.Apart          // the plan beside that campaign, where its file is another one; else nil
	ahead        *campaign.Selection    // what would be sent now of that campaign; nil where it is not gone on with
	lists        *campaign.Lists        // of people to whom nothing is sent; nil without lists
	window       *campaign.WindowPeople // the people to be sent to, by their clocks; nil without a window
	hours        campaign.HoursVerdict  // by which messages to these people are judged
	problemsPath string                 // empty when no problems file was written
}

// newPlan says what is to be planned; read does it.
func (s *session) newPlan(name, path string, m campaign.Message, settings ledger.Settings) (*plan, error) {
	dir, err := s.outDir(path)
	if err != nil {
		if missing := fileMissing(path); missing != nil { // then its folder is nothing to create
			return nil, missing
		}
		return nil, err
	}
	if _, err := campaign.HolidayList(settings, s.holidays != ""); err != nil { // before a long file is read
		return nil, err
	}
	return &plan{name: name, path: path, outDir: dir, message: m, settings: settings}, nil
}

// fileMissing is the error of an audience that is not there; nil for one that is.
func fileMissing(path string) error {
	file, err := audience.Open(path, audience.Options{})
	if err == nil {
		return file.Close()
	}
	var fault *audience.Fault
	if errors.As(err, &fault) && fault.Code == audience.FileMissing {
		return err
	}
	return nil
}

// read reads and judges the whole file, gives every row to sink, finds repeats, and writes the problems file.
func (s *session) read(ctx context.Context, p *plan, sink func(ledger.Row) error) error {
	reading := s.reading(p)
	defer reading.Close()
	var err error
	if p.file, err = p.open(); err != nil {
		return err
	}
	defer p.file.Close()
	p.columns, p.columnIssues = campaign.MapColumns(p.file.Header(), p.message, p.settings)
	if !p.readable() {
		return nil
	}
	p.settings = p.columns.Freeze(p.settings, p.file.Header())
	check := &campaign.Check{Message: p.message, Campaign: p.name, Settings: p.settings, Columns: p.columns, Header: p.file.Header(),
		Open: p.open}
	if check.LeftOut, err = s.leftOut(ctx, p); err != nil {
		return err
	}
	if p.window, err = campaign.NewWindowPeople(p.settings); err != nil {
		return err
	}
	repeats, err := s.ledger.RepeatFinder(ctx, p.name)
	if err != nil {
		return err
	}
	problems, unwritable := record.NewProblems(ctx, s.ledger, s.mode.Place(p.outDir, p.name), s.Out.Words)
	if unwritable == nil {
		defer problems.Discard()
	}
	p.columns.Watch(p.file)
	p.report, err = check.Run(ctx, p.file.Rows(), func(row ledger.Row) error {
		reading.Row()
		if err := p.count(ctx, row, repeats); err != nil {
			return err
		}
		if unwritable == nil {
			unwritable = problems.Add(row.Problems)
		}
		return sink(row)
	})
	if err != nil {
		return err
	}
	p.columns.Country = p.report.CountryColumn
	p.report.File = slices.Concat(p.report.File, p.lists.Problems(p.settings.Suppress),
		campaign.SheetNotes(p.file))
	reading.Close()
	s.keepProblems(p, problems, unwritable)
	if err := s.Note(ctx, p.name, p.path, p.problemsPath); err != nil {
		return err
	}
	if err := s.NotePlace(ctx, p.name, p.outDir, s.textFile, p.settings); err != nil {
		return err
	}
	if p.hours, err = s.judgedBy(ctx, p.settings, p.report.Countries); err != nil {
		return err
	}
	p.repeats, err = repeats.Found(ctx)
	return err
}

// count counts a row that is to be sent among the crowd, and looks for its message in other campaigns and in its own.
func (p *plan) count(ctx context.Context, row ledger.Row, repeats *ledger.RepeatFinder) error {
	if row.ContentID == uuid.Nil {
		return nil
	}
	p.window.Add(row.Phone)
	for _, id := range p.message.ContentIDs(row) {
		if err := repeats.Add(ctx, id); err != nil {
			return err
		}
	}
	if p.matches == nil {
		return nil
	}
	return p.matches.Add(ctx, row.ContentID)
}

// keepProblems puts the list of problems in its place, or says why there is none.
func (s *session) keepProblems(p *plan, problems *record.Problems, unwritable error) {
	written := false
	if unwritable == nil {
		written, unwritable = problems.Commit(p.file.Dialect())
	}
	if written {
		p.problemsPath = problems.Path()
	}
	if unwritable != nil && p.report.Errors() > 0 { // the screen still tells the first of each kind
		fmt.Fprintf(s.Err, "The list of all problems could not be written into %s: %v. Name another folder with --out DIR.\n\n",
			reports.Clean(p.outDir), reports.RootCause(s.Err.Words, unwritable))
	}
}

// open opens the plan's file as its settings say.
func (p *plan) open() (*audience.File, error) {
	opts, err := audienceOptions(p.settings.Delimiter, p.settings.Encoding)
	if err != nil {
		return nil, err
	}
	opts.Sheet = p.settings.Sheet
	return audience.Open(p.path, opts)
}

// reading shows how far a plan's file is read.
func (s *session) reading(p *plan) *reports.Reading {
	return reports.NewReading(s.Err, filepath.Base(p.path), reports.ProgressOptions{
		Terminal: s.ErrTerminal, Width: s.Width, Plain: s.plain, Quiet: s.quiet || s.format == "json",
	})
}

// readable reports whether the columns were found, so that rows could be judged.
func (p *plan) readable() bool {
	return !problem.HasError(p.columnIssues)
}

// verdict is the exit code with which the plan keeps itself from being sent; exitOK for one that may be.
func (p *plan) verdict(skipInvalid bool) int {
	if !p.readable() || p.report.Sendable == 0 || p.report.Invalid > 0 && !skipInvalid || p.has(problem.Error) {
		return exitCheck
	}
	if p.has(problem.Decision) {
		return exitDecision
	}
	return exitOK
}

// has reports whether the file as a whole has a problem of that severity.
func (p *plan) has(severity problem.Severity) bool {
	of := func(i problem.Problem) bool { return i.Severity == severity }
	return slices.ContainsFunc(p.columnIssues, of) || slices.ContainsFunc(p.report.File, of)
}

// dropDecisions takes the decisions for made: sending the file goes on with a campaign as it was planned.
func (p *plan) dropDecisions() {
	is := func(i problem.Problem) bool { return i.Severity == problem.Decision }
	p.columnIssues = slices.DeleteFunc(p.columnIssues, is)
	if p.report != nil {
		p.report.File = slices.DeleteFunc(p.report.File, is)
	}
}

// definition freezes what the campaign is planned from.
func (p *plan) definition(client interface{ BaseURL() string }) (ledger.Definition, error) {
	message, err := json.Marshal(p.message)
	if err != nil {
		return ledger.Definition{}, err
	}
	path, err := filepath.Abs(p.path)
	if err != nil {
		return ledger.Definition{}, err
	}
	return ledger.Definition{
		Kind: string(p.message.Kind), Of: p.message.Of(), Title: p.message.Title(), Message: message,
		Fields: p.message.FieldNames(), Settings: p.settings,
		File: ledger.File{
			Name: filepath.Base(p.path), Path: path, SHA256: p.file.SHA256(),
			Dialect: p.file.Dialect(), Header: p.file.Header(), Rows: p.report.Rows,
		},
		OutDir: p.outDir, APIURL: client.BaseURL(),
	}, nil
}

// checkScreen is what people see of the plan.
func (s *session) checkScreen(p *plan, next []string) reports.CheckScreen {
	screen := reports.CheckScreen{
		Mode: s.mode, File: filepath.Base(p.path), Columns: p.columns, Message: p.message, Report: p.report,
		Problems: p.columnIssues, Rate: s.rate, Start: time.Now(), Repeats: p.repeats, ProblemsPath: p.problemsPath,
		Dialect: p.file.Dialect(), EncodingGuessed: p.file.EncodingGuessed(), Accents: p.file.Accents(),
		Header: p.file.Header(), SkipInvalid: p.settings.SkipInvalid,
		Hours: p.hours,
	}
	screen.Sheet, screen.Sheets = p.file.Sheet()
	if p.report != nil {
		screen.Rows = p.report.Rows
		window, toSend := p.window, p.report.Sendable
		if p.ahead != nil {
			window, toSend = p.ahead.Window, p.ahead.Messages()
		}
		screen.Window = windowScreen(window.Forecast(toSend, s.rate, screen.Start))
	}
	again := s.sendWords(p.path)
	again = append([]string{"check"}, again[1:len(again)-len(s.firstWords())]...)
	screen.CheckCommand, screen.SendCommand = s.command(again...), s.command(next...)
	skip := next
	if !p.settings.SkipInvalid {
		skip = append(slices.Clone(next), "--skip-invalid")
	}
	screen.SkipCommand = s.command(skip...)
	screen.AnswerCommand = func(answers ...problem.Answer) campaign.Command {
		words := slices.Clone(next)
		for _, a := range answers {
			words = append(words, a.Words()...)
		}
		return s.command(words...)
	}
	return screen
}

// sendWords spells the send command that has the same meaning as the flags of this one.
func (s *session) sendWords(path string) []string {
	words := []string{"send", path}
	add := func(flag, value string) {
		if value != "" {
			words = append(words, flag, value)
		}
	}
	words = append(words, s.messageWords()...)
	add("--country", s.country)
	for _, pair := range s.mapping {
		add("--map", pair)
	}
	add("--phone-column", s.phoneColumn)
	add("--country-column", s.countryColumn)
	add("--bare-numbers", s.bareNumbers)
	add("--name-column", s.nameColumn)
	add("--email-column", s.emailColumn)
	add("--delimiter", s.delimiter)
	add("--encoding", s.encoding)
	add("--sheet", s.sheet)
	add("--campaign", s.campaign)
	add("--out", s.out)
	if s.duplicates != campaign.DuplicatesError {
		add("--duplicates", s.duplicates)
	}
	if s.rate != campaign.DefaultRate {
		add("--rate", fmt.Sprint(s.rate))
	}
	words = append(words, s.choiceWords()...)
	words = append(words, s.whenWords()...)
	words = append(words, s.hoursWords()...)
	if s.acceptPossible {
		words = append(words, "--accept-possible")
	}
	if s.skipInvalid {
		words = append(words, "--skip-invalid")
	}
	return append(words, s.firstWords()...)
}
