package outcome_test

import (
	"testing"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal"
)

// ended is an attempt that has a minute left until its deadline.
func ended(a outcome.Answer, s outcome.State, tries int, luck float64) outcome.Try {
	return outcome.Try{Answer: a, State: s, Tries: tries, Ended: noon, Deadline: noon.Add(time.Minute), Luck: luck}
}

func TestRest(t *testing.T) {
	p := outcome.Policy{DoubtDelay: 30 * time.Second}
	doubt := outcome.Answer{Kind: outcome.Doubt}
	running := outcome.Answer{Kind: outcome.Doubt, MayStillRun: true}
	unreached := outcome.Answer{Kind: outcome.NotDelivered, Cause: string(kanal.CauseConnect)}
	for name, test := range map[string]struct {
		try    outcome.Try
		brakes outcome.Brakes
		want   time.Duration
		again  bool
	}{
		"accepted":                   {ended(outcome.Answer{Kind: outcome.Accepted}, outcome.State{}, 1, 0.5), outcome.Brakes{}, 0, false},
		"refused":                    {ended(outcome.Answer{Kind: outcome.Refusal}, outcome.State{}, 1, 0.5), outcome.Brakes{}, 0, false},
		"throttled":                  {ended(outcome.Answer{Kind: outcome.Throttled}, outcome.State{}, 0, 0.5), outcome.Brakes{}, time.Second, true},
		"the first doubt":            {ended(doubt, outcome.State{}, 1, 0.5), outcome.Brakes{}, 2 * time.Second, true},
		"the third one":              {ended(doubt, outcome.State{}, 3, 0.5), outcome.Brakes{}, 8 * time.Second, true},
		"with bad luck":              {ended(doubt, outcome.State{}, 3, 1), outcome.Brakes{}, 12 * time.Second, true},
		"with luck":                  {ended(doubt, outcome.State{}, 3, 0), outcome.Brakes{}, 4 * time.Second, true},
		"the last one":               {ended(doubt, outcome.State{}, 5, 0.5), outcome.Brakes{}, 32 * time.Second, false},
		"its request may be running": {ended(running, outcome.State{}, 1, 0.5), outcome.Brakes{}, 90 * time.Second, true},
		"not delivered":              {ended(unreached, outcome.State{}, 0, 0.5), outcome.Brakes{Undelivered: 1}, 2 * time.Second, true},
		"the ninth in a row":         {ended(unreached, outcome.State{}, 0, 0.5), outcome.Brakes{Undelivered: 9}, time.Minute, true},
	} {
		if next := p.Next(test.try, test.brakes); next.Rest != test.want || next.Again != test.again {
			t.Errorf("%s: it rests for %s and goes on %v, want %s, %v", name, next.Rest, next.Again, test.want, test.again)
		}
	}
}

func TestStops(t *testing.T) {
	foreign := outcome.State{Status: outcome.AlreadySent, Cause: outcome.CauseNotFromThisLedger}
	used := outcome.State{Status: outcome.Unknown, Cause: outcome.CauseKeyUsed}
	throttled := func(wait time.Duration) outcome.Answer {
		return outcome.Answer{Kind: outcome.Throttled, RetryAfter: wait}
	}
	for name, test := range map[string]struct {
		answer outcome.Answer
		state  outcome.State
		brakes outcome.Brakes
		policy outcome.Policy
		want   outcome.Brake
		count  int
		hold   time.Duration
	}{
		"accepted":       {answer: outcome.Answer{Kind: outcome.Accepted}, brakes: outcome.Brakes{Accepted: true}},
		"another number": {answer: outcome.Answer{Kind: outcome.Accepted}, state: outcome.State{Cause: outcome.CauseOtherNumber}, want: outcome.BrakeOtherNumber},
		"halted":         {answer: outcome.Answer{Kind: outcome.Halt}, want: outcome.BrakeHalted},
		"one failure less": {answer: outcome.Answer{Kind: outcome.Refusal}, brakes: outcome.Brakes{Failures: 2},
			policy: outcome.Policy{MaxFailures: 3}},
		"so many failures": {answer: outcome.Answer{Kind: outcome.Doubt}, brakes: outcome.Brakes{Failures: 3},
			policy: outcome.Policy{MaxFailures: 3}, want: outcome.BrakeFailures, count: 3},
		"a replay that proves nothing fails": {answer: outcome.Answer{Kind: outcome.Replayed}, state: used, brakes: outcome.Brakes{Failures: 3},
			policy: outcome.Policy{MaxFailures: 3}, want: outcome.BrakeFailures, count: 3},
		"failures before this one": {answer: outcome.Answer{Kind: outcome.Throttled}, brakes: outcome.Brakes{Failures: 3},
			policy: outcome.Policy{MaxFailures: 3}, hold: time.Second},
		"ten not delivered": {answer: outcome.Answer{Kind: outcome.NotDelivered}, brakes: outcome.Brakes{Undelivered: 10},
			want: outcome.BrakeNetwork, count: 10},
		"given up": {answer: outcome.Answer{Kind: outcome.NotDelivered, Cause: string(kanal.CauseCancelled)},
			brakes: outcome.Brakes{Undelivered: 10}},
		"four replays": {answer: outcome.Answer{Kind: outcome.Replayed}, state: foreign, brakes: outcome.Brakes{Replays: 4}},
		"five replays": {answer: outcome.Answer{Kind: outcome.Replayed}, state: foreign, brakes: outcome.Brakes{Replays: 5},
			want: outcome.BrakeEarlierRun, count: 5},
		"of an earlier run": {answer: outcome.Answer{Kind: outcome.Replayed}, state: foreign, brakes: outcome.Brakes{Replays: 5},
			policy: outcome.Policy{ContinueEarlier: true}},
		"after an acceptance": {answer: outcome.Answer{Kind: outcome.Replayed}, state: foreign, brakes: outcome.Brakes{Replays: 5, Accepted: true}},
		"a wait":              {answer: throttled(15 * time.Minute), hold: 15 * time.Minute},
		"a long wait":         {answer: throttled(16 * time.Minute), hold: 16 * time.Minute, want: outcome.BrakeLongWait},
		"a doubt that asks":   {answer: outcome.Answer{Kind: outcome.Doubt, RetryAfter: 16 * time.Minute}, hold: 16 * time.Minute, want: outcome.BrakeLongWait},
	} {
		next := test.policy.Next(ended(test.answer, test.state, 1, 0.5), test.brakes)
		if next.Stop != test.want || next.Count != test.count || next.Hold != test.hold {
			t.Errorf("%s: stops for %q at %d, holds %s; want %q, %d, %s", name, next.Stop, next.Count, next.Hold, test.want, test.count, test.hold)
		}
	}
}
