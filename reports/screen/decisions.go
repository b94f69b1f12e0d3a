package screen

import (
	"slices"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// ChangedFile says how a file differs from the campaign that it belongs to, and that the update has to be asked for.
// command does, with --update, for as many people as hours leave.
func ChangedFile(f Face, c record.Campaign, ch campaign.FileChanges, judged hours.HoursVerdict, mode Mode, command campaign.Command) {
	p := f.page()
	p.title(mode, p.TitleNothingSent)
	p.gap()
	p.kept("", 0, p.ChangedFile(p.InQuotes(c.File.Name), p.InQuotes(c.Name), p.Dated(c.CreatedAt)))
	p.text(0, p.ChangedFileWould(ch.Rows))
	showChanges(p, ch)
	p.gap()
	p.text(0, p.ChangedFileOther())
	p.text(0, sentences(capSentence(p.Words, judged, partOf(ch)), p.ChangedFileUpdate()))
	p.next(2, command)
	p.show()
}

// Finished says that a campaign has been carried out already, when, and what one can do. ledgerPath is the path given by
// --ledger, "" for the default: the commands carry it. Where the lists that have left people out are lifted, lifted is the command
// that sends to them; nil for none.
func Finished(f Face, c record.Campaign, tallies campaign.Tallies, mode Mode, ledgerPath string, lifted campaign.Command) {
	p := f.page()
	p.title(mode, p.TitleNothingSent)
	p.gap()
	p.text(0, p.FinishedOn(p.InQuotes(c.Name), p.Dated(c.FinishedAt)))
	showTallies(p, tallies)
	p.line(meaningOf(p.Words, mode))
	p.gap()
	p.line(p.WhatYouCanDo())
	s := SummaryScreen{Session: Session{Mode: mode, Ledger: ledgerPath}, Summary: campaign.Summary{Campaign: c, Tallies: tallies}}
	steps := s.advices(p.Words)
	if len(lifted) > 0 {
		steps = append(steps, advice{p.FinishedLifted(tallies.LeftOutFor(outcome.CauseSuppressed)), lifted})
	}
	again := p.FinishedAgain()
	if mode == Sandbox {
		again = p.FinishedOver()
	}
	for _, next := range append(steps, advice{text: again}, advice{p.FinishedResults(), s.command("report", c.Name)}) {
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
	again := r.Next[len(r.Next)-1]
	if len(r.Next) > 1 {
		p.text(0, p.RepeatsOthers(r.Others))
		p.next(2, r.Next[0])
	}
	p.text(0, p.RepeatsRenamed())
	for _, of := range r.Repeats {
		p.next(2, asCampaign(again, of.Campaign))
	}
	p.text(0, p.RepeatsAgain(r.Count))
	p.next(2, again)
	p.show()
}

// asCampaign is a command that sends what --again would send once more as a campaign that there is.
func asCampaign(again campaign.Command, name string) campaign.Command {
	c := slices.DeleteFunc(slices.Clone(again), func(word string) bool { return word == "--again" })
	if i := slices.Index(c, "--campaign"); i >= 0 && i+1 < len(c) {
		c = slices.Delete(c, i, i+2)
	}
	return append(c, "--campaign", name)
}
