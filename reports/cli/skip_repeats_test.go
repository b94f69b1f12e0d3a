package cli_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/kanal/sandbox"
)

// A renamed file goes to the people who do not have its message: announced, sent, remembered by resume and accounted for.
func TestSkipRepeats(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("export.csv", people(2))).want(t, 0)
	w.send(w.write("more.csv", strings.Replace(people(4), "06 12 34 00 00", "+33612340000", 1)), "--again").want(t, 0) // row 2 is of both
	path := w.write("final.csv", people(7))
	sends := len(w.requests())
	got := w.send(path).want(t, 5).tells(t, "repeats-others", "3").says(t, "--skip-repeats")
	w.run(append(proposedSend(got.err), "--first", "1", "--yes")...).want(t, 0).says(t, "Left out 4 rows")
	if n := len(w.requests()) - sends; n != 1 {
		t.Errorf("%d messages of the pilot", n)
	}
	w.send(w.write("between.csv", strings.Split(people(1), "\n")[0]+"\n"+strings.Split(people(7), "\n")[6]), "--again").want(t, 0)
	w.runOn(terminal{is: true, input: "no\n"}, "resume", "final").want(t, 5).tells(t, "left-out-since").tells(t, "confirm-prompt", "1")
	w.run("resume", "final", "--yes", "--rate", "6000").want(t, 0)
	for i, row := range w.results("final.results.csv") {
		want := "sent"
		if i < 4 || i == 5 {
			want = "skipped"
			if row["cause"] != "same-message" || !strings.Contains(row["error"], "campaign") {
				t.Errorf("row %d: %v", i+2, row)
			}
		}
		if row["status"] != want {
			t.Errorf("row %d is %s, not %s", i+2, row["status"], want)
		}
	}
	w.run("retry", "final", "--row", "2").want(t, 5).tells(t, "retry-row-same-message", "2", "more")
	w.run("verify", "final").want(t, 0)
	w.send(path, "--skip-repeats=false").want(t, 5) // it was planned with it
	w.run("send", path, "--template", "welcome", "--skip-repeats", "--again").want(t, 2).tells(t, "flags-again-skip-repeats")

	w.write("final.csv", people(8)+"06 12 34 00 00,Léa,other words\n")
	w.send(path).want(t, 5).says(t, "--update")
	w.send(path, "--update").want(t, 0) // who has another message of another campaign does not have this one
	if rows := w.results("final.results.csv"); rows[7]["status"] != "sent" || rows[8]["status"] != "sent" || rows[0]["cause"] != "same-message" {
		t.Errorf("%v", rows)
	}
}

// A number that was spelled otherwise in the other campaign is one person, and a doubt may be a message.
func TestSkipRepeatsOfOtherSpellings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		v.spoil(page(502, false), 1, 1000)
		v.send(v.write("export.csv", people(1)), "--max-failures", "1").want(t, 6)
		v.play = nil
		path := v.write("final.csv", strings.Replace(people(2), "06 12 34 00 00", "+33 6 12 34 00 00", 1))
		v.send(path).want(t, 5).says(t, fmt.Sprintf("%d of %d", 1, 2))
		v.send(path, "--skip-repeats").want(t, 0)
		if rows := v.results("final.results.csv"); rows[0]["cause"] != "same-message" || rows[1]["status"] != "sent" {
			t.Errorf("%v", rows)
		}
	})
}

// A campaign that is rebuilt asks about repeats like a new one, and takes the same answer.
func TestRebuiltSkipsRepeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newVirtual(t)
		w.send(w.write("spring.csv", people(4)), "--first", "1").want(t, 0)
		w.loseLedger()
		w.send(w.write("other.csv", people(2)), "--continue-earlier").want(t, 0)
		w.rebuild("spring.results.csv").want(t, 5).tells(t, "repeats-others", "2").says(t, "--skip-repeats")
		w.rebuild("spring.results.csv", "--skip-repeats").want(t, 0)
		if rows := w.results("spring.results.csv"); rows[1]["cause"] != "same-message" || rows[2]["status"] != "sent" || rows[3]["status"] != "sent" {
			t.Errorf("%v", rows)
		}
	})
}
