package campaign_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/kanal/sandbox"
)

func TestCleanRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 12, sandbox.Options{})
		defer b.close()
		if stop := b.run(b.sender); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		b.agree(b.sender)
		if n := len(b.server.Accepted()); n != 12 {
			t.Errorf("%d accepted", n)
		}
		for i, a := range b.server.Accepted() {
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
				b := newBench(t, 3, test.options)
				defer b.close()
				if stop := b.run(b.sender); stop.Code != sending.StopDone {
					t.Fatalf("stopped: %+v", stop)
				}
				b.agree(b.sender)
				if got := b.rows(b.sender)[3]; got.State.Status != test.status {
					t.Errorf("row 3 is %s (%s), want %s", got.State.Status, got.Error, test.status)
				}
				if n := len(b.server.Requests()); n != test.requests {
					t.Errorf("%d requests, want %d", n, test.requests)
				}
				if n := len(b.server.Accepted()); n != 3 {
					t.Errorf("%d accepted, want 3", n)
				}
			})
		})
	}
}

func TestBrokenConnectionIsNotRetriedBeforeTheDoubtDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 1, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.DropAfter}}})
		defer b.close()
		b.run(b.sender)
		requests := b.server.Requests()
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
		b := newBench(t, 1, sandbox.Options{Faults: sandbox.Faults{Rates: map[sandbox.Fault]float64{sandbox.Error500Before: 1}}})
		defer b.close()
		if stop := b.run(b.sender); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		if n := len(b.server.Requests()); n != 5 {
			t.Errorf("%d requests, want 5", n)
		}
		if got := b.rows(b.sender)[2].State.Status; got != outcome.Unknown {
			t.Errorf("the row is %s, want unknown", got)
		}
	})
}

func TestRefusedAfterDoubtStaysUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 2, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.DropAfter}}})
		defer b.close()
		go func() {
			time.Sleep(10 * time.Second) // after the doubt, before its retry
			b.server.OptOut("33612300000")
		}()
		b.run(b.sender)
		row := b.rows(b.sender)[2]
		if row.State.Status != outcome.Unknown || row.Error != "Contact has opted out from receiving messages" {
			t.Errorf("row 2 is %s with %q, want unknown with the refusal's text", row.State.Status, row.Error)
		}
		b.agree(b.sender)
	})
}

func TestHaltBurnsNoFurtherRow(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.Unauthorized, sandbox.NoSubscription, sandbox.Redirect} {
		t.Run(string(fault), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, 5, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{3: fault}}})
				defer b.close()
				stop := b.run(b.sender)
				if stop.Code != sending.StopHalted || stop.Row.Number != 4 {
					t.Fatalf("stopped: %+v", stop)
				}
				if n := len(b.server.Requests()); n != 3 {
					t.Errorf("%d requests, want 3", n)
				}
				want := map[outcome.Status]int{outcome.Sent: 2, outcome.Pending: 3}
				if got := b.statuses(b.sender); fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("statuses %v, want %v", got, want)
				}
				b.server.SetFaults(sandbox.Faults{})
				b.run(b.sender)
				b.agree(b.sender)
				if n := len(b.server.Accepted()); n != 5 {
					t.Errorf("%d accepted after the resume, want 5", n)
				}
			})
		})
	}
}

func TestLostLedgerStopsAfterFiveReplays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 8, sandbox.Options{})
		defer b.close()
		b.run(b.sender)

		lost := newBench(t, 8, sandbox.Options{})
		defer lost.close()
		lost.server, lost.wire.server = b.server, b.server
		if stop := lost.run(lost.sender); stop.Code != sending.StopEarlierRun || stop.Count != 5 {
			t.Fatalf("stopped: %+v", stop)
		}
		if got := lost.statuses(lost.sender)[outcome.Pending]; got != 3 {
			t.Errorf("%d rows pending, want 3", got)
		}
		lost.sender.ContinueEarlier = true
		if stop := lost.run(lost.sender); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		if got := lost.statuses(lost.sender)[outcome.AlreadySent]; got != 8 {
			t.Errorf("%d rows already_sent, want 8", got)
		}
		if n := len(b.server.Accepted()); n != 8 {
			t.Errorf("%d accepted, want 8", n)
		}
	})
}

func TestReplayAfterRefusalProvesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 1, sandbox.Options{FailuresUseKey: true, LookupKeyFirst: true})
		defer b.close()
		const heldBack = "33600000003"
		s := b.newSender("held back", "phone,prenom,code\n"+heldBack+",Zoé,A\n")
		b.run(s)
		if got := b.rows(s)[2].State.Status; got != outcome.Rejected {
			t.Fatalf("the row is %s, want rejected", got)
		}
		all := func(row ledgerRow) bool { return true }
		if _, err := b.ledger.Requeue(t.Context(), s.Campaign.ID, all); err != nil {
			t.Fatal(err)
		}
		b.run(s)
		if got := b.rows(s)[2].State; got.Status != outcome.Unknown || got.Cause != outcome.CauseKeyUsed {
			t.Errorf("the row is %s (%s), want unknown (key-used)", got.Status, got.Cause)
		}
	})
}

// A send failure by the platform is no acceptance either: a 201 behind it proves nothing.
func TestReplayAfterPlatformThrottleProvesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 2, sandbox.Options{FailuresUseKey: true,
			Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.Platform130429}}})
		defer b.close()
		b.run(b.sender)
		if got := b.rows(b.sender)[2].State; got.Status != outcome.Unknown || got.Cause != outcome.CauseKeyUsed {
			t.Errorf("the row is %s (%s), want unknown (key-used)", got.Status, got.Cause)
		}
		b.agree(b.sender)
	})
}

// A computer that sleeps while a row waits for its next try wakes up with an old doubt: that is for the user to decide.
func TestDoubtThatGrewOldInItsRunIsNotRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 1, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.DropAfter}}})
		defer b.close()
		b.sender.DoubtDelay = 13 * time.Hour
		b.run(b.sender)
		if n := len(b.server.Requests()); n != 1 {
			t.Errorf("%d requests, want 1", n)
		}
	})
}

func TestOtherNumberStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3, sandbox.Options{})
		defer b.close()
		b.wire.rewrite = func(body string) string { return strings.ReplaceAll(body, "33612300000", "33612399999") }
		if stop := b.run(b.sender); stop.Code != sending.StopOtherNumber || stop.Row.Number != 2 {
			t.Fatalf("stopped: %+v", stop)
		}
		row := b.rows(b.sender)[2]
		if row.State.Status != outcome.Sent || row.State.Cause != outcome.CauseOtherNumber || !strings.Contains(row.Error, "33612399999") {
			t.Errorf("the row reads %s, %s, %q", row.State.Status, row.State.Cause, row.Error)
		}
		if n := len(b.server.Requests()); n != 1 {
			t.Errorf("%d requests, want 1", n)
		}
	})
}

func TestFailuresInARowPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 60, sandbox.Options{Faults: sandbox.Faults{Rates: map[sandbox.Fault]float64{sandbox.Error503Before: 1}}})
		defer b.close()
		b.sender.MaxFailures = 7
		stop := b.run(b.sender)
		if stop.Code != sending.StopFailures || stop.Count != 7 {
			t.Fatalf("stopped: %+v", stop)
		}
		touched := b.statuses(b.sender)[outcome.Unknown]
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
		b := newBench(t, 3, sandbox.Options{Faults: sandbox.Faults{Script: script}})
		defer b.close()
		b.sender.MaxFailures = 2
		if stop := b.run(b.sender); stop.Code != sending.StopDone {
			t.Fatalf("stopped: %+v", stop)
		}
		b.agree(b.sender)
	})
}

func TestLongWaitStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3, sandbox.Options{Faults: sandbox.Faults{
			Script: map[int]sandbox.Fault{2: sandbox.Throttle}, RetryAfter: 16 * time.Minute}})
		defer b.close()
		if stop := b.run(b.sender); stop.Code != sending.StopLongWait {
			t.Fatalf("stopped: %+v", stop)
		}
		if n := len(b.server.Requests()); n != 2 {
			t.Errorf("%d requests, want 2", n)
		}
		// The wait is the key's: a second run obeys it, too.
		if stop := b.run(b.sender); stop.Code != sending.StopLongWait || len(b.server.Requests()) != 2 {
			t.Errorf("the second run did not wait: %+v, %d requests", stop, len(b.server.Requests()))
		}
	})
}

func TestUnreachableServerStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3, sandbox.Options{})
		defer b.close()
		b.wire.down = errDialFailed
		stop := b.run(b.sender)
		if stop.Code != sending.StopNetwork || !stop.Never {
			t.Fatalf("stopped: %+v", stop)
		}
		if got := b.statuses(b.sender)[outcome.Pending]; got != 3 {
			t.Errorf("%d rows pending, want 3", got)
		}
		b.wire.down = nil
		b.run(b.sender)
		b.agree(b.sender)
	})
}

func TestInterruptLetsRequestsSettle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 20, sandbox.Options{Faults: sandbox.Faults{Latency: 5 * time.Second}})
		defer b.close()
		stop := make(chan struct{})
		time.AfterFunc(8*time.Second, func() { close(stop) })
		ended, err := b.sender.Run(t.Context(), stop)
		if err != nil || ended.Code != sending.StopInterrupted {
			t.Fatalf("stopped: %+v, %v", ended, err)
		}
		counts := b.statuses(b.sender)
		if counts[outcome.Unknown] != 0 || counts[outcome.Sent] != len(b.server.Accepted()) {
			t.Errorf("after the interrupt: %v, accepted %d", counts, len(b.server.Accepted()))
		}
		b.run(b.sender)
		b.agree(b.sender)
		if n := len(b.server.Accepted()); n != 20 {
			t.Errorf("%d accepted, want 20", n)
		}
	})
}

func TestOldDoubtIsNeverRetriedByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 1, sandbox.Options{Faults: sandbox.Faults{Rates: map[sandbox.Fault]float64{sandbox.DropAfter: 1}}})
		defer b.close()
		b.run(b.sender)
		tried := len(b.server.Requests())
		time.Sleep(12*time.Hour + time.Second)
		b.run(b.sender)
		if n := len(b.server.Requests()); n != tried {
			t.Errorf("a doubt of over 12 hours was tried %d times more", n-tried)
		}
		b.server.SetFaults(sandbox.Faults{})
		b.sender.Only = func(row ledgerRow) bool { return row.State.Status == outcome.Unknown }
		b.run(b.sender)
		if got := b.rows(b.sender)[2].State.Status; got != outcome.AlreadySent {
			t.Errorf("on the user's word the row is %s, want already_sent", got)
		}
	})
}

func TestPilot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 10, sandbox.Options{})
		defer b.close()
		b.keepToFirst(b.sender, 3)
		if stop := b.run(b.sender); stop.Code != sending.StopPilot {
			t.Fatalf("stopped: %+v", stop)
		}
		if n := len(b.server.Accepted()); n != 3 {
			t.Errorf("%d accepted, want 3", n)
		}
		b.sender.Part = nil
		b.run(b.sender)
		b.agree(b.sender)
	})
}
