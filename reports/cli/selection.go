package cli

import (
	"context"
	"iter"
	"slices"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// selection is what a run sends now: every count, sample and hour that is told before it comes from here, and the sender
// carries out just this.
type selection struct {
	fresh      int                // messages to people who do not count as written to
	doubts     int                // rows that are tried again
	people     int                // whom the fresh messages go to, everybody once
	beyond     int                // messages that could be sent as well, and that --first leaves to a later run
	dueDoubts  int                // rows in doubt that could be tried again, those left to a later run included
	suppressed int                // rows not sent yet of people on a list
	barred     int                // rows not sent yet of people who may not be sent to any more
	rows       []int              // the numbers of the first rows
	due, asked []int              // those of the first rows in doubt: which could be tried again, and which not
	sample     []ledger.Recipient // the first fresh row, and one drawn among the others
	part       *campaign.Part     // to which --first keeps it; nil for all
	joins      bool               // the part goes on with the one to which the campaign is kept already
	passes     bool               // it goes beyond the run before, which --first kept to some people
	crowd      *crowd
	where      *countries
	seen       map[string]bool // the people, where one may get several messages
	drawn      int
}

func (s *selection) messages() int { return s.fresh + s.doubts }

// from tells whom a selection is made of: the rows that are pending or in doubt, and who of them is sent to.
type from struct {
	rows       iter.Seq2[ledger.Recipient, error]
	campaign   ledger.Campaign // with the settings that count
	suppressed func(person string) bool
	judged     bool // a check has judged just now who of those pending is left out
	reach      *reach
}

// selectFrom makes a selection.
func (s *session) selectFrom(ctx context.Context, f from) (*selection, error) {
	crowd, err := newCrowd(f.campaign.Settings)
	if err != nil {
		return nil, err
	}
	barred, err := s.barredFrom(ctx, f.campaign)
	if err != nil {
		return nil, err
	}
	now, err := s.ledger.Latest(ctx)
	if err != nil {
		return nil, err
	}
	sel := &selection{crowd: crowd, where: newCountries(), part: &campaign.Part{Rows: map[int64]bool{}}, joins: f.reach.joins()}
	if f.campaign.Settings.Duplicates == campaign.DuplicatesAllow {
		sel.seen = map[string]bool{}
	}
	for person, err := range f.rows {
		if err != nil {
			return nil, err
		}
		sendable := person.State.Abandon().Due(now)
		if sendable && !(f.judged && person.State.Status == outcome.Pending) {
			sendable, err = sel.admit(person, f.suppressed, barred)
			if err != nil {
				return nil, err
			}
		}
		sel.take(person, sendable, f)
	}
	if sel.beyond == 0 || f.reach == nil {
		sel.part, sel.joins = nil, false
	}
	return sel, nil
}

// admit reports whether a row that is due is sent, and counts it otherwise.
func (s *selection) admit(person ledger.Recipient, suppressed func(string) bool, barred func(ledger.Recipient) (bool, error)) (bool, error) {
	pending := 0
	if person.State.Status == outcome.Pending {
		pending = 1
	}
	if suppressed(person.Person) {
		s.suppressed += pending
		return false, nil
	}
	out, err := barred(person)
	if out {
		s.barred += pending
	}
	return !out, err
}

// take counts a row among the selection, or beyond it.
func (s *selection) take(person ledger.Recipient, sendable bool, f from) {
	doubt := person.State.Status == outcome.Unknown
	switch {
	case doubt && sendable:
		s.dueDoubts++
		s.due = firstOf(append(s.due, person.Number))
	case doubt:
		s.asked = firstOf(append(s.asked, person.Number))
	}
	if !f.reach.takes(person, sendable) {
		if sendable {
			s.beyond++
		}
		return
	}
	if f.reach != nil {
		s.part.Rows[person.ID], s.part.Through = true, max(s.part.Through, person.Seq)
	}
	if !sendable {
		return
	}
	s.passes = s.passes || f.campaign.Limited && person.Part != ledger.PartLastRun
	s.crowd.add(person.Phone)
	s.where.add(person.Phone)
	s.rows = firstOf(append(s.rows, person.Number))
	if doubt {
		s.doubts++
		return
	}
	s.fresh++
	s.draw(person)
	if s.seen == nil {
		s.people++
	} else if !s.seen[person.Person] {
		s.seen[person.Person] = true
		s.people++
	}
}

// draw keeps the first fresh row, and one of the others, each with about the same chance: the same rows give the same one.
func (s *selection) draw(person ledger.Recipient) {
	s.drawn = (s.drawn*31 + int(person.ID)) & 0xffffff
	switch {
	case len(s.sample) < 2:
		s.sample = append(s.sample, person)
	case s.drawn%s.fresh == 0:
		s.sample[1] = person
	}
}

// firstOf are the lowest of some rows' numbers, as many as a screen names.
func firstOf(rows []int) []int {
	slices.Sort(rows)
	return rows[:min(len(rows), ledger.MostFirstRows)]
}

// reach is how far --first lets a run go; nil as far as there are people.
type reach struct {
	next    int   // how many rows more that could be sent
	part    bool  // only rows of the part to which the campaign is kept
	plan    bool  // the first people of the plan: those who were dealt with count, and are gone on with
	through int64 // where not 0, those who were dealt with count up to this place in the file, and nobody after them
	more    int   // how many of the plan come after them
	limited bool  // the campaign is kept to a part
}

// joins reports whether the rows belong to the part to which the campaign is kept already.
func (r *reach) joins() bool { return r != nil && r.limited && (r.part || r.plan) }

// takes reports whether a row is within reach, and counts it.
func (r *reach) takes(person ledger.Recipient, sendable bool) bool {
	switch {
	case r == nil:
		return sendable
	case r.plan && r.through > 0:
		return person.Seq <= r.through && r.dealtWith(person)
	case r.plan && r.dealtWith(person):
		return true
	case r.plan:
		r.more--
		return r.more >= 0
	case !sendable, r.part && person.Part == ledger.NoPart:
		return false
	}
	r.next--
	return r.next >= 0
}

func (r *reach) dealtWith(person ledger.Recipient) bool {
	return person.State.Status == outcome.Unknown || r.limited && person.Part != ledger.NoPart
}

// reachOfFirst tells how far --first lets the run go on with its campaign. send means the first people of the plan, whatever came of
// them; resume, and an update that was taken over already, the next people: as long as some of a part that --first has begun are
// left, nobody beyond them.
func (r *run) reachOfFirst(ctx context.Context) (*reach, error) {
	if r.first == 0 {
		return nil, nil
	}
	reach := &reach{next: r.first, limited: r.campaign.Limited}
	if r.record.Command == "send" && !r.update {
		var err error
		reach.plan = true
		reach.through, reach.more, err = r.ledger.FirstPlanned(ctx, r.campaign, r.first)
		return reach, err
	}
	left, err := r.partLeft(ctx, r.campaign)
	reach.part = left > 0 || r.update && r.campaign.Limited
	return reach, err
}

// partLeft is how many messages are left of the part to which --first keeps a campaign; 0 where it keeps it to none.
func (s *session) partLeft(ctx context.Context, c ledger.Campaign) (int, error) {
	if !c.Limited {
		return 0, nil
	}
	return s.left(ctx, c, func(person ledger.Recipient) bool { return person.Part != ledger.NoPart })
}

// left counts the messages of some rows that a run could send now.
func (s *session) left(ctx context.Context, c ledger.Campaign, of func(ledger.Recipient) bool) (int, error) {
	sel, err := s.selectFrom(ctx, from{campaign: c, suppressed: func(string) bool { return false },
		rows: func(yield func(ledger.Recipient, error) bool) {
			for person, err := range s.ledger.Sendable(ctx, c.ID) {
				if (err != nil || of(person)) && !yield(person, err) {
					return
				}
			}
		}})
	if err != nil {
		return 0, err
	}
	return sel.messages(), nil
}

// selected is what the run sends of its campaign.
func (r *run) selected(ctx context.Context) (*selection, error) {
	reach, err := r.reachOfFirst(ctx)
	if err != nil {
		return nil, err
	}
	return r.selectFrom(ctx, from{rows: r.ledger.Sendable(ctx, r.campaign.ID), campaign: r.campaign, suppressed: r.isSuppressed, reach: reach})
}

// nextOnly is the reach of --first in a plan that is new, or newly compared.
func (o *options) nextOnly() *reach {
	if o.first == 0 {
		return nil
	}
	return &reach{next: o.first}
}
