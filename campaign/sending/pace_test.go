package sending_test

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal/sandbox"
)

// No 60 seconds at the server ever hold more than 60 requests, whatever the network does, and the cap is used well.
func TestPaceAtTheServer(t *testing.T) {
	const rows = 250
	for _, form := range []sandbox.WindowForm{sandbox.FixedWindow, sandbox.SlidingWindow} {
		for _, jitter := range []time.Duration{0, 200 * time.Millisecond, 1500 * time.Millisecond} { // each way
			t.Run(fmt.Sprintf("%s/%s", form, 2*jitter), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					b := sendingtest.NewBench(t, rows, sandbox.Options{Window: form})
					defer b.Close()
					b.Wire.Jitter = jitter
					began := time.Now()
					if stop := b.Run(b.Sender); stop.Code != sending.StopDone {
						t.Fatalf("stopped: %+v", stop)
					}
					used := (float64(rows) - 1) / time.Since(began).Seconds()
					b.Agree(b.Sender)
					b.Windows(60)
					for _, r := range b.Server.Requests() {
						if r.Status == 429 {
							t.Fatal("the server had to throttle")
						}
					}
					if used < 0.95 {
						t.Errorf("%.3f of the cap was used", used)
					}
					t.Logf("%.3f of the cap", used)
				})
			})
		}
	}
}

// Two runners with one API key share one pace, through the ledger.
func TestTwoRunnersShareThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 150, sandbox.Options{Window: sandbox.SlidingWindow})
		defer b.Close()
		b.Wire.Jitter = time.Second
		other := b.NewSender("autumn", sendingtest.Audience(150))
		var both sync.WaitGroup
		for _, s := range []*sending.Sender{b.Sender, other} {
			both.Go(func() {
				if stop, err := s.Run(t.Context(), nil); err != nil || stop.Code != sending.StopDone {
					t.Errorf("stopped: %+v, %v", stop, err)
				}
			})
		}
		both.Wait()
		b.Windows(60)
		if n := len(b.Server.Accepted()); n != 300 {
			t.Errorf("%d accepted, want 300", n)
		}
	})
}
