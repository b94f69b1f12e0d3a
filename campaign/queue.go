package campaign

import (
	"container/heap"
	"context"
	"time"

	"kanal-campaign/campaign/ledger"
)

// queueBatch is how many rows are read ahead: the memory of a run does not grow with the campaign.
const queueBatch = 100

// source yields the wanted rows of a campaign in file order, each once.
type source struct {
	ledger     *ledger.Ledger
	campaignID int64
	gone       bool // rows that left the file, too
	wanted     func(ledger.Row) bool
	batch      []ledger.Row
	after      int64 // the last row of the file that was read
	ended      bool
}

// next returns the next wanted row, or nil when there is none.
func (s *source) next(ctx context.Context) (*ledger.Row, error) {
	for {
		for len(s.batch) > 0 {
			row := s.batch[0]
			s.batch = s.batch[1:]
			if s.wanted(row) {
				return &row, nil
			}
		}
		if s.ended {
			return nil, nil
		}
		batch, err := s.ledger.Queue(ctx, s.campaignID, s.after, queueBatch)
		if err != nil {
			return nil, err
		}
		if s.ended = len(batch) < queueBatch; !s.ended {
			s.after = batch[len(batch)-1].Seq
		} else if s.gone {
			departed, err := s.ledger.DepartedDoubts(ctx, s.campaignID)
			if err != nil {
				return nil, err
			}
			batch = append(batch, departed...)
		}
		s.batch = batch
	}
}

// putBack returns a row that next gave, to be given again first.
func (s *source) putBack(row ledger.Row) { s.batch = append([]ledger.Row{row}, s.batch...) }

// dry reports whether next is known to have nothing more.
func (s *source) dry() bool { return s.ended && len(s.batch) == 0 }

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
