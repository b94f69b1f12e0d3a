package cli_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// unsaid fails the test where the command printed one of the texts.
func (r result) unsaid(t *testing.T, texts ...string) result {
	t.Helper()
	all := strings.Join(strings.Fields(r.out+" "+r.err), " ")
	for _, text := range texts {
		if strings.Contains(all, text) {
			t.Errorf("it says %q\nstdout:\n%s\nstderr:\n%s", text, r.out, r.err)
		}
	}
	return r
}

// A rehearsal speaks of no telephone, of nothing to look for in Kanal, and of no question that it does not ask.
func TestRehearsalSaysThatItIsOne(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(4))
	real := []string{"look at the phone", "look in Kanal", "Accepted is not delivered", "confirmed before. Keep"}
	w.send(path, "--sandbox", "--first", "1").want(t, 0).says(t, words.English().GoOnRest()).
		tells(t, "rehearsal-means").unsaid(t, real...)
	w.run("resume", "spring", "--sandbox", "--rate", "6000").want(t, 0).
		says(t, "A rehearsal asks nothing. Live, you would be asked here: more messages would go out than were confirmed before.").unsaid(t, real...)
	w.run("status", "spring", "--sandbox").want(t, 0).tells(t, "rehearsal-means").unsaid(t, real...)
	w.test("--sandbox").want(t, 0).says(t, english.TestRehearsed("sent", "+33699887766", ""),
		"--test-to +33699887766").unsaid(t, "look at the phone", "--sandbox")
	w.test("--sandbox", "--test-to", "+33600000002").want(t, 3).tells(t, "test-rehearsed.rejected").unsaid(t, "Kanal refused")
	if n := len(w.requests()); n != 0 {
		t.Errorf("the real Kanal got %d requests", n)
	}
}

// Whoever names a number of the file for a test is told before the test leaves: it may be a customer's.
func TestTestToSomebodyInTheFile(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	asked := "Is it a customer's number, typed by mistake?"
	w.test().want(t, 0).unsaid(t, asked)
	w.test("--test-to", "06 12 34 00 02").want(t, 0).says(t,
		"WARNING: "+english.TestListed(1, "+33612340002", "4"))
	list := w.write("list.txt", "06 12 34 00 02\n")
	w.test("--quiet", "--test-to", "+33612340002", "--suppress", list).want(t, 0).says(t, english.TestListedLeftOut(1, "+33612340002", "4", "on your lists"))
	var object struct{ Listed []int }
	for number, want := range map[string][]int{"06 12 34 00 02": {4}, "06 99 88 77 66": {}} {
		object.Listed = nil
		if err := json.Unmarshal([]byte(w.test("--format", "json", "--test-to", number).want(t, 0).out), &object); err != nil {
			t.Fatal(err)
		}
		if object.Listed == nil || !slices.Equal(object.Listed, want) {
			t.Errorf("%s: listed in %v, want %v", number, object.Listed, want)
		}
	}
	before := len(w.requests())
	path := w.write("one.csv", people(1))
	w.runOn(terminal{is: true, input: "no\n"}, "send", path, "--template", "welcome", "--country", "FR", "--test-to", "0612340000").
		want(t, 5).says(t, english.TestListed(1, "+33612340000", "2"))
	if n := len(w.requests()); n != before {
		t.Error("it was sent before the answer")
	}
}

// A rehearsal that starts over reads as the first one did: who opted out in it is tried, and refused, again. Another
// rehearsal keeps leaving that person out, and nothing that was learned for real is touched.
func TestRehearsalStartsOverWithItsOptOuts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{OptedOut: []string{"33612340001"}})
	w.send(w.write("real.csv", people(2))).want(t, 3)
	spring := w.write("spring.csv", people(2)+"+33600000001,Opted out,X\n")
	rejected := map[string]int{"sent": 2, "rejected": 1}
	skipped := map[string]int{"sent": 2, "skipped": 1}
	rehearse := func(name string, code int, want map[string]int) {
		t.Helper()
		w.send(w.dir+"/"+name+".csv", "--sandbox", "--again").want(t, code)
		if got := w.statuses(name + ".sandbox.results.csv"); !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		w.run("verify", name, "--sandbox").want(t, 0)
	}
	for range 3 {
		rehearse("spring", 3, rejected)
		w.run("check", spring, "--template", "welcome", "--country", "FR", "--sandbox").want(t, 0).unsaid(t, "opted out")
	}
	w.write("autumn.csv", people(2)+"+33600000001,Opted out,Y\n")
	for range 2 {
		rehearse("autumn", 0, skipped) // spring has learned it
	}
	w.send(spring, "--sandbox", "--again", "--first", "1").want(t, 0) // starts over, and is interrupted before it learns it again
	w.run("verify", "autumn", "--sandbox").want(t, 0)
	w.run("resume", "spring", "--sandbox", "--rate", "6000").want(t, 3)
	w.run("verify", "spring", "--sandbox").want(t, 0)
	w.run("forget", "+33600000001", "--sandbox").want(t, 0)
	w.run("verify", "spring", "--sandbox").want(t, 0)
	rehearse("spring", 0, skipped) // a forgotten person stays opted out

	w.write("later.csv", strings.ReplaceAll(people(3), ",P", ",Q"))
	w.send(w.dir+"/later.csv").want(t, 0)
	if got := w.statuses("later.results.csv"); !maps.Equal(got, skipped) {
		t.Errorf("a live opt-out is not kept: %v", got)
	}
	if n := len(w.requests()); n != 4 {
		t.Errorf("the real Kanal got %d requests, want 4", n)
	}
}
