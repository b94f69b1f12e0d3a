package sending

import (
	"container/heap"
	"context"
	"time"

	"kanal-campaign/campaign/record"
)

// queueBatch is how many rows are read ahead: the memory of a run does not grow with the campaign.
const queueBatch = 100

// source yields the wanted rows of a campaign in file order, each once. It passes over the rows whose hours have not
// come, and goes back to the first of them when the earliest of these hours comes: however many wait, none is kept.
type source struct {
	ledger     Record
	campaignID int64
	gone       bool // rows that left the file, too
	wanted     func(record.Row) bool
	// opening returns when a row may be sent, the zero time for now, and whether it is worth the wait.
	opening func(row record.Row, now time.Time) (opens time.Time, worth bool)
	batch   []record.Row
	after   int64 // the last row of the file that was read
	last    int64 // if not 0, no row of the file after it is wanted
	ended   bool
	opens   time.Time // the earliest hour of the rows passed over; zero without any
	before  int64     // the row of the file before the first of them
	more    bool      // next stopped looking before the end, to be asked again at once
}

// mostBatches is how many batches next looks through at once: signals and answers must not wait for a whole campaign
// that is passed over.
const mostBatches = 10

// next returns the next wanted row that may be sent now, or nil when there is none, or none yet: see more and opens.
func (s *source) next(ctx context.Context, now time.Time) (*record.Row, error) {
	if !s.opens.IsZero() && !now.Before(s.opens) {
		s.goBack()
	}
	s.more = false
	for looked := 0; ; looked++ {
		for len(s.batch) > 0 {
			row := s.batch[0]
			s.batch = s.batch[1:]
			if s.wanted(row) && s.isOpen(row, now) {
				return &row, nil
			}
		}
		if s.ended {
			return nil, nil
		}
		if s.more = looked == mostBatches; s.more {
			return nil, nil
		}
		batch, err := s.ledger.Queue(ctx, s.campaignID, s.after, queueBatch)
		if err != nil {
			return nil, err
		}
		if s.ended = len(batch) < queueBatch || s.last > 0 && batch[len(batch)-1].Seq >= s.last; !s.ended {
			s.after = batch[len(batch)-1].Seq
		} else if s.gone {
			for row, err := range s.ledger.InDoubt(ctx, s.campaignID) {
				if err != nil {
					return nil, err
				}
				if row.Gone {
					row.Cells = nil
					batch = append(batch, row)
				}
			}
		}
		s.batch = batch
	}
}

// isOpen passes over a row that has to wait.
func (s *source) isOpen(row record.Row, now time.Time) bool {
	opens, worth := s.opening(row, now)
	if opens.IsZero() {
		return true
	}
	if !worth {
		return false
	}
	before := row.Seq - 1
	if row.Gone {
		before = s.after // they come after the file
	}
	if s.opens.IsZero() {
		s.opens, s.before = opens, before
	}
	if opens.Before(s.opens) {
		s.opens = opens
	}
	s.before = min(s.before, before)
	return false
}

// goBack reads the rows that were passed over, and what follows them, anew.
func (s *source) goBack() {
	if !s.opens.IsZero() {
		s.after, s.batch, s.ended, s.opens = s.before, nil, false, time.Time{}
	}
}

// any reports whether there is any row left to be sent, now or later.
func (s *source) any(ctx context.Context, now time.Time) (bool, error) {
	for {
		row, err := s.next(ctx, now)
		if err != nil || row != nil || !s.opens.IsZero() || !s.more {
			return row != nil || !s.opens.IsZero(), err
		}
	}
}

// putBack returns a row that next gave, to be given again first.
func (s *source) putBack(row record.Row) { s.batch = append([]record.Row{row}, s.batch...) }

// dry reports whether next is known to have nothing more.
func (s *source) dry() bool { return s.ended && len(s.batch) == 0 && s.opens.IsZero() }

// delayedRows are attempts that wait until they are due, the earliest first.
type delayedRows struct{ attempts attemptHeap }

func (d *delayedRows) Len() int { return len(d.attempts) }

func (d *delayedRows) add(a attempt) { heap.Push(&d.attempts, a) }

// ready takes the first attempt whose time has come.
func (d *delayedRows) ready(now time.Time) (attempt, bool) {
	if len(d.attempts) == 0 || d.attempts[0].due.After(now) {
		return attempt{}, false
	}
	return heap.Pop(&d.attempts).(attempt), true
}

// first returns when the first attempt comes due; zero without any.
func (d *delayedRows) first() time.Time {
	if len(d.attempts) == 0 {
		return time.Time{}
	}
	return d.attempts[0].due
}

// attemptHeap implements heap.Interface.
type attemptHeap []attempt

func (h attemptHeap) Len() int           { return len(h) }
func (h attemptHeap) Less(i, j int) bool { return h[i].due.Before(h[j].due) }
func (h attemptHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *attemptHeap) Push(a any)        { *h = append(*h, a.(attempt)) }
func (h *attemptHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
