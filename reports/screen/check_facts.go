package screen

import (
	"path/filepath"
	"slices"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/problem"
)

// CheckOf is what people see of a plan that would be sent from start on. next spells the command that sends it.
func CheckOf(s Session, p *campaign.Plan, window *hours.WindowForecast, next []string, start time.Time) CheckScreen {
	shown := CheckScreen{
		Plan: *p, Mode: s.Mode, File: filepath.Base(p.Path), Start: start, Window: window,
		Dialect: p.File.Dialect(), EncodingGuessed: p.File.EncodingGuessed(), Accents: p.File.Accents(), Header: p.File.Header(),
		HeaderRow:    p.File.HeaderRow(),
		CheckCommand: s.command(p.Request.CheckWords()...), SendCommand: s.command(next...),
	}
	shown.Sheet, shown.Sheets = p.File.Sheet()
	if p.Report != nil {
		shown.Rows = p.Report.Rows
	}
	for _, proposed := range p.Proposed {
		shown.Proposed = append(shown.Proposed, ProposedCommand{Proposed: proposed, Command: s.command(p.Request.ProposedWords(proposed)...)})
	}
	if len(p.Repeats) > 0 {
		r := p.RefusedRepeats(s.command, next)
		shown.Others, shown.RepeatCommands = r.Others, r.Next
	}
	skip := next
	if !p.Settings.SkipInvalid {
		skip = append(slices.Clone(next), "--skip-invalid")
	}
	shown.SkipCommand = s.command(skip...)
	shown.AnswerCommand = func(answers ...problem.Answer) campaign.Command {
		words := slices.Clone(next)
		for _, a := range answers {
			words = without(words, a.Flag) // it says all that the flag is to say
			words = append(words, a.Words()...)
		}
		return s.command(words...)
	}
	return shown
}

// without are the words of a command but for a flag and its values.
func without(words []string, flag string) (rest []string) {
	for i := 0; i < len(words); i++ {
		if words[i] == flag {
			i++
			continue
		}
		rest = append(rest, words[i])
	}
	return rest
}
