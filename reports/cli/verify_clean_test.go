package cli_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// holds fails the test where verify finds anything in what nobody has touched.
func (w *world) holds(when string, names ...string) {
	w.t.Helper()
	for _, name := range names {
		if found := w.findings(0, name, filepath.Join(w.dir, name+".results.csv")); len(found) > 0 {
			w.t.Errorf("%s: verify %s found %v", when, name, found)
		}
	}
}

// Whatever a campaign goes through, verify finds nothing in it.
func TestVerifyFindsNothingInWhatNobodyTouched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newVirtual(t)
		const header = "phone,prenom,code,email\n"
		const kinds = `0612345600,Zoé,OK,z@example.org
0600000001,Otto,OPTED-OUT,
0600000002,Ann,REFUSED,
0600000003,Ida,LATER,
+33 6 00 00 00 05,Max,ACCEPTED-AND-LOST,
0033600000010,Pia,THROTTLED,
33600000012,Eva,NEVER,
+32 470 12 34 56,Jean,BELGIAN,
+52 1 55 1234 5678,Frida,TWO-SPELLINGS,
06.12.34.56.01,"  Léa ",SPACES,
`
		path := w.write("a.csv", header+kinds+"n/a,Bob,INVALID,\n0612345602,,EMPTY,\n0612345600,Zoé,OK,\n0612345600,Zoé,OTHER,\n")
		w.send(path, "--skip-invalid", "--duplicates", "skip", "--name-column", "prenom", "--email-column", "email", "--first", "3").want(t, 3)
		w.holds("after a pilot", "a")
		w.run("resume", "a", "--yes", "--rate", "6000").want(t, 3)
		w.holds("with every outcome", "a")
		w.send(path, "--test-to", "0698765432").want(t, 0)
		w.run("retry", "a", "--yes", "--rate", "6000").want(t, 3)
		w.run("retry", "a", "--unknown", "--yes", "--rate", "6000").want(t, 3)
		w.holds("after retries", "a")
		w.run("retry", "a", "--unknown", "--new-key", "--yes", "--rate", "6000").want(t, 3)
		w.run("retry", "a", "--cause", "131049", "--new-key", "--yes", "--rate", "6000").want(t, 3)
		w.holds("with new keys", "a")
		time.Sleep(24 * time.Hour)
		w.send(w.write("a.csv", header+kinds+"0612345602,Kim,EMPTY,\n0612345603,New,NEW,\n0612345600,Zoé,CORRECTED,\n"), "--update",
			"--skip-invalid").want(t, 3)
		w.holds("after an update", "a")
		w.send(w.write("a.csv", "code,prenom,phone,email\nNEW,New,0612345603,\nREFUSED,Ann,0600000002,\n"), "--update").want(t, 3)
		w.holds("after most have left, with the columns in another order", "a")

		w.send(w.write("b.csv", header+kinds), "--first", "1", "--min-gap", "7d").want(t, 3)
		w.run("forget", "+33600000012", "--yes").want(t, 0)
		w.run("forget", "+33612345601", "--yes").want(t, 0)
		w.run("forget", "+33600000003", "--yes").want(t, 0)
		w.holds("with forgotten people, against older results", "a", "b")
		w.run("resume", "b", "--yes", "--rate", "6000", "--suppress", w.write("list.txt", "+32470123456\n"))
		for _, name := range []string{"a", "b"} {
			w.run("report", name).want(t, 0)
		}
		w.holds("with forgotten people", "a", "b")

		if err := os.RemoveAll(w.state()); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"a", "b"} {
			w.run("resume", "--from", filepath.Join(w.dir, name+".results.csv"), "--country", "FR", "--yes", "--rate", "6000")
			w.holds("rebuilt", name)
		}
		w.run("retry", "a", "--yes", "--rate", "6000").want(t, 3)
		w.run("retry", "a", "--new-key", "--yes", "--rate", "6000").want(t, 3)
		w.holds("rebuilt and tried again", "a")
	})
}

// A computer whose clock was set back has dates out of order, which is no contradiction.
func TestVerifyAfterTheClockWasSetBack(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("a.csv", people(4)), "--first", "2").want(t, 0)
	exec(t, filepath.Join(w.state(), "kanal-campaign", "ledger.db"), `
		UPDATE attempts SET began_at = began_at + 7200000, answered_at = answered_at + 7200000;
		UPDATE rows SET tried_at = tried_at + 7200000, sent_at = sent_at + 7200000 WHERE tried_at;
		UPDATE campaigns SET created_at = created_at + 7200000, confirmed_at = confirmed_at + 7200000;
		UPDATE runs SET started_at = started_at + 7200000, ended_at = ended_at + 7200000`)
	w.run("resume", "a", "--yes", "--rate", "6000").want(t, 0)
	w.holds("after the clock was set back", "a")
	w.run("verify", "a").want(t, 0).says(t, words.English().VerifyClockSetBack())
}

// A ledger of the first version holds, before and after its campaign went on.
func TestVerifyALedgerOfVersion1(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	statements, err := os.ReadFile(filepath.Join("..", "..", "campaign", "ledger", "sqlite", "testdata", "v1.sql"))
	if err != nil {
		t.Fatal(err)
	}
	w.send(w.write("a.csv", people(12))).want(t, 0) // the sandbox's message ids go on from here
	book := w.write("v1.db", "")
	exec(t, book, string(statements))
	if found := w.findings(0, "novembre", "--ledger", book); len(found) > 0 {
		t.Errorf("found %v", found)
	}
	if found := w.findings(0, "spring", "--ledger", book); len(found) > 0 {
		t.Errorf("found %v", found)
	}
	w.run("verify", "spring", "--ledger", book).want(t, 0).says(t, words.English().VerifyUnanswered(1)) // of a process that died
	w.run("forget", "+33600000012", "--yes", "--ledger", book).want(t, 0)
	w.run("resume", "spring", "--yes", "--rate", "6000", "--out", w.dir, "--ledger", book)
	for _, name := range []string{"novembre", "spring"} {
		if found := w.findings(0, name, "--ledger", book); len(found) > 0 {
			t.Errorf("%s: found %v", name, found)
		}
	}
}
