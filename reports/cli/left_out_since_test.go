package cli_test

import (
	"testing"
	"testing/synctest"

	"kanal-campaign/kanal/sandbox"
)

// Whoever opts out, or is messaged by another campaign, between two runs of a campaign is announced to nobody any more.
func TestLeftOutSinceThePlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{OptedOut: []string{"33612340002"}})
	path := w.write("spring.csv", people(5))
	w.send(path, "--min-gap", "7d", "--first", "1").want(t, 0)
	w.send(w.write("autumn.csv", "phone,prenom,code\n0612340002,B,1\n0612340003,C,2\n")).want(t, 3)

	w.check(path, "--min-gap", "7d").want(t, 0).says(t, "To send 2 people (rows 3 and 6)")
	w.runOn(terminal{is: true, input: "no\n"}, "resume", "spring").want(t, 5).says(t, "To send 2 people").
		tells(t, "left-out-since").tells(t, "confirm-prompt", "2")
	before := len(w.requests())
	w.run("resume", "spring", "--yes", "--rate", "6000").want(t, 0)
	if n := len(w.requests()) - before; n != 2 {
		t.Errorf("%d requests, 2 were announced", n)
	}
	w.run("verify", "spring").want(t, 0)
}

// A doubt is settled under its own key, whatever another campaign has sent in the meantime.
func TestDoubtIsSettledWithinTheGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		v.spoil(page(502, false), 1, 1000)
		v.send(v.write("spring.csv", people(1)), "--min-gap", "7d").want(t, 3)
		v.play = nil
		v.send(v.write("autumn.csv", "phone,prenom,code\n0612340000,B,1\n")).want(t, 0)
		before := len(v.requests())
		v.run("retry", "spring", "--unknown", "--yes").want(t, 0)
		if n := len(v.requests()) - before; n != 1 {
			t.Errorf("%d requests, want one under the old key", n)
		}
		if got := v.statuses("spring.results.csv"); got["sent"] != 1 {
			t.Errorf("the results read %v", got)
		}
	})
}
