package reports

import (
	"fmt"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
)

// settledOf is how many rows of the whole campaign are done with: neither pending nor in a doubt that this run will try
// again. A pilot has less left than the campaign has pending; a retry has rows in doubt left. While anything is under
// way, not all is done.
func settledOf(p campaign.Progress) int {
	settled := p.Total - max(p.Counts[outcome.Pending], p.Left)
	if p.InFlight > 0 || p.Wait.For == campaign.WaitRetry {
		settled = min(settled, p.Total-1)
	}
	return max(0, settled)
}

// far is how many messages are done with of how many: the campaign's, or those of the part to which the run is kept.
func (p *Progress) far() (settled, total int) {
	if p.opts.Part == "" {
		return settledOf(p.last), p.last.Total
	}
	return max(0, p.opts.Planned-p.last.Left), p.opts.Planned
}

// farText is far for people: 19 of 40 (pilot of 135).
func (p *Progress) farText() string {
	settled, total := p.far()
	text := figure(settled) + " of " + figure(total)
	if p.opts.Part != "" {
		text += fmt.Sprintf(" (%s of %s)", p.opts.Part, figure(p.last.Total))
	}
	return text
}

// acceptedOf counts what Kanal has accepted, now or earlier.
func acceptedOf(p campaign.Progress) int {
	return p.Counts[outcome.Sent] + p.Counts[outcome.AlreadySent]
}

// timeLeft is how long the rest takes at the pace, after the wait that holds it up now.
func (p *Progress) timeLeft(now time.Time) time.Duration {
	if !p.last.End.IsZero() {
		return max(0, p.last.End.Sub(now))
	}
	return campaign.Duration(p.last.Left, max(1, p.opts.Rate)) + max(0, p.last.Wait.Until.Sub(now))
}

// endText is when the rest will have left, with its day where that is another.
func (p *Progress) endText(now time.Time) string {
	end := now.Add(p.timeLeft(now))
	if end.Format(time.DateOnly) != now.Format(time.DateOnly) {
		return moment(end)
	}
	return clock(end)
}

// barLine is the first line on a terminal:
//
//	novembre  LIVE  [======>             ] 1,312 of 4,180  31%  48 min left, until 11:52
//
// The bar gives way first where the terminal is narrow, and then the name.
func (p *Progress) barLine(now time.Time) string {
	settled, total := p.far()
	left, end := p.timeLeft(now), p.endText(now)
	percent := 100
	if total > 0 {
		percent = settled * 100 / total
	}
	text := fmt.Sprintf("%s  %d%%", p.farText(), percent)
	if p.last.Left > 0 {
		text += fmt.Sprintf("  %s left, until %s", roughly(left), end)
	}
	width := p.opts.Width - 1 // a character in the last column makes some terminals break the line
	name := Clean(p.opts.Campaign)
	mode := "  " + string(p.opts.Mode) + "  "
	room := width - columnsOf(name+mode) - columnsOf(text) - 3
	if room < narrowBar { // below that, the name gives way, down to a few letters, before the bar does
		name = shorten(name, max(8, columnsOf(name)-(narrowBar-room)))
		room = width - columnsOf(name+mode) - columnsOf(text) - 3
	}
	bar := ""
	if room >= leastBar {
		bar = p.drawBar(settled, total, min(room, barColumns)) + " "
	}
	return shorten(name+mode+bar+text, width)
}

// waitAt is where what the run waits for stands beside the counts, if there is room.
const waitAt = 51

// countsLines are what became of the rows and what the run waits for: on one line where both fit, else on two.
func (p *Progress) countsLines(now time.Time) []string {
	counts, wait := p.counts("   "), p.waiting(now)
	width := p.opts.Width - 1
	for _, column := range []int{waitAt, columnsOf(counts) + 3} {
		if columnsOf(counts) < column && column+columnsOf(wait) <= width {
			return []string{pad(counts, column) + wait}
		}
	}
	return []string{shorten(counts, width), shorten(wait, width)}
}

func (p *Progress) counts(between string) string {
	return fmt.Sprintf("accepted %s%srefused %s%sin doubt %s", figure(acceptedOf(p.last)), between,
		figure(p.last.Counts[outcome.Rejected]), between, figure(p.last.Counts[outcome.Unknown]))
}

// waiting says what the run waits for, with a countdown; or that it does not.
func (p *Progress) waiting(now time.Time) string {
	wait := p.last.Wait
	left := wait.Until.Sub(now)
	shares := quotedOrNone(shortenMiddle(Clean(p.last.Shares), statusLimit))
	words, known := waitWords[wait.For]
	if !known || !wait.Until.IsZero() && left <= 0 {
		if shares != "" {
			return fmt.Sprintf(notAlone, p.opts.Rate, shares)
		}
		return fmt.Sprintf("%d a minute, not waiting", p.opts.Rate)
	}
	if wait.For == campaign.WaitLimit && shares != "" {
		words = waitShared
	}
	return fill(words, func(name string) string {
		switch {
		case name == "with":
			return shares
		case wait.Until.IsZero():
			return ""
		case name == "until":
			return untilText(wait.Until, now)
		}
		return duration(left)
	})
}

// untilText is a time to the second where it is near, else to the minute, with its day where that is another.
func untilText(until, now time.Time) string {
	until = until.In(now.Location())
	switch {
	case until.Format(time.DateOnly) != now.Format(time.DateOnly):
		return moment(until)
	case until.Sub(now) > time.Hour:
		return clock(until)
	}
	return until.Format(time.TimeOnly)
}

// plainLine is the state in one line without control characters.
func (p *Progress) plainLine(now time.Time) string {
	line := fmt.Sprintf("%s  %s  %s  %s: %s; %s", now.Format(time.TimeOnly), p.opts.Mode, Clean(p.opts.Campaign),
		p.farText(), p.counts(", "), p.waiting(now))
	if p.last.Left > 0 {
		line += fmt.Sprintf("; %s left, until %s", roughly(p.timeLeft(now)), p.endText(now))
	}
	return line
}
