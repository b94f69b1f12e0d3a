package screen

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
	"kanal-campaign/campaign/trouble"
	"kanal-campaign/reports/words"
)

// stopAt is where the texts of a stop start.
const stopAt = 17

// showStop is the screen of a run that stopped by itself: what Kanal said, what it means, how far the campaign is, and
// how to go on.
func (s SummaryScreen) showStop(p *page) {
	code := s.stopCode(p.Words)
	facts := s.stopFacts(p.Words, code)
	p.text(0, p.StopHeading(code, facts))
	p.paintSince(0, styleError)
	p.gap()
	switch s.Stop.Code {
	case sending.StopLedger, sending.StopOtherNumber: // what Kanal said is no reason, or stands in the meaning
	case sending.StopNetwork:
		p.field("  "+p.LabelLastError(), stopAt, said(s.Stop.Answer))
	default:
		p.field("  "+p.LabelKanalSaid(), stopAt, said(s.Stop.Answer))
	}
	p.field("  "+p.LabelError(), stopAt, failureText(p.Words, s.Err))
	p.field("  "+p.LabelItMeans(), stopAt, s.stopMeaning(p.Words, code, facts))
	if len(s.Tallies) > 0 {
		p.field("  "+p.LabelSoFar(), stopAt, soFar(p.Words, s.Tallies))
		p.field("  "+p.LabelNotSent(), stopAt, s.notSent(p.Words))
	}
	s.showFiles(p, "  ", stopAt)
	p.text(2, meaningOf(p.Words, s.Mode))
	s.showStopSteps(p, s.stopSteps(p.Words, code, facts))
}

// showStopSteps numbers the steps, where there are several, each with its command.
func (s SummaryScreen) showStopSteps(p *page, steps []advice) {
	p.gap()
	if len(steps) == 1 {
		p.kept("", 0, steps[0].text)
		p.next(2, steps[0].command)
		return
	}
	p.line(p.StopGoOn())
	for i, step := range steps {
		p.kept(fmt.Sprintf("  %d.", i+1), 5, step.text)
		p.next(7, step.command)
	}
}

// stopCode is the code under which the run's end has words.
func (s SummaryScreen) stopCode(w *words.Words) string {
	pending := s.Tallies.Counts()[outcome.Pending]
	switch code := s.Stop.Code; {
	case code == sending.StopHalted:
		return w.HaltWords(s.Stop.Answer.Cause)
	case code == sending.StopNetwork && s.Stop.Never:
		return words.StopNeverReached
	case errors.As(s.Err, new(*trouble.MovedError)):
		return words.StopLedgerMoved
	case errors.As(s.Err, new(*trouble.DamagedError)):
		return words.StopLedgerDamaged
	case code == sending.StopPilot && !s.isPilot(), code == sending.StopDone && pending > 0:
		return words.StopPeopleLeft
	case code == sending.StopDone && s.Untried > 0:
		return words.StopDoubtsLeft
	default:
		return text.Clean(string(code))
	}
}

func (s SummaryScreen) stopFacts(w *words.Words, code string) words.Stop {
	facts := words.Stop{
		Mode: s.Mode.Name(w), Campaign: text.Clean(s.Campaign.Name), Row: w.RowNumber(s.Stop.Row.Number), At: s.timeOf(w, s.Ended),
		Account: text.Clean(s.Campaign.Account), Template: w.InQuotes(s.Campaign.Title), Phone: international(s.Stop.Row.Phone),
		OtherPhone: international(s.Stop.Answer.Phone), Remedy: troubleStep(w, s.Err), Ledger: w.Path(s.ledgerPath()), Count: s.Stop.Count,
	}
	if !s.Stop.Until.IsZero() {
		facts.Until = w.Moment(s.Stop.Until)
	}
	counts := s.Tallies.Counts()
	switch code {
	case string(sending.StopDone):
		facts.Count = counts.Total()
	case string(sending.StopPilot), string(sending.StopInterrupted), words.StopPeopleLeft:
		facts.Count = counts[outcome.Pending]
	case words.StopDoubtsLeft:
		facts.Count = s.Untried
	}
	return facts
}

// stopMeaning is what a stop means, and of a halt that says nothing about the person, that it does not.
func (s SummaryScreen) stopMeaning(w *words.Words, code string, facts words.Stop) string {
	meaning := w.StopMeaning(code, facts)
	switch code {
	case words.StopKeyMissing, words.StopKeyRefused, words.StopNoSubscription, words.StopTemplateNotFound, words.StopWrongAddress:
		meaning += " " + w.StopNobodyElse()
	}
	return meaning
}

// stopSteps are what to do after a stop: each with the command, where there is one, that follows it.
func (s SummaryScreen) stopSteps(w *words.Words, code string, facts words.Stop) []advice {
	var steps []advice
	for _, text := range w.StopSteps(code, facts) {
		steps = append(steps, advice{text: text})
	}
	last := len(steps) - 1
	switch code {
	case words.StopKeyMissing, words.StopKeyRefused:
		text := w.StopNewKey()
		if s.KeyFromEnv {
			text = w.StopNewKeySet()
		}
		return append(steps, advice{text, s.resume()})
	case string(sending.StopLongWait):
		steps[0].command, steps[1].command = s.resume(), s.resume("--ask-now")
	case string(sending.StopEarlierRun):
		steps[0].command, steps[1].command = s.resume("--continue-earlier"), s.Other
		if len(s.Other) == 0 {
			return steps[:1]
		}
	case words.StopLedgerMoved, words.StopLedgerDamaged:
		steps[1].command, steps[2].command = s.resume(), s.command("resume", "--from", s.Results.Path)
	case words.StopTemplateDisabled: // nothing goes on with it
	default:
		steps[last].command = s.resume()
	}
	return steps
}

// ledgerPath is where the ledger is that failed.
func (s SummaryScreen) ledgerPath() string {
	var disk *trouble.DiskError
	var moved *trouble.MovedError
	var damaged *trouble.DamagedError
	switch {
	case errors.As(s.Err, &disk):
		return disk.Path
	case errors.As(s.Err, &moved):
		return moved.Path
	case errors.As(s.Err, &damaged):
		return damaged.Path
	}
	return s.Ledger
}

// timeOf is a time of day, with its day when the run went past midnight.
func (s SummaryScreen) timeOf(w *words.Words, t time.Time) string {
	if s.Started.Format(time.DateOnly) == s.Ended.Format(time.DateOnly) {
		return w.Clock(t)
	}
	return w.Moment(t)
}

// international writes a number's digits as people dial them.
func international(digits string) string {
	if digits == "" {
		return ""
	}
	return "+" + text.Clean(digits)
}

// said is what Kanal, or the network, said last: 401 "Invalid API key".
func said(a outcome.Answer) string {
	if a.Text == "" {
		return a.Code
	}
	return strings.TrimSpace(a.Code + " " + `"` + text.Shorten(text.Clean(a.Text), 200) + `"`)
}

func (s SummaryScreen) notSent(w *words.Words) string {
	counts := s.Tallies.Counts()
	n, accepted := counts[outcome.Pending], counts.Accepted()
	switch {
	case n == 0:
		return w.Nobody()
	case accepted == 0:
		return w.SummaryNotSent(n)
	}
	return w.SummaryNotSent(n) + " " + w.SummaryRepeatsNone(accepted)
}
