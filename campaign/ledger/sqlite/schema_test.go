package sqlite_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/ledgertest"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// used is what a program of each version may have left in the columns and tables that came with it.
var used = []string{
	"UPDATE campaigns SET rebuilt_from = '/campaigns/novembre.results.csv' WHERE name = 'novembre'",
	`UPDATE rows SET forgotten_at = 1763774900000 WHERE id = 4;
	INSERT INTO exports VALUES ('/campaigns/novembre.results.csv', 'novembre', 1763774900000);
	INSERT INTO erasures (at, what, rows, person, computer) VALUES (1763774900000, '+336…', 1, 'marie', 'bureau')`,
	"INSERT INTO files VALUES ('novembre', '/campaigns/list.csv')",
	"UPDATE rows SET within_first = 2 WHERE id IN (9, 10, 11)",
	"UPDATE runs SET failures = 2, failing_since = 4, reached = 1, accepted = 1 WHERE id = 1; UPDATE attempts SET failing_since = 4 WHERE id = 5",
	"UPDATE runs SET updates = 1, tested = '33698765432' WHERE id = 1",
}

// ofVersion makes a ledger as a program of that version left it, and returns its path.
func ofVersion(t *testing.T, version int) string {
	t.Helper()
	statements, err := os.ReadFile(filepath.Join("testdata", "v1.sql"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ledger.db")
	exec(t, path, string(statements))
	for i, step := range sqlite.Upgrades()[:version-1] {
		exec(t, path, step+";"+used[i])
	}
	exec(t, path, fmt.Sprint("PRAGMA user_version = ", version))
	return path
}

// versions are all that this program has had, its own the last one.
func versions(t *testing.T, test func(t *testing.T, version int)) {
	if len(used) != len(sqlite.Upgrades()) {
		t.Fatalf("%d steps, and %d of them have a use", len(sqlite.Upgrades()), len(used))
	}
	for v := range len(used) + 1 {
		t.Run(fmt.Sprint("version ", v+1), func(t *testing.T) { test(t, v+1) })
	}
}

// A step that has been released never changes: there are ledgers that it has made.
func TestReleasedStepsStand(t *testing.T) {
	released := []string{"677c98300a01e200", "f61ecda5da2dc383", "98f5be71a710b327", "8f6908f5c1c2207b", "a84bd8261110ba82"}
	for i, step := range sqlite.Upgrades() {
		if sum := fmt.Sprintf("%x", sha256.Sum256([]byte(step)))[:16]; i < len(released) && sum != released[i] {
			t.Errorf("the step from version %d has changed: %s", i+1, sum)
		}
	}
}

// columns are the names of every table's columns.
func columns(t *testing.T, path string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	found := map[string][]string{}
	for _, table := range column(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
		found[table] = column(t, db, "SELECT name FROM pragma_table_info('"+table+"')")
	}
	return found
}

// content is every row of these tables, as text.
func content(t *testing.T, path string, of map[string][]string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	found := map[string][]string{}
	for table, names := range of {
		found[table] = column(t, db, "SELECT concat_ws(', ', quote("+strings.Join(names, "), quote(")+")) FROM "+table+" ORDER BY 1")
	}
	return found
}

// schemaOf lists the statements that made the tables and indexes, without their layout.
func schemaOf(t *testing.T, path string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	layout := regexp.MustCompile(`\s*([(),]|\s)\s*`)
	found := column(t, db, "SELECT type || ' ' || name || ' on ' || tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1")
	for i := range found {
		found[i] = layout.ReplaceAllString(found[i], "$1")
	}
	return found
}

func column(t *testing.T, db *sql.DB, query string) (values []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			t.Fatal(err)
		}
		values = append(values, value)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return values
}

func version(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	return column(t, db, "PRAGMA user_version")[0]
}

func TestUpgradeKeepsEverything(t *testing.T) {
	versions(t, func(t *testing.T, v int) {
		path := ofVersion(t, v)
		of := columns(t, path)
		before := content(t, path, of)
		if version(t, path) != fmt.Sprint(v) || len(before["rows"]) != 17 || len(before["attempts"]) != 16 {
			t.Fatalf("that is no ledger of version %d: %v", v, before)
		}
		for range 2 { // the second time there is nothing to upgrade
			openAt(t, path).Close()
			after := content(t, path, of)
			for table, rows := range before {
				if !slices.Equal(rows, after[table]) {
					t.Errorf("%s held\n%s\nand holds\n%s", table, strings.Join(rows, "\n"), strings.Join(after[table], "\n"))
				}
			}
		}
		book := openAt(t, path)
		c, err := book.Campaign(t.Context(), "novembre")
		if err != nil || c.Title != "welcome" || c.FinishedAt.IsZero() || (c.RebuiltFrom != "") != (v > 1) {
			t.Errorf("%+v, %v", c, err)
		}
		rows := ledgertest.All(t, book, c)
		if len(rows) != 8 || rows[0].MessageID == "" || rows[6].State.Status != outcome.Unknown || rows[6].Attempts != 5 {
			t.Errorf("%s", ledgertest.Describe(rows))
		}
		spring, err := book.Campaign(t.Context(), "spring")
		if err != nil {
			t.Fatal(err)
		}
		if brakes, err := book.TakeUp(t.Context(), spring.ID, 2, time.Second); err != nil || !brakes.Accepted {
			t.Errorf("what a program of version %d had accepted: %+v, %v", v, brakes, err)
		}
	})
}

// However a ledger came to this version, made so or upgraded, it is the same.
func TestUpgradedIsAsMade(t *testing.T) {
	made := filepath.Join(t.TempDir(), "ledger.db")
	openAt(t, made).Close()
	versions(t, func(t *testing.T, v int) {
		upgraded := ofVersion(t, v)
		openAt(t, upgraded).Close()
		if a, b := schemaOf(t, made), schemaOf(t, upgraded); !slices.Equal(a, b) {
			t.Errorf("a new ledger has\n%s\nand an upgraded one\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
		if a, b := version(t, made), version(t, upgraded); a != b || a == "1" {
			t.Errorf("a new ledger has version %s, an upgraded one %s", a, b)
		}
	})
}

// A step that a program of an earlier version must not meet waits until no campaign is run, and until then changes nothing.
func TestStepThatIsAloneIsRefusedDuringARun(t *testing.T) {
	path := ofVersion(t, len(used)+1)
	older := openAt(t, path)
	release, err := older.Lock(t.Context(), "spring")
	if err != nil {
		t.Fatal(err)
	}
	undo := sqlite.AddUpgrade("CREATE TABLE alone (x)", true)
	defer undo()
	before := version(t, path)
	var running *record.RunningError
	if _, err := sqlite.Open(t.Context(), path); !errors.As(err, &running) || running.Holder.Campaign != "spring" {
		t.Errorf("upgraded under a run: %v", err)
	}
	if version(t, path) != before {
		t.Error("the version has changed")
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	openAt(t, path).Close()
	if version(t, path) == before {
		t.Error("once nothing runs, it is not upgraded")
	}
	if release, err = older.Lock(t.Context(), "spring"); err != nil {
		t.Fatalf("the upgrade keeps the campaign: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
}

// What columns tell of a run, its flags tell where a program of an earlier version began it, also one that is at work while the
// ledger is upgraded.
func TestRunsOfEarlierVersions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	book := openAt(t, path)
	for _, run := range []string{
		"'a', 'send', '--template welcome --update'", "'a', 'send', '--template welcome'",
		"'a', 'test', '--country FR --test-to=06 98 76 54 32 --template welcome'", `'a', 'test', '--test-to=+32470123456 --country "FR"'`,
		"'a', 'test', '--test-to=abc'", "'a', 'test', '--test-to=…'",
	} {
		exec(t, path, `INSERT INTO runs (campaign, command, flags, started_at, pid, person, computer, version) VALUES (`+run+`, 1, 1, '', '', '')`)
	}
	now, err := book.StartRun(t.Context(), record.Run{Campaign: "a", Command: record.TestCommand, Flags: "--test-to=…", Updates: true,
		Tested: "33611111111"})
	if err != nil {
		t.Fatal(err)
	}
	runs, err := book.Runs(t.Context(), "a")
	if err != nil || len(runs) != 7 || !runs[0].Updates || runs[1].Updates || !runs[6].Updates || runs[6].Tested != now.Tested {
		t.Fatalf("%+v, %v", runs, err)
	}
	tests, err := book.Tests(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var tested []string
	for _, one := range tests {
		tested = append(tested, one.Run.Tested)
	}
	if want := []string{"33698765432", "32470123456", "abc", "", "33611111111"}; !slices.Equal(tested, want) {
		t.Errorf("tests went to %q, want %q", tested, want)
	}
	if _, err := book.ForgetRows(t.Context(), nil, tests, strings.Clone, ledger.Erasure{}); err != nil {
		t.Fatal(err)
	}
	if tests, err = book.Tests(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, one := range tests {
		if one.Tells() || strings.ContainsAny(one.Run.Flags, "0123456789") || strings.Contains(one.Run.Flags, "abc") {
			t.Errorf("of a forgotten test is left: %+v", one)
		}
	}
}

// A program of version 1 that is at work on a ledger goes on while a newer one upgrades it, and afterwards.
func TestUpgradeUnderAnOlderProgram(t *testing.T) {
	path := ofVersion(t, 1)
	old, err := sql.Open("sqlite", "file:"+filepath.ToSlash(path)+"?_txlock=immediate&_pragma=busy_timeout(20000)&_pragma=journal_mode(WAL)")
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	cycle := func(n int) error { // the statements of version 1: a plan, an attempt, an answer
		return inOneCommit(t.Context(), old, []string{
			fmt.Sprintf("INSERT INTO campaigns (name, created_at, definition) VALUES ('old %d', 1, '{}')", n),
			fmt.Sprintf(`INSERT INTO rows (campaign_id, seq, number, cells, phone, person, field_values, contact_name, contact_email, key,
				content_id, problems, status, cause, related_row) VALUES (1, %d, 2, '[]', '3361', '3361', '[]', '', '', x'01', NULL, '',
				'pending', '', 0)`, 100+n),
			"UPDATE rows SET status = 'unknown', open = 1, tried_at = 5 WHERE seq = " + fmt.Sprint(100+n),
			`INSERT INTO attempts (row_id, run_id, pace_key, key, began_at, deadline_at) VALUES (1, 1, 'k', x'01', 1, 2)`,
			"UPDATE rows SET status = 'sent', open = 0, sent_at = 6 WHERE seq = " + fmt.Sprint(100+n),
			`UPDATE campaigns SET visible = 1, account = '', confirmed_at = 1, finished_at = 1, definition = '{}'
				WHERE name = 'old ` + fmt.Sprint(n) + "'",
		})
	}
	const before, after = 5, 5
	upgrade, upgraded := make(chan struct{}), make(chan error, 1)
	go func() {
		<-upgrade
		book, err := sqlite.Open(t.Context(), path)
		if err == nil {
			err = book.Close()
		}
		upgraded <- err
	}()
	for n, left := 0, after; left > 0; n++ {
		if n == before {
			close(upgrade)
		}
		if err := cycle(n); err != nil {
			t.Fatalf("cycle %d of the older program: %v", n, err)
		}
		if n >= before && version(t, path) != "1" {
			left--
		}
	}
	if err := <-upgraded; err != nil {
		t.Fatal(err)
	}
	const sent = "status = 'sent' AND person = '3361' AND sent_at = 6"
	rows := column(t, old, "SELECT DISTINCT seq FROM rows NOT INDEXED WHERE "+sent)
	listed := column(t, old, "SELECT seq FROM rows INDEXED BY rows_messaged WHERE sent_at > 0 AND "+sent)
	if slices.Sort(listed); len(rows) < before+after || !slices.Equal(slices.Sorted(slices.Values(rows)), listed) {
		t.Errorf("the older program sent %v, and the index of messages knows %v", rows, listed)
	}
}

func inOneCommit(ctx context.Context, db *sql.DB, statements []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Files that an earlier version noted are known still, and one that several campaigns share is known of each.
func TestFilesAreNotedForEachCampaign(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	book := openAt(t, path)
	exec(t, path, "INSERT INTO exports (path, campaign, written_at) VALUES ('/old.csv', 'a', 1)")
	for _, name := range []string{"a", "b", "a"} {
		if err := book.NoteFiles(t.Context(), name, "/list.csv", "", "/list.csv"); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string][]string{"a": {"/list.csv", "/old.csv"}, "b": {"/list.csv"}, "c": nil} {
		if got, err := book.Files(t.Context(), name); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
}
