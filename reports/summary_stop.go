package reports

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// stopAt is where the texts of a stop start.
const stopAt = 17

// showStop is the screen of a run that stopped by itself: what Kanal said, what it means, how far the campaign is, and
// how to go on.
func (s SummaryScreen) showStop(p *page) {
	words, args := s.stopWords(), s.stopArguments()
	p.text(0, string(s.Mode)+": "+fill(words.heading, args))
	p.paintSince(0, styleError)
	p.gap()
	switch s.Stop.Code {
	case campaign.StopLedger, campaign.StopOtherNumber: // what Kanal said is no reason, or stands in the meaning
	case campaign.StopNetwork:
		p.field("  Last error", stopAt, s.said())
	default:
		p.field("  Kanal said", stopAt, s.said())
	}
	p.field("  "+p.LabelError(), stopAt, failureText(p.Words, s.Err))
	p.field("  It means", stopAt, fill(words.meaning, args))
	if len(s.Tallies) > 0 {
		counts := countsOf(s.Tallies)
		p.field("  So far", stopAt, soFar(p.Words, s.Tallies))
		p.field("  Not sent yet", stopAt, s.notSent(counts))
	}
	s.showFiles(p, "  ", stopAt)
	p.text(2, meaningOf(p.Words, s.Mode))
	if len(words.steps) > 0 {
		p.gap()
		p.line("To go on:")
		s.showSteps(p, words.steps, args)
	}
}

func (s SummaryScreen) stopWords() stopWording {
	switch {
	case s.Stop.Code == campaign.StopHalted:
		if words, known := haltWords[kanal.Cause(s.Stop.Answer.Cause)]; known {
			return words
		}
		return otherHalt
	case s.Stop.Code == campaign.StopNetwork && s.Stop.Never:
		return neverReached
	case errors.As(s.Err, new(*ledger.MovedError)):
		return ledgerGone
	case errors.As(s.Err, new(*ledger.DamagedError)):
		return ledgerBroken
	}
	words, known := stopWords[s.Stop.Code]
	if !known {
		words = stopWording{heading: "{campaign} stopped: " + Clean(string(s.Stop.Code)), steps: []string{stepResume}}
	}
	return words
}

func (s SummaryScreen) stopArguments() arguments {
	return func(name string) string {
		switch name {
		case "campaign":
			return Clean(s.Campaign.Name)
		case "row":
			return rowNumber(s.Stop.Row.Number)
		case "count":
			return strconv.Itoa(s.Stop.Count)
		case "until":
			if s.Stop.Until.IsZero() {
				return ""
			}
			return moment(s.Stop.Until)
		case "account":
			return Clean(s.Campaign.Account)
		case "template":
			return quoted(s.Campaign.Title)
		case "mode":
			return string(s.Mode)
		case "rows":
			return strconv.Itoa(totalOf(countsOf(s.Tallies)))
		case "pending":
			return strconv.Itoa(countsOf(s.Tallies)[outcome.Pending])
		case "untried":
			return strconv.Itoa(s.Untried)
		case "to":
			return s.timeOf(s.Ended)
		case "number":
			return international(s.Stop.Answer.Phone)
		case "phone":
			return international(s.Stop.Row.Phone)
		case "remedy":
			return strings.TrimSuffix(troubleStep(words.English(), s.Err), ".")
		case "ledger":
			return pathWord(s.ledgerPath())
		}
		return ""
	}
}

// ledgerPath is where the ledger is that failed.
func (s SummaryScreen) ledgerPath() string {
	var disk *ledger.DiskError
	var moved *ledger.MovedError
	var damaged *ledger.DamagedError
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
func (s SummaryScreen) timeOf(t time.Time) string {
	if s.Started.Format(time.DateOnly) == s.Ended.Format(time.DateOnly) {
		return clock(t)
	}
	return moment(t)
}

// international writes a number's digits as people dial them.
func international(digits string) string {
	if digits == "" {
		return ""
	}
	return "+" + Clean(digits)
}

// said is what Kanal, or the network, said last: 401 "Invalid API key".
func (s SummaryScreen) said() string {
	a := s.Stop.Answer
	if a.Text == "" {
		return a.Code
	}
	return strings.TrimSpace(a.Code + " " + `"` + shorten(Clean(a.Text), 200) + `"`)
}

func (s SummaryScreen) notSent(counts map[outcome.Status]int) string {
	n := counts[outcome.Pending]
	if n == 0 {
		return "nobody"
	}
	accepted := counts[outcome.Sent] + counts[outcome.AlreadySent]
	if accepted == 0 {
		return people(n) + ", none lost."
	}
	return fmt.Sprintf("%s, none lost. Resuming repeats none of the %s.", people(n), figure(accepted))
}

// showSteps numbers the steps; a command, which gets the flags of every command here, follows its number, or the step before
// that ends in a colon.
func (s SummaryScreen) showSteps(p *page, steps []string, args arguments) {
	n, open := 0, false
	for _, step := range steps {
		command, isCommand := strings.CutPrefix(step, "$ ")
		switch {
		case step == stepAsksKey:
			p.text(5, s.keyAdvice())
		case isCommand && open:
			p.next(7, s.stepCommand(command))
			open = false
		case isCommand:
			n++
			p.nextAfter(fmt.Sprintf("  %d. ", n), s.stepCommand(command))
		default:
			n++
			text := fill(step, args)
			p.kept(fmt.Sprintf("  %d.", n), 5, text)
			open = strings.HasSuffix(text, ":")
		}
	}
}

// stepCommand is the command of a step, whose text stands for its first words.
func (s SummaryScreen) stepCommand(step string) campaign.Command {
	var words []string
	for _, word := range strings.Fields(step) {
		switch word {
		case "{resume}":
			words = append(words, s.resumeWords()...)
		case "{rebuild}":
			words = append(words, "resume", "--from", s.Results.Path)
		default:
			words = append(words, word)
		}
	}
	return s.command(words...)
}

func (s SummaryScreen) keyAdvice() string {
	text := "It asks for the new key without showing it, unless KANAL_API_KEY is set"
	if s.KeyFromEnv {
		return text + " (it is set now, to the refused key: change or clear it first)."
	}
	return text + "."
}
