package reports

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// Figure writes a count as people read it: 4,212.
func Figure(n int) string { return figure(n) }

// Rows counts rows: "1 row", "4,212 rows".
func Rows(n int) string { return count(n, "row") }

// Stamp writes a time to the second, so that it can be read in one way only: 20 Nov 2026, 10:42:07 +01:00.
func Stamp(t time.Time) string { return t.Format("2 Jan 2006, 15:04:05 -07:00") }

// Day writes a moment with its year: Fri 20 Nov 2026, 10:42.
func Day(t time.Time) string { return dated(t) }

// share writes a part of a whole so that a few never read as none, nor nearly all as all.
func share(part, whole int) string {
	switch {
	case part == 0 || whole == 0:
		return "0%"
	case part == whole:
		return "100%"
	}
	percent := 100 * float64(part) / float64(whole)
	switch {
	case percent < 0.1:
		return "under 0.1%"
	case percent > 99.9:
		return "over 99.9%"
	}
	return fmt.Sprintf("%.1f%%", percent)
}

func sentenceCase(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// state says how far the campaign is.
func (b *overviewBuilder) state() string {
	total, pending := b.counts.Total(), b.counts[outcome.Pending]
	line := StatusLine{Mode: b.options.Mode, Campaign: b.campaign, Tallies: b.tallies, Running: b.running}
	switch line.state() {
	case stateRunning:
		return fmt.Sprintf(overviewRunning, count(pending, personHas))
	case stateFinished:
		return fmt.Sprintf(overviewFinished, dated(b.in(b.campaign.FinishedAt)), count(total, "row"))
	case stateNotBegun:
		return overviewNotBegun
	}
	if pending == 0 && b.tallies.Messages()[outcome.Unknown] == 0 {
		return overviewAllTried
	}
	if pending == 0 {
		return overviewUnsettled
	}
	return fmt.Sprintf(overviewUnfinished, count(pending, personHas))
}

// accepted says how many people have the message.
func (b *overviewBuilder) accepted() string {
	total := b.counts.Total()
	n := b.counts.Accepted()
	if old := b.tallies.Old().Accepted(); old > 0 {
		return fmt.Sprintf(overviewAcceptedOld, count(n+old, "message"), figure(n), count(total, "row"), share(n, total), figure(old),
			noun(old, oldAsItWas))
	}
	return fmt.Sprintf(overviewAccepted, figure(n), count(total, "row"), share(n, total))
}

// counted says what the outcomes count beside the rows of the file.
func (b *overviewBuilder) counted() string {
	file := b.counts.Total()
	old := b.tallies.Messages().Total() - file
	if old == 0 {
		return ""
	}
	return fmt.Sprintf(overviewCounted, count(file, "row"), count(old, "message"), noun(old, oldAsItWas), figure(file+old))
}

func (b *overviewBuilder) doubts() string {
	n := b.tallies.Messages()[outcome.Unknown]
	if n == 0 || b.running != (ledger.Run{}) {
		return ""
	}
	return fmt.Sprintf(overviewDoubts, count(n, "person is|people are"))
}

func rebuiltText(from string) string {
	return fmt.Sprintf(overviewRebuilt, quoted(filepath.Base(from)))
}

// zones says where the clock stood that all times are told by.
func (b *overviewBuilder) zones(now time.Time) string {
	planned, written := b.in(b.campaign.CreatedAt), b.in(now)
	name := zone(written)
	before, after := planned.Format("UTC-07:00"), written.Format("UTC-07:00")
	if before == after {
		if name == "UTC" {
			return after
		}
		return name + " (" + after + ")"
	}
	return fmt.Sprintf(overviewTwoZones, zone(planned), before, name, after)
}

func (b *overviewBuilder) facts() []Fact {
	c := b.campaign
	facts := []Fact{
		{"Sent from", "WhatsApp number id " + Clean(c.Account)},
		{messageLabel(c.Kind), Clean(messageText(c.Kind, c.Title, c.Of))},
		{"File", Clean(c.File.Name)},
		{"SHA-256 of the file", Clean(c.File.SHA256)},
		{"Planned", dated(b.in(c.CreatedAt))},
	}
	if chosen := chosenBy(words.English(), c.Settings); chosen != "" {
		facts = append(facts, Fact{"Chosen rows", chosen})
	}
	if !c.ConfirmedAt.IsZero() {
		facts = append(facts, Fact{"Confirmed", b.confirmed()})
	}
	if !c.FinishedAt.IsZero() {
		facts = append(facts, Fact{"Finished", dated(b.in(c.FinishedAt))})
	}
	if name, email := c.Settings.NameColumn, c.Settings.EmailColumn; name != "" || email != "" {
		facts = append(facts, Fact{"Passed to Kanal", passedOn(name, email)})
	} else {
		facts = append(facts, Fact{"Passed to Kanal", "numbers and the message's values; no contact name, no e-mail"})
	}
	return facts
}

// mostConfirmed is how many runs' confirmed counts are told one by one.
const mostConfirmed = 5

// confirmed says how many messages a person has said yes to, run by run, as it was typed.
func (b *overviewBuilder) confirmed() string {
	at, counts := b.campaign.ConfirmedAt, []string(nil)
	for _, r := range b.runs {
		if sendsNothing(r.Stopped) || r.Confirmed == 0 || r.Command == ledger.TestCommand {
			continue
		}
		if r.StartedAt.After(at) {
			at = r.StartedAt
		}
		if counts = append(counts, figure(r.Confirmed)); len(counts) == 1 {
			counts[0] = count(r.Confirmed, "message")
		}
	}
	switch last := dated(b.in(at)); {
	case len(counts) == 0: // by runs that are not known
		return last + ", " + count(b.campaign.Confirmed, "message")
	case len(counts) == 1:
		return last + ", " + counts[0]
	case len(counts) > mostConfirmed:
		return fmt.Sprintf(overviewConfirmedOften, figure(len(counts)), last)
	default:
		return fmt.Sprintf(overviewConfirmed, strings.Join(counts, ", then "), last)
	}
}

func passedOn(name, email string) string {
	var parts []string
	if name != "" {
		parts = append(parts, "the contact's name (column "+quoted(name)+")")
	}
	if email != "" {
		parts = append(parts, "the e-mail (column "+quoted(email)+")")
	}
	return list(parts)
}

// RunLine is one process at work on the campaign.
type RunLine struct {
	N              int
	Started, Ended time.Time // Ended is zero while it runs, and when it died
	End            string    // how it ended, in words
	Command, Flags string
	Person         string
	Computer       string
	Version        string
	Confirmed      string
	SHA256         string // of the file it was given, where that is not the campaign's now
	Strange        bool   // that file may be another campaign's: nothing of it was sent
}

func (b *overviewBuilder) runLines() []RunLine {
	var lines []RunLine
	for i, r := range b.runs {
		line := RunLine{N: i + 1, Started: b.in(r.StartedAt), End: b.endOf(r), Command: Clean(r.Command), Flags: b.mask.text(Clean(r.Flags)),
			Person: Clean(r.Person), Computer: Clean(r.Computer), Version: Clean(r.Version), Confirmed: confirmedBy(r)}
		if !r.EndedAt.IsZero() {
			line.Ended = b.in(r.EndedAt)
		}
		if r.SHA256 != "" && r.SHA256 != b.campaign.File.SHA256 {
			line.SHA256, line.Strange = Clean(r.SHA256), r.FileName == ""
		}
		lines = append(lines, line)
	}
	return lines
}

// confirmedBy says how many messages a run was confirmed for.
func confirmedBy(r ledger.Run) string {
	switch {
	case sendsNothing(r.Stopped), r.Confirmed == 0 && r.FileName == "": // it did not come to sending
		return "none"
	case r.Confirmed == 0:
		return "as before"
	}
	return figure(r.Confirmed)
}

func (b *overviewBuilder) endOf(r ledger.Run) string {
	switch {
	case b.running.ID == r.ID && r.ID != 0:
		return b.RunEnd(words.StillRunning)
	case r.EndedAt.IsZero():
		return b.RunEnd(words.EndedSuddenly)
	case r.Stopped == "":
		return b.RunEnd(words.EndedSomehow)
	}
	return Clean(b.RunEnd(r.Stopped))
}

// ProblemLine is what is wrong with some of the rows that were never tried.
type ProblemLine struct {
	Rows                 int
	What, Example, First string
}

func (b *overviewBuilder) problems(groups []ledger.ProblemGroup) []ProblemLine {
	var lines []ProblemLine
	for _, g := range groups {
		p := g.Example
		p.Value, p.Fix = b.mask.cell(p.Value), b.mask.cell(p.Fix)
		example := words.English().ProblemRemark(p)
		if value := visible(p.Value); value != "" && !strings.Contains(example, value) {
			example = strings.Trim(quotedOrNone(value)+": "+example, ": ")
		}
		what := sentenceCase(words.English().ProblemRowsHeading(p, g.Rows, record.IsWorkbook(b.campaign.File.Name)))
		lines = append(lines, ProblemLine{Rows: g.Rows, What: what, First: positive(p.Row), Example: example})
	}
	return lines
}

// MessagePart is one part of the message as people read it.
type MessagePart struct {
	Role  string // header, body, footer, button, text, link or caption
	Note  string // what cannot be drawn: the format of a media header, the type of a button
	Texts []MessageText
}

// MessageText is a run of text; a variable stands for what each row brings.
type MessageText struct {
	Text     string
	Variable bool
}

func (b *overviewBuilder) messageParts() []MessagePart {
	t, isTemplate := b.message.Template()
	if !isTemplate {
		return b.freeParts()
	}
	var parts []MessagePart
	add := func(role, note, text string) {
		if text != "" || note != "" {
			parts = append(parts, MessagePart{Role: role, Note: Clean(note), Texts: variablesIn(text)})
		}
	}
	switch header := t.Header; {
	case header.Format != "" && header.Text == "":
		note := strings.ToLower(header.Format)
		for _, name := range header.Variables {
			note += ", a link from each row: " + name
		}
		add("header", note, "")
	default:
		add("header", "", header.Text)
	}
	add("body", "", t.Body)
	add("footer", "", t.Footer)
	for _, button := range t.Buttons {
		add("button", button.URL, button.Text)
	}
	return parts
}

func (b *overviewBuilder) freeParts() []MessagePart {
	if b.campaign.Of == "text" {
		return []MessagePart{{Role: "body", Texts: variablesIn(b.message.Skeleton())}}
	}
	link, caption, _ := strings.Cut(b.message.Skeleton(), "\n")
	parts := []MessagePart{{Role: "header", Note: Clean(b.campaign.Of), Texts: variablesIn(strings.Trim(link, "[]"))}}
	if caption != "" {
		parts = append(parts, MessagePart{Role: "body", Texts: variablesIn(caption)})
	}
	return parts
}

// variablesIn takes a text apart at its placeholders. Its line breaks stay.
func variablesIn(text string) []MessageText {
	var texts []MessageText
	plain := func(s string) {
		if s != "" {
			texts = append(texts, MessageText{Text: cleanLines(s)})
		}
	}
	for text != "" {
		before, rest, opened := strings.Cut(text, "{{")
		name, after, closed := strings.Cut(rest, "}}")
		switch {
		case !opened || !closed || strings.Contains(name, "\n"):
			plain(text)
			return texts
		case strings.HasSuffix(before, `\`): // two braces as they are
			plain(strings.TrimSuffix(before, `\`) + "{{")
			text = rest
			continue
		}
		plain(before)
		texts = append(texts, MessageText{Text: Clean(strings.TrimSpace(name)), Variable: true})
		text = after
	}
	return texts
}

// cleanLines is Clean for a text of which the line breaks stay.
func cleanLines(s string) string {
	lines := strings.Split(text.LineBreak.ReplaceAllString(s, "\n"), "\n")
	for i := range lines {
		lines[i] = Clean(lines[i])
	}
	return strings.Join(lines, "\n")
}
