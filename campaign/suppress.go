package campaign

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"
	"unicode"

	"github.com/google/uuid"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
)

// Suppressed are people to whom nothing is to be sent, from lists of the user's own. The zero value has nobody. It may be
// read concurrently.
type Suppressed struct {
	lists  []ledger.Suppression
	people map[uint64]uint8 // by canonical digits: the list's index
}

// MostLists is how many lists there may be.
const MostLists = 100

// Add reads a list: a file of numbers as an audience is one, or one number a line without a header. Numbers count as they
// do in an audience, but need only be possible. With problems, which are the first few of all, nothing was added: a
// number that cannot be read could not be left out.
func (s *Suppressed) Add(path string, settings ledger.Settings, opts audience.Options) (problems []problem.Problem, all int, err error) {
	opts.Headerless = false
	file, err := audience.Open(path, opts)
	var fault *audience.Fault
	noHeader := errors.As(err, &fault) && fault.Code == audience.FileNoHeader
	if err == nil && beginsWithNumber(file.Header(), settings.PhoneColumn) {
		noHeader = true
		file.Close()
	}
	if noHeader {
		opts.Headerless = true
		file, err = audience.Open(path, opts)
	}
	if err != nil {
		return nil, 0, err
	}
	defer file.Close()
	reader := listReader{rules: number.Rules{Country: settings.Country, AcceptPossible: true}, header: file.Header()}
	if p, found := reader.findColumn(opts.Headerless, settings.PhoneColumn); !found {
		return []problem.Problem{p}, 1, nil
	}
	if opts.Headerless {
		reader.take(1, file.Header())
	}
	for row, err := range file.Rows() {
		if errors.As(err, &fault) && fault.Code == audience.FileNoRows {
			break // nobody is on the list yet
		}
		if err != nil {
			return nil, 0, err
		}
		reader.take(row.Number, row.Raw())
	}
	if reader.all > 0 {
		return reader.problems, reader.all, nil
	}
	if s.people == nil {
		s.people = map[uint64]uint8{}
	}
	for _, person := range reader.people {
		if _, known := s.people[person]; !known {
			s.people[person] = uint8(len(s.lists))
		}
	}
	s.lists = append(s.lists, ledger.Suppression{Path: path, SHA256: file.SHA256(), Numbers: len(reader.people)})
	return nil, 0, nil
}

// beginsWithNumber reports whether a list's first line is a number, however it is written, and no header: taken for one,
// it would be nobody's. A column that is called as one of numbers is called so unless it holds digits enough for one.
func beginsWithNumber(header []string, asked string) bool {
	named := audience.PhoneColumns(header)
	if i, _, ok := audience.Match(asked, header); ok && asked != "" {
		named = []int{i}
	}
	if len(named) > 0 {
		return slices.ContainsFunc(named, func(i int) bool { return maybeNumber(header[i]) })
	}
	return slices.ContainsFunc(header, maybeNumber)
}

// fewestOfNumber is how many digits a first line has that may be a number: what columns are called has fewer, but for dates.
const fewestOfNumber = 6

func maybeNumber(cell string) bool {
	digits := 0
	for _, r := range cell {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= fewestOfNumber
}

// Lists are the lists as they were read, in their order; their names are the caller's to give.
func (s *Suppressed) Lists() []ledger.Suppression { return s.lists }

// List returns the index of the first list that a person (canonical digits) is on.
func (s *Suppressed) List(person string) (int, bool) {
	digits, err := strconv.ParseUint(person, 10, 64)
	if err != nil || s == nil {
		return 0, false
	}
	list, on := s.people[digits]
	return int(list), on
}

// listReader reads the numbers of one list.
type listReader struct {
	rules    number.Rules
	header   []string
	column   int
	people   []uint64
	problems []problem.Problem
	all      int
}

// findColumn finds the column of the numbers: the only one, the one that is named so, or in a file without a header the
// only one whose first cell is a number.
func (r *listReader) findColumn(headerless bool, asked string) (problem.Problem, bool) {
	if len(r.header) == 1 {
		return problem.Problem{}, true
	}
	found := audience.PhoneColumns(r.header)
	if headerless {
		found = nil
		for i, cell := range r.header {
			if _, err := r.rules.Clean(cell); err == nil {
				found = append(found, i)
			}
		}
	} else if i, _, ok := audience.Match(asked, r.header); ok && asked != "" {
		found = []int{i}
	}
	if len(found) == 1 {
		r.column = found[0]
		return problem.Problem{}, true
	}
	var names []string
	for _, i := range found {
		names = append(names, r.header[i])
	}
	if len(found) == 0 {
		return problem.Problem{Code: PhoneColumnMissing, Severity: problem.Error, Names: r.header}, false
	}
	return problem.Problem{Code: PhoneColumnAmbiguous, Severity: problem.Error, Names: names}, false
}

func (r *listReader) take(row int, cells []string) {
	cell := ""
	if r.column < len(cells) {
		cell = cells[r.column]
	}
	n, problems := judgeNumber(cell, r.rules)
	if hasError(problems) {
		if r.all++; len(r.problems) < groupExamples {
			p := problems[0]
			p.Row, p.Column = row, audience.ColumnLetter(r.column)
			r.problems = append(r.problems, p)
		}
		return
	}
	if person, err := strconv.ParseUint(number.Canonical(n.Digits), 10, 64); err == nil {
		r.people = append(r.people, person)
	}
}

// LeftOut are the people whom a check leaves out although their rows are right. Functions that are nil leave nobody out.
type LeftOut struct {
	// OptedOut returns since when a person (canonical digits) has opted out, or the zero time.
	OptedOut func(ctx context.Context, person string) (time.Time, error)
	// Suppressed returns the name of the list that a person is on, or "".
	Suppressed func(ctx context.Context, person string) (string, error)
	// Recent returns the message that a person has, or may have, got too recently; without one, the zero Detail.
	Recent func(ctx context.Context, person string) (ledger.Detail, error)
	// Accepted reports whether the campaign itself has sent the message of a content id: a filter does not undo that.
	Accepted func(ctx context.Context, contentID uuid.UUID) (bool, error)
}

// of returns why a person is left out; an empty cause when they are not.
func (l LeftOut) of(ctx context.Context, person string) (cause string, detail ledger.Detail, err error) {
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
	return "", ledger.Detail{}, nil
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
