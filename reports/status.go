package reports

import (
	"io"
	"strings"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// StatusLine is one campaign in a list.
type StatusLine struct {
	Mode     Mode
	Campaign ledger.Campaign
	Tallies  []ledger.Tally
	Running  ledger.Run // that of the process at work on it; zero when there is none
	Ledger   string     // the path given by --ledger; empty for the default
}

// The states of a campaign.
const (
	stateRunning    = "running"
	stateFinished   = "finished"
	stateNotBegun   = "not begun"
	stateUnfinished = "unfinished"
)

// state is how far a campaign is, in a word.
func (s StatusLine) state() string {
	counts := countsOf(s.Tallies)
	switch {
	case s.Running != (ledger.Run{}):
		return stateRunning
	case !s.Campaign.FinishedAt.IsZero() && counts[outcome.Pending] == 0:
		return stateFinished
	case counts[outcome.Sent]+counts[outcome.AlreadySent]+counts[outcome.Rejected]+counts[outcome.Unknown] == 0:
		return stateNotBegun
	}
	return stateUnfinished
}

// statusLimit is how much of a campaign's name the table shows.
const statusLimit = 19

// Status shows the campaigns of the ledger, a line each.
func Status(w io.Writer, lines []StatusLine) {
	p := &page{}
	if len(lines) == 0 {
		p.line("There is no campaign in this ledger.")
		p.show(w)
		return
	}
	mode := lines[0].Mode
	p.line(string(mode), ": ", count(len(lines), "campaign"))
	p.gap()
	p.line(pad("campaign", statusLimit), " ", pad("planned", 11), " ", pad("state", 10), " ", "accepted  refused  in doubt  not sent")
	for _, s := range lines {
		counts := countsOf(s.Tallies)
		p.line(pad(shorten(Clean(s.Campaign.Name), statusLimit), statusLimit), " ",
			pad(s.Campaign.CreatedAt.Format("2 Jan 2006"), 11), " ", pad(s.state(), 10), " ",
			strings.Join([]string{
				padLeft(figure(counts[outcome.Sent]+counts[outcome.AlreadySent]), 8), padLeft(figure(counts[outcome.Rejected]), 7),
				padLeft(figure(counts[outcome.Unknown]), 8), padLeft(figure(counts[outcome.Pending]), 8)}, "  "))
	}
	p.gap()
	p.line(notDelivered)
	p.show(w)
}
