package screen

import (
	"strings"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// share is a part of a whole; nothing of nothing.
func (b *overviewBuilder) share(part, whole int) string { return b.Percent(part, max(part, whole, 1)) }

// state says how far the campaign is.
func (b *overviewBuilder) state() string {
	pending := b.counts[outcome.Pending]
	line := StatusLine{b.options.Session, b.facts.Status}
	switch line.state() {
	case stateRunning:
		return b.ReportRunning(pending)
	case stateFinished:
		return b.ReportFinished(b.counts.Total(), b.Dated(b.in(b.campaign.FinishedAt)))
	case stateNotBegun:
		return b.ReportNotBegun()
	}
	switch {
	case pending > 0:
		return b.ReportUnfinished(pending)
	case b.tallies.Messages()[outcome.Unknown] > 0:
		return b.ReportDoubtsLeft()
	}
	return b.ReportAllTried()
}

// accepted says how many people have the message.
func (b *overviewBuilder) accepted() string {
	total, accepted := b.counts.Total(), b.counts.Accepted()
	text := b.ReportAccepted(total, b.Number(accepted), b.share(accepted, total))
	if old := b.tallies.Old().Accepted(); old > 0 {
		text += " " + b.ReportAcceptedOld(old)
	}
	return text
}

// counted says what the outcomes count beside the rows of the file.
func (b *overviewBuilder) counted() string {
	file, all := b.counts.Total(), b.tallies.Messages().Total()
	if all == file {
		return ""
	}
	return b.ReportCounted(file) + " " + b.ReportCountedOld(all-file) + " " + b.ReportCountedShares(b.Number(all))
}

func (b *overviewBuilder) doubts() string {
	n := b.tallies.Messages()[outcome.Unknown]
	if n == 0 || b.isRunning() {
		return ""
	}
	return b.ReportDoubts(n)
}

// zones says where the clock stood that all times are told by.
func (b *overviewBuilder) zones() string {
	planned, written := b.in(b.campaign.CreatedAt), b.in(b.facts.AsOf)
	name, offset := b.Zone(written), utcOffset(written)
	switch {
	case utcOffset(planned) != offset:
		return b.ReportZones(b.ReportZone(b.Zone(planned), utcOffset(planned)), b.ReportZone(name, offset))
	case name == "UTC":
		return offset
	}
	return b.ReportZone(name, offset)
}

func utcOffset(t time.Time) string { return t.Format("UTC-07:00") }

func (b *overviewBuilder) about() []Fact {
	c := b.campaign
	facts := []Fact{
		{b.FactSentFrom(), b.WhatsappNumber(text.Clean(c.Account))},
		{messageLabel(b.Words, c.Kind), text.Clean(messageText(b.Words, c.Kind, c.Title, c.Of))},
		{b.FactFile(), text.Clean(c.File.Name)},
		{b.FactHash(), text.Clean(c.File.SHA256)},
		{b.FactPlanned(), b.Dated(b.in(c.CreatedAt))},
	}
	if chosen := chosenBy(b.Words, c.Settings); chosen != "" {
		facts = append(facts, Fact{b.FactChosen(), chosen})
	}
	if !c.ConfirmedAt.IsZero() && b.options.Mode != Sandbox { // in a rehearsal nobody is asked
		facts = append(facts, Fact{b.FactConfirmed(), b.confirmed()})
	}
	if !c.FinishedAt.IsZero() {
		facts = append(facts, Fact{b.FactFinished(), b.Dated(b.in(c.FinishedAt))})
	}
	return append(facts, Fact{b.FactPassed(), b.passed()})
}

// passed says what of a person is passed to Kanal beside the message.
func (b *overviewBuilder) passed() string {
	switch name, email := b.campaign.Settings.NameColumn, b.campaign.Settings.EmailColumn; {
	case name != "" && email != "":
		return b.PassedBoth(b.InQuotes(name), b.InQuotes(email))
	case name != "":
		return b.PassedName(b.InQuotes(name))
	case email != "":
		return b.PassedEmail(b.InQuotes(email))
	}
	return b.PassedNone()
}

// mostConfirmed is how many runs' confirmed counts are told one by one.
const mostConfirmed = 5

// confirmed says how many messages a person has said yes to, run by run, as it was typed.
func (b *overviewBuilder) confirmed() string {
	at := b.campaign.ConfirmedAt
	var counts []int
	for _, r := range b.runs {
		if sendsNothing(r.Stopped) || r.Confirmed == 0 || r.Command == record.TestCommand {
			continue
		}
		if r.StartedAt.After(at) {
			at = r.StartedAt
		}
		counts = append(counts, r.Confirmed)
	}
	last := b.Dated(b.in(at))
	switch {
	case len(counts) == 0: // by runs that are not known
		return b.ReportConfirmed(b.campaign.Confirmed, last)
	case len(counts) == 1:
		return b.ReportConfirmed(counts[0], last)
	case len(counts) > mostConfirmed:
		return b.ReportConfirmedOften(len(counts), last)
	}
	text := b.ReportMessages(counts[0])
	for _, n := range counts[1:] {
		text = b.ReportConfirmedThen(text, b.Number(n))
	}
	return b.ReportConfirmedSeveral(text, last)
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
		line := RunLine{N: i + 1, Started: b.in(r.StartedAt), End: b.endOf(r), Command: text.Clean(r.Command), Flags: b.mask.text(text.Clean(r.Flags)),
			Person: text.Clean(r.Person), Computer: text.Clean(r.Computer), Version: text.Clean(r.Version), Confirmed: b.confirmedBy(r)}
		if !r.EndedAt.IsZero() {
			line.Ended = b.in(r.EndedAt)
		}
		if r.SHA256 != "" && r.SHA256 != b.campaign.File.SHA256 {
			line.SHA256, line.Strange = text.Clean(r.SHA256), r.FileName == ""
		}
		lines = append(lines, line)
	}
	return lines
}

// confirmedBy says how many messages a run was confirmed for.
func (b *overviewBuilder) confirmedBy(r record.Run) string {
	switch {
	case b.options.Mode == Sandbox, sendsNothing(r.Stopped), r.Confirmed == 0 && r.FileName == "": // or it did not come to sending
		return b.ReportConfirmedNone()
	case r.Confirmed == 0:
		return b.ReportConfirmedBefore()
	}
	return b.Number(r.Confirmed)
}

func (b *overviewBuilder) endOf(r record.Run) string {
	switch {
	case b.facts.Running.ID == r.ID && r.ID != 0:
		return b.RunEnd(words.StillRunning)
	case r.EndedAt.IsZero():
		return b.RunEnd(words.EndedSuddenly)
	case r.Stopped == "":
		return b.RunEnd(words.EndedSomehow)
	}
	return text.Clean(b.RunEnd(r.Stopped))
}

// ProblemLine is what is wrong with some of the rows that were never tried.
type ProblemLine struct {
	Rows                 int
	What, Example, First string
}

func (b *overviewBuilder) problems() []ProblemLine {
	var lines []ProblemLine
	for _, g := range b.facts.Problems {
		p := g.Example
		p.Value, p.Fix = b.mask.cell(p.Value), b.mask.cell(p.Fix)
		example := b.ProblemRemark(p)
		if value := text.Visible(p.Value); value != "" && !strings.Contains(example, value) {
			example = strings.Trim(b.InQuotes(value)+": "+example, ": ")
		}
		what := b.ProblemRowsHeading(p, g.Rows, record.IsWorkbook(b.campaign.File.Name))
		first := ""
		if p.Row > 0 {
			first = b.Number(p.Row)
		}
		lines = append(lines, ProblemLine{Rows: g.Rows, What: what, First: first, Example: example})
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
	add := func(role, note, shown string) {
		if shown != "" || note != "" {
			parts = append(parts, MessagePart{Role: role, Note: text.Clean(note), Texts: variablesIn(shown)})
		}
	}
	switch header := t.Header; {
	case header.Format != "" && header.Text == "":
		note := b.Media(header.Format)
		for _, name := range header.Variables {
			note = b.ReportMediaLink(note, name)
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
	parts := []MessagePart{{Role: "header", Note: text.Clean(b.campaign.Of), Texts: variablesIn(strings.Trim(link, "[]"))}}
	if caption != "" {
		parts = append(parts, MessagePart{Role: "body", Texts: variablesIn(caption)})
	}
	return parts
}

// variablesIn takes a text apart at its placeholders. Its line breaks stay.
func variablesIn(shown string) []MessageText {
	var texts []MessageText
	plain := func(s string) {
		if s != "" {
			texts = append(texts, MessageText{Text: cleanLines(s)})
		}
	}
	for shown != "" {
		before, rest, opened := strings.Cut(shown, "{{")
		name, after, closed := strings.Cut(rest, "}}")
		switch {
		case !opened || !closed || strings.Contains(name, "\n"):
			plain(shown)
			return texts
		case strings.HasSuffix(before, `\`): // two braces as they are
			plain(strings.TrimSuffix(before, `\`) + "{{")
			shown = rest
			continue
		}
		plain(before)
		texts = append(texts, MessageText{Text: text.Clean(strings.TrimSpace(name)), Variable: true})
		shown = after
	}
	return texts
}

// cleanLines is Clean for a text of which the line breaks stay.
func cleanLines(s string) string {
	lines := strings.Split(text.LineBreak().ReplaceAllString(s, "\n"), "\n")
	for i := range lines {
		lines[i] = text.Clean(lines[i])
	}
	return strings.Join(lines, "\n")
}
