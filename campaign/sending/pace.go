package sending

import (
	"time"

	"golang.org/x/time/rate"

	"kanal-campaign/campaign/ledger"
)

// pollWindow is how soon the ledger is asked again when the window is full of requests that other processes, too, are
// waiting for: their answers do not wake this one.
const pollWindow = 250 * time.Millisecond

// pacer says when the next attempt may ask the ledger to begin. It spaces attempts evenly; that no 60 seconds hold more
// than the limit, over all processes, is the ledger's to grant. A turn that was waited for is kept until it is taken. Its
// times are the steady clock's.
type pacer struct {
	limiter *rate.Limiter
	at      time.Time // of the turn being waited for; zero without one
	until   time.Time // nobody sends before
	reason  WaitReason
	with    string // the campaign that the limit was shared with at sharedAt

	sharedAt time.Time
}

// newPacer returns a pacer for so many attempts a minute. The burst is 1: with more, that many would leave on top of
// the limit.
func newPacer(perMinute int) *pacer {
	return &pacer{limiter: rate.NewLimiter(rate.Limit(float64(perMinute)/60), 1)}
}

// turn returns when the next attempt may be made, and what is waited for beyond the ordinary spacing. A time that is
// not after now means at once.
func (p *pacer) turn(now time.Time) (time.Time, Wait) {
	if p.until.After(now) {
		return p.until, Wait{For: p.reason, Until: p.until}
	}
	if p.at.IsZero() {
		p.at = now.Add(p.limiter.ReserveN(now, 1).DelayFrom(now))
	}
	return p.at, Wait{}
}

// shares names the campaign that the limit is shared with, as far as the last minute tells; "" without one.
func (p *pacer) shares(now time.Time) string {
	if now.Sub(p.sharedAt) > ledger.Window {
		return ""
	}
	return p.with
}

// taken says that an attempt was made in the turn.
func (p *pacer) taken() { p.at = time.Time{} }

// blocked notes why the ledger did not let an attempt begin, and for how long.
func (p *pacer) blocked(w ledger.WaitError, left time.Duration) {
	if w.With != "" {
		p.with, p.sharedAt = w.With, time.Now()
	}
	switch {
	case w.Held:
		p.pause(time.Now().Add(left), WaitAsked)
	case w.Until.IsZero():
		p.pause(time.Now().Add(pollWindow), WaitLimit)
	default:
		p.pause(time.Now().Add(left), WaitLimit)
	}
}

// pause keeps everyone from sending before until.
func (p *pacer) pause(until time.Time, reason WaitReason) {
	if until.After(p.until) {
		p.until, p.reason = until, reason
	}
}

// restart forgets what was waited for, and keeps everyone from sending before until.
func (p *pacer) restart(until time.Time, reason WaitReason) {
	p.at, p.until, p.reason = time.Time{}, until, reason
}
