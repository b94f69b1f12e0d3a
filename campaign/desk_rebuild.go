package campaign

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"iter"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// RebuildFacts are what a rebuild is about.
type RebuildFacts struct {
	WrittenAt time.Time // of the results
	SHA256    string    // of the results
	Tallies   Tallies
	Missing   []string // flags of the send command that the results do not tell, and that were not given again
}

// Rebuild proposes to make a campaign whose ledger is lost anew from its results, Request.Results, and to go on with it. Every
// row's key must be what its cells give. Close gives up what was read.
func (d *Desk) Rebuild(ctx context.Context, req Request) (*Proposal, error) {
	return d.propose(ctx, &req, func(ctx context.Context) (*Proposal, error) { return d.proposeRebuild(ctx, req) })
}

func (d *Desk) proposeRebuild(ctx context.Context, req Request) (*Proposal, error) {
	if known, err := d.Ledger.Campaign(ctx, req.Campaign); !errors.Is(err, ledger.ErrNoCampaign) {
		if err != nil {
			return nil, err
		}
		req.takeTimes(&known.Settings)
		resume, err := d.ResumeCommand(ctx, known, req.First)
		if err != nil {
			return nil, err
		}
		return nil, &Refusal{Code: RefusedNotLost, Campaign: known, Next: []Command{resume}}
	}
	if err := d.Connect(ctx, req.Campaign, req.Timeout); err != nil {
		return nil, err
	}
	if len(d.templates) == 0 {
		return nil, &Refusal{Code: RefusedNoTemplates}
	}
	recovery, err := d.recovery(ctx, req)
	if err != nil {
		return nil, err
	}
	for recovery.Settings.NumberRules = number.CurrentVersion; ; recovery.Settings.NumberRules-- {
		p, err := d.rebuildBy(ctx, req, recovery)
		if err != errOlderRules {
			return p, err
		}
	}
}

// errOlderRules says that a row's number reads as it does by an earlier version of the rules only, if at all.
var errOlderRules = errors.New("planned by earlier rules")

func (d *Desk) openResults(req Request) (*record.ResultsReader, error) {
	opts, _ := AudienceOptions(req.Settings.Delimiter, req.Settings.Encoding)
	return record.OpenResults(req.Results, d.Rehearsal, opts)
}

// recovery finds the message that the keys of the results were made with: the one that is asked for, else the one of
// the account's templates that gives the first row's key.
func (d *Desk) recovery(ctx context.Context, req Request) (plan.Recovery, error) {
	file, err := d.openResults(req)
	if err != nil {
		return plan.Recovery{}, err
	}
	defer file.Close()
	first, known, err := firstSent(file.Rows())
	if err != nil {
		return plan.Recovery{}, err
	}
	if req.Settings.PhoneColumn == "" && plan.PhoneByName(file.Header()) == "" {
		req.Settings.FoundPhone = plan.PhoneOfResults(file.Header(), known)
	}
	if first.Key == uuid.Nil {
		return plan.Recovery{}, &Refusal{Code: RefusedNothingToSend, Path: req.Results}
	}
	if req.Message.Named() {
		message, err := d.Message(req.Message)
		if err != nil {
			return plan.Recovery{}, err
		}
		recovery, issues := req.recoveryWith(message, file.Header())
		if i := slices.IndexFunc(issues, func(p problem.Problem) bool { return p.Severity == problem.Error }); i >= 0 {
			return recovery, &Refusal{Code: RefusedResultsColumns, Path: req.Results, Problems: issues[i : i+1]}
		}
		return recovery, nil
	}
	for _, t := range d.templates {
		recovery, issues := req.recoveryWith(message.TemplateMessage(withVariables(t, req.Message.Variables)), file.Header())
		if i := slices.IndexFunc(issues, inEveryTemplate); i >= 0 {
			return recovery, &Refusal{Code: RefusedResultsColumns, Path: req.Results, Problems: issues[i : i+1]}
		}
		if problem.HasError(issues) {
			continue
		}
		if err := recovery.Complete(&first); err == nil || errors.Is(err, plan.ErrNumberMismatch) { // the key is right
			return recovery, nil
		}
	}
	return plan.Recovery{}, &Refusal{Code: RefusedNoTemplateGivesKey,
		Path: req.Results, Name: req.Campaign, Row: first, Count: len(d.templates)}
}

// firstSent is the first row that was ever to be sent, and the first few: without a key, none was.
func firstSent(rows iter.Seq2[record.Row, error]) (first record.Row, few []record.Row, err error) {
	const enough = 50
	for row, err := range rows {
		switch {
		case err != nil && len(few) == 0:
			return row, nil, err
		case err != nil || len(few) == enough: // who reads all tells what is wrong
			return few[0], few, nil
		case row.Key != uuid.Nil && !row.Gone:
			few = append(few, row)
		}
	}
	if len(few) == 0 {
		return record.Row{}, nil, nil
	}
	return few[0], few, nil
}

// inEveryTemplate reports whether a problem with the columns is one whatever the template is.
func inEveryTemplate(p problem.Problem) bool {
	return p.Code == plan.ColumnUnknown && p.Reason != "--map"
}

func (r Request) recoveryWith(m message.Message, header []string) (plan.Recovery, []problem.Problem) {
	columns, issues := plan.MapColumns(header, m, r.Settings, nil)
	return plan.Recovery{Message: m, Campaign: r.Campaign, Columns: columns, Settings: r.Settings}, issues
}

// rebuilding is a campaign as its results tell it, while they are read.
type rebuilding struct {
	desk     *Desk
	req      Request
	recovery plan.Recovery
	settings record.Settings
	header   []string
	lists    *Lists
	recently func(ctx context.Context, person string) (record.Detail, error)          // nil without --min-gap
	same     func(ctx context.Context, contentIDs []uuid.UUID) (record.Detail, error) // nil without --skip-repeats
	repeats  *ledger.RepeatFinder
	staged   *staged
	due      int

	keys   map[uint64]bool // by the beginnings of the keys
	people map[string]bool
	bare   map[string]bool // what --bare-numbers said of each
	again  bool            // somebody has two messages to get
}

// rebuildBy reads the results into the ledger, where nobody sees them yet, by the number rules of one version: the people of a
// campaign are compared by one and the same.
func (d *Desk) rebuildBy(ctx context.Context, req Request, recovery plan.Recovery) (*Proposal, error) {
	file, err := d.openResults(req)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	dir, err := OutDir(cmp.Or(req.OutDir, filepath.Dir(req.Results)))
	if err != nil {
		return nil, err
	}
	if err := d.Writable(ctx, req.Campaign, dir); err != nil {
		return nil, err
	}
	r := &rebuilding{desk: d, req: req, recovery: recovery, settings: req.Settings, header: file.Header(),
		keys: map[uint64]bool{}, people: map[string]bool{}, bare: map[string]bool{}}
	if r.repeats, err = d.Ledger.RepeatFinder(ctx, req.Campaign); err != nil {
		return nil, err
	}
	if r.lists, err = ReadLists(&r.settings, req.Lists); err != nil {
		return nil, err
	}
	if gap := ParseGap(r.settings.MinGap); gap > 0 {
		if r.recently, err = d.Ledger.RecentMessages(ctx, d.Account(), req.Campaign, d.Ledger.Now().Add(-gap)); err != nil {
			return nil, err
		}
	}
	if r.settings.SkipRepeats {
		if r.same, err = d.Ledger.SameMessages(ctx, req.Campaign); err != nil {
			return nil, err
		}
	}
	r.settings = recovery.Columns.Freeze(r.settings, file.Header())
	r.settings.NumberRules = recovery.Settings.NumberRules
	staging, err := d.Ledger.Stage(ctx, req.Campaign)
	if err != nil {
		return nil, err
	}
	r.staged = &staged{Staging: staging}
	p, err := r.propose(ctx, file, dir)
	if err != nil {
		if undone := staging.Discard(ctx); undone != nil {
			return nil, errors.Join(err, undone)
		}
		return nil, err
	}
	return p, nil
}

// propose stages the rows of the results, and proposes to go on with them.
func (r *rebuilding) propose(ctx context.Context, file *record.ResultsReader, dir string) (*Proposal, error) {
	rows := 0
	for row, err := range file.Rows() {
		if err == nil {
			err = r.add(ctx, row)
		}
		if err != nil {
			return nil, err
		}
		if !row.Gone {
			rows++
		}
	}
	if err := r.lists.Answer(); err != nil {
		return nil, err
	}
	r.settings.BareNumbers = cmp.Or(r.settings.BareNumbers, r.bareNumbers())
	if r.again { // the campaign can only have been planned so
		r.settings.Duplicates = record.DuplicatesAllow
	}
	d, req, m := r.desk, r.req, r.recovery.Message
	repeats, err := r.repeats.Found(ctx)
	if err != nil {
		return nil, err
	}
	if len(repeats.Campaigns) > 0 && !req.Again {
		return nil, refusedRepeats(repeats, r.due, d.Command, req.RebuildWords(req.Results))
	}
	message, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	origin, err := filepath.Abs(req.Results)
	if err != nil {
		return nil, err
	}
	p := &Proposal{Kind: ProposeRebuild, Request: req, Was: m, Now: m, Rebuild: &RebuildFacts{WrittenAt: file.WrittenAt, SHA256: file.SHA256()},
		desk: d, lists: r.lists, staged: r.staged,
		Campaign: record.Campaign{Name: req.Campaign, Account: d.Account(), CreatedAt: file.WrittenAt, RebuiltFrom: origin,
			Definition: record.Definition{
				Kind: string(m.Kind), Of: m.Of(), Title: m.Title(), Message: message, Fields: m.FieldNames(), Settings: r.settings,
				File:   record.Audience{Name: filepath.Base(req.Results), Dialect: file.Dialect(), Header: file.Header(), Rows: rows},
				OutDir: dir, APIURL: d.client.BaseURL(),
			}}}
	return p, r.staged.fill(ctx, p)
}

// fillRebuild is fill for a rebuild.
func (s *staged) fillRebuild(ctx context.Context, p *Proposal) (err error) {
	d, req := p.desk, p.Request
	p.Send, err = d.Select(ctx, selectFrom{Rows: s.Planned(ctx), Campaign: p.Campaign, Judged: true, Reach: nextOnly(req.First),
		OnLists: func(string) bool { return false }})
	if err != nil {
		return err
	}
	facts := *p.Rebuild
	if facts.Tallies, err = s.Tallies(ctx); err != nil {
		return err
	}
	facts.Missing = req.notTold(facts.Tallies)
	p.Rebuild = &facts
	if p.Hours, err = d.judgeHours(ctx, p.Campaign.Settings, p.Send.Countries.Found, req.Given["holidays"]); err != nil {
		return err
	}
	messages := p.Send.Messages()
	p.Window = p.Send.Window.Forecast(messages, req.Rate, p.AsOf)
	p.Asking = Asking{Messages: messages, People: p.Send.People, Hours: p.Hours, Unconfirmed: true,
		HoursUntold: !req.Given["send-window"] && p.Hours.Unwelcome(p.AsOf, p.AsOf.Add(hours.Duration(messages, req.Rate)))}
	return p.seal()
}

// add puts a row of the results into the ledger.
func (r *rebuilding) add(ctx context.Context, row record.Row) error {
	if err := r.complete(&row); err != nil {
		return err
	}
	r.bare[r.recovery.BareNumbers(row)] = true
	if row.State.Status == outcome.Pending {
		if err := r.leaveOut(ctx, &row); err != nil {
			return err
		}
	}
	if row.State.Due(time.Now()) && !row.Gone {
		r.due++
		if err := r.repeats.Add(ctx, r.recovery.Message.ContentIDs(row)); err != nil {
			return err
		}
	}
	if row.State.Status == outcome.Unknown { // when it was last tried, nobody knows
		row.NotBefore = outcome.NoAnswer.KeyFreeAt(r.desk.Ledger.Now().Add(r.req.Timeout), r.req.DoubtDelay)
	}
	if c := row.State.Cause; c == string(kanal.CauseOptedOut) || c == outcome.CauseOptedOutEarlier {
		r.staged.optedOut = append(r.staged.optedOut, row.Person)
	}
	return r.staged.Add(ctx, row)
}

// complete fills in a row of the results. Of a row that left the file in an update, the cells may stand under another
// header by now: it is only remembered, and never sent again.
func (r *rebuilding) complete(row *record.Row) error {
	err := r.recovery.Complete(row)
	refused := &Refusal{Code: RefusedKeyMismatch, Path: r.req.Results, Row: *row}
	switch {
	case err != nil && row.Gone:
		row.Values, row.ContentID = nil, uuid.Nil
	case errors.Is(err, plan.ErrNumberMismatch) && r.recovery.Settings.NumberRules > 1:
		return errOlderRules
	case errors.Is(err, plan.ErrNumberMismatch):
		refused.Code, refused.Value = RefusedCellNumber, row.Cells[r.recovery.Columns.Phone]
		return refused
	case err != nil:
		return refused
	}
	if row.Key == uuid.Nil {
		return nil
	}
	key := binary.BigEndian.Uint64(row.Key[:])
	if r.keys[key] {
		refused.Code = RefusedRowTwice
		return refused
	}
	r.keys[key] = true
	if !row.Gone {
		r.again = r.again || r.people[row.Person]
		r.people[row.Person] = true
	}
	return nil
}

// leaveOut marks a row that nothing was sent of as left out when a filter that is told again does not take it, when the
// person is on a list, or was messaged too recently by another campaign of this ledger. Rows in doubt are not asked about:
// they stay in doubt.
func (r *rebuilding) leaveOut(ctx context.Context, row *record.Row) error {
	if cause, column := r.recovery.Columns.LeavesOut(row.Cells); cause != "" {
		row.State.Status, row.State.Cause = outcome.Skipped, cause
		row.Error = record.Detail{Column: problem.Cut(r.header[column])}.String()
		return nil
	}
	r.lists.Ask(row.Number, row.Person)
	cause, detail := outcome.CauseSuppressed, record.Detail{List: r.lists.Name(row.Person)}
	var err error
	if detail == (record.Detail{}) && r.same != nil {
		cause = outcome.CauseSameMessage
		if detail, err = r.same(ctx, r.recovery.Message.ContentIDs(*row)); err != nil {
			return err
		}
	}
	if detail == (record.Detail{}) && r.recently != nil {
		cause = outcome.CauseMessagedRecently
		if detail, err = r.recently(ctx, row.Person); err != nil {
			return err
		}
	}
	if detail != (record.Detail{}) {
		row.State.Status, row.State.Cause, row.Error = outcome.Skipped, cause, detail.String()
	}
	return nil
}

// bareNumbers is what --bare-numbers said, as far as the rows tell; "" where they do not agree.
func (r *rebuilding) bareNumbers() string {
	switch {
	case r.bare[plan.BareNational] && !r.bare[plan.BareInternational]:
		return plan.BareNational
	case r.bare[plan.BareInternational] && !r.bare[plan.BareNational]:
		return plan.BareInternational
	}
	return ""
}

// notTold are the flags of the send command that results do not tell and that this command leaves out.
func (r Request) notTold(tallies []record.Tally) (flags []string) {
	for _, flag := range []string{"send-window", "suppress", "min-gap"} {
		if !r.Given[flag] {
			flags = append(flags, "--"+flag)
		}
	}
	if Tallies(tallies).LeftOutFor(outcome.CauseSameMessage) > 0 && !r.Settings.SkipRepeats {
		flags = append(flags, "--"+skipRepeats)
	}
	if Tallies(tallies).LeftOutFor(outcome.CauseFiltered) > 0 && len(r.Settings.Where) == 0 {
		flags = append(flags, "--where")
	}
	if Tallies(tallies).LeftOutFor(outcome.CauseNoConsent) > 0 && !r.Settings.SettlesConsent() {
		flags = append(flags, plan.ConsentFlag)
	}
	return flags
}
