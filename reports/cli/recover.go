package cli

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
	"kanal-campaign/reports"
)

// recovered is a campaign as its results tell it.
type recovered struct {
	message   message.Message
	outDir    string
	writtenAt time.Time
	file      record.Audience
	staging   *ledger.Staging
	due       int
	repeats   []record.Repeats
	settings  record.Settings
	columns   plan.Columns
	recently  func(ctx context.Context, person string) (record.Detail, error)
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
func (r *run) recoverBy(ctx context.Context, recovery plan.Recovery) (*recovered, error) {
	file, err := r.openResults()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	p := &recovered{message: recovery.Message, columns: recovery.Columns, file: record.Audience{Header: file.Header()}, writtenAt: file.WrittenAt}
	if p.outDir, err = r.outDir(r.from); err != nil {
		return nil, err
	}
	if err := r.Writable(ctx, r.name, p.outDir); err != nil {
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
	p.file = record.Audience{Name: filepath.Base(r.from), Dialect: file.Dialect(), Header: file.Header(), Rows: rows}
	return p, err
}

// stageResults puts the rows of the results into the ledger, and returns how many of them the file has.
func (r *run) stageResults(ctx context.Context, p *recovered, recovery plan.Recovery, results iter.Seq2[record.Row, error],
	repeats *ledger.RepeatFinder) (rows int, err error) {
	seen := seenRows{keys: map[uint64]bool{}, people: map[string]bool{}, bare: map[string]bool{}}
	for row, err := range results {
		if err == nil {
			err = r.complete(recovery, &row, &seen)
		}
		if err == nil {
			seen.bare[recovery.BareNumbers(row)] = true
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
	if err := r.lists.Answer(); err != nil {
		return 0, err
	}
	p.settings.BareNumbers = cmp.Or(p.settings.BareNumbers, seen.bareNumbers())
	if seen.again { // the campaign can only have been planned so
		p.settings.Duplicates = record.DuplicatesAllow
	}
	return rows, nil
}

// leaveOut marks a row that nothing was sent of as left out when a filter that is told again does not take it, when the
// person is on a list, or was messaged too recently by another campaign of this ledger. Rows in doubt are not asked about:
// they stay in doubt.
func (r *run) leaveOut(ctx context.Context, p *recovered, row *record.Row) error {
	if cause, column := p.columns.LeavesOut(row.Cells); cause != "" {
		row.State.Status, row.State.Cause = outcome.Skipped, cause
		row.Error = record.Detail{Column: problem.Cut(p.file.Header[column])}.String()
		return nil
	}
	cause, detail := outcome.CauseSuppressed, record.Detail{}
	r.lists.Ask(row.Number, row.Person)
	if r.lists.Has(row.Person) {
		detail.List = r.lists.Name(row.Person)
	} else if p.recently != nil {
		var err error
		cause = outcome.CauseMessagedRecently
		if detail, err = p.recently(ctx, row.Person); err != nil {
			return err
		}
	}
	if detail != (record.Detail{}) {
		row.State.Status, row.State.Cause, row.Error = outcome.Skipped, cause, detail.String()
	}
	return nil
}

// seenRows are the rows of a results file so far.
type seenRows struct {
	keys   map[uint64]bool // by the beginnings of the keys
	people map[string]bool
	bare   map[string]bool // what --bare-numbers said of each
	again  bool            // somebody has two messages to get
}

// bareNumbers is what --bare-numbers said, as far as the rows tell; "" where they do not agree.
func (s *seenRows) bareNumbers() string {
	switch {
	case s.bare[plan.BareNational] && !s.bare[plan.BareInternational]:
		return plan.BareNational
	case s.bare[plan.BareInternational] && !s.bare[plan.BareNational]:
		return plan.BareInternational
	}
	return ""
}

// complete fills in a row of the results. Of a row that left the file in an update, the cells may stand under another
// header by now: it is only remembered, and never sent again.
func (r *run) complete(recovery plan.Recovery, row *record.Row, seen *seenRows) error {
	err := recovery.Complete(row)
	switch {
	case err != nil && row.Gone:
		row.Values, row.ContentID = nil, uuid.Nil
	case errors.Is(err, plan.ErrNumberMismatch) && recovery.Settings.NumberRules > 1:
		return errOlderRules
	case errors.Is(err, plan.ErrNumberMismatch):
		return failed("%s", reports.OtherNumber(r.Err, r.from, *row, row.Cells[recovery.Columns.Phone]))
	case err != nil:
		return failed("%s", reports.KeyMismatch(r.Err, r.from, *row))
	}
	if row.Key == uuid.Nil {
		return nil
	}
	key := binary.BigEndian.Uint64(row.Key[:])
	if seen.keys[key] {
		return failed("%s", reports.RowTwice(r.Err, r.from, *row))
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
	var err error
	if r.lists, err = campaign.ReadLists(&p.settings, r.listsNamed()); err != nil {
		return err
	}
	if gap := campaign.ParseGap(p.settings.MinGap); gap > 0 {
		if p.recently, err = r.ledger.RecentMessages(ctx, r.Account(), r.name, r.ledger.Now().Add(-gap)); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) openResults() (*record.ResultsReader, error) {
	opts, err := r.audience()
	if err != nil {
		return nil, err
	}
	return record.OpenResults(r.from, r.mode == reports.Sandbox, opts)
}
