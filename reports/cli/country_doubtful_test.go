package cli_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// withColumn is a file of French mobiles beside a column of these values.
func withColumn(name string, values ...string) string {
	text := "phone,prenom,code," + name + "\n"
	for i := range 4 * len(values) {
		text += fmt.Sprintf("06123450%02d,Zoé,C%02d,%s\n", i, i, values[i%len(values)])
	}
	return text
}

// A column that is not called so and does not fit its numbers is no country column, and nothing is asked.
func TestColumnsThatDoNotFitTheirNumbers(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][]string{
		"Destination":         {"Maroc", "Tunisie", "Espagne"},
		"Pays de destination": {"Maroc", "Tunisie", "Espagne"},
		"Pays visité":         {"Espagne", "Portugal"},
		"Marque":              {"Oman", "Cuba", "Peru"},
		"Nom":                 {"Chad", "Jordan", "Israel", "Georgia"},
		"City":                {"Luxembourg", "Singapore", "Monaco", "Jordan"},
		"Passport country":    {"Belgium", "Spain", "France"},
		"Pays de naissance":   {"BE", "ES"},
		"Country of birth":    {"Belgium", "FR", "Spain"},
		"Country/Language":    {"BE", "ES"},
		"Pays langue":         {"Belgique", "Espagne"},
		"Nationalité":         {"Belgique", "Espagne"},
		"Geburtsland":         {"Belgien", "Spanien"},
		"Nazionalità":         {"Belgio", "Spagna", "Spain", "Belgium"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("people.csv", withColumn(name, values...))
			if found, code := w.checkJSON(path, "--country", "FR"); code != 0 || found.has(openColumn) {
				t.Errorf("exit code %d, %+v", code, found)
			}
			if _, code := w.checkJSON(path, "--country", "FR", "--accept-possible"); code != 0 {
				t.Errorf("with --accept-possible: exit code %d", code)
			}
			w.send(path).want(t, 0)
			if n := strings.Count(w.reached(), "336123450"); n != 4*len(values) {
				t.Errorf("%d people in France were reached", n)
			}
		})
	}
}

// A column that is called so is asked about, and the rows are judged as without it: neither an error nor a fix comes of it.
// Where most numbers are wrong by it, no column is the first answer.
func TestCountryColumnsThatDoNotFitTheirNumbers(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][]string{
		"Pays":               {"France", "France", "Belgique"},
		"Indicatif régional": {"33", "44"},
		"Prefix":             {"1", "2", "33"},
		"CC":                 {"FR", "ES"},
		"Store country":      {"FR", "BE"},
		"Country":            {"Spain", "Spain", "Belgium", "Switzerland"},
		"Land":               {"Spanien", "Spain", "FR"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("people.csv", withColumn(name, values...))
			got := w.check(path).want(t, 5).unsaid(t, "write +", "most rows", "--skip-invalid").
				says(t, "--country-column none", "--country-column "+quotedWord(name))
			if found, _ := w.checkJSON(path, "--country", "FR"); len(found.Groups) > 0 ||
				found.Problems[0].Answers[0].Value != "none" || found.Problems[0].Answers[1].Value != name ||
				found.Problems[0].Answers[1].Invalid == 0 {
				t.Errorf("%+v", found)
			}
			w.run(append(proposedSend(got.out), "--yes")...).want(t, 0)
			if n := strings.Count(w.reached(), "336123450"); n != 4*len(values) {
				t.Errorf("%d people in France were reached", n)
			}
		})
	}
}

func quotedWord(name string) string {
	if strings.Contains(name, " ") {
		return `"` + name + `"`
	}
	return name
}

// Without --country a column that is called so and fits rules; what it does not fit gives no stranger's number.
func TestCountryColumnWithoutACountry(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]numbersCase{
		"fits": {text: "phone,prenom,code,pays\n0612345678,A,1,FR\n0791234567,B,2,CH\n", code: openColumn,
			asks: []string{"--country-column pays", "--country-column none"}, sent: "33612345678 41791234567"},
		"fits and is not called so": {text: "phone,prenom,code,Marché\n0612345678,A,1,France\n0791234567,B,2,Suisse\n", code: openColumn,
			asks: []string{"--country-column Marché", "--country-column none"}, sent: "33612345678 41791234567"},
		"does not fit": {text: withColumn("Destination", "Espagne", "Tunisie"), code: "phone-no-country"},
	} {
		t.Run(name, c.try)
	}
}

// What is wrong with rows whatever the column is stays an error, and no answer leaves them out unsaid.
func TestDecisionBesideErrors(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("people.csv", countries+"0612345,Eva,A3,FR\n079 123 45,Ida,A4,CH\n")
	both := w.check(path).want(t, 4).says(t, "--country-column pays").tells(t, "check-problems-rows", "2")
	if command := nextCopy(t, both); !containsAll(command, []string{"pays", "--skip-invalid"}) {
		t.Errorf("%q settles one of them only", command)
	}
	got := w.check(path, "--skip-invalid").want(t, 5).says(t, "2 rows", "left out")
	w.run(append(proposedSend(got.out), "--yes")...).want(t, 3)
	if got, want := w.reached(), "32470123456 33612345678 41791234567"; got != want {
		t.Errorf("%s were reached, want %s", got, want)
	}
}

// One command answers all that is open.
func TestSeveralDecisionsAtOnce(t *testing.T) {
	t.Parallel()
	for first, c := range map[string]struct{ text, reached string }{
		"pays": {"phone,prenom,code,pays,Consentement\n0612345678,A,1,FR,OUI\n0791234567,B,2,CH,OUI\n0612345679,C,3,FR,NON\n",
			"33612345678 41791234567"},
		"none": {"phone,prenom,code,pays,Consentement\n0612345678,A,1,FR,OUI\n0612345677,B,2,BE,OUI\n0612345679,C,3,FR,\n",
			"33612345677 33612345678"},
	} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("people.csv", c.text)
		checked := w.check(path).want(t, 5).tells(t, "decisions-first-answers")
		sent := w.run("send", path, "--template", "welcome", "--country", "FR", "--rate", "6000", "--yes").want(t, 5)
		for _, screen := range []string{checked.out, sent.out} {
			if n := strings.Count(screen, "kanal-campaign send"); n != 1 {
				t.Errorf("%d commands are proposed:\n%s", n, screen)
			}
			words := proposedSend(screen)
			if !slices.Contains(words, "Consentement") || !slices.Contains(words, first) {
				t.Errorf("the command is %q", words)
			}
		}
		w.run(append(proposedSend(checked.out), "--yes")...).want(t, 0)
		if got := w.reached(); got != c.reached {
			t.Errorf("%s were reached, want %s", got, c.reached)
		}
		w.run("verify", "people").want(t, 0)
		w.write("people.csv", c.text+"0470123456,D,4,BE,OUI\n")
		w.run("send", path, "--template", "welcome", "--update", "--yes", "--rate", "6000").want(t, 0)
	}
}

// Results tell how bare numbers were read, and an update of the rebuilt campaign reads them so.
func TestBareNumbersAreRebuilt(t *testing.T) {
	t.Parallel()
	const both, more = "phone,prenom,code\n33612345678,A,1\n33612345679,B,2\n687781234,C,3\n0612345670,D,4\n", "687781235,E,5\n"
	for name, c := range map[string]struct {
		text, bare, country, added, reached string
		after                               string // of resume --from
	}{
		"national":                          {both, "national", "FR", more, "33687781234 33687781235", "FR"},
		"international":                     {both, "international", "FR", more, "687781234 687781235", "FR"},
		"national, the country is not told": {both, "national", "FR", more, "33687781234 33687781235", ""},
		"Swiss": {"phone,prenom,code\n41791234567,A,1\n41791234568,B,2\n44 668 18 00,C,3\n", "national", "CH", "44 668 18 01,E,5\n",
			"41446681800 41446681801", "CH"},
		"nothing to tell": {"phone,prenom,code\n0612345678,A,1\n", "", "FR", "0612345679,B,2\n", "33612345679", "FR"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("spring.csv", c.text)
			send := []string{"send", path, "--template", "welcome", "--yes", "--rate", "6000", "--country", c.country}
			if c.bare != "" {
				send = append(send, "--bare-numbers", c.bare)
			}
			w.run(send...).want(t, 0)
			w.loseLedger()
			var country []string
			if c.after != "" {
				country = []string{"--country", c.after}
			}
			w.rebuild("spring.results.csv", country...).want(t, 0)
			w.run("verify", "spring").want(t, 0)
			w.write("spring.csv", c.text+c.added)
			w.run("send", path, "--template", "welcome", "--yes", "--rate", "6000", "--country", c.country, "--update").want(t, 0)
			for _, number := range strings.Fields(c.reached) {
				if n := strings.Count(" "+w.reached()+" ", " "+number+" "); n != 1 {
					t.Errorf("%s was reached %d times: %s", number, n, w.reached())
				}
			}
			w.run("verify", "spring").want(t, 0)
		})
	}
}

// An update in which several things are open for the first time proposes one command, too.
func TestUpdateWithSeveralDecisions(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	const planned = "phone,prenom,code,pays,Consentement\n0612345678,A,1,FR,OUI\n"
	path := w.write("spring.csv", planned)
	w.send(path).want(t, 0)
	w.write("spring.csv", planned+"0791234567,B,2,CH,OUI\n0612345679,C,3,FR,NON\n")
	for _, screen := range []string{w.check(path).want(t, 5).out,
		w.run("send", path, "--template", "welcome", "--update", "--yes", "--rate", "6000").want(t, 5).out} {
		if words := proposedSend(screen); !slices.Contains(words, "--update") || !slices.Contains(words, "pays") ||
			!slices.Contains(words, "Consentement") {
			t.Errorf("the command is %q", words)
		}
	}
	w.run(append(proposedSend(w.check(path).out), "--yes")...).want(t, 0)
	if got, want := w.reached(), "33612345678 41791234567"; got != want {
		t.Errorf("%s were reached, want %s", got, want)
	}
}

// A list's column that does not fit its numbers hides nobody who is on it.
func TestListWithACountryColumnThatDoesNotFit(t *testing.T) {
	for name, list := range map[string]string{
		"called so":     "phone,pays\n0612345678,BE\n0612345679,ES\n",
		"not called so": "phone,Marque\n0612345678,Oman\n0612345679,Peru\n",
		"of birth":      "phone,Pays de naissance\n0612345678,CH\n0612345679,MA\n",
	} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("people.csv", "phone,prenom,code\n0612345678,A,1\n+33612345679,B,2\n0612345670,C,3\n")
		w.send(path, "--suppress", w.write("out.csv", list)).want(t, 0)
		if got := w.reached(); got != "33612345670" {
			t.Errorf("%s: %s were reached", name, got)
		}
	}
}
