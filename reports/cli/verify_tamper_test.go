package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// tampered is a world with a finished campaign b, and a campaign a that is not: row 2 was refused, 3 has opted out, 4 is
// accepted, 5 was accepted and is forgotten, 6 is in doubt, 7 waits, 8 waited and is forgotten, 9 has errors, 10 repeats 4,
// 11 waits.
func tamperedWorld(t *testing.T) *world {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("a.csv", `phone,prenom,code
0600000002,Ann,A
0600000001,Otto,B
0612345600,Zoé,C
0612345601,Léa,D
0600000012,Max,E
0612345602,Pia,F
0612345603,Ida,G
0612345604,,H
0612345600,Zoé,C
0612345605,Eva,I
`), "--skip-invalid", "--first", "2").want(t, 3)
	w.run("resume", "a", "--yes", "--rate", "6000", "--doubt-delay", "1ms",
		"--request-timeout", "2s", "--first", "3", "--max-failures", "1").want(t, 6)
	w.run("forget", "+33612345601", "--yes").want(t, 0)
	w.run("forget", "+33612345603", "--yes").want(t, 0)
	w.send(w.write("b.csv", "phone,prenom,code\n0612345600,Zoé,J\n0612345606,Bob,K\n")).want(t, 0)
	return w
}

const (
	ofRow     = " WHERE campaign_id = 1 AND number = "
	ofAttempt = " WHERE row_id = (SELECT id FROM rows WHERE campaign_id = 1 AND number = N)"
	day       = "86400000"
)

// tampering is one statement each, and what verify must find: the row, and what of it.
var tampering = []struct{ change, want string }{
	// What is kept of forgotten rows.
	{"UPDATE rows SET status = 'rejected'" + ofRow + "5", "accepted-not-sent 5"},
	{"UPDATE rows SET status = 'already_sent'" + ofRow + "5", "accepted-not-sent 5"},
	{"UPDATE rows SET status = 'sent'" + ofRow + "8", "never-tried 8"},
	{"UPDATE rows SET status = 'invalid', cause = ''" + ofRow + "8", "problems-mismatch 8"},
	{"UPDATE rows SET cause = 'removed'" + ofRow + "8", "cause-differs 8"},
	{"UPDATE rows SET cause = 'timeout'" + ofRow + "5", "cause-differs 5"},
	{"UPDATE rows SET attempts = 9" + ofRow + "5", "attempts-miscount 5"},
	{"UPDATE rows SET sent_at = sent_at - 1000" + ofRow + "5", "sent-at-differs 5"},
	{"UPDATE rows SET sent_at = sent_at + " + day + ofRow + "5", "sent-at-differs 5"},
	{"UPDATE rows SET sent_at = 0" + ofRow + "5", "sent-without-date 5"},
	{"UPDATE rows SET tried_at = tried_at + 1" + ofRow + "5", "tried-at-differs 5"},
	{"UPDATE rows SET error_code = '131026'" + ofRow + "5", "answer-differs 5"},
	{"UPDATE rows SET doubted = 1" + ofRow + "5", "doubt-differs 5"},
	{"UPDATE rows SET open = 1" + ofRow + "5", "open-mismatch 5"},
	{"UPDATE rows SET number = 99" + ofRow + "5", "place-differs 6"},
	{"UPDATE attempts SET kind = 'rejected'" + ofAttempt + "|5", "sent-not-accepted 5"},
	{"UPDATE attempts SET answered_at = answered_at + 1" + ofAttempt + "|5", "sent-at-differs 5"},
	{"DELETE FROM attempts" + ofAttempt + "|5", "attempts-miscount 5"},
	// What must not be left of them.
	{`UPDATE rows SET cells = '["0612345601","Léa","D"]'` + ofRow + "5", "forgotten-holds 5"},
	{"UPDATE rows SET phone = '33612345601'" + ofRow + "5", "forgotten-holds 5"},
	{"UPDATE rows SET person = '33612345601'" + ofRow + "5", "forgotten-holds 5"},
	{`UPDATE rows SET field_values = '["Léa"]'` + ofRow + "5", "forgotten-holds 5"},
	{"UPDATE rows SET key = randomblob(16)" + ofRow + "5", "forgotten-holds 5"},
	{"UPDATE rows SET content_id = randomblob(16)" + ofRow + "5", "forgotten-holds 5"},
	{"UPDATE rows SET message_id = '7'" + ofRow + "5", "forgotten-holds 5"},
	{"UPDATE rows SET contact_id = '7'" + ofRow + "5", "forgotten-holds 5"},
	{"UPDATE rows SET contact_name = 'Léa'" + ofRow + "5", "forgotten-holds 5"},
	{"UPDATE rows SET contact_email = 'l@example.org'" + ofRow + "5", "forgotten-holds 5"},
	{"UPDATE rows SET error = 'Léa'" + ofRow + "5", "forgotten-holds 5"},
	{`UPDATE rows SET problems = '[{"code":"x","severity":"warning","value":"Léa"}]'` + ofRow + "5", "forgotten-holds 5"},
	{"UPDATE attempts SET key = randomblob(16)" + ofAttempt + "|5", "forgotten-holds 5"},
	{"UPDATE attempts SET text = 'Léa'" + ofAttempt + "|5", "forgotten-holds 5"},
	{"UPDATE rows SET forgotten_at = 0" + ofRow + "5", "key-missing 5"},
	{"UPDATE rows SET forgotten_at = 1" + ofRow + "7", "forgotten-holds 7"},
	{"UPDATE rows SET forgotten_at = forgotten_at - " + day + ofRow + "5", "forgotten-unacted 5"},
	{"DELETE FROM erasures", "forgotten-untold 0"},
	// Outcomes that the attempts do not leave.
	{"UPDATE rows SET cause = 'timeout'" + ofRow + "4", "cause-differs 4"},
	{"UPDATE rows SET error = 'Message undeliverable'" + ofRow + "4", "answer-differs 4"},
	{"UPDATE rows SET error_code = '131026'" + ofRow + "4", "answer-differs 4"},
	{"UPDATE rows SET sent_at = sent_at - 1" + ofRow + "4", "sent-at-differs 4"},
	{"UPDATE rows SET sent_at = sent_at + " + day + ofRow + "4", "sent-at-differs 4"},
	{"UPDATE rows SET tried_at = 0" + ofRow + "4", "tried-at-differs 4"},
	{"UPDATE rows SET doubted = 1" + ofRow + "4", "doubt-differs 4"},
	{"UPDATE rows SET refused = 1" + ofRow + "4", "doubt-differs 4"},
	{"UPDATE rows SET earlier = 1" + ofRow + "4", "doubt-differs 4"},
	{"UPDATE rows SET doubt_since = tried_at" + ofRow + "4", "doubt-differs 4"},
	{"UPDATE rows SET status = 'already_sent', message_id = ''" + ofRow + "4", "accepted-not-sent 4"},
	{"UPDATE rows SET status = 'already_sent', sent_at = tried_at" + ofRow + "2", "status-differs 2"},
	{"UPDATE rows SET status = 'unknown', doubt_since = tried_at" + ofRow + "2", "status-differs 2"},
	{"UPDATE rows SET status = 'skipped'" + ofRow + "2", "status-differs 2"},
	{"UPDATE rows SET status = 'skipped', cause = 'removed'" + ofRow + "2", "status-differs 2"},
	{"UPDATE rows SET cause = 'opted-out'" + ofRow + "2", "cause-differs 2"},
	{"UPDATE rows SET error = 'no'" + ofRow + "2", "answer-differs 2"},
	{"UPDATE rows SET error_code = '131049'" + ofRow + "2", "answer-differs 2"},
	{"UPDATE rows SET sent_at = tried_at - 1" + ofRow + "2", "sent-at-differs 2"},
	{"UPDATE rows SET status = 'rejected'" + ofRow + "6", "status-differs 6"},
	{"UPDATE rows SET status = 'pending'" + ofRow + "6", "status-differs 6"},
	{"UPDATE rows SET doubt_since = doubt_since + " + day + ofRow + "6", "doubt-differs 6"},
	{"UPDATE rows SET doubted = 0" + ofRow + "6", "doubt-differs 6"},
	{"UPDATE rows SET status = 'unknown'" + ofRow + "7", "never-tried 7"},
	{"UPDATE rows SET status = 'skipped', cause = 'suppressed'" + ofRow + "7", "status-differs 7"},
	{"UPDATE rows SET status = 'skipped', cause = 'opted-out-earlier'" + ofRow + "7", "opt-out-missing 7"},
	{"UPDATE rows SET status = 'skipped', cause = 'messaged-before'" + ofRow + "7", "cause-differs 7"},
	{"UPDATE rows SET status = 'skipped', cause = 'duplicate'" + ofRow + "7", "status-differs 7"},
	{"UPDATE rows SET status = 'invalid'" + ofRow + "7", "problems-mismatch 7"},
	{"UPDATE rows SET gone = 1" + ofRow + "11", "status-differs 11"},
	{"UPDATE rows SET contact_id = '54321'" + ofRow + "7", "contact-without-try 7"},
	{"UPDATE rows SET status = 'pending'" + ofRow + "9", "problems-mismatch 9"},
	{"UPDATE rows SET problems = ''" + ofRow + "9", "problems-mismatch 9"},
	{"UPDATE rows SET status = 'pending', cause = ''" + ofRow + "10", "key-missing 10"},
	{"UPDATE rows SET cause = 'removed'" + ofRow + "10", "status-differs 10"},
	{"DELETE FROM opt_outs", "opt-out-missing 3"},
	{"UPDATE rows SET status = 'skipped', cause = 'suppressed'" + ofRow + "2", "status-differs 2"},
	{"UPDATE rows SET status = 'skipped', cause = 'messaged-recently'" + ofRow + "2", "status-differs 2"},
	{"UPDATE rows SET cause = 'same-number'" + ofRow + "10", "repeat-differs 10"},
	{"UPDATE rows SET cause = 'suppressed'" + ofRow + "10", "status-differs 10"},
	{"UPDATE rows SET cause = 'messaged-recently'" + ofRow + "10", "status-differs 10"},
	{"UPDATE rows SET cause = 'messaged-before'" + ofRow + "10", "status-differs 10"},
	{"UPDATE rows SET cause = 'opted-out-earlier'" + ofRow + "10", "opt-out-missing 10"},
	// Attempts that the rows do not tell of.
	{"UPDATE attempts SET kind = 'accepted'" + ofAttempt + "|2", "accepted-not-sent 2"},
	{"UPDATE attempts SET kind = 'doubt'" + ofAttempt + "|2", "status-differs 2"},
	{"UPDATE attempts SET kind = 'replayed'" + ofAttempt + "|2", "status-differs 2"},
	{"UPDATE attempts SET kind = 'lost'" + ofAttempt + "|2", "tries-impossible 2"},
	{"UPDATE attempts SET cause = 'timeout'" + ofAttempt + "|2", "cause-differs 2"},
	{"UPDATE attempts SET code = '1'" + ofAttempt + "|2", "answer-differs 2"},
	{"UPDATE attempts SET text = 'yes'" + ofAttempt + "|2", "answer-differs 2"},
	{"UPDATE attempts SET key = randomblob(16)" + ofAttempt + "|2", "attempt-other-key 2"},
	{"UPDATE attempts SET began_at = began_at + 1" + ofAttempt + "|2", "tried-at-differs 2"},
	{"UPDATE attempts SET answered_at = answered_at - " + day + ofAttempt + "|2", "attempt-out-of-order 2"},
	{"UPDATE attempts SET answered_at = answered_at + " + day + ofAttempt + "|2", "attempt-out-of-run 2"},
	{"UPDATE attempts SET answered_at = answered_at + 1" + ofAttempt + "|4", "sent-at-differs 4"},
	{"UPDATE attempts SET run_id = 99" + ofAttempt + "|4", "attempt-out-of-run 4"},
	{"UPDATE attempts SET row_id = 0" + ofAttempt + "|4", "attempts-miscount 4"},
	{"UPDATE attempts SET row_id = 9999" + ofAttempt + "|4", "stray-attempts 0"},
	{"INSERT INTO attempts SELECT 999, row_id, run_id, pace_key, key, began_at, deadline_at, answered_at, kind, cause, code, " +
		"text, failing_since FROM attempts" +
		ofAttempt + "|4", "attempts-miscount 4"},
	// The plan.
	{`UPDATE rows SET cells = '["0612345609","Pia","F"]'` + ofRow + "7", "number-differs 7"},
	{`UPDATE rows SET cells = '["Pia","Pia","F"]'` + ofRow + "7", "number-differs 7"},
	{`UPDATE rows SET cells = '["0612345602","Pia","Z"]'` + ofRow + "7", "values-differ 7"},
	{"UPDATE rows SET contact_name = 'Pia'" + ofRow + "7", "contact-differs 7"},
	{"UPDATE rows SET contact_email = 'pia@example.org'" + ofRow + "7", "contact-differs 7"},
	{`UPDATE rows SET cells = '["0612345600","Zoe","C"]'` + ofRow + "4", "values-differ 4"},
	{"UPDATE rows SET number = 6" + ofRow + "7", "place-differs 6"},
	{"DELETE FROM rows" + ofRow + "11", "rows-uncounted 0"},
	{"INSERT INTO rows (campaign_id, seq, number, cells, status, cause) VALUES (1, 11, 12, '[]', 'skipped', 'duplicate')", "rows-uncounted 0"},
	// The campaign and its runs.
	{"UPDATE campaigns SET created_at = created_at - " + day + " WHERE id = 1", "created-out-of-run 0"},
	{"UPDATE campaigns SET created_at = created_at + " + day + " WHERE id = 1", "created-after-tried 0"},
	{"UPDATE campaigns SET confirmed_at = confirmed_at - " + day + " WHERE id = 1", "confirmed-out-of-run 0"},
	{"UPDATE campaigns SET finished_at = created_at WHERE id = 1", "finished-pending 7"},
	{"UPDATE campaigns SET account = '57' WHERE id = 1", "opt-out-missing 3"},
	{"UPDATE campaigns SET name = 'aa' WHERE id = 1", "key-differs 4"},
	{"UPDATE campaigns SET definition = json_set(definition, '$.file.header[0]', 'x') WHERE id = 1", "columns-differ 0"},
	{"UPDATE campaigns SET definition = json_set(definition, '$.file.rows', 9) WHERE id = 1", "rows-uncounted 0"},
	{"UPDATE campaigns SET definition = json_set(definition, '$.settings.country', 'BE') WHERE id = 1", "number-differs 4"},
	{"UPDATE campaigns SET definition = json_set(definition, '$.of', '78') WHERE id = 1", "message-differs 0"},
	{"UPDATE campaigns SET definition = json_set(definition, '$.message.template.ID', 78) WHERE id = 1", "key-differs 4"},
	{"DELETE FROM runs WHERE id = 1", "attempt-out-of-run 2"},
	{"UPDATE runs SET campaign = 'c' WHERE id = 2", "attempt-out-of-run 4"},
	{"UPDATE runs SET started_at = started_at - 2 * " + day + ", ended_at = ended_at - " + day + " WHERE id = 1", "attempt-out-of-run 2"},
	// Of the finished one.
	{"UPDATE campaigns SET finished_at = finished_at - " + day + " WHERE id = 2", "b finished-early 0"},
	{"UPDATE campaigns SET finished_at = finished_at + 2 * " + day + " WHERE id = 2", "b finished-out-of-run 0"},
	{"UPDATE runs SET stopped = 'interrupted' WHERE campaign = 'b'", "b finished-out-of-run 0"},
	{"UPDATE campaigns SET finished_at = 0 WHERE id = 2", "b unfinished 0"},
	{"UPDATE campaigns SET definition = json_set(definition, '$.message.template.Body', 'Bonsoir {{prenom}}, " +
		"{{code}}') WHERE id = 2", "b text-differs 0"},
	{"UPDATE campaigns SET account = '57' WHERE id = 2", "b account-differs 0"},
	{"UPDATE campaigns SET definition = json_set(definition, '$.file.name', 'c.csv') WHERE id = 2", "b file-differs 0"},
	{"UPDATE campaigns SET definition = json_set(definition, '$.file.sha256', 'c0ffee') WHERE id = 2", "b file-differs 0"},
	{"UPDATE runs SET file_name = 'c.csv' WHERE campaign = 'b'", "b file-differs 0"},
	{"UPDATE runs SET sha256 = 'c0ffee' WHERE campaign = 'b'", "b file-differs 0"},
	{"UPDATE runs SET confirmed = confirmed + 5 WHERE campaign = 'b'", "b confirmed-differs 0"},
	{"UPDATE runs SET confirmed = confirmed + 5 WHERE id = 1", "confirmed-differs 0"},
}

func TestVerifyFindsEveryTampering(t *testing.T) {
	t.Parallel()
	w := tamperedWorld(t)
	book := filepath.Join(w.state(), "kanal-campaign", "ledger.db")
	whole, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b"} {
		if got := w.findings(0, name); len(got) != 0 {
			t.Fatalf("%s as it is: found %v", name, got)
		}
	}
	for _, tc := range tampering {
		for _, leftover := range []string{"-wal", "-shm"} {
			_ = os.Remove(book + leftover)
		}
		if err := os.WriteFile(book, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		change, row, _ := strings.Cut(tc.change, "|")
		exec(t, book, strings.Replace(change, "number = N", "number = "+row, 1))
		name, want := "a", tc.want
		if rest, ofB := strings.CutPrefix(want, "b "); ofB {
			name, want = "b", rest
		}
		if strings.Contains(change, "SET name") {
			name = "aa"
		}
		if got := w.findings(3, name); !slices.Contains(got, want) {
			t.Errorf("%s:\ngot  %v\nwant %s", change, got, want)
		}
	}
}

// A results file may hold a person who was forgotten since; what became of the message is the ledger's still.
func TestVerifyHoldsForgottenPeopleAgainstTheLedger(t *testing.T) {
	t.Parallel()
	w := tamperedWorld(t)
	before := w.read("a.results.csv")
	w.run("report", "a").want(t, 0)
	after := w.read("a.results.csv")
	sentAt := w.results("a.results.csv")[3]["sent_at"]
	for name, file := range map[string]string{"before": before, "after": after} {
		lines := strings.SplitAfter(file, "\n")
		for _, tc := range []struct {
			line      int
			old, new  string
			different string // the column; empty where nothing is to be found
		}{
			{4, "sent,", "sent,", ""},
			{4, "sent,", "rejected,", "status"},
			{4, ",1," + sentAt, ",2," + sentAt, "attempts"},
			{4, sentAt, "2020-01-02T03:04:05Z", "sent_at"},
			{4, ",1," + sentAt, ",1,", "sent_at"},
			{7, ",0,", ",1,", "attempts"},
		} {
			if !strings.Contains(lines[tc.line], tc.old) {
				t.Fatalf("%s: %q has no %q", name, lines[tc.line], tc.old)
			}
			edited := slices.Clone(lines)
			edited[tc.line] = strings.Replace(edited[tc.line], tc.old, tc.new, 1)
			code, want := 0, 0
			if tc.different != "" {
				code, want = 3, 1
			}
			got := w.findings(code, "a", w.write("given.csv", strings.Join(edited, "")))
			if len(got) != want || want > 0 && !strings.Contains(got[0], " "+tc.different+" ") {
				t.Errorf("%s, %q in place of %q: found %v, want %q", name, tc.new, tc.old, got, tc.different)
			}
		}
	}
}
