package reports

import (
	"fmt"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// ChangedFile says how a file differs from the campaign that it belongs to, and that the update has to be asked for.
// command does, with --update, for as many people as hours leave.
func ChangedFile(f Face, c ledger.Campaign, ch FileChanges, hours campaign.HoursVerdict, mode Mode, command campaign.Command) {
	p := f.page()
	p.line(string(mode), ": nothing was sent.")
	p.gap()
	p.words("", 0, around("", c.File.Name, fmt.Sprintf("is not the file that the campaign %s was planned from on %s. %s",
		quoted(c.Name), dated(c.CreatedAt), updateRows(ch.Changes))))
	showChanges(p, ch, "would be")
	p.gap()
	p.text(0, "To update the campaign and send only what is new"+capped(hours, ch.part(), capPart, capLater)+":")
	p.next(2, command)
	p.text(0, "If this is another occasion, give it another name: --campaign NAME")
	p.show()
}

// Finished says that a campaign has been carried out already, when, and what one can do. ledgerPath is the path given by
// --ledger, "" for the default: the commands carry it.
func Finished(f Face, c ledger.Campaign, tallies campaign.Tallies, mode Mode, ledgerPath string) {
	FinishedAndLifted(f, c, tallies, mode, ledgerPath, nil)
}

// FinishedAndLifted is Finished where the command lifts the lists that have left people out: lifted is the command that sends to
// them; nil for none.
func FinishedAndLifted(f Face, c ledger.Campaign, tallies campaign.Tallies, mode Mode, ledgerPath string, lifted campaign.Command) {
	p := f.page()
	p.line(string(mode), ": nothing was sent.")
	p.gap()
	p.text(0, fmt.Sprintf("The campaign %s was finished on %s.", quoted(c.Name), dated(c.FinishedAt)))
	showTallies(p, tallies)
	p.line(meaningOf(p.Words, mode))
	p.gap()
	p.line("What you can do:")
	s := SummaryScreen{Mode: mode, Campaign: c, Tallies: tallies, Ledger: ledgerPath}
	p.text(2, "see the results again:")
	p.next(4, s.command("report", c.Name))
	for _, next := range s.advices() {
		p.kept("", 2, next.text)
		p.next(4, next.command)
	}
	if len(lifted) > 0 {
		p.text(2, fill(finishedLifted, func(string) string { return fmt.Sprint(tallies.LeftOutFor(outcome.CauseSuppressed)) }))
		p.next(4, lifted)
	}
	if mode == Sandbox {
		p.text(2, finishedRehearsal)
	} else {
		p.text(2, finishedAgain)
	}
	p.show()
}

// RepeatsStop says that people of this plan have, or may have, this very message from other campaigns. command sends all
// the same, with --again.
func RepeatsStop(f Face, repeats []ledger.Repeats, toSend int, mode Mode, command campaign.Command) {
	p := f.page()
	p.line(string(mode), ": nothing was sent.")
	p.gap()
	for _, r := range repeats {
		p.text(0, fmt.Sprintf("%s of these %s got this very message on %s in campaign %s.",
			figure(r.Rows), people(toSend), r.Since.Format("2 Jan 2006"), quoted(r.Campaign)))
	}
	p.text(0, "Has the file been renamed? Then this is that campaign, and --campaign with its name carries it on:")
	for _, r := range repeats {
		p.line("  ", p.flags([]string{"--campaign", r.Campaign}))
	}
	p.text(0, "To send it to them once more all the same:")
	p.next(2, command)
	p.show()
}
