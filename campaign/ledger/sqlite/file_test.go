package sqlite_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/ledgertest"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/trouble"
)

// filled makes a closed ledger with a campaign of so many rows, the first of them sent, and returns its path.
func filled(t *testing.T, rows int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	book := openAt(t, path)
	var plan []record.Row
	for i := range rows {
		plan = append(plan, ledgertest.Row(i+2, fmt.Sprintf("336123%05d", i), "x"))
	}
	c := ledgertest.Publish(t, book, "a", plan...)
	ledgertest.Settle(t, book, c, "33612300000", outcome.Answer{Kind: outcome.Accepted, MessageID: "1"})
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// randomly is where the randomness of a test comes from: KANAL_CAMPAIGN_SEED, to see a failure again.
func randomly(t *testing.T) *rand.Rand {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("KANAL_CAMPAIGN_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("KANAL_CAMPAIGN_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// Noise in any page of the file is found before anything is done on the ledger's word.
func TestNoiseInAnyPageIsFound(t *testing.T) {
	const pageSize = 4096
	path := filled(t, 60)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := randomly(t)
	verify := func() error {
		book, err := sqlite.Open(t.Context(), path)
		if err != nil {
			return err
		}
		defer book.Close()
		return book.Verify(t.Context())
	}
	if err := verify(); err != nil {
		t.Fatalf("a whole ledger: %v", err)
	}
	for at := 0; at < len(whole); at += pageSize {
		noisy := bytes.Clone(whole)
		for i := range pageSize {
			noisy[at+i] = byte(random.Uint32())
		}
		if err := os.WriteFile(path, noisy, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := verify(); !errors.As(err, new(*trouble.DamagedError)) {
			t.Errorf("noise in page %d: %v", at/pageSize+1, err)
		}
	}
}

// A database that was begun and holds nothing yet, as a full disk or a crash leaves it, becomes a ledger after all.
func TestCreationIsTakenUpAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	exec(t, path, "PRAGMA journal_mode=WAL")
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Fatalf("nothing was begun: %v", err)
	}
	ledgertest.Publish(t, openAt(t, path), "a", ledgertest.Row(2, "331", "x"))
}

func TestDiskErrors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, statement := range []string{"CREATE TABLE x (y)", "PRAGMA max_page_count = 3"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	_, full := db.Exec("INSERT INTO x VALUES (zeroblob(100000))")
	if _, err := db.Exec("PRAGMA query_only = 1"); err != nil {
		t.Fatal(err)
	}
	_, readOnly := db.Exec("DELETE FROM x")
	for want, err := range map[trouble.Code]error{trouble.Full: full, trouble.ReadOnly: readOnly} {
		var disk *trouble.DiskError
		if told := sqlite.Explain(path, err); !errors.As(told, &disk) || disk.Trouble != want || disk.Path != path {
			t.Errorf("%v is told as %#v, want %s", err, told, want)
		}
		if again := sqlite.Explain("", disk); again != error(disk) {
			t.Errorf("told twice it is %#v", again)
		}
	}
	if err := sqlite.Explain(path, ledger.ErrNoCampaign); err != ledger.ErrNoCampaign {
		t.Errorf("got %v", err)
	}
}

// An attempt is not begun in a file that nobody would find again; what is under way is still recorded, for the results.
func TestNoAttemptInALedgerThatIsGone(t *testing.T) {
	for name, harm := range map[string]func(path string) error{
		"moved":       func(path string) error { return os.Rename(path, path+".away") },
		"deleted":     os.Remove,
		"log deleted": func(path string) error { return os.Remove(path + "-wal") },
		"replaced": func(path string) error {
			if err := os.Rename(path, path+".away"); err != nil {
				return err
			}
			return os.WriteFile(path, nil, 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			book := open(t)
			c := ledgertest.Publish(t, book, "a", ledgertest.Row(2, "331", "x"), ledgertest.Row(3, "332", "x"))
			rows := ledgertest.All(t, book, c)
			id, err := book.Begin(t.Context(), &rows[0], ledgertest.Turn)
			if err != nil {
				t.Fatal(err)
			}
			if err := harm(book.Path()); err != nil {
				t.Fatal(err)
			}
			if _, err := book.Begin(t.Context(), &rows[1], ledgertest.Turn); !errors.As(err, new(*trouble.MovedError)) {
				t.Errorf("an attempt was begun: %v", err)
			}
			if err := book.SaveRun(t.Context(), record.Run{}, nil); !errors.As(err, new(*trouble.MovedError)) {
				t.Errorf("the end of a run was recorded: %v", err)
			}
			answer := ledger.Settlement{Attempt: id, Try: outcome.Try{Answer: outcome.Answer{Kind: outcome.Accepted, MessageID: "1"}}}
			if _, err := book.Settle(t.Context(), &rows[0], answer); err != nil {
				t.Errorf("the answer was lost: %v", err)
			}
			if got := ledgertest.All(t, book, c); got[0].State.Status != outcome.Sent || got[1].Attempts != 0 {
				t.Errorf("the ledger holds:\n%s", ledgertest.Describe(got))
			}
		})
	}
}
