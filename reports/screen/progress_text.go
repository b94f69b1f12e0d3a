package screen

import (
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
)

// settledOf is how many rows of the whole campaign are done with: neither pending nor in a doubt that this run will try
// again. A pilot has less left than the campaign has pending; a retry has rows in doubt left. While anything is under
// way, not all is done.
func settledOf(p sending.Progress) int {
	settled := p.Total - max(p.Counts[outcome.Pending], p.Left)
	if p.InFlight > 0 || p.Wait.For == sending.WaitRetry {
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
	done, of, all := p.f.Number(settled), p.f.Number(total), p.f.Number(p.last.Total)
	switch p.opts.Part {
	case campaign.PartPilot:
		return p.f.ProgressFarPilot(done, of, all)
	case campaign.PartFirst:
		return p.f.ProgressFarFirst(done, of, all)
	case campaign.PartRetry:
		return p.f.ProgressFarRetry(done, of, all)
	}
	return p.f.ProgressFar(done, of)
}

// leftText says how long the rest takes, and until when; "" when nothing is left.
func (p *Progress) leftText(now time.Time) string {
	if p.last.Left == 0 {
		return ""
	}
	return p.f.ProgressLeft(p.f.Roughly(p.timeLeft(now)), p.endText(now))
}

// acceptedOf counts what Kanal has accepted, now or earlier.
func acceptedOf(p sending.Progress) int {
	return p.Counts[outcome.Sent] + p.Counts[outcome.AlreadySent]
}

// timeLeft is how long the rest takes at the pace, after the wait that holds it up now.
func (p *Progress) timeLeft(now time.Time) time.Duration {
	if !p.last.End.IsZero() {
		return max(0, p.last.End.Sub(now))
	}
	return hours.Duration(p.last.Left, max(1, p.opts.Rate)) + max(0, p.last.Wait.Until.Sub(now))
}

// endText is when the rest will have left, with its day where that is another.
func (p *Progress) endText(now time.Time) string {
	end := now.Add(p.timeLeft(now))
	if end.Format(time.DateOnly) != now.Format(time.DateOnly) {
		return p.f.Moment(end)
	}
	return p.f.Clock(end)
}

// barLine is the first line on a terminal:
//
//	novembre  LIVE  [======>             ] 1,312 of 4,180  31.4%  48 min left, until 11:52
//
// The bar gives way first where the terminal is narrow, and then the name.
func (p *Progress) barLine(now time.Time) string {
	settled, total := p.far()
	shown := p.farText()
	if total > 0 {
		shown += "  " + p.f.Percent(min(settled, total), total)
	}
	if left := p.leftText(now); left != "" {
		shown += "  " + left
	}
	width := p.opts.Width - 1 // a character in the last column makes some terminals break the line
	name := text.Clean(p.opts.Campaign)
	mode := "  " + p.opts.Mode.Name(p.f.Words) + "  "
	room := width - text.Columns(name+mode) - text.Columns(shown) - 3
	if room < narrowBar { // below that, the name gives way, down to a few letters, before the bar does
		name = text.Shorten(name, max(8, text.Columns(name)-(narrowBar-room)))
		room = width - text.Columns(name+mode) - text.Columns(shown) - 3
	}
	bar := ""
	if room >= leastBar {
		bar = p.drawBar(settled, total, min(room, barColumns)) + " "
	}
	return text.Shorten(name+mode+bar+shown, width)
}

// waitAt is where what the run waits for stands beside the counts, if there is room.
const waitAt = 51

// countsLines are what became of the rows and what the run waits for: on one line where both fit, else on two.
func (p *Progress) countsLines(now time.Time) []string {
	counts, wait := strings.Join(p.counts(), "   "), p.waiting(now)
	width := p.opts.Width - 1
	for _, column := range []int{waitAt, text.Columns(counts) + 3} {
		if text.Columns(counts) < column && column+text.Columns(wait) <= width {
			return []string{pad(counts, column) + wait}
		}
	}
	return []string{text.Shorten(counts, width), text.Shorten(wait, width)}
}

func (p *Progress) counts() []string {
	return []string{p.f.ProgressAccepted(p.f.Number(acceptedOf(p.last))), p.f.ProgressRefused(p.f.Number(p.last.Counts[outcome.Rejected])),
		p.f.ProgressInDoubt(p.f.Number(p.last.Counts[outcome.Unknown]))}
}

// waiting says what the run waits for, with a countdown; or that it does not.
func (p *Progress) waiting(now time.Time) string {
	wait := p.last.Wait
	until, left := "", ""
	if !wait.Until.IsZero() {
		until, left = p.untilText(wait.Until, now), p.f.Duration(wait.Until.Sub(now))
	}
	shares := shortenMiddle(text.Clean(p.last.Shares), statusLimit)
	if shares != "" {
		shares = p.f.InQuotes(shares)
	}
	shown, waits := p.f.Waiting(string(wait.For), until, left)
	waits = waits && (wait.Until.IsZero() || wait.Until.After(now))
	switch {
	case !waits && shares != "":
		return p.f.ProgressRateShared(p.f.Number(p.opts.Rate), shares)
	case !waits:
		return p.f.ProgressRate(p.f.Number(p.opts.Rate))
	case wait.For == sending.WaitLimit && shares != "":
		return p.f.WaitShared(until, left, shares)
	}
	return shown
}

// untilText is a time to the second where it is near, else to the minute, with its day where that is another.
func (p *Progress) untilText(until, now time.Time) string {
	until = until.In(now.Location())
	switch {
	case until.Format(time.DateOnly) != now.Format(time.DateOnly):
		return p.f.Moment(until)
	case until.Sub(now) > time.Hour:
		return p.f.Clock(until)
	}
	return until.Format(time.TimeOnly)
}

// plainLine is the state in one line without control characters.
func (p *Progress) plainLine(now time.Time) string {
	counts := p.counts()
	return p.f.ProgressLine(now.Format(time.TimeOnly), p.opts.Mode.Name(p.f.Words), text.Clean(p.opts.Campaign), p.farText(), counts[0], counts[1], counts[2],
		p.waiting(now), p.leftText(now))
}
