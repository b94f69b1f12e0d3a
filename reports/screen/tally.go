package screen

import (
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// leftOutOf says of the rows that were never to be sent why.
func leftOutOf(w *words.Words, tallies campaign.Tallies) string {
	skipped := map[string]int{}
	for _, r := range tallies.Reasons(outcome.Skipped) {
		skipped[r.Cause] += r.Rows
	}
	return leftOutReasons(w, tallies.Counts()[outcome.Invalid], skipped, nil)
}

// soFar is a campaign's messages in one line: 1,466 accepted, 14 refused, 0 in doubt.
func soFar(w *words.Words, tallies campaign.Tallies) string {
	counts := tallies.Messages()
	parts := []string{w.StatusCount(counts[outcome.Sent], outcome.Sent)}
	if n := counts[outcome.AlreadySent]; n > 0 {
		parts = append(parts, w.StatusCount(n, outcome.AlreadySent))
	}
	parts = append(parts, w.StatusCount(counts[outcome.Rejected], outcome.Rejected), w.StatusCount(counts[outcome.Unknown], outcome.Unknown))
	return withOld(w, strings.Join(parts, ", "), tallies)
}

// withOld adds to counts how many of the accepted messages were for rows as they were before an update, if any.
func withOld(w *words.Words, counts string, tallies campaign.Tallies) string {
	if n := tallies.Old().Accepted(); n > 0 {
		return w.TallyWithOld(n, counts)
	}
	return counts
}

// oldLines says how many more messages there are of rows as they were before an update.
func oldLines(w *words.Words, n int) []string {
	if n == 0 {
		return nil
	}
	return []string{w.TallyOldMore(n)}
}

// The columns of the block of counts.
const (
	talliesLabel = 17
	talliesCount = 7
	talliesAt    = 2 + talliesLabel + talliesCount + 3
)

// showTallies shows what became of every row, with the reasons and what to do about them.
func showTallies(p *page, tallies campaign.Tallies) {
	counts, old := tallies.Counts(), tallies.Old()
	showStatus := func(status outcome.Status, n int, lines []string) {
		showTally(p, p.Status(status), n, lines, tallyStyles[status])
	}
	showStatus(outcome.Sent, counts[outcome.Sent], append(oldLines(p.Words, old.Accepted()), acceptedLines(p.Words, tallies)...))
	if n := counts[outcome.AlreadySent]; n > 0 {
		showStatus(outcome.AlreadySent, n, []string{p.TallyIdsUnknown()})
	}
	showStatus(outcome.Rejected, counts[outcome.Rejected],
		append(oldLines(p.Words, old[outcome.Rejected]), reasonLines(p.Words, tallies.Reasons(outcome.Rejected), CauseWords)...))
	showStatus(outcome.Unknown, counts[outcome.Unknown],
		append(oldLines(p.Words, old[outcome.Unknown]), reasonLines(p.Words, tallies.Reasons(outcome.Unknown), doubtWords)...))
	if n := counts[outcome.Pending]; n > 0 {
		showStatus(outcome.Pending, n, nil)
	}
	showStatus(outcome.Skipped, counts[outcome.Skipped]+counts[outcome.Invalid], []string{leftOutOf(p.Words, tallies)})
	if rows := old.Total(); rows > 0 {
		showTally(p, p.TallyOldLabel(), rows, []string{p.TallyOldMeans()}, "")
	}
}

func showTally(p *page, label string, n int, lines []string, s style) {
	head := "  " + pad(label, talliesLabel) + padLeft(p.Number(n), talliesCount)
	if len(lines) == 0 || lines[0] == "" {
		lines = []string{""}
	}
	first := len(p.lines)
	rest := head
	for _, line := range lines {
		if line == "" {
			p.line(rest)
		}
		p.field(rest, talliesAt+leadingSpaces(line), line)
		rest = ""
	}
	if s != "" && (n > 0 || lines[0] != "") {
		p.mark(first, mark{2, len(head), s})
	}
}

// tallyStyles are those of the counts that a person looks for.
var tallyStyles = map[outcome.Status]style{
	outcome.Sent: styleGood, outcome.Rejected: styleError, outcome.Unknown: styleWarning,
}

func leadingSpaces(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// acceptedLines are what there is to say about rows that were accepted.
func acceptedLines(w *words.Words, tallies campaign.Tallies) []string {
	var lines []string
	for _, r := range tallies.Reasons(outcome.Sent) {
		if r.Cause != "" {
			label, advice := CauseWords(w, r.Cause, r.Code)
			lines = append(lines, w.TallyOfThem(w.Number(r.Rows), label, advice))
		}
	}
	return lines
}

// reasonLines are the reasons of a status, their counts under one another. A single reason has the status' count.
func reasonLines(w *words.Words, reasons []campaign.CauseTally, wordsOf func(w *words.Words, cause, code string) (label, advice string)) []string {
	width := 0
	for _, r := range reasons {
		width = max(width, text.Columns(w.Number(r.Rows)))
	}
	lines := make([]string, len(reasons))
	for i, r := range reasons {
		lines[i] = w.TallyReason(wordsOf(w, r.Cause, r.Code))
		if len(reasons) > 1 {
			lines[i] = padLeft(w.Number(r.Rows), width) + " " + lines[i]
		}
	}
	return lines
}
