package screen

import (
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// StatusLine is one campaign in a list.
type StatusLine struct {
	Session
	campaign.Status
}

// StatusLines are lines of a list of campaigns.
func StatusLines(s Session, campaigns []campaign.Status) (lines []StatusLine) {
	for _, one := range campaigns {
		lines = append(lines, StatusLine{s, one})
	}
	return lines
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
	counts := s.Tallies.Messages()
	switch {
	case s.Running != (record.Run{}):
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
	if text.Columns(s) <= columns {
		return s
	}
	tail := []rune(s)
	for text.Columns(string(tail)) > columns/2-1 {
		tail = tail[1:]
	}
	for len(tail) > 1 && text.RuneColumns(tail[0]) == 0 { // an accent without its letter
		tail = tail[1:]
	}
	end := strings.TrimLeft(string(tail), " ")
	return text.Shorten(s, columns-text.Columns(end)) + end
}

// Status shows the campaigns, of which there is one at least, a line each.
func Status(f Face, lines []StatusLine) {
	p := f.page()
	mode, width := lines[0].Mode, text.Columns(p.ColumnCampaign())
	for _, s := range lines {
		width = min(statusLimit, max(width, text.Columns(text.Clean(s.Campaign.Name))))
	}
	columns := statusColumns(f)
	p.title(mode, func(mode string) string { return f.StatusTitle(len(lines), mode) })
	p.gap()
	line := func(name string, cells []string) {
		sentence := pad(name, width)
		for i, cell := range cells {
			sentence += columns[i].gap + columns[i].place(cell)
		}
		p.line(sentence)
	}
	var heads []string
	for _, c := range columns {
		heads = append(heads, c.head)
	}
	line(p.ColumnCampaign(), heads)
	for _, s := range lines {
		counts := s.Tallies.Messages()
		line(shortenMiddle(text.Clean(s.Campaign.Name), width), []string{p.Date(s.Campaign.CreatedAt), p.State(s.state()),
			p.Number(counts.Accepted()), p.Number(counts[outcome.Rejected]), p.Number(counts[outcome.Unknown]), p.Number(counts[outcome.Pending])})
	}
	p.gap()
	p.line(meaningOf(p.Words, mode))
	p.show()
}

// statusColumn is a column of the list of campaigns, with what stands before it.
type statusColumn struct {
	gap, head string
	width     int
	isCount   bool
}

// place puts a cell into the column: texts to the left, counts to the right.
func (c statusColumn) place(cell string) string {
	if c.isCount && cell != c.head {
		return padLeft(cell, c.width)
	}
	return pad(cell, c.width)
}

// statusColumns are the columns behind the campaign's name.
func statusColumns(f Face) []statusColumn {
	columns := []statusColumn{{" ", f.ColumnPlanned(), 11, false}, {"  ", f.ColumnState(), 10, false}, {" ", f.ColumnAccepted(), 8, true},
		{" ", f.ColumnRefused(), 7, true}, {"  ", f.ColumnInDoubt(), 8, true}, {"  ", f.ColumnNotSent(), 8, true}}
	for i, c := range columns {
		columns[i].width = max(c.width, text.Columns(c.head))
	}
	return columns
}

// NoCampaigns says that the ledger at a path has no campaign.
func NoCampaigns(f Face, ledgerPath string) {
	p := f.page()
	p.text(0, f.StatusNone(f.Path(ledgerPath)))
	p.show()
}
