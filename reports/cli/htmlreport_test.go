package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// A campaign leaves its report beside its results, masked; report writes it again, whole where that is asked for.
func TestReportBesideTheResults(t *testing.T) {
	w := newWorld(t, sandbox.Options{OptedOut: []string{"33612340001"}})
	path := w.write("spring.csv", people(3))
	w.send(path, "--name-column", "prenom").want(t, 3).says(t, "Report "+filepath.Join(w.dir, "spring.report.html"))
	masked := w.read("spring.report.html")
	for _, wanted := range []string{"LIVE", "<h1>spring</h1>", "every one of 3 rows is accounted for", `<td class="outcome">refused</td>`, "opted out", ">33…02<", "<td>Z. 2.</td>",
		"Bonjour <mark>prenom</mark>, bienvenue", "--country=FR", "WhatsApp number id 56"} {
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
	another := newWorld(t, sandbox.Options{})
	another.send(another.write("spring.csv", people(2))).want(t, 0) // the same campaign in another ledger
	for name, content := range map[string]string{"text": "mine", "nothing": "", "another ledger's": another.read("spring.report.html")} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("spring.csv", people(2))
			w.write("spring.report.html", content)
			w.send(path).want(t, 0).says(t, "spring.report-2.html", "holds something else and was left as it is")
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
	w.send(path).want(t, 0).says(t, "The HTML report could not be written into the folder "+w.dir,
		"spring.report.html and 98 more names are taken", "The results are not concerned", "kanal-campaign report spring", "spring.results.csv")
	w.truth(2, "spring.results.csv")
	w.run("report", "spring").want(t, 1).says(t, "The HTML report could not be written", "spring.results.csv")
}

// While a campaign runs, its report says so; after Ctrl-C, how it goes on; resumed, that it is finished.
func TestReportOfARunningCampaign(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(100))
	signals := make(chan os.Signal, 1)
	w.onSend = func(n int) {
		if n == 3 {
			w.run("report", "spring").want(t, 0)
			if page := w.read("spring.report.html"); !strings.Contains(page, ">Running: ") || strings.Contains(page, "resume spring") {
				t.Errorf("running, it reads:\n%s", page)
			}
			signals <- os.Interrupt
		}
	}
	w.runOn(terminal{signals: signals}, "send", path, "--template", "welcome", "--country", "FR", "--yes", "--rate", "600").want(t, 130)
	if page := w.read("spring.report.html"); !strings.Contains(page, "Not finished: ") || !strings.Contains(page, "kanal-campaign resume spring") || !strings.Contains(page, "<td>Ctrl-C or a closed window</td>") {
		t.Errorf("stopped, it reads:\n%s", page)
	}
	w.run("resume", "spring", "--yes", "--rate", "6000").want(t, 0)
	if page := w.read("spring.report.html"); !strings.Contains(page, "Finished on ") || strings.Contains(page, "resume spring") {
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
	w.run("report", "spring", "--unmasked", "--only", "sent", "-o", "x.csv").want(t, 2).says(t, "--unmasked is about the HTML report")
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
