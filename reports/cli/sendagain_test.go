package cli_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"kanal-campaign/kanal/sandbox"
)

// again sends a file that was sent before, with what tests want.
func (w *world) again(path string, flags ...string) result {
	return w.run(append([]string{"send", path, "--yes", "--rate", "6000", "--doubt-delay", "1ms",
		"--request-timeout", "2s"}, flags...)...)
}

// inLedger changes the ledger behind the program's back.
func (w *world) inLedger(statement string) {
	w.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.env["XDG_STATE_HOME"], "kanal-campaign", "ledger.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		w.t.Fatal(err)
	}
}

const (
	ann  = "+33612340001,Ann,A\n"
	bob1 = "+33612340002,Bob,B1\n"
	bob2 = "+33612340002,Bob,B2\n"
	carl = "+33612340003,Carl,C\n"
	dora = "+33612340004,Dora,D\n"
)

func lines(rows ...string) string { return "phone,prenom,code\n" + strings.Join(rows, "") }

// perPerson fails the test when the sandbox accepted two messages for one number.
func (w *world) perPerson() {
	w.t.Helper()
	seen := map[string]bool{}
	for _, a := range w.kanal.Accepted() {
		if seen[a.Number] {
			w.t.Errorf("%s was messaged twice", a.Number)
		}
		seen[a.Number] = true
	}
}

func TestUpdateChainsMessageNobodyTwice(t *testing.T) {
	t.Parallel()
	for name, chain := range map[string][]string{
		"removed, added with other values, put back": {lines(ann, bob1, carl), lines(ann, carl), lines(ann, carl, bob2),
			lines(ann, bob1, carl, dora)},
		"corrected, put back": {lines(ann, bob1, carl), lines(ann, bob2, carl), lines(ann, bob1, carl, dora)},
	} {
		for _, pilot := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " ", pilot), func(t *testing.T) {
				w := newWorld(t, sandbox.Options{})
				path := w.write("spring.csv", chain[0])
				w.send(path, "--first", "1").want(t, 0)
				for _, content := range chain[1:] {
					w.write("spring.csv", content)
					flags := []string{"--update"}
					if pilot {
						flags = append(flags, "--first", "1")
					}
					w.again(path, flags...).want(t, 0)
				}
				w.run("resume", "spring", "--yes", "--rate", "6000")
				w.perPerson()
			})
		}
	}
}

func TestRetryNeverMessagesWhoWasCorrectedAndSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{}}})
	const held = "33600000003" // refused under any values
	v1, v2 := held+",Zoé,V1\n", held+",Zoé,V2\n"
	path := w.write("spring.csv", lines(v1, ann))
	w.send(path).want(t, 3)
	w.write("spring.csv", lines(v2, ann))
	w.again(path, "--update").want(t, 3)
	w.inLedger("UPDATE rows SET status = 'sent', cause = '' WHERE phone = '" + held + "' AND cells LIKE '%V2%'")
	w.write("spring.csv", lines(v1, ann, carl))
	w.again(path, "--update")
	before := len(w.requests())
	w.run("retry", "spring", "--yes", "--rate", "6000")
	if n := len(w.requests()); n != before {
		t.Errorf("%d requests to a person who has the message", n-before)
	}
}

func TestRehearsalsNeverTouchALiveLedger(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	book := filepath.Join(w.dir, "mine.db")
	w.send(path, "--ledger", book).want(t, 0)
	w.run("send", path, "--ledger", book, "--sandbox").want(t, 2)
	w.run("send", path, "--template", "welcome", "--country", "FR", "--ledger", book, "--sandbox", "--rate", "6000").want(t, 0)
	w.send(path, "--ledger", book).want(t, 5).says(t, "finished")
	w.truth(3, "spring.results.csv")
}

func TestNewKeyDoesNotForgetTheDoubt(t *testing.T) {
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.Error500After, 2: sandbox.Unauthorized}}})
	path := w.write("spring.csv", lines(bob1))
	w.send(path, "--max-failures", "1").want(t, 6)
	w.run("retry", "spring", "--unknown", "--new-key", "--yes", "--rate", "6000").want(t, 1)
	if got := w.results("spring.results.csv")[0]["status"]; got != "unknown" {
		t.Errorf("the row reads %s, and its first key was accepted", got)
	}
	w.write("spring.csv", lines(bob2))
	w.again(path, "--update")
	w.perPerson()
}

func TestAnOldPlanIsAskedAboutInAnyOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", lines(ann, bob1, carl))
	w.kanal.RevokeAfter(1)
	w.send(path).want(t, 1)
	w.kanal.AddKey(sandbox.DefaultKey)
	w.inLedger("UPDATE campaigns SET confirmed_at = confirmed_at - 22 * 3600000")
	for _, content := range []string{lines(ann, bob1, carl), lines(ann, carl, bob1)} {
		w.write("spring.csv", content)
		w.run("send", path, "--rate", "6000").want(t, 5).says(t, "22 hours old")
	}
	if n := len(w.kanal.Accepted()); n != 1 {
		t.Errorf("%d accepted, want 1", n)
	}
	w.again(path).want(t, 0)
	w.truth(3, "spring.results.csv")
}

func TestFlagsOfAKnownCampaignAreObeyedOrStop(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", lines(ann))
	w.send(path).want(t, 0)
	w.write("spring.csv", lines(ann)+"+33612340005,Ren\x8e,R\n") // MacRoman
	w.again(path, "--update", "--encoding", "macroman").want(t, 0)
	if got := w.kanal.Accepted()[1].Variables["prenom"]; got != "René" {
		t.Errorf("sent %q", got)
	}
	for _, flags := range [][]string{{"--country", "BE"}, {"--map", "prenom=code"}, {"--variables", "a,b"},
		{"--name-column", "prenom"}, {"--encoding", "utf-8"}} {
		w.again(path, flags...).want(t, 5).says(t, flags[0])
	}
}

func TestNumbersOfFlags(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", lines(ann))
	for _, flags := range [][]string{{"--rate", "0"}, {"--rate", "-1"}, {"--max-failures", "0"}, {"--first", "0"}, {"--first", "x"}} {
		w.run(append([]string{"send", path, "--template", "welcome", "--yes"}, flags...)...).want(t, 2)
	}
}

func TestResultsThatCannotBeWritten(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", lines(ann, bob1))
	out := filepath.Join(w.dir, "out")
	if err := os.Mkdir(out, 0o700); err != nil {
		t.Fatal(err)
	}
	w.send(path, "--out", out, "--first", "1").want(t, 0)
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	w.run("resume", "spring", "--yes", "--rate", "6000").want(t, 1).says(t, "--out DIR").tells(t, "nothing-sent")
	if n := len(w.kanal.Accepted()); n != 1 {
		t.Errorf("%d accepted, want 1", n)
	}
	// The place is remembered, through updates and until another one is named.
	w.run("resume", "spring", "--yes", "--rate", "6000", "--out", w.dir).want(t, 0)
	w.truth(2, "spring.results.csv")
}

func TestThePlaceOfResultsIsRemembered(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", lines(ann, bob1))
	out := filepath.Join(w.dir, "out")
	if err := os.Mkdir(out, 0o700); err != nil {
		t.Fatal(err)
	}
	w.send(path, "--out", out).want(t, 0)
	w.write("spring.csv", lines(ann, bob1, carl))
	w.again(path, "--update").want(t, 0)
	w.truth(3, filepath.Join("out", "spring.results.csv"))
}

func TestTemplateNamedLikeAnotherOnesID(t *testing.T) {
	structure := `{"body":{"text":"Salut {{prenom}} {{code}}","variables":[{"name":"prenom"},{"name":"code"}]}}`
	mine := sandbox.Template{ID: 77, PhoneNumberID: 56, Name: "welcome", Status: "APPROVED", Structure: structure}
	other := sandbox.Template{ID: 5, PhoneNumberID: 56, Name: "77", Status: "APPROVED", Structure: structure}
	w := newWorld(t, sandbox.Options{Templates: []sandbox.Template{other, mine}})
	path := w.write("spring.csv", lines(ann, bob1))
	w.send(path, "--first", "1").want(t, 0)
	w.again(path).want(t, 0)
	for _, a := range w.kanal.Accepted() {
		if a.TemplateID != 77 {
			t.Errorf("template %d was sent", a.TemplateID)
		}
	}
}

func TestChangedTemplate(t *testing.T) {
	template := func(body string) sandbox.Options {
		return sandbox.Options{Templates: []sandbox.Template{{ID: 77, PhoneNumberID: 56, Name: "welcome", Status: "APPROVED",
			Structure: `{"body":{"text":"` + body + `","variables":[{"name":"prenom"},{"name":"code"}]}}`}}}
	}
	w := newWorld(t, template("Salut {{prenom}} {{code}}"))
	path := w.write("spring.csv", lines(ann, bob1))
	w.send(path, "--first", "1").want(t, 0)
	now := newWorld(t, template("Bonjour {{prenom}} {{code}}"))
	w.env["KANAL_API_URL"] = now.server.URL
	w.run("resume", "spring", "--rate", "6000").want(t, 5).says(t, "Salut", "Bonjour")
	w.write("spring.csv", lines(ann, bob1, carl))
	w.again(path, "--update").want(t, 0).says(t, "Salut", "Bonjour")
}

func TestRetryLeavesYoungDoubtsToResume(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.Error500After}}})
	path := w.write("spring.csv", lines(ann, "33600000003,Held,H\n"))
	w.send(path, "--max-failures", "1").want(t, 6)
	w.run("resume", "spring", "--yes", "--rate", "6000", "--first", "1")
	w.inLedger("UPDATE rows SET status = 'unknown', doubted = 1, doubt_since = tried_at, cause = 'timeout' WHERE phone = '33612340001'")
	w.inLedger("UPDATE rows SET status = 'rejected', refused = 1 WHERE phone = '33600000003'")
	w.run("retry", "spring", "--yes", "--rate", "6000").want(t, 3)
	w.run("resume", "spring", "--yes", "--rate", "6000", "--doubt-delay", "1ms", "--request-timeout", "2s").want(t, 3)
	if got := w.results("spring.results.csv")[0]["status"]; got != "already_sent" {
		t.Errorf("the doubt was left at %s", got)
	}
}

// An update of a finished campaign that is interrupted, or a pilot, goes on like any other.
func TestInterruptedUpdateOfAFinishedCampaign(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	w.send(path).want(t, 0)
	w.write("spring.csv", people(9))
	w.send(path, "--update", "--first", "2").want(t, 0)
	w.run("resume", "--yes", "--first", "2", "--rate", "6000").want(t, 0)
	w.send(path).want(t, 0)
	w.truth(9, "spring.results.csv")
	w.send(path).want(t, 5).says(t, "finished")
}
