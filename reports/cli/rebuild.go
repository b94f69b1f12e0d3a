package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

// rebuildFlags are those of send that a lost ledger has to be told again.
func (o *options) rebuildFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) {
		f.StringVar(&o.from, "from", "", "")
	})
	o.messageFlags(flags)
	o.columnFlags(flags)
	o.duplicatesFlag(flags)
	o.choiceFlags(flags)
	o.gapFlag(flags)
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
	for _, name := range append(flagNames(needsFrom()), "again") {
		if c.Flags().Changed(name) {
			return misuse("--%s goes with --from only: what resume sends, and to whom, was decided when the campaign was planned.", name)
		}
	}
	return nil
}

// rebuild makes a campaign whose ledger is lost anew from its results, and goes on with it.
func (a *app) rebuild(c *cobra.Command, o *options) error {
	ctx := c.Context()
	name, err := o.rebuiltName(a.Err)
	if err != nil {
		return err
	}
	r, err := a.openRun(c, o, name)
	if err != nil {
		return err
	}
	defer r.close()
	if known, err := r.ledger.Campaign(ctx, name); !errors.Is(err, ledger.ErrNoCampaign) {
		if err != nil {
			return err
		}
		resume, err := r.resumeCommandOf(ctx, known, r.first)
		if err != nil {
			return err
		}
		return decideBy(fmt.Sprintf("The ledger has the campaign %s: it is not lost. To go on with it:", reports.Clean(name)), resume)
	}
	if err := r.connect(ctx, name); err != nil {
		return err
	}
	if len(r.Templates()) == 0 {
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
func (o *options) rebuiltName(f reports.Face) (string, error) {
	mode := modeOf(o)
	if _, rehearsed := record.CampaignOfResults(o.from, true); rehearsed && mode == reports.Live {
		return "", decide("%s", reports.RehearsedResults(f, o.from))
	}
	if o.campaign == "" {
		name, ok := record.CampaignOfResults(o.from, mode == reports.Sandbox)
		if !ok {
			return "", misuse("%s is not called NAME.results.csv, so that the campaign's name is not known: give it with --campaign NAME.",
				reports.Clean(filepath.Base(o.from)))
		}
		return o.campaignName(name + ".csv")
	}
	return o.campaignName(o.from)
}

// recovery finds the message that the keys of the results were made with: the one that the flags name, else the one of
// the account's templates that gives the first row's key.
func (r *run) recovery(ctx context.Context) (plan.Recovery, error) {
	file, err := r.openResults()
	if err != nil {
		return plan.Recovery{}, err
	}
	defer file.Close()
	var first record.Row
	for row, err := range file.Rows() {
		if err != nil {
			return plan.Recovery{}, err
		}
		if row.Key != uuid.Nil && !row.Gone {
			first = row
			break
		}
	}
	if first.Key == uuid.Nil {
		return plan.Recovery{}, decide("No row of %s was ever to be sent: there is nothing to go on with.", reports.Clean(r.from))
	}
	if r.namesMessage() {
		message, err := r.askedMessage(ctx)
		if err != nil {
			return plan.Recovery{}, err
		}
		recovery, issues := r.recoveryWith(message, file.Header())
		for _, issue := range issues {
			if issue.Severity == problem.Error {
				return recovery, failed("%s", r.Out.ProblemSentence(issue))
			}
		}
		return recovery, nil
	}
	for _, t := range r.Templates() {
		if len(r.variables) > 0 {
			t = t.WithVariables(r.variables)
		}
		recovery, issues := r.recoveryWith(message.TemplateMessage(t), file.Header())
		if i := slices.IndexFunc(issues, inEveryTemplate); i >= 0 {
			return recovery, failed("%s", r.Out.ProblemSentence(issues[i]))
		}
		if problem.HasError(issues) {
			continue
		}
		if err := recovery.Complete(&first); err == nil || errors.Is(err, plan.ErrNumberMismatch) { // the key is right
			return recovery, nil
		}
	}
	return plan.Recovery{}, failed("%s", reports.NoTemplateGivesKey(r.Err, r.from, first, r.name, len(r.Templates())))
}

// inEveryTemplate reports whether a problem with the columns is one whatever the template is.
func inEveryTemplate(p problem.Problem) bool {
	return p.Code == plan.ColumnUnknown && p.Reason != "--map"
}

func (r *run) recoveryWith(m message.Message, header []string) (plan.Recovery, []problem.Problem) {
	columns, issues := plan.MapColumns(header, m, r.settings())
	return plan.Recovery{Message: m, Campaign: r.name, Columns: columns, Settings: r.settings()}, issues
}

// carryOn shows what the results tell, asks, makes the campaign the ledger's, and goes on with it.
func (r *run) carryOn(ctx context.Context, p *recovered) error {
	if len(p.repeats) > 0 && !r.again {
		reports.RepeatsStop(r.Err, p.repeats, p.due, r.mode, r.command(append(r.rebuildWords(r.from), "--again")...))
		return &exit{code: exitDecision}
	}
	var err error
	if r.campaign, err = r.rebuilt(p); err != nil {
		return err
	}
	r.message, r.fresh = p.message, p.message
	sel, err := r.Select(ctx, campaign.SelectFrom{Rows: p.staging.Planned(ctx), Campaign: r.campaign, Judged: true, Reach: r.nextOnly(),
		OnLists: func(string) bool { return false }})
	if err != nil {
		return err
	}
	tallies, err := p.staging.Tallies(ctx)
	if err != nil {
		return err
	}
	judged, err := r.judgedBy(ctx, p.settings, sel.Countries.Found)
	if err != nil {
		return err
	}
	screen := reports.RebuildScreen{
		Mode: r.mode, APIURL: r.Client().BaseURL(), From: r.Account(), Campaign: r.campaign, WrittenAt: p.writtenAt,
		Tallies: tallies, ToSend: sel.Messages(), Doubts: sel.Doubts, Rate: r.rate, Start: time.Now(),
		Window: windowScreen(sel.Window.Forecast(sel.Messages(), r.rate, time.Now())), Hours: judged, Missing: r.notTold(tallies),
	}
	reports.Rebuild(r.planWriter(true), screen)
	ask := asking(sel, judged)
	ask.HoursUntold = r.sendWindow == "" && judged.Unwelcome(screen.Start, screen.Start.Add(hours.Duration(sel.Messages(), r.rate)))
	if err := r.agreed(ctx, ask); err != nil {
		return err
	}
	if err := r.ledger.RememberOptOuts(ctx, r.campaign.Account, p.optedOut, p.writtenAt); err != nil {
		return err
	}
	if r.campaign, err = p.staging.Publish(ctx, r.campaign, nil); err != nil {
		return err
	}
	e := r.execution(p.message, sel)
	if err := e.ConfirmedUpTo(ctx, sel.Messages()); err != nil {
		return err
	}
	return r.carryOut(ctx, e)
}

// rebuilt is the campaign that the results tell of, as of now.
func (r *run) rebuilt(p *recovered) (record.Campaign, error) {
	message, err := json.Marshal(p.message)
	if err != nil {
		return record.Campaign{}, err
	}
	origin, err := filepath.Abs(r.from)
	return record.Campaign{
		Name: r.name, Account: r.Account(), CreatedAt: p.writtenAt, ConfirmedAt: time.Now(), RebuiltFrom: origin,
		Definition: record.Definition{
			Kind: string(p.message.Kind), Of: p.message.Of(), Title: p.message.Title(), Message: message,
			Fields: p.message.FieldNames(), Settings: p.settings, File: p.file, OutDir: p.outDir, APIURL: r.Client().BaseURL(),
		},
	}, err
}

// notTold are the flags of the send command that results do not tell and that this command leaves out.
func (r *run) notTold(tallies []record.Tally) (flags []string) {
	for _, flag := range []string{"send-window", "suppress", "min-gap"} {
		if !r.flags.Changed(flag) {
			flags = append(flags, "--"+flag)
		}
	}
	if campaign.Tallies(tallies).LeftOutFor(outcome.CauseFiltered) > 0 && len(r.where) == 0 {
		flags = append(flags, "--where")
	}
	if campaign.Tallies(tallies).LeftOutFor(outcome.CauseNoConsent) > 0 && len(r.consent) == 0 {
		flags = append(flags, plan.ConsentFlag)
	}
	return flags
}

// rebuildWords spells the command that rebuilds the campaign from its results, with the flags of this one.
func (r *run) rebuildWords(results string) []string {
	words := []string{"resume", "--from", results}
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
	if r.sendWindow != "" {
		words = append(words, "--send-window", r.sendWindow)
	}
	if r.timezone != "" {
		words = append(words, "--timezone", r.timezone)
	}
	return append(append(words, r.suppressWords()...), r.firstWords()...)
}
