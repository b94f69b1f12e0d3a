package screen

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// StatusOne shows one campaign in full, with its runs, given with the oldest first.
func StatusOne(f Face, s StatusLine, runs []record.Run) {
	const at = 10
	p := f.page()
	c := s.Campaign
	p.title(s.Mode, func(mode string) string { return f.StatusOneTitle(mode, text.Clean(c.Name), f.State(s.state())) })
	p.gap()
	p.field(messageLabel(p.Words, c.Kind), at, messageText(p.Words, c.Kind, c.Title, c.Of))
	showPlannedText(p, at, c)
	p.field(f.LabelFrom(), at, f.WhatsappNumber(text.Clean(c.Account)))
	p.words(f.LabelFile(), at, unbroken(c.File.Name))
	filter, consent := plannedChoice(p.Words, c.Settings)
	p.field(f.LabelFilter(), at, filter)
	p.field(f.LabelConsent(), at, consent)
	p.field(f.LabelPlanned(), at, f.MomentInZone(f.Dated(c.CreatedAt), f.Zone(c.CreatedAt)))
	if !c.FinishedAt.IsZero() {
		p.field(f.LabelFinished(), at, f.Dated(c.FinishedAt))
	}
	if r := s.Running; r != (record.Run{}) {
		p.field(f.LabelRunning(), at, f.StatusRunning(strconv.Itoa(r.PID), text.Clean(r.Computer), f.Dated(r.StartedAt), text.Clean(r.Person)))
	}
	if n := s.Tallies.Forgotten(); n > 0 {
		p.field(f.LabelForgotten(), at, f.StatusForgotten(n))
	}
	p.gap()
	showTallies(p, s.Tallies)
	p.line(meaningOf(p.Words, s.Mode))
	s.showRuns(p, runs)
	p.gap()
	p.path(f.LabelRows(), 13, s.Mode.Place(c.OutDir, c.Name).Results())
	s.showNext(p)
	p.show()
}

// showPlannedText shows the text of a campaign's message, with its placeholders.
func showPlannedText(p *page, at int, c record.Campaign) {
	if m, err := message.MessageOf(c); err == nil {
		showText(p, at, m.Skeleton())
	}
}

// showText shows the lines of a message behind bars, all of them.
func showText(p *page, at int, shown string) {
	if strings.TrimSpace(shown) == "" {
		return
	}
	for _, paragraph := range strings.Split(strings.TrimSpace(shown), "\n") {
		for _, line := range wrap(text.Clean(paragraph), screenWidth-at-2) {
			p.line(pad("", at), "| ", line)
		}
	}
}

// showNext shows how a campaign that nobody carries out goes on, and of a finished one what can be done about its rows.
func (s StatusLine) showNext(p *page) {
	end := SummaryScreen{Session: s.Session,
		Summary: campaign.Summary{Campaign: s.Campaign, Tallies: s.Tallies, Hours: s.Hours, Rest: s.Rest}}
	next := end.goOn(p.Face)
	switch state := s.state(); {
	case state == stateRunning:
		return
	case state == stateFinished:
		showSteps(p, end.advices(p.Words))
		return
	case s.Hours.Exceeds(end.next()), s.Rest > 0:
	case state == stateNotBegun:
		next.text = p.GoOnNotBegun()
	default:
		next.text = p.GoOnStopped()
	}
	showSteps(p, []advice{next})
}

// mostRuns is how many runs are shown: the first one, and the last ones.
const mostRuns = 10

func (s StatusLine) showRuns(p *page, runs []record.Run) {
	if len(runs) == 0 {
		return
	}
	p.gap()
	p.line(p.LabelRuns())
	if hidden := len(runs) - mostRuns; hidden > 0 {
		s.showRun(p, runs[0])
		p.line("  ", p.RunsMore(hidden))
		runs = slices.Clone(runs[hidden+1:])
	}
	for _, r := range runs {
		s.showRun(p, r)
	}
}

func (s StatusLine) showRun(p *page, r record.Run) {
	end, confirmed := p.RunEnd(words.EndedSuddenly), ""
	switch {
	case s.Running.ID == r.ID && s.Running.ID != 0:
		end = p.RunEnd(words.StillRunning)
	case sendsNothing(r.Stopped):
		end = p.RunEnd(r.Stopped)
	case !r.EndedAt.IsZero():
		end = runUntil(p.Words, r)
	}
	// Else it went on with what had been confirmed; in a rehearsal nobody is asked.
	if r.Confirmed > 0 && !sendsNothing(r.Stopped) && s.Mode != Sandbox {
		confirmed = p.Number(r.Confirmed)
	}
	p.field("  "+p.Dated(r.StartedAt), 26, p.RunLine(text.Clean(r.Command), end, confirmed, text.Clean(r.Person), text.Clean(r.Computer)))
}

// runUntil says until when a run went, and how it ended.
func runUntil(w *words.Words, r record.Run) string {
	at, end := w.Clock(r.EndedAt), ""
	if r.EndedAt.Format(time.DateOnly) != r.StartedAt.Format(time.DateOnly) {
		at = w.Moment(r.EndedAt)
	}
	if r.Stopped != "" {
		end = text.Clean(w.RunEnd(r.Stopped))
	}
	return w.RunUntil(at, end)
}
