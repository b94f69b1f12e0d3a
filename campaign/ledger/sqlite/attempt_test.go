package sqlite_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/ledgertest"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// A row waits no longer than it can have to, whatever an earlier version has stored.
func TestARowRestsNoLongerThanItMust(t *testing.T) {
	tried := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		status    outcome.Status
		notBefore time.Duration // since the last try, as stored
		delay     time.Duration // --doubt-delay
		now, want time.Duration // since the last try
	}{
		"a doubt":                              {outcome.Unknown, 90 * time.Second, 30 * time.Second, 10 * time.Second, 80 * time.Second},
		"a doubt of the longest request":       {outcome.Unknown, 330 * time.Second, 30 * time.Second, 0, 330 * time.Second},
		"a doubt with a delay of its own":      {outcome.Unknown, 13 * time.Hour, 13 * time.Hour, time.Hour, 12 * time.Hour},
		"a throttled doubt of before, absurd":  {outcome.Unknown, 30 * 24 * time.Hour, 30 * time.Second, 0, 7 * time.Minute},
		"a throttled row of before, absurd":    {outcome.Pending, 30 * 24 * time.Hour, 30 * time.Second, 0, 2 * time.Minute},
		"a throttled row of before, long over": {outcome.Pending, 30 * 24 * time.Hour, 30 * time.Second, time.Hour, -58 * time.Minute},
		"the clock was set back":               {outcome.Unknown, 90 * time.Second, 30 * time.Second, -3 * time.Hour, 90 * time.Second},
	} {
		row := record.Row{State: outcome.State{Status: test.status}, TriedAt: tried, NotBefore: tried.Add(test.notBefore)}
		if got := row.Rests(tried.Add(test.now), test.delay); got != test.want {
			t.Errorf("%s: it rests for %s, want %s", name, got, test.want)
		}
		row.NotBefore = time.Time{}
		if got := row.Rests(tried.Add(test.now), test.delay); got > 0 {
			t.Errorf("%s, free: it rests for %s", name, got)
		}
	}
}

// Earlier versions have stored whatever wait Kanal told.
func TestStoredWaitsAreAtMostAnHour(t *testing.T) {
	book := open(t)
	c := ledgertest.Publish(t, book, "a", ledgertest.Row(2, "33612345671", "x"))
	r := ledgertest.All(t, book, c)[0]
	now := time.Now()
	exec(t, book.Path(), fmt.Sprintf("INSERT INTO holds VALUES ('k', %d, %d)", now.UnixMilli(), now.Add(30*24*time.Hour).UnixMilli()))
	var wait *ledger.WaitError
	if _, err := book.Begin(t.Context(), &r, ledgertest.Turn); !errors.As(err, &wait) || wait.Until.Sub(now).Round(time.Second) != time.Hour {
		t.Errorf("got %v, want to be held for an hour", err)
	}
	exec(t, book.Path(), fmt.Sprintf("UPDATE holds SET noted_at = noted_at - %d", time.Hour.Milliseconds()))
	test := record.Row{Key: uuid.New(), State: outcome.New()}
	past := ledgertest.Turn
	past.PastHold = true
	id, err := book.Begin(t.Context(), &test, past)
	if err != nil {
		t.Fatal(err)
	}
	throttled := outcome.Try{Answer: outcome.Answer{Kind: outcome.Throttled, RetryAfter: time.Minute}}
	if _, err := book.Settle(t.Context(), &test, ledger.Settlement{Attempt: id, Try: throttled}); err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin(t.Context(), &r, ledgertest.Turn); !errors.As(err, &wait) || wait.Until.Sub(now).Round(time.Second) != time.Minute {
		t.Errorf("got %v, want to be held for the minute that was told last", err)
	}
	if _, err := book.Begin(t.Context(), &r, past); err != nil {
		t.Errorf("asked all the same: %v", err)
	}
}
