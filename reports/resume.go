package reports

import (
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// stalePlan is the age from which a plan is asked about again.
const stalePlan = outcome.DoubtLife

// ResumeScreen is what a person sees before an unfinished campaign goes on.
type ResumeScreen struct {
	Mode            Mode
	APIURL          string // where messages go; see ConfirmScreen
	Ledger          string // the path given by --ledger; empty for the default
	Campaign        record.Campaign
	LastRun         record.Run // zero when there was none
	Tallies         campaign.Tallies
	DoubtRows       []record.Row // the first few in old doubt
	OldDoubts       int          // how many are in doubt for too long to be retried by itself
	From            string       // the phone_number_id of the key in use
	SameFrom        bool         // it is the campaign's
	TemplateChanged bool         // the template's text is not that of the plan
	OldText         string
	NewText         string
	ToSend          int
	Doubts          int // how many of those to send are in doubt, so that they count as written to already
	People          int // whom the others go to
	Rate            int
	Start           time.Time
	PlanAge         time.Duration
	Ask             bool // a question follows
	PastFirst       bool // it goes beyond what was confirmed because --first kept the run before to a part
	Window          *WindowScreen
	Hours           hours.HoursVerdict
	Suppressed      int // people of it whom the lists given now leave out
	Barred          int // people of it who have opted out since, or were messaged by another campaign within --min-gap
	Lifted          int // people left out by a list that this command lifts
}

// Resume shows how far a campaign is and what is about to happen. When Ask is set, the terminal's question follows: see
// ConfirmPrompt.
func Resume(f Face, s ResumeScreen) {
	p := f.page()
	showBanner(p, s.Mode, s.APIURL)
	p.field(text.Clean(s.Campaign.Name), text.Columns(text.Clean(s.Campaign.Name))+2, s.history(f))
	p.field(p.LabelFrom(), confirmAt, s.from(f))
	showAPI(p, s.Mode, s.APIURL)
	s.showMessage(p)
	p.field(p.LabelDone(), confirmAt, doneText(f.Words, s.Tallies))
	s.showDoubts(p)
	p.field(p.LabelToSend(), confirmAt, p.ToSendPlanned(s.ToSend, p.Day(s.Campaign.CreatedAt, s.Start)))
	s.showLeftOut(p)
	showRunHours(p, s.Window, s.Hours, s.People, s.ToSend, s.Rate, s.Start)
	if s.ToSend > 0 {
		showWhen(p, s.Window, confirmAt, s.ToSend, s.Rate, s.Start)
	}
	if s.PlanAge >= stalePlan || s.TemplateChanged || s.Ask && s.ToSend > 0 {
		showQuestion(p, s.Mode, s.question(), f.Roughly(s.PlanAge))
	}
	p.show()
}

// showMessage names the message, and shows how its text has changed.
func (s ResumeScreen) showMessage(p *page) {
	name, day := text.Clean(s.Campaign.Title), p.Day(s.Campaign.CreatedAt, s.Start)
	switch {
	case s.Campaign.Kind != string(message.KindTemplate):
		p.field(p.LabelMessage(), confirmAt, messageText(p.Words, s.Campaign.Kind, s.Campaign.Title, s.Campaign.Of))
	case s.TemplateChanged:
		p.field(p.LabelTemplate(), confirmAt, p.TemplateChanged(name, day))
	default:
		p.field(p.LabelTemplate(), confirmAt, p.TemplateUnchanged(name, day))
	}
	if s.TemplateChanged {
		showTexts(p, s.OldText, s.NewText)
	}
}

// showLeftOut says whom of the plan the run leaves out, and whom lists leave out of it although they are lifted.
func (s ResumeScreen) showLeftOut(p *page) {
	if s.Suppressed > 0 {
		p.field(p.LabelLeftOut(), confirmAt, p.LeftOutListsNow(s.Suppressed))
	}
	if s.Barred > 0 {
		p.field(p.LabelLeftOut(), confirmAt, p.LeftOutSince(s.Barred))
	}
	switch {
	case s.Lifted > 0 && s.Tallies.Forgotten() > 0:
		p.field(p.LabelLists(), confirmAt, p.ListsLiftedForgotten(s.Lifted))
	case s.Lifted > 0:
		p.field(p.LabelLists(), confirmAt, p.ListsLifted(s.Lifted))
		p.next(confirmAt, SummaryScreen{Mode: s.Mode, Campaign: s.Campaign, Ledger: s.Ledger}.updateCommand())
	}
}

// What a person is asked before messages go out.
const (
	askText       = "text"
	askTextAndAge = "text-and-age"
	askAge        = "age"
	askCap        = "cap"
	askPastFirst  = "first"
	askMore       = "more"
)

// showQuestion ends a screen with what is asked, which a rehearsal only tells. age is the plan's, where it is asked about.
func showQuestion(p *page, mode Mode, question, age string) {
	p.gap()
	start := len(p.lines)
	if mode == Sandbox {
		p.text(0, p.RehearsalAsksNothing(p.Ask(question, true, age)))
	} else {
		p.text(0, p.Ask(question, false, age))
	}
	p.vital(start)
}

// showTexts shows a text that has changed, as it was planned and as it is now.
func showTexts(p *page, planned, now string) {
	margin, at := strings.Repeat(" ", confirmAt), max(text.Columns(p.LabelTextPlanned()), text.Columns(p.LabelTextNow()))+2
	p.line(margin, pad(p.LabelTextPlanned(), at), text.Shorten(oneLine(planned), screenWidth-confirmAt-at))
	p.line(margin, pad(p.LabelTextNow(), at), text.Shorten(oneLine(now), screenWidth-confirmAt-at))
	p.text(confirmAt, p.TextSentAsNow())
}

// showTextChange says that a template's text is not that of the plan any more, below the template's name.
func showTextChange(p *page, c record.Campaign, start time.Time, planned, now string) {
	first := len(p.lines)
	p.text(confirmAt, p.TextChanged(p.Day(c.CreatedAt, start)))
	showTexts(p, planned, now)
	p.vital(first)
}

func oneLine(shown string) string { return text.Clean(strings.ReplaceAll(shown, "\n", " ")) }

func (s ResumeScreen) history(f Face) string {
	run := s.LastRun
	started, person, computer := f.MomentBy(s.Campaign.CreatedAt, s.Start), text.Clean(run.Person), text.Clean(run.Computer)
	switch {
	case run.ID == 0:
		return f.ResumeStarted(started, "", "")
	case run.EndedAt.IsZero():
		return f.ResumeStartedBroken(started, person, computer)
	}
	stopped := f.Clock(run.EndedAt)
	if run.EndedAt.Format(time.DateOnly) != s.Campaign.CreatedAt.Format(time.DateOnly) {
		stopped = f.MomentBy(run.EndedAt, s.Start)
	}
	return f.ResumeStartedStopped(started, person, computer, stopped, text.Clean(f.RunEnd(run.Stopped)))
}

func (s ResumeScreen) from(f Face) string {
	switch {
	case s.SameFrom:
		return f.FromSame(text.Clean(s.From))
	case s.Campaign.Account != "":
		return f.FromOther(text.Clean(s.From), text.Clean(s.Campaign.Account))
	}
	return f.FromNumber(text.Clean(s.From), "")
}

// doneText counts the messages that are dealt with: 1,466 accepted, 14 refused.
func doneText(w *words.Words, tallies campaign.Tallies) string {
	counts := tallies.Messages()
	parts := []string{w.StatusCount(counts[outcome.Sent], outcome.Sent)}
	if n := counts[outcome.AlreadySent]; n > 0 {
		parts = append(parts, w.StatusCount(n, outcome.AlreadySent))
	}
	parts = append(parts, w.StatusCount(counts[outcome.Rejected], outcome.Rejected))
	return withOld(w, strings.Join(parts, ", "), tallies)
}

// showDoubts tells old doubts, which are left alone, from young ones, which are tried again.
func (s ResumeScreen) showDoubts(p *page) {
	label := p.LabelInDoubt()
	if young := s.Tallies.Messages()[outcome.Unknown] - s.OldDoubts; young > 0 {
		p.field(label, confirmAt, p.DoubtsTriedAgain(young))
		label = ""
	} else if s.OldDoubts == 0 {
		p.field(label, confirmAt, p.DoubtsNone())
	}
	if s.OldDoubts > 0 {
		ago := ""
		if last := lastTried(s.DoubtRows); !last.IsZero() {
			ago = p.Roughly(s.Start.Sub(last))
		}
		p.field(label, confirmAt, p.DoubtsLeft(s.OldDoubts, rowsOf(p.Face, s.OldDoubts, numbersOf(s.DoubtRows), p.RowsNamed), ago))
		p.next(confirmAt+2, commandIn(s.Mode, s.Ledger, "retry", s.Campaign.Name, "--unknown"))
	}
}

func lastTried(rows []record.Row) (last time.Time) {
	for _, r := range rows {
		if r.TriedAt.After(last) {
			last = r.TriedAt
		}
	}
	return last
}

// question is what is asked before the run.
func (s ResumeScreen) question() string {
	old := s.PlanAge >= stalePlan
	switch {
	case s.TemplateChanged && old:
		return askTextAndAge
	case s.TemplateChanged:
		return askText
	case old:
		return askAge
	case s.Hours.Exceeds(s.People):
		return askCap
	case s.PastFirst:
		return askPastFirst
	}
	return askMore
}
