package campaign

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"iter"
	"slices"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
)

// Selection is what a run sends now: every count, sample and hour that is told before it comes from here, and the sender
// carries out just this.
type Selection struct {
	Fresh     int                 // messages to people who do not count as written to
	Doubts    int                 // rows that are tried again
	People    int                 // whom the fresh messages go to, everybody once
	Beyond    int                 // messages that could be sent as well, and that --first leaves to a later run
	DueDoubts int                 // rows in doubt that could be tried again, those left to a later run included
	OnLists   int                 // rows not sent yet of people on a list
	NoLonger  int                 // rows not sent yet of people who may not be sent to any more: see LeftOutSince
	Rows      []int               // the numbers of the first rows
	Due       []int               // those of the first rows in doubt that could be tried again
	NotDue    []int               // and of those that could not
	Sample    []ledger.Recipient  // the first fresh row, and one drawn among the others
	Part      *sending.Part       // to which --first keeps it; nil for all
	Joins     bool                // the part goes on with the one to which the campaign is kept already
	PastFirst bool                // it goes beyond the run before, which --first kept to some people
	Window    *hours.WindowPeople // the people by their clocks; nil without a window
	Countries *hours.CountryCount

	seen   map[string]bool // the people, where one may get several messages
	drawn  int
	rowSum rowSum // of the rows, in their order
}

// Messages is how many messages it sends.
func (s *Selection) Messages() int { return s.Fresh + s.Doubts }

// selectFrom tells whom a selection is made of: the rows that are pending or in doubt, and who of them is sent to.
type selectFrom struct {
	Rows     iter.Seq2[ledger.Recipient, error]
	Campaign record.Campaign // with the settings that count
	OnLists  func(person string) bool
	Judged   bool   // a check has judged just now who of those pending is left out
	Reach    *Reach // nil for everybody
}

// Select makes a selection.
func (d *Desk) Select(ctx context.Context, f selectFrom) (*Selection, error) {
	sel, err := newSelection(f.Campaign.Settings)
	if err != nil {
		return nil, err
	}
	leftOut, err := d.LeftOutSince(ctx, f.Campaign)
	if err != nil {
		return nil, err
	}
	now, err := d.Ledger.Latest(ctx)
	if err != nil {
		return nil, err
	}
	sel.Part, sel.Joins = &sending.Part{Rows: map[int64]bool{}}, f.Reach.joins()
	for person, err := range f.Rows {
		if err != nil {
			return nil, err
		}
		sendable := person.State.Abandon().Due(now)
		if sendable && !(f.Judged && person.State.Status == outcome.Pending) {
			sendable, err = sel.admit(person, f.OnLists, leftOut)
			if err != nil {
				return nil, err
			}
		}
		sel.take(person, sendable, f)
	}
	if sel.Beyond == 0 || f.Reach == nil {
		sel.Part, sel.Joins = nil, false
	}
	return sel, nil
}

// newSelection is a selection of nobody.
func newSelection(settings record.Settings) (*Selection, error) {
	window, err := hours.NewWindowPeople(settings)
	sel := &Selection{Window: window, Countries: hours.NewCountryCount(), rowSum: sha256.New()}
	if settings.Duplicates == record.DuplicatesAllow {
		sel.seen = map[string]bool{}
	}
	return sel, err
}

// admit reports whether a row that is due is sent, and counts it otherwise.
func (s *Selection) admit(person ledger.Recipient, onLists func(string) bool, leftOut func(ledger.Recipient) (bool, error),
) (bool, error) {
	pending := 0
	if person.State.Status == outcome.Pending {
		pending = 1
	}
	if onLists(person.Person) {
		s.OnLists += pending
		return false, nil
	}
	out, err := leftOut(person)
	if out {
		s.NoLonger += pending
	}
	return !out, err
}

// take counts a row among the selection, or beyond it.
func (s *Selection) take(person ledger.Recipient, sendable bool, f selectFrom) {
	doubt := person.State.Status == outcome.Unknown
	switch {
	case doubt && sendable:
		s.DueDoubts++
		s.Due = firstOf(append(s.Due, person.Number))
	case doubt:
		s.NotDue = firstOf(append(s.NotDue, person.Number))
	}
	if !f.Reach.takes(person, sendable) {
		if sendable {
			s.Beyond++
		}
		return
	}
	if f.Reach != nil {
		s.Part.Rows[person.ID], s.Part.Through = true, max(s.Part.Through, person.Seq)
	}
	if !sendable {
		return
	}
	s.PastFirst = s.PastFirst || f.Campaign.Limited && person.Part != ledger.PartLastRun
	s.Window.Add(person.Phone)
	s.Countries.Add(person.Phone)
	s.rowSum.Write(binary.BigEndian.AppendUint64([]byte(person.State.Status), uint64(person.Number)))
	s.rowSum.Write([]byte(person.Phone))
	s.Rows = firstOf(append(s.Rows, person.Number))
	if doubt {
		s.Doubts++
		return
	}
	s.Fresh++
	s.draw(person)
	if s.seen == nil {
		s.People++
	} else if !s.seen[person.Person] {
		s.seen[person.Person] = true
		s.People++
	}
}

// draw keeps the first fresh row, and one of the others, each with about the same chance: the same rows give the same one.
func (s *Selection) draw(person ledger.Recipient) {
	s.drawn = (s.drawn*31 + int(person.ID)) & 0xffffff
	switch {
	case len(s.Sample) < 2:
		s.Sample = append(s.Sample, person)
	case s.drawn%s.Fresh == 0:
		s.Sample[1] = person
	}
}

// firstOf are the lowest of some rows' numbers, as many as a screen names.
func firstOf(rows []int) []int {
	slices.Sort(rows)
	return rows[:min(len(rows), record.MostFirstRows)]
}

// Reach is how far --first lets a run go; nil as far as there are people.
type Reach struct {
	Next    int   // how many rows more that could be sent
	Part    bool  // only rows of the part to which the campaign is kept
	Plan    bool  // the first people of the plan: those who were dealt with count, and are gone on with
	Through int64 // where not 0, those who were dealt with count up to this place in the file, and nobody after them
	More    int   // how many of the plan come after them
	Limited bool  // the campaign is kept to a part
}

// joins reports whether the rows belong to the part to which the campaign is kept already.
func (r *Reach) joins() bool { return r != nil && r.Limited && (r.Part || r.Plan) }

// takes reports whether a row is within reach, and counts it.
func (r *Reach) takes(person ledger.Recipient, sendable bool) bool {
	switch {
	case r == nil:
		return sendable
	case r.Plan && r.Through > 0:
		return person.Seq <= r.Through && r.dealtWith(person)
	case r.Plan && r.dealtWith(person):
		return true
	case r.Plan:
		r.More--
		return r.More >= 0
	case !sendable, r.Part && person.Part == ledger.NoPart:
		return false
	}
	r.Next--
	return r.Next >= 0
}

func (r *Reach) dealtWith(person ledger.Recipient) bool {
	return person.State.Status == outcome.Unknown || r.Limited && person.Part != ledger.NoPart
}

// rowSum is a digest that is being made.
type rowSum interface {
	Write(p []byte) (int, error)
	Sum(b []byte) []byte
}
