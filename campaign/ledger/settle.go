package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// Settlement is the answer to one attempt, with the policy of its run.
type Settlement struct {
	Attempt int64       // of Begin
	Try     outcome.Try // but for its State, which Settle finds out
	Policy  outcome.Policy
	// OptOutOf is the account that the person has opted out of, if that is the answer; else empty.
	OptOutOf string
	// PastHold is that of the attempt's Turn: an answer that passed Kanal's limit ends the wait that it had asked for before.
	PastHold bool
}

// Settle commits the answer to an attempt with all that follows: the row's new state, the brakes of the run, the wait that Kanal
// asks for, the opt-out. It updates row, and returns what is next. The brakes are read and stored in the same
// transaction, in the order of settling, so that all processes of a run share them. Settle may be called again with the same
// arguments after it failed, whatever was stored then: an answer counts once.
func (l *Ledger) Settle(ctx context.Context, row *record.Row, s Settlement) (outcome.Next, error) {
	now := l.Now()
	settled := settledRow(*row, s.Try.Answer, now)
	s.Try.State = settled.State
	var next outcome.Next
	err := l.write(ctx, func(tx *sql.Tx) error {
		answered, err := answer(ctx, tx, s, now)
		if err != nil {
			return err
		}
		if s.OptOutOf != "" {
			if err := l.optOut(ctx, tx, s.OptOutOf, row.Person, now); err != nil {
				return err
			}
		}
		brakes, err := brake(ctx, tx, answered, row.ID, s.Try)
		if err != nil {
			return err
		}
		next = s.Policy.Next(s.Try, brakes)
		if err := hold(ctx, tx, answered, s, next.Hold, now); err != nil {
			return err
		}
		settled.NotBefore = time.Time{}
		if next.Rest > 0 {
			settled.NotBefore = now.Add(next.Rest)
		}
		if row.ID == 0 {
			return nil
		}
		return storeState(ctx, tx, &settled)
	})
	if err != nil {
		return outcome.Next{}, err
	}
	l.notes.settle(s.Attempt, string(s.Try.Answer.Kind))
	*row = settled
	return next, nil
}

// settledRow is a row with the answer to its open attempt.
func settledRow(row record.Row, a outcome.Answer, now time.Time) record.Row {
	row.State = row.State.Settle(a)
	row.Error, row.ErrorCode = a.Text, a.Code
	switch row.State.Status {
	case outcome.Sent:
		row.SentAt = now
	case outcome.AlreadySent: // the text says no more than the status
		row.Error, row.ErrorCode = "", ""
		row.SentAt = now
	}
	if a.MessageID != "" {
		row.MessageID = a.MessageID
	}
	if a.ContactID != "" {
		row.ContactID = a.ContactID
	}
	return row
}

// answered is an attempt whose answer is stored.
type answered struct {
	id      int64
	run     int64
	paceKey string
	began   int64
	again   bool // it was stored before
}

// answer stores an answer, unless that was done before.
func answer(ctx context.Context, tx *sql.Tx, s Settlement, now time.Time) (answered, error) {
	a := answered{id: s.Attempt}
	err := tx.QueryRowContext(ctx, `UPDATE attempts SET answered_at = $1, kind = $2, cause = $3, code = $4, text = $5
		WHERE id = $6 AND answered_at IS NULL RETURNING run_id, pace_key, began_at`, millis(now), string(s.Try.Answer.Kind),
		s.Try.Answer.Cause, s.Try.Answer.Code, s.Try.Answer.Text, s.Attempt).Scan(&a.run, &a.paceKey, &a.began)
	if errors.Is(err, sql.ErrNoRows) {
		a.again = true
		err = tx.QueryRowContext(ctx, "SELECT run_id, pace_key, began_at FROM attempts WHERE id = $1", s.Attempt).
			Scan(&a.run, &a.paceKey, &a.began)
	}
	return a, err
}

// brake stores what a try does to the brakes of its run, and returns them.
func brake(ctx context.Context, tx *sql.Tx, a answered, rowID int64, try outcome.Try) (outcome.Brakes, error) {
	before, streak, err := brakesOf(ctx, tx, a.run)
	if err != nil || a.again {
		return before, err
	}
	why := try.Failure()
	same, counted := why != "" && before.Failures > 0 && why == streak.why, false
	if same {
		err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM attempts WHERE row_id = $1 AND failing_since = $2)", rowID, streak.since).
			Scan(&counted)
		if err != nil {
			return before, err
		}
	} else if why != "" {
		streak.since = a.id
	}
	if why != "" {
		if _, err := tx.ExecContext(ctx, "UPDATE attempts SET failing_since = $1 WHERE id = $2", streak.since, a.id); err != nil {
			return before, err
		}
	}
	after := before.After(try, same, counted)
	if after == before && (same || why == "") {
		return after, nil
	}
	_, err = tx.ExecContext(ctx, `UPDATE runs SET failures = $1, failing_since = $2, undelivered = $3, replays = $4, reached = $5,
		accepted = $6 WHERE id = $7`, after.Failures, streak.since, after.Undelivered, after.Replays, after.Reached, after.Accepted, a.run)
	return after, err
}

// streak is rows in a row that failed for one reason.
type streak struct {
	since int64 // the attempt that began it
	why   string
}

// brakesOf returns the brakes of a run as they are stored; the zero value for a run that is not recorded.
func brakesOf(ctx context.Context, db Queryer, run int64) (b outcome.Brakes, s streak, err error) {
	var kind outcome.Kind
	var code, text string
	err = db.QueryRowContext(ctx, `SELECT r.failures, r.failing_since, r.undelivered, r.replays, r.reached, r.accepted,
		coalesce(a.kind, ''), coalesce(a.code, ''), coalesce(a.text, '') FROM runs r LEFT JOIN attempts a ON a.id = r.failing_since
		WHERE r.id = $1`, run).
		Scan(&b.Failures, &s.since, &b.Undelivered, &b.Replays, &b.Reached, &b.Accepted, &kind, &code, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return b, s, nil
	}
	s.why = outcome.FailureReason(kind, code, text)
	return b, s, err
}

// TakeUp begins to send a campaign in a run, or goes on with what another process of that run has begun: the caller holds the
// campaign's lock. It does what Abandon does, and returns the brakes of the run, which know whether Kanal has accepted a message
// of the campaign before.
func (l *Ledger) TakeUp(ctx context.Context, campaignID, runID int64, delay time.Duration) (b outcome.Brakes, err error) {
	if _, err := l.Abandon(ctx, campaignID, delay); err != nil {
		return b, err
	}
	_, err = l.db.ExecContext(ctx, `UPDATE runs SET accepted = TRUE WHERE id = $1 AND NOT accepted
		AND EXISTS (SELECT 1 FROM rows WHERE campaign_id = $2 AND status = 'sent')`, runID, campaignID)
	if err != nil {
		return b, err
	}
	b, _, err = brakesOf(ctx, l.db, runID)
	return b, err
}

// hold stores that Kanal asks for a wait on the key. Of several, the longest holds; one that was noted before the clock was set
// back counts from now. None is longer than kanal.LongestWait. One that was asked past, and is over, is lifted before.
func hold(ctx context.Context, tx *sql.Tx, a answered, s Settlement, wait time.Duration, now time.Time) error {
	if s.PastHold && s.Try.Answer.PassedLimit() {
		if _, err := tx.ExecContext(ctx, "DELETE FROM holds WHERE pace_key = $1 AND noted_at <= $2", a.paceKey, a.began); err != nil {
			return err
		}
	}
	if wait == 0 {
		return nil
	}
	noted, until, err := held(ctx, tx, a.paceKey)
	if err != nil {
		return err
	}
	noted, until = millis(now), max(until-max(noted-millis(now), 0), millis(now.Add(wait)))
	_, err = tx.ExecContext(ctx, `INSERT INTO holds (pace_key, noted_at, until) VALUES ($1, $2, $3)
		ON CONFLICT (pace_key) DO UPDATE SET noted_at = $2, until = $3`, a.paceKey, noted, until)
	return err
}

// held returns when Kanal's wait for a key was noted and when it is over; zeros without one. Earlier versions have stored what
// Kanal told, however absurd.
func held(ctx context.Context, tx *sql.Tx, paceKey string) (noted, until int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT noted_at, until FROM holds WHERE pace_key = $1", paceKey).Scan(&noted, &until)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return noted, min(until, noted+kanal.LongestWait.Milliseconds()), err
}
