package cli_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
	"kanal-campaign/reports/words/wordstest"
)

// A campaign leaves its report beside its results, masked; report writes it again, whole where that is asked for.
func TestReportBesideTheResults(t *testing.T) {
	w := newWorld(t, sandbox.Options{OptedOut: []string{"33612340001"}})
	path := w.write("spring.csv", people(3))
	w.send(path, "--name-column", "prenom").want(t, 3).says(t, "Report "+filepath.Join(w.dir, "spring.report.html"))
	masked := w.read("spring.report.html")
	for _, wanted := range []string{"LIVE", "<h1>spring</h1>", "all 3 rows of the file are accounted for", `<td class="outcome">refused</td>`, "opted out", ">33…02<", "<td>Z. 2.</td>",
		"Bonjour <mark>prenom</mark>, bienvenue", "--country FR", "WhatsApp number id 56"} {
		if !strings.Contains(masked, wanted) {
			t.Errorf("the report does not say %q", wanted)
		}
	}
	secrets := []string{"33612340000", "33612340002", "Zoé", sandbox.DefaultKey}
	for _, row := range w.results("spring.results.csv") {
		secrets = append(secrets, row["idempotency_key"], row["idempotency_key"][:8])
	}
	for _, secret := range secrets {
		if strings.Contains(masked, secret) {
			t.Errorf("the masked report holds %q", secret)
		}
	}
	w.run("report", "spring", "--unmasked").want(t, 0).says(t, "spring.report.html")
	whole := w.read("spring.report.html")
	for _, row := range w.results("spring.results.csv") {
		for _, wanted := range []string{row["normalized_phone"], row["idempotency_key"], row["prenom"]} {
			if !strings.Contains(whole, wanted) {
				t.Errorf("the unmasked report does not hold %q", wanted)
			}
		}
	}
	if strings.Contains(whole, sandbox.DefaultKey) {
		t.Error("the report holds the API key")
	}
	w.run("report", "spring").want(t, 0)
	if again := w.read("spring.report.html"); strings.Contains(again, "33612340002") {
		t.Error("a masked report did not take the unmasked one's place")
	}
	if _, err := os.Stat(filepath.Join(w.dir, "spring.report-2.html")); err == nil {
		t.Error("a report did not take its own earlier one's place")
	}
}

// The report of a rehearsal says so, and is written anew by the next one.
func TestReportOfARehearsal(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	for range 2 {
		w.send(path, "--sandbox").want(t, 0)
	}
	page := w.read("spring.sandbox.report.html")
	if !strings.Contains(page, `class="tag SANDBOX"`) || strings.Contains(page, `class="tag LIVE"`) || strings.Count(page, "<code>send ") != 1 {
		t.Errorf("it reads:\n%s", page)
	}
	for _, name := range []string{"spring.report.html", "spring.sandbox.report-2.html"} {
		if _, err := os.Stat(filepath.Join(w.dir, name)); err == nil {
			t.Errorf("there is a %s", name)
		}
	}
}

// What has the report's name and is not this campaign's is kept, whatever it is.
func TestReportBesideWhatHasItsName(t *testing.T) {
	t.Parallel()
	another := newWorld(t, sandbox.Options{})
	another.send(another.write("spring.csv", people(2))).want(t, 0) // the same campaign in another ledger
	for name, content := range map[string]string{"text": "mine", "nothing": "", "another ledger's": another.read("spring.report.html")} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("spring.csv", people(2))
			w.write("spring.report.html", content)
			w.send(path).want(t, 0).says(t, "spring.report-2.html").tells(t, "file-foreign")
			if w.read("spring.report.html") != content {
				t.Error("it was not kept")
			}
			w.run("report", "spring").want(t, 0).says(t, "spring.report-2.html")
		})
	}
	t.Run("folder", func(t *testing.T) {
		w := newWorld(t, sandbox.Options{})
		path := w.write("spring.csv", people(2))
		if err := os.Mkdir(filepath.Join(w.dir, "spring.report.html"), 0o700); err != nil {
			t.Fatal(err)
		}
		w.send(path).want(t, 0).says(t, "spring.report-2.html")
	})
}

// A report that cannot be written changes nothing about how the run ended, and is told.
func TestReportThatCannotBeWritten(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	for i := range 99 {
		name := "spring.report.html"
		if i > 0 {
			name = strings.Replace(name, ".html", "-"+strings.TrimLeft(string([]byte{'0' + byte((i+1)/10), '0' + byte((i+1)%10)}), "0")+".html", 1)
		}
		w.write(name, "mine")
	}
	w.send(path).want(t, 0).says(t, "The HTML report could not be written into the folder "+w.dir, "spring.report.html and 98 more names are taken", "kanal-campaign report spring", "spring.results.csv").
		tells(t, "error-report-unwritten")
	w.truth(2, "spring.results.csv")
	w.run("report", "spring").want(t, 1).says(t, "spring.results.csv").tells(t, "error-report-unwritten")
}

// After an update, the report tells what was confirmed as it was typed, and of what every share is one.
func TestReportOfAnUpdatedCampaign(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	people := strings.SplitAfter(people(11), "\n")
	path := w.write("spring.csv", strings.Join(people[:5], "")+"+33600000002,Not there,X\n")
	w.typed(path, "5").want(t, 3)
	w.write("spring.csv", people[0]+strings.Join(people[2:12], "")) // one is gone, the refused one is corrected
	w.typed(path, "7", "--update").want(t, 0)
	page := w.read("spring.report.html")
	for _, wanted := range []string{"<dd>5 messages, then 7, the last on ",
		words.English().ReportAccepted(10, "10", "100%"), words.English().ReportAcceptedOld(1),
		`<th scope="row">in all</th><td class="number">12</td><td class="number">100%</td>`, "Shares are of all 12."} {
		if !strings.Contains(page, wanted) {
			t.Errorf("it does not say %q:\n%s", wanted, page)
		}
	}
}

// A run that was given another file of the campaign's name, and sent nothing of it, says so in the list of runs. It does not
// count as a run of the campaign's file.
func TestReportTellsRunsOfOtherFiles(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	w.send(path).want(t, 0)
	if err := os.Mkdir(filepath.Join(w.dir, "other"), 0o700); err != nil {
		t.Fatal(err)
	}
	w.send(path).want(t, 5) // the same file
	other := w.write("other/spring.csv", "phone,first_name,order_id\n06 12 34 56 78,Zoé,CF-1\n")
	w.run("send", other, "--template", "order_confirmation", "--country", "FR", "--yes").want(t, 5)
	w.test("--campaign", "spring").want(t, 0) // of a file of its own
	w.run("verify", "spring").want(t, 0)
	w.run("report", "spring").want(t, 0)
	page := w.read("spring.report.html")
	const strange = "was given another file, or another version of this one, SHA-256 "
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(w.read("other/spring.csv"))))
	if !strings.Contains(page, strange+`<span class="hash">`+sum) || strings.Count(page, strange) != 2 ||
		wordstest.Says(t, page, "report-other-file") {
		t.Errorf("it reads:\n%s", page)
	}
	w.write("spring.csv", people(3))
	w.send(path, "--update").want(t, 0)
	if page := w.read("spring.report.html"); !wordstest.Says(t, page, "report-other-file") {
		t.Errorf("after an update, it reads:\n%s", page)
	}
}

// typed is send on a terminal on which the number is typed.
func (w *world) typed(path, number string, flags ...string) result {
	return w.runOn(terminal{is: true, input: number + "\n"}, append([]string{"send", path, "--template", "welcome", "--country", "FR",
		"--rate", "6000"}, flags...)...)
}

// While a campaign runs, its report says so; after Ctrl-C, how it goes on; resumed, that it is finished.
func TestReportOfARunningCampaign(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(100))
	signals, interrupted := make(chan os.Signal, 1), make(chan struct{})
	w.onSend = func(n int) {
		if n > 3 { // however long the report takes, there are people left
			<-interrupted
		}
		if n == 3 {
			defer close(interrupted)
			if got := w.run("report", "spring"); got.code != 0 {
				t.Errorf("exit code %d\n%s", got.code, got.err)
			}
			if page := w.read("spring.report.html"); !strings.Contains(page, ">Running: ") || strings.Contains(page, "resume spring") {
				t.Errorf("running, it reads:\n%s", page)
			}
			signals <- os.Interrupt
		}
	}
	w.runOn(terminal{signals: signals}, "send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "600").want(t, 130)
	if page := w.read("spring.report.html"); !wordstest.Says(t, page, "report-unfinished") || !strings.Contains(page, "kanal-campaign resume spring") || !strings.Contains(page, ">Ctrl-C or a closed window</td>") {
		t.Errorf("stopped, it reads:\n%s", page)
	}
	w.run("resume", "spring", "--yes", "--rate", "6000").want(t, 0)
	if page := w.read("spring.report.html"); !wordstest.Says(t, page, "report-finished") || strings.Contains(page, "resume spring") {
		t.Errorf("resumed, it reads:\n%s", page)
	}
}

// What JSON tells of a run names the report.
func TestReportInJSON(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(1))
	var summary struct {
		ReportFile string `json:"report_file"`
	}
	if err := json.Unmarshal([]byte(w.send(path, "--format", "json").want(t, 0).out), &summary); err != nil || summary.ReportFile != filepath.Join(w.dir, "spring.report.html") {
		t.Errorf("%+v, %v", summary, err)
	}
	w.run("report", "spring", "--unmasked", "--only", "sent", "-o", "x.csv").want(t, 2).tells(t, "flags-unmasked-output")
}

// Hostile cells, all the way from the file to the page.
func TestReportOfHostileCells(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>{{.Name}}`
	path := w.write("spring.csv", "phone,prenom,code\n0612345678,"+evil+",P1\n"+evil+",Zoé,"+evil+"\n")
	w.send(path, "--skip-invalid", "--name-column", "prenom").want(t, 3)
	w.run("report", "spring", "--unmasked").want(t, 0)
	page := w.read("spring.report.html")
	if n := len(regexp.MustCompile(`<(script|img)\b`).FindAllString(page, -1)); n != 1 {
		t.Errorf("%d scripts and images, want the page's own", n)
	}
	if !strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;") {
		t.Error("the cell is not shown")
	}
}

// The report of a campaign that was rebuilt takes the place of the one from before the ledger was lost, which it is told
// from another campaign's of that name. One that tells of messages which the results do not know of is kept.
func TestReportOfARebuiltCampaign(t *testing.T) {
	t.Parallel()
	another := newWorld(t, sandbox.Options{FirstMessageID: 5})
	another.send(another.write("spring.csv", people(5)), "--first", "3").want(t, 0)
	others := another.read("spring.report.html")
	for name, test := range map[string]struct {
		before func(w *world) // the ledger is lost
		kept   bool
	}{
		"its own":         {func(*world) {}, false},
		"nobody accepted": {func(*world) {}, false},
		"another's":       {func(w *world) { w.write("spring.report.html", others) }, true},
		"something else":  {func(w *world) { w.write("spring.report.html", "<!doctype html>\n<p>mine") }, true},
		"a shortened one": {func(w *world) { w.write("spring.report.html", w.read("spring.report.html")[:60]) }, true},
		"a newer one": {func(w *world) {
			old := w.read("spring.results.csv")
			w.run("resume", "spring", "--yes", "--first", "2", "--rate", "6000").want(t, 0)
			w.write("spring.results.csv", old)
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			options := sandbox.Options{}
			if name == "nobody accepted" {
				options.OptedOut = []string{"33612340000", "33612340001", "33612340002"}
			}
			w := newWorld(t, options)
			w.send(w.write("spring.csv", people(5)), "--first", "3")
			test.before(w)
			was := w.read("spring.report.html")
			w.loseLedger()
			w.rebuild("spring.results.csv")
			_, err := os.Stat(filepath.Join(w.dir, "spring.report-2.html"))
			if got := w.read("spring.report.html"); (got == was) != test.kept || (err == nil) != test.kept {
				t.Errorf("kept: %v, a second one: %v", got == was, err == nil)
			}
			w.run("report", "spring").want(t, 0)
			if now := w.read("spring.report.html"); (now == was) != test.kept {
				t.Errorf("written again: kept: %v", now == was)
			}
			if _, err := os.Stat(filepath.Join(w.dir, "spring.results-2.csv")); err == nil {
				t.Error("the results did not take the place of those that they were rebuilt from")
			}
		})
	}
}
