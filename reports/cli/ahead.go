package cli

import (
	"context"
	"iter"
	"maps"
	"slices"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports"
)

// ahead is what a run would send now of a campaign that is there already.
type ahead struct {
	fresh  int   // messages to people who do not count as written to
	doubts int   // rows that it would try again
	rows   []int // the numbers of the first rows
	crowd  *crowd
	where  *countries
}

func (a *ahead) toSend() int { return a.fresh + a.doubts }

func (a *ahead) add(person ledger.Recipient) {
	a.crowd.add(person.Phone)
	a.where.add(person.Phone)
	if person.Status == outcome.Unknown {
		a.doubts++
	} else {
		a.fresh++
	}
	a.rows = firstOf(append(a.rows, person.Number))
}

// firstOf are the lowest of some rows' numbers, as many as a screen names.
func firstOf(rows []int) []int {
	slices.Sort(rows)
	return rows[:min(len(rows), ledger.MostFirstRows)]
}

// beside is a plan that was compared with its campaign.
type beside interface {
	Doubts(ctx context.Context, campaignID int64) (map[int64]int, error)
	Sendable(ctx context.Context, campaignID int64) iter.Seq2[ledger.Recipient, error]
}

// changesOf tells how a plan differs from its campaign, and what an update would send now. It judges the plan's hours by that.
func (s *session) changesOf(ctx context.Context, p *plan, c ledger.Campaign, with beside, changes ledger.Changes,
	first ledger.FirstRows) (told reports.FileChanges, next ahead, err error) {
	told = reports.FileChanges{Changes: changes, First: first}
	inFile, err := with.Doubts(ctx, c.ID)
	if err != nil {
		return told, next, err
	}
	if next, err = newAhead(p.settings); err != nil {
		return told, next, err
	}
	for person, err := range with.Sendable(ctx, c.ID) {
		if err != nil {
			return told, next, err
		}
		next.add(person)
	}
	due, err := s.dueAmong(ctx, c, s.allDoubts(ctx, c.ID), func(r ledger.Row) bool { return inFile[r.ID] > 0 && !p.isSuppressed(r.Person) })
	if err != nil {
		return told, next, err
	}
	for _, person := range due {
		person.Number = inFile[person.ID]
		delete(inFile, person.ID)
		told.Due = append(told.Due, person.Number)
		next.add(person)
	}
	told.DueDoubts, told.Due, told.Asked = len(due), firstOf(told.Due), firstOf(slices.Collect(maps.Values(inFile)))
	p.hours, err = s.judgedBy(ctx, p.settings, next.where.found)
	return told, next, err
}

// asPlanned is the campaign with the settings by which the plan is judged.
func (p *plan) asPlanned(c ledger.Campaign) ledger.Campaign {
	c.Settings = p.settings
	return c
}

func newAhead(settings ledger.Settings) (ahead, error) {
	c, err := newCrowd(settings)
	return ahead{crowd: c, where: newCountries()}, err
}

// isSuppressed reports whether a person is on one of the plan's lists.
func (p *plan) isSuppressed(person string) bool {
	return p.suppressing != nil && p.suppressing(person) != ""
}

// aheadOf tells what resume would send of a campaign whose file is the plan's.
func (s *session) aheadOf(ctx context.Context, p *plan, c ledger.Campaign) (ahead, error) {
	next, err := newAhead(p.settings)
	if err != nil {
		return next, err
	}
	barred, err := s.barredFrom(ctx, p.asPlanned(c))
	if err != nil {
		return next, err
	}
	for person, err := range s.ledger.Sendable(ctx, c.ID) {
		if err != nil {
			return next, err
		}
		if person.Status != outcome.Pending || p.isSuppressed(person.Person) {
			continue
		}
		if out, err := barred(person); err != nil {
			return next, err
		} else if !out {
			next.add(person)
		}
	}
	due, err := s.dueAmong(ctx, c, s.ledger.InDoubt(ctx, c.ID), func(r ledger.Row) bool { return !p.isSuppressed(r.Person) })
	if err != nil {
		return next, err
	}
	for _, person := range due {
		next.add(person)
	}
	p.hours, err = s.judgedBy(ctx, p.settings, next.where.found)
	return next, err
}

// dueAmong are the doubts of a campaign that are young enough for a run to try them again by itself, of those that are wanted.
func (s *session) dueAmong(ctx context.Context, c ledger.Campaign, doubts iter.Seq2[ledger.Row, error], want func(ledger.Row) bool,
) ([]ledger.Recipient, error) {
	barred, err := s.barredFrom(ctx, c)
	if err != nil {
		return nil, err
	}
	now, err := s.ledger.Latest(ctx)
	if err != nil {
		return nil, err
	}
	var due []ledger.Recipient
	for row, err := range doubts {
		if err != nil {
			return nil, err
		}
		if !row.State.Abandon().Due(now) || !want(row) {
			continue
		}
		person := ledger.Recipient{ID: row.ID, Number: row.Number, Phone: row.Phone, Person: row.Person, Status: outcome.Unknown}
		if out, err := barred(person); err != nil {
			return nil, err
		} else if !out {
			due = append(due, person)
		}
	}
	return due, nil
}

// allDoubts are a campaign's rows in doubt, those that have left the file included.
func (s *session) allDoubts(ctx context.Context, campaignID int64) iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		for row, err := range s.ledger.InDoubt(ctx, campaignID) {
			if !yield(row, err) {
				return
			}
		}
		departed, err := s.ledger.DepartedDoubts(ctx, campaignID)
		if err != nil {
			yield(ledger.Row{}, err)
		}
		for _, row := range departed {
			if !yield(row, nil) {
				return
			}
		}
	}
}
