package screen

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// SummaryScreen is the end of a run.
type SummaryScreen struct {
	Session
	campaign.Summary
	Report     record.File // the HTML report; without a path when it could not be written
	ReportErr  error       // why not
	KeyFromEnv bool        // the API key came from KANAL_API_KEY
}

// isPilot reports whether --first was about the campaign's first messages, and not about a day's.
func (s SummaryScreen) isPilot() bool { return s.Part == campaign.PartPilot }

// meaningOf says, in every summary, what accepted means.
func meaningOf(w *words.Words, mode Mode) string {
	if mode == Sandbox {
		return w.RehearsalMeans()
	}
	return w.AcceptedMeans()
}

// Summary shows how a run ended: what became of every row, where the results are, and what to do next.
func Summary(f Face, s SummaryScreen) {
	p := f.page()
	switch s.Stop.Code {
	case sending.StopDone, sending.StopPilot, sending.StopInterrupted:
		s.showEnd(p)
	default:
		s.showStop(p)
	}
	p.show()
}

// showEnd is the screen of a run that ended as it was asked to.
func (s SummaryScreen) showEnd(p *page) {
	s.showHeading(p)
	s.showRetried(p)
	showTallies(p, s.Tallies)
	p.line(meaningOf(p.Words, s.Mode))
	s.showTried(p)
	p.gap()
	p.field(p.LabelError(), 13, failureText(p.Words, s.Err))
	s.showFiles(p, "", 13)
	s.showNext(p)
}

// shortRun is a run of which the minutes of its start and end say too little.
const shortRun = 10 * time.Minute

// showHeading shows how the run ended and, in brackets that stay together, from when to when it went.
func (s SummaryScreen) showHeading(p *page) {
	times := p.RunFromTo(s.timeOf(p.Words, s.Started), s.timeOf(p.Words, s.Ended))
	if took := s.Ended.Sub(s.Started); took < shortRun {
		times = p.RunTook(s.timeOf(p.Words, s.Started), p.Duration(took))
	}
	code := s.stopCode(p.Words)
	p.withMode(s.Mode, func(p *page, mode string) {
		facts := s.stopFacts(p.Words, code)
		facts.Mode = mode
		p.words("", 0, append(strings.Fields(p.StopHeading(code, facts)), times))
	})
}

// showRetried says what trying again has brought: the figures below are the campaign's.
func (s SummaryScreen) showRetried(p *page) {
	if s.Retried == nil {
		return
	}
	var parts []string
	for _, status := range outcome.Statuses {
		if n := s.Retried[status]; n > 0 {
			parts = append(parts, p.Retried(n, status))
		}
	}
	p.text(0, p.SummaryRetried(strings.Join(parts, ", ")))
}

func (s SummaryScreen) showTried(p *page) {
	if s.Stop.Code != sending.StopPilot {
		return
	}
	for _, row := range s.Tried {
		sentence := pad(p.Status(row.State.Status), 18)
		if row.MessageID != "" {
			sentence += " " + p.PilotMessage(text.Clean(messageID(row.MessageID, s.Mode)))
		}
		p.line("  ", pad(p.PilotRow(p.RowNumber(row.Number)), 11), " ", pad(number.Mask(row.Phone), 8), " ", sentence)
	}
	if s.MoreTried > 0 {
		p.line("  ", p.PilotMore(s.MoreTried))
	}
}

// showFiles says where the results and the log are.
func (s SummaryScreen) showFiles(p *page, margin string, at int) {
	s.showFile(p, margin+p.LabelRows(), at, s.Results)
	s.showFile(p, margin+p.LabelReport(), at, s.Report)
	if s.ReportErr != nil {
		p.field(margin+p.LabelReport(), at, ReportUnwritten(p.Face, s.ReportErr, s.Campaign.OutDir))
		p.next(at, s.command("report", s.Campaign.Name))
	}
	p.path(margin+p.LabelLog(), at, s.LogPath)
}

func (s SummaryScreen) showFile(p *page, label string, at int, file record.File) {
	if file.Path == "" {
		return
	}
	p.path(label, at, file.Path)
	switch {
	case file.Locked && s.Campaign.Name == "":
		p.words("", at, wholeIn(p.FileLockedAgain, file.Wanted))
	case file.Locked:
		p.words("", at, wholeIn(p.FileLocked, file.Wanted))
		p.next(at, s.command("report", s.Campaign.Name))
	}
	if file.Foreign {
		p.words("", at, wholeIn(p.FileForeign, file.Wanted))
	}
}

// wholeIn are the words of a sentence about a text of which no line is to break.
func wholeIn(sentence func(string) string, whole string) []string {
	const place = "\uE000" // for private use: it stands in no sentence
	words := strings.Fields(sentence(place))
	for i, word := range words {
		words[i] = strings.ReplaceAll(word, place, text.Clean(whole))
	}
	return words
}

// showNext says what can be done now, each with its command.
func (s SummaryScreen) showNext(p *page) { showSteps(p, s.nextSteps(p.Face)) }

// nextSteps are what can be done after a run: go on while there is something to send, and only then the rest.
func (s SummaryScreen) nextSteps(f Face) []advice {
	counts := s.Tallies.Counts()
	switch {
	case counts[outcome.Pending] > 0 && s.isPilot() && s.Stop.Code == sending.StopPilot && s.Mode == Live:
		return []advice{{text: f.GoOnLook()}, s.goOn(f)}
	case counts[outcome.Pending] > 0:
		return []advice{s.goOn(f)}
	case s.Untried > 0, s.Stop.Code == sending.StopInterrupted && counts[outcome.Unknown] > 0:
		return []advice{{f.GoOnDoubts(), s.command("resume", s.Campaign.Name)}}
	}
	return s.advices(f.Words)
}

// next is how many people the next run is to send to: all who are left, or what is left of a part.
func (s SummaryScreen) next() int {
	pending := s.Tallies.Counts()[outcome.Pending]
	if s.Rest > 0 {
		return min(pending, s.Rest)
	}
	return pending
}

// resume is the command that goes on, with as many people as the daily cap leaves.
func (s SummaryScreen) resume(flags ...string) campaign.Command {
	words := []string{"resume", s.Campaign.Name}
	if part := cmp.Or(s.Hours.Part(s.next()), s.Rest); part > 0 {
		words = append(words, "--first", strconv.Itoa(part))
	}
	return s.command(append(words, flags...)...)
}

// goOn sends the rest, or what a day may take of it.
func (s SummaryScreen) goOn(f Face) advice {
	return advice{s.goOnText(f), s.resume()}
}

func (s SummaryScreen) goOnText(f Face) string {
	people := s.next()
	switch portion := s.Hours.Portion(people); {
	case portion > 0:
		return f.GoOnPortion(portion, f.Number(s.Hours.DailyCap))
	case s.Hours.Exceeds(people):
		return f.GoOnLater(s.Hours.DailyCap, f.Moment(s.Hours.Frees(people)))
	case s.Rest > 0 && s.isPilot():
		return f.GoOnPilot(s.Rest)
	case s.Rest > 0:
		return f.GoOnPart(s.Rest)
	case s.Stop.Code == sending.StopInterrupted:
		return f.GoOnStopped()
	}
	return f.GoOnRest()
}
