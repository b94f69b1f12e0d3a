package cli_test

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/kanal/sandbox"
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

// A variable of the shell that was not set lifts no limit.
func TestEmptyLimits(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	for _, flag := range []string{"--send-window", "--timezone", "--min-gap", "--suppress"} {
		if got := w.send(path, flag, ""); got.code == 0 {
			t.Errorf("%s was taken empty", flag)
		}
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// A check knows the window that it is given, as the send that follows it does.
func TestCheckWithinAWindow(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	got := w.run("check", path, "--template", "welcome", "--country", "FR", "--send-window", "Mon-Sun 00:00-24:00", "--daily-cap", "2").want(t, 0)
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
