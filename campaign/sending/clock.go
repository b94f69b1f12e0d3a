package sending

import (
	"time"

	"kanal-campaign/campaign/ledger"
)

const (
	// clockSlip is how far the two clocks may move apart between two looks without a reason.
	clockSlip = time.Second
	// lookAgain is how often a run that waits looks at the wall clock: after a sleep its own timers stand as they stood.
	lookAgain = 5 * time.Second
)

// clocks holds the wall clock against the steady one of time.Now, which stands still while a computer sleeps and knows
// nothing of a clock that is set. A run measures its own waits by the steady clock; the wall clock is for what the ledger
// keeps, and for the age of a doubt.
type clocks struct {
	wall   func() time.Time
	steady time.Time // at the last look
	looked time.Time // the wall clock's time then
	latest time.Time // never goes back
}

// newClocks returns clocks whose latest time is not before the one given.
func newClocks(wall func() time.Time, latest time.Time) *clocks {
	return &clocks{wall: wall, steady: time.Now(), looked: wall(), latest: latest}
}

// jumped reports whether the wall clock has moved otherwise than time has passed since the last look.
func (c *clocks) jumped() bool {
	steady, wall := time.Now(), c.wall()
	passed := steady.Sub(c.steady)
	slip := wall.Sub(c.looked) - passed
	c.latest = c.latest.Add(passed)
	if wall.After(c.latest) {
		c.latest = wall
	}
	c.steady, c.looked = steady, wall
	return slip.Abs() > clockSlip
}

// now returns the latest time that it can be: ages by it count sleep, and do not shrink when the clock is set back.
func (c *clocks) now() time.Time { return c.latest.Add(time.Since(c.steady)) }

// stillDue reports whether a doubt that is to be tried again is young enough, after a delay.
func (r *run) stillDue(a attempt, delay time.Duration) bool {
	age := r.clocks.now().Sub(a.since) + delay
	return r.Only != nil || a.row.State.Due(a.row.State.DoubtSince.Add(age))
}

// lookAtClock holds everyone up once the clock was set or the computer slept: by the ledger's times nobody can tell any
// more which requests Kanal saw in the last minute, nor how long one without an answer may still take.
func (r *run) lookAtClock() {
	if !r.clocks.jumped() {
		return
	}
	r.Log.Warn("the clock was set, or the computer slept")
	r.source.goBack() // hours that were far may be near, and the other way round
	r.shut.until = time.Time{}
	r.pace.restart(time.Now().Add(max(ledger.Window, r.Timeout)), WaitClock)
}
