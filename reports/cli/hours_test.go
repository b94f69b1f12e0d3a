package cli_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kanal-campaign/kanal/sandbox"
)

// A holiday and a daily limit are warned of, in the check and before sending, and stop nothing. Both survive into the
// command that the check ends with.
func TestHoursWarnAndStopNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(12))
	days := w.write("days.txt", time.Now().Format(time.DateOnly)+" Founder's day\n"+
		time.Now().AddDate(0, 0, 1).Format(time.DateOnly)+" Day after\n")
	flags := []string{"--template", "welcome", "--country", "FR", "--holidays", days, "--daily-cap", "5"}
	check := w.run(append([]string{"check", path}, flags...)...).want(t, 0).says(t, english.HolidaysOfFile(days), "WARNING: 12 people. "+english.VolumeBeyond(5), english.VolumeDays(3, "--first 5", "5")).
		tells(t, "breach.holiday.start")
	if command := check.out[strings.LastIndex(check.out, "kanal-campaign"):]; !strings.Contains(command, "--daily-cap 5") ||
		!strings.Contains(command, "--holidays") {
		t.Errorf("the command leaves them out: %s", command)
	}
	var asked struct {
		People int
		Hours  []struct{ Reason, Name string }
	}
	text := w.run(append([]string{"check", path, "--format", "json"}, flags...)...).want(t, 0).out
	if err := json.Unmarshal([]byte(text), &asked); err != nil || asked.People != 12 || len(asked.Hours) == 0 ||
		asked.Hours[0].Reason != "holiday" {
		t.Errorf("%v in\n%s", err, text)
	}
	w.send(path, "--holidays", days, "--daily-cap", "12").want(t, 0).says(t, "Volume 12 people. --daily-cap allows 12 people").
		tells(t, "breach.holiday.start")
	w.truth(12, "spring.results.csv")
	// A person who has two messages counts once.
	w = newWorld(t, sandbox.Options{})
	twice := w.write("twice.csv", people(3)+"06 12 34 00 00,Zoé,other\n")
	w.run("check", twice, "--template", "welcome", "--country", "FR", "--duplicates", "allow", "--daily-cap", "3").want(t, 0).
		says(t, "To "+english.MessagesSeveral(4)+" "+english.PeopleOfCountries(3, "France 4"), "Volume 3 people. --daily-cap allows 3 people")
}

// A list of holidays that is none stops before anything is sent, with its line.
func TestHolidaysThatAreNone(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(2))
	w.send(path, "--holidays", w.write("days.txt", "2026-07-21\n21/07/2027\n")).want(t, 1).
		says(t, english.HolidaysLineNoDate("2", filepath.Join(w.dir, "days.txt"), `"21/07/2027"`))
	w.send(path, "--holidays", w.write("empty.txt", "\n")).want(t, 1).says(t, english.HolidaysNoDate(filepath.Join(w.dir, "empty.txt")))
	w.send(path, "--holidays", "/nowhere/days.txt").want(t, 1).says(t, "/nowhere/days.txt", "no such file")
	w.send(path, "--daily-cap", "0").want(t, 2).tells(t, "flag-value.cap")
	if n := len(w.requests()); n != 0 {
		t.Errorf("%d requests were made", n)
	}
}

// The same file shows the same three messages, whose rows are three.
func TestThreePreviews(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	check := func(content string) string {
		path := w.write("spring.csv", content)
		return w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 0).tells(t, "preview-first", "2").
			tells(t, "preview-longest").tells(t, "preview-random").out
	}
	row := func(screen string) string {
		before, _, _ := strings.Cut(screen, ", chosen at random:")
		return before[strings.LastIndex(before, "row "):]
	}
	first := row(check(people(40)))
	if again := row(check(people(40))); again != first {
		t.Errorf("%s, then %s", first, again)
	}
	if first == "row 2" {
		t.Error("the first row is drawn, too")
	}
	drawn := map[string]bool{}
	for n := 20; n < 60; n++ {
		drawn[row(check(strings.ReplaceAll(people(40), "P000", fmt.Sprint(n))))] = true
	}
	if len(drawn) < 10 {
		t.Errorf("40 files show only %d different rows: %v", len(drawn), drawn)
	}
}
