package cli

import (
	"context"
	"fmt"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/sending"
	"path/filepath"
	"slices"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

// newPlan says what is to be planned, as the flags have it; read does it.
func (s *session) newPlan(name, path string, m message.Message, settings record.Settings) (*campaign.Plan, error) {
	return campaign.NewPlan(s.planned(name), name, path, m, settings)
}

// read reads a plan: see campaign.Desk.ReadPlan.
func (s *session) read(ctx context.Context, p *campaign.Plan, sink func(record.Row) error) error {
	err := s.ReadPlan(ctx, p, s.reading(p), sink)
	s.tellUnwritten(p)
	return err
}

// tellUnwritten says why a plan's problems are in no file.
func (s *session) tellUnwritten(p *campaign.Plan) {
	if p.Unwritten != nil { // the screen still tells the first of each kind
		fmt.Fprintf(s.Err, "The list of all problems could not be written into %s: %v. Name another folder with --out DIR.\n\n",
			reports.Clean(p.OutDir), reports.RootCause(s.Err.Words, p.Unwritten))
	}
}

// reading shows how far a plan's file is read.
func (s *session) reading(p *campaign.Plan) *reports.Reading {
	return reports.NewReading(s.Err, filepath.Base(p.Path), reports.ProgressOptions{
		Terminal: s.ErrTerminal, Width: s.Width, Plain: s.plain, Quiet: s.quiet || s.format == "json",
	})
}

// verdict is the exit code with which a plan keeps itself from being sent; exitOK for one that may be.
func verdict(p *campaign.Plan, skipInvalid bool) int {
	if class, blocked := p.Blocked(skipInvalid); blocked {
		return exitForClass(class)
	}
	return exitOK
}

// checkScreen is what people see of the plan.
func (s *session) checkScreen(p *campaign.Plan, next []string) reports.CheckScreen {
	screen := reports.CheckScreen{
		Mode: s.mode, File: filepath.Base(p.Path), Columns: p.Columns, Message: p.Message, Report: p.Report,
		Problems: p.ColumnIssues, Rate: s.rate, Start: time.Now(), Repeats: p.Repeats, ProblemsPath: p.ProblemsPath,
		Dialect: p.File.Dialect(), EncodingGuessed: p.File.EncodingGuessed(), Accents: p.File.Accents(),
		Header: p.File.Header(), SkipInvalid: p.Settings.SkipInvalid,
		Hours: p.Hours,
	}
	screen.Sheet, screen.Sheets = p.File.Sheet()
	if p.Report != nil {
		screen.Rows = p.Report.Rows
		window, toSend := p.Window, p.Report.Sendable
		if p.Ahead != nil {
			window, toSend = p.Ahead.Window, p.Ahead.Messages()
		}
		screen.Window = windowScreen(window.Forecast(toSend, s.rate, screen.Start))
	}
	again := s.sendWords(p.Path)
	again = append([]string{"check"}, again[1:len(again)-len(s.firstWords())]...)
	screen.CheckCommand, screen.SendCommand = s.command(again...), s.command(next...)
	skip := next
	if !p.Settings.SkipInvalid {
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
	if s.duplicates != record.DuplicatesError {
		add("--duplicates", s.duplicates)
	}
	if s.rate != sending.DefaultRate {
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
