package plan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
)

// Codes of what is to be known about lists.
const (
	// ListNumberOpen is a decision: somebody may be on a list, in which the number stands without its country.
	ListNumberOpen problem.Code = "list-number-open"
	ListBlank      problem.Code = "list-blank"  // warning: rows of a list have no number
	ListUnread     problem.Code = "list-unread" // warning: numbers of a list can only be read with a country, and are nobody's here
)

// openNumber is a number of a list whose country nothing tells. It is small, since a list may hold many.
type openNumber struct {
	digits uint64
	row    uint32
	zeros  uint8 // that the digits begin with
	list   uint8
}

// tail is by how many last digits open numbers are looked up: no country has fewer.
const tail = 1_000_000

// openNumberOf takes a cell's digits; ok is false where they are none to be dialled.
func openNumberOf(cell string) (open openNumber, ok bool) {
	digits := number.Dialled(cell)
	open.digits, _ = strconv.ParseUint(digits, 10, 64)
	open.zeros = uint8(len(digits) - len(strings.TrimLeft(digits, "0")))
	return open, open.digits > 0
}

// written are the digits as they stand in the list.
func (o openNumber) written() string {
	return strings.Repeat("0", int(o.zeros)) + strconv.FormatUint(o.digits, 10)
}

// keepOpen adds the open numbers of the list that comes next.
func (s *Suppressed) keepOpen(numbers []openNumber) {
	for _, one := range numbers {
		one.list = uint8(len(s.lists))
		s.open = append(s.open, one)
	}
	slices.SortFunc(s.open, func(a, b openNumber) int {
		return cmp.Or(cmp.Compare(a.digits%tail, b.digits%tail), cmp.Compare(a.list, b.list), cmp.Compare(a.row, b.row))
	})
}

// mayList finds the number of a list that is a person's (canonical digits by any version of the rules) if it is one of the
// person's country. Somebody who is on a list for certain is not asked about.
func (s *Suppressed) mayList(person string) (openNumber, bool) {
	person = number.Canonical(person)
	digits, err := strconv.ParseUint(person, 10, 64)
	if err != nil || s == nil || len(s.open) == 0 {
		return openNumber{}, false
	}
	at, found := slices.BinarySearchFunc(s.open, digits%tail, func(o openNumber, key uint64) int { return cmp.Compare(o.digits%tail, key) })
	if !found {
		return openNumber{}, false
	}
	if _, on := s.List(person); on {
		return openNumber{}, false
	}
	rules := number.Rules{Country: number.Region(person), AcceptPossible: true}
	for _, one := range s.open[at:] {
		if one.digits%tail != digits%tail {
			break
		}
		if one.zeros == 0 && one.digits == digits || number.Canonical(readingOf(one.written(), rules)) == person {
			return one, true
		}
	}
	return openNumber{}, false
}

// MayList reports whether a person (canonical digits) may be on a list, in which the number stands without its country.
func (s *Suppressed) MayList(person string) bool {
	_, may := s.mayList(person)
	return may
}

// ListQuestions gathers the people who may be on a list.
type ListQuestions struct {
	Lists *Suppressed
	Names []string // of the lists
	found map[uint8]*problem.Problem
}

// Ask looks for a row's person.
func (q *ListQuestions) Ask(row int, person string) {
	if q == nil {
		return
	}
	open, may := q.Lists.mayList(person)
	if !may {
		return
	}
	if q.found == nil {
		q.found = map[uint8]*problem.Problem{}
	}
	p := q.found[open.list]
	if p == nil {
		p = &problem.Problem{Code: ListNumberOpen, Severity: problem.Decision, Names: []string{q.Names[open.list]}}
		q.found[open.list] = p
	}
	if p.Length++; p.Length <= groupExamples {
		p.Names = append(p.Names, strconv.Itoa(row), written(person), strconv.Itoa(int(open.row)), open.written())
	}
}

// ListNotes tell what of the lists is nobody's, once all rows were asked about: rows without a number, and numbers that are
// nobody's in any country.
func ListNotes(lists []record.Suppression, asked *ListQuestions) (notes []problem.Problem) {
	for i, list := range lists {
		note := problem.Problem{Severity: problem.Warning, Names: []string{list.Name}}
		if note.Code, note.Length = ListBlank, list.Blank; note.Length > 0 {
			notes = append(notes, note)
		}
		if note.Code, note.Length = ListUnread, list.Open; note.Length > 0 && asked.found[uint8(i)] == nil {
			notes = append(notes, note)
		}
	}
	return notes
}

// Problems are one decision for every list with somebody in question, in their order. Names are the list's, and then for
// each of the first few people: the row, the number, the row of the list, and the digits there.
func (q *ListQuestions) Problems() (all []problem.Problem) {
	if q == nil {
		return nil
	}
	for list := range q.Names {
		if p := q.found[uint8(list)]; p != nil {
			all = append(all, *p)
		}
	}
	return all
}
