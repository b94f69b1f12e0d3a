package reports

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// ChangedFile says how a file differs from the campaign that it belongs to, and that the update has to be asked for.
// command is the exact command that does, with --update.
func ChangedFile(w io.Writer, c ledger.Campaign, ch ledger.Changes, command string) {
	p := &page{}
	p.line(string(modeOf(command)), ": nothing was sent.")
	p.gap()
	p.text(0, fmt.Sprintf("%s is not the file that the campaign %s was planned from on %s.",
		Clean(c.File.Name), quoted(c.Name), dated(c.CreatedAt)))
	showChanges(p, ch)
	p.gap()
	p.text(0, "To update the campaign and send only what is new:")
	p.command(2, command)
	p.text(0, "If this is another occasion, give it another name: --campaign NAME")
	p.show(w)
}

// modeOf reads the mode off an exact command: a rehearsal's carries --sandbox.
func modeOf(command string) Mode {
	if slices.Contains(strings.Fields(command), strings.TrimSpace(flagOf(Sandbox))) {
		return Sandbox
	}
	return Live
}

// showChanges shows what an update does, in recipients.
func showChanges(p *page, ch ledger.Changes) {
	for _, change := range []struct {
		n    int
		what string
	}{
		{ch.Same, "unchanged"},
		{ch.Waiting, "of them not sent yet: sent"},
		{ch.Added, "added: sent"},
		{ch.Corrected, "corrected and not messaged yet: sent"},
		{ch.Removed, "removed and not messaged yet: left out"},
		{ch.Messaged, "changed and messaged already: never messaged again"},
		{ch.Departed, "removed and messaged already: nothing changes"},
	} {
		if change.n > 0 {
			p.line("  ", padLeft(figure(change.n), 7), "  ", change.what)
		}
	}
}

// Updating shows what an update is about to do, before it is confirmed. toSend is how many messages it sends.
func Updating(w io.Writer, mode Mode, c ledger.Campaign, ch ledger.Changes, toSend int) {
	p := &page{}
	p.line(bannerOf(mode))
	p.gap()
	p.text(0, fmt.Sprintf("The campaign %s of %s is updated from %s:", quoted(c.Name), dated(c.CreatedAt), Clean(c.File.Name)))
	showChanges(p, ch)
	p.gap()
	p.text(0, fmt.Sprintf("This sends %s. Nobody who has, or may have, a message of this campaign gets another.", count(toSend, "message")))
	p.show(w)
}

// Retry shows what a retry of n rows is about to do, before it is confirmed. unknown says that the rows are in doubt,
// newKey that they get a new key, with which Kanal can no longer recognise a repetition.
func Retry(w io.Writer, mode Mode, c ledger.Campaign, n int, unknown, newKey bool, start time.Time, rate int) {
	p := &page{}
	p.line(bannerOf(mode))
	p.gap()
	what := "refused"
	if unknown {
		what = "in doubt"
	}
	p.field("Campaign", confirmAt, Clean(c.Name)+", planned "+dated(c.CreatedAt))
	p.field("To retry", confirmAt, count(n, "row")+" "+what)
	if newKey {
		p.field("Risk", confirmAt, "With a new key Kanal cannot know that it is the same message: whoever has it already gets it twice.")
	} else {
		p.field("Keys", confirmAt, "the same as before: Kanal does not send a message twice under one key")
	}
	showWhen(p, n, rate, start)
	p.show(w)
}

// Finished says that a campaign has been carried out already, when, and what one can do.
func Finished(w io.Writer, c ledger.Campaign, tallies []ledger.Tally, mode Mode) {
	p := &page{}
	p.line(string(mode), ": nothing was sent.")
	p.gap()
	p.text(0, fmt.Sprintf("The campaign %s was finished on %s.", quoted(c.Name), dated(c.FinishedAt)))
	showTallies(p, tallies)
	p.line(notDelivered)
	p.gap()
	p.line("What you can do:")
	s := SummaryScreen{Mode: mode, Campaign: c}
	p.text(2, "see the results again:")
	p.command(4, s.command("report", s.name()))
	counts := countsOf(tallies)
	if counts[outcome.Invalid] > 0 {
		p.text(2, "correct the rows with errors in the file, then send only them:")
		p.command(4, s.updateCommand())
	}
	if counts[outcome.Rejected] > 0 {
		p.text(2, "try the refused rows again:")
		p.command(4, s.command("retry", s.name()))
	}
	if counts[outcome.Unknown] > 0 {
		p.text(2, "try the rows in doubt again, under the same keys:")
		p.command(4, s.command("retry", s.name(), "--unknown"))
	}
	p.text(2, "send to these people again, as another campaign: --campaign NAME")
	p.show(w)
}

// RepeatsStop says that people of this plan have, or may have, this very message from other campaigns. command is the
// exact command that sends all the same, with --again.
func RepeatsStop(w io.Writer, repeats []ledger.Repeats, toSend int, command string) {
	p := &page{}
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
	p.show(w)
}
