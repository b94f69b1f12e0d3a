package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
)

// loseLedger removes everything that the program keeps in the state folder.
func (w *world) loseLedger() {
	w.t.Helper()
	if err := os.RemoveAll(w.env["XDG_STATE_HOME"]); err != nil {
		w.t.Fatal(err)
	}
}

// rebuild runs resume --from on a results file in the world's folder.
func (w *world) rebuild(results string, flags ...string) result {
	return w.run(append([]string{"resume", "--from", filepath.Join(w.dir, results), "--yes", "--send-window", "none", "--rate", "6000",
		"--doubt-delay", "1ms", "--request-timeout", "2s"}, flags...)...)
}

func TestLostLedgerIsRebuilt(t *testing.T) {
	t.Parallel()
	for name, message := range map[string][]string{
		"template":  nil, // its keys tell
		"free-form": {"--type", "text", "--text", "Bonjour {{prenom}}"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("spring.csv", people(10))
			send := w.send
			if message != nil {
				send = w.answer
			}
			send(path, append(message, "--first", "4")...).want(t, 0)
			w.loseLedger()
			w.rebuild("spring.results.csv", message...).want(t, 0).says(t, "Rebuilt", "4 accepted", "6 people")
			w.truth(10, "spring.results.csv")
			if got := w.statuses("spring.results.csv"); got["sent"] != 10 {
				t.Errorf("the results read %v", got)
			}
			w.run("resume", "spring").want(t, 5)
			if message == nil {
				w.send(path).want(t, 5).says(t, "finished")
			}
		})
	}
}

// What was sent after the results had been written is not sent again.
func TestRebuiltFromOldResults(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(20))
	w.send(path, "--first", "3").want(t, 0)
	old := w.read("spring.results.csv")
	w.run("resume", "spring", "--yes", "--first", "12", "--rate", "6000").want(t, 0)
	w.write("spring.results.csv", old)
	w.loseLedger()
	w.rebuild("spring.results.csv").want(t, 0)
	w.truth(20, "spring.results.csv")
	if got := w.statuses("spring.results.csv"); got["sent"] != 8 || got["already_sent"] != 12 {
		t.Errorf("the results read %v", got)
	}
}

// Everything that the results tell comes back as it was: a rebuilt campaign with nothing left to send writes the very
// same file.
func TestRebuiltResultsAreTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	var file strings.Builder
	file.WriteString("\ufeffTéléphone;prenom;code;note\r\n")
	for _, row := range []string{
		"06 12 34 00 01;Zoé;A;=1+1", "06 12 34 00 01;Zoé;A;again", "06 12 34 00 01;Léa;B;other", "n/a;Zoé;A;", "0612340002;;A;",
		"336000000" + "01;Zoé;A;opted out", "33600000002;Zoé;A;not on WhatsApp", "06 12 34 00 03;Zoé;\"A\nB\";",
	} {
		file.WriteString(row + "\r\n")
	}
	for i := range 10 {
		file.WriteString("06 12 35 00 1" + string(rune('0'+i)) + ";Zoé;A;x\r\n")
	}
	path := w.write("messy.csv", file.String())
	w.send(path, "--skip-invalid", "--duplicates", "skip").want(t, 3)
	before := w.read("messy.results.csv")
	w.loseLedger()
	w.rebuild("messy.results.csv", "--country", "FR").want(t, 3)
	if after := w.read("messy.results.csv"); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	sent := len(w.kanal.Accepted())

	// A refused person may be tried again; one who has opted out is known, and left alone.
	w.run("retry", "messy", "--yes", "--rate", "6000").want(t, 3)
	for _, row := range w.results("messy.results.csv") {
		if row["cause"] == "opted-out" && (row["status"] != "rejected" || row["attempts"] != "1") {
			t.Errorf("a person who has opted out was tried again: %v", row)
		}
	}
	w.write("later.csv", "phone,prenom,code\n33600000001,Zoé,Z\n06 12 99 00 01,Zoé,Z\n")
	w.send(filepath.Join(w.dir, "later.csv")).want(t, 0)
	if got := w.statuses("later.results.csv"); got["skipped"] != 1 || got["sent"] != 1 {
		t.Errorf("a later campaign reads %v", got)
	}
	if n := len(w.kanal.Accepted()); n != sent+1 {
		t.Errorf("%d more accepted, want 1", n-sent)
	}
}

// A doubt keeps its age: a young one is tried again, an old one on a person's word only.
func TestRebuiltDoubts(t *testing.T) {
	t.Parallel()
	since := regexp.MustCompile(`(?m),[^,]+,$`) // of the only row that has one
	for name, test := range map[string]struct {
		edit  func(string) string
		young bool
	}{
		"young": {func(results string) string { return results }, true},
		"old": {func(results string) string {
			return since.ReplaceAllString(results, ",2020-01-02T03:04:05Z,")
		}, false},
		"no date": {func(results string) string { return since.ReplaceAllString(results, ",,") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("spring.csv", "phone,prenom,code\n0612340001,Zoé,A\n33600000007,accepted then 500,B\n0612340002,Léa,C\n")
			w.send(path, "--first", "2", "--max-failures", "1").want(t, 6)
			w.write("spring.results.csv", test.edit(w.read("spring.results.csv")))
			w.loseLedger()
			if test.young {
				w.rebuild("spring.results.csv").want(t, 0)
			} else {
				w.rebuild("spring.results.csv").want(t, 3)
				if got := w.statuses("spring.results.csv"); got["unknown"] != 1 || got["sent"] != 2 {
					t.Errorf("the results read %v", got)
				}
				w.run("retry", "spring", "--unknown", "--yes", "--rate", "6000", "--doubt-delay", "1ms",
					"--request-timeout", "2s").want(t, 0)
			}
			if got := w.statuses("spring.results.csv"); got["already_sent"] != 1 || got["sent"] != 2 {
				t.Errorf("the results read %v", got)
			}
			w.truth(3, "spring.results.csv")
		})
	}
}

// One person with two messages is messaged twice after a rebuild, too, without being told that it was planned so.
func TestRebuiltDuplicates(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", "phone,prenom,code\n0612340001,Zoé,A\n0612340001,Zoé,B\n0612340002,Léa,C\n0612340002,Léa,D\n")
	w.send(path, "--duplicates", "allow", "--first", "1").want(t, 0)
	w.loseLedger()
	w.rebuild("spring.results.csv").want(t, 0)
	w.truth(4, "spring.results.csv")
}

// New keys that were given without an attempt between are found, too.
func TestRebuiltGenerations(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", "phone,prenom,code\n0612340001,Zoé,A\n33600000012,always 500,B\n0612340002,Léa,C\n")
	w.send(path, "--first", "2", "--max-failures", "1").want(t, 6)
	w.kanal.SetFaults(sandbox.Faults{Latency: time.Minute})
	for range 2 { // a new key each, and no attempt: the disk, or a person, stopped it before
		signals := make(chan os.Signal, 2)
		signals <- os.Interrupt
		signals <- os.Interrupt
		w.runOn(terminal{signals: signals}, "retry", "spring", "--unknown", "--new-key", "--yes", "--rate", "6000")
	}
	w.kanal.SetFaults(sandbox.Faults{})
	w.run("report", "spring").want(t, 0)
	w.loseLedger()
	w.rebuild("spring.results.csv", "--max-failures", "1")
	if got := w.statuses("spring.results.csv"); got["sent"] < 1 || got["sent"]+got["pending"]+got["unknown"] != 3 {
		t.Errorf("the results read %v", got)
	}
}

// Rows that left the file keep their place in mind, whatever columns the file has had since.
func TestRebuiltAfterAnUpdate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", "phone,prenom,code\n0612340001,Zoé,A\n0612340002,Léa,B\n0612340003,Max,C\n")
	w.send(path, "--first", "2").want(t, 0)
	w.write("spring.csv", "code,town,phone,prenom\nA,Brest,0612340001,Zoé\nC,Metz,0612340003,Max\nD,Nice,0612340004,Ida\n")
	w.send(path, "--update", "--first", "1").want(t, 0)
	if last := w.results("spring.results.csv")[3]; last["prenom"] != "Léa" || last["code"] != "B" || last["row"] != "" {
		t.Errorf("the row that left the file reads %v", last)
	}
	w.loseLedger()
	w.rebuild("spring.results.csv").want(t, 0)
	w.truth(4, "spring.results.csv")
	w.write("spring.csv", "code,town,phone,prenom\nA,Brest,0612340001,Zoé\nE,Lyon,0612340002,Léa\n")
	w.send(path, "--update").says(t, "nobody")
	w.truth(4, "spring.results.csv")
}

func TestRebuildRefuses(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(6))
	w.send(path, "--first", "2").want(t, 0)
	results := w.read("spring.results.csv")
	accepted := len(w.kanal.Accepted())
	w.send(path, "--first", "2", "--sandbox").want(t, 0)
	rehearsed := w.read("spring.sandbox.results.csv")

	w.rebuild("spring.results.csv").want(t, 5).says(t, "not lost", "resume spring")
	w.loseLedger()
	for name, test := range map[string]struct {
		file, content string
		flags         []string
		code          int
		says          []string
	}{
		"a number changed": {"spring.results.csv", strings.Replace(results, "33612340005", "33612340095", 1), nil, 1,
			[]string{"row 7", "idempotency key"}},
		"a phone corrected": {"spring.results.csv", strings.Replace(results, "06 12 34 00 05", "06 12 34 00 95", 1), nil, 1,
			[]string{"row 7", "+33612340005", "--update"}},
		"a row twice": {"spring.results.csv", results + results[strings.LastIndex(strings.TrimSpace(results), "\n")+1:],
			nil, 1, []string{"row 7", "is there twice"}},
		"a rehearsal's":      {"spring.results.csv", rehearsed, nil, 1, []string{"rehearsal", "--sandbox"}},
		"a rehearsal's name": {"spring.sandbox.results.csv", rehearsed, nil, 5, []string{"rehearsal", "--sandbox"}},
		"no row numbers":     {"spring.results.csv", regexp.MustCompile(`(?m),\d+,,$`).ReplaceAllString(results, ",,,"), nil, 1, []string{"row"}},
		"endless attempts": {"spring.results.csv",
			strings.Replace(results, ",pending,,,33612340005,,,,0,", ",pending,,,33612340005,,,,2000000000,", 1), nil, 1, []string{"attempts"}},
		"a value changed": {"spring.results.csv", strings.Replace(results, "Zoé 4", "Zoé 9", 1), nil, 1, []string{"row 6", "idempotency key"}},
		"a status made up": {"spring.results.csv", strings.Replace(results, ",pending,", ",perhaps,", 1), nil, 1,
			[]string{"status", "perhaps"}},
		"another name":         {"summer.results.csv", results, nil, 1, []string{"--campaign"}},
		"no name":              {"old.csv", results, nil, 2, []string{"--campaign"}},
		"the input":            {"spring.results.csv", people(6), nil, 1, []string{"not a results file"}},
		"another template":     {"spring.results.csv", results, []string{"--template", "order_confirmation"}, 1, nil},
		"a template not there": {"spring.results.csv", results, []string{"--template", "nowhere"}, 1, []string{"nowhere"}},
	} {
		t.Run(name, func(t *testing.T) {
			w.write(test.file, test.content)
			got := w.rebuild(test.file, test.flags...)
			if got.code != test.code {
				t.Errorf("exit code %d, want %d\n%s", got.code, test.code, got.err)
			}
			got.says(t, test.says...)
		})
	}
	t.Chdir(w.dir) // a long path would be cut short
	w.run("resume", "--from", "gone.results.csv", "--yes").want(t, 1).says(t, "gone.results.csv")
	if n := len(w.kanal.Accepted()); n != accepted {
		t.Errorf("%d more messages were accepted", n-accepted)
	}
	w.write("spring.results.csv", results)
	w.run("resume", "spring", "--template", "welcome").want(t, 2).says(t, "--from")
	w.rebuild("summer.results.csv", "--campaign", "spring").want(t, 0)
	w.truth(6, "spring.results.csv")
}

// With the results of a lost ledger beside it, a file is not sent anew: Kanal may have forgotten the keys.
func TestLostLedgerIsNoticed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(8))
	w.send(path, "--first", "3").want(t, 0)
	w.loseLedger()
	w.send(path).want(t, 5).says(t, "spring.results.csv", "--from")
	if n := len(w.requests()); n != 3 {
		t.Errorf("%d requests, want the first three only", n)
	}
	w.rebuild("spring.results.csv", "--country", "FR").want(t, 0)
	w.truth(8, "spring.results.csv")

	// The campaign is whole again: a file with one person more sends to that one.
	w.write("spring.csv", people(9))
	w.send(path).want(t, 5)
	w.send(path, "--update").want(t, 0)
	w.truth(9, "spring.results.csv")
}

// An older copy of the ledger, put back, would send again what a newer one has sent: the results know better.
func TestOlderLedgerIsNoticed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{KeyLife: time.Nanosecond})
	path := w.write("spring.csv", people(8))
	w.send(path, "--first", "3").want(t, 0)
	state, older := w.env["XDG_STATE_HOME"], filepath.Join(w.dir, "older")
	if err := os.CopyFS(older, os.DirFS(state)); err != nil {
		t.Fatal(err)
	}
	w.run("resume", "spring", "--yes", "--first", "3", "--rate", "6000").want(t, 0)
	w.loseLedger()
	if err := os.Rename(older, state); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"resume", "spring"}, {"send", path, "--template", "welcome"}, {"retry", "spring", "--unknown"}} {
		w.run(append(command, "--yes", "--rate", "6000")...).want(t, 5).says(t, "--from").tells(t, "old-ledger").
			tells(t, "old-ledger", "3")
	}
	w.rebuild("spring.results.csv", "--ledger", filepath.Join(w.dir, "new.db")).want(t, 0)
	w.truth(8, "spring.results.csv")
}
