package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

const countries = "phone,prenom,code,pays\n0612345678,Zoé,A0,FR\n079 123 45 67,Urs,A1,CH\n0470 12 34 56,Jan,A2,BE\n"

// A campaign keeps its answer: whatever goes on with it reads the numbers as it was planned, and asks nothing.
func TestCountryColumnIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", countries)
	w.send(path, "--first", "1").want(t, 5).tells(t, "problem.country-column-open.heading")
	w.send(path, "--first", "1", "--country-column", "pays").want(t, 0)
	w.send(path, "--country-column", "none").want(t, 5).
		tells(t, "refused-other-setting", "--country-column pays", "--country-column none")
	w.run("verify", "spring").want(t, 0)
	w.run("check", path, "--template", "welcome").want(t, 0)
	w.run("resume", "spring", "--yes", "--first", "1", "--rate", "6000").want(t, 0)
	w.write("spring.csv", countries+"0471 12 34 56,Eva,A3,BE\n")
	w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 0).says(t, "To send 2 people")
	w.run("send", path, "--template", "welcome", "--update", "--yes", "--rate", "6000").want(t, 0)
	if got, want := w.reached(), "32470123456 32471123456 33612345678 41791234567"; got != want {
		t.Errorf("%s were reached, want %s", got, want)
	}
	w.truth(4, "spring.results.csv")
	w.run("verify", "spring").want(t, 0)
}

// A file in which the column makes a difference for the first time is asked about by an update, which takes the answer.
func TestUpdateAsksAboutACountryColumn(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		"pays": "33612345678 33612345679 41791234567", "none": "33612345678 33612345679 33791234567",
	} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("spring.csv", "phone,prenom,code,pays\n0612345678,Zoé,A0,FR\n0612345679,Léa,A1,FR\n")
		w.send(path).want(t, 0)
		w.write("spring.csv", "phone,prenom,code,pays\n0612345678,Zoé,A0,FR\n0612345679,Léa,A1,FR\n079 123 45 67,Urs,A2,CH\n")
		w.check(path).want(t, 5).says(t, "--update", "--country-column pays")
		got := w.run("send", path, "--template", "welcome", "--update", "--yes", "--rate", "6000").want(t, 5)
		if words := strings.Join(proposed(t, "send", got.out), " "); !strings.Contains(words, "--update") || !strings.Contains(words, "--country-column none") {
			t.Errorf("the last answer is %s", words)
		}
		w.run("send", path, "--template", "welcome", "--update", "--yes", "--rate", "6000", "--country-column", answer).want(t, 0)
		if got := w.reached(); got != want {
			t.Errorf("--country-column %s: %s were reached, want %s", answer, got, want)
		}
		w.run("verify", "spring").want(t, 0)
		w.run("send", path, "--template", "welcome", "--country-column", "x", "--yes").want(t, 5)
	}
}

// Results tell what the number was, so that a lost ledger is rebuilt with or without the flag.
func TestCountryColumnIsRebuilt(t *testing.T) {
	t.Parallel()
	for _, flags := range [][]string{{"--country-column", "pays", "--country", "FR"}, {"--country", "FR"}, nil} {
		w := newWorld(t, sandbox.Options{})
		w.send(w.write("spring.csv", countries+"687781234,Wani,A3,FR\n"), "--first", "1", "--country-column", "pays",
			"--bare-numbers", "international").want(t, 0)
		w.loseLedger()
		w.rebuild("spring.results.csv", flags...).want(t, 0)
		w.truth(4, "spring.results.csv")
		if got, want := w.reached(), "32470123456 33612345678 41791234567 687781234"; got != want {
			t.Errorf("%s were reached, want %s", got, want)
		}
		w.run("verify", "spring").want(t, 0)
	}
}

// A frozen number that is the cell's in --country, and not in its row's, is found.
func TestVerifyFindsAnotherCountry(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("spring.csv", countries), "--country-column", "pays").want(t, 0)
	w.inLedger("UPDATE rows SET phone = '33791234567', person = '33791234567' WHERE phone = '41791234567'")
	if got := w.run("verify", "spring", "--format", "json"); !strings.Contains(got.out, "number-differs") {
		t.Errorf("it is not found:\n%s%s", got.out, got.err)
	}
}

// --fix writes a number by its row's country, and not at all while it is open in which one it is.
func TestFixWithACountryColumn(t *testing.T) {
	for answer, want := range map[string]string{"pays": "+41791234567", "": "~079 123 45 67~"} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("spring.csv", "phone,prenom,code,pays\n0612345678,Zoé,A0,FR\n~079 123 45 67~,Urs,A1,CH\n  ,,,\n079 123 45 60,Eva,\"A\nB\",CH\n")
		flags := []string{"check", path, "--template", "welcome", "--country", "FR", "--fix"}
		if answer != "" {
			flags = append(flags, "--country-column", answer)
		}
		w.run(flags...)
		fixed, err := os.ReadFile(filepath.Join(w.dir, "spring.fixed.csv"))
		if err != nil || !strings.Contains(string(fixed), "\n"+want+",") {
			t.Errorf("%q: %v\n%s", answer, err, fixed)
		}
	}
}

// A test message goes to the user's own number, whatever is open about the file's.
func TestTestMessageWithACountryColumn(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.run("send", w.write("spring.csv", countries), "--template", "welcome", "--country", "FR", "--yes", "--test-to", "0698765432",
		"--country-column", "pays").want(t, 0)
	if got := w.reached(); got != "33698765432" {
		t.Errorf("%s was reached", got)
	}
}

// A column that is called "none" can be named by its letter.
func TestCountryColumnCalledNone(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", strings.Replace(countries, "pays", "none", 1))
	w.send(path, "--country-column", "none").want(t, 0)
	if got := w.reached(); !strings.Contains(got, "33791234567") {
		t.Errorf("%s were reached", got)
	}
}

// A person who opted out under the number of the row's country is left out.
func TestOptOutUnderTheRowsCountry(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", countries)
	w.send(path, "--country-column", "pays", "--suppress", w.write("out.csv", "phone\n+41791234567\n")).want(t, 0)
	if got, want := w.reached(), "32470123456 33612345678"; got != want {
		t.Errorf("%s were reached, want %s", got, want)
	}
}

// A rehearsal stops for the decision as the real thing does, and goes through with the answer.
func TestRehearsalAsksAboutACountryColumn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", countries)
	got := w.run("send", path, "--template", "welcome", "--country", "FR", "--sandbox", "--yes").want(t, 5)
	w.run(proposedSend(got.out)...).want(t, 0)
	if n := len(w.results("spring.sandbox.results.csv")); n != 3 {
		t.Errorf("%d rows", n)
	}
}

// A campaign of an earlier version, which did not ask, is gone on with as it was planned; a changed file of it is asked about.
func TestCampaignThatWasNotAskedAboutCountries(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", countries)
	w.send(path, "--first", "1", "--country-column", "none").want(t, 0)
	w.inLedger("UPDATE campaigns SET definition = json_remove(definition, '$.settings.country_column')")
	w.check(path).want(t, 0).says(t, "kanal-campaign resume spring").unsaid(t, "--country-column")
	w.send(path).want(t, 0)
	w.run("verify", "spring").want(t, 0)
	if got, want := w.reached(), "33470123456 33612345678 33791234567"; got != want {
		t.Errorf("%s were reached, want %s", got, want)
	}
	w.write("spring.csv", countries+"0612345679,Léa,A3,FR\n")
	w.run("send", path, "--template", "welcome", "--update", "--yes").want(t, 5).says(t, "--country-column pays", "--country-column none")
}
