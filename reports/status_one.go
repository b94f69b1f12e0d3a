package reports

import (
	"fmt"
	"io"
	"slices"
	"time"

	"kanal-campaign/campaign/ledger"
)

// StatusOne shows one campaign in full, with its runs, given with the oldest first.
func StatusOne(w io.Writer, s StatusLine, runs []ledger.Run) {
	const at = 10
	p := &page{}
	c := s.Campaign
	p.line(string(s.Mode), ": ", Clean(c.Name), ", ", s.state())
	p.gap()
	p.field(messageLabel(c.Kind), at, messageText(c.Kind, c.Title, c.Of))
	p.field("From", at, "WhatsApp number id "+Clean(c.Account))
	p.field("File", at, fmt.Sprintf("%s, SHA-256 %s", Clean(c.File.Name), Clean(shorten(c.File.SHA256, 17))))
	p.field("Planned", at, dated(c.CreatedAt)+" ("+zone(c.CreatedAt)+")")
	if !c.FinishedAt.IsZero() {
		p.field("Finished", at, dated(c.FinishedAt))
	}
	if r := s.Running; r != (ledger.Run{}) {
		p.field("Running", at, fmt.Sprintf("process %d on %s, started %s by %s", r.PID, Clean(r.Computer), dated(r.StartedAt), Clean(r.Person)))
	}
	p.gap()
	showTallies(p, s.Tallies)
	p.line(notDelivered)
	showRuns(p, runs)
	p.gap()
	p.field("Row by row", 13, Clean(ResultsPath(c.OutDir, c.Name, s.Mode)))
	p.show(w)
}

// mostRuns is how many runs are shown: the first one, and the last ones.
const mostRuns = 10

func showRuns(p *page, runs []ledger.Run) {
	if len(runs) == 0 {
		return
	}
	p.gap()
	p.line("Runs")
	if hidden := len(runs) - mostRuns; hidden > 0 {
		showRun(p, runs[0])
		p.line("  … and ", figure(hidden), " more")
		runs = slices.Clone(runs[hidden+1:])
	}
	for _, r := range runs {
		showRun(p, r)
	}
}

func showRun(p *page, r ledger.Run) {
	ended := "running, or died"
	if !r.EndedAt.IsZero() {
		ended = clock(r.EndedAt)
		if r.EndedAt.Format(time.DateOnly) != r.StartedAt.Format(time.DateOnly) {
			ended = moment(r.EndedAt)
		}
		ended = "to " + ended
		if r.Stopped != "" {
			ended += " (" + endWords(r.Stopped) + ")"
		}
	}
	p.field("  "+dated(r.StartedAt), 26, fmt.Sprintf("%s: %s, %s confirmed, by %s on %s",
		ended, Clean(r.Command), figure(r.Confirmed), Clean(r.Person), Clean(r.Computer)))
}
