package campaign

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
)

// FileChanges is how a file differs from its campaign, in numbers and by its first rows.
type FileChanges struct {
	record.Changes
	DueDoubts  int // of Doubts and DoubtsBack, those that the update tries again
	First      record.FirstRows
	Due, Asked []int // the first rows in doubt: tried again, and not
	Part       int   // how many messages --first keeps the update to; 0 for all
}

// Send proposes to send a file: as a new campaign; or, where the ledger has one of its name, to go on with that or to update it.
// Close gives up what was read.
func (d *Desk) Send(ctx context.Context, req Request) (*Proposal, error) {
	return d.propose(ctx, &req, func(ctx context.Context) (*Proposal, error) { return d.proposeSend(ctx, &req, 0) })
}

// proposeSend makes the proposal, under the campaign's lock. run is the run that is under way, or 0.
func (d *Desk) proposeSend(ctx context.Context, req *Request, run int64) (*Proposal, error) {
	known, err := d.Ledger.Campaign(ctx, req.Campaign)
	switch {
	case errors.Is(err, ledger.ErrNoCampaign):
		return d.proposeNew(ctx, req, nil)
	case err != nil:
		return nil, err
	case d.startsOver(known) && !req.Update:
		return d.proposeNew(ctx, req, &known)
	}
	return d.proposeAgain(ctx, req, known, run)
}

// proposeNew plans a campaign from its file. replaced is the rehearsal that it takes the place of; nil for none.
func (d *Desk) proposeNew(ctx context.Context, req *Request, replaced *record.Campaign) (*Proposal, error) {
	plan, err := d.connectedPlan(ctx, *req)
	if err != nil {
		return nil, err
	}
	if err := d.Writable(ctx, req.Campaign, plan.OutDir); err != nil {
		return nil, err
	}
	plan.Words = req.SendWords()
	staging, err := d.stage(ctx, req, plan)
	if err != nil {
		return nil, err
	}
	p := &Proposal{Kind: ProposeNew, Request: *req, Was: plan.Message, Now: plan.Message, Plan: plan, desk: d, lists: plan.Lists,
		staged: &staged{Staging: staging, replaced: replaced}}
	if err := d.newUnlessRefused(ctx, p); err != nil {
		return nil, errors.Join(err, p.discard())
	}
	return p, nil
}

func (d *Desk) newUnlessRefused(ctx context.Context, p *Proposal) error {
	if err := p.Plan.refused(); err != nil {
		return err
	}
	if len(p.Plan.Repeats) > 0 && !p.Request.Again {
		return p.Plan.RefusedRepeats(d.Command, p.Plan.Words)
	}
	if err := d.notFromResults(ctx, p); err != nil {
		return err
	}
	definition, err := p.Plan.Definition(d.client.BaseURL())
	p.Campaign = record.Campaign{Name: p.Request.Campaign, Account: d.Account(), Definition: definition}
	if err != nil {
		return err
	}
	return p.staged.fill(ctx, p)
}

// skipRepeats is the flag that leaves out who has the very message from another campaign.
const skipRepeats = "skip-repeats"

// RefusedRepeats is the refusal of a plan of which some messages were sent before, while nobody has said whether these people are
// left out or get it once more. words spell its command, and command completes one.
func (p *Plan) RefusedRepeats(command func(words ...string) Command, words []string) *Refusal {
	return refusedRepeats(ledger.FoundRepeats{Campaigns: p.Repeats, Messages: p.Repeated}, p.Report.Sendable, command, words)
}

func refusedRepeats(found ledger.FoundRepeats, messages int, command func(words ...string) Command, words []string) *Refusal {
	r := &Refusal{Code: RefusedRepeats, Repeats: found.Campaigns, Count: messages, Others: max(0, messages-found.Messages)}
	unfinished := slices.ContainsFunc(found.Campaigns, func(of record.Repeats) bool { return of.Unfinished })
	if r.Others > 0 && !unfinished { // else the others would get it twice as soon as somebody resumes that campaign
		r.Next = []Command{command(append(slices.Clone(words), "--"+skipRepeats)...)}
	}
	r.Next = append(r.Next, command(append(slices.Clone(words), "--again")...))
	return r
}

// connectedPlan begins the plan of a file for a message that Kanal knows.
func (d *Desk) connectedPlan(ctx context.Context, req Request) (*Plan, error) {
	if req.Message.Named() { // else nobody is asked for a key
		if err := d.Connect(ctx, req.Campaign, req.Timeout); err != nil {
			return nil, err
		}
	}
	message, err := d.Message(req.Message)
	if err != nil {
		return nil, err
	}
	return newPlan(req, req.Campaign, req.File, message, req.Settings)
}

// stage reads the file of a plan into the ledger, where nobody sees it yet.
func (d *Desk) stage(ctx context.Context, req *Request, plan *Plan) (*ledger.Staging, error) {
	staging, err := d.Ledger.Stage(ctx, plan.Name)
	if err != nil {
		return nil, err
	}
	staging.Several = plan.Several()
	err = d.readPlan(ctx, plan, func(row record.Row) error { return staging.Add(ctx, row) })
	if plan.File != nil {
		req.digest = plan.File.SHA256()
	}
	if err != nil {
		return nil, errors.Join(err, staging.Discard(ctx))
	}
	return staging, nil
}

// notFromResults refuses a new campaign whose people have been messaged according to a results file that lies where this
// one's will be written: the ledger was lost, and the file knows more than an empty one.
func (d *Desk) notFromResults(ctx context.Context, p *Proposal) error {
	if d.Rehearsal || p.Request.ContinueEarlier {
		return nil
	}
	path := d.place(p.Plan.OutDir, p.Plan.Name).Results()
	_, keys, err := record.AttemptedIn(path, audience.Options{})
	if err != nil {
		return err
	}
	if known, err := p.staged.HasKey(ctx, keys); err != nil || !known {
		return err
	}
	other, err := d.renamed(ctx, p.Request, p.Plan.Name)
	return cmp.Or(err, error(&Refusal{Code: RefusedLostLedger, Path: path, Next: []Command{d.Command(p.Request.RebuildWords(path)...)},
		Other: d.Command(other...)}))
}

// proposeAgain proposes what comes of a file whose campaign the ledger has.
func (d *Desk) proposeAgain(ctx context.Context, req *Request, known record.Campaign, run int64) (*Proposal, error) {
	if err := req.sameSettings(known); err != nil {
		return nil, d.orOther(ctx, *req, err)
	}
	c := known
	was, now, err := d.reconnect(ctx, c, req.Message, req.Timeout)
	if err != nil {
		return nil, d.orOther(ctx, *req, err)
	}
	if err := d.Place(ctx, &c, *req); err != nil {
		return nil, err
	}
	req.takeTimes(&c.Settings)
	if req.digest, err = audience.Digest(req.File); err != nil {
		return nil, err
	}
	lifts, err := d.mayLift(ctx, *req, c)
	if err != nil {
		return nil, err
	}
	if req.digest != c.File.SHA256 || lifts || req.settlesConsent(c) {
		return d.proposeChanged(ctx, req, known, c, was, now, run)
	}
	if err := req.samePlan(c); err != nil {
		return nil, d.orOther(ctx, *req, err)
	}
	if !c.FinishedAt.IsZero() {
		return nil, d.Finished(ctx, c, *req)
	}
	lists, err := d.readLists(ctx, &c, *req)
	if err != nil {
		return nil, err
	}
	return d.proposeResume(ctx, *req, d.Ledger, c, was, now, lists, run)
}

// mayLift reports whether an update may take people in whom a list has left out: then the same file makes another plan.
func (d *Desk) mayLift(ctx context.Context, req Request, c record.Campaign) (bool, error) {
	if !req.Update {
		return false, nil
	}
	tallies, err := d.Ledger.Tallies(ctx, c.ID)
	return Tallies(tallies).LeftOutFor(outcome.CauseSuppressed) > 0, err
}

// proposeChanged compares a changed file with its campaign, as it was known and as c with what is asked for. A file in which no
// message has changed, only the order or other columns, is the same campaign in a new place.
func (d *Desk) proposeChanged(ctx context.Context, req *Request, known, c record.Campaign, was, now message.Message, run int64,
) (*Proposal, error) {
	if forgotten, err := d.forgotten(ctx, c.ID); err != nil {
		return nil, err
	} else if forgotten > 0 { // nobody knows any more whether they are in this file
		other, err := d.asOther(ctx, req.of(FilePlace), c)
		return nil, cmp.Or(err, error(&Refusal{Code: RefusedForgotten, Campaign: c, Count: forgotten, Next: []Command{other}}))
	}
	if _, err := d.Ledger.Abandon(ctx, c.ID, req.DoubtDelay); err != nil {
		return nil, err
	}
	plan, err := newPlan(*req, c.Name, req.File, now, req.updated(c))
	if err != nil {
		return nil, err
	}
	plan.Words = append(req.UpdateWords(c, req.File), req.firstWords()...)
	if err := d.filterLost(ctx, *req, c, plan); err != nil {
		return nil, err
	}
	plan.OutDir = c.OutDir
	staging, err := d.stage(ctx, req, plan)
	if err != nil {
		return nil, err
	}
	p := &Proposal{Request: *req, Campaign: c, Was: was, Now: now, Plan: plan, desk: d, lists: plan.Lists,
		staged: &staged{Staging: staging, known: known, run: run}}
	if err := d.changedUnlessRefused(ctx, p); err != nil {
		return nil, errors.Join(err, p.discard())
	}
	return p, nil
}

func (d *Desk) changedUnlessRefused(ctx context.Context, p *Proposal) error {
	if err := p.Plan.refused(); err != nil {
		return err
	}
	changes, _, err := p.staged.Compare(ctx, p.Campaign.ID)
	switch {
	case err != nil:
		return err
	case changes.None() && !p.Campaign.FinishedAt.IsZero():
		return d.Finished(ctx, p.Campaign, p.Request)
	case changes.None():
		p.Kind = ProposeMoved
	default:
		p.Kind = ProposeUpdate
	}
	definition, err := p.Plan.Definition(d.client.BaseURL())
	if err != nil {
		return err
	}
	if p.Kind == ProposeMoved {
		p.Campaign.File, p.Campaign.Settings = definition.File, definition.Settings
		return p.staged.fill(ctx, p)
	}
	before := p.Campaign
	p.Campaign.Definition = definition
	if err := p.staged.fill(ctx, p); err != nil || p.Request.Update {
		return err
	}
	return d.fileChanged(ctx, p, before)
}

// fileChanged refuses a changed file while nobody has asked for the update.
func (d *Desk) fileChanged(ctx context.Context, p *Proposal, c record.Campaign) error {
	part := p.Request.firstWords()
	if n := p.Hours.Part(p.Send.People); n > 0 {
		part = []string{"--first", strconv.Itoa(n)}
	}
	c.File.Name = p.Campaign.File.Name
	other, err := d.asOther(ctx, p.Request, c)
	if err != nil {
		return err
	}
	return &Refusal{Code: RefusedFileChanged, Campaign: c, Changes: p.Changes, Hours: p.Hours, Other: other,
		Next: []Command{d.Command(append(p.Request.UpdateWords(c, p.Request.File), part...)...)}}
}

// filterLost refuses an update of a rebuilt campaign whose results tell of people whom a filter, a list or a gap has left out,
// while nobody has told it again: they would be sent to.
func (d *Desk) filterLost(ctx context.Context, req Request, c record.Campaign, planned *Plan) error {
	if c.RebuiltFrom == "" {
		return nil
	}
	tallies, err := d.Ledger.Tallies(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, lost := range []struct {
		cause, flag, value string
		told               bool
	}{
		{outcome.CauseFiltered, "--where", "COLUMN=VALUE", len(planned.Settings.Where) > 0},
		{outcome.CauseNoConsent, plan.ConsentFlag, "COLUMN", planned.Settings.SettlesConsent()},
		{outcome.CauseSuppressed, "--suppress", "FILE", len(planned.Settings.Suppress)+len(req.Lists.Paths) > 0 || req.Lists.Lift},
		{outcome.CauseSameMessage, "--" + skipRepeats, "", planned.Settings.SkipRepeats},
		{outcome.CauseMessagedRecently, "--min-gap", "7d", planned.Settings.MinGap != ""},
	} {
		if n := Tallies(tallies).LeftOutFor(lost.cause); n > 0 && !lost.told {
			return &Refusal{Code: RefusedFilterLost, Campaign: c, Count: n, Name: lost.cause,
				Next: []Command{d.Command(slices.Concat(req.UpdateWords(c, planned.Path), []string{lost.flag}, one(lost.value))...)}}
		}
	}
	return nil
}

// selectChanged is whom an update would send to now, and how the file differs from the campaign.
func (d *Desk) selectChanged(ctx context.Context, plan *Plan, c record.Campaign, with *ledger.Staging, first int,
) (FileChanges, *Selection, error) {
	changes, rows, err := with.Compare(ctx, c.ID)
	if err != nil {
		return FileChanges{}, nil, err
	}
	return d.selectCompared(ctx, plan, c, with, first, changes, rows)
}

// selectCompared is selectChanged of a file that was compared.
func (d *Desk) selectCompared(ctx context.Context, plan *Plan, c record.Campaign, with *ledger.Staging, first int, changes record.Changes,
	rows record.FirstRows) (FileChanges, *Selection, error) {
	c = plan.asPlanned(c)
	c.Limited = false // an update is said yes to as a whole
	sel, err := d.Select(ctx, selectFrom{Rows: with.Sendable(ctx, c.ID), Campaign: c,
		OnLists: plan.Lists.Has, Judged: true, Reach: nextOnly(first)})
	if err != nil {
		return FileChanges{}, nil, err
	}
	return FileChanges{Changes: changes, First: rows, DueDoubts: sel.DueDoubts, Due: sel.Due, Asked: sel.NotDue, Part: first}, sel, nil
}

// nextOnly is the reach of --first in a plan that is new, or newly compared.
func nextOnly(first int) *Reach {
	if first == 0 {
		return nil
	}
	return &Reach{Next: first}
}

// shown is the report on the people whom the selection sends to: the plan's own is of the whole file.
func (d *Desk) shown(ctx context.Context, report *plan.Report, sel *Selection) (*plan.Report, error) {
	if sel.Messages() == report.Sendable {
		return report, nil
	}
	shown := *report
	shown.First, shown.Longest, shown.Random = nil, nil, nil
	shown.Sendable, shown.People, shown.Countries = sel.Messages(), sel.People, nil
	if sel.Messages() <= hours.MostCountriesCounted { // else they are only about known
		shown.Countries = sel.Countries.Found
	}
	for i, person := range sel.Sample {
		row, err := d.Ledger.Row(ctx, person.ID)
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

// fill gives a proposal what its staged rows tell now: whom it sends to, and what is asked about that.
func (s *staged) fill(ctx context.Context, p *Proposal) (err error) {
	d, c := p.desk, p.Campaign
	p.AsOf, p.From, p.APIURL = time.Now(), d.Account(), d.client.BaseURL()
	if p.version, err = d.Ledger.Version(ctx); err != nil {
		return err
	}
	if s.mark, err = d.Ledger.Mark(ctx); err != nil {
		return err
	}
	switch p.Kind {
	case ProposeMoved:
		resume, err := d.proposeResume(ctx, p.Request, s.Moved(), c, p.Was, p.Now, p.lists, s.run)
		if err != nil {
			return err
		}
		resume.Kind, resume.Plan, resume.staged = ProposeMoved, p.Plan, s
		*p = *resume
		return p.seal()
	case ProposeUpdate:
		var changes FileChanges
		changes, p.Send, err = d.selectChanged(ctx, p.Plan, c, s.Staging, p.Request.First)
		p.Changes = &changes
	case ProposeRebuild:
		return s.fillRebuild(ctx, p)
	default:
		p.Send, err = d.Select(ctx, selectFrom{Rows: s.Planned(ctx), Campaign: c, Judged: true, Reach: nextOnly(p.Request.First)})
	}
	if err != nil {
		return err
	}
	if p.Hours = p.Plan.Hours; p.Kind == ProposeUpdate {
		if p.Hours, err = d.judgeHours(ctx, c.Settings, p.Send.Countries.Found, p.Request.Given["holidays"]); err != nil {
			return err
		}
	}
	if p.Shown, err = d.shown(ctx, p.Plan.Report, p.Send); err != nil {
		return err
	}
	p.Window = p.Send.Window.Forecast(p.Send.Messages(), p.Request.Rate, p.AsOf)
	p.Asking = Asking{Messages: p.Send.Messages(), People: p.Send.People, Hours: p.Hours, Unconfirmed: true}
	return p.seal()
}
