package outcome_test

import (
	"testing"
	"time"

	"kanal-campaign/campaign/outcome"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// What a row becomes after a row of answers. A crash is an attempt that is abandoned.
func TestStateAfterAnswers(t *testing.T) {
	const crash, platformHalt = outcome.Kind("crash"), outcome.Kind("halt by the platform")
	for _, test := range []struct {
		answers []outcome.Kind
		status  outcome.Status
		cause   string
		due     bool // a run may send it by itself
	}{
		{nil, outcome.Pending, "", true},
		{[]outcome.Kind{outcome.Accepted}, outcome.Sent, "c", false},
		{[]outcome.Kind{outcome.Refusal}, outcome.Rejected, "c", false},
		{[]outcome.Kind{outcome.Throttled}, outcome.Pending, "c", true},
		{[]outcome.Kind{outcome.NotDelivered}, outcome.Pending, "c", true},
		{[]outcome.Kind{outcome.Halt}, outcome.Pending, "c", true},
		{[]outcome.Kind{outcome.Doubt}, outcome.Unknown, "c", true},
		{[]outcome.Kind{crash}, outcome.Unknown, outcome.CauseInFlight, true},
		{[]outcome.Kind{outcome.Replayed}, outcome.AlreadySent, outcome.CauseNotFromThisLedger, false},
		{[]outcome.Kind{outcome.Throttled, outcome.Replayed}, outcome.AlreadySent, outcome.CauseNotFromThisLedger, false},
		{[]outcome.Kind{outcome.Doubt, outcome.Replayed}, outcome.AlreadySent, "", false},
		{[]outcome.Kind{crash, outcome.Replayed}, outcome.AlreadySent, "", false},
		{[]outcome.Kind{outcome.Doubt, outcome.Accepted}, outcome.Sent, "c", false},
		{[]outcome.Kind{outcome.Doubt, outcome.Refusal}, outcome.Unknown, "c", true},
		{[]outcome.Kind{outcome.Doubt, outcome.Throttled}, outcome.Unknown, "c", true},
		{[]outcome.Kind{crash, outcome.Halt}, outcome.Unknown, "c", true},
		{[]outcome.Kind{outcome.Refusal, outcome.Replayed}, outcome.Unknown, outcome.CauseKeyUsed, false},
		{[]outcome.Kind{outcome.Refusal, outcome.Replayed, outcome.Throttled}, outcome.Unknown, "c", true},
		{[]outcome.Kind{outcome.Refusal, outcome.Replayed, outcome.Refusal}, outcome.Unknown, "c", true},
		{[]outcome.Kind{outcome.Doubt, outcome.Refusal, outcome.Replayed}, outcome.Unknown, outcome.CauseKeyUsed, false},
		{[]outcome.Kind{platformHalt, outcome.Replayed}, outcome.Unknown, outcome.CauseKeyUsed, false},
		{[]outcome.Kind{outcome.Halt, outcome.Replayed}, outcome.AlreadySent, outcome.CauseNotFromThisLedger, false},
	} {
		state := outcome.New()
		for _, kind := range test.answers {
			state = state.Requeue().Begin(noon)
			if !state.Open || state.Status != outcome.Unknown {
				t.Fatalf("%v: an attempt is stored as %+v", test.answers, state)
			}
			switch kind {
			case crash:
				state = state.Abandon()
			case platformHalt:
				state = state.Settle(outcome.Answer{Kind: outcome.Halt, Cause: "c", MayUseKey: true})
			default:
				state = state.Settle(outcome.Answer{Kind: kind, Cause: "c"})
			}
		}
		if state.Status != test.status || state.Cause != test.cause || state.Due(noon) != test.due {
			t.Errorf("%v: %s (%s), due %v; want %s (%s), due %v", test.answers, state.Status, state.Cause, state.Due(noon),
				test.status, test.cause, test.due)
		}
	}
}

func TestDoubtAges(t *testing.T) {
	doubt := outcome.New().Begin(noon).Settle(outcome.Answer{Kind: outcome.Doubt})
	again := doubt.Begin(noon.Add(11 * time.Hour)).Settle(outcome.Answer{Kind: outcome.Doubt})
	for _, test := range []struct {
		age time.Duration
		due bool
	}{{0, true}, {12 * time.Hour, true}, {12*time.Hour + time.Second, false}, {-time.Second, true}, {-2 * time.Hour, false}} {
		if got := doubt.Due(noon.Add(test.age)); got != test.due {
			t.Errorf("a doubt of %s is due: %v", test.age, got)
		}
		if got := again.Due(noon.Add(test.age)); got != test.due {
			t.Errorf("a doubt counts from its first attempt, and at %s is due: %v", test.age, got)
		}
	}
}

// However many new keys a row gets, what an earlier one may have brought stays in doubt until a 200 or a 201.
func TestNewKeysKeepEarlierDoubts(t *testing.T) {
	state := outcome.New().Begin(noon).Settle(outcome.Answer{Kind: outcome.Doubt}).Renew()
	for range 3 {
		state = state.Begin(noon).Settle(outcome.Answer{Kind: outcome.Refusal})
		if state.Status != outcome.Unknown {
			t.Fatalf("a refused new key made the row %s", state.Status)
		}
		state = state.Renew()
	}
	if state = state.Begin(noon).Settle(outcome.Answer{Kind: outcome.Accepted}); state != (outcome.State{Status: outcome.Sent}) {
		t.Errorf("an accepted new key left %+v", state)
	}
}
