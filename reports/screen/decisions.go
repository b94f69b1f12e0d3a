package screen

import (
	"slices"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// ChangedFile says how a file differs from the campaign that it belongs to, and that the update has to be asked for.
func ChangedFile(f Face, r *campaign.Refusal, mode Mode) {
	p, c, ch := f.page(), r.Campaign, *r.Changes
	p.title(mode, p.TitleNothingSent)
	p.gap()
	p.kept("", 0, p.ChangedFile(p.InQuotes(c.File.Name), p.InQuotes(c.Name), p.Dated(c.CreatedAt)))
	p.text(0, p.ChangedFileWould(ch.Rows))
	showChanges(p, ch)
	p.gap()
	p.text(0, sentences(capSentence(p.Words, r.Hours, partOf(ch)), p.ChangedFileUpdate()))
	p.next(2, firstCommand(r.Next))
	p.text(0, p.AsOther())
	p.next(2, r.Other)
	p.show()
}

// Finished says that a campaign has been carried out already, when, and what one can do. Where the lists that have left people out
// are lifted, the refusal brings the command that sends to them.
func Finished(f Face, r *campaign.Refusal, session Session) {
	p, c, mode, tallies := f.page(), r.Campaign, session.Mode, campaign.Tallies(r.Tallies)
	p.title(mode, p.TitleNothingSent)
	p.gap()
	p.text(0, p.FinishedOn(p.InQuotes(c.Name), p.Dated(c.FinishedAt)))
	showTallies(p, tallies)
	p.line(meaningOf(p.Words, mode))
	p.gap()
	p.line(p.WhatYouCanDo())
	s := SummaryScreen{Session: session, Summary: campaign.Summary{Campaign: c, Tallies: tallies}}
	steps := s.advices(p.Words)
	if lifted := firstCommand(r.Next); len(lifted) > 0 {
		steps = append(steps, advice{p.FinishedLifted(tallies.LeftOutFor(outcome.CauseSuppressed)), lifted})
	}
	again := p.FinishedAgain()
	if mode == Sandbox {
		again = p.FinishedOver()
	}
	for _, next := range append(steps, advice{p.FinishedResults(), s.command("report", c.Name)}, advice{again, r.Other}) {
		p.kept("", 2, next.text)
		p.next(4, next.command)
	}
	p.show()
}

// RepeatsStop says that people of this plan have, or may have, this very message from other campaigns, and how it is sent to the
// others, to nobody else, or to all the same.
func RepeatsStop(f Face, r *campaign.Refusal, mode Mode) {
	p := f.page()
	p.title(mode, p.TitleNothingSent)
	p.gap()
	for _, of := range r.Repeats {
		p.text(0, p.RepeatsStop(of.Rows, p.Number(r.Count), p.Date(of.Since), p.InQuotes(of.Campaign)))
	}
	showRepeats(p, r.Repeats, r.Count, r.Others, r.Next)
	p.show()
}

// showRepeats shows how it is sent where people have this very message from other campaigns: to the others alone, where there
// are any, by going on with those campaigns, and to all once more. commands are the first and the last of these.
func showRepeats(p *page, renamed []record.Repeats, all, others int, commands []campaign.Command) {
	again := commands[len(commands)-1]
	if len(commands) > 1 {
		p.text(0, p.RepeatsOthers(others))
		p.next(2, commands[0])
	}
	if len(renamed) > 0 {
		p.text(0, p.RepeatsRenamed())
	}
	for _, r := range renamed {
		p.next(2, asCampaign(again, r.Campaign))
	}
	p.text(0, p.RepeatsAgain(all))
	p.next(2, again)
}

// asCampaign is a command that sends what --again would send once more as a campaign that there is.
func asCampaign(again campaign.Command, name string) campaign.Command {
	c := slices.DeleteFunc(slices.Clone(again), func(word string) bool { return word == "--again" })
	if i := slices.Index(c, "--campaign"); i >= 0 && i+1 < len(c) {
		c = slices.Delete(c, i, i+2)
	}
	return append(c, "--campaign", name)
}
