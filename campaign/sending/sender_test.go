package sending_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal/sandbox"
)

func TestCleanRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 12, sandbox.Options{})
		defer b.Close()
		if stop := b.Run(b.Sender); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		b.Agree(b.Sender)
		if n := len(b.Server.Accepted()); n != 12 {
			t.Errorf("%d accepted", n)
		}
		for i, a := range b.Server.Accepted() {
			if want := fmt.Sprintf("336123%05d", i); a.Number != want {
				t.Errorf("message %d went to %s, want %s: not in file order", i, a.Number, want)
			}
		}
	})
}

// What one fault on the second row's first request leads to.
func TestFaultOnOneRow(t *testing.T) {
	for _, test := range []struct {
		fault    sandbox.Fault
		options  sandbox.Options
		status   outcome.Status
		requests int
	}{
		{fault: sandbox.DropAfter, status: outcome.AlreadySent, requests: 4},
		{fault: sandbox.DropBefore, status: outcome.Sent, requests: 4},
		{fault: sandbox.Error500After, status: outcome.AlreadySent, requests: 4},
		{fault: sandbox.Error503Before, status: outcome.Sent, requests: 4},
		{fault: sandbox.Truncated200, status: outcome.AlreadySent, requests: 4},
		{fault: sandbox.Garbage200, status: outcome.AlreadySent, requests: 4},
		{fault: sandbox.NoMessageID, status: outcome.AlreadySent, requests: 4},
		{fault: sandbox.HTML502, status: outcome.Sent, requests: 4},
		{fault: sandbox.Conflict, status: outcome.Sent, requests: 4},
		{fault: sandbox.Platform131000, status: outcome.Sent, requests: 4},
		{fault: sandbox.Throttle, status: outcome.Sent, requests: 4},
		{fault: sandbox.ThrottleLaravel, status: outcome.Sent, requests: 4},
		{fault: sandbox.ThrottleHTML, status: outcome.Sent, requests: 4},
		{fault: sandbox.Platform130429, status: outcome.Sent, requests: 4},
	} {
		t.Run(string(test.fault), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				test.options.Faults = sandbox.Faults{Script: map[int]sandbox.Fault{2: test.fault}}
				b := sendingtest.NewBench(t, 3, test.options)
				defer b.Close()
				if stop := b.Run(b.Sender); stop.Code != sending.StopDone {
					t.Fatalf("stopped: %+v", stop)
				}
				b.Agree(b.Sender)
				if got := b.Rows(b.Sender)[3]; got.State.Status != test.status {
					t.Errorf("row 3 is %s (%s), want %s", got.State.Status, got.Error, test.status)
				}
				if n := len(b.Server.Requests()); n != test.requests {
					t.Errorf("%d requests, want %d", n, test.requests)
				}
				if n := len(b.Server.Accepted()); n != 3 {
					t.Errorf("%d accepted, want 3", n)
				}
			})
		})
	}
}

func TestBrokenConnectionIsNotRetriedBeforeTheDoubtDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 1, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.DropAfter}}})
		defer b.Close()
		b.Run(b.Sender)
		requests := b.Server.Requests()
		if len(requests) != 2 {
			t.Fatalf("%d requests, want 2", len(requests))
		}
		if gap := requests[1].Time.Sub(requests[0].Time); gap < sending.DefaultDoubtDelay {
			t.Errorf("tried again after %s, before the doubt delay", gap)
		}
	})
}

func TestDoubtIsTriedFiveTimesInARun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 1, sandbox.Options{Faults: sandbox.Faults{Rates: map[sandbox.Fault]float64{sandbox.Error500Before: 1}}})
		defer b.Close()
		if stop := b.Run(b.Sender); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		if n := len(b.Server.Requests()); n != 5 {
			t.Errorf("%d requests, want 5", n)
		}
		if got := b.Rows(b.Sender)[2].State.Status; got != outcome.Unknown {
			t.Errorf("the row is %s, want unknown", got)
		}
	})
}

func TestRefusedAfterDoubtStaysUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 2, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.DropAfter}}})
		defer b.Close()
		go func() {
			time.Sleep(10 * time.Second) // after the doubt, before its retry
			b.Server.OptOut("33612300000")
		}()
		b.Run(b.Sender)
		row := b.Rows(b.Sender)[2]
		if row.State.Status != outcome.Unknown || row.Error != "Contact has opted out from receiving messages" {
			t.Errorf("row 2 is %s with %q, want unknown with the refusal's text", row.State.Status, row.Error)
		}
		b.Agree(b.Sender)
	})
}

func TestHaltBurnsNoFurtherRow(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.Unauthorized, sandbox.NoSubscription, sandbox.Redirect} {
		t.Run(string(fault), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := sendingtest.NewBench(t, 5, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{3: fault}}})
				defer b.Close()
				stop := b.Run(b.Sender)
				if stop.Code != sending.StopHalted || stop.Row.Number != 4 {
					t.Fatalf("stopped: %+v", stop)
				}
				if n := len(b.Server.Requests()); n != 3 {
					t.Errorf("%d requests, want 3", n)
				}
				want := map[outcome.Status]int{outcome.Sent: 2, outcome.Pending: 3}
				if got := b.Statuses(b.Sender); fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("statuses %v, want %v", got, want)
				}
				b.Server.SetFaults(sandbox.Faults{})
				b.Run(b.Sender)
				b.Agree(b.Sender)
				if n := len(b.Server.Accepted()); n != 5 {
					t.Errorf("%d accepted after the resume, want 5", n)
				}
			})
		})
	}
}

func TestLostLedgerStopsAfterFiveReplays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 8, sandbox.Options{})
		defer b.Close()
		b.Run(b.Sender)

		lost := sendingtest.NewBench(t, 8, sandbox.Options{})
		defer lost.Close()
		lost.Server, lost.Wire.Server = b.Server, b.Server
		if stop := lost.Run(lost.Sender); stop.Code != sending.StopEarlierRun || stop.Count != 5 {
			t.Fatalf("stopped: %+v", stop)
		}
		if got := lost.Statuses(lost.Sender)[outcome.Pending]; got != 3 {
			t.Errorf("%d rows pending, want 3", got)
		}
		lost.Sender.ContinueEarlier = true
		if stop := lost.Run(lost.Sender); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		if got := lost.Statuses(lost.Sender)[outcome.AlreadySent]; got != 8 {
			t.Errorf("%d rows already_sent, want 8", got)
		}
		if n := len(b.Server.Accepted()); n != 8 {
			t.Errorf("%d accepted, want 8", n)
		}
	})
}

func TestReplayAfterRefusalProvesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 1, sandbox.Options{FailuresUseKey: true, LookupKeyFirst: true})
		defer b.Close()
		const heldBack = "33600000003"
		s := b.NewSender("held back", "phone,prenom,code\n"+heldBack+",Zoé,A\n")
		b.Run(s)
		if got := b.Rows(s)[2].State.Status; got != outcome.Rejected {
			t.Fatalf("the row is %s, want rejected", got)
		}
		all := func(row record.Row) bool { return true }
		if _, err := b.Ledger.Requeue(t.Context(), s.Campaign.ID, all); err != nil {
			t.Fatal(err)
		}
		b.Run(s)
		if got := b.Rows(s)[2].State; got.Status != outcome.Unknown || got.Cause != outcome.CauseKeyUsed {
			t.Errorf("the row is %s (%s), want unknown (key-used)", got.Status, got.Cause)
		}
	})
}

// A send failure by the platform is no acceptance either: a 201 behind it proves nothing.
func TestReplayAfterPlatformThrottleProvesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 2, sandbox.Options{FailuresUseKey: true,
			Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.Platform130429}}})
		defer b.Close()
		b.Run(b.Sender)
		if got := b.Rows(b.Sender)[2].State; got.Status != outcome.Unknown || got.Cause != outcome.CauseKeyUsed {
			t.Errorf("the row is %s (%s), want unknown (key-used)", got.Status, got.Cause)
		}
		b.Agree(b.Sender)
	})
}

// A computer that sleeps while a row waits for its next try wakes up with an old doubt: that is for the user to decide.
func TestDoubtThatGrewOldInItsRunIsNotRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 1, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.DropAfter}}})
		defer b.Close()
		b.Sender.DoubtDelay = 13 * time.Hour
		b.Run(b.Sender)
		if n := len(b.Server.Requests()); n != 1 {
			t.Errorf("%d requests, want 1", n)
		}
	})
}

func TestOtherNumberStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 3, sandbox.Options{})
		defer b.Close()
		b.Wire.Rewrite = func(body string) string { return strings.ReplaceAll(body, "33612300000", "33612399999") }
		if stop := b.Run(b.Sender); stop.Code != sending.StopOtherNumber || stop.Row.Number != 2 {
			t.Fatalf("stopped: %+v", stop)
		}
		row := b.Rows(b.Sender)[2]
		if row.State.Status != outcome.Sent || row.State.Cause != outcome.CauseOtherNumber || !strings.Contains(row.Error, "33612399999") {
			t.Errorf("the row reads %s, %s, %q", row.State.Status, row.State.Cause, row.Error)
		}
		if n := len(b.Server.Requests()); n != 1 {
			t.Errorf("%d requests, want 1", n)
		}
	})
}

func TestFailuresInARowPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 60, sandbox.Options{Faults: sandbox.Faults{Rates: map[sandbox.Fault]float64{sandbox.Error503Before: 1}}})
		defer b.Close()
		b.Sender.MaxFailures = 7
		stop := b.Run(b.Sender)
		if stop.Code != sending.StopFailures || stop.Count != 7 {
			t.Fatalf("stopped: %+v", stop)
		}
		touched := b.Statuses(b.Sender)[outcome.Unknown]
		if touched < 7 || touched > 8 {
			t.Errorf("%d rows in doubt, want 7, or 8 with one in flight", touched)
		}
	})
}

func TestThrottlingNeverCountsAsFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		script := map[int]sandbox.Fault{}
		for i := 1; i <= 30; i++ {
			script[i] = sandbox.Throttle
		}
		b := sendingtest.NewBench(t, 3, sandbox.Options{Faults: sandbox.Faults{Script: script}})
		defer b.Close()
		b.Sender.MaxFailures = 2
		if stop := b.Run(b.Sender); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		b.Agree(b.Sender)
	})
}

func TestLongWaitStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 3, sandbox.Options{Faults: sandbox.Faults{
			Script: map[int]sandbox.Fault{2: sandbox.Throttle}, RetryAfter: 16 * time.Minute}})
		defer b.Close()
		if stop := b.Run(b.Sender); stop.Code != sending.StopLongWait {
			t.Fatalf("stopped: %+v", stop)
		}
		if n := len(b.Server.Requests()); n != 2 {
			t.Errorf("%d requests, want 2", n)
		}
		// The wait is the key's: a second run obeys it, too.
		if stop := b.Run(b.Sender); stop.Code != sending.StopLongWait || len(b.Server.Requests()) != 2 {
			t.Errorf("the second run did not wait: %+v, %d requests", stop, len(b.Server.Requests()))
		}
	})
}

func TestUnreachableServerStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 3, sandbox.Options{})
		defer b.Close()
		b.Wire.Down = errors.New("dial tcp: connection refused")
		stop := b.Run(b.Sender)
		if stop.Code != sending.StopNetwork || !stop.Never {
			t.Fatalf("stopped: %+v", stop)
		}
		if got := b.Statuses(b.Sender)[outcome.Pending]; got != 3 {
			t.Errorf("%d rows pending, want 3", got)
		}
		b.Wire.Down = nil
		b.Run(b.Sender)
		b.Agree(b.Sender)
	})
}

func TestInterruptLetsRequestsSettle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 20, sandbox.Options{Faults: sandbox.Faults{Latency: 5 * time.Second}})
		defer b.Close()
		stop := make(chan struct{})
		time.AfterFunc(8*time.Second, func() { close(stop) })
		ended, err := b.Sender.Run(t.Context(), stop)
		if err != nil || ended.Code != sending.StopInterrupted {
			t.Fatalf("stopped: %+v, %v", ended, err)
		}
		counts := b.Statuses(b.Sender)
		if counts[outcome.Unknown] != 0 || counts[outcome.Sent] != len(b.Server.Accepted()) {
			t.Errorf("after the interrupt: %v, accepted %d", counts, len(b.Server.Accepted()))
		}
		b.Run(b.Sender)
		b.Agree(b.Sender)
		if n := len(b.Server.Accepted()); n != 20 {
			t.Errorf("%d accepted, want 20", n)
		}
	})
}

func TestOldDoubtIsNeverRetriedByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 1, sandbox.Options{Faults: sandbox.Faults{Rates: map[sandbox.Fault]float64{sandbox.DropAfter: 1}}})
		defer b.Close()
		b.Run(b.Sender)
		tried := len(b.Server.Requests())
		time.Sleep(12*time.Hour + time.Second)
		b.Run(b.Sender)
		if n := len(b.Server.Requests()); n != tried {
			t.Errorf("a doubt of over 12 hours was tried %d times more", n-tried)
		}
		b.Server.SetFaults(sandbox.Faults{})
		b.Sender.Only = func(row record.Row) bool { return row.State.Status == outcome.Unknown }
		b.Run(b.Sender)
		if got := b.Rows(b.Sender)[2].State.Status; got != outcome.AlreadySent {
			t.Errorf("on the user's word the row is %s, want already_sent", got)
		}
	})
}

func TestPilot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := sendingtest.NewBench(t, 10, sandbox.Options{})
		defer b.Close()
		b.KeepToFirst(b.Sender, 3)
		if stop := b.Run(b.Sender); stop.Code != sending.StopPilot {
			t.Fatalf("stopped: %+v", stop)
		}
		if n := len(b.Server.Accepted()); n != 3 {
			t.Errorf("%d accepted, want 3", n)
		}
		b.Sender.Part = nil
		b.Run(b.Sender)
		b.Agree(b.Sender)
	})
}
