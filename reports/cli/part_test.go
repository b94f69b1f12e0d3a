package cli_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"kanal-campaign/kanal/sandbox"
)

// proposed is the last command of that name that a text proposes, as words; the paths of these tests have no spaces.
func proposed(t *testing.T, command, text string) []string {
	t.Helper()
	text = strings.ReplaceAll(text, "\\\n", "")
	at := strings.LastIndex(text, "kanal-campaign "+command+" ")
	if at < 0 {
		t.Fatalf("no %s is proposed:\n%s", command, text)
	}
	line, _, _ := strings.Cut(text[at:], "\n")
	return strings.Fields(line)[1:]
}

// What stops a pilot in its middle, whatever it is, leaves a command that sends the rest of the pilot, and nothing beyond it.
func TestStoppedPilotGoesOnAsAPilot(t *testing.T) {
	type stopping struct {
		code  int
		flags []string
		rows  string
		play  func(signals chan<- os.Signal, r *http.Request) (answered bool)
	}
	for name, test := range map[string]stopping{
		"Ctrl-C": {code: 130, play: func(signals chan<- os.Signal, _ *http.Request) bool {
			signals <- os.Interrupt
			return false
		}},
		"the key is refused": {code: 1, play: func(_ chan<- os.Signal, r *http.Request) bool {
			r.Header.Set("Authorization", "Bearer revoked")
			return false
		}},
		"failures": {code: 6, flags: []string{"--max-failures", "1"}, rows: "33600000002,Not on WhatsApp,X\n33600000004,Once 500,Y\n"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVirtual(t)
				signals := make(chan os.Signal, 1)
				v.play = func(nth int, _ http.ResponseWriter, r *http.Request) bool {
					if nth == 3 && test.play != nil {
						return test.play(signals, r)
					}
					return false
				}
				rows := strings.Replace(people(20), "\n", "\n"+test.rows, 1)
				stopped := v.runOn(terminal{signals: signals}, append([]string{"send", v.write("pil.csv", rows), "--template", "welcome",
					"--country", "FR", "--first", "10", "--yes"}, test.flags...)...).want(t, test.code)
				done := v.statuses("pil.results.csv")
				rest := 10 - done["sent"] - done["rejected"]
				if rest <= 0 || rest >= 10 {
					t.Fatalf("it was not stopped in its middle: %v", done)
				}
				stopped.says(t, fmt.Sprintf("kanal-campaign resume pil --first %d", rest))
				v.run(proposed(t, "resume", stopped.out+stopped.err)...).unsaid(t, "would go out than were confirmed")
				if got := v.statuses("pil.results.csv"); got["pending"] != len(v.results("pil.results.csv"))-10 {
					t.Errorf("after the pilot of 10 the rows read %v", got)
				}
				v.run("resume", "pil", "--yes")
				if got := v.statuses("pil.results.csv"); got["pending"]+got["unknown"] > 0 {
					t.Errorf("the rows end as %v", got)
				}
			})
		})
	}
}

// Out at once, by a second Ctrl-C, the rest of the pilot is proposed as well; what was in flight belongs to it.
func TestPilotStoppedAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Faults: sandbox.Faults{Latency: 100 * time.Millisecond}})
	signals := make(chan os.Signal, 2)
	w.onSend = func(n int) {
		if n == 3 {
			signals <- syscall.SIGINT
			signals <- syscall.SIGINT
		}
	}
	got := w.runOn(terminal{signals: signals}, "send", w.write("pil.csv", people(20)), "--template", "welcome", "--country", "FR", "--yes",
		"--rate", "3000", "--doubt-delay", "1ms", "--request-timeout", "2s", "--first", "10").want(t, 130)
	rest := 10 - w.statuses("pil.results.csv")["sent"]
	words := proposed(t, "resume", got.out+got.err)
	if want := fmt.Sprintf("resume pil --first %d", rest); strings.Join(words, " ") != want {
		t.Errorf("it proposes %v, want %s", words, want)
	}
	w.run(append(words, "--rate", "6000", "--doubt-delay", "1ms", "--request-timeout", "2s")...).want(t, 0)
	w.truth(10, "pil.results.csv")
}

// A command that is proposed in place of one with --first keeps to it.
func TestProposedCommandsKeepThePilot(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("spring.csv", people(4))).want(t, 0)
	accepted := 4
	run := func(words []string, more int) {
		t.Helper()
		w.run(append(words, "--yes", "--doubt-delay", "1ms", "--request-timeout", "2s")...)
		accepted += more
		if n := len(w.kanal.Accepted()); n != accepted {
			t.Fatalf("%v made it %d messages, want %d", words, n, accepted)
		}
	}
	got := w.send(w.write("again.csv", people(4)), "--first", "1").want(t, 5)
	run(proposed(t, "send", got.err), 1)

	other := strings.ReplaceAll(people(4), ",P", ",Q")
	path := w.write("skip.csv", other+"06 12,Bob,C\n")
	got = w.send(path, "--first", "1").want(t, 4)
	run(proposed(t, "send", got.out), 1)
	other = strings.ReplaceAll(other, "00002", "00022")
	w.write("skip.csv", other+"06 12,Bob,C\n")
	got = w.again(path, "--update", "--first", "2").want(t, 4)
	run(append(proposed(t, "send", got.out), "--rate", "6000"), 2)
	w.write("skip.csv", other+"0612349999,Eve,C\n")
	got = w.again(path, "--first", "1").want(t, 5).tells(t, "changed-file-update")
	run(append(proposedSend(got.err), "--rate", "6000"), 1) // the other one sends it as another campaign

	// The daily cap's part counts where it is the smaller one.
	w.write("skip.csv", people(9))
	cap := "6" // of whom four have been written to
	w.again(path, "--first", "1", "--daily-cap", cap).want(t, 5).says(t, "--daily-cap "+cap+" --first 1").unsaid(t, "can be messaged now")
	w.again(path, "--first", "4", "--daily-cap", cap).want(t, 5).says(t, english.CapNow(2, cap), "--daily-cap "+cap+" --first 2")

	w.run("resume", "--first", "1").want(t, 5).says(t, "Say which: kanal-campaign resume CAMPAIGN --first 1")
	w.loseLedger()
	got = w.send(w.write("again.csv", people(4)), "--first", "1").want(t, 5)
	run(append(proposed(t, "resume", got.err), "--rate", "6000", "--send-window", "none"), 1)
}

// While a pilot, the next messages or a retry are sent, their progress counts within them.
func TestProgressCountsWithinAPart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVirtual(t)
		path := v.write("pil.csv", people(46))
		v.run("send", path, "--template", "welcome", "--country", "FR", "--yes", "--first", "15").want(t, 0).
			tells(t, "progress-far-pilot", "15", "46")
		v.run("resume", "pil", "--yes", "--first", "15").want(t, 0).tells(t, "progress-far-first", "15", "46")
		v.run("resume", "pil", "--yes").want(t, 0).says(t, " of 46: ").unsaid(t, "(part of", "(pilot of")
	})
}
