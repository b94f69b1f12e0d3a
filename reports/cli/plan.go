package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/reports/screen"
)

// tellUnwritten says why a plan's problems are in no file.
func (s *session) tellUnwritten(p *campaign.Plan) {
	if p.Unwritten != nil { // the screen still tells the first of each kind
		s.Err.Tell(s.Err.ProblemsUnwritten(s.Err.Path(p.OutDir), screen.RootCause(s.Err.Words, p.Unwritten).Error()))
		fmt.Fprintln(s.Err)
	}
}

// reading shows how far a plan's file is read.
func (s *session) reading(p *campaign.Plan) campaign.Reading {
	return screen.NewReading(s.Err, filepath.Base(p.Path), screen.ProgressOptions{
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

// sendable is how many messages a plan would send.
func sendable(p *campaign.Plan) int {
	if p.Report == nil {
		return 0
	}
	return p.Report.Sendable
}

// checkScreen is what people see of the plan. next spells the command that sends it.
func (s *session) checkScreen(p *campaign.Plan, window *hours.WindowForecast, next []string) screen.CheckScreen {
	shown := screen.CheckScreen{
		Mode: s.mode, File: filepath.Base(p.Path), Columns: p.Columns, Message: p.Message, Report: p.Report,
		Problems: p.ColumnIssues, Rate: s.rate, Start: time.Now(), Repeats: p.Repeats, ProblemsPath: p.ProblemsPath,
		Dialect: p.File.Dialect(), EncodingGuessed: p.File.EncodingGuessed(), Accents: p.File.Accents(),
		Header: p.File.Header(), SkipInvalid: p.Settings.SkipInvalid, Hours: p.Hours, Window: window,
	}
	shown.Sheet, shown.Sheets = p.File.Sheet()
	if p.Report != nil {
		shown.Rows = p.Report.Rows
	}
	shown.CheckCommand, shown.SendCommand = s.Command(p.Request.CheckWords()...), s.Command(next...)
	skip := next
	if !p.Settings.SkipInvalid {
		skip = append(slices.Clone(next), "--skip-invalid")
	}
	shown.SkipCommand = s.Command(skip...)
	shown.AnswerCommand = func(answers ...problem.Answer) campaign.Command {
		words := slices.Clone(next)
		for _, a := range answers {
			words = append(words, a.Words()...)
		}
		return s.Command(words...)
	}
	return shown
}
