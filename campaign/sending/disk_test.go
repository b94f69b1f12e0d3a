package sending_test

import (
	"database/sql"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal/sandbox"
)

// exec runs a statement on the bench's ledger through a connection of its own.
func exec(b *sendingtest.Bench, statement string) {
	b.T.Helper()
	db, err := sql.Open("sqlite", "file:"+b.Ledger.Path()+"?_pragma=busy_timeout(20000)")
	if err != nil {
		b.T.Error(err)
		return
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		b.T.Errorf("%s: %v", statement, err)
	}
}

// failCommits makes commits fail that do what on says, until the trigger full is dropped.
func failCommits(b *sendingtest.Bench, on string) {
	exec(b, "CREATE TRIGGER full "+on+" BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
}

// Each kind of commit fails in its turn. Nothing leaves without its attempt; an answer that was not recorded is in doubt,
// and the next run resolves it under the same key.
func TestCommitsThatFail(t *testing.T) {
	const rows = 12
	for name, test := range map[string]struct {
		on     string
		fault  sandbox.Fault // of the fifth request
		doubts int           // accepted, and not known to be
	}{
		"an attempt":       {on: "BEFORE INSERT ON attempts WHEN (SELECT count(*) FROM attempts) = 4"},
		"an attempt's row": {on: "BEFORE UPDATE OF open ON rows WHEN NEW.open AND NEW.seq = 5"},
		"an answer":        {on: "BEFORE UPDATE OF answered_at ON attempts WHEN NEW.id = 5", doubts: 1},
		"an answer's row":  {on: "BEFORE UPDATE OF status ON rows WHEN NEW.status = 'sent' AND NEW.seq = 5", doubts: 1},
		"a refusal":        {on: "BEFORE UPDATE OF answered_at ON attempts WHEN NEW.id = 5", fault: sandbox.Platform131000},
		"a hold":           {on: "BEFORE INSERT ON holds", fault: sandbox.Throttle},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := sendingtest.NewBench(t, rows, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{5: test.fault}}})
				defer b.Close()
				failCommits(b, test.on)
				stop, err := b.Sender.Run(t.Context(), nil)
				if stop.Code != sending.StopLedger || err == nil {
					t.Fatalf("stopped: %+v, %v", stop, err)
				}
				b.Agree(b.Sender)
				if n := len(b.Server.Accepted()) - b.Statuses(b.Sender)[outcome.Sent]; n != test.doubts {
					t.Errorf("%d messages are accepted and not recorded, want %d", n, test.doubts)
				}
				exec(b, "DROP TRIGGER full")
				if stop := b.Run(b.Sender); stop.Code != sending.StopDone {
					t.Fatalf("the second run stopped: %+v", stop)
				}
				b.Agree(b.Sender)
				counts := b.Statuses(b.Sender)
				if len(b.Server.Accepted()) != rows || counts[outcome.AlreadySent] != test.doubts || counts[outcome.Sent] != rows-test.doubts {
					t.Errorf("%d accepted, statuses %v", len(b.Server.Accepted()), counts)
				}
			})
		})
	}
}

// A disk that has room again within seconds loses no answer, and several answers that it does not take hold the end of
// the run up no longer than one.
func TestPatienceWithTheDisk(t *testing.T) {
	answers := "BEFORE UPDATE OF answered_at ON attempts WHEN NEW.id >= 5"
	t.Run("room again", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			b := sendingtest.NewBench(t, 12, sandbox.Options{})
			defer b.Close()
			failCommits(b, answers)
			time.AfterFunc(6*time.Second, func() { exec(b, "DROP TRIGGER full") })
			if stop := b.Run(b.Sender); stop.Code != sending.StopDone {
				t.Fatalf("stopped: %+v", stop)
			}
			if n := b.Statuses(b.Sender)[outcome.Sent]; n != 12 {
				t.Errorf("%d are sent, want all 12", n)
			}
		})
	})
	t.Run("no room", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			b := sendingtest.NewBench(t, 30, sandbox.Options{Limit: 1000, Faults: sandbox.Faults{Latency: 3 * time.Second}})
			defer b.Close()
			b.Sender.Rate = 600
			failCommits(b, answers)
			began := time.Now()
			stop, err := b.Sender.Run(t.Context(), nil)
			if stop.Code != sending.StopLedger || err == nil {
				t.Fatalf("stopped: %+v, %v", stop, err)
			}
			b.Agree(b.Sender)
			inDoubt := b.Statuses(b.Sender)[outcome.Unknown]
			if took := time.Since(began); inDoubt < 5 || took > 15*time.Second {
				t.Errorf("%d answers that were not recorded held the run up until %s", inDoubt, took)
			}
		})
	})
}
