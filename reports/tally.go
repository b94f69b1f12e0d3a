package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
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
func leftOutOf(tallies []ledger.Tally) string {
	skipped := map[string]int{}
	for _, r := range reasonsOf(tallies, outcome.Skipped) {
		skipped[r.Cause] += r.Rows
	}
	return leftOutReasons(countsOf(tallies)[outcome.Invalid], skipped, nil)
}

// soFar is a campaign's messages in one line: 1,466 accepted, 14 refused, 0 in doubt.
func soFar(tallies []ledger.Tally) string {
	counts := messagesOf(tallies)
	parts := []string{figure(counts[outcome.Sent]) + " accepted"}
	if n := counts[outcome.AlreadySent]; n > 0 {
		parts = append(parts, figure(n)+" accepted earlier")
	}
	parts = append(parts, figure(counts[outcome.Rejected])+" refused", figure(counts[outcome.Unknown])+" in doubt")
	return strings.Join(parts, ", ") + oldAmong(tallies)
}

// oldAmong says how many of the accepted messages were for rows as they were before an update; "" without any.
func oldAmong(tallies []ledger.Tally) string {
	n := acceptedIn(oldOf(tallies))
	if n == 0 {
		return ""
	}
	return " (accepted: " + fmt.Sprintf(oldOfThem, figure(n), noun(n, oldAsItWas)) + ")"
}

// oldLines says how many more messages there are of rows as they were before an update.
func oldLines(n int) []string {
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf(oldMore, figure(n), noun(n, oldAsItWas))}
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
	showTally(p, statusWords[outcome.Sent], counts[outcome.Sent], append(oldLines(acceptedIn(old)), acceptedLines(tallies)...))
	if counts[outcome.AlreadySent] > 0 {
		showTally(p, statusWords[outcome.AlreadySent], counts[outcome.AlreadySent],
			[]string{"the message ids are not known"})
	}
	showTally(p, statusWords[outcome.Rejected], counts[outcome.Rejected],
		append(oldLines(old[outcome.Rejected]), reasonLines(reasonsOf(tallies, outcome.Rejected), CauseWords)...))
	showTally(p, statusWords[outcome.Unknown], counts[outcome.Unknown],
		append(oldLines(old[outcome.Unknown]), reasonLines(reasonsOf(tallies, outcome.Unknown), doubtWords)...))
	if counts[outcome.Pending] > 0 {
		showTally(p, statusWords[outcome.Pending], counts[outcome.Pending], nil)
	}
	showTally(p, statusWords[outcome.Skipped], counts[outcome.Skipped]+counts[outcome.Invalid], []string{leftOutOf(tallies)})
	if rows := totalOf(old); rows > 0 {
		showTally(p, "old versions", rows, []string{oldVersions})
	}
}

func showTally(p *page, label string, n int, lines []string) {
	head := "  " + pad(label, talliesLabel) + padLeft(figure(n), talliesCount)
	if len(lines) == 0 || lines[0] == "" {
		lines = []string{""}
	}
	start := len(p.lines)
	for i, line := range lines {
		if i > 0 {
			head = ""
		}
		if line == "" {
			p.line(head)
		}
		p.field(head, talliesAt+leadingSpaces(line), line)
	}
	if s := tallyStyles[label]; s != "" && (n > 0 || lines[0] != "") {
		p.mark(start, mark{2, 2 + len(strings.TrimRight(pad(label, talliesLabel)+padLeft(figure(n), talliesCount), " ")), s})
	}
}

// tallyStyles are those of the counts that a person looks for.
var tallyStyles = map[string]style{
	statusWords[outcome.Sent]: styleGood, statusWords[outcome.Rejected]: styleError, statusWords[outcome.Unknown]: styleWarning,
}

func leadingSpaces(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// acceptedLines are what there is to say about rows that were accepted.
func acceptedLines(tallies []ledger.Tally) []string {
	var lines []string
	for _, r := range reasonsOf(tallies, outcome.Sent) {
		if r.Cause != "" {
			label, advice := CauseWords(r.Cause, r.Code)
			lines = append(lines, count(r.Rows, "row")+": "+label+"; "+advice)
		}
	}
	return lines
}

// doubtWords are CauseWords for a row in doubt: a refusal's advice is not to be followed before the doubt is settled.
func doubtWords(cause, code string) (label, advice string) {
	if label, advice = CauseWords(cause, code); isRefusal(kanal.Cause(cause)) {
		advice = "said after a try whose answer was lost"
	}
	return label, advice
}

// isRefusal reports whether a cause is that of a definite refusal.
func isRefusal(cause kanal.Cause) bool {
	switch cause {
	case kanal.CauseOptedOut, kanal.CauseNotOnWhatsApp, kanal.CauseClosedWindow, kanal.CauseHeldBack, kanal.CauseTooManyToOne,
		kanal.CauseInvalidNumber, kanal.CauseMissingField, kanal.CauseMissingVariable, kanal.CauseBadParameter, kanal.CauseRefused:
		return true
	}
	return false
}

// reasonLines are the reasons of a status, their counts under one another. A single reason has the status' count.
func reasonLines(reasons []reason, words func(cause, code string) (label, advice string)) []string {
	if len(reasons) == 1 {
		label, advice := words(reasons[0].Cause, reasons[0].Code)
		return []string{label + ": " + advice}
	}
	width := 0
	for _, r := range reasons {
		width = max(width, len(figure(r.Rows)))
	}
	lines := make([]string, len(reasons))
	for i, r := range reasons {
		label, advice := words(r.Cause, r.Code)
		lines[i] = padLeft(figure(r.Rows), width) + " " + label + ": " + advice
	}
	return lines
}
