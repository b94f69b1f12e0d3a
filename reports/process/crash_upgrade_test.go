package process

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
)

// versionNow is the version of a ledger that this program has upgraded.
const versionNow = 7

// Killed while it upgrades a large ledger of version 1, the program leaves that version or the next one, whole; and the
// campaign in it goes on to its end, with nobody messaged again.
func TestKilledDuringAnUpgrade(t *testing.T) {
	t.Parallel()
	kills, random := asked(t, "KANAL_CAMPAIGN_KILLS", 50)/10, rand.New(rand.NewPCG(seed(t), 6))
	k, dir := startKanal(t), t.TempDir()
	ofVersion1 := largeVersion1(t, filepath.Join(dir, "v1.db"), lighter(lighter(100_000)))
	book := filepath.Join(dir, "ledger.db")
	var longest time.Duration
	found := map[string]int{}
	for n := range 1 + kills {
		for _, leftover := range []string{"-wal", "-shm"} {
			os.Remove(book + leftover)
		}
		if err := os.WriteFile(book, ofVersion1, 0o600); err != nil {
			t.Fatal(err)
		}
		command, output := program(t, dir, nil, "status", "none", "--ledger", book) // opens it, and has nothing else to do
		long := time.Duration(0)                                                    // the first one tells how long it takes
		if n > 0 {
			long = some(random, longest)
		}
		from := time.Now()
		if code := endure(t, command, long); code != -1 && code != 1 {
			t.Fatalf("it ended with %d:\n%s", code, output)
		}
		took := time.Since(from)
		version := isWhole(t, book)
		if n == 0 {
			if longest = took; version != fmt.Sprint(versionNow) {
				t.Fatalf("the upgrade leaves version %s:\n%s", version, output)
			}
			continue
		}
		found[version]++
	}
	t.Logf("%d kills within %s left these versions: %v", kills, longest, found)
	finishUpgraded(t, k, dir, book)
}

// largeVersion1 is the ledger of version 1 with so many rows more, so that its upgrade takes a while.
func largeVersion1(t *testing.T, path string, rows int) []byte {
	t.Helper()
	const indexes = "CREATE UNIQUE INDEX campaigns_name" // the first of them: it is faster to make them afterwards
	statements := string(readFile(t, filepath.Join("..", "..", "campaign", "ledger", "sqlite", "testdata", "v1.sql")))
	statements = strings.Replace(statements, indexes, fmt.Sprintf(`
		INSERT INTO rows (campaign_id, seq, number, cells, phone, person, key, status, sent_at)
		WITH RECURSIVE numbers (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)
		SELECT 3, n, n, printf('["0%%d","%%.80c"]', 712340000 + n, 'x'),
			33712340000 + n, 33712340000 + n, randomblob(16), 'sent', 1 FROM numbers;
		`, rows+99)+indexes, 1)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return readFile(t, path)
}

// isWhole returns the version of a ledger, and fails when it is not wholly of that version.
func isWhole(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var version, check string
	var column, index, brakes int
	for query, into := range map[string]any{
		"PRAGMA user_version": &version,
		"PRAGMA quick_check":  &check,
		"SELECT count(*) FROM pragma_table_info('campaigns') WHERE name = 'rebuilt_from'": &column,
		"SELECT count(*) FROM sqlite_schema WHERE name = 'rows_messaged'":                 &index,
		"SELECT count(*) FROM pragma_table_info('runs') WHERE name = 'accepted'":          &brakes,
	} {
		if err := db.QueryRow(query).Scan(into); err != nil {
			t.Fatal(err)
		}
	}
	wanted, known := map[string]int{"1": 0, fmt.Sprint(versionNow): 1}[version]
	if !known || check != "ok" || column != wanted || index != wanted || brakes != wanted {
		t.Errorf("version %s with %d and %d of the new columns and %d of the new index: %s", version, column, brakes, index, check)
	}
	return version
}

// finishUpgraded carries out the campaign of the ledger of version 1: three people have the message, one is in doubt for
// a year, and four wait.
func finishUpgraded(t *testing.T, k *kanalProcess, dir, book string) {
	t.Helper()
	for _, step := range []struct {
		args                    []string
		code                    int
		accepted, sent, inDoubt int
	}{
		{[]string{"resume", "spring", "--out", dir}, 3, 4, 7, 1}, // an old doubt is never tried again by itself
		{[]string{"retry", "spring", "--unknown"}, 0, 5, 8, 0},
	} {
		command, output := program(t, dir, k.env, append(step.args, "--yes", "--ledger", book, "--rate", "6000")...)
		_ = command.Run() // its exit code tells
		counts := map[string]int{}
		for _, row := range readResults(t, filepath.Join(dir, "spring.results.csv")) {
			counts[row["status"]]++
		}
		if code := command.ProcessState.ExitCode(); code != step.code || len(k.acceptedByKey(t)) != step.accepted ||
			counts["sent"] != step.sent || counts["unknown"] != step.inDoubt {
			t.Errorf("%v ended with %d, %d messages and %v:\n%s", step.args, code, len(k.acceptedByKey(t)), counts, output)
		}
	}
	for _, a := range k.accepted(t) {
		if a.Variables["code"] < "P00003" {
			t.Errorf("somebody got the message again: %+v", a)
		}
	}
}

// A retry that dies reopens its campaign, which had been finished: resume ends it, and the results tell what is known.
func TestKilledRetryIsResumed(t *testing.T) {
	t.Parallel()
	dir, victim := t.TempDir(), newLaterProcess()
	_, env := countingKanal(t, sandbox.Options{}, func(int) { victim.signal(os.Kill) })
	book := filepath.Join(dir, "ledger.db")
	largeVersion1(t, book, 1)
	retry, output := program(t, dir, env, "retry", "novembre", "--unknown", "--yes", "--out", dir, "--ledger", book)
	victim.start(t, retry)
	if retry.Wait(); retry.ProcessState.ExitCode() != -1 {
		t.Fatalf("it was not killed as it sent:\n%s", output)
	}
	verify, output := program(t, dir, env, "verify", "novembre", "--ledger", book)
	if code := endure(t, verify, 0); code != 0 {
		t.Errorf("verify ended with %d:\n%s", code, output)
	}
	resume, output := program(t, dir, env, "resume", "novembre", "--yes", "--ledger", book)
	if code := endure(t, resume, 0); code != 3 {
		t.Errorf("it ended with %d:\n%s", code, output)
	}
	if row := readResults(t, filepath.Join(dir, "novembre.results.csv"))[6]; row["status"] != "unknown" || row["attempts"] != "6" {
		t.Errorf("the row that was tried again reads %v", row)
	}
}
