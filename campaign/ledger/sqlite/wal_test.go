package sqlite_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"kanal-campaign/campaign/ledger/ledgertest"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/trouble"
)

// writtenLog is a ledger that a process has open: its database, and a write-ahead log of many commits.
func writtenLog(t *testing.T) (database, log []byte) {
	t.Helper()
	const people = 6
	book := open(t)
	var plan []record.Row
	for i := range people {
		plan = append(plan, ledgertest.Row(i+2, fmt.Sprint("3361230000", i), "x"))
	}
	c := ledgertest.Publish(t, book, "a", plan...)
	for i := range people {
		ledgertest.Settle(t, book, c, fmt.Sprint("3361230000", i), outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	}
	for path, content := range map[string]*[]byte{book.Path(): &database, book.Path() + "-wal": &log} {
		var err error
		if *content, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return database, log
}

// A write-ahead log that lost something in its middle is found, for SQLite would forget every later commit without a
// word. One that a crash cut short anywhere is a good one.
func TestDamagedLogIsFound(t *testing.T) {
	const header, frame = 32, 4120
	random := randomly(t)
	database, log := writtenLog(t)
	path := filepath.Join(t.TempDir(), "ledger.db")
	reopen := func(log []byte) error {
		for name, content := range map[string][]byte{path: database, path + "-wal": log} {
			if err := os.WriteFile(name, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		os.Remove(path + "-shm") // of the log before
		copied, err := sqlite.Open(t.Context(), path)
		if err == nil {
			err = copied.Close()
		}
		return err
	}
	frames := (len(log) - header) / frame
	for i := range frames - 20 { // behind the last ones no two commits stand
		noisy := bytes.Clone(log)
		for range 16 {
			noisy[header+i*frame+random.IntN(frame)] ^= byte(1 + random.IntN(255))
		}
		if err := reopen(noisy); !errors.As(err, new(*trouble.DamagedError)) {
			t.Errorf("noise in frame %d of %d: %v", i+1, frames, err)
		}
	}
	noisy := bytes.Clone(log)
	noisy[random.IntN(header)] ^= 1
	if err := reopen(noisy); !errors.As(err, new(*trouble.DamagedError)) {
		t.Errorf("noise in the header: %v", err)
	}
	for range 30 {
		if size := random.IntN(len(log) + 1); reopen(log[:size]) != nil {
			t.Errorf("cut to %d of %d bytes: %v", size, len(log), reopen(log[:size]))
		}
	}
	torn := append(bytes.Clone(log), make([]byte, 3*frame)...) // a file that grew before its content came
	if err := reopen(torn); err != nil {
		t.Errorf("zeros behind the end: %v", err)
	}
}
