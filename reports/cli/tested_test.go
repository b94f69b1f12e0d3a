package cli_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// A test is part of its number's history, and marked as one.
func TestHistoryTellsTests(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", "phone,prenom,code\n0612345600,Zoé,A\n")
	w.send(path, "--test-to", "06 98 76 54 32").want(t, 0)
	w.send(path, "--test-to", "+33600000013").want(t, 3)
	w.run("history", "+33698765432").want(t, 0).says(t, words.English().HistoryTestsOnly(), "TEST", "of a", "accepted").
		tells(t, "history-tests", "1")
	w.run("history", "+33600000013").want(t, 0).says(t, "refused: ").tells(t, "forget-count-tests", "1")
	w.send(path, "--test-to", "0612345600").want(t, 0)
	w.send(path).want(t, 0)
	w.run("history", "0612345600", "--country", "FR").want(t, 0).says(t, words.English().HistoryAccepted(1), "a, row 2").
		tells(t, "history-tests", "1")
	var read struct {
		Messages []struct{ Campaign string }
		Tests    []struct {
			Campaign, Command, Answer string
			Key                       uuid.UUID `json:"idempotency_key"`
		}
	}
	if err := json.Unmarshal([]byte(w.run("history", "+33698765432", "--format", "json").want(t, 0).out), &read); err != nil {
		t.Fatal(err)
	}
	first := w.kanal.Accepted()[0]
	if len(read.Messages) != 0 || len(read.Tests) != 1 || read.Tests[0].Campaign != "a" || read.Tests[0].Command != "test" ||
		read.Tests[0].Answer != "accepted" || read.Tests[0].Key.String() != first.Key {
		t.Errorf("%+v, and the sandbox has accepted %+v", read, first)
	}
}

// Neither the key nor the number of a test is left in any file, whether a campaign was sent or not.
func TestForgetTests(t *testing.T) {
	for name, erase := range map[string][]string{
		"a number":  {"forget", "0698765432", "--country", "FR", "--yes"},
		"old tests": {"forget", "--older-than", "1y", "--yes"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("a.csv", "phone,prenom,code\n0612345600,Zoé,A\n")
			w.send(path, "--test-to", "06 98 76 54 32").want(t, 0)
			w.send(path, "--test-to", "0611111111").want(t, 0)
			exec(t, filepath.Join(w.state(), "kanal-campaign", "ledger.db"), "UPDATE runs SET started_at = 1 WHERE id = 1")
			book := w.book() // the write-ahead log stays
			traces := []string{"698765432", "98 76 54 32"}
			var keys []string
			for _, a := range w.kanal.Accepted() {
				key := uuid.MustParse(a.Key)
				keys = append(keys, string(key[:]))
			}
			traces = append(traces, keys[0])
			if before := tracesIn(t, w.state(), traces); len(before) < 2 {
				t.Fatalf("there is little to forget: %q", before)
			}
			w.run(erase[:len(erase)-1]...).want(t, 5).tells(t, "forget-tests", "1").tells(t, "forget-no-terminal")
			w.run(erase...).want(t, 0).says(t, "erased 1 test message. Their bytes are gone")
			for _, trace := range tracesIn(t, w.state(), traces) {
				t.Errorf("left in %q", trace)
			}
			if left := tracesIn(t, w.state(), []string{keys[1], "33611111111"}); len(left) < 2 {
				t.Errorf("too much was forgotten: %q is left", left)
			}
			w.run("history", "+33698765432").want(t, 0).says(t, words.English().HistoryNone()).tells(t, "history-erased")
			if again := w.run(erase...).want(t, 0); strings.Contains(again.out, "(--test-to)") {
				t.Errorf("it forgets twice: %s", again.out)
			}
			if err := book.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// What a rehearsal's sandbox has accepted as a test goes as well.
func TestForgetARehearsedTest(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.env["KANAL_API_KEY"] = ""
	w.send(w.write("a.csv", "phone,prenom,code\n0612345600,Zoé,A\n"), "--sandbox", "--test-to", "0698765432").want(t, 0)
	if left := tracesIn(t, w.state(), []string{"698765432"}); len(left) < 2 {
		t.Fatalf("there is little to forget: %v", left)
	}
	w.run("forget", "+33698765432", "--sandbox").want(t, 0).says(t, "SANDBOX: erased 1 test message.")
	for _, trace := range tracesIn(t, w.state(), []string{"698765432"}) {
		t.Errorf("left in %s", trace)
	}
}
