package sending_test

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal/sandbox"
)

// jumpyClock is a wall clock that can be set, and that jumps while the computer sleeps; the steady clock, by which timers
// run, knows of neither.
type jumpyClock struct{ ahead atomic.Int64 }

func (c *jumpyClock) now() time.Time { return time.Now().Round(0).Add(time.Duration(c.ahead.Load())) }

func (c *jumpyClock) jump(by time.Duration) { c.ahead.Add(int64(by)) }

// jumpIn makes the bench's wall clock jump once, at a time from now.
func jumpIn(b *sendingtest.Bench, wait, by time.Duration) *jumpyClock {
	clock := &jumpyClock{}
	b.Ledger.Clock = clock.now
	time.AfterFunc(wait, func() { clock.jump(by) })
	return clock
}

const (
	anHour   = time.Hour
	aDay     = 24 * time.Hour
	aWeekend = 62 * time.Hour
)

// jumps are a nap, an hour's sleep and a weekend's, which are clocks set forward as well, and clocks set back.
var jumps = []time.Duration{90 * time.Second, anHour, aWeekend, -anHour, -aDay}

// The wall clock jumps while the window is full, requests are in flight and rows in doubt wait, in two runs that share
// the pace. Kanal's clock does not jump, so that what the runs forgot would show.
func TestClockJumpsInAFullWindow(t *testing.T) {
	for _, by := range jumps {
		t.Run(by.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const rows = 60
				b := sendingtest.NewBench(t, rows, sandbox.Options{Window: sandbox.SlidingWindow, Faults: sandbox.Faults{Script: map[int]sandbox.Fault{
					20: sandbox.Error503Before, 45: sandbox.DropAfter, 50: sandbox.DropBefore, 58: sandbox.Error500After}}})
				defer b.Close()
				jumpIn(b, 40*time.Second, by) // 60 requests have left by then
				b.Wire.Jitter = time.Second
				other := b.NewSender("autumn", sendingtest.Audience(rows))
				began := time.Now()
				var both sync.WaitGroup
				for _, s := range []*sending.Sender{b.Sender, other} {
					both.Go(func() {
						if stop, err := s.Run(t.Context(), nil); err != nil || stop.Code != sending.StopDone {
							t.Errorf("stopped: %+v, %v", stop, err)
						}
					})
				}
				both.Wait()
				b.Windows(sending.DefaultRate)
				for _, r := range b.Server.Requests() {
					if r.Status == http.StatusTooManyRequests {
						t.Fatal("the server had to throttle")
					}
				}
				if took := time.Since(began); took > 5*time.Minute {
					t.Errorf("it took %s", took)
				}
				unknown := 0
				for _, s := range []*sending.Sender{b.Sender, other} {
					counts := b.Statuses(s)
					unknown += counts[outcome.Unknown]
					if counts[outcome.Pending] > 0 {
						t.Errorf("%s: %v", s.Campaign.Name, counts)
					}
				}
				if old := by > outcome.DoubtLife; old != (unknown > 0) {
					t.Errorf("%d rows are in doubt after a jump of %s", unknown, by)
				}
				if keys, n := keysOf(b.Server.Accepted()), len(b.Server.Accepted()); keys != n || n+unknown < 2*rows {
					t.Errorf("%d accepted under %d keys, and %d in doubt", n, keys, unknown)
				}
			})
		})
	}
}

func keysOf(accepted []sandbox.Acceptance) int {
	keys := map[string]bool{}
	for _, a := range accepted {
		keys[a.Key] = true
	}
	return len(keys)
}

// A row waits for another try, or its request is in flight, when the clock jumps: old doubts are left to the user, young
// ones are tried again, and never before the first request has surely ended.
func TestClockJumpsWhileARowIsInDoubt(t *testing.T) {
	for name, latency := range map[string]time.Duration{"waiting": 0, "in flight": 20 * time.Second} {
		for _, by := range jumps {
			t.Run(fmt.Sprint(name, " ", by), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					b := sendingtest.NewBench(t, 3, sandbox.Options{Faults: sandbox.Faults{
						Latency: latency, Script: map[int]sandbox.Fault{1: sandbox.DropAfter}}})
					defer b.Close()
					jumpIn(b, 10*time.Second, by)
					began := time.Now()
					if stop := b.Run(b.Sender); stop.Code != sending.StopDone {
						t.Fatalf("stopped: %+v", stop)
					}
					if took := time.Since(began); took > 4*time.Minute {
						t.Errorf("it took %s", took)
					}
					b.Agree(b.Sender)
					want, tries := outcome.AlreadySent, 2
					if by > outcome.DoubtLife {
						want, tries = outcome.Unknown, 1
					}
					first := b.Rows(b.Sender)[2]
					var times []time.Time
					for _, r := range b.Server.Requests() {
						if r.Key == first.Key.String() {
							times = append(times, r.Time)
						}
					}
					if first.State.Status != want || len(times) != tries {
						t.Fatalf("the row is %s after %d requests, want %s after %d", first.State.Status, len(times), want, tries)
					}
					if tries == 2 && times[1].Sub(times[0]) < sending.DefaultDoubtDelay {
						t.Errorf("tried again after %s", times[1].Sub(times[0]))
					}
				})
			})
		}
	}
}

// Kanal asks for ten minutes, and the clock jumps. Asleep, the wait passes; a clock set back does not prolong it, not even
// where a second request is told to wait after that.
func TestClockJumpsDuringAWaitThatKanalAskedFor(t *testing.T) {
	for _, by := range jumps {
		t.Run(by.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const asked = 10 * time.Minute
				b := sendingtest.NewBench(t, 6, sandbox.Options{Faults: sandbox.Faults{Latency: 4 * time.Second, RetryAfter: asked,
					Script: map[int]sandbox.Fault{3: sandbox.Throttle, 4: sandbox.Throttle}}})
				defer b.Close()
				jumpIn(b, 9500*time.Millisecond, by) // between the two answers, or close to it
				began := time.Now()
				if stop := b.Run(b.Sender); stop.Code != sending.StopDone {
					t.Fatalf("stopped: %+v", stop)
				}
				took := time.Since(began)
				if took > asked+3*time.Minute {
					t.Errorf("it took %s", took)
				}
				if n := len(b.Server.Accepted()); n != 6 {
					t.Errorf("%d accepted, want 6", n)
				}
				b.Agree(b.Sender)
			})
		})
	}
}

// Asleep for longer than Kanal asked to wait: the run goes on soon after waking, though its own timers stood still.
func TestSleepCountsAsWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 3, sandbox.Options{Faults: sandbox.Faults{RetryAfter: 14 * time.Minute,
			Script: map[int]sandbox.Fault{2: sandbox.Throttle}}})
		defer b.Close()
		jumpIn(b, 30*time.Second, anHour)
		var shown []sending.WaitReason
		b.Sender.Watch = func(p sending.Progress) { shown = append(shown, p.Wait.For) }
		began := time.Now()
		b.Run(b.Sender)
		// The throttled row itself waits for as long as it was told, by the steady clock.
		third := b.Server.Requests()[2].Time.Sub(began)
		if third > 2*time.Minute {
			t.Errorf("the next message left %s after the start, want soon after waking", third)
		}
		told := false
		for _, reason := range shown {
			told = told || reason == sending.WaitClock
		}
		if !told {
			t.Errorf("nobody was told why it waits: %v", shown)
		}
		b.Agree(b.Sender)
	})
}

// The clock jumps between two runs.
func TestClockSetBackBetweenRuns(t *testing.T) {
	for _, by := range []time.Duration{-anHour, -13 * time.Hour, -aDay} {
		t.Run(by.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := sendingtest.NewBench(t, 62, sandbox.Options{Window: sandbox.SlidingWindow,
					Faults: sandbox.Faults{Script: map[int]sandbox.Fault{60: sandbox.DropAfter}}})
				defer b.Close()
				clock := jumpIn(b, aWeekend*10, 0)
				b.KeepToFirst(b.Sender, 60)
				stop := make(chan struct{})
				time.AfterFunc(61*time.Second, func() { close(stop) }) // the doubt waits for its second try
				if _, err := b.Sender.Run(t.Context(), stop); err != nil {
					t.Fatal(err)
				}
				clock.jump(by)
				b.Sender.Part = nil
				began := time.Now()
				b.Run(b.Sender)
				if took := time.Since(began); took > 3*time.Minute {
					t.Errorf("the resumed run took %s", took)
				}
				b.Windows(sending.DefaultRate)
				b.Agree(b.Sender)
				if n := len(b.Server.Accepted()); n != 62 {
					t.Errorf("%d accepted, want 62", n)
				}
			})
		})
	}
}

// A doubt that a run has seen old is not tried again after the clock was set back, however young it then looks.
func TestOldDoubtStaysOldWhenTheClockIsSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 1, sandbox.Options{Faults: sandbox.Faults{Rates: map[sandbox.Fault]float64{sandbox.DropAfter: 1}}})
		defer b.Close()
		clock := jumpIn(b, aWeekend, 0)
		b.Run(b.Sender)
		tried := len(b.Server.Requests())
		resume := func() {
			if _, err := b.Ledger.StartRun(t.Context(), record.Run{Campaign: "spring", Command: "test"}); err != nil {
				t.Fatal(err)
			}
			b.Run(b.Sender)
			if n := len(b.Server.Requests()); n != tried {
				t.Errorf("a doubt of over 12 hours was tried %d times more", n-tried)
			}
		}
		time.Sleep(13 * time.Hour)
		resume()
		clock.jump(-12 * time.Hour)
		resume()
		if got := b.Rows(b.Sender)[2].State.Status; got != outcome.Unknown {
			t.Errorf("the row is %s", got)
		}
	})
}
