package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/outcome"
)

// version1 makes a ledger as version 1 left it, and returns its path.
func version1(t *testing.T) string {
	t.Helper()
	statements, err := os.ReadFile(filepath.Join("testdata", "v1.sql"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ledger.db")
	exec(t, path, string(statements))
	return path
}

// content is every row of every table, as text, but for the columns left out.
func content(t *testing.T, path string, except ...string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	found := map[string][]string{}
	for _, table := range column(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
		var names []string
		for _, name := range column(t, db, "SELECT name FROM pragma_table_info('"+table+"')") {
			if !slices.Contains(except, name) {
				names = append(names, "quote("+name+")")
			}
		}
		found[table] = column(t, db, "SELECT concat_ws(', ', "+strings.Join(names, ", ")+") FROM "+table+" ORDER BY 1")
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
	path := version1(t)
	before := content(t, path)
	if version(t, path) != "1" || len(before["rows"]) != 17 || len(before["attempts"]) != 16 {
		t.Fatalf("that is no ledger of version 1: %v", before)
	}
	for range 2 { // the second time there is nothing to upgrade
		openAt(t, path).Close()
		after := content(t, path, "rebuilt_from", "forgotten_at", "within_first")
		for table, rows := range before {
			if !slices.Equal(rows, after[table]) {
				t.Errorf("%s held\n%s\nand holds\n%s", table, strings.Join(rows, "\n"), strings.Join(after[table], "\n"))
			}
		}
	}
	book := openAt(t, path)
	c, err := book.Campaign(t.Context(), "novembre")
	if err != nil || c.Title != "welcome" || c.FinishedAt.IsZero() || c.RebuiltFrom != "" {
		t.Errorf("%+v, %v", c, err)
	}
	rows := all(t, book, c)
	if len(rows) != 8 || rows[0].MessageID == "" || rows[6].State.Status != outcome.Unknown || rows[6].Attempts != 5 {
		t.Errorf("%s", describe(rows))
	}
}

// However a ledger came to this version, made so or upgraded, it is the same.
func TestUpgradedIsAsMade(t *testing.T) {
	made, upgraded := filepath.Join(t.TempDir(), "ledger.db"), version1(t)
	openAt(t, made).Close()
	openAt(t, upgraded).Close()
	if a, b := schemaOf(t, made), schemaOf(t, upgraded); !slices.Equal(a, b) {
		t.Errorf("a new ledger has\n%s\nand an upgraded one\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
	if a, b := version(t, made), version(t, upgraded); a != b || a == "1" {
		t.Errorf("a new ledger has version %s, an upgraded one %s", a, b)
	}
}

// A program of version 1 that is at work on a ledger goes on while a newer one upgrades it, and afterwards.
func TestUpgradeUnderAnOlderProgram(t *testing.T) {
	path := version1(t)
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

func TestWhereACampaignWasRebuiltFromIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	book := openAt(t, path)
	c := publish(t, book, "a", row(2, "33612345678", "x"))
	c.RebuiltFrom = "/campaigns/a.results.csv"
	if err := book.Save(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	book.Close()
	if c, err := openAt(t, path).Campaign(t.Context(), "a"); err != nil || c.RebuiltFrom != "/campaigns/a.results.csv" {
		t.Errorf("%q, %v", c.RebuiltFrom, err)
	}
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
