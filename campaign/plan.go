package campaign

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Plan is an audience that was read to its end and judged against a message, or that could not be.
type Plan struct {
	Request      Request
	Name         string // of the campaign
	Path         string
	OutDir       string
	Message      message.Message
	Settings     record.Settings
	File         *audience.File
	Columns      plan.Columns
	ColumnIssues []problem.Problem // errors here mean that no row was read
	Report       *plan.Report
	Repeats      []record.Repeats
	Repeated     int                 // messages of it that Repeats tell of
	Lists        *Lists              // of people to whom nothing is sent; nil without lists
	Window       *hours.WindowPeople // the people to be sent to, by their clocks; nil without a window
	Hours        hours.HoursVerdict  // by which messages to these people are judged
	ProblemsPath string              // empty when no problems file was written
	Unwritten    error               // why there is none, where there are problems
	// Proposed is how the file may be meant, where that is unclear, the likeliest first; see plan.Propose.
	Proposed []plan.Proposed
	Words    []string // spell the command that sends it

	survey   *plan.Survey    // of the file's columns; nil while nothing has asked for it
	messaged int             // how many of its messages the campaign of its name has sent, or may have sent
	compared *ledger.Staging // with that campaign, where its file is another one; else nil
}

// Reading is told how far an audience is read.
type Reading interface {
	Row()
	Close()
}

// reading is who is told how far a plan's file is read.
func (d *Desk) reading(p *Plan) Reading {
	if d.Reading == nil {
		return unseen{}
	}
	return d.Reading(p)
}

// unseen is a reading that nobody looks at.
type unseen struct{}

func (unseen) Row()   {}
func (unseen) Close() {}

// newPlan says what is to be planned; readPlan does it.
func newPlan(req Request, name, path string, m message.Message, settings record.Settings) (*Plan, error) {
	dir := req.OutDir
	if dir == "" {
		dir = filepath.Dir(path)
	}
	dir, err := OutDir(dir)
	if err != nil {
		if missing := fileMissing(path); missing != nil { // then its folder is nothing to create
			return nil, missing
		}
		return nil, err
	}
	if _, err := HolidayList(settings, req.Given["holidays"]); err != nil { // before a long file is read
		return nil, err
	}
	return &Plan{Request: req, Name: name, Path: path, OutDir: dir, Message: m, Settings: settings}, nil
}

// AudienceOptions are how a file of that delimiter and encoding is read; not ok for a delimiter that is none.
func AudienceOptions(delimiter, encoding string) (opts audience.Options, ok bool) {
	opts.Encoding = encoding
	switch delimiter {
	case "":
	case "tab", `\t`, "\t":
		opts.Delimiter = '\t'
	case ",", ";", "|":
		opts.Delimiter = rune(delimiter[0])
	default:
		return opts, false
	}
	return opts, true
}

// fileMissing is the error of an audience that is not there; nil for one that is.
func fileMissing(path string) error {
	file, err := audience.Open(path, audience.Options{})
	if err == nil {
		return file.Close()
	}
	var fault *audience.Fault
	if errors.As(err, &fault) && fault.Code == audience.FileMissing {
		return err
	}
	return nil
}

// readPlan reads and judges the whole file, gives every row to sink, finds repeats, and writes the problems file.
func (d *Desk) readPlan(ctx context.Context, p *Plan, sink func(record.Row) error) error {
	reading := d.reading(p)
	defer reading.Close()
	var err error
	if p.File, err = p.Open(); err != nil {
		return d.unread(p, err)
	}
	defer p.File.Close()
	p.Columns, p.ColumnIssues = p.mapColumns(p.File)
	p.ColumnIssues = append(p.ColumnIssues, plan.EncodingQuestion(p.File)...)
	if !p.Readable() {
		p.propose()
		return nil
	}
	p.Settings = p.Columns.Freeze(p.Settings, p.File.Header())
	check := &plan.Check{Message: p.Message, Campaign: p.Name, Settings: p.Settings, Columns: p.Columns, Header: p.File.Header(),
		Open: p.Open}
	if check.LeftOut, err = d.leftOut(ctx, p); err != nil {
		return err
	}
	if p.Window, err = hours.NewWindowPeople(p.Settings); err != nil {
		return err
	}
	repeats, err := d.Ledger.RepeatFinder(ctx, p.Name)
	if err != nil {
		return err
	}
	problems, unwritable := record.NewProblems(ctx, d.Ledger, d.place(p.OutDir, p.Name), d.Sentences)
	if unwritable == nil {
		defer problems.Discard()
	}
	p.Columns.Watch(p.File)
	p.Report, err = check.Run(ctx, p.File.Rows(), func(row plan.Judged) error {
		reading.Row()
		if err := p.count(ctx, row.Row, repeats); err != nil {
			return err
		}
		if unwritable == nil {
			unwritable = problems.Add(row.Problems)
		}
		return sink(row.Row)
	})
	if err != nil {
		return d.unread(p, err)
	}
	p.Columns.Country = p.Report.CountryColumn
	p.proposeOfRows()
	p.Report.File = slices.Concat(p.Report.File, p.Lists.Problems(p.Settings.Suppress),
		plan.SheetNotes(p.File))
	reading.Close()
	p.keepProblems(problems, unwritable)
	return d.conclude(ctx, p, repeats)
}

// conclude notes what files a plan that was read has to do with, and what else there is to know of it as a whole.
func (d *Desk) conclude(ctx context.Context, p *Plan, repeats *ledger.RepeatFinder) (err error) {
	if err := d.Note(ctx, p.Name, p.Path, p.ProblemsPath); err != nil {
		return err
	}
	if err := d.notePlace(ctx, p.Name, p.OutDir, p.Request.Message.TextFile, p.Settings); err != nil {
		return err
	}
	if p.Hours, err = d.judgeHours(ctx, p.Settings, p.Report.Countries, p.Request.Given["holidays"]); err != nil {
		return err
	}
	found, err := repeats.Found(ctx)
	p.Repeats, p.Repeated, p.messaged = found.Campaigns, found.Messages, found.Own
	return err
}

// count counts a row that is to be sent among the people, and looks for its message in other campaigns and in its own.
func (p *Plan) count(ctx context.Context, row record.Row, repeats *ledger.RepeatFinder) error {
	if row.ContentID == uuid.Nil {
		return nil
	}
	p.Window.Add(row.Phone)
	return repeats.Add(ctx, p.Message.ContentIDs(row))
}

// Open opens the plan's file as its settings say.
func (p *Plan) Open() (*audience.File, error) { return audience.Open(p.Path, p.audienceOptions()) }

func (p *Plan) audienceOptions() audience.Options {
	opts, _ := AudienceOptions(p.Settings.Delimiter, p.Settings.Encoding)
	opts.Sheet, opts.HeaderRow = p.Settings.Sheet, p.Settings.HeaderRow
	return opts
}

// Readable reports whether the columns were found, so that rows could be judged.
func (p *Plan) Readable() bool {
	return !problem.HasError(p.ColumnIssues)
}

// has reports whether the file as a whole has a problem of that severity.
func (p *Plan) has(severity problem.Severity) bool {
	of := func(i problem.Problem) bool { return i.Severity == severity }
	return slices.ContainsFunc(p.ColumnIssues, of) || slices.ContainsFunc(p.Report.File, of)
}

// Definition freezes what the campaign is planned from.
func (p *Plan) Definition(apiURL string) (record.Definition, error) {
	message, err := json.Marshal(p.Message)
	if err != nil {
		return record.Definition{}, err
	}
	path, err := filepath.Abs(p.Path)
	if err != nil {
		return record.Definition{}, err
	}
	return record.Definition{
		Kind: string(p.Message.Kind), Of: p.Message.Of(), Title: p.Message.Title(), Message: message,
		Fields: p.Message.FieldNames(), Settings: p.Settings,
		File: record.Audience{
			Name: filepath.Base(p.Path), Path: path, SHA256: p.File.SHA256(),
			Dialect: p.File.Dialect(), Header: p.File.Header(), Rows: p.Report.Rows,
		},
		OutDir: p.OutDir, APIURL: apiURL,
	}, nil
}

// leftOut tells a check whom to leave out: people who opted out, who are on a list, or whom another campaign messaged
// recently. Those who have, or may have, a message of the campaign itself are left to its own rules.
func (d *Desk) leftOut(ctx context.Context, p *Plan) (plan.LeftOut, error) {
	var out plan.LeftOut
	if known, err := d.Ledger.HasOptOuts(ctx, d.Account()); err != nil {
		return out, err
	} else if known {
		if out.OptedOut, err = d.optedOutFor(ctx, p); err != nil {
			return out, err
		}
	}
	var err error
	if p.Lists, err = ReadLists(&p.Settings, p.Request.Lists); err != nil {
		return out, d.proposeListColumn(p, err)
	}
	known, found, err := d.goesOn(ctx, p)
	if err != nil {
		return out, err
	}
	messaged := func(context.Context, string) (bool, error) { return false, nil }
	if found {
		messaged = func(ctx context.Context, person string) (bool, error) {
			return d.Ledger.Messaged(ctx, known.ID, 0, person)
		}
		out.Accepted = func(ctx context.Context, id uuid.UUID) (bool, error) { return d.Ledger.Accepted(ctx, known.ID, id) }
	}
	if p.Lists != nil {
		out.Suppressed = func(ctx context.Context, person string) (string, error) {
			list := p.Lists.Name(person)
			if list == "" {
				return "", nil
			}
			if has, err := messaged(ctx, person); err != nil || has {
				return "", err
			}
			return list, nil
		}
	}
	out.Asked = p.Lists.AskAbout(messaged)
	if p.Settings.SkipRepeats {
		if out.Repeated, err = d.repeated(ctx, p, messaged); err != nil {
			return out, err
		}
	}
	out.Recent, err = d.withinGap(ctx, p, messaged)
	return out, err
}

// repeated tells which message of the plan another campaign has sent, or may have sent. Those whom messaged reports are left to the
// campaign's own rules.
func (d *Desk) repeated(ctx context.Context, p *Plan, messaged func(ctx context.Context, person string) (bool, error),
) (func(ctx context.Context, row record.Row) (record.Detail, error), error) {
	same, err := d.Ledger.SameMessages(ctx, p.Name)
	return func(ctx context.Context, row record.Row) (record.Detail, error) {
		found, err := same(ctx, p.Message.ContentIDs(row))
		if err != nil || found.Since.IsZero() {
			return record.Detail{}, err
		}
		if has, err := messaged(ctx, row.Person); err != nil || has {
			return record.Detail{}, err
		}
		return found, nil
	}, err
}

// withinGap tells what another campaign has sent to a person within --min-gap; nil without one. Those whom messaged reports are
// left to the campaign's own rules.
func (d *Desk) withinGap(ctx context.Context, p *Plan, messaged func(ctx context.Context, person string) (bool, error),
) (func(ctx context.Context, person string) (record.Detail, error), error) {
	gap := ParseGap(p.Settings.MinGap)
	if gap == 0 {
		return nil, nil
	}
	newest, err := d.Ledger.RecentMessages(ctx, d.Account(), p.Name, d.Ledger.Now().Add(-gap))
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, person string) (record.Detail, error) {
		recent, err := newest(ctx, person)
		if err != nil || recent.Since.IsZero() {
			return record.Detail{}, err
		}
		if has, err := messaged(ctx, person); err != nil || has {
			return record.Detail{}, err
		}
		return recent, nil
	}, nil
}

// goesOn returns the campaign of the plan's name that sending it would go on with: none where there is none, or where it is
// a rehearsal that starts over.
func (d *Desk) goesOn(ctx context.Context, p *Plan) (known record.Campaign, found bool, err error) {
	known, err = d.Ledger.Campaign(ctx, p.Name)
	if errors.Is(err, ledger.ErrNoCampaign) {
		return known, false, nil
	}
	return known, err == nil && (!d.startsOver(known) || p.Request.Update || p.compared != nil), err
}

// optedOut returns since when a person has opted out of the account's messages; the zero time if that is not known.
func (d *Desk) optedOut(ctx context.Context, person string) (time.Time, error) {
	return d.Ledger.OptedOut(ctx, d.Account(), person)
}

// optedOutFor is optedOut for a plan. A finished rehearsal starts over as it began: what it has learned itself is not held
// against it, unless it goes on with a changed file.
func (d *Desk) optedOutFor(ctx context.Context, p *Plan) (func(context.Context, string) (time.Time, error), error) {
	if !d.Rehearsal || p.Request.Update || p.compared != nil {
		return d.optedOut, nil
	}
	known, err := d.Ledger.Campaign(ctx, p.Name)
	if errors.Is(err, ledger.ErrNoCampaign) || err == nil && (!d.startsOver(known) || known.Account != d.Account()) {
		return d.optedOut, nil
	}
	if err != nil {
		return nil, err
	}
	own, err := d.Ledger.LearnedOptOuts(ctx, known)
	return func(ctx context.Context, person string) (time.Time, error) {
		if own[person] {
			return time.Time{}, nil
		}
		return d.optedOut(ctx, person)
	}, err
}

// asPlanned is the campaign with the settings by which the plan is judged.
func (p *Plan) asPlanned(c record.Campaign) record.Campaign {
	c.Settings = p.Settings
	return c
}

// Several reports whether a plan may have several messages for one person.
func (p *Plan) Several() bool { return p.Settings.Duplicates == record.DuplicatesAllow }

// keepProblems puts the list of problems in its place, or notes why there is none.
func (p *Plan) keepProblems(problems *record.Problems, unwritable error) {
	written := false
	if unwritable == nil {
		written, unwritable = problems.Commit(p.File.Dialect())
	}
	if written {
		p.ProblemsPath = problems.Path()
	}
	if p.Report.Errors() > 0 {
		p.Unwritten = unwritable
	}
}

// refused is a *Refusal where the plan may not be sent.
func (p *Plan) refused() error {
	class, blocked := p.Blocked(p.Settings.SkipInvalid)
	switch {
	case !blocked:
		return nil
	case class == WrongFile:
		return &Refusal{Code: RefusedFileWrong, Plan: p}
	}
	return &Refusal{Code: RefusedFileUndecided, Plan: p}
}

// Blocked is of what class the reason is that keeps the plan from being sent; not blocked for one that may be.
func (p *Plan) Blocked(skipInvalid bool) (class RefusalClass, blocked bool) {
	if !p.Readable() || p.Report.Sendable == 0 || p.Report.Invalid > 0 && !skipInvalid || p.has(problem.Error) {
		return WrongFile, true
	}
	return NeedsDecision, p.has(problem.Decision)
}
