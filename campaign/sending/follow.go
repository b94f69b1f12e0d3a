package sending

import (
	"context"
	"time"

	"go.uber.org/zap"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// follow draws the conclusions of an answer for the run as a whole.
func (r *run) follow(a attempt, next outcome.Next) {
	if a.answer.Kind != outcome.NotDelivered {
		r.asking = false
	}
	if next.Hold > 0 {
		r.pace.pause(time.Now().Add(next.Hold), WaitAsked)
	}
	if next.Pause { // a server that one request does not reach, no request reaches
		r.pace.pause(a.due, WaitNetwork)
	}
	if next.Stop == "" {
		return
	}
	stop := Stop{Code: StopCode(next.Stop), Row: a.row, Answer: a.answer, Count: next.Count}
	switch stop.Code {
	case StopNetwork:
		stop.Never = !r.brakes.Reached
	case StopLongWait:
		stop.Until = r.Ledger.Now().Add(next.Hold)
	}
	r.end(stop)
}

// noteOther gives an acceptance its cause where Kanal says that it messaged somebody else, and that number's digits.
func noteOther(a *outcome.Answer, phone string) {
	if a.Kind != outcome.Accepted {
		return
	}
	if another := number.Another(a.Phone, phone); another != "" {
		a.Cause, a.Phone = outcome.CauseOtherNumber, another
		a.Text = record.Detail{Messaged: another}.String()
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
