package plan

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Suppressed are people to whom nothing is to be sent, from lists of the user's own. The zero value has nobody. It may be
// read concurrently.
type Suppressed struct {
	lists  []record.Suppression
	people map[uint64]uint8 // by canonical digits: the list's index
	open   []openNumber     // by their last digits
}

// MostLists is how many lists there may be.
const MostLists = 100

// Lists are the lists as they were read, in their order; their names are the caller's to give.
func (s *Suppressed) Lists() []record.Suppression { return s.lists }

// List returns the index of the first list that a person is on, given as canonical digits by any version of the rules.
func (s *Suppressed) List(person string) (int, bool) {
	digits, err := strconv.ParseUint(number.Canonical(person), 10, 64)
	if err != nil || s == nil {
		return 0, false
	}
	list, on := s.people[digits]
	return int(list), on
}

// LeftOut are the people whom a check leaves out although their rows are right. Functions that are nil leave nobody out.
type LeftOut struct {
	// OptedOut returns since when a person (canonical digits) has opted out, or the zero time.
	OptedOut func(ctx context.Context, person string) (time.Time, error)
	// Suppressed returns the name of the list that a person is on, or "".
	Suppressed func(ctx context.Context, person string) (string, error)
	// Recent returns the message that a person has, or may have, got too recently; without one, the zero Detail.
	Recent func(ctx context.Context, person string) (record.Detail, error)
	// Repeated returns the message that a row's person has, or may have, already, from another campaign; without one, the zero
	// Detail. The row has its content id.
	Repeated func(ctx context.Context, row record.Row) (record.Detail, error)
	// Asked is told of every row that is not left out, with its person.
	Asked func(ctx context.Context, row int, person string) error
	// Accepted reports whether the campaign itself has sent the message of a content id: a filter does not undo that.
	Accepted func(ctx context.Context, contentID uuid.UUID) (bool, error)
}

// of returns why the person of a row is left out; an empty cause when they are not.
func (l LeftOut) of(ctx context.Context, row record.Row) (cause string, detail record.Detail, err error) {
	person := row.Person
	if l.OptedOut != nil {
		if detail.Since, err = l.OptedOut(ctx, person); err != nil || !detail.Since.IsZero() {
			return outcome.CauseOptedOutEarlier, detail, err
		}
	}
	if l.Suppressed != nil {
		if detail.List, err = l.Suppressed(ctx, person); err != nil || detail.List != "" {
			return outcome.CauseSuppressed, detail, err
		}
	}
	if l.Recent != nil {
		if detail, err = l.Recent(ctx, person); err != nil || !detail.Since.IsZero() {
			return outcome.CauseMessagedRecently, detail, err
		}
	}
	if l.Repeated != nil {
		if detail, err = l.Repeated(ctx, row); err != nil || !detail.Since.IsZero() {
			return outcome.CauseSameMessage, detail, err
		}
	}
	return "", record.Detail{}, nil
}

// Span is from when to when something happened to people who are left out.
type Span struct {
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`
}

// include widens the span to a time.
func (s Span) include(at time.Time) Span {
	if s.First.IsZero() || at.Before(s.First) {
		s.First = at
	}
	if at.After(s.Last) {
		s.Last = at
	}
	return s
}
