package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Window is the span in which a limit of requests holds (the API page: 60 requests a minute per API key).
const Window = time.Minute

// Turn says under which limit an attempt is to begin.
type Turn struct {
	RunID   int64
	PaceKey string        // of PaceKey: all processes with one API key share its window
	Limit   int           // requests unanswered or answered within the last Window
	Timeout time.Duration // how long the attempt may last at the most
	Account string        // the account that the message leaves from
	// OnePerPerson refuses a row while another row of the campaign was, or may have been, accepted for the same person.
	OnePerPerson bool
	// MinGap, if not 0, refuses a row that is not in doubt while another campaign of the account has, or may have, messaged
	// the person within that time.
	MinGap time.Duration
	// Same, if not empty, are the content ids of the row's message: it refuses a row that is not in doubt while another campaign
	// has, or may have, sent one of them.
	Same []uuid.UUID
	// PastHold begins although Kanal asked for a wait: a person wants it asked again.
	PastHold bool
}

// WaitError says that no attempt may begin yet. None was written.
type WaitError struct {
	// Until is when to ask again; zero when that depends on an answer that is still awaited.
	Until time.Time
	// Held is true when Kanal asked for the wait, false when the window is full.
	Held bool
	// With is another campaign whose requests are in the window; empty without one.
	With string
}

func (e *WaitError) Error() string { return fmt.Sprintf("no attempt before %s", e.Until) }

// ErrNotSendable says that the row is not to be sent: another process has settled or begun it meanwhile.
var ErrNotSendable = errors.New("the row is not to be sent")

// LeftOutError says that the person must not get this message. Nothing was written.
type LeftOutError struct {
	Cause  string
	Detail record.Detail
}

func (e *LeftOutError) Error() string { return "the row is left out: " + e.Cause }

// Begin commits an attempt of the row, together with the doubt that a crash would leave, and returns the attempt's id:
// the request may leave once Begin has returned. The limit is looked at in the same transaction, so that all processes
// share it. A row without an id is a test's: it stands in no campaign, and only takes its turn. Begin returns a *WaitError when
// the turn has not come, a *LeftOutError when the person has opted out or has a message of this campaign, ErrNotSendable when
// the row has changed in the ledger, a *trouble.MovedError when the ledger is no longer where it was, and leaves row as it was on every
// error.
func (l *Ledger) Begin(ctx context.Context, row *record.Row, turn Turn) (int64, error) {
	var id int64
	var wait *WaitError
	next := *row
	err := l.write(ctx, func(tx *sql.Tx) error {
		now := l.Now()
		if err := admit(ctx, tx, turn, now); errors.As(err, &wait) {
			return nil // what was brought back from the future stays so
		} else if err != nil {
			return err
		}
		next.State, next.Attempts, next.TriedAt = row.State.Begin(now), row.Attempts+1, now
		if row.ID != 0 {
			if err := unchanged(ctx, tx, row); err != nil {
				return err
			}
			if err := l.leftOut(ctx, tx, row, turn); err != nil {
				return err
			}
			if err := storeState(ctx, tx, &next); err != nil {
				return err
			}
		}
		err := tx.QueryRowContext(ctx, `INSERT INTO attempts (row_id, run_id, pace_key, key, began_at, deadline_at)
			VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`, row.ID, turn.RunID, turn.PaceKey, row.Key[:], millis(now),
			millis(now.Add(turn.Timeout))).Scan(&id)
		if err != nil {
			return err
		}
		return l.store.InPlace()
	})
	if err == nil && wait != nil {
		return 0, wait
	}
	if err != nil {
		return 0, err
	}
	if row.ID != 0 {
		l.notes.begin(turn.RunID, id)
	}
	*row = next
	return id, nil
}

// unchanged guards against a second writer: the row must stand in the ledger as the caller knows it.
func unchanged(ctx context.Context, tx *sql.Tx, row *record.Row) error {
	var attempts int
	var open, forgotten bool
	var status outcome.Status
	err := tx.QueryRowContext(ctx, "SELECT attempts, open, status, forgotten_at > 0 FROM rows WHERE id = $1", row.ID).
		Scan(&attempts, &open, &status, &forgotten)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotSendable
	}
	if err != nil {
		return err
	}
	if open || forgotten || attempts != row.Attempts || status != row.State.Status {
		return ErrNotSendable
	}
	return nil
}

// leftOut is the last guard of the promise that nobody is messaged twice: however the row came to be due.
func (l *Ledger) leftOut(ctx context.Context, tx *sql.Tx, row *record.Row, turn Turn) error {
	since, err := l.optedOut(ctx, tx, turn.Account, row.Person)
	if err != nil {
		return err
	}
	messaged, err := messagedBeside(ctx, tx, row.CampaignID, row.ID, row.Person)
	switch {
	case err != nil:
		return err
	case since != 0:
		return &LeftOutError{Cause: outcome.CauseOptedOutEarlier, Detail: record.Detail{Since: fromMillis(since)}}
	case messaged && turn.OnePerPerson:
		return &LeftOutError{Cause: outcome.CauseMessagedBefore}
	case row.State.Status == outcome.Unknown: // who may have the message gets no other one by the same key
		return nil
	}
	if len(turn.Same) > 0 {
		same, err := sameMessage(ctx, tx, turn.Same, row.CampaignID)
		if err != nil {
			return err
		}
		if !same.Since.IsZero() {
			return &LeftOutError{Cause: outcome.CauseSameMessage, Detail: same}
		}
	}
	if turn.MinGap <= 0 {
		return nil
	}
	recent, err := recentMessage(ctx, tx, turn.Account, row.Person, row.CampaignID, l.Now().Add(-turn.MinGap))
	if err != nil || recent.Since.IsZero() {
		return err
	}
	return &LeftOutError{Cause: outcome.CauseMessagedRecently, Detail: recent}
}

// LeaveOut marks a row that Begin refused as skipped, and updates row. A row in doubt stays in doubt.
func (l *Ledger) LeaveOut(ctx context.Context, row *record.Row, why *LeftOutError) error {
	if row.State.Status != outcome.Pending {
		return nil
	}
	next := *row
	next.State.Status, next.State.Cause, next.Error = outcome.Skipped, why.Cause, why.Detail.String()
	err := l.write(ctx, func(tx *sql.Tx) error { return storeState(ctx, tx, &next) })
	if err == nil {
		*row = next
	}
	return err
}

// admit returns a *WaitError unless fewer than the limit's requests of this key are unanswered or were answered within
// the last Window.
func admit(ctx context.Context, tx *sql.Tx, turn Turn, now time.Time) error {
	if err := clampFuture(ctx, tx, turn, now); err != nil {
		return err
	}
	_, until, err := held(ctx, tx, turn.PaceKey)
	if err != nil {
		return err
	}
	if until := fromMillis(until); now.Before(until) && !turn.PastHold {
		return &WaitError{Until: until, Held: true}
	}

	ends, unanswered, err := recentEnds(ctx, tx, turn.PaceKey, now)
	if err != nil {
		return err
	}
	surplus := len(ends) + unanswered - turn.Limit + 1 // how many must leave the window before this one may begin
	if surplus <= 0 {
		return nil
	}
	wait := &WaitError{}
	if wait.With, err = sharesWith(ctx, tx, turn, now); err != nil {
		return err
	}
	if surplus <= len(ends) {
		slices.Sort(ends)
		wait.Until = fromMillis(ends[surplus-1]).Add(Window)
	}
	return wait
}

// sharesWith names the campaign of another run of which a request is in the window; "" without one. A run of the same
// campaign that has ended shares nothing.
func sharesWith(ctx context.Context, tx *sql.Tx, turn Turn, now time.Time) (string, error) {
	var name string
	err := tx.QueryRowContext(ctx, `SELECT other.campaign FROM attempts a JOIN runs other ON other.id = a.run_id
		JOIN runs own ON own.id = $2 WHERE a.pace_key = $1 AND (a.answered_at > $3 OR a.answered_at IS NULL AND a.deadline_at > $3)
		AND other.campaign <> own.campaign LIMIT 1`, turn.PaceKey, turn.RunID, now.Add(-Window).UnixMilli()).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return name, err
}

// recentEnds returns when the requests of the last Window ended, and how many have not ended. One whose process died
// counts as answered at its deadline.
func recentEnds(ctx context.Context, tx *sql.Tx, paceKey string, now time.Time) (ends []int64, unanswered int, err error) {
	since := now.Add(-Window).UnixMilli()
	for end, err := range stream(ctx, tx, both[int64, bool], `
		SELECT answered_at, FALSE FROM attempts WHERE pace_key = $1 AND answered_at > $2
		UNION ALL
		SELECT deadline_at, deadline_at > $3 FROM attempts WHERE pace_key = $1 AND answered_at IS NULL AND deadline_at > $2`,
		paceKey, since, now.UnixMilli()) {
		switch {
		case err != nil:
			return nil, 0, err
		case end.b:
			unanswered++
		default:
			ends = append(ends, end.a)
		}
	}
	return ends, unanswered, nil
}

// clampFuture brings times that lie in the future to now. They were written before the clock was set back, and would
// otherwise block the pace until it has caught up.
func clampFuture(ctx context.Context, tx *sql.Tx, turn Turn, now time.Time) error {
	at := millis(now)
	deadline := millis(now.Add(turn.Timeout))
	for _, statement := range []struct {
		text string
		args []any
	}{
		// One that a dead process left open counts as answered at its deadline, which may be ahead.
		{`UPDATE attempts SET answered_at = $2 WHERE pace_key = $1 AND answered_at > $2 AND (began_at > $2 OR answered_at > deadline_at)`,
			[]any{turn.PaceKey, at}},
		{`UPDATE attempts SET deadline_at = $3 WHERE pace_key = $1 AND answered_at IS NULL AND began_at > $2 AND deadline_at > $3`,
			[]any{turn.PaceKey, at, deadline}},
		{"UPDATE holds SET until = until - noted_at + $2, noted_at = $2 WHERE pace_key = $1 AND noted_at > $2", []any{turn.PaceKey, at}},
	} {
		if _, err := tx.ExecContext(ctx, statement.text, statement.args...); err != nil {
			return err
		}
	}
	return nil
}

// Abandon turns the attempts that a dead process left open into doubts, and returns how many rows that were. The caller
// holds the campaign's lock. Their requests may still be running at the server: they count as answered at their deadlines,
// and their rows are not tried again before delay has passed since.
func (l *Ledger) Abandon(ctx context.Context, campaignID int64, delay time.Duration) (int, error) {
	var open []record.Row
	for _, part := range []string{"NOT gone", "gone = TRUE"} { // each has its index
		rows, err := l.collect(ctx, "campaign_id = $1 AND status = 'unknown' AND "+part+" AND open ORDER BY seq", campaignID)
		if err != nil {
			return 0, err
		}
		open = append(open, rows...)
	}
	if len(open) == 0 {
		return 0, nil
	}
	return len(open), l.write(ctx, func(tx *sql.Tx) error {
		for i := range open {
			row := &open[i]
			var deadline int64
			err := tx.QueryRowContext(ctx, `SELECT deadline_at FROM attempts WHERE row_id = $1 AND answered_at IS NULL
				ORDER BY id DESC LIMIT 1`, row.ID).Scan(&deadline)
			if err != nil {
				return err
			}
			row.State = row.State.Abandon()
			row.NotBefore = outcome.NoAnswer.KeyFreeAt(fromMillis(deadline), delay)
			if err := storeState(ctx, tx, row); err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `UPDATE attempts SET answered_at = $1, kind = 'doubt', cause = $2
				WHERE row_id = $3 AND answered_at IS NULL`, deadline, outcome.CauseInFlight, row.ID)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
