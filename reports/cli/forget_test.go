package cli_test

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// forgettable is a campaign of five: one is accepted, one opted out, one refused with her number in Kanal's words, one has
// errors, and one is in doubt. Zebulon is in the second row.
const forgettable = `phone,prenom,code,email,note
06 98 76 54 32,Zebulon,SECRET-ZEB,zebulon@example.org,likes tea
0600000001,Otto,OPT,o@example.org,
0600000013,Ines,INVALID,i@example.org,"friend of +33 (0)6.98.76.54.32"
0698765432 / 0611223344,Zebulon,SECRET-TWO,zebulon@example.org,
0612345600,Anna,ANNA,a@example.org,
`

// spellings are all forms in which the person may stand anywhere.
var spellings = []string{"698765432", "98 76 54 32", "98.76.54.32", "33…32", "Zebulon", "SECRET-", "zebulon@"}

// tracesIn returns which of the texts stand in which files below a folder.
func tracesIn(t *testing.T, folder string, texts []string) (found []string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		for _, text := range texts {
			if strings.Contains(string(content), text) {
				found = append(found, filepath.Base(path)+": "+text)
			}
		}
		return err
	})
	if err != nil || files == 0 {
		t.Fatalf("%d files: %v", files, err)
	}
	return found
}

func (w *world) state() string { return filepath.Join(w.dir, "state") }

// book opens the ledger as another process would, and keeps it open: its write-ahead log stays then.
func (w *world) book() *ledger.Ledger {
	w.t.Helper()
	book, err := sqlite.Open(w.t.Context(), filepath.Join(w.state(), "kanal-campaign", "ledger.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { book.Close() })
	return book
}

// forgettableWorld has sent two campaigns to Zebulon.
func forgettableWorld(t *testing.T) *world {
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", forgettable)
	w.send(path, "--skip-invalid", "--name-column", "prenom", "--email-column", "email").want(t, 3)
	w.send(w.write("decembre.csv", "phone,prenom,code\n+33698765432,Zebulon,SECRET-DEC\n0612345600,Anna,DEC\n")).want(t, 0)
	return w
}

// leaveTraces leaves the person in the ledger where no campaign shows it.
func leaveTraces(t *testing.T, w *world) {
	t.Helper()
	book := w.book()
	stage := func(name string, rows int, cells ...string) *ledger.Staging {
		t.Helper()
		staging, err := book.Stage(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		for range rows {
			if err := staging.Add(t.Context(), record.Row{Cells: cells}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := staging.Tallies(t.Context()); err != nil { // writes what was added
			t.Fatal(err)
		}
		return staging
	}
	// Whatever was ever deleted stays in free pages of the file: a plan that nobody confirmed, say.
	if err := stage("declined", 500, "0698765432", "Zebulon", "SECRET-DECLINED").Discard(t.Context()); err != nil {
		t.Fatal(err)
	}
	// And what an import that died has staged is still there.
	w.send(w.write("decembre.csv", "phone,prenom,code\n0612345600,Anna,DEC\n"), "--update").want(t, 0)
	stage("novembre", 2, "0698765432", "Zebulon")
}

// keysOf are the idempotency keys of the person's rows, as they are written and as the ledger keeps them.
func keysOf(t *testing.T, w *world, digits string) (keys []string) {
	t.Helper()
	for _, name := range []string{"novembre.results.csv", "decembre.results.csv"} {
		for _, row := range w.results(name) {
			if !strings.Contains(row["normalized_phone"], digits) {
				continue
			}
			key, err := uuid.Parse(row["idempotency_key"])
			if err != nil {
				t.Fatal(err)
			}
			keys = append(keys, string(key[:]), key.String())
		}
	}
	return keys
}

func TestForgetLeavesNoByte(t *testing.T) {
	t.Parallel()
	w := forgettableWorld(t)
	leaveTraces(t, w)
	keys := keysOf(t, w, "698765432")
	if before := tracesIn(t, w.state(), append(spellings, keys...)); len(before) < 6 || len(keys) != 4 {
		t.Fatalf("there is little to forget: %v, %d keys", before, len(keys))
	}
	accepted := len(w.kanal.Accepted())

	w.run("forget", "06", "98", "76", "54", "32", "--country", "FR").want(t, 5).says(t, "1 row in decembre", words.English().ForgetStaysInRows(1, "novembre", "4")).
		tells(t, "forget-no-terminal").tells(t, "forget-rows", "2", "novembre")
	if now := tracesIn(t, w.state(), []string{"SECRET-ZEB"}); len(now) == 0 {
		t.Error("it was forgotten without a yes")
	}
	w.run("forget", "+33698765432", "--yes").want(t, 0).
		says(t, "erased 3 rows. ", filepath.Join(w.dir, "novembre.csv"), filepath.Join(w.dir, "novembre.results.csv"),
			filepath.Join(w.dir, "decembre.csv"), "kanal-campaign report novembre")
	// The note of another row stays: it is that person's.
	left := tracesIn(t, w.state(), append(spellings, keys...))
	for _, trace := range left {
		if !strings.HasSuffix(trace, ": 98.76.54.32") {
			t.Errorf("left in %s", trace)
		}
	}
	if len(w.kanal.Accepted()) != accepted {
		t.Error("a message left")
	}
	w.run("history", "+33698765432").want(t, 0).says(t, words.English().HistoryNone()).tells(t, "history-erased")
	w.run("forget", "+33698765432", "--yes").want(t, 0).says(t, words.English().ForgetNothingBut("LIVE", "+33698765432"))
	w.remainsWhole()
}

// remainsWhole holds what is left against what it was.
func (w *world) remainsWhole() {
	w.t.Helper()
	for _, name := range []string{"novembre", "decembre"} {
		w.run("verify", name, filepath.Join(w.dir, name+".results.csv")).want(w.t, 0).says(w.t, words.English().VerifyHolds("LIVE", name))
	}
	for range 2 { // over those that hold the person still, and over those that do not
		w.run("report", "novembre").want(w.t, 0)
	}
	rows := w.results("novembre.results.csv")
	if first := rows[0]; len(rows) != 5 || first["status"] != "sent" || first["phone"] != "" || first["normalized_phone"] != "" ||
		first["message_id"] != "" || !strings.HasPrefix(first["forgotten_at"], "20") || first["sent_at"] == "" || first["row"] != "2" {
		w.t.Errorf("the results read %v", rows)
	}
	if two := rows[3]; two["status"] != "invalid" || two["error_code"] != "phone-two" || two["phone"] != "" {
		w.t.Errorf("the row with two numbers reads %v", two)
	}
	if anna := rows[4]; anna["status"] != "sent" || anna["prenom"] != "Anna" || anna["message_id"] == "" {
		w.t.Errorf("another row reads %v", anna)
	}
	if _, err := os.Stat(filepath.Join(w.dir, "novembre.results-2.csv")); err == nil {
		w.t.Error("the results that hold the person still were taken for another campaign's")
	}
	w.run("verify", "novembre", filepath.Join(w.dir, "novembre.results.csv")).want(w.t, 0)
	w.run("status", "novembre").want(w.t, 0).says(w.t, words.English().StatusForgotten(2))
}

// An opt-out outlives the person's rows; whoever did not opt out may be messaged again, by another campaign only.
func TestForgottenPeopleAndLaterCampaigns(t *testing.T) {
	t.Parallel()
	w := forgettableWorld(t)
	w.run("forget", "+33600000001", "--yes").want(t, 0)
	w.run("forget", "+33698765432", "--yes").want(t, 0)
	w.run("history", "+33600000001").want(t, 0).tells(t, "history-opted-out")
	sent := len(w.requests())
	later := w.write("later.csv", "phone,prenom,code\n0600000001,Otto,X\n0698765432,Zebulon,SECRET-DEC\n")
	w.send(later).want(t, 0).tells(t, "cause.opted-out.label")
	if n := len(w.requests()) - sent; n != 1 {
		t.Errorf("%d messages left, want Zebulon's alone", n)
	}
	// A changed file of the same campaign might bring him in again: nobody knows that any more.
	changed := w.write("decembre.csv", "phone,prenom,code\n0698765432,Zebulon,OTHER\n0612345600,Anna,DEC\n0612345601,Bob,B\n")
	w.send(changed, "--update").want(t, 5).tells(t, "forgotten-update", "1", "decembre").tells(t, "nothing-sent")
	w.run("retry", "novembre", "--yes", "--rate", "6000").want(t, 3) // Ines alone is refused still
	if n := len(w.requests()) - sent; n != 2 {
		t.Errorf("%d messages left, want one more, to Ines", n)
	}
}

// A message that waits is not sent any more, and one in doubt is never tried again; the others' go out.
func TestForgetInAnUnfinishedCampaign(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", "phone,prenom,code\n0600000012,Doubt,D\n0612345600,Wait,W\n0612345601,Anna,A\n")
	w.send(path, "--first", "1", "--max-failures", "1").want(t, 6)
	accepted := len(w.kanal.Accepted())
	w.run("forget", "0612345600", "--country", "FR", "--yes").want(t, 0).says(t, words.English().ForgetPending(1))
	w.run("forget", "0600000012", "--country", "FR", "--yes").want(t, 0).says(t, words.English().ForgetDoubtful(1))
	tried := len(w.requests())
	w.run("resume", "novembre", "--yes", "--rate", "6000").want(t, 3)
	w.run("retry", "novembre", "--unknown", "--yes", "--rate", "6000").want(t, 5).tells(t, "refused-no-row-fits", "novembre")
	if n := len(w.kanal.Accepted()); n != accepted+1 || w.kanal.Accepted()[n-1].Number != "33612345601" || len(w.requests()) != tried+1 {
		t.Errorf("accepted %+v", w.kanal.Accepted())
	}
	counts := w.statuses("novembre.results.csv")
	if counts["unknown"] != 1 || counts["skipped"] != 1 || counts["sent"] != 1 {
		t.Errorf("the results read %v", counts)
	}
	w.run("verify", "novembre").want(t, 0)
}

func TestForgetRefusesWhileACampaignRuns(t *testing.T) {
	t.Parallel()
	w := forgettableWorld(t)
	release, err := w.book().Lock(t.Context(), "decembre")
	if err != nil {
		t.Fatal(err)
	}
	w.run("forget", "+33698765432", "--yes").want(t, 5).tells(t, "forget-running", "decembre")
	if left := tracesIn(t, w.state(), []string{"SECRET-ZEB", "SECRET-DEC"}); len(left) == 0 {
		t.Error("it was forgotten all the same")
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	w.runOn(terminal{is: true, input: "2\n"}, "forget", "+33698765432").want(t, 5).tells(t, "forget-not-typed", "3")
	if left := tracesIn(t, w.state(), []string{"SECRET-ZEB", "SECRET-DEC"}); len(left) == 0 {
		t.Error("it was forgotten after another number was typed")
	}
	w.runOn(terminal{is: true, input: "3\n"}, "forget", "+33698765432").want(t, 0).says(t, "erased 3 rows").
		tells(t, "forget-prompt", "3")
}

// Campaigns are forgotten by the date of their last activity, and only those that are finished.
func TestForgetOldCampaigns(t *testing.T) {
	t.Parallel()
	w := forgettableWorld(t)
	w.send(w.write("waiting.csv", "phone,prenom,code\n0612345602,Old,OLD\n0612345603,Old,OLD\n"), "--first", "1").want(t, 0)
	const past = " - 200 * 86400000"
	exec(t, filepath.Join(w.state(), "kanal-campaign", "ledger.db"), strings.ReplaceAll(`
		UPDATE campaigns SET created_at = created_at PAST, confirmed_at = confirmed_at PAST, finished_at = max(0, finished_at PAST)
			WHERE name <> 'decembre';
		UPDATE runs SET started_at = started_at PAST, ended_at = ended_at PAST WHERE campaign <> 'decembre';
		UPDATE rows SET tried_at = max(0, tried_at PAST), sent_at = max(0, sent_at PAST) WHERE campaign_id IN
			(SELECT id FROM campaigns WHERE name <> 'decembre');
		UPDATE attempts SET began_at = began_at PAST, deadline_at = deadline_at PAST, answered_at = answered_at PAST
			WHERE run_id IN (SELECT id FROM runs WHERE campaign <> 'decembre');`, "PAST", past))
	w.run("report", "novembre", "--only", "sent", "-o", filepath.Join(w.dir, "again.csv")).want(t, 0)
	w.run("forget", "--older-than", "201d", "--yes").want(t, 0).tells(t, "forget-nothing-old")
	w.run("forget", "--older-than", "soon").want(t, 2)
	w.run("forget", "0612345678", "--older-than", "3y").want(t, 2)
	w.run("forget").want(t, 2)
	w.run("forget", "--older-than", "6m", "--yes").want(t, 0).
		says(t, "erased 5 rows. ", words.English().ForgetUnfinished(1, `"waiting"`), filepath.Join(w.dir, "again.csv"))
	for _, trace := range tracesIn(t, w.state(), []string{"SECRET-ZEB", "SECRET-TWO", "0600000013", "ANNA", "33…13"}) {
		t.Errorf("left in %s", trace)
	}
	if left := tracesIn(t, w.state(), []string{"SECRET-DEC", "OLD"}); len(left) == 0 {
		t.Error("too much was forgotten")
	}
	w.run("verify", "novembre").want(t, 0)
	w.run("send", filepath.Join(w.dir, "novembre.csv"), "--template", "welcome", "--country", "FR", "--yes").want(t, 5)
	w.run("resume", "waiting", "--yes", "--rate", "6000").want(t, 0)
}

// A rehearsal has a ledger of its own, and what its sandbox accepted lies beside it.
func TestForgetARehearsal(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.env["KANAL_API_KEY"] = ""
	w.send(w.write("novembre.csv", "phone,prenom,code\n0698765432,Zebulon,SECRET-ZEB\n0612345600,Anna,A\n"), "--sandbox").want(t, 0)
	if left := tracesIn(t, w.state(), []string{"33698765432"}); len(left) < 2 {
		t.Fatalf("there is little to forget: %v", left)
	}
	w.run("forget", "+33698765432").want(t, 0).tells(t, "no-ledger-rehearsed")
	w.run("forget", "+33698765432", "--sandbox").want(t, 0).tells(t, "forgotten")
	for _, trace := range tracesIn(t, w.state(), spellings) {
		t.Errorf("left in %s", trace)
	}
	if left := tracesIn(t, w.state(), []string{"33612345600"}); len(left) < 2 {
		t.Errorf("too much was forgotten: %v", left)
	}
}

// Kanal may name in one person's answer another person's number: it goes from there as well.
func TestForgetANumberInAnAnswer(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	other := w.server.Config.Handler
	w.server.Config.Handler = http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		if sends[request.URL.Path] {
			response.WriteHeader(http.StatusBadRequest)
			_, _ = response.Write([]byte(`{"error":"Contact +33 6 98 76 54 32 is merged with this one"}`))
			return
		}
		other.ServeHTTP(response, request)
	})
	w.send(w.write("novembre.csv", "phone,prenom,code\n0612345600,Anna,A\n"), "--max-failures", "1")
	if left := tracesIn(t, w.state(), []string{"98 76 54 32"}); len(left) == 0 {
		t.Fatal("there is nothing to forget")
	}
	w.run("forget", "+33698765432", "--yes").want(t, 0)
	for _, trace := range tracesIn(t, w.state(), spellings) {
		t.Errorf("left in %s", trace)
	}
}

// A process that dies between the erasure and the cleaning of the files leaves that to the next forget.
func TestForgetGoesOnAfterItDied(t *testing.T) {
	w := forgettableWorld(t)
	book := w.book()
	trace := number.TraceOf("33698765432")
	own, _, err := book.Find(t.Context(), "33698765432", trace.In)
	if err != nil || len(own) != 3 {
		t.Fatalf("%d rows, %v", len(own), err)
	}
	if changed, err := book.ForgetRows(t.Context(), own, nil, trace.Redact, ledger.Erasure{}); err != nil || !changed {
		t.Fatal(changed, err)
	}
	if left := tracesIn(t, w.state(), spellings); len(left) < 3 { // in the write-ahead log, and in the run's log
		t.Fatalf("there is little left: %v", left)
	}
	w.run("forget", "+33698765432", "--yes").want(t, 0).says(t, words.English().ForgetNothingBut("LIVE", "+33698765432"))
	for _, trace := range tracesIn(t, w.state(), spellings) {
		if !strings.HasSuffix(trace, ": 98.76.54.32") {
			t.Errorf("left in %s", trace)
		}
	}
}

// A ledger that is lost is rebuilt from results in which people are forgotten, and they stay so.
func TestRebuiltWithForgottenPeople(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("novembre.csv", "phone,prenom,code\n0698765432,Zebulon,Z\n0612345600,Anna,A\n0612345601,Bob,B\n"),
		"--first", "2").want(t, 0)
	w.run("forget", "+33698765432", "--yes").want(t, 0)
	w.run("report", "novembre").want(t, 0)
	if err := os.RemoveAll(w.state()); err != nil {
		t.Fatal(err)
	}
	w.run("resume", "--from", filepath.Join(w.dir, "novembre.results.csv"), "--yes", "--send-window", "none", "--rate", "6000").want(t, 0)
	rows := w.results("novembre.results.csv")
	if n := len(w.kanal.Accepted()); n != 3 || rows[0]["status"] != "sent" || !strings.HasPrefix(rows[0]["forgotten_at"], "20") ||
		rows[2]["status"] != "sent" {
		t.Errorf("%d accepted, and the results read %v", n, rows)
	}
	w.run("verify", "novembre", filepath.Join(w.dir, "novembre.results.csv")).want(t, 0)
	w.run("status", "novembre").want(t, 0).says(t, words.English().StatusForgotten(1))
}
