package cli_test

import (
	"strings"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words/wordstest"
)

// --quiet leaves out what goes well, and keeps where messages go, warnings, and how it ended.
func TestQuiet(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(12))
	days := w.write("days.txt", time.Now().Format(time.DateOnly)+"\n"+time.Now().AddDate(0, 0, 1).Format(time.DateOnly)+"\n")
	got := w.send(path, "--quiet", "--holidays", days).want(t, 0).says(t, "spring.results.csv").
		tells(t, "breach.holiday.start").tells(t, "stop.done.heading", "12")
	if !strings.HasPrefix(got.err, "LIVE, but KANAL_API_URL points to this computer (") || strings.Count(got.err, "\n") > 6 ||
		strings.Contains(got.err, "Template") {
		t.Errorf("stderr:\n%s", got.err)
	}
	w.truth(12, "spring.results.csv")
	w.run("resume", "--quiet", "--verbose").want(t, 2).says(t, "opposite")
}

// A question comes with everything that it is about, however quiet the rest is.
func TestQuietQuestion(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(3))
	asked := []string{"send", path, "--template", "welcome", "--country", "FR", "--quiet", "--rate", "6000"}
	w.runOn(terminal{is: true, input: "no\n"}, asked...).want(t, 5).says(t, "LIVE, but", "To 3 people").
		tells(t, "confirm-prompt", "3")
	w.run(asked...).want(t, 5).says(t, "To 3 people", "--yes")
	if n := len(w.requests()); n != 0 {
		t.Fatalf("%d requests were made", n)
	}
	got := w.runOn(terminal{is: true, input: "3\n"}, asked...).want(t, 0)
	if strings.Contains(got.err, "\x1b") || wordstest.Says(t, got.err, "progress-left") {
		t.Errorf("a bar is shown:\n%q", got.err)
	}
	w.truth(3, "spring.results.csv")
}

// The risk of a new key is said, asked or not.
func TestQuietSaysRisks(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("spring.csv", people(1)+"+33600000002,Zoé,B\n"), "--quiet").want(t, 3)
	w.run("retry", "spring", "--new-key", "--quiet", "--yes", "--rate", "6000").want(t, 3).says(t, "Risk "+english.RetryNewKey(), "refused 1")
}

// Colours are for terminals that have them, and for people who want them.
func TestColours(t *testing.T) {
	for name, test := range map[string]struct {
		terminal bool
		env      map[string]string
		want     bool
	}{
		"a terminal":        {true, map[string]string{"TERM": "xterm-256color"}, true},
		"NO_COLOR":          {true, map[string]string{"TERM": "xterm-256color", "NO_COLOR": "1"}, false},
		"an empty NO_COLOR": {true, map[string]string{"TERM": "xterm-256color", "NO_COLOR": ""}, true},
		"a dumb terminal":   {true, map[string]string{"TERM": "dumb"}, false},
		"no TERM":           {true, nil, false},
		"a pipe":            {false, map[string]string{"TERM": "xterm-256color"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			for key, value := range test.env {
				w.env[key] = value
			}
			got := w.runOn(terminal{is: test.terminal}, "check", w.write("spring.csv", people(2)), "--template", "welcome",
				"--country", "FR").want(t, 0)
			if coloured := strings.Contains(got.out, "\x1b["); coloured != test.want {
				t.Errorf("coloured: %v\n%q", coloured, got.out)
			}
		})
	}
}
