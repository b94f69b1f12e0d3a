package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// A list that was given once counts until --suppress none lifts it: another one only adds to it.
func TestListsAddUp(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(6))
	first, second := w.write("first.txt", "0612340001\n"), w.write("second.txt", "0612340002\n")
	w.send(path, "--suppress", first, "--first", "1").want(t, 0)
	w.write("first.txt", "0612340001\n0612340003\n")
	w.write("spring.csv", people(7))
	w.send(path, "--update", "--suppress", second, "--first", "1").want(t, 0)
	w.run("resume", "spring", "--suppress", second, "--yes", "--rate", "6000").want(t, 0)
	w.truth(4, "spring.results.csv")
	for _, a := range w.kanal.Accepted() {
		if a.Number == "33612340001" || a.Number == "33612340002" || a.Number == "33612340003" {
			t.Errorf("%s is on a list, and was messaged", a.Number)
		}
	}
}

// The command that a lost ledger asks for keeps what this one was given.
func TestRebuildingKeepsTheLists(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path, list := w.write("spring.csv", people(4)), w.write("list.txt", "0612340002\n")
	w.send(path, "--first", "1").want(t, 0)
	w.loseLedger()
	got := w.send(path, "--suppress", list, "--send-window", "Mon-Sun 00:00-24:00").want(t, 5)
	for _, words := range []string{"--suppress", filepath.Base(list), "--send-window"} {
		if !strings.Contains(got.err+got.out, words) {
			t.Errorf("it does not say %s:\n%s", words, got.err)
		}
	}
	w.rebuild("spring.results.csv", "--suppress", list, "--country", "FR").want(t, 0)
	w.truth(3, "spring.results.csv")
}

// A variable of the shell that was not set lifts no limit, makes no campaign of a test, and chooses nobody.
func TestEmptyFlags(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	for _, flag := range []string{"--send-window", "--timezone", "--min-gap", "--suppress", "--test-to", "--daily-cap",
		"--campaign", "--out"} {
		for _, value := range []string{"", " "} {
			if got := w.send(path, flag, value); got.code != 2 || !strings.Contains(got.err, flag) {
				t.Errorf("%s %q: exit code %d\n%s", flag, value, got.code, got.err)
			}
		}
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// An empty --cause is no leave to try every refused row again.
func TestEmptyCause(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("spring.csv", "phone,prenom,code\n+33600000002,Zoé,A\n")).want(t, 3)
	w.run("retry", "spring", "--cause", "", "--yes", "--rate", "6000").want(t, 2).says(t, "--cause")
	if n := len(w.requests()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// The first line of a list counts, however its number is written: as a header it would be nobody's, and be messaged.
func TestFirstLineOfAList(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"+33612340000 (Zoé)", "06\u00a012\u00a034\u00a000\u00a000", "06\u202f12\u202f34\u202f00\u202f00", "06·12·34·00·00", "06_12_34_00_00",
		"06–12–34–00–00", "06\u201112\u201134\u201100\u201100", "\u202a+33612340000\u202c", "０６１２３４００００", "tel:+33612340000",
		"Tel 0612340000", "tél. 06 12 34 00 00", "0612340000 - STOP", "0612340000 # stop", "0612340000?", "O612340000",
		"‹0612340000>", "*0612340000", "0612340000 (Zoé)",
	} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("spring.csv", people(2))
		got := w.send(path, "--suppress", w.write("list.txt", line+"\n+33612340001\n"))
		if got.code != 0 && got.code != 4 || len(w.requests()) != 0 {
			t.Errorf("%q: exit code %d, %d messages\n%s", line, got.code, len(w.requests()), got.err)
		}
	}
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	for name, header := range map[string]string{"a name": "Téléphone", "a date beside it": "phone,2026-11-20",
		"a campaign beside it": "Campagne 20261122,mobile"} {
		line := "+33612340000"
		if strings.HasPrefix(header, "phone,") {
			line += ",x"
		} else if strings.Contains(header, ",") {
			line = "x," + line
		}
		w.run("check", path, "--template", "welcome", "--country", "FR", "--suppress", w.write(name+".csv", header+"\n"+line+"\n")).
			want(t, 0).says(t, "Left out 1 row: on your list")
	}
}

// A remembered list that was moved is named anew together with the others, in words that work.
func TestMovedList(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(4))
	moved, other := w.write("moved.txt", "+33612340001\n"), w.write("other.txt", "+33612340002\n")
	w.send(path, "--suppress", moved, "--suppress", other, "--first", "1").want(t, 0)
	there := w.dir + "/there.txt"
	if err := os.Rename(moved, there); err != nil {
		t.Fatal(err)
	}
	w.run("resume", "spring", "--yes", "--rate", "6000", "--suppress", there).want(t, 5).
		says(t, "--suppress none --suppress FILE --suppress", "other.txt")
	w.run("resume", "spring", "--yes", "--rate", "6000", "--suppress", "none", "--suppress", there, "--suppress", other).want(t, 0)
	for _, a := range w.kanal.Accepted() {
		if a.Number == "33612340001" || a.Number == "33612340002" {
			t.Errorf("%s was messaged", a.Number)
		}
	}
}

// A check knows the window that it is given, as the send that follows it does.
func TestCheckWithinAWindow(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	got := w.run("check", path, "--template", "welcome", "--country", "FR", "--send-window", "Mon-Sun 00:00-24:00",
		"--daily-cap", "2").want(t, 0)
	got.says(t, "Window", "Volume")
	if strings.Contains(got.out, "Hours ") {
		t.Errorf("it judges by hours that the window takes the place of:\n%s", got.out)
	}
}

// Whoever waits because another campaign uses the same API key's minute is told which one.
func TestSharedLimitIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		v.run("send", v.write("long.csv", people(60)), "--template", "welcome", "--country", "FR", "--yes").want(t, 0)
		path := v.write("short.csv", strings.ReplaceAll(people(60), "Zoé", "Léa"))
		v.run("send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "30").want(t, 0).
			says(t, `: campaign "long" shares the limit; `)
		v.truth(120, "short.results.csv")
	})
}

// A dash is no file's name, and stands for no stream either.
func TestADashIsNoFileToWrite(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("a.csv", people(2))).want(t, 0)
	t.Chdir(w.dir)
	for _, args := range [][]string{
		{"report", "a", "--only", "sent", "-o", "-"},
		{"check", "a.csv", "--template", "welcome", "--country", "FR", "--fix", "-o", "-"},
		{"init", "--template", "welcome", "-o", "-"},
		{"report", "a", "--only", "sent", "-o", ""},
	} {
		w.run(args...).want(t, 2).says(t, words.English().FlagValue("file", "--output", args[len(args)-1]))
		if _, err := os.Lstat("-"); err == nil {
			t.Fatalf("%q has made a file that is called -", args)
		}
	}
}

// Doubts that only a list keeps from being tried again are told with the list, and with the command that tries them.
func TestDoubtsOnAList(t *testing.T) {
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.DropAfter}}})
	path := w.write("spring.csv", people(1))
	w.send(path, "--first", "1", "--max-failures", "1", "--doubt-delay", "1h")
	list := w.write("list.txt", "+33612340000\n")
	w.run("retry", "spring", "--unknown", "--yes", "--rate", "6000", "--suppress", list).want(t, 5).
		says(t, english.RetryOnLists(1), "kanal-campaign retry spring --unknown --suppress none")
	if n := len(w.requests()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// Whom forget has erased counts among those written to within a day: else each would leave room for another.
func TestForgottenCountForTheCap(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("first.csv", people(4))).want(t, 0)
	w.run("forget", "+33612340001", "--yes").want(t, 0)
	w.run("check", w.write("next.csv", "phone,prenom,code\n+33799990001,Zoé,A\n"), "--template", "welcome", "--country", "FR",
		"--daily-cap", "15").want(t, 0).says(t, english.VolumeRecent(4))
}

// The report proposes no more than the daily cap leaves, as the summary does.
func TestReportKeepsToTheCap(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("spring.csv", people(6)), "--daily-cap", "4", "--first", "2").want(t, 0)
	if page := w.read("spring.report.html"); !strings.Contains(page, "resume spring</span> <span>--first 2</span>") {
		t.Error("the report proposes more than the cap leaves")
	}
}

// A finished campaign whose lists are lifted says how those are sent to whom they left out, and the command does it.
func TestFinishedCampaignWhoseListsAreLifted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("relance.csv", people(4))
	w.send(path, "--suppress", w.write("list.txt", "0612340001\n0612340002\n")).want(t, 0)
	w.run("send", path).want(t, 5).unsaid(t, "whom your lists left out")
	lifted := func(screen string) []string {
		before, _, _ := strings.Cut(screen, english.FinishedResults())
		return proposed(t, "send", before)
	}
	for _, args := range [][]string{{"send", path}, {"resume", "relance"}} {
		got := w.run(append(args, "--suppress", "none")...).want(t, 5).says(t, english.FinishedLifted(2))
		if words := strings.Join(lifted(got.err), " "); !strings.HasPrefix(words, "send "+path+" --update --suppress none") {
			t.Errorf("%s proposes %s", args[0], words)
		}
	}
	got := w.run("send", path, "--suppress", "none", "--first", "1").want(t, 5)
	w.run(append(lifted(got.err), "--yes", "--rate", "6000")...).want(t, 0)
	w.truth(3, "relance.results.csv")
	w.run("resume", "relance", "--yes", "--rate", "6000").want(t, 0)
	w.truth(4, "relance.results.csv")
}
