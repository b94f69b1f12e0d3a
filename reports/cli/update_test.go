package cli_test

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

const fourPeople = "phone,prenom,code\n0612340001,Zoé,A1\n0612340002,Léa,A2\n0612340003,Noël,A3\n0612340004,Ann,A4\n"

// What Kanal accepted stays accepted on every screen when an update corrects or removes the row that it was for.
func TestMessagesOfOldVersionsCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("c4.csv", fourPeople)
	w.send(path).want(t, 0)
	w.write("c4.csv", "phone,prenom,code\n0612340001,Zoé,A1\n0612340002,Léa,B2\n0612340003,Noël,A3\n0612340005,Eve,A5\n")
	const more = "accepted by Kanal 3 and 2 more for rows as they were before an update"
	w.again(path, "--update").want(t, 0).says(t, more).tells(t, "stop.done.heading", "4")
	w.truth(5, "c4.results.csv")
	w.run("status", "c4").want(t, 0).says(t, more)
	w.run("send", path).want(t, 5).says(t, more)
	w.run("status").want(t, 0).says(t, "finished 5 0 0 0")

	var told struct {
		Campaigns []struct {
			Rows     int
			FileRows int `json:"file_rows"`
			Counts   map[string]int
			Messages struct {
				Accepted int
				Old      struct{ Accepted int } `json:"old_versions"`
			}
		}
	}
	if err := json.Unmarshal([]byte(w.run("status", "--format", "json").out), &told); err != nil {
		t.Fatal(err)
	}
	c := told.Campaigns[0]
	if c.Rows != 4 || c.FileRows != 4 || c.Counts["sent"] != 3 || c.Messages.Accepted != 5 || c.Messages.Old.Accepted != 2 {
		t.Errorf("%+v", c)
	}
	page := w.read("c4.report.html")
	for _, text := range []string{
		"But KANAL_API_URL points to this computer (" + w.server.URL + ").</p>",
		english.ReportAccepted(4, "3", "75.0%"), english.ReportAcceptedOld(2), english.ReportCounted(4), english.ReportCountedOld(2),
		`accepted by Kanal</th><td class="number">5</td><td class="number">83.3%`,
		`France</th><td class="number">6</td><td class="number">5`,
	} {
		if !strings.Contains(page, text) {
			t.Errorf("the report does not hold %q", text)
		}
	}
	w.run("report", "c4", "--only", "sent", "-o", filepath.Join(w.dir, "f.csv")).want(t, 0).says(t, "5 rows").
		tells(t, "selection-old", "2")
	const wanted = "phone,prenom,code\n0612340001,Zoé,A1\n0612340003,Noël,A3\n0612340005,Eve,A5\n0612340002,Léa,A2\n0612340004,Ann,A4\n"
	if got := strings.ReplaceAll(w.read("f.csv"), "\r", ""); got != wanted {
		t.Errorf("the follow-up list:\n%s", got)
	}
}

// updateLines reads what an update's screen says of the rows of its file, and how many there are.
func updateLines(t *testing.T, screen string) (rows int, lines map[string]int) {
	t.Helper()
	block, _, _ := strings.Cut(screen, english.UpdateGone())
	lines = map[string]int{}
	for _, m := range regexp.MustCompile(`(?m)^ {2,8}(\d+)  (\S.*)$`).FindAllStringSubmatch(block, -1) {
		n, _ := strconv.Atoi(m[1])
		what, _, _ := strings.Cut(m[2], " (row")
		lines[what] += n
	}
	m := regexp.MustCompile(`(?m)^The (\d+) rows? of the file:$`).FindStringSubmatch(screen)
	if m == nil {
		t.Fatalf("no rows are told:\n%s", screen)
	}
	rows, _ = strconv.Atoi(m[1])
	return rows, lines
}

// The lines of an update count every row of the file once, in people's words: a number that was corrected makes no new person.
func TestUpdateCountsEveryRowOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", `phone,prenom,code
0612340001,Zoé,A1
06 12,Léa,A2
0612340003,Noël,A3
33600000013,Ann,A4
0612340005,,A5
33600000013x,Bob,A6
0612340007,Eve,A7
0612340001,Zoé,A1
`)
	w.send(path, "--skip-invalid").want(t, 3)
	w.write("spring.csv", `phone,prenom,code
0612340009,Ida,A9
0612340001,Zoé,A1
0612340002,Léa,A2
0612340003,Noëlle,A3
0612340004,Ann,A4
0612340005,Leo,A5
0612340001,Zoé,A1
06 13,Max,A8
`)
	before := len(w.kanal.Accepted())
	screen := w.again(path, "--update", "--skip-invalid").want(t, 3).says(t, "No longer in the file: 1 messaged already: nothing changes (row 8 of the old file)",
		"1 "+english.UpdateSame(), "1 "+english.UpdateAdded()+" (row 2)", "3 "+english.UpdateCorrected()+" (rows 4, 6 and 7)",
		"1 "+english.UpdateMessaged()+" (row 5)", "1 "+english.UpdateInvalid()+" (row 9)", "1 "+english.UpdateSkipped()+" (row 8)")
	rows, lines := updateLines(t, screen.err)
	want := map[string]int{
		english.UpdateSame(): 1, english.UpdateAdded(): 1, english.UpdateCorrected(): 3, english.UpdateMessaged(): 1, english.UpdateInvalid(): 1, english.UpdateSkipped(): 1,
	}
	sum := 0
	for what, n := range lines {
		if sum += n; want[what] != n {
			t.Errorf("%d %s, want %d", n, what, want[what])
		}
	}
	if rows != 8 || sum != rows || len(lines) != len(want) {
		t.Errorf("%d rows, the lines add up to %d: %v", rows, sum, lines)
	}
	if n := len(w.kanal.Accepted()) - before; n != 4 {
		t.Errorf("the update sent %d messages, want 4", n)
	}
	screen.tells(t, "stop.done.heading", "8")
}

// The doubt of a row that an update changes is not tried again by it, and it does not say so; retry settles it, under its
// own key, and counts it.
func TestDoubtOfAnOldVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{2: sandbox.DropAfter}}})
	path := w.write("c4.csv", fourPeople)
	w.send(path, "--first", "2", "--max-failures", "1").want(t, 6) // the first one alone, and then Léa
	key := w.requests()[1].Key
	w.write("c4.csv", strings.Replace(fourPeople, "Léa,A2", "Léa,B2", 1))
	asked := w.again(path).want(t, 5).says(t, "1 "+english.UpdateDoubted())
	updated := w.again(path, "--update").want(t, 3).says(t, "To 2 people", "retry c4 --unknown").tells(t, "tally-old-more").
		tells(t, "stop.done.heading", "4")
	for _, screen := range []result{asked, updated} {
		if strings.Contains(screen.err, english.UpdateDoubts()) {
			t.Errorf("it promises another try:\n%s", screen.err)
		}
	}
	for _, r := range w.requests()[2:] {
		if r.Key == key {
			t.Error("the update tried the doubt again")
		}
	}
	retried := w.run("retry", "c4", "--unknown", "--yes", "--rate", "6000", "--doubt-delay", "1ms",
		"--request-timeout", "2s").want(t, 0)
	if last := w.requests()[len(w.requests())-1]; last.Key != key {
		t.Errorf("it was tried under the key %s, want %s", last.Key, key)
	}
	retried.tells(t, "tally-old-more")
	w.truth(4, "c4.results.csv")
	w.perPerson()
}

// Lifting a list leaves its people out of the plan that is under way, and says so; an update takes them in, as such.
func TestLiftedLists(t *testing.T) {
	t.Parallel()
	for name, planned := range map[string]bool{"on the list when it was planned": true, "put on it later": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("c4.csv", fourPeople)
			list := w.write("stop.csv", "0612340003\n0612340004\n")
			flags, later := []string{"--first", "1"}, []string{"--suppress", list}
			if planned {
				flags, later = append(flags, later...), nil
			}
			w.send(path, flags...).want(t, 0)
			w.run(append([]string{"resume", "c4", "--yes", "--rate", "6000", "--first", "1"}, later...)...).want(t, 0)
			w.again(path, "--update").want(t, 5).says(t, "left out 2 on your lists").tells(t, "finished-on")
			w.write("c4.csv", fourPeople+"0612340005,Eve,A5\n")
			w.again(path, "--update", "--first", "1")
			if n := len(w.kanal.Accepted()); n != 3 {
				t.Fatalf("%d accepted, want 3", n)
			}
			w.write("c4.csv", fourPeople+"0612340005,Eve,A5\n0612340006,Leo,A6\n0612340007,Lou,A7\n")
			w.again(path, "--update", "--first", "1").want(t, 0)
			w.run("resume", "c4", "--yes", "--rate", "6000", "--suppress", "none").want(t, 0).says(t, "send "+path+" --update").
				tells(t, "lists-lifted", "2")
			w.truth(5, "c4.results.csv")
			w.again(path, "--update").want(t, 0).says(t, "2 "+english.UpdateLifted(), "To 2 people")
			w.truth(7, "c4.results.csv")
			w.perPerson()
			w.run("verify", "c4").want(t, 0)
			if got := w.statuses("c4.results.csv"); got["sent"] != 7 || len(got) != 1 {
				t.Errorf("%v", got)
			}
		})
	}
}

// The flags of a run stand in the report as they can be typed again.
func TestReportedFlagsCanBeTyped(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", "phone,Petit nom,Le code\n0612340001,Zoé,A1\n0612340002,Léa,A2\n")
	w.send(path, "--map", "prenom=Petit nom", "--map", "code=Le code", "--first", "1").want(t, 0)
	page := w.read("spring.report.html")
	for _, want := range []string{`<span>--map &#34;code=Le code&#34;</span>`, `<span>--map &#34;prenom=Petit nom&#34;</span>`,
		`<span>--country FR</span>`, `<span>--yes</span>`, words.English().RunEnd("pilot")} {
		if !strings.Contains(page, want) {
			t.Errorf("the report does not hold %s", want)
		}
	}
}

// One of a person's two messages that leaves the file is a change like any other: nothing is dropped without --update, nor
// without a trace.
func TestOneOfAPersonsRowsLeaves(t *testing.T) {
	t.Parallel()
	const first, other, second = "0612345601,A,C1\n", "0612345602,C,C3\n", "0612345601,B,C2\n"
	for name, now := range map[string]string{
		"left out":                      first + other,
		"with an error":                 first + other + "0612345601,B,\n",
		"with another row of its place": first + second[:len(second)-2] + "9\n",
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("spring.csv", "phone,prenom,code\n"+first+other+second)
			w.send(path, "--duplicates", "allow", "--first", "1").want(t, 0)
			w.write("spring.csv", "phone,prenom,code\n"+now)
			w.run("verify", "spring").want(t, 0)
			again := []string{"--duplicates", "allow", "--skip-invalid"}
			w.send(path, again...).want(t, 5).says(t, "--update")
			if n := len(w.requests()); n != 1 {
				t.Fatalf("%d requests before --update", n)
			}
			w.send(path, append(again, "--update")...)
			w.run("verify", "spring").want(t, 0)
			if got := w.statuses("spring.results.csv"); name == "left out" && (got["sent"] != 2 || got["skipped"] != 1) {
				t.Errorf("the results read %v", got)
			}
		})
	}
}
