package cli

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"iter"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/kanal"
	"kanal-campaign/reports"
)

// rebuildFlags are those of send that a lost ledger has to be told again.
func (o *options) rebuildFlags(flags *pflag.FlagSet) {
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) {
		f.StringVar(&o.from, "from", "", "rebuild the campaign from its results `FILE`, then go on")
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
	name, err := o.rebuiltName()
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
		return decide("The ledger has the campaign %s: it is not lost. To go on with it:\n  %s", reports.Clean(name), resume)
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
	mode := modeOf(o)
	if _, rehearsed := reports.CampaignOfResults(o.from, reports.Sandbox); rehearsed && mode == reports.Live {
		return "", decide("%s", reports.RehearsedResults(o.from))
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
	file      ledger.File
	staging   *ledger.Staging
	due       int
	repeats   []ledger.Repeats
	settings  ledger.Settings
	columns   campaign.Columns
	recently  func(ctx context.Context, person string) (ledger.Detail, error)
	optedOut  []string // canonical digits
}

// recover reads the results into the ledger, where nobody sees them yet. Every row's key must be what its cells give.
func (r *run) recover(ctx context.Context) (*recovered, error) {
	recovery, err := r.recovery(ctx)
	if err != nil {
		return nil, err
	}
	for recovery.Settings.NumberRules = number.CurrentVersion; ; recovery.Settings.NumberRules-- {
		p, err := r.recoverBy(ctx, recovery)
		if err != errOlderRules {
			return p, err
		}
	}
}

// errOlderRules says that a row's number reads as it does by an earlier version of the rules only, if at all.
var errOlderRules = errors.New("planned by earlier rules")

// recoverBy is recover by the rules of one version: the people of a campaign are compared by one and the same.
func (r *run) recoverBy(ctx context.Context, recovery campaign.Recovery) (*recovered, error) {
	file, err := r.openResults()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	p := &recovered{message: recovery.Message, columns: recovery.Columns, file: ledger.File{Header: file.Header()}, writtenAt: file.WrittenAt}
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
	if err := r.recoverSettings(ctx, p); err != nil {
		return nil, err
	}
	p.settings = p.columns.Freeze(p.settings, file.Header())
	p.settings.NumberRules = recovery.Settings.NumberRules
	if p.staging, err = r.ledger.Stage(ctx, r.name); err != nil {
		return nil, err
	}
	rows, err := r.stageResults(ctx, p, recovery, file.Rows(), repeats)
	if err != nil {
		if undone := p.staging.Discard(ctx); undone != nil {
			return nil, errors.Join(err, undone)
		}
		return nil, err
	}
	p.repeats, err = repeats.Found(ctx)
	p.file = ledger.File{Name: filepath.Base(r.from), Dialect: file.Dialect(), Header: file.Header(), Rows: rows}
	return p, err
}

// stageResults puts the rows of the results into the ledger, and returns how many of them the file has.
func (r *run) stageResults(ctx context.Context, p *recovered, recovery campaign.Recovery, results iter.Seq2[ledger.Row, error],
	repeats *ledger.RepeatFinder) (rows int, err error) {
	seen := seenRows{keys: map[uint64]bool{}, people: map[string]bool{}}
	for row, err := range results {
		if err == nil {
			err = r.complete(recovery, &row, &seen)
		}
		if err == nil && row.State.Status == outcome.Pending {
			err = r.leaveOut(ctx, p, &row)
		}
		if err == nil && row.State.Due(time.Now()) && !row.Gone {
			p.due++
			for _, id := range p.message.ContentIDs(row) {
				err = errors.Join(err, repeats.Add(ctx, id))
			}
		}
		if row.State.Status == outcome.Unknown { // when it was last tried, nobody knows
			row.NotBefore = outcome.NoAnswer.KeyFreeAt(r.ledger.Now().Add(r.requestTimeout), r.doubtDelay)
		}
		if err == nil {
			err = p.staging.Add(ctx, row)
		}
		if err != nil {
			return 0, err
		}
		if !row.Gone {
			rows++
		}
		if c := row.State.Cause; c == string(kanal.CauseOptedOut) || c == outcome.CauseOptedOutEarlier {
			p.optedOut = append(p.optedOut, row.Person)
		}
	}
	if err := r.listsAnswer(); err != nil {
		return 0, err
	}
	if seen.again { // the campaign can only have been planned so
		p.settings.Duplicates = campaign.DuplicatesAllow
	}
	return rows, nil
}

// leaveOut marks a row that nothing was sent of as left out when a filter that is told again does not take it, when the
// person is on a list, or was messaged too recently by another campaign of this ledger. Rows in doubt are not asked about:
// they stay in doubt.
func (r *run) leaveOut(ctx context.Context, p *recovered, row *ledger.Row) error {
	if cause, column := p.columns.LeavesOut(row.Cells); cause != "" {
		row.State.Status, row.State.Cause = outcome.Skipped, cause
		row.Error = ledger.Detail{Column: problem.Cut(p.file.Header[column])}.String()
		return nil
	}
	cause, detail := outcome.CauseSuppressed, ledger.Detail{}
	r.questions.Ask(row.Number, row.Person)
	if r.isSuppressed(row.Person) {
		detail.List = r.suppressing(row.Person)
	} else if p.recently != nil {
		var err error
		cause = outcome.CauseMessagedRecently
		if detail, err = p.recently(ctx, row.Person); err != nil {
			return err
		}
	}
	if detail != (ledger.Detail{}) {
		row.State.Status, row.State.Cause, row.Error = outcome.Skipped, cause, detail.String()
	}
	return nil
}

// seenRows are the rows of a results file so far.
type seenRows struct {
	keys   map[uint64]bool // by the beginnings of the keys
	people map[string]bool
	again  bool // somebody has two messages to get
}

// complete fills in a row of the results. Of a row that left the file in an update, the cells may stand under another
// header by now: it is only remembered, and never sent again.
func (r *run) complete(recovery campaign.Recovery, row *ledger.Row, seen *seenRows) error {
	err := recovery.Complete(row)
	switch {
	case err != nil && row.Gone:
		row.Values, row.ContentID = nil, uuid.Nil
	case errors.Is(err, campaign.ErrNumberMismatch) && recovery.Settings.NumberRules > 1:
		return errOlderRules
	case errors.Is(err, campaign.ErrNumberMismatch):
		return failed("%s", reports.OtherNumber(r.from, *row, row.Cells[recovery.Columns.Phone]))
	case err != nil:
		return failed("%s", reports.KeyMismatch(r.from, *row))
	}
	if row.Key == uuid.Nil {
		return nil
	}
	key := binary.BigEndian.Uint64(row.Key[:])
	if seen.keys[key] {
		return failed("%s", reports.RowTwice(r.from, *row))
	}
	seen.keys[key] = true
	if !row.Gone {
		seen.again = seen.again || seen.people[row.Person]
		seen.people[row.Person] = true
	}
	return nil
}

// recoverSettings takes from the flags what the results do not tell.
func (r *run) recoverSettings(ctx context.Context, p *recovered) error {
	p.settings = r.settings()
	people, err := r.suppressed(&p.settings)
	if err != nil {
		return err
	}
	if len(p.settings.Suppress) > 0 {
		r.suppressing, r.questions = suppressedBy(people, p.settings), questionsOf(people, p.settings)
	}
	if p.settings.MinGap != "" {
		gap, err := parseGap(p.settings.MinGap)
		if err != nil {
			return err
		}
		if p.recently, err = r.ledger.RecentMessages(ctx, r.account(), r.name, r.ledger.Now().Add(-gap)); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) openResults() (*reports.ResultsReader, error) {
	opts, err := r.audience()
	if err != nil {
		return nil, err
	}
	return reports.OpenResults(r.from, r.mode, opts)
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
		if row.Key != uuid.Nil && !row.Gone {
			first = row
			break
		}
	}
	if first.Key == uuid.Nil {
		return campaign.Recovery{}, decide("No row of %s was ever to be sent: there is nothing to go on with.", reports.Clean(r.from))
	}
	if r.namesMessage() {
		message, err := r.askedMessage(ctx)
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
		if i := slices.IndexFunc(issues, inEveryTemplate); i >= 0 {
			return recovery, failed("%s", reports.Sentence(issues[i]))
		}
		if !(&plan{columnIssues: issues}).readable() {
			continue
		}
		if err := recovery.Complete(&first); err == nil || errors.Is(err, campaign.ErrNumberMismatch) { // the key is right
			return recovery, nil
		}
	}
	return campaign.Recovery{}, failed("%s", reports.NoTemplateGivesKey(r.from, first, r.name, len(r.templates)))
}

// inEveryTemplate reports whether a problem with the columns is one whatever the template is.
func inEveryTemplate(p problem.Problem) bool {
	return p.Code == campaign.ColumnUnknown && p.Reason != "--map"
}

func (r *run) recoveryWith(m campaign.Message, header []string) (campaign.Recovery, []problem.Problem) {
	columns, issues := campaign.MapColumns(header, m, r.settings())
	return campaign.Recovery{Message: m, Campaign: r.name, Columns: columns, Settings: r.settings()}, issues
}

// carryOn shows what the results tell, asks, makes the campaign the ledger's, and goes on with it.
func (r *run) carryOn(ctx context.Context, p *recovered) error {
	if len(p.repeats) > 0 && !r.again {
		reports.RepeatsStop(r.Err, p.repeats, p.due, r.command(append(r.rebuildWords(r.from), "--again")...))
		return &exit{code: exitDecision}
	}
	message, err := json.Marshal(p.message)
	if err != nil {
		return err
	}
	origin, err := filepath.Abs(r.from)
	if err != nil {
		return err
	}
	r.message, r.fresh = p.message, p.message
	r.campaign = ledger.Campaign{
		Name: r.name, Account: r.account(), CreatedAt: p.writtenAt, ConfirmedAt: time.Now(), RebuiltFrom: origin,
		Definition: ledger.Definition{
			Kind: string(p.message.Kind), Of: p.message.Of(), Title: p.message.Title(), Message: message,
			Fields: p.message.FieldNames(), Settings: p.settings, File: p.file, OutDir: p.outDir, APIURL: r.client.BaseURL(),
		},
	}
	sel, err := r.selectFrom(ctx, from{rows: p.staging.Planned(ctx), campaign: r.campaign, suppressed: func(string) bool { return false }, judged: true,
		reach: r.nextOnly()})
	if err != nil {
		return err
	}
	tallies, err := p.staging.Tallies(ctx)
	if err != nil {
		return err
	}
	hours, err := r.judgedBy(ctx, p.settings, sel.where.found)
	if err != nil {
		return err
	}
	screen := reports.RebuildScreen{
		Mode: r.mode, APIURL: r.client.BaseURL(), From: r.account(), Campaign: r.campaign, WrittenAt: p.writtenAt,
		Tallies: tallies, ToSend: sel.messages(), Rate: r.rate, Start: time.Now(),
		Window: sel.crowd.screen(sel.messages(), r.rate, time.Now()), Hours: hours, Missing: r.notTold(tallies),
	}
	reports.Rebuild(r.planWriter(true), screen)
	if sel.messages() > 0 {
		if err := r.windowIsSaid(screen); err != nil {
			return err
		}
	}
	if err := r.agreed(ctx, sel, hours, asking{unconfirmed: true}); err != nil {
		return err
	}
	if err := r.ledger.RememberOptOuts(ctx, r.campaign.Account, p.optedOut, p.writtenAt); err != nil {
		return err
	}
	if r.campaign, err = p.staging.Publish(ctx, r.campaign, nil); err != nil {
		return err
	}
	if err := r.confirmedUpTo(ctx, sel.messages()); err != nil {
		return err
	}
	if err := r.keepTo(ctx, sel); err != nil {
		return err
	}
	return r.carryOut(ctx, p.message, sel, nil)
}

// notTold are the flags of the send command that results do not tell and that this command leaves out.
func (r *run) notTold(tallies []ledger.Tally) (flags []string) {
	for _, flag := range []string{"send-window", "suppress", "min-gap"} {
		if !r.flags.Changed(flag) {
			flags = append(flags, "--"+flag)
		}
	}
	if reports.LeftOutFor(tallies, outcome.CauseFiltered) > 0 && len(r.where) == 0 {
		flags = append(flags, "--where")
	}
	if reports.LeftOutFor(tallies, outcome.CauseNoConsent) > 0 && len(r.consent) == 0 {
		flags = append(flags, campaign.ConsentFlag)
	}
	return flags
}

// windowIsSaid stops a campaign that would go on at unwelcome hours without anybody being asked: whether it had a window
// is lost with its ledger.
func (r *run) windowIsSaid(screen reports.RebuildScreen) error {
	end := screen.Start.Add(campaign.Duration(screen.ToSend, r.rate))
	if r.sandbox || !r.yes || r.sendWindow != "" || !screen.Hours.Unwelcome(screen.Start, end) {
		return nil
	}
	return decide("%s", reports.RebuiltAtNight())
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

// notBehindResults stops a campaign whose results tell of more attempts than its ledger: it is an older copy, put back,
// and would send again what the newer one has sent.
func (r *run) notBehindResults(ctx context.Context) error {
	if r.sandbox || r.continueEarlier {
		return nil
	}
	path := reports.ResultsPath(r.campaign.OutDir, r.name, r.mode)
	d := r.campaign.File.Dialect
	told, keys, err := reports.AttemptedIn(path, audience.Options{Delimiter: d.Delimiter})
	if err != nil {
		return err
	}
	known, err := r.ledger.AttemptCount(ctx, r.campaign.ID)
	if err != nil || told <= known {
		return err
	}
	if ours, err := r.ledger.HasKey(ctx, r.campaign.ID, keys); err != nil || !ours {
		return err
	}
	return decide("%s", reports.OldLedger(r.ledgerFile, path, told-known))
}
