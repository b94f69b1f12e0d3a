package ledger

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// tallied are the tallies that were counted last: several are asked for while nothing is written.
type tallied struct {
	mu      sync.Mutex
	version int64
	of      map[int64][]record.Tally
}

func (t *tallied) at(version, campaignID int64) ([]record.Tally, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	found, known := t.of[campaignID]
	return slices.Clone(found), known && t.version == version
}

// keep keeps tallies that were counted after the ledger had that version.
func (t *tallied) keep(version, campaignID int64, tallies []record.Tally) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.version != version || t.of == nil {
		t.version, t.of = version, map[int64][]record.Tally{}
	}
	t.of[campaignID] = slices.Clone(tallies)
}

// Tallies counts a campaign's rows. It reads every row once; none where nothing was written since they were counted
// last.
func (l *Ledger) Tallies(ctx context.Context, campaignID int64) ([]record.Tally, error) {
	version, err := l.Version(ctx)
	if err != nil { // a ledger that was damaged during a run may still be counted
		return l.tally(ctx, campaignID)
	}
	if found, known := l.tallied.at(version, campaignID); known {
		return found, nil
	}
	found, err := l.tally(ctx, campaignID)
	if err == nil {
		l.tallied.keep(version, campaignID, found)
	}
	return found, err
}

// tally counts at one instant, in one pass: for the database to group a million rows, it would sort them.
func (l *Ledger) tally(ctx context.Context, campaignID int64) ([]record.Tally, error) {
	counts := map[record.Tally]*record.Tally{}
	for one, err := range streamValues(ctx, l.db, func(v *values) (t record.Tally) {
		t.Status, t.Cause, t.Code, t.Gone = outcome.Status(cmp.Or(v.text(), string(outcome.Pending))), v.text(), v.text(), v.is()
		t.Attempts, t.Forgotten = int(v.integer()), int(v.integer())
		return t
	}, `SELECT nullif(status, 'pending'), nullif(cause, ''), nullif(error_code, ''), gone, attempts, forgotten_at > 0 FROM rows
		WHERE campaign_id = $1`, campaignID) {
		if err != nil {
			return nil, err
		}
		fate := one
		fate.Attempts, fate.Forgotten = 0, 0
		t, known := counts[fate]
		if !known {
			t = &record.Tally{Status: one.Status, Cause: one.Cause, Code: one.Code, Gone: one.Gone}
			counts[fate] = t
		}
		t.Rows, t.Attempts, t.Forgotten = t.Rows+1, t.Attempts+one.Attempts, t.Forgotten+one.Forgotten
	}
	var found []record.Tally
	for _, t := range counts {
		found = append(found, *t)
	}
	slices.SortFunc(found, func(a, b record.Tally) int {
		return cmp.Or(b.Rows-a.Rows, cmp.Compare(a.Status, b.Status), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Code, b.Code),
			cmp.Compare(b.Attempts, a.Attempts), cmp.Compare(a.Forgotten, b.Forgotten))
	})
	return found, nil
}
