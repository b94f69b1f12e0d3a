package reports

import (
	"fmt"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports/words"
)

// stalePlan is the age from which a plan is asked about again.
const stalePlan = outcome.DoubtLife

// ResumeScreen is what a person sees before an unfinished campaign goes on.
type ResumeScreen struct {
	Mode            Mode
	APIURL          string // where messages go; see ConfirmScreen
	Ledger          string // the path given by --ledger; empty for the default
	Campaign        ledger.Campaign
	LastRun         ledger.Run // zero when there was none
	Tallies         campaign.Tallies
	DoubtRows       []ledger.Row // the first few in old doubt
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
	Hours           campaign.HoursVerdict
	Suppressed      int // people of it whom the lists given now leave out
	Barred          int // people of it who have opted out since, or were messaged by another campaign within --min-gap
	Lifted          int // people left out by a list that this command lifts
}

// Resume shows how far a campaign is and what is about to happen. When Ask is set, the terminal's question follows: see
// ConfirmPrompt.
func Resume(f Face, s ResumeScreen) {
	p := f.page()
	showBanner(p, s.Mode, s.APIURL)
	p.field(Clean(s.Campaign.Name), columnsOf(Clean(s.Campaign.Name))+2, s.history(f))
	p.field("From", confirmAt, s.from())
	showAPI(p, s.Mode, s.APIURL)
	template := "unchanged since " + day(s.Campaign.CreatedAt, s.Start)
	if s.TemplateChanged {
		template = "its text has changed since " + day(s.Campaign.CreatedAt, s.Start) + ":"
	}
	if s.Campaign.Kind == string(campaign.KindTemplate) {
		p.field("Template", confirmAt, Clean(s.Campaign.Title)+", "+template)
	} else {
		p.field("Message", confirmAt, messageText(s.Campaign.Kind, s.Campaign.Title, s.Campaign.Of))
	}
	if s.TemplateChanged {
		showTexts(p, s.OldText, s.NewText)
	}
	p.field("Done", confirmAt, s.done(f))
	s.showDoubts(p)
	p.field("To send", confirmAt, fmt.Sprintf("%s, as planned on %s", people(s.ToSend), day(s.Campaign.CreatedAt, s.Start)))
	if s.Suppressed > 0 {
		p.field("Left out", confirmAt, p.CauseCount(s.Suppressed, outcome.CauseSuppressed)+" from now on")
	}
	if s.Barred > 0 {
		p.field("Left out", confirmAt, fmt.Sprintf(barredSince, count(s.Barred, "person|people"), noun(s.Barred, "has|have")))
	}
	stay, them := count(s.Lifted, "person stays|people stay"), noun(s.Lifted, "that person|them")
	switch {
	case s.Lifted > 0 && s.Tallies.Forgotten() > 0:
		p.field("Lists", confirmAt, fmt.Sprintf(forgottenLists, stay, them, them))
	case s.Lifted > 0:
		p.field("Lists", confirmAt, fmt.Sprintf(liftedLists, stay, them))
		p.next(confirmAt, SummaryScreen{Mode: s.Mode, Campaign: s.Campaign, Ledger: s.Ledger}.updateCommand())
	}
	showRunHours(p, s.Window, s.Hours, s.People, s.ToSend, s.Rate, s.Start)
	if s.ToSend > 0 {
		showWhenWithin(p, s.Window, confirmAt, s.ToSend, s.Rate, s.Start)
	}
	if s.PlanAge >= stalePlan || s.TemplateChanged || s.Ask && s.ToSend > 0 {
		showQuestion(p, s.Mode, s.why(), s.question())
	}
	p.show()
}

// showQuestion ends a screen with what is asked, which a rehearsal only tells.
func showQuestion(p *page, mode Mode, why, question string) {
	p.gap()
	start := len(p.lines)
	if mode == Sandbox {
		question = fmt.Sprintf(askedLive, why)
	}
	p.text(0, question)
	p.vital(start)
}

// showTexts shows a text that has changed, as it was planned and as it is now.
func showTexts(p *page, planned, now string) {
	margin := strings.Repeat(" ", confirmAt)
	p.line(margin, "then  ", shorten(oneLine(planned), screenWidth-confirmAt-6))
	p.line(margin, "now   ", shorten(oneLine(now), screenWidth-confirmAt-6))
	p.text(confirmAt, "Kanal sends the text as it is now.")
}

// showTextChange says that a template's text is not that of the plan any more, below the template's name.
func showTextChange(p *page, c ledger.Campaign, start time.Time, planned, now string) {
	first := len(p.lines)
	p.text(confirmAt, "Its text has changed since "+day(c.CreatedAt, start)+":")
	showTexts(p, planned, now)
	p.vital(first)
}

func oneLine(text string) string { return Clean(strings.ReplaceAll(text, "\n", " ")) }

func (s ResumeScreen) history(f Face) string {
	text := "started " + momentBy(s.Campaign.CreatedAt, s.Start)
	run := s.LastRun
	if run.ID == 0 {
		return text
	}
	if run.Person != "" || run.Computer != "" {
		text += fmt.Sprintf(" by %s on %s", Clean(run.Person), Clean(run.Computer))
	}
	if run.EndedAt.IsZero() {
		return text + "; its last run " + f.RunEnd(words.EndedSuddenly)
	}
	stopped := clock(run.EndedAt)
	if run.EndedAt.Format(time.DateOnly) != s.Campaign.CreatedAt.Format(time.DateOnly) {
		stopped = momentBy(run.EndedAt, s.Start)
	}
	return text + ", stopped " + stopped + " (" + Clean(f.RunEnd(run.Stopped)) + ")"
}

func (s ResumeScreen) from() string {
	text := "WhatsApp number id " + Clean(s.From)
	switch {
	case s.SameFrom:
		return text + ", the same"
	case s.Campaign.Account != "":
		return text + ", not the campaign's (" + Clean(s.Campaign.Account) + ")"
	}
	return text
}

func (s ResumeScreen) done(f Face) string {
	counts := s.Tallies.Messages()
	text := figure(counts[outcome.Sent]) + " accepted"
	if n := counts[outcome.AlreadySent]; n > 0 {
		text += ", " + figure(n) + " accepted earlier"
	}
	return withOld(f.Words, text+", "+figure(counts[outcome.Rejected])+" refused", s.Tallies)
}

func (s ResumeScreen) showDoubts(p *page) {
	p.field("In doubt", confirmAt, s.doubts(s.Tallies.Messages()[outcome.Unknown]))
	if s.OldDoubts > 0 {
		p.next(confirmAt+2, commandIn(s.Mode, s.Ledger, "retry", s.Campaign.Name, "--unknown"))
	}
}

// doubts tells old doubts, which are left alone, from young ones, which are tried again.
func (s ResumeScreen) doubts(all int) string {
	if all == 0 {
		return "none"
	}
	var parts []string
	if young := all - s.OldDoubts; young > 0 {
		parts = append(parts, count(young, "row")+", tried again under the same key: nobody gets two messages")
	}
	if s.OldDoubts > 0 {
		text := count(s.OldDoubts, "row")
		if rows := rowNumbers(s.DoubtRows, s.OldDoubts); rows != "" {
			text += " (" + rows + ")"
		}
		if last := lastTried(s.DoubtRows); !last.IsZero() {
			text += ", last tried " + roughly(s.Start.Sub(last)) + " ago"
		}
		parts = append(parts, text+", not retried by itself. To try again:")
	}
	return strings.Join(parts, "; ")
}

func lastTried(rows []ledger.Row) (last time.Time) {
	for _, r := range rows {
		if r.TriedAt.After(last) {
			last = r.TriedAt
		}
	}
	return last
}

// rowNumbers names the first rows of so many: "1512 and 1513", "12, 15, 18 and 4 more".
func rowNumbers(rows []ledger.Row, all int) string {
	var numbers []int
	for _, r := range rows {
		numbers = append(numbers, r.Number)
	}
	return numberList(numbers, all)
}

// numberList is rowNumbers for the numbers themselves.
func numberList(numbers []int, all int) string {
	if len(numbers) == 0 {
		return ""
	}
	var parts []string
	for _, n := range numbers {
		parts = append(parts, rowNumber(n))
	}
	if more := all - len(numbers); more > 0 {
		parts = append(parts, figure(more)+" more")
	}
	return list(parts)
}

// askedLive says in a rehearsal, which asks nothing, where and why a question would follow.
const askedLive = "A rehearsal asks nothing. Live, you would be asked here: %s."

func (s ResumeScreen) beyondCap() bool { return s.Hours.Exceeds(s.People) }

// why says what the question is asked for.
func (s ResumeScreen) why() string {
	switch {
	case s.TemplateChanged:
		return "the template reads differently now"
	case s.PlanAge >= stalePlan:
		return "the plan is " + roughly(s.PlanAge) + " old"
	case s.beyondCap():
		return capWhy
	case s.PastFirst:
		return pastFirstWhy
	}
	return "these are more messages than were confirmed before"
}

func (s ResumeScreen) question() string {
	text := ""
	if s.TemplateChanged {
		text = "The template reads differently now. "
	}
	switch {
	case s.PlanAge >= stalePlan:
		text += "This plan is " + roughly(s.PlanAge) + " old. Do the messages still hold true today?"
	case s.TemplateChanged:
		text += "Should the rest go out with the new text?"
	case s.beyondCap():
		text += capQuestion
	case s.PastFirst:
		text += pastFirstQuestion
	default:
		text += "These are more messages than were confirmed before."
	}
	return text
}
