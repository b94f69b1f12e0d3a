package screen

import (
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// resume shows how far an unfinished campaign is and what is about to happen.
func resume(f Face, s Session, proposed *campaign.Proposal) {
	p, c, sent, start := f.page(), proposed.Campaign, proposed.Send, proposed.AsOf
	name, tallies := text.Clean(c.Name), proposed.Earlier.Tallies
	showBanner(p, s.Mode, proposed.APIURL)
	p.field(name, text.Columns(name)+2, historyText(f, proposed))
	p.field(p.LabelFrom(), confirmAt, p.FromSame(text.Clean(proposed.From)))
	showAPI(p, s.Mode, proposed.APIURL)
	showPlanned(p, proposed)
	p.field(p.LabelDone(), confirmAt, doneText(f.Words, tallies))
	showDoubts(p, s, c.Name, tallies.Messages()[outcome.Unknown], proposed.Earlier, start)
	p.field(p.LabelToSend(), confirmAt, p.ToSendPlanned(sent.Messages(), p.Day(c.CreatedAt, start)))
	label := p.LabelLeftOut()
	if sent.OnLists > 0 {
		p.field(label, confirmAt, p.LeftOutListsNow(sent.OnLists))
		label = ""
	}
	if sent.NoLonger > 0 {
		p.field(label, confirmAt, p.LeftOutSince(sent.NoLonger))
	}
	showLifted(p, s, proposed)
	showTimes(p, proposed, sent.People)
	if why := proposed.Asking.Reasons(); len(why) > 0 {
		showQuestion(p, s.Mode, question(why), f.Roughly(proposed.Asking.PlanAge))
	}
	p.show()
}

// showPlanned names the message of a plan, and shows how its text has changed.
func showPlanned(p *page, proposed *campaign.Proposal) {
	c := proposed.Campaign
	name, day, changed := text.Clean(c.Title), p.Day(c.CreatedAt, proposed.AsOf), proposed.Asking.TextChanged
	switch {
	case c.Kind != string(message.KindTemplate):
		p.field(p.LabelMessage(), confirmAt, messageText(p.Words, c.Kind, c.Title, c.Of))
	case changed:
		p.field(p.LabelTemplate(), confirmAt, p.TemplateChanged(name, day))
	default:
		p.field(p.LabelTemplate(), confirmAt, p.TemplateUnchanged(name, day))
	}
	if changed {
		showTexts(p, proposed)
	}
}

// showLifted says whom lists leave out although they are lifted, and how to send to them.
func showLifted(p *page, s Session, proposed *campaign.Proposal) {
	switch n := proposed.Lifted; {
	case n == 0:
	case proposed.Earlier.Tallies.Forgotten() > 0:
		p.field(p.LabelLists(), confirmAt, p.ListsLiftedForgotten(n))
	default:
		p.field(p.LabelLists(), confirmAt, p.ListsLifted(n))
		p.next(confirmAt, updateCommand(s, proposed.Campaign))
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
func showTexts(p *page, proposed *campaign.Proposal) {
	margin, at := strings.Repeat(" ", confirmAt), max(text.Columns(p.LabelTextPlanned()), text.Columns(p.LabelTextNow()))+2
	show := func(label string, m message.Message) {
		p.line(margin, pad(label, at), text.Shorten(oneLine(m.Skeleton()), screenWidth-confirmAt-at))
	}
	show(p.LabelTextPlanned(), proposed.Was)
	show(p.LabelTextNow(), proposed.Now)
	p.text(confirmAt, p.TextSentAsNow())
}

// showTextChange says of a message whose text is not that of the plan any more, below its name, how it differs.
func showTextChange(p *page, proposed *campaign.Proposal) {
	if proposed.Now.Same(proposed.Was) {
		return
	}
	first := len(p.lines)
	p.text(confirmAt, p.TextChanged(p.Day(proposed.Campaign.CreatedAt, proposed.AsOf)))
	showTexts(p, proposed)
	p.vital(first)
}

func oneLine(shown string) string { return text.Clean(strings.ReplaceAll(shown, "\n", " ")) }

// historyText says when a campaign began, and how its last run ended.
func historyText(f Face, proposed *campaign.Proposal) string {
	run, c, start := proposed.Earlier.LastRun, proposed.Campaign, proposed.AsOf
	started, person, computer := f.MomentBy(c.CreatedAt, start), text.Clean(run.Person), text.Clean(run.Computer)
	switch {
	case run.ID == 0:
		return f.ResumeStarted(started, "", "")
	case run.EndedAt.IsZero():
		return f.ResumeStartedBroken(started, person, computer)
	}
	stopped := f.Clock(run.EndedAt)
	if run.EndedAt.Format(time.DateOnly) != c.CreatedAt.Format(time.DateOnly) {
		stopped = f.MomentBy(run.EndedAt, start)
	}
	return f.ResumeStartedStopped(started, person, computer, stopped, text.Clean(f.RunEnd(run.Stopped)))
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

// showDoubts tells the rows of a campaign that are in doubt: those that have been for long, which are left alone, from the others,
// which are tried again.
func showDoubts(p *page, s Session, campaign string, doubts int, earlier campaign.Earlier, now time.Time) {
	label, old := p.LabelInDoubt(), earlier.OldDoubts
	if young := doubts - old; young > 0 {
		p.field(label, confirmAt, p.DoubtsTriedAgain(young))
		label = ""
	} else if old == 0 {
		p.field(label, confirmAt, p.DoubtsNone())
	}
	if old > 0 {
		ago := ""
		if last := lastTried(earlier.DoubtRows); !last.IsZero() {
			ago = p.Roughly(now.Sub(last))
		}
		p.field(label, confirmAt, p.DoubtsLeft(old, rowsOf(p.Face, old, numbersOf(earlier.DoubtRows), p.RowsNamed), ago))
		p.next(confirmAt+2, s.command("retry", campaign, "--unknown"))
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

// question is what is asked for these reasons.
func question(why []campaign.Reason) string {
	is := func(r campaign.Reason) bool { return slices.Contains(why, r) }
	switch {
	case is(campaign.AskTextChanged) && is(campaign.AskOldPlan):
		return askTextAndAge
	case is(campaign.AskTextChanged):
		return askText
	case is(campaign.AskOldPlan):
		return askAge
	case is(campaign.AskBeyondCap):
		return askCap
	case is(campaign.AskPastFirst) && !is(campaign.AskUnconfirmed):
		return askPastFirst
	}
	return askMore
}
