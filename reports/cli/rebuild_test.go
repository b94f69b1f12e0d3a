package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
	return w.run(append([]string{"resume", "--from", filepath.Join(w.dir, results), "--yes", "--rate", "6000", "--doubt-delay", "1ms"},
		flags...)...)
}

func TestLostLedgerIsRebuilt(t *testing.T) {
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
	w.write("later.csv", "phone,prenom,code\n33600000001,Zoé,Z\n06 12 99 00 01,Zoé,Z\n")
	w.send(filepath.Join(w.dir, "later.csv")).want(t, 0)
	if got := w.statuses("later.results.csv"); got["skipped"] != 1 || got["sent"] != 1 {
		t.Errorf("a later campaign reads %v", got)
	}
	if n := len(w.kanal.Accepted()); n != sent+1 {
		t.Errorf("%d more accepted, want 1", n-sent)
	}
}

// A doubt whose age nobody knows any more is tried again on a person's word only.
func TestRebuiltDoubts(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", "phone,prenom,code\n0612340001,Zoé,A\n33600000007,accepted then 500,B\n0612340002,Léa,C\n")
	w.send(path, "--first", "2", "--max-failures", "1").want(t, 6)
	w.loseLedger()
	w.rebuild("spring.results.csv").want(t, 3)
	if got := w.statuses("spring.results.csv"); got["unknown"] != 1 || got["sent"] != 2 {
		t.Errorf("the results read %v", got)
	}
	w.run("retry", "spring", "--unknown", "--yes", "--rate", "6000", "--doubt-delay", "1ms").want(t, 0)
	if got := w.statuses("spring.results.csv"); got["already_sent"] != 1 || got["sent"] != 2 {
		t.Errorf("the results read %v", got)
	}
	w.truth(3, "spring.results.csv")
}

func TestRebuildRefuses(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(6))
	w.send(path, "--first", "2").want(t, 0)
	results := w.read("spring.results.csv")
	accepted := len(w.kanal.Accepted())

	w.rebuild("spring.results.csv").want(t, 5).says(t, "not lost", "resume spring")
	w.loseLedger()
	for name, test := range map[string]struct {
		file, content string
		flags         []string
		code          int
		says          []string
	}{
		"a number changed":     {"spring.results.csv", strings.Replace(results, "33612340005", "33612340095", 1), nil, 1, []string{"row 7", "own key"}},
		"a value changed":      {"spring.results.csv", strings.Replace(results, "Zoé 4", "Zoé 9", 1), nil, 1, []string{"row 6", "own key"}},
		"a status made up":     {"spring.results.csv", strings.Replace(results, ",pending,", ",perhaps,", 1), nil, 1, []string{"status", "perhaps"}},
		"another name":         {"summer.results.csv", results, nil, 1, []string{"--campaign"}},
		"no name":              {"old.csv", results, nil, 2, []string{"--campaign"}},
		"the input":            {"spring.results.csv", people(6), nil, 1, []string{"no results file"}},
		"another template":     {"spring.results.csv", results, []string{"--template", "order_confirmation"}, 1, nil},
		"a template not there": {"spring.results.csv", results, []string{"--template", "nowhere"}, 1, []string{"nowhere"}},
		"no such file":         {"gone.results.csv", "", nil, 1, []string{"gone.results.csv"}},
	} {
		t.Run(name, func(t *testing.T) {
			os.Remove(filepath.Join(w.dir, "gone.results.csv"))
			if test.content != "" {
				w.write(test.file, test.content)
			}
			got := w.rebuild(test.file, test.flags...)
			if got.code != test.code {
				t.Errorf("exit code %d, want %d\n%s", got.code, test.code, got.err)
			}
			got.says(t, test.says...)
		})
	}
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
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(8))
	w.send(path, "--first", "3").want(t, 0)
	w.loseLedger()
	w.send(path).want(t, 5).says(t, "spring.results.csv", "resume --from")
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
