package reports

import (
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// StatusLine is one campaign in a list.
type StatusLine struct {
	Mode     Mode
	Campaign ledger.Campaign
	Tallies  []ledger.Tally
	Running  ledger.Run            // that of the process at work on it; zero when there is none
	Ledger   string                // the path given by --ledger; empty for the default
	Hours    campaign.HoursVerdict // of which the volume counts: how many people may still be written to
	Rest     int                   // how many messages are left of a part that --first has begun; 0 without one
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
	counts := messagesOf(s.Tallies)
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

// shortenMiddle is shorten for names: those of one series differ at their ends.
func shortenMiddle(s string, columns int) string {
	if columnsOf(s) <= columns {
		return s
	}
	tail := []rune(s)
	for columnsOf(string(tail)) > columns/2-1 {
		tail = tail[1:]
	}
	for len(tail) > 1 && runeColumns(tail[0]) == 0 { // an accent without its letter
		tail = tail[1:]
	}
	end := strings.TrimLeft(string(tail), " ")
	return shorten(s, columns-columnsOf(end)) + end
}

// Status shows the campaigns of the ledger, a line each.
func Status(f Face, lines []StatusLine) {
	p := f.page()
	if len(lines) == 0 {
		p.line("There is no campaign in this ledger.")
		p.show()
		return
	}
	mode, width := lines[0].Mode, columnsOf("campaign")
	for _, s := range lines {
		width = min(statusLimit, max(width, columnsOf(Clean(s.Campaign.Name))))
	}
	p.line(string(mode), ": ", count(len(lines), "campaign"))
	p.gap()
	p.line(pad("campaign", width), " ", pad("planned", 11), "  ", pad("state", 10), " ", "accepted refused  in doubt  not sent")
	for _, s := range lines {
		counts := messagesOf(s.Tallies)
		p.line(pad(shortenMiddle(Clean(s.Campaign.Name), width), width), " ",
			pad(s.Campaign.CreatedAt.Format("2 Jan 2006"), 11), "  ", pad(s.state(), 10), " ",
			padLeft(figure(acceptedIn(counts)), 8), " ", padLeft(figure(counts[outcome.Rejected]), 7), "  ",
			padLeft(figure(counts[outcome.Unknown]), 8), "  ", padLeft(figure(counts[outcome.Pending]), 8))
	}
	p.gap()
	p.line(meaningOf(p.Words, mode))
	p.show()
}
