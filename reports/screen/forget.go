package screen

import (
	"strconv"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// ForgetScreen is what a person sees before anything is forgotten.
type ForgetScreen struct {
	Mode   Mode
	Number string    // digits; empty when campaigns are forgotten by their age
	Before time.Time // of campaigns: the last activity of those that are forgotten lies before
	Parts  []ForgetPart
	Tests  int // messages to the user's own number
	// Others are rows of other people that mention the number; they stay.
	Others []ForgetPart
	Kept   []ForgetKept // where the number stands in campaigns as a whole; that stays
	// Unfinished are the names of campaigns that are as old, and stay because they are not finished.
	Unfinished []string
}

// ForgetPart is what one campaign loses.
type ForgetPart struct {
	Campaign record.Campaign
	Rows     []record.Row // of one person; nil when all go
	Count    int
}

// ForgetKept is where the number stands in what tells a campaign as a whole.
type ForgetKept struct {
	Campaign string           // its name
	Where    []KeptIn         // each once
	Look     campaign.Command // shows it; empty when there is none
}

// KeptIn is a code for where a number stands in what tells a campaign as a whole.
type KeptIn string

// The places in which a number stays.
const (
	KeptInName    KeptIn = "name"
	KeptInMessage KeptIn = "message"
	KeptInColumns KeptIn = "columns" // or flags
	KeptInFiles   KeptIn = "files"   // their names
)

// Rows is how many rows are forgotten.
func (s ForgetScreen) Rows() int {
	n := 0
	for _, part := range s.Parts {
		n += part.Count
	}
	return n
}

// forgetAt is where the texts about what is forgotten begin.
const forgetAt = 14

// Forget shows what will be forgotten, and what stays.
func Forget(f Face, s ForgetScreen) {
	p := f.page()
	if s.Number != "" {
		p.title(s.Mode, func(mode string) string { return f.ForgetPerson(mode, "+"+s.Number) })
	} else {
		p.title(s.Mode, func(mode string) string { return f.ForgetOld(mode, f.Date(s.Before)) })
	}
	p.gap()
	s.showFound(p)
	p.field(f.LabelErased(), forgetAt, f.ForgetErases())
	p.field(f.LabelKept(), forgetAt, f.ForgetKeeps())
	if s.Number != "" {
		p.field(f.LabelLater(), forgetAt, f.ForgetLater())
	}
	showStays(p, forgetAt, s.Others, s.Kept)
	if n := len(s.Unfinished); n > 0 {
		p.field(f.LabelStays(), forgetAt, f.ForgetUnfinished(n, f.Names(s.Unfinished)))
	}
	p.gap()
	p.text(0, f.ForgetFinal())
	p.show()
}

func (s ForgetScreen) showFound(p *page) {
	label := p.LabelFound()
	show := func(text string) {
		p.field(label, forgetAt, text)
		label = ""
	}
	for i, part := range s.Parts {
		if i == mostListed && len(s.Parts) > mostListed+1 {
			show(p.ForgetMoreCampaigns(len(s.Parts) - i))
			break
		}
		show(part.text(p.Face))
	}
	if s.Tests > 0 {
		show(p.ForgetTests(s.Tests))
	}
}

// text counts the part's rows, and those whose message has not come to its end.
func (part ForgetPart) text(f Face) string {
	sentence := f.ForgetRows(part.Count, text.Clean(part.Campaign.Name), f.Date(part.Campaign.CreatedAt))
	left := map[outcome.Status]int{}
	for _, row := range part.Rows {
		left[row.State.Status]++
	}
	if n := left[outcome.Pending]; n > 0 {
		sentence += " " + f.ForgetPending(n)
	}
	if n := left[outcome.Unknown]; n > 0 {
		sentence += " " + f.ForgetDoubtful(n)
	}
	return sentence
}

// showStays names every other place in the ledger where the number stands, and how to see it.
func showStays(p *page, at int, others []ForgetPart, kept []ForgetKept) {
	label := p.LabelStays()
	for _, other := range others {
		rows := make([]int, len(other.Rows))
		for i, row := range other.Rows {
			rows[i] = row.Number
		}
		p.field(label, at, p.ForgetStaysInRows(other.Count, text.Clean(other.Campaign.Name), p.listed(rows)))
		label = ""
	}
	for _, k := range kept {
		places := make([]string, len(k.Where))
		for i, place := range k.Where {
			places[i] = p.KeptIn(string(place))
		}
		p.field(label, at, p.ForgetStaysInCampaign(p.List(places), text.Clean(k.Campaign)))
		p.next(at, k.Look)
		label = ""
	}
}

// ForgetPrompt asks for the number of rows.
func ForgetPrompt(f Face, n int) string { return f.Words.ForgetPrompt(n, strconv.Itoa(n)) }

// staysAt is where the texts about what stays begin when they stand alone.
const staysAt = 7

// NothingToForget says that there is nothing, which is no failure.
func NothingToForget(f Face, s ForgetScreen) {
	p := f.page()
	switch {
	case s.Number == "":
		p.title(s.Mode, func(mode string) string { return f.ForgetNothingOld(mode, f.Date(s.Before)) })
	case len(s.Others)+len(s.Kept) > 0:
		p.title(s.Mode, func(mode string) string { return f.ForgetNothingBut(mode, "+"+s.Number) })
	default:
		p.title(s.Mode, func(mode string) string { return f.ForgetNothingPerson(mode, "+"+s.Number) })
	}
	showStays(p, staysAt, s.Others, s.Kept)
	if n := len(s.Unfinished); n > 0 {
		p.field(f.LabelStays(), staysAt, f.ForgetUnfinished(n, f.Names(s.Unfinished)))
	}
	p.show()
}

// ForgetDone is what a person sees afterwards.
type ForgetDone struct {
	Mode      Mode
	Rows      int
	Tests     int
	Others    []ForgetPart       // rows of other people in which the number stands still
	Kept      []ForgetKept       // campaigns in whose name, message or files' names it does
	Files     []string           // exported files that are still there
	Running   []string           // logs of campaigns that are running
	Reports   []campaign.Command // that write results anew
	Rehearsed campaign.Command   // the command that forgets in the rehearsals' ledger; empty when there is none
}

// Forgotten says what was forgotten, and what is out of reach.
func Forgotten(f Face, s ForgetDone) {
	p := f.page()
	p.title(s.Mode, func(mode string) string { return s.headline(f, mode) })
	p.gap()
	showStays(p, staysAt, s.Others, s.Kept)
	if len(s.Files) > 0 {
		p.gap()
		p.text(0, f.ForgottenFiles())
		for _, path := range s.Files {
			line := text.Clean(path)
			if record.IsMasked(path) {
				line = f.ForgottenFileMasked(line)
			}
			p.line("  ", line)
		}
	}
	if len(s.Running) > 0 {
		p.gap()
		p.text(0, f.ForgottenLogs())
		for _, path := range s.Running {
			p.line("  ", text.Clean(path))
		}
	}
	if len(s.Reports) > 0 {
		p.gap()
		p.text(0, f.ForgottenResults())
		for i, command := range s.Reports {
			if i == mostListed {
				p.line("  ", f.ForgottenMoreCommands(len(s.Reports)-i))
				break
			}
			p.next(2, command)
		}
	}
	if len(s.Rehearsed) > 0 {
		p.gap()
		p.text(0, f.ForgottenRehearsals())
		p.next(2, s.Rehearsed)
	}
	p.show()
}

// headline says what was forgotten, and from where.
func (s ForgetDone) headline(f Face, mode string) string {
	var what []string
	if s.Rows > 0 || s.Tests == 0 {
		what = append(what, f.ForgetCountRows(s.Rows))
	}
	if s.Tests > 0 {
		what = append(what, f.ForgetCountTests(s.Tests))
	}
	gone := f.ForgottenBytes()
	if len(s.Running) > 0 {
		gone = f.ForgottenBytesLedger()
	}
	text := f.Words.Forgotten(mode, f.List(what)) + " " + gone
	if len(s.Others)+len(s.Kept) > 0 {
		text += " " + f.ForgottenBut()
	}
	return text
}
