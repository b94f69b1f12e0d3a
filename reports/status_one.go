package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports/words"
)

// StatusOne shows one campaign in full, with its runs, given with the oldest first.
func StatusOne(f Face, s StatusLine, runs []ledger.Run) {
	const at = 10
	p := f.page()
	c := s.Campaign
	p.line(string(s.Mode), ": ", Clean(c.Name), ", ", s.state())
	p.gap()
	p.field(messageLabel(c.Kind), at, messageText(c.Kind, c.Title, c.Of))
	showPlannedText(p, at, c)
	p.field("From", at, "WhatsApp number id "+Clean(c.Account))
	p.words("File", at, around("", c.File.Name+",", "SHA-256 "+Clean(shorten(c.File.SHA256, 17))))
	filter, consent := plannedChoice(c.Settings)
	p.field("Filter", at, filter)
	p.field("Consent", at, consent)
	p.field("Planned", at, dated(c.CreatedAt)+" ("+zone(c.CreatedAt)+")")
	if !c.FinishedAt.IsZero() {
		p.field("Finished", at, dated(c.FinishedAt))
	}
	if r := s.Running; r != (ledger.Run{}) {
		p.field("Running", at, fmt.Sprintf("process %d on %s, started %s by %s", r.PID, Clean(r.Computer), dated(r.StartedAt), Clean(r.Person)))
	}
	if n := forgottenIn(s.Tallies); n > 0 {
		p.field("Forgotten", at, count(n, "row")+": only what became of "+noun(n, "this message|these messages")+" is kept")
	}
	p.gap()
	showTallies(p, s.Tallies)
	p.line(meaningOf(p.Words, s.Mode))
	s.showRuns(p, runs)
	p.gap()
	p.path("Row by row", 13, ResultsPath(c.OutDir, c.Name, s.Mode))
	s.showNext(p)
	p.show()
}

// showPlannedText shows the text of a campaign's message, with its placeholders.
func showPlannedText(p *page, at int, c ledger.Campaign) {
	if m, err := campaign.MessageOf(c); err == nil {
		showText(p, at, m.Skeleton())
	}
}

// showText shows the lines of a message behind bars, all of them.
func showText(p *page, at int, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	for _, paragraph := range strings.Split(strings.TrimSpace(text), "\n") {
		for _, line := range wrap(Clean(paragraph), screenWidth-at-2) {
			p.line(pad("", at), "| ", line)
		}
	}
}

// showNext shows how a campaign that nobody carries out goes on, and of a finished one what can be done about its rows.
func (s StatusLine) showNext(p *page) {
	end := SummaryScreen{Mode: s.Mode, Ledger: s.Ledger, Campaign: s.Campaign, Tallies: s.Tallies, Hours: s.Hours, Rest: s.Rest}
	pending := countsOf(s.Tallies)[outcome.Pending]
	next := end.goOn()
	switch state := s.state(); {
	case state == stateRunning:
		return
	case state == stateFinished:
		showSteps(p, end.advices())
		return
	case s.Hours.Exceeds(pending), s.Rest > 0:
	case state == stateNotBegun:
		next.text = "send it, as planned:"
	default:
		next.text = goOnStopped
	}
	showSteps(p, []advice{next})
}

// mostRuns is how many runs are shown: the first one, and the last ones.
const mostRuns = 10

func (s StatusLine) showRuns(p *page, runs []ledger.Run) {
	if len(runs) == 0 {
		return
	}
	p.gap()
	p.line("Runs")
	if hidden := len(runs) - mostRuns; hidden > 0 {
		s.showRun(p, runs[0])
		p.line("  … and ", figure(hidden), " more")
		runs = slices.Clone(runs[hidden+1:])
	}
	for _, r := range runs {
		s.showRun(p, r)
	}
}

func (s StatusLine) showRun(p *page, r ledger.Run) {
	ended := p.RunEnd(words.EndedSuddenly)
	switch {
	case s.Running.ID == r.ID && s.Running.ID != 0:
		ended = p.RunEnd(words.StillRunning)
	case !r.EndedAt.IsZero():
		ended = clock(r.EndedAt)
		if r.EndedAt.Format(time.DateOnly) != r.StartedAt.Format(time.DateOnly) {
			ended = moment(r.EndedAt)
		}
		ended = "to " + ended
		if r.Stopped != "" {
			ended += " (" + Clean(p.RunEnd(r.Stopped)) + ")"
		}
	}
	confirmed := figure(r.Confirmed) + " confirmed, "
	none := sendsNothing(r.Stopped)
	if none {
		ended = p.RunEnd(r.Stopped)
	}
	if none || r.Confirmed == 0 { // it went on with what had been confirmed
		confirmed = ""
	}
	p.field("  "+dated(r.StartedAt), 26, fmt.Sprintf("%s, %s; %sby %s on %s",
		Clean(r.Command), ended, confirmed, Clean(r.Person), Clean(r.Computer)))
}
