package outcome_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"kanal-campaign/campaign/outcome"
)

// However a row came to its state, Replay finds it from what was recorded of its attempts.
func TestReplayFindsEveryLife(t *testing.T) {
	seed := rand.Uint64()
	if text := os.Getenv("KANAL_CAMPAIGN_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	random := rand.New(rand.NewPCG(seed, 7))
	kinds := []outcome.Kind{outcome.Accepted, outcome.Replayed, outcome.Refusal, outcome.Throttled, outcome.NotDelivered,
		outcome.Doubt, outcome.Halt}
	for range 20_000 {
		state, at := outcome.New(), noon
		var tries []outcome.Tried
		for range 1 + random.IntN(6) {
			if state.Status == outcome.Sent || state.Status == outcome.AlreadySent {
				break
			}
			try := outcome.Tried{At: at, Cause: "c"}
			switch random.IntN(4) {
			case 0:
				state, try.Renewed = state.Renew(), true
			case 1:
				state, try.MayBeRenewed = state.Renew(), true
			default:
				state = state.Requeue()
			}
			state = state.Begin(at)
			try.Kind = kinds[random.IntN(len(kinds))]
			if random.IntN(5) == 0 {
				try.Kind, try.Cause = outcome.Doubt, outcome.CauseInFlight
				state = state.Abandon()
			} else {
				uses := try.Kind == outcome.Refusal || (try.Kind == outcome.Throttled || try.Kind == outcome.Halt) && random.IntN(2) == 0
				state = state.Settle(outcome.Answer{Kind: try.Kind, Cause: "c", MayUseKey: uses})
			}
			tries = append(tries, try)
			at = at.Add(time.Minute)
			if found := outcome.Replay([]outcome.State{outcome.New()}, tries); !slices.Contains(found, state) {
				t.Fatalf("KANAL_CAMPAIGN_SEED=%d: %+v leave %+v, and not %+v", seed, tries, found, state)
			}
		}
	}
}

// What cannot have happened leaves no state, and what proves something leaves one.
func TestReplayOfWhatCannotBe(t *testing.T) {
	try := func(kind outcome.Kind) outcome.Tried { return outcome.Tried{At: noon, Kind: kind, Cause: "c"} }
	for _, test := range []struct {
		kinds  []outcome.Kind
		states int
	}{
		{nil, 1},
		{[]outcome.Kind{outcome.Accepted}, 1},
		{[]outcome.Kind{outcome.Accepted, outcome.Refusal}, 0}, // tried again after it was accepted
		{[]outcome.Kind{outcome.Replayed, outcome.Doubt}, 0},
		{[]outcome.Kind{"", outcome.Accepted}, 0}, // while an answer was awaited
		{[]outcome.Kind{"lost"}, 0},
		{[]outcome.Kind{outcome.Throttled}, 2}, // which may have used up the key
		{[]outcome.Kind{outcome.Throttled, outcome.Doubt, outcome.Accepted}, 1},
	} {
		var tries []outcome.Tried
		for _, kind := range test.kinds {
			tries = append(tries, try(kind))
		}
		if found := outcome.Replay([]outcome.State{outcome.New()}, tries); len(found) != test.states {
			t.Errorf("%v leave %+v", test.kinds, found)
		}
	}
}
