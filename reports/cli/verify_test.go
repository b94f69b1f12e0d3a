package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// findings runs verify for JSON, and returns what it found: code and row.
func (w *world) findings(code int, args ...string) (found []string) {
	w.t.Helper()
	var read struct {
		OK          bool
		RowsMissing bool `json:"rows_missing"`
		Findings    []struct {
			Code, Sentence string
			Row            json.Number
		}
		Differences []struct{ Kind, Row, Column, Ledger, File string }
	}
	result := w.run(append([]string{"verify"}, append(args, "--format", "json")...)...).want(w.t, code)
	if err := json.Unmarshal([]byte(result.out), &read); err != nil {
		w.t.Fatalf("%v\n%s", err, result.out)
	}
	for _, f := range read.Findings {
		if f.Sentence == "" || strings.HasPrefix(f.Sentence, ".") {
			w.t.Errorf("%s has no words", f.Code)
		}
		found = append(found, f.Code+" "+f.Row.String())
	}
	for _, d := range read.Differences {
		found = append(found, strings.TrimSpace(strings.Join([]string{d.Kind, d.Row, d.Column, d.Ledger, d.File}, " ")))
	}
	if read.RowsMissing {
		found = append(found, "rows-missing")
	}
	if read.OK != (len(found) == 0) {
		w.t.Errorf("ok is %v with %v", read.OK, found)
	}
	return found
}

func TestVerifyFindsWhatCannotBe(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", "phone,prenom,code\n0612345600,Zoé,A\n0612345601,Léa,B\n0600000002,Ann,C\n0612345603,,D\n")
	w.send(path, "--skip-invalid").want(t, 3)
	book := filepath.Join(w.state(), "kanal-campaign", "ledger.db")
	whole, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	w.run("verify", "a").want(t, 0).says(t, words.English().VerifyHolds("LIVE", "a"))
	w.run("verify", "a", "--format", "json").want(t, 0).says(t, `"rows": 4`, `"keys": 3`)
	w.run("verify", "b").want(t, 1).tells(t, "campaign-missing", "\"b\"")
	const two, four, five = "number = 2", "number = 4", "number = 5"
	for _, tc := range []struct{ change, want string }{
		{"UPDATE rows SET phone = '33612345609' WHERE " + two, "person-differs 2, number-differs 2, key-differs 2, content-differs 2"},
		{`UPDATE rows SET field_values = '["Zoé","Z"]' WHERE ` + two, "values-differ 2, key-differs 2, content-differs 2"},
		{"UPDATE rows SET generation = 1 WHERE " + two, "key-differs 2"},
		{"UPDATE rows SET key = (SELECT key FROM rows WHERE number = 3) WHERE " + two,
			"key-differs 2, accepted-other-key 2, same-key 2, same-key 3"},
		{"UPDATE rows SET key = NULL WHERE " + four, "key-missing 4"},
		{"UPDATE rows SET key = x'0102' WHERE " + two, "key-differs 2, accepted-other-key 2"},
		{"UPDATE rows SET content_id = 'torn' WHERE " + two, "content-differs 2"},
		{"UPDATE attempts SET key = 7 WHERE id = 1", "accepted-other-key 2, attempt-other-key 2"},
		{"UPDATE rows SET status = 'gone' WHERE " + two, "status-unknown 2, id-without-sent 2, accepted-not-sent 2, sent-at-differs 2"},
		{"UPDATE rows SET message_id = '' WHERE " + two, "sent-without-id 2"},
		{"UPDATE rows SET message_id = '7' WHERE " + four, "id-without-sent 4"},
		{"UPDATE rows SET message_id = '7' WHERE status = 'sent'", "same-message-id 2, same-message-id 3"},
		{"UPDATE rows SET sent_at = 0 WHERE " + two, "sent-without-date 2"},
		{"UPDATE rows SET sent_at = 1 WHERE " + two, "sent-at-differs 2"},
		{"UPDATE rows SET attempts = 2 WHERE " + two, "attempts-miscount 2"},
		{"UPDATE rows SET attempts = 0 WHERE " + two, "attempts-miscount 2, never-tried 2, contact-without-try 2"},
		{"UPDATE rows SET attempts = 1 WHERE " + five, "attempts-miscount 5, tried-invalid 5"},
		{"UPDATE rows SET status = 'rejected', message_id = '' WHERE " + two, "accepted-not-sent 2, sent-at-differs 2"},
		{"UPDATE rows SET status = 'pending' WHERE " + four, "finished-pending 4"},
		{"UPDATE rows SET status = 'sent', message_id = '1', sent_at = tried_at - 1 WHERE " + four, "sent-not-accepted 4, sent-at-differs 4"},
		{"UPDATE rows SET open = 1 WHERE " + two, "open-mismatch 2, open-unattended 2"},
		{"UPDATE attempts SET answered_at = NULL WHERE row_id = (SELECT id FROM rows WHERE number = 2)", "open-mismatch 2"},
		{"DELETE FROM attempts WHERE row_id = (SELECT id FROM rows WHERE number = 2)",
			"attempts-miscount 2, sent-not-accepted 2, tried-at-differs 2"},
		{"DELETE FROM rows WHERE number = 3", "rows-uncounted 0, stray-attempts 0, confirmed-differs 0, rows-missing"},
		{"UPDATE rows SET seq = 1 WHERE number = 3", "rows-missing"},
	} {
		for _, leftover := range []string{"-wal", "-shm"} {
			_ = os.Remove(book + leftover)
		}
		if err := os.WriteFile(book, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		exec(t, book, tc.change)
		if got := strings.Join(w.findings(3, "a"), ", "); got != tc.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tc.change, got, tc.want)
		}
		w.run("verify", "a").want(t, 3).says(t, words.English().VerifyContradicts("LIVE", "a"))
	}
}

// An attempt that a dead process left open is told of until resume settles it, and is no contradiction.
func TestVerifyAnOpenAttempt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("a.csv", "phone,prenom,code\n0612345600,Zoé,A\n")).want(t, 0)
	exec(t, filepath.Join(w.state(), "kanal-campaign", "ledger.db"), `
		UPDATE attempts SET answered_at = NULL, kind = '';
		UPDATE rows SET open = 1, status = 'unknown', cause = 'in-flight', message_id = '', contact_id = '', sent_at = 0,
			doubt_since = tried_at;
		UPDATE campaigns SET finished_at = 0;
		UPDATE runs SET ended_at = 0, stopped = ''`)
	if got := w.findings(0, "a"); len(got) != 0 {
		t.Errorf("found %v in a campaign that can be resumed", got)
	}
	w.run("verify", "a").want(t, 0).says(t, words.English().VerifyUnanswered(1))
	w.run("verify", "a", "--format", "json").want(t, 0).says(t, `"unanswered": 1`)
	release, err := w.book().Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if got := w.findings(0, "a"); len(got) != 0 {
		t.Errorf("found %v while it runs", got)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	w.run("resume", "a", "--yes", "--rate", "6000", "--doubt-delay", "1ms", "--request-timeout", "2s").want(t, 0)
	if got := w.findings(0, "a"); len(got) != 0 {
		t.Errorf("found %v after it was resumed", got)
	}
}

// ninetyResults are the results of a campaign a of ninety people, and its lines, each of which can be edited.
type ninetyResults struct {
	*world
	good  string
	lines []string
}

func newNinetyResults(t *testing.T) *ninetyResults {
	t.Helper()
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("a.csv", people(90))).want(t, 0)
	r := &ninetyResults{world: w, good: w.read("a.results.csv")}
	r.lines = strings.SplitAfter(strings.TrimSuffix(r.good, "\n"), "\n")
	r.lines[len(r.lines)-1] += "\n"
	return r
}

func (r *ninetyResults) with(change func([]string) []string) string {
	return strings.Join(change(slices.Clone(r.lines)), "")
}

func (r *ninetyResults) edited(line int, old, new string) string {
	return r.with(func(l []string) []string {
		if !strings.Contains(l[line], old) {
			r.t.Fatalf("%q has no %q", l[line], old)
		}
		l[line] = strings.Replace(l[line], old, new, 1)
		return l
	})
}

func TestVerifyHoldsResultsAgainstTheLedger(t *testing.T) {
	t.Parallel()
	r := newNinetyResults(t)
	key := r.results("a.results.csv")[9]["idempotency_key"]
	const other = "00000000-0000-5000-8000-000000000000"
	moved := func(l []string) []string { return slices.Insert(slices.Delete(slices.Clone(l), 10, 11), 85, l[10]) }
	for _, tc := range []struct {
		name, content string
		want          []string
	}{
		{"as it is", r.good, nil},
		{"a status", r.edited(10, ",sent,", ",rejected,"), []string{"altered 11 status sent rejected"}},
		{"a cell of one's own", r.edited(10, "Zoé 9", "Zoé 8"), []string{"altered 11 prenom Zoé 9 Zoé 8"}},
		{"the key", r.edited(10, key, other), []string{"altered 11 idempotency_key " + key + " " + other}},
		{"a cell more", r.edited(10, ",11,,\n", ",11,,,extra\n"), []string{"altered 11 cell 17, beyond the last column  extra"}},
		{"an empty cell more", r.edited(10, ",11,,\n", ",11,,,\n"), nil},
		{"the row", r.edited(10, ",11,,\n", ",12345,,\n"), []string{"altered 11 row 11 12345"}},
		{"a row less", r.with(func(l []string) []string { return slices.Delete(l, 10, 11) }), []string{"missing 11"}},
		{"the last row less", r.with(func(l []string) []string { return l[:90] }), []string{"missing 91"}},
		{"a row more", r.good + strings.NewReplacer(key, other, ",11,,\n", ",999,,\n").Replace(r.lines[10]), []string{"added 999"}},
		{"a row twice", r.with(func(l []string) []string { return slices.Insert(l, 20, l[10]) }), []string{"added 11"}},
		{"a row moved", r.with(moved), []string{"out-of-order 11"}},
	} {
		code := 3
		if tc.want == nil {
			code = 0
		}
		if got := r.findings(code, "a", r.write("given.csv", tc.content)); !slices.Equal(got, tc.want) {
			t.Errorf("%s: found %v, want %v", tc.name, got, tc.want)
		}
	}
	if got := r.findings(3, "a", r.write("given.csv", r.lines[0])); len(got) != 90 || got[0] != "missing 2" {
		t.Errorf("of no row: %d findings", len(got))
	}
	r.run("verify", "a", r.write("given.csv", r.edited(10, ",sent,", ",rejected,"))).want(t, 3).says(t, "kanal-campaign report a").
		tells(t, "verify-altered", "\"rejected\"", "\"sent\"")
	r.run("verify", "a", r.write("given.csv", "phone,prenom\n1,2\n")).want(t, 1).says(t, words.English().VerifyNotItsResults(`"given.csv"`, "a"))
	r.run("verify", "a", filepath.Join(r.dir, "none.csv")).want(t, 1)
}

// A time is an instant: in another zone it is the same, and a second later another.
func TestVerifyComparesInstants(t *testing.T) {
	t.Parallel()
	r := newNinetyResults(t)
	sentAt := r.results("a.results.csv")[9]["sent_at"]
	at, err := time.Parse(time.RFC3339, sentAt)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := at.In(time.FixedZone("", 5*3600+1800)).Format(time.RFC3339)
	if got := r.findings(0, "a", r.write("given.csv", r.edited(10, sentAt, elsewhere))); len(got) != 0 {
		t.Errorf("found %v", got)
	}
	later := at.Add(time.Second).Format(time.RFC3339)
	if got := r.findings(3, "a", r.write("given.csv", r.edited(10, sentAt, later))); len(got) != 1 {
		t.Errorf("found %v, want the time that is another", got)
	}
}

// Without a results file verify holds the ledger to be true and nothing else: it says so where there is one, since an edited
// file beside it would be missed.
func TestVerifySaysThatNoFileWasLookedAt(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("a.csv", people(2))).want(t, 0)
	path := filepath.Join(w.dir, "a.results.csv")
	edited := strings.Replace(w.read("a.results.csv"), ",sent,", ",rejected,", 1)
	if err := os.WriteFile(path, []byte(edited), 0o600); err != nil {
		t.Fatal(err)
	}
	unseen := words.English().VerifyFileNotChecked()
	said := w.run("verify", "a").want(t, 0).says(t, unseen, "kanal-campaign verify a ")
	if !strings.Contains(said.out, path) {
		t.Errorf("it does not name %s:\n%s", path, said.out)
	}
	if found := w.findings(0, "a"); found != nil {
		t.Errorf("in JSON: %v", found)
	}
	if got := w.run("verify", "a", path).want(t, 3); strings.Contains(got.out, unseen) {
		t.Errorf("it was looked at:\n%s", got.out)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if got := w.run("verify", "a").want(t, 0); strings.Contains(got.out, unseen) {
		t.Errorf("there is none:\n%s", got.out)
	}
}
