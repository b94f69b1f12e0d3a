package plan

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"kanal-campaign/campaign/audience"
)

// Rows are judged in runs. A run ends at the first of its bounds, for a row of the file may be large.
const (
	runRows  = 256
	runBytes = 256 << 10
	// mostJudges is how many goroutines judge rows at the most: to read them takes one of them too long to feed more.
	mostJudges = 8
)

// run is so many rows that follow one another.
type run struct {
	rows   []judgement
	bytes  int
	err    error         // that came behind the rows
	judged chan struct{} // told once all rows are
}

// inOrder has rows judged on all processors between two steps that see them in their order: prepare, and settle, which runs
// where inOrder was called. It stops at the first error of the rows, of a step or of the context, once the rows before are settled;
// what it has started has ended when it returns. Memory is bounded.
func inOrder(ctx context.Context, rows iter.Seq2[audience.Row, error], prepare func(*judgement) error, judge func(*judgement),
	settle func(*judgement) error) error {
	within, stop := context.WithCancel(ctx)
	judges := min(runtime.GOMAXPROCS(0), mostJudges)
	free, waiting, ordered := make(chan *run, judges+2), make(chan *run, judges+2), make(chan *run, judges+2)
	for range judges + 2 {
		free <- &run{judged: make(chan struct{}, 1)}
	}
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	all.Go(func() {
		defer close(ordered)
		defer close(waiting)
		readRuns(within, rows, prepare, free, func(filled *run) { waiting <- filled; ordered <- filled })
	})
	for range judges {
		all.Go(func() {
			for taken := range waiting {
				for i := range taken.rows {
					judge(&taken.rows[i])
				}
				taken.judged <- struct{}{}
			}
		})
	}
	for next := range ordered {
		<-next.judged
		for i := range next.rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := settle(&next.rows[i]); err != nil {
				return err
			}
		}
		if next.err != nil {
			return next.err
		}
		free <- next
	}
	return ctx.Err()
}

// readRuns fills runs until the rows end, or the context does.
func readRuns(ctx context.Context, rows iter.Seq2[audience.Row, error], prepare func(*judgement) error, free <-chan *run, hand func(*run)) {
	var filling *run
	for row, err := range rows {
		if ctx.Err() != nil {
			return
		}
		if filling == nil {
			select {
			case filling = <-free:
			case <-ctx.Done():
				return
			}
			filling.rows, filling.bytes = filling.rows[:0], 0
		}
		if err == nil {
			filling.rows = append(filling.rows, judgement{read: row})
			filling.bytes += sizeOf(row)
			if err = prepare(&filling.rows[len(filling.rows)-1]); err != nil {
				filling.rows = filling.rows[:len(filling.rows)-1]
			}
		}
		if filling.err = err; err != nil || len(filling.rows) == runRows || filling.bytes >= runBytes {
			hand(filling)
			filling = nil
		}
		if err != nil {
			return
		}
	}
	if filling != nil {
		hand(filling)
	}
}

// sizeOf is about how many bytes of the file a row holds.
func sizeOf(row audience.Row) (n int) {
	for _, cell := range row.Cells {
		n += len(cell)
	}
	for _, cell := range row.Surplus {
		n += len(cell)
	}
	return n
}
