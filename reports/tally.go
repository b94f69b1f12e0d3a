package reports

import (
	"cmp"
	"slices"
	"strings"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports/words"
)

// Attention counts the rows that someone has to look at: refused, in doubt, with errors, and not sent yet. Rows that
// are no longer in the file count only when they are in doubt.
func Attention(tallies []ledger.Tally) (refused, doubt, invalid, pending int) {
	counts := countsOf(tallies)
	return counts[outcome.Rejected], messagesOf(tallies)[outcome.Unknown], counts[outcome.Invalid], counts[outcome.Pending]
}

// countsOf sums the rows of the file by status.
func countsOf(tallies []ledger.Tally) map[outcome.Status]int {
	return sumOf(tallies, func(t ledger.Tally) bool { return !t.Gone })
}

// messagesOf sums messages by status: the rows of the file, and those that have left it as far as they were tried.
func messagesOf(tallies []ledger.Tally) map[outcome.Status]int { return countsOf(asMessages(tallies)) }

// oldOf sums the rows that are no longer in the file by status.
func oldOf(tallies []ledger.Tally) map[outcome.Status]int {
	return sumOf(tallies, func(t ledger.Tally) bool { return t.Gone })
}

// asMessages takes rows that have left the file for rows of it, as far as they were tried.
func asMessages(tallies []ledger.Tally) []ledger.Tally {
	all := slices.Clone(tallies)
	for i, t := range all {
		all[i].Gone = t.Gone && t.Status != outcome.Rejected && !t.Status.Messaged()
	}
	return all
}

func sumOf(tallies []ledger.Tally, counts func(ledger.Tally) bool) map[outcome.Status]int {
	sums := map[outcome.Status]int{}
	for _, t := range tallies {
		if counts(t) {
			sums[t.Status] += t.Rows
		}
	}
	return sums
}

// LeftOutByLists counts the rows of the file that are left out because the person is on a list.
func LeftOutByLists(tallies []ledger.Tally) int { return LeftOutFor(tallies, outcome.CauseSuppressed) }

// LeftOutFor counts the rows of the file that are left out for a cause.
func LeftOutFor(tallies []ledger.Tally, cause string) (rows int) {
	for _, t := range tallies {
		if !t.Gone && t.Status == outcome.Skipped && t.Cause == cause {
			rows += t.Rows
		}
	}
	return rows
}

// forgottenIn sums the rows of people who were forgotten.
func forgottenIn(tallies []ledger.Tally) (rows int) {
	for _, t := range tallies {
		rows += t.Forgotten
	}
	return rows
}

// forgottenCounted sums those of them that messagesOf counts.
func forgottenCounted(tallies []ledger.Tally) int {
	return forgottenIn(slices.DeleteFunc(asMessages(tallies), func(t ledger.Tally) bool { return t.Gone }))
}

// acceptedIn sums what Kanal accepted, now or earlier.
func acceptedIn(counts map[outcome.Status]int) int {
	return counts[outcome.Sent] + counts[outcome.AlreadySent]
}

func totalOf(counts map[outcome.Status]int) (n int) {
	for _, rows := range counts {
		n += rows
	}
	return n
}

// inSummary leaves out the rows that left the file, but for those in doubt: somebody has to look at them.
func inSummary(t ledger.Tally) bool { return !t.Gone || t.Status == outcome.Unknown }

// reason is how many rows of one status share a cause.
type reason struct {
	Cause, Code string
	Rows        int
}

// reasonsOf groups the rows of a status by cause, and by the platform's code, the largest group first.
func reasonsOf(tallies []ledger.Tally, status outcome.Status) []reason {
	var reasons []reason
	for _, t := range tallies {
		if t.Status != status || !inSummary(t) {
			continue
		}
		code := t.Code
		if !isPlatformCode(code) {
			code = ""
		}
		i := slices.IndexFunc(reasons, func(r reason) bool { return r.Cause == t.Cause && r.Code == code })
		if i < 0 {
			i = len(reasons)
			reasons = append(reasons, reason{Cause: t.Cause, Code: code})
		}
		reasons[i].Rows += t.Rows
	}
	slices.SortStableFunc(reasons, func(a, b reason) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Code, b.Code))
	})
	return reasons
}

// leftOutOf says of the rows that were never to be sent why.
func leftOutOf(w *words.Words, tallies []ledger.Tally) string {
	skipped := map[string]int{}
	for _, r := range reasonsOf(tallies, outcome.Skipped) {
		skipped[r.Cause] += r.Rows
	}
	return leftOutReasons(w, countsOf(tallies)[outcome.Invalid], skipped, nil)
}

// soFar is a campaign's messages in one line: 1,466 accepted, 14 refused, 0 in doubt.
func soFar(w *words.Words, tallies []ledger.Tally) string {
	counts := messagesOf(tallies)
	parts := []string{w.StatusCount(counts[outcome.Sent], outcome.Sent)}
	if n := counts[outcome.AlreadySent]; n > 0 {
		parts = append(parts, w.StatusCount(n, outcome.AlreadySent))
	}
	parts = append(parts, w.StatusCount(counts[outcome.Rejected], outcome.Rejected), w.StatusCount(counts[outcome.Unknown], outcome.Unknown))
	return withOld(w, strings.Join(parts, ", "), tallies)
}

// withOld adds to counts how many of the accepted messages were for rows as they were before an update, if any.
func withOld(w *words.Words, counts string, tallies []ledger.Tally) string {
	if n := acceptedIn(oldOf(tallies)); n > 0 {
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
func showTallies(p *page, tallies []ledger.Tally) {
	counts, old := countsOf(tallies), oldOf(tallies)
	showStatus := func(status outcome.Status, n int, lines []string) {
		showTally(p, p.Status(status), n, lines, tallyStyles[status])
	}
	showStatus(outcome.Sent, counts[outcome.Sent], append(oldLines(p.Words, acceptedIn(old)), acceptedLines(p.Words, tallies)...))
	if n := counts[outcome.AlreadySent]; n > 0 {
		showStatus(outcome.AlreadySent, n, []string{p.TallyIdsUnknown()})
	}
	showStatus(outcome.Rejected, counts[outcome.Rejected],
		append(oldLines(p.Words, old[outcome.Rejected]), reasonLines(p.Words, reasonsOf(tallies, outcome.Rejected), CauseWords)...))
	showStatus(outcome.Unknown, counts[outcome.Unknown],
		append(oldLines(p.Words, old[outcome.Unknown]), reasonLines(p.Words, reasonsOf(tallies, outcome.Unknown), doubtWords)...))
	if n := counts[outcome.Pending]; n > 0 {
		showStatus(outcome.Pending, n, nil)
	}
	showStatus(outcome.Skipped, counts[outcome.Skipped]+counts[outcome.Invalid], []string{leftOutOf(p.Words, tallies)})
	if rows := totalOf(old); rows > 0 {
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
func acceptedLines(w *words.Words, tallies []ledger.Tally) []string {
	var lines []string
	for _, r := range reasonsOf(tallies, outcome.Sent) {
		if r.Cause != "" {
			label, advice := CauseWords(w, r.Cause, r.Code)
			lines = append(lines, w.TallyOfThem(w.Number(r.Rows), label, advice))
		}
	}
	return lines
}

// reasonLines are the reasons of a status, their counts under one another. A single reason has the status' count.
func reasonLines(w *words.Words, reasons []reason, wordsOf func(w *words.Words, cause, code string) (label, advice string)) []string {
	width := 0
	for _, r := range reasons {
		width = max(width, columnsOf(w.Number(r.Rows)))
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
