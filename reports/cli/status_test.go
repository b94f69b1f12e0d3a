package cli_test

import (
	"strings"
	"testing"
	"testing/synctest"
)

// What can be done about the rows of a finished campaign stands in its status as it stood at the end of the run, and does it.
func TestStatusProposesWhatTheSummaryDid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newVirtual(t)
		path := w.write("spring.csv", "phone,prenom,code\n06 12 34 00 00,A,1\n06 00 00 00 03,Held,2\n06 00 00 00 12,Error,3\n")
		ended, status := w.send(path).want(t, 3), w.run("status", "spring").want(t, 0)
		_, wanted, _ := strings.Cut(ended.out, "\nNext ")
		_, got, _ := strings.Cut(status.out, "\nNext ")
		if wanted == "" || got != wanted {
			t.Errorf("status proposes\n%s\nand the summary\n%s", got, wanted)
		}
		w.run("status", "winter").want(t, 1).says(t, "winter", "kanal-campaign status") // there is no such campaign
		status.says(t, "kanal-campaign retry spring --cause 131049", "kanal-campaign retry spring --unknown")

		before := len(w.requests())
		w.run("retry", "spring", "--cause", "131049", "--yes").want(t, 3)
		w.run("retry", "spring", "--unknown", "--yes").want(t, 3)
		tried := map[string]bool{}
		for _, r := range w.requests()[before:] {
			tried[r.Number] = true
		}
		if !tried["33600000003"] || !tried["33600000012"] || len(tried) != 2 {
			t.Errorf("the proposed commands tried %v", tried)
		}
		again := w.run("status", "spring").want(t, 0).says(t, "held back by WhatsApp again", "kanal-campaign retry spring --unknown")
		if strings.Contains(again.out, "--cause 131049") {
			t.Errorf("what has just failed is proposed again:\n%s", again.out)
		}
	})
}
