package reports

import (
	"fmt"
	"slices"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
)

// ChangedFile says how a file differs from the campaign that it belongs to, and that the update has to be asked for.
// command is the exact command that does, with --update, for as many people as hours leave.
func ChangedFile(f Face, c ledger.Campaign, ch FileChanges, hours campaign.HoursVerdict, command string) {
	p := f.page()
	p.line(string(modeOf(command)), ": nothing was sent.")
	p.gap()
	p.words("", 0, around("", c.File.Name, fmt.Sprintf("is not the file that the campaign %s was planned from on %s. %s",
		quoted(c.Name), dated(c.CreatedAt), updateRows(ch.Changes))))
	showChanges(p, ch, "would be")
	p.gap()
	p.text(0, "To update the campaign and send only what is new"+capped(hours, ch.part(), capPart, capLater)+":")
	p.command(2, command)
	p.text(0, "If this is another occasion, give it another name: --campaign NAME")
	p.show()
}

// modeOf reads the mode off an exact command: a rehearsal's carries --sandbox.
func modeOf(command string) Mode {
	if slices.Contains(strings.Fields(command), strings.TrimSpace(flagOf(Sandbox))) {
		return Sandbox
	}
	return Live
}

// Finished says that a campaign has been carried out already, when, and what one can do. ledgerPath is the path given by
// --ledger, "" for the default: the commands carry it.
func Finished(f Face, c ledger.Campaign, tallies []ledger.Tally, mode Mode, ledgerPath string) {
	FinishedAndLifted(f, c, tallies, mode, ledgerPath, "")
}

// FinishedAndLifted is Finished where the command lifts the lists that have left people out: lifted is the command that sends to
// them, "" for none.
func FinishedAndLifted(f Face, c ledger.Campaign, tallies []ledger.Tally, mode Mode, ledgerPath, lifted string) {
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
	p.command(4, s.command("report", s.name()))
	for _, next := range s.advices() {
		p.kept("", 2, next.text)
		next.show(p, 4)
	}
	if lifted != "" {
		p.text(2, fill(finishedLifted, func(string) string { return fmt.Sprint(LeftOutByLists(tallies)) }))
		p.command(4, lifted)
	}
	if mode == Sandbox {
		p.text(2, finishedRehearsal)
	} else {
		p.text(2, finishedAgain)
	}
	p.show()
}

// RepeatsStop says that people of this plan have, or may have, this very message from other campaigns. command is the
// exact command that sends all the same, with --again.
func RepeatsStop(f Face, repeats []ledger.Repeats, toSend int, command string) {
	p := f.page()
	p.line(string(modeOf(command)), ": nothing was sent.")
	p.gap()
	for _, r := range repeats {
		p.text(0, fmt.Sprintf("%s of these %s got this very message on %s in campaign %s.",
			figure(r.Rows), people(toSend), r.Since.Format("2 Jan 2006"), quoted(r.Campaign)))
	}
	p.text(0, "Has the file been renamed? Then this is that campaign, and --campaign with its name carries it on:")
	for _, r := range repeats {
		p.line("  --campaign ", argument(r.Campaign))
	}
	p.text(0, "To send it to them once more all the same:")
	p.command(2, command)
	p.show()
}
