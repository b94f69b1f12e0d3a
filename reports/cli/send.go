package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/reports"
)

func (a *app) sendCommand() *cobra.Command {
	o := &options{}
	c := &cobra.Command{
		Use:     "send FILE --template T [flags]",
		GroupID: "run",
		Short:   "Check a file, confirm, and send; or go on with a file sent before",
		Long: `Check a file against a template, show what will happen, ask, and send: one message
to every row, at 60 a minute, each with a key of its own so that none is ever
sent twice. Everything is recorded as it happens: after any interruption, run the
same command again, or resume. The results are written to NAME.results.csv.

A file that was sent before is recognised. With --update, a corrected file sends
only what is new: people who have a message of this campaign get no other.

Exit codes: 0 done · 1 it cannot be done · 2 wrong usage · 3 finished, some rows
need attention · 4 the check found errors, nothing was sent · 5 nothing was sent,
a decision is needed · 6 stopped by itself, resumable · 130 interrupted, resumable`,
		Example: `  kanal-campaign send novembre.csv --template order_confirmation --country FR
  kanal-campaign send examples/welcome.csv --template welcome --country FR --sandbox`,
		Args: arguments(cobra.ExactArgs(1), "Name one file: kanal-campaign send FILE --template T."),
		RunE: func(c *cobra.Command, args []string) error {
			return a.send(c, o, args[0])
		},
	}
	o.messageFlags(c.Flags())
	o.fileFlags(c.Flags())
	o.rateFlag(c.Flags())
	o.sendingFlags(c.Flags())
	inGroup(c.Flags(), groupSafety, func(f *flagSet) {
		f.IntVar(&o.first, "first", 0, "a pilot: send only the first `N` messages, then stop")
		f.BoolVar(&o.again, "again", false, "send although the same people got this very message in another campaign")
		f.BoolVar(&o.update, "update", false, "the file has changed: send what is new in it")
	})
	o.placeFlags(c.Flags())
	o.formatFlag(c.Flags())
	o.progressFlags(c.Flags())
	o.accessFlags(c.Flags())
	return c
}

func (a *app) send(c *cobra.Command, o *options, path string) error {
	ctx := c.Context()
	name, err := o.campaignName(path)
	if err != nil {
		return err
	}
	r, err := a.openRun(c, o, name)
	if err != nil {
		return err
	}
	defer r.close()
	r.inputFile = path

	known, err := r.ledger.Campaign(ctx, name)
	switch {
	case errors.Is(err, ledger.ErrNoCampaign):
		return r.sendNew(ctx, path)
	case err != nil:
		return err
	case r.sandbox && !known.FinishedAt.IsZero():
		if err := r.startOver(ctx, known); err != nil {
			return err
		}
		return r.sendNew(ctx, path)
	}
	return r.sendAgain(ctx, c, known, path)
}

// startOver erases a finished rehearsal, so that it can be repeated.
func (r *run) startOver(ctx context.Context, known ledger.Campaign) error {
	if err := r.ledger.Delete(ctx, known); err != nil {
		return err
	}
	return r.forgetRehearsal(known.Name)
}

// sendNew plans a campaign from its file, and carries it out.
func (r *run) sendNew(ctx context.Context, path string) error {
	if !r.namesMessage() {
		return errNoMessage
	}
	if r.sandbox {
		if err := r.forgetRehearsal(r.name); err != nil {
			return err
		}
	}
	if err := r.connect(ctx, r.name); err != nil {
		return err
	}
	message, err := r.askedMessage()
	if err != nil {
		return err
	}
	p, err := r.newPlan(r.name, path, message, r.settings())
	if err != nil {
		return err
	}
	staging, err := r.stage(ctx, p)
	if err != nil {
		return err
	}
	defer staging.Discard(ctx)
	if err := r.judge(p, r.sendWords(path)); err != nil {
		return err
	}
	if len(p.repeats) > 0 && !r.again {
		reports.RepeatsStop(r.Err, p.repeats, p.report.Sendable, r.command(append(r.sendWords(path), "--again")...))
		return &exit{code: exitDecision}
	}
	toSend := p.report.Sendable
	if r.first > 0 {
		toSend = min(toSend, r.first)
	}
	reports.Confirm(r.Err, r.confirmScreen(ctx, p, toSend))
	if err := r.confirm(ctx, toSend); err != nil {
		return err
	}
	definition, err := p.definition(r.client)
	if err != nil {
		return err
	}
	r.campaign, err = staging.Publish(ctx, ledger.Campaign{
		Name: r.name, Account: r.account(), ConfirmedAt: time.Now(), Definition: definition,
	})
	if err != nil {
		return err
	}
	return r.carryOut(ctx, p.message, toSend, nil)
}

// stage reads the file into the ledger, where nobody sees it yet.
func (r *run) stage(ctx context.Context, p *plan) (*ledger.Staging, error) {
	staging, err := r.ledger.Stage(ctx, p.name)
	if err != nil {
		return nil, err
	}
	err = r.read(ctx, p, func(row ledger.Row) error { return staging.Add(ctx, row) })
	if err != nil {
		return nil, errors.Join(err, staging.Discard(ctx))
	}
	return staging, nil
}

// judge stops a plan that may not be sent, and shows why.
func (r *run) judge(p *plan, next []string) error {
	if p.passes(p.settings.SkipInvalid) {
		return nil
	}
	screen := r.checkScreen(p, next)
	if r.format == "json" {
		if err := reports.CheckJSON(r.Out, screen); err != nil {
			return err
		}
	} else {
		reports.Check(r.Out, screen)
	}
	return &exit{code: exitCheck}
}

func (r *run) confirmScreen(ctx context.Context, p *plan, toSend int) reports.ConfirmScreen {
	return reports.ConfirmScreen{
		Mode: r.mode, From: r.account(), Team: r.team(ctx), APIURL: r.client.BaseURL(), Message: p.message,
		Report: p.report, Repeats: p.repeats, Rate: r.rate, Start: time.Now(), NameColumn: r.nameColumn,
		EmailColumn: r.emailColumn, ToSend: toSend, First: r.first,
	}
}

// sendAgain is send with a file whose campaign the ledger has: it goes on, updates, or says what is to be decided.
func (r *run) sendAgain(ctx context.Context, c *cobra.Command, known ledger.Campaign, path string) error {
	r.campaign = known
	if err := r.sameSettings(c, known); err != nil {
		return err
	}
	if err := r.reconnect(ctx); err != nil {
		return err
	}
	sum, err := sha256File(path)
	if err != nil {
		return err
	}
	if sum == known.File.SHA256 {
		if !known.FinishedAt.IsZero() {
			return r.finished(ctx)
		}
		return r.resume(ctx)
	}
	return r.sendChanged(ctx, path)
}

// sendChanged compares a changed file with its campaign. A file in which no message has changed, only the order or
// other columns, is the same campaign in a new place.
func (r *run) sendChanged(ctx context.Context, path string) error {
	settings := r.campaign.Settings
	settings.SkipInvalid = r.skipInvalid
	if r.duplicates != campaign.DuplicatesError {
		settings.Duplicates = r.duplicates
	}
	p, err := r.newPlan(r.name, path, r.message, settings)
	if err != nil {
		return err
	}
	staging, err := r.stage(ctx, p)
	if err != nil {
		return err
	}
	defer staging.Discard(ctx)
	again := []string{"send", path, "--update"}
	if r.options.campaign != "" {
		again = append(again, "--campaign", r.options.campaign)
	}
	if err := r.judge(p, again); err != nil {
		return err
	}
	changes, err := staging.Compare(ctx, r.campaign.ID)
	if err != nil {
		return err
	}
	switch {
	case changes.None() && !r.campaign.FinishedAt.IsZero():
		return r.finished(ctx)
	case !changes.None() && !r.update:
		reports.ChangedFile(r.Err, r.campaign, changes, r.command(again...))
		return &exit{code: exitDecision}
	}
	return r.applyUpdate(ctx, p, staging, changes)
}

func (r *run) applyUpdate(ctx context.Context, p *plan, staging *ledger.Staging, changes ledger.Changes) error {
	toSend := changes.Waiting + changes.Added + changes.Corrected
	if toSend > 0 && !changes.None() {
		reports.Updating(r.Err, r.mode, r.campaign, changes, toSend)
		if err := r.confirm(ctx, toSend); err != nil {
			return err
		}
	}
	definition, err := p.definition(r.client)
	if err != nil {
		return err
	}
	r.campaign.Definition = definition
	r.campaign.ConfirmedAt = time.Now()
	if err := staging.Update(ctx, r.campaign); err != nil {
		return err
	}
	if r.campaign, err = r.ledger.Campaign(ctx, r.name); err != nil {
		return err
	}
	if changes.None() {
		return r.resume(ctx)
	}
	return r.carryOut(ctx, r.message, toSend, nil)
}

// sameSettings stops a command whose flags ask for another campaign than the one in the ledger: they would be ignored.
func (r *run) sameSettings(c *cobra.Command, known ledger.Campaign) error {
	asked, planned := r.settings(), known.Settings
	for _, flag := range []struct{ name, asked, planned string }{
		{"country", asked.Country, planned.Country},
		{"phone-column", asked.PhoneColumn, planned.PhoneColumn},
		{"name-column", asked.NameColumn, planned.NameColumn},
		{"email-column", asked.EmailColumn, planned.EmailColumn},
	} {
		if c.Flags().Changed(flag.name) && flag.asked != flag.planned {
			return decide("Campaign %s was planned with --%s %s, and now --%s %s is asked for. Leave the flag out to go on "+
				"with it, or start another campaign with --campaign NAME. Nothing was sent.",
				reports.Clean(known.Name), flag.name, orNone(flag.planned), flag.name, orNone(flag.asked))
		}
	}
	if c.Flags().Changed("map") && !sameMap(asked.Map, planned.Map) {
		return decide("Campaign %s was planned with another --map. Leave the flag out to go on with it, or start another "+
			"campaign with --campaign NAME. Nothing was sent.", reports.Clean(known.Name))
	}
	return nil
}

func orNone(value string) string {
	if value == "" {
		return "(none)"
	}
	return value
}

func sameMap(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, column := range a {
		if b[name] != column {
			return false
		}
	}
	return true
}

func sha256File(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
