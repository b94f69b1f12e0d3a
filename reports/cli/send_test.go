package cli_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
	"kanal-campaign/reports/words/wordstest"
)

func TestCleanRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("spring.csv", people(12))).want(t, 0).says(t, "LIVE").tells(t, "stop.done.heading", "12").
		tells(t, "accepted-means")
	w.truth(12, "spring.results.csv")
	if got := w.statuses("spring.results.csv"); got["sent"] != 12 {
		t.Errorf("statuses: %v", got)
	}
}

func TestOneBadRowMeansNoRequest(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(5)+"0612,Zoé,X\n")
	w.send(path).want(t, 4).says(t, "row 7").tells(t, "check-problems-rows")
	if n := len(w.requests()); n != 0 {
		t.Fatalf("%d messages were requested", n)
	}
	if problems := w.read("spring.problems.csv"); !strings.Contains(problems, "\n7,") {
		t.Errorf("problems file:\n%s", problems)
	}
	// Nothing was planned either: the mended file is a new campaign.
	w.send(w.write("spring.csv", people(5))).want(t, 0)
	w.truth(5, "spring.results.csv")
}

func TestAcceptedThenDropped(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{2: sandbox.DropAfter}}})
	w.send(w.write("spring.csv", people(3))).want(t, 0).tells(t, "status.already_sent")
	w.truth(3, "spring.results.csv")
	if got := w.statuses("spring.results.csv"); got["already_sent"] != 1 || got["sent"] != 2 {
		t.Errorf("statuses: %v", got)
	}
}

func TestRefusedAfterDoubtStaysUnknown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.DropAfter}}})
	w.send(w.write("spring.csv", people(1)), "--max-failures", "1").want(t, 6)
	w.kanal.OptOut("33612340000")
	w.run("resume", "spring", "--yes", "--rate", "6000", "--doubt-delay", "1ms",
		"--request-timeout", "2s").want(t, 3).says(t, "in doubt")
	row := w.results("spring.results.csv")[0]
	if row["status"] != "unknown" || !wordstest.Says(t, row["error"], "cause.opted-out.label") {
		t.Errorf("the row reads %s, %q", row["status"], row["error"])
	}
}

func TestRevokedKeyThenANewOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	w.kanal.RevokeAfter(3)
	w.send(w.write("spring.csv", people(8))).want(t, 1).
		says(t, `401 "Invalid API key"`, "resume spring", words.English().StopNewKeySet())
	w.truth(3, "spring.results.csv")
	if got := w.statuses("spring.results.csv"); got["pending"] != 5 {
		t.Errorf("statuses: %v", got)
	}
	w.kanal.AddKey("renewed0key0for0account0")
	w.env["KANAL_API_KEY"] = "renewed0key0for0account0"
	w.run("resume", "--rate", "6000").want(t, 0)
	w.truth(8, "spring.results.csv")
}

func TestLostLedger(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(8))
	w.send(path).want(t, 0)
	if err := os.RemoveAll(w.env["XDG_STATE_HOME"]); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(w.dir, "spring.results.csv")); err != nil {
		t.Fatal(err)
	}
	before := len(w.requests())
	w.send(path).want(t, 5).says(t, "--continue-earlier", "--campaign")
	if n := len(w.requests()) - before; n != 5 {
		t.Errorf("%d requests before it stopped, want 5", n)
	}
	w.send(path, "--continue-earlier").want(t, 0)
	w.truth(8, "spring.results.csv")
	if got := w.statuses("spring.results.csv"); got["already_sent"] != 8 {
		t.Errorf("statuses: %v", got)
	}
}

func TestRenamedFileIsARepeat(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("export.csv", people(4))).want(t, 0)
	renamed := w.write("final.csv", people(6))
	w.send(renamed).want(t, 5).says(t, "4 of 6 people", "export", "--again", english.RepeatsOthers(2))
	if n := len(w.kanal.Accepted()); n != 4 {
		t.Errorf("%d accepted, want 4", n)
	}
	w.send(renamed, "--again").want(t, 0)
	w.truth(10, "final.results.csv")
}

func TestSkipInvalidThenFixThenUpdate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	lines := strings.SplitAfter(people(6), "\n")
	broken := slices.Clone(lines)
	broken[3] = "n/a,Zoé 2,P00002\n"
	path := w.write("spring.csv", strings.Join(broken, ""))
	w.send(path, "--skip-invalid").want(t, 3)
	w.truth(5, "spring.results.csv")
	if got := w.results("spring.results.csv")[2]; got["status"] != "invalid" || got["error"] == "" {
		t.Errorf("row 4 reads %v", got)
	}
	w.write("spring.csv", strings.Join(lines, ""))
	w.send(path).want(t, 5).says(t, "--update")
	w.run("send", path, "--update", "--yes", "--rate", "6000").want(t, 0)
	w.truth(6, "spring.results.csv")
	if last := w.kanal.Accepted()[5]; last.Number != "33612340002" {
		t.Errorf("the update sent %s", last.Number)
	}
}

func TestUpdateNeverMessagesAPersonAgain(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	w.send(path).want(t, 0)
	w.write("spring.csv", strings.Replace(people(3), "Zoé 1", "Zoë 1", 1)+"06 99 99 99 99,Léa,NEW\n")
	w.run("send", path, "--update", "--yes", "--rate", "6000").want(t, 0)
	w.truth(4, "spring.results.csv")
	if got := w.statuses("spring.results.csv"); got["sent"] != 4 || got["skipped"] != 1 {
		t.Errorf("statuses: %v", got)
	}
}

func TestReorderedRowsAndColumnsHaveTheSameKeys(t *testing.T) {
	keys := func(content string) []string {
		w := newWorld(t, sandbox.Options{})
		w.send(w.write("spring.csv", content)).want(t, 0)
		var keys []string
		for _, row := range w.results("spring.results.csv") {
			keys = append(keys, row["idempotency_key"])
		}
		return slices.Sorted(slices.Values(keys))
	}
	plain := keys("phone,prenom,code\n0612345678,Zoé,A\n0612345679,Léa,B\n")
	turned := keys("code;extra;prenom;phone\r\nB;x;Léa;+33612345679\r\nA;y;Zoé;06 12 34 56 78\r\n")
	if !slices.Equal(plain, turned) {
		t.Errorf("keys differ:\n%v\n%v", plain, turned)
	}
}

func TestReorderedFileResumes(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	lines := strings.SplitAfter(strings.TrimSuffix(people(6), "\n"), "\n")
	lines[6] += "\n"
	path := w.write("spring.csv", strings.Join(lines, ""))
	w.send(path, "--first", "2").want(t, 0)
	slices.Reverse(lines[1:])
	w.write("spring.csv", strings.Join(lines, ""))
	w.send(path).want(t, 0)
	w.truth(6, "spring.results.csv")
	if first := w.results("spring.results.csv")[0]; first["prenom"] != "Zoé 5" || first["row"] != "2" {
		t.Errorf("the results are not in the file's new order: %v", first)
	}
}

func TestBelgianNumberUnderFrance(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("spring.csv", "phone,prenom,code\n+32 470 12 34 56,Marieke,X\n0033 6 12 34 56 78,Zoé,Y\n+33 (0)6 12 34 56 "+
		"79,Léa,Z\n")).want(t, 0)
	var numbers []string
	for _, a := range w.kanal.Accepted() {
		numbers = append(numbers, a.Number)
	}
	slices.Sort(numbers) // several are in flight at a time
	if want := []string{"32470123456", "33612345678", "33612345679"}; !slices.Equal(numbers, want) {
		t.Errorf("messages went to %v, want %v", numbers, want)
	}
}

func TestFinishedCampaign(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	w.send(path).want(t, 0)
	w.send(path).want(t, 5).says(t, "finished")
	w.run("resume", "spring").want(t, 5)
	w.run("resume").want(t, 5)
	w.truth(2, "spring.results.csv")
}

func TestOtherTemplateOrAccount(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(4))
	w.send(path, "--first", "2").want(t, 0)
	w.run("send", path, "--template", "hello", "--yes").want(t, 5).says(t, "hello")
	other := newWorld(t, sandbox.Options{PhoneNumberID: 57})
	w.env["KANAL_API_URL"] = other.server.URL
	w.send(path).want(t, 5).says(t, "57")
	if n := len(other.kanal.Accepted()); n != 0 {
		t.Errorf("the other account sent %d", n)
	}
}

func TestPilotThenTheRest(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(6))
	w.send(path, "--first", "2").want(t, 0)
	if got := w.statuses("spring.results.csv"); got["sent"] != 2 || got["pending"] != 4 {
		t.Errorf("statuses: %v", got)
	}
	// A yes to two messages is no yes to the rest.
	w.run("resume", "spring", "--rate", "6000").want(t, 5).says(t, "--yes")
	w.run("send", path, "--rate", "6000").want(t, 5).says(t, "--yes")
	if n := len(w.kanal.Accepted()); n != 2 {
		t.Fatalf("%d accepted without a yes, want 2", n)
	}
	w.run("resume", "spring", "--rate", "6000", "--yes").want(t, 0)
	w.truth(6, "spring.results.csv")
}

func TestDuplicates(t *testing.T) {
	const twice = "phone,prenom,code\n0612345678,Zoé,A\n+33612345678,Zoé,A\n0612345678,Zoé,B\n"
	for flag, want := range map[string]map[string]int{
		"skip":  {"sent": 1, "skipped": 2},
		"allow": {"sent": 2, "skipped": 1},
	} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("spring.csv", twice)
		w.send(path).want(t, 4).says(t, "row 4")
		w.send(path, "--duplicates", flag).want(t, 0)
		if got := w.statuses("spring.results.csv"); !maps.Equal(got, want) {
			t.Errorf("--duplicates %s: %v, want %v", flag, got, want)
		}
		w.truth(want["sent"], "spring.results.csv")
	}
}

func TestOptedOutEarlierIsLeftOut(t *testing.T) {
	w := newWorld(t, sandbox.Options{OptedOut: []string{"33612340001"}})
	w.send(w.write("spring.csv", people(3))).want(t, 3).tells(t, "cause.opted-out.label")
	w.run("retry", "spring", "--yes").want(t, 5)
	w.send(w.write("autumn.csv", strings.ReplaceAll(people(3), ",P", ",Q"))).want(t, 0)
	if got := w.statuses("autumn.results.csv"); got["sent"] != 2 || got["skipped"] != 1 {
		t.Errorf("statuses: %v", got)
	}
	if n := len(w.kanal.Accepted()); n != 4 {
		t.Errorf("%d accepted, want 4", n)
	}
}

func TestRetryByCause(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	held, gone := "33600000003", "33600000002"
	w.send(w.write("spring.csv", "phone,prenom,code\n"+held+",Zoé,A\n"+gone+",Léa,B\n0612345678,Max,C\n")).want(t, 3)
	before := len(w.requests())
	w.run("retry", "spring", "--cause", "131049", "--yes", "--rate", "6000").want(t, 3).tells(t, "summary-retried")
	retried := w.requests()[before:]
	if len(retried) != 1 || retried[0].Number != held || retried[0].Key != w.requests()[0].Key {
		t.Errorf("retried %+v, want the held-back one under its key", retried)
	}
}

func TestRetryWithNewKey(t *testing.T) {
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Script: map[int]sandbox.Fault{1: sandbox.Error500After}}})
	w.send(w.write("spring.csv", people(1)), "--max-failures", "1").want(t, 6)
	w.run("retry", "spring", "--unknown", "--new-key", "--yes", "--rate", "6000").want(t, 0).says(t, "twice")
	accepted := w.kanal.Accepted()
	if len(accepted) != 2 || accepted[0].Key == accepted[1].Key {
		t.Errorf("accepted %+v, want two keys", accepted)
	}
	if row := w.results("spring.results.csv")[0]; row["status"] != "sent" || row["idempotency_key"] != accepted[1].Key {
		t.Errorf("the row reads %v", row)
	}
}

func TestConfirmation(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		typed string
		code  int
		sent  int
	}{{"3\n", 0, 3}, {"2\n", 5, 0}, {"yes\n", 5, 0}, {"", 5, 0}, {"\n", 5, 0}} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("spring.csv", people(3))
		w.runOn(terminal{is: true, input: test.typed}, "send", path, "--template", "welcome", "--country", "FR", "--rate", "6000", "--plain").
			want(t, test.code).tells(t, "confirm-prompt", "3").tells(t, "no-way-back")
		if n := len(w.kanal.Accepted()); n != test.sent {
			t.Errorf("typed %q: %d sent, want %d", test.typed, n, test.sent)
		}
	}
	w := newWorld(t, sandbox.Options{})
	w.run("send", w.write("spring.csv", people(3)), "--template", "welcome", "--country", "FR").want(t, 5).says(t, "--yes")
	if n := len(w.kanal.Accepted()); n != 0 {
		t.Errorf("%d sent without a yes", n)
	}
}

func TestKeyIsAskedForOnATerminal(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	delete(w.env, "KANAL_API_KEY")
	path := w.write("spring.csv", people(1))
	got := w.runOn(terminal{is: true, input: "1\n", secret: sandbox.DefaultKey}, "send", path, "--template", "welcome",
		"--country", "FR", "--plain").want(t, 0)
	if strings.Contains(got.out+got.err, sandbox.DefaultKey) {
		t.Error("the key was printed")
	}
	w.run("send", path, "--template", "welcome", "--yes").want(t, 1).says(t, "KANAL_API_KEY", "--sandbox")
}

func TestInterruptions(t *testing.T) {
	t.Parallel()
	for _, signals := range []int{1, 2} {
		t.Run(fmt.Sprint(signals), func(t *testing.T) {
			w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Latency: 300 * time.Millisecond}})
			path := w.write("spring.csv", people(30))
			ch := make(chan os.Signal, 2)
			w.onSend = func(n int) {
				if n == 3 {
					for range signals {
						ch <- syscall.SIGINT
					}
				}
			}
			got := w.runOn(terminal{signals: ch}, "send", path, "--template", "welcome", "--country", "FR", "--yes",
				"--rate", "600", "--doubt-delay", "1ms", "--request-timeout", "2s").want(t, 130)
			got.says(t, "resume spring")
			w.run("resume", "spring", "--rate", "6000", "--doubt-delay", "1ms", "--request-timeout", "2s").want(t, 0)
			w.truth(30, "spring.results.csv")
			if signals == 1 {
				if n := w.statuses("spring.results.csv")["already_sent"]; n != 0 {
					t.Errorf("%d answers were lost by the first signal", n)
				}
			}
		})
	}
}

func TestRehearsalRunsAgainAndKeepsApart(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	delete(w.env, "KANAL_API_KEY")
	delete(w.env, "KANAL_API_URL")
	path := w.write("spring.csv", people(3))
	for range 2 {
		w.run("send", path, "--template", "welcome", "--country", "FR", "--sandbox", "--rate", "6000").want(t, 0).says(t, "SANDBOX")
		if got := w.statuses("spring.sandbox.results.csv"); got["sent"] != 3 {
			t.Fatalf("statuses: %v", got)
		}
	}
	if _, err := os.Stat(filepath.Join(w.dir, "spring.results.csv")); err == nil {
		t.Error("a rehearsal wrote the real results")
	}
	w.run("status").want(t, 0).tells(t, "no-ledger-rehearsed")
	if got := w.run("status", "--format", "json").want(t, 0); !strings.Contains(got.out, `"campaigns": []`) || !json.Valid([]byte(got.out)) {
		t.Errorf("without a ledger, programs read %q", got.out)
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("the rehearsal sent %d requests elsewhere", n)
	}
}

func TestRehearsalUsesTheAccountsTemplates(t *testing.T) {
	w := newWorld(t, sandbox.Options{Templates: []sandbox.Template{{ID: 9, PhoneNumberID: 56, Name: "mine", Status: "APPROVED",
		Structure: `{"body":{"text":"Salut {{qui}}","variables":[{"name":"qui"}]}}`}}})
	path := w.write("spring.csv", "phone,qui\n0612345678,Zoé\n")
	w.run("send", path, "--template", "mine", "--country", "FR", "--sandbox", "--rate", "6000").want(t, 0).says(t, "Salut Zoé")
	if n := len(w.kanal.Accepted()); n != 0 {
		t.Errorf("a rehearsal sent %d real messages", n)
	}
}
