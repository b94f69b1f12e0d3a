package cli

import (
	"context"
	"errors"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/plan"
	"time"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

func (a *app) sendCommand() *cobra.Command {
	o := newOptions()
	c := &cobra.Command{
		Use:     "send",
		GroupID: groupRun,
		Example: a.examples(
			campaign.Command{"send", "novembre.csv", "--template", "order_confirmation", "--country", "FR"},
			campaign.Command{"send", "answers.csv", "--country", "FR", "--type", "text", "--text-file", "answer.txt"},
			tryIt),
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.send(c, o, args[0])
		},
	}
	o.messageFlags(c.Flags())
	o.fileFlags(c.Flags())
	o.suppressFlag(c.Flags())
	o.gapFlag(c.Flags())
	o.windowFlags(c.Flags())
	o.rateFlag(c.Flags())
	o.testFlag(c.Flags())
	o.hoursFlags(c.Flags())
	o.sendingFlags(c.Flags())
	o.firstFlag(c.Flags())
	o.againFlag(c.Flags())
	inGroup(c.Flags(), groupSafety, func(f *flagSet) {
		f.BoolVar(&o.update, "update", false, "")
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
	if o.testTo != "" {
		return a.testSend(c, o, name, path)
	}
	r, err := a.openRun(c, o, name)
	if err != nil {
		return err
	}
	defer r.close()
	r.inputFile = path
	r.takeDigest(path)

	known, err := r.ledger.Campaign(ctx, name)
	switch {
	case errors.Is(err, ledger.ErrNoCampaign):
		return r.sendNew(ctx, path, nil)
	case err != nil:
		return err
	case r.StartsOver(known) && !r.update:
		return r.sendNew(ctx, path, &known)
	}
	r.campaign = known
	return r.sendAgain(ctx, path)
}

// sendNew plans a campaign from its file, and carries it out. replaced is the rehearsal that it takes the place of.
func (r *run) sendNew(ctx context.Context, path string, replaced *record.Campaign) error {
	p, err := r.connectedPlan(ctx, path)
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
	if len(p.Repeats) > 0 && !r.again {
		reports.RepeatsStop(r.Err, p.Repeats, p.Report.Sendable, r.mode, r.command(append(r.sendWords(path), "--again")...))
		return &exit{code: exitDecision}
	}
	if err := r.notFromResults(ctx, p, staging); err != nil {
		return err
	}
	sel, err := r.Select(ctx, campaign.SelectFrom{Rows: staging.Planned(ctx), Campaign: p.AsPlanned(record.Campaign{Account: r.Account(), Name: r.name}),
		Judged: true, Reach: r.nextOnly()})
	if err != nil {
		return err
	}
	screen, err := r.confirmScreen(ctx, p, sel)
	if err != nil {
		return err
	}
	reports.Confirm(r.planWriter(true), screen)
	if err := r.agreed(ctx, asking(sel, p.Hours)); err != nil {
		return err
	}
	definition, err := p.Definition(r.Client().BaseURL())
	if err != nil {
		return err
	}
	definition.Confirmed = sel.Messages()
	r.campaign, err = staging.Publish(ctx, record.Campaign{
		Name: r.name, Account: r.Account(), ConfirmedAt: time.Now(), Definition: definition,
	}, replaced)
	if err != nil {
		return err
	}
	return r.carryOut(ctx, r.execution(p.Message, sel))
}

// connectedPlan begins the plan of a new campaign: Kanal knows its message, and its results can be written.
func (r *run) connectedPlan(ctx context.Context, path string) (*campaign.Plan, error) {
	if !r.namesMessage() {
		return nil, r.noMessage()
	}
	if r.sandbox {
		if err := r.ForgetRehearsal(r.name); err != nil {
			return nil, err
		}
	}
	if err := r.connect(ctx, r.name); err != nil {
		return nil, err
	}
	message, err := r.askedMessage(ctx)
	if err != nil {
		return nil, err
	}
	p, err := r.newPlan(r.name, path, message, r.settings())
	if err != nil {
		return nil, err
	}
	return p, r.Writable(ctx, r.name, p.OutDir)
}

// notFromResults stops a new campaign whose people have been messaged according to a results file that lies where this
// one's will be written: the ledger was lost, and the file knows more than an empty one.
func (r *run) notFromResults(ctx context.Context, p *campaign.Plan, staging *ledger.Staging) error {
	if r.sandbox || r.continueEarlier {
		return nil
	}
	path := r.mode.Place(p.OutDir, p.Name).Results()
	_, keys, err := record.AttemptedIn(path, audience.Options{})
	if err != nil {
		return err
	}
	if known, err := staging.HasKey(ctx, keys); err != nil || !known {
		return err
	}
	return decideBy(reports.ResultsOfLostLedger(r.Err, path), r.command(r.rebuildWords(path)...))
}

// stage reads the file into the ledger, where nobody sees it yet.
func (r *run) stage(ctx context.Context, p *campaign.Plan) (*ledger.Staging, error) {
	staging, err := r.ledger.Stage(ctx, p.Name)
	if err != nil {
		return nil, err
	}
	staging.Several = p.Several()
	err = r.read(ctx, p, func(row record.Row) error { return staging.Add(ctx, row) })
	if err != nil {
		return nil, errors.Join(err, staging.Discard(ctx))
	}
	return staging, nil
}

// judge stops a plan that may not be sent, and shows why.
func (r *run) judge(p *campaign.Plan, next []string) error {
	err := r.tellBlocked(p, next)
	if err != nil {
		r.held.Run.Stopped = campaign.StoppedCheck
	}
	return err
}

// tellBlocked shows why a plan may not be sent, and ends with its exit code; nil for one that may be.
func (s *session) tellBlocked(p *campaign.Plan, next []string) error {
	code := verdict(p, p.Settings.SkipInvalid)
	if code == exitOK {
		return nil
	}
	screen := s.checkScreen(p, next)
	screen.Sending = true
	if s.format == "json" {
		if err := reports.CheckJSON(s.Out, screen); err != nil {
			return err
		}
	} else {
		reports.Check(s.Out, screen)
	}
	return &exit{code: code}
}

func (r *run) confirmScreen(ctx context.Context, p *campaign.Plan, sel *campaign.Selection) (reports.ConfirmScreen, error) {
	report, err := r.shownOf(ctx, p, sel)
	return reports.ConfirmScreen{
		Mode: r.mode, From: r.Account(), Team: r.team(ctx), APIURL: r.Client().BaseURL(), Message: p.Message,
		Report: report, Repeats: p.Repeats, Rate: r.rate, Start: time.Now(), NameColumn: r.nameColumn,
		EmailColumn: r.emailColumn, ToSend: sel.Messages(), Beyond: sel.Beyond, First: r.first,
		Warnings: p.ColumnIssues, Window: windowScreen(sel.Window.Forecast(sel.Messages(), r.rate, time.Now())),
		Hours: p.Hours, ProblemsPath: p.ProblemsPath,
	}, err
}

// shownOf is a plan's report on the people whom the selection sends to: the report itself is of the whole plan.
func (r *run) shownOf(ctx context.Context, p *campaign.Plan, sel *campaign.Selection) (*plan.Report, error) {
	if sel.Messages() == p.Report.Sendable {
		return p.Report, nil
	}
	shown := *p.Report
	shown.First, shown.Longest, shown.Random = nil, nil, nil
	shown.Sendable, shown.People, shown.Countries = sel.Messages(), sel.People, nil
	if sel.Messages() <= hours.MostCountriesCounted { // else they are only about known
		shown.Countries = sel.Countries.Found
	}
	for i, person := range sel.Sample {
		row, err := r.ledger.Row(ctx, person.ID)
		if err != nil {
			return nil, err
		}
		row.Number = person.Number // of the file that is sent: the row may still stand where an older one has it
		if i == 0 {
			shown.First = &row
		} else {
			shown.Random = &row
		}
	}
	return &shown, nil
}
