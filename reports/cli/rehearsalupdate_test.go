package cli_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// rehearsed are the numbers that the sandbox within the program has accepted, in order: of the only rehearsal in the world.
func (w *world) rehearsed() (numbers []string) {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(w.dir, "state", "*", "*.accepted.jsonl"))
	if err != nil || len(files) != 1 {
		w.t.Fatal(files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		w.t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		_, rest, _ := strings.Cut(line, `"number":"`)
		number, _, _ := strings.Cut(rest, `"`)
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	return numbers
}

const rehearsedRows = "phone,prenom,code\n0612340001,Zoé,A1\n0612340002,Léa,A2\n33600000001,Out,A3\n"

// A finished rehearsal takes a corrected file as a campaign does, by the very command that its summary proposes, and what check
// announces is what happens. Without --update it starts over.
func TestRehearsalTakesAChangedFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("up.csv", rehearsedRows+"06 12,Noël,A4\n0612340005,,A5\n")
	ended := w.send(path, "--sandbox", "--skip-invalid").want(t, 3).says(t, english.CorrectInvalid(2, "up.csv"), "--update --sandbox")
	corrected := rehearsedRows + "0612340004,Noël,A4\n0612340005,Eve,A5\n"
	w.write("up.csv", corrected)
	w.check(path, "--sandbox").want(t, 0).says(t, english.Standing("rehearsed", "", ""), "2 "+english.UpdateCorrected()+" (rows 5 and 6)", "To send 2 people", "--update --sandbox").
		tells(t, "standing-finished", "\"up\"").
		unsaid(t, english.Standing("update", "", ""))
	w.run(append(proposedSend(ended.out), "--rate", "6000")...).want(t, 0).says(t, "2 "+english.UpdateCorrected()+" (rows 5 and 6)",
		"left out 1 opted out")
	four := []string{"33612340001", "33612340002", "33612340004", "33612340005"}
	if got := w.rehearsed(); !slices.Equal(got, four) {
		t.Errorf("accepted for %v, want %v", got, four)
	}
	if got, want := w.statuses("up.sandbox.results.csv"), map[string]int{"sent": 4, "skipped": 1, "rejected": 1}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	w.run("verify", "up", "--sandbox").want(t, 0)
	w.run("send", path, "--update", "--sandbox").want(t, 5).says(t, english.FinishedOver()).tells(t, "run-end.not-started").
		unsaid(t, "--again")

	// Whoever opted out in it is left out of what a changed file sends, and tried again when it starts over.
	changed := strings.Replace(corrected, "Out,A3", "Out,B3", 1) + "0612340006,Ann,A6\n"
	w.write("up.csv", changed)
	w.check(path, "--sandbox").want(t, 0).says(t, "1 "+english.UpdateAdded()+" (row 7)", "To send 1 person").
		tells(t, "cause.opted-out.label")
	w.send(path, "--sandbox", "--update", "--template", "welcome").want(t, 0).says(t, "1 "+english.UpdateAdded()+" (row 7)")
	if got, want := w.rehearsed(), append(four, "33612340006"); !slices.Equal(got, want) {
		t.Errorf("accepted for %v, want %v", got, want)
	}
	w.write("up.csv", changed+"0612340007,Max,A7\n")
	w.send(path, "--sandbox").want(t, 3).tells(t, "stop.done.heading", "7")
	if got, want := w.rehearsed(), append(four, "33612340006", "33612340007"); !slices.Equal(got, want) {
		t.Errorf("started over, it accepted for %v, want %v", got, want)
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("the real Kanal got %d requests", n)
	}
}

// A check of a finished rehearsal's file in which no message has changed is that of a file which starts over: by its own flags, and
// without the opt-outs that the rehearsal itself has learned.
func TestCheckOfARehearsedFileInAnotherOrder(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("up.csv", rehearsedRows)
	w.send(path, "--sandbox").want(t, 3)
	w.write("up.csv", "phone,prenom,code\n33600000001,Out,A3\n0612340002,Léa,A2\n0612340001,Zoé,A1\n")
	w.check(path, "--sandbox").want(t, 0).says(t, "To 3 people").
		tells(t, "check-send").unsaid(t, "opted out", "--update", "was finished")
	w.run("check", path, "--template", "hello", "--country", "FR", "--sandbox").want(t, 0).unsaid(t, "--update", "--campaign")
}
