package cli_test

import (
	"net/http"
	"os"
	"syscall"
	"testing"
	"testing/synctest"

	"kanal-campaign/reports/words"
)

// A campaign that was finished is finished again once a retry has had its tries, whatever is in doubt still.
func TestRetryLeavesNothingToResume(t *testing.T) {
	for _, test := range []struct {
		name  string
		flags []string
	}{
		{"of the refused row, beside a doubt", nil},
		{"of the doubt, which stays", []string{"--unknown"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newVirtual(t)
				w.send(w.write("spring.csv", "phone,prenom,code\n06 12 34 00 00,A,1\n06 00 00 00 02,B,2\n06 00 00 00 12,C,3\n")).want(t, 3)
				w.run("status", "spring").want(t, 0).says(t, "Finished")

				w.run(append([]string{"retry", "spring", "--yes"}, test.flags...)...).want(t, 3).tells(t, "stop.done.heading")
				w.run("status", "spring").want(t, 0).says(t, "Finished")
				before := len(w.requests())
				w.run("resume", "spring").want(t, 5).tells(t, "finished-on")
				if after := len(w.requests()); after != before {
					t.Errorf("resume sent %d requests for a finished campaign", after-before)
				}
			})
		})
	}
}

// A retry of refused rows does not take away from resume the doubt that a stopped run has not tried again.
func TestRetryLeavesAStoppedRunsDoubtToResume(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newVirtual(t)
		path := w.write("spring.csv", "phone,prenom,code\n06 12 34 00 00,A,1\n06 00 00 00 02,B,2\n06 00 00 00 05,C,3\n")
		signals := make(chan os.Signal, 1)
		w.play = func(nth int, _ http.ResponseWriter, _ *http.Request) bool {
			if nth == 3 {
				signals <- syscall.SIGINT
			}
			return false
		}
		w.runOn(terminal{signals: signals}, "send", path, "--template", "welcome", "--country", "FR", "--yes").want(t, 130)

		w.run("retry", "spring", "--yes").want(t, 3).says(t, words.English().GoOnDoubts()+" kanal-campaign resume spring").
			tells(t, "stop.doubts-left.heading", "1").unsaid(t, "is finished")
		w.run("status", "spring").want(t, 0).says(t, "unfinished")
		w.run("resume", "spring", "--yes").want(t, 3)
		w.run("status", "spring").want(t, 0).says(t, "Finished")
		w.truth(2, "spring.results.csv")
		if got := w.statuses("spring.results.csv"); got["already_sent"] != 1 || got["sent"] != 1 || got["rejected"] != 1 {
			t.Errorf("the rows end as %v", got)
		}
	})
}
