package ledger

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"sync"

	"kanal-campaign/campaign/record"
)

// notes are what this process has committed, by run: the attempts that it began, and how many of them were answered in which
// way.
type notes struct {
	mu      sync.Mutex
	begun   map[int64]int
	settled map[int64]map[string]int // by outcome.Kind
	runOf   map[int64]int64          // of the attempts without an answer
}

func (n *notes) begin(run, attempt int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.begun == nil {
		n.begun, n.settled, n.runOf = map[int64]int{}, map[int64]map[string]int{}, map[int64]int64{}
	}
	n.begun[run]++
	n.runOf[attempt] = run
}

func (n *notes) settle(attempt int64, kind string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	run, open := n.runOf[attempt]
	if !open {
		return
	}
	delete(n.runOf, attempt)
	if n.settled[run] == nil {
		n.settled[run] = map[string]int{}
	}
	n.settled[run][kind]++
}

func (n *notes) of(run int64) (begun int, settled map[string]int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	settled = map[string]int{}
	maps.Copy(settled, n.settled[run])
	return n.begun[run], settled
}

// Recheck looks at the ledger once more, as whoever opens it next will find it: that it is in its place and fits together, and
// that it holds what this process has recorded of the run, its end included. It returns a *trouble.MovedError or a *trouble.DamagedError where
// that is not so; Close then leaves it as it is. A million rows take a second or two.
func (l *Ledger) Recheck(ctx context.Context, r record.Run) error {
	return l.store.Reread(ctx, func(db Queryer) (bool, error) { return l.holds(ctx, db, r) })
}

// holds reports whether the ledger has what was recorded of a run.
func (l *Ledger) holds(ctx context.Context, db Queryer, r record.Run) (bool, error) {
	var ended int64
	var stopped string
	err := db.QueryRowContext(ctx, "SELECT ended_at, stopped FROM runs WHERE id = $1", r.ID).Scan(&ended, &stopped)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (ended != millis(r.EndedAt) || stopped != r.Stopped) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	kinds, err := table[string, int](ctx, db, "SELECT kind, count(*) FROM attempts WHERE run_id = $1 AND row_id <> 0 GROUP BY kind", r.ID)
	if err != nil {
		return false, err
	}
	begun, settled := l.notes.of(r.ID)
	for kind, n := range kinds {
		begun -= n
		if settled[kind] -= n; kind == "" || settled[kind] == 0 {
			delete(settled, kind)
		}
	}
	return begun == 0 && len(settled) == 0, nil
}
