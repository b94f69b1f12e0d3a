package campaign

import (
	"context"
	"time"

	"github.com/cenkalti/backoff/v5"
	"go.uber.org/zap"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
)

// The delays between tries, jittered by the backoff library by half either way.
const (
	firstDelay = 2 * time.Second
	lastDelay  = time.Minute
)

// retryDelay returns how long the row waits before another try under the same key; 0 when its answer settles it.
func (r *run) retryDelay(a attempt) time.Duration {
	switch a.answer.Kind {
	case outcome.Throttled: // what Kanal asks for is the whole key's wait
		return time.Second
	case outcome.NotDelivered:
		return backoffDelay(r.undelivered + 1)
	case outcome.Doubt:
		free := a.answer.KeyFreeAt(a.began.Add(r.Timeout), r.DoubtDelay)
		return max(backoffDelay(a.tries), time.Until(free))
	}
	return 0
}

// backoffDelay returns the delay after the nth failure in a row, from 1.
func backoffDelay(n int) time.Duration {
	policy := backoff.NewExponentialBackOff()
	policy.InitialInterval, policy.Multiplier, policy.MaxInterval = firstDelay, 2, lastDelay
	delay := policy.NextBackOff()
	for range min(n, 10) - 1 {
		delay = policy.NextBackOff()
	}
	return delay
}

// follow draws the conclusions of an answer for the run as a whole.
func (r *run) follow(ctx context.Context, a attempt) error {
	if a.answer.Kind != outcome.NotDelivered {
		r.reached, r.undelivered = true, 0
		if err := r.answered(ctx, a); err != nil {
			return err
		}
	}
	switch a.answer.Kind {
	case outcome.Accepted:
		r.accepted++
		r.replays = 0
		r.failures.none()
		if a.answer.Cause == outcome.CauseOtherNumber {
			r.end(Stop{Code: StopOtherNumber, Row: a.row, Answer: a.answer})
		}
	case outcome.Replayed:
		r.replayed(a)
	case outcome.Refusal:
		r.failed(a, a.answer.Code+" "+a.answer.Text)
	case outcome.Doubt:
		r.failed(a, "in doubt")
		if a.answer.RetryAfter > 0 { // such as a 503 that says for how long
			return r.asked(ctx, a)
		}
	case outcome.Throttled:
		return r.asked(ctx, a)
	case outcome.NotDelivered:
		r.notDelivered(a)
	case outcome.Halt:
		r.end(Stop{Code: StopHalted, Row: a.row, Answer: a.answer})
	}
	return nil
}

// answered takes the answer to a request that was sent although Kanal had asked for a wait: whatever passed Kanal's limit shows
// that the wait is over.
func (r *run) answered(ctx context.Context, a attempt) error {
	if !r.asking {
		return nil
	}
	r.asking = false
	switch a.answer.Kind {
	case outcome.Accepted, outcome.Replayed, outcome.Refusal:
		return r.Ledger.Lift(context.WithoutCancel(ctx), r.PaceKey, r.Ledger.Now().Add(-time.Since(a.began)))
	}
	return nil
}

// noteOther gives an acceptance its cause where Kanal says that it messaged somebody else, and that number's digits.
func noteOther(a *outcome.Answer, phone string) {
	if a.Kind != outcome.Accepted {
		return
	}
	if another := number.Another(a.Phone, phone); another != "" {
		a.Cause, a.Phone = outcome.CauseOtherNumber, another
		a.Text = "Kanal says that it messaged +" + another
	}
}

func (r *run) replayed(a attempt) {
	if a.row.State.Status == outcome.Unknown {
		r.failed(a, "in doubt")
		return
	}
	r.failures.none()
	if a.row.State.Cause != outcome.CauseNotFromThisLedger {
		return
	}
	r.replays++
	if r.accepted == 0 && r.replays >= earlierReplays && !r.ContinueEarlier {
		r.end(Stop{Code: StopEarlierRun, Row: a.row, Answer: a.answer, Count: r.replays})
	}
}

// asked has everyone wait as an answer asks for.
func (r *run) asked(ctx context.Context, a attempt) error {
	wait := max(a.answer.RetryAfter, time.Second)
	until := r.Ledger.Now().Add(wait)
	if err := r.Ledger.Hold(context.WithoutCancel(ctx), r.PaceKey, until); err != nil {
		return err
	}
	r.pace.pause(time.Now().Add(wait), WaitAsked)
	if a.answer.RetryAfter > longestWait {
		r.end(Stop{Code: StopLongWait, Row: a.row, Answer: a.answer, Until: until})
	}
	return nil
}

// notDelivered slows everyone down: a server that one request does not reach, no request reaches.
func (r *run) notDelivered(a attempt) {
	if a.answer.Cause == string(kanal.CauseCancelled) {
		return
	}
	r.undelivered++
	r.pace.pause(a.due, WaitNetwork)
	if r.undelivered >= maxUndelivered {
		r.end(Stop{Code: StopNetwork, Row: a.row, Answer: a.answer, Count: r.undelivered, Never: !r.reached})
	}
}

func (r *run) failed(a attempt, why string) {
	if n := r.failures.add(a.row.ID, why); n >= r.MaxFailures {
		r.end(Stop{Code: StopFailures, Row: a.row, Answer: a.answer, Count: n})
	}
}

// leaveOut drops a row whose person must not get it any more.
func (r *run) leaveOut(ctx context.Context, a attempt, left *ledger.LeftOutError) error {
	was := a.row.State.Status
	if err := r.Ledger.LeaveOut(ctx, &a.row, left); err != nil {
		return err
	}
	r.held[a.row.ID] = true
	r.Log.Info("left out", rowFields(a.row, zap.String("cause", left.Cause))...)
	r.progress.Counts[was]--
	r.progress.Counts[a.row.State.Status]++
	r.progress.Left = max(0, r.progress.Left-1)
	return nil
}

// failures counts rows in a row, in order of completion, that failed for one reason.
type failures struct {
	why  string
	rows map[int64]bool
}

func (f *failures) none() { f.why, f.rows = "", nil }

// add counts a row once, however often it fails, and returns the number of rows.
func (f *failures) add(rowID int64, why string) int {
	if f.rows == nil || why != f.why {
		f.why, f.rows = why, map[int64]bool{}
	}
	f.rows[rowID] = true
	return len(f.rows)
}
