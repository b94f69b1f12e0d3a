package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words"
)

// selectable is a campaign in which one is accepted, one is not on WhatsApp, one has opted out, one has no valid number for
// Kanal, one is in doubt, and one has errors.
func selectable(t *testing.T) *virtual {
	w := newVirtual(t) // a doubt waits
	w.send(w.write("novembre.csv", people(1)+"+33600000002,Nora,B\n+33600000001,Otto,C\n+33600000013,Ines,D\n"+
		"+33600000012,Doubt,E\n12,Short,F\n"), "--skip-invalid", "--max-failures", "5").want(t, 3)
	return w
}

// selected are the names in the file that report writes with the flags.
func (w *world) selected(flags ...string) (names []string, said result) {
	w.t.Helper()
	path := filepath.Join(w.dir, fmt.Sprintf("again-%d.csv", len(flags)))
	os.Remove(path)
	said = w.run(append([]string{"report", "novembre", "-o", path}, flags...)...).want(w.t, 0)
	for _, row := range w.results(filepath.Base(path)) {
		names = append(names, row["prenom"])
	}
	return names, said
}

// Every status and cause that is given counts, given again or behind a comma: nobody is lost from a file of people to
// follow up.
func TestReportTakesEveryStatusAndCause(t *testing.T) { synctest.Test(t, takesEveryStatusAndCause) }

func takesEveryStatusAndCause(t *testing.T) {
	w := selectable(t)
	for line, want := range map[string]string{
		"--only rejected --only unknown":                        "Nora Otto Ines Doubt",
		"--only rejected,in-doubt":                              "Nora Otto Ines Doubt",
		"--only refused --only invalid --only accepted":         "Zoé 0 Nora Otto Ines Short",
		"--cause opted-out --cause 131026":                      "Nora Otto",
		"--cause opted-out,phone-too-short --cause 131026":      "Nora Otto Short",
		"--only rejected --cause invalid-number --cause 131026": "Nora Ines",
	} {
		if got, _ := w.selected(strings.Fields(line)...); strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	_, said := w.selected("--cause", "opted-out", "--cause", "held-back")
	said.tells(t, "selection-written", "1").tells(t, "selection-without", "held-back")
}

// A word that is no status and no cause is refused, whatever else is given: it would leave people out of the file.
func TestReportRefusesStrangeWords(t *testing.T) { synctest.Test(t, refusesStrangeWords) }

func refusesStrangeWords(t *testing.T) {
	w := selectable(t)
	path := filepath.Join(w.dir, "again.csv")
	for _, c := range []struct {
		flags []string
		code  int
		says  string
	}{
		{[]string{"--only", "rejected", "--only", "unkown"}, 2, words.English().FlagsOnlyStatus(`"unkown"`)},
		{[]string{"--only", "rejected,unkown"}, 2, "Did you mean unknown?"},
		{[]string{"--cause", "131026", "--cause", "opted-uot"}, 1, "has the cause opted-uot, and no file was written. Did you mean opted-out?"},
		{[]string{"--cause", "131026,131062"}, 1, "Did you mean 131026? The causes of these rows: "},
		{[]string{"--cause", "131026", "--cause", "hold-back"}, 1, "Did you mean held-back?"},
		{[]string{"--cause", "131026,"}, 2, "--cause is empty"},
	} {
		w.run(append([]string{"report", "novembre", "-o", path}, c.flags...)...).want(t, c.code).says(t, c.says)
		if _, err := os.Stat(path); err == nil {
			t.Fatalf("%v wrote a file", c.flags)
		}
	}
}

// A flag that may be given again is proposed again.
func TestCompletionProposesRepeatableFlags(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	for _, flag := range []string{"--only", "--cause"} {
		if got := w.proposed("report", "novembre", flag, "rejected", flag[:4]); !slices.Contains(got, flag) {
			t.Errorf("after one %s: %q", flag, got)
		}
	}
	if got := w.proposed("report", "novembre", "--only", "rejected", "--only", "unk"); !slices.Equal(got, []string{"unknown"}) {
		t.Errorf("statuses: %q", got)
	}
}

// The refused rows that an update has corrected or removed are no rows to follow up: the command says how many there are,
// so that its count and the summary's add up.
func TestReportTellsOfRefusedOldRows(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("novembre.csv", people(1)+"+33600000013,Ines,A\n+33600000013,Ida,B\n+33600000002,Nora,C\n")
	w.send(path, "--duplicates", "allow").want(t, 3)
	w.write("novembre.csv", people(1)+"+33612345611,Ines,A\n+33600000002,Nora,C\n")
	w.again(path, "--update", "--duplicates", "allow").want(t, 3).tells(t, "tally-old-more")
	got, said := w.selected("--only", "rejected")
	said.tells(t, "selection-passed")
	if !slices.Equal(got, []string{"Nora"}) {
		t.Errorf("%q", got)
	}
	w.run("report", "novembre", "--only", "rejected", "--cause", "invalid-number", "-o", filepath.Join(w.dir, "none.csv")).want(t, 1).
		tells(t, "selection-passed-only")
}

// In a rehearsal, the command that is proposed for the new file is a rehearsal's, too.
func TestReportProposesInTheSandbox(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("novembre.csv", people(2)), "--sandbox").want(t, 0)
	_, said := w.selected("--only", "sent", "--sandbox")
	said.says(t, "kanal-campaign templates --sandbox")
}
