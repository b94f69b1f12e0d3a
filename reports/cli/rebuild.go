package cli

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/kanal"
	"kanal-campaign/reports"
)

// rebuildFlags are those of send that a lost ledger has to be told again.
func (o *options) rebuildFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) {
		f.StringVar(&o.from, "from", "", "the ledger is lost: rebuild the campaign from its results `FILE`, then go on")
	})
	o.messageFlags(flags)
	o.columnFlags(flags)
	o.duplicatesFlag(flags)
	o.nameFlag(flags)
}

// needsFrom are the flags of resume that only a rebuilt campaign takes.
func needsFrom() *pflag.FlagSet {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	newOptions().rebuildFlags(flags)
	return flags
}

// onlyWithFrom stops a plain resume that brings a flag of a rebuilding one: it would be ignored.
func onlyWithFrom(c *cobra.Command) error {
	var err error
	needsFrom().VisitAll(func(f *pflag.Flag) {
		if c.Flags().Changed(f.Name) {
			err = misuse("--%s goes with --from only: what resume sends, and to whom, was decided when the campaign was planned.", f.Name)
		}
	})
	return err
}

// rebuild makes a campaign whose ledger is lost anew from its results, and goes on with it.
func (a *app) rebuild(c *cobra.Command, o *options) error {
	ctx := c.Context()
	name, err := o.rebuiltName()
	if err != nil {
		return err
	}
	r, err := a.openRun(c, o, name)
	if err != nil {
		return err
	}
	defer r.close()
	if _, err := r.ledger.Campaign(ctx, name); !errors.Is(err, ledger.ErrNoCampaign) {
		if err != nil {
			return err
		}
		return decide("The ledger has the campaign %s: it is not lost. To go on with it: %s", reports.Clean(name), r.command("resume", name))
	}
	if err := r.connect(ctx, name); err != nil {
		return err
	}
	if len(r.templates) == 0 {
		return failed("Kanal lists no approved template for this API key, so that its WhatsApp number is not known. Nothing was sent.")
	}
	p, err := r.recover(ctx)
	if err != nil {
		return err
	}
	defer p.staging.Discard(ctx)
	return r.carryOn(ctx, p)
}

// rebuiltName returns the name of the campaign whose results --from names.
func (o *options) rebuiltName() (string, error) {
	mode := reports.Live
	if o.sandbox {
		mode = reports.Sandbox
	}
	if o.campaign == "" {
		name, ok := reports.CampaignOfResults(o.from, mode)
		if !ok {
			return "", misuse("%s is not called NAME.results.csv, so that the campaign's name is not known: give it with --campaign NAME.",
				reports.Clean(filepath.Base(o.from)))
		}
		return o.campaignName(name + ".csv")
	}
	return o.campaignName(o.from)
}

// recovered is a campaign as its results tell it.
type recovered struct {
	message   campaign.Message
	outDir    string
	writtenAt time.Time
	header    []string
	file      ledger.File
	staging   *ledger.Staging
	pending   int
	repeats   []ledger.Repeats
	optedOut  []string // canonical digits
}

// recover reads the results into the ledger, where nobody sees them yet. Every row's key must be what its cells give.
func (r *run) recover(ctx context.Context) (*recovered, error) {
	recovery, err := r.recovery(ctx)
	if err != nil {
		return nil, err
	}
	file, err := r.openResults()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	p := &recovered{message: recovery.Message, writtenAt: file.WrittenAt, header: file.Header()}
	if p.outDir, err = r.outDir(r.from); err != nil {
		return nil, err
	}
	if err := r.writable(ctx, p.outDir); err != nil {
		return nil, err
	}
	repeats, err := r.ledger.RepeatFinder(ctx, r.name)
	if err != nil {
		return nil, err
	}
	if p.staging, err = r.ledger.Stage(ctx, r.name); err != nil {
		return nil, err
	}
	for row, err := range file.Rows() {
		if err == nil && !recovery.Complete(&row) {
			err = failed("%s", reports.KeyMismatch(r.from, row))
		}
		if err == nil && row.State.Status == outcome.Pending && !row.Gone {
			p.pending++
			err = repeats.Add(ctx, row.ContentID)
		}
		if err == nil {
			err = p.staging.Add(ctx, row)
		}
		if err != nil {
			return nil, errors.Join(err, p.staging.Discard(ctx))
		}
		if row.State.Cause == string(kanal.CauseOptedOut) {
			p.optedOut = append(p.optedOut, row.Person)
		}
	}
	p.repeats, err = repeats.Found(ctx)
	p.file = ledger.File{Name: filepath.Base(r.from), Dialect: file.Dialect(), Header: file.Header()}
	return p, err
}

func (r *run) openResults() (*reports.ResultsReader, error) {
	opts, err := r.audience()
	if err != nil {
		return nil, err
	}
	return reports.OpenResults(r.from, opts)
}

// recovery finds the message that the keys of the results were made with: the one that the flags name, else the one of
// the account's templates that gives the first row's key.
func (r *run) recovery(ctx context.Context) (campaign.Recovery, error) {
	file, err := r.openResults()
	if err != nil {
		return campaign.Recovery{}, err
	}
	defer file.Close()
	var first ledger.Row
	for row, err := range file.Rows() {
		if err != nil {
			return campaign.Recovery{}, err
		}
		if row.Key != uuid.Nil {
			first = row
			break
		}
	}
	if first.Key == uuid.Nil {
		return campaign.Recovery{}, decide("No row of %s was ever to be sent: there is nothing to go on with.", reports.Clean(r.from))
	}
	if r.namesMessage() {
		message, err := r.askedMessage()
		if err != nil {
			return campaign.Recovery{}, err
		}
		recovery, issues := r.recoveryWith(message, file.Header())
		for _, issue := range issues {
			if issue.Severity == problem.Error {
				return recovery, failed("%s", reports.Sentence(issue))
			}
		}
		return recovery, nil
	}
	for _, t := range r.templates {
		if len(r.variables) > 0 {
			t = t.WithVariables(r.variables)
		}
		recovery, issues := r.recoveryWith(campaign.TemplateMessage(t), file.Header())
		if (&plan{columnIssues: issues}).readable() && recovery.Complete(&first) {
			return recovery, nil
		}
	}
	return campaign.Recovery{}, failed("%s", reports.NoTemplateGivesKey(r.from, first, r.name, len(r.templates)))
}

func (r *run) recoveryWith(m campaign.Message, header []string) (campaign.Recovery, []problem.Problem) {
	columns, issues := campaign.MapColumns(header, m, r.settings())
	return campaign.Recovery{Message: m, Campaign: r.name, Columns: columns}, issues
}

// carryOn shows what the results tell, asks, makes the campaign the ledger's, and goes on with it.
func (r *run) carryOn(ctx context.Context, p *recovered) error {
	toSend := p.pending
	if r.first > 0 {
		toSend = min(toSend, r.first)
	}
	if len(p.repeats) > 0 && !r.again {
		reports.RepeatsStop(r.Err, p.repeats, p.pending, r.command(append(r.rebuildWords(), "--again")...))
		return &exit{code: exitDecision}
	}
	message, err := json.Marshal(p.message)
	if err != nil {
		return err
	}
	from, err := filepath.Abs(r.from)
	if err != nil {
		return err
	}
	r.message, r.fresh = p.message, p.message
	r.campaign = ledger.Campaign{
		Name: r.name, Account: r.account(), CreatedAt: p.writtenAt, ConfirmedAt: time.Now(), RebuiltFrom: from,
		Definition: ledger.Definition{
			Kind: string(p.message.Kind), Of: p.message.Of(), Title: p.message.Title(), Message: message,
			Fields: p.message.FieldNames(), Settings: r.settings(), File: p.file, OutDir: p.outDir, APIURL: r.client.BaseURL(),
		},
	}
	tallies, err := p.staging.Tallies(ctx)
	if err != nil {
		return err
	}
	reports.Rebuild(r.planWriter(true), reports.RebuildScreen{
		Mode: r.mode, APIURL: r.client.BaseURL(), From: r.account(), Campaign: r.campaign, WrittenAt: p.writtenAt,
		Tallies: tallies, ToSend: toSend, Rate: r.rate, Start: time.Now(),
	})
	if toSend > 0 {
		if err := r.confirm(ctx, toSend); err != nil {
			return err
		}
	}
	if err := r.ledger.RememberOptOuts(ctx, r.campaign.Account, p.optedOut, p.writtenAt); err != nil {
		return err
	}
	if r.campaign, err = p.staging.Publish(ctx, r.campaign, nil); err != nil {
		return err
	}
	if err := r.confirmedUpTo(ctx, toSend); err != nil {
		return err
	}
	return r.carryOut(ctx, p.message, toSend, nil)
}

// rebuildWords spells this command again.
func (r *run) rebuildWords() []string {
	words := []string{"resume", "--from", r.from}
	needsFrom().VisitAll(func(f *pflag.Flag) {
		given := r.flags.Lookup(f.Name)
		if f.Name == "from" || !given.Changed {
			return
		}
		if list, ok := given.Value.(pflag.SliceValue); ok {
			for _, value := range list.GetSlice() {
				words = append(words, "--"+f.Name, value)
			}
			return
		}
		words = append(words, "--"+f.Name, given.Value.String())
	})
	return words
}
