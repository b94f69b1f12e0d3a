package cli_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// twice is a file with one person in row 2 and row 4, who says two things in a column, and another one between who agrees.
func twice(column, first, second string, cells ...string) string {
	again := "0612340001"
	if len(cells) > 0 {
		again = cells[0]
	}
	return fmt.Sprintf("phone,prenom,code,%q\n0612340001,Zoé,A1,%q\n0612340002,Léa,A2,%q\n%s,Zoé,A1,%q\n", column, first,
		agreeing(column, first, second), again, second)
}

// agreeing is what somebody writes who agrees in the column.
func agreeing(column, first, second string) string {
	if strings.HasPrefix(column, "Désinscrit") {
		return ""
	}
	if strings.HasPrefix(first, "N") {
		return second
	}
	return first
}

// whoRefuses are what one person says in two rows, a no among them, under several spellings of the number.
var whoRefuses = map[string]string{
	"a no after a yes":        twice("Consent", "Oui, j'accepte", "Non merci"),
	"a yes after a no":        twice("Consent", "Non merci", "Oui, j'accepte"),
	"in another spelling":     twice("Consent", "Oui", "Non", "+33 6 12 34 00 01"),
	"in a column of refusals": twice("Désinscrit", "", "oui"),
	"with a number to mend":   twice("Consent", "Oui", "Non", "0612340O01"),
	"with other values":       strings.Replace(twice("Consent", "Oui", "Non"), "Zoé,A1,\"Non", "Zoé,B7,\"Non", 1),
	"without values":          strings.Replace(twice("Consent", "Oui", "Non"), "Zoé,A1,\"Non", ",,\"Non", 1),
}

// A number that refuses in any row of the file is sent to in none, in whatever order they come and whatever happens to doubles.
func TestWhoRefusesAnywhereIsSentToNowhere(t *testing.T) {
	t.Parallel()
	for name, file := range whoRefuses {
		for _, duplicates := range []string{"", "skip", "allow"} {
			t.Run(name+" "+duplicates, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, sandbox.Options{})
				path := w.write("a.csv", file)
				column := "D"
				flags := []string{"--consent-column", column}
				if duplicates != "" {
					flags = append(flags, "--duplicates", duplicates)
				}
				told := w.toldCheck(0, path, flags...)
				if told.Skipped["no-consent"] != 2 || told.Consent[0].SendableRefused != 0 {
					t.Errorf("%+v", told)
				}
				w.send(path, flags...).want(t, 0)
				if got := w.toWhom(); got != "2" {
					t.Errorf("it was sent to %s, want 2", got)
				}
				w.truth(1, "a.results.csv")
				w.holds("sent", "a")
				results := w.read("a.results.csv")
				if strings.Count(results, "refuses in the consent column") != 2 || strings.Count(results, "has the same number and refuses") != 1 {
					t.Errorf("the results do not tell who refuses:\n%s", results)
				}
			})
		}
	}
}

// While nobody has decided about the column, somebody who refuses in a double makes the question be asked.
func TestADoubleThatRefusesIsAskedAbout(t *testing.T) {
	t.Parallel()
	for name, file := range whoRefuses {
		if name == "with a number to mend" || name == "with other values" || name == "without values" { // these are errors first
			continue
		}
		w := newWorld(t, sandbox.Options{})
		told := w.toldCheck(5, w.write("a.csv", file))
		if !slices.Equal(told.decisions(), []string{"consent-open"}) || told.Consent[0].SendableRefused != 1 {
			t.Errorf("%s: %+v", name, told)
		}
	}
	for name, where := range map[string]string{"filtered": "code=A1", "suppressed": ""} {
		w := newWorld(t, sandbox.Options{})
		file := "phone,prenom,code,Consent\n0612340001,Zoé,A1,oui\n0612340001,Zoé,B7,non\n"
		flags := []string{"--where", where}
		if where == "" {
			file = "phone,prenom,code,Consent\n0612340001,Zoé,A1,oui\n0612340002,Zoé,B7,non\n"
			flags = []string{"--suppress", w.write("stop.csv", "phone\n0612340002\n")}
		}
		told := w.toldCheck(map[string]int{"filtered": 5, "suppressed": 0}[name], w.write("a.csv", file), flags...)
		if len(told.decisions()) != map[string]int{"filtered": 1, "suppressed": 0}[name] {
			t.Errorf("%s: %+v", name, told)
		}
	}
}

// A filter on a column of consent that leaves refusals out leaves out the person; one that asks for them does not.
func TestRefusalsThatAFilterLeavesOut(t *testing.T) {
	t.Parallel()
	for where, sent := range map[string]string{"Consent=oui": "2", "Consent!=non": "2", "Consent=non": "1"} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("a.csv", twice("Consent", "oui", "non"))
		w.send(path, "--where", where).want(t, 0)
		if got := w.toWhom(); got != sent {
			t.Errorf("%s: sent to %s, want %s", where, got, sent)
		}
		w.holds("sent", "a")
	}
}

// A person who refuses in a row that the file did not have before gets nothing more; who has the message keeps it.
func TestARefusalThatComesLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	const header = "phone,prenom,code,Consent\n"
	const before = header + "0612340001,Zoé,A1,oui\n0612340002,Léa,A2,oui\n0612340003,Ann,A3,oui\n"
	path := w.write("a.csv", before)
	w.send(path, "--consent-column", "Consent", "--first", "1").want(t, 0)
	w.write("a.csv", before+"0612340001,Zoé,A1,non\n0612340002,Léa,A2,non\n")
	w.again(path, "--consent-column", "Consent").want(t, 5).tells(t, "changed-file-update")
	w.again(path, "--update").want(t, 0)
	want := map[string]string{"1": "sent" + "no-consent", "2": "no-consent" + "no-consent", "3": "sent"} // by both rows of a person
	if got := w.causesOf("a.results.csv"); w.toWhom() != "13" || !maps.Equal(got, want) {
		t.Errorf("sent to %s, %v", w.toWhom(), got)
	}
	w.holds("updated", "a")
}

// newsletter is a file whose column of agreement says yes of somebody who has unsubscribed.
const newsletter = "phone,prenom,code,Newsletter,Désinscrit\n0612340001,Zoé,A1,oui,\n0612340002,Léa,A2,oui,Oui 12/10/2026\n" +
	"0612340003,Ann,A3,non,\n"

// No answer about another column overrides what a column of refusals says, until a person has said that it does.
func TestRefusalsAreNotOverriddenByAnotherColumn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", newsletter)
	told := w.toldCheck(5, path)
	for _, a := range told.Problems[0].Answers {
		if a.Value != "none" && a.Value != "Désinscrit" && !slices.Contains(a.More, "Désinscrit") {
			t.Errorf("an answer messages who has unsubscribed: %+v", a)
		}
	}
	told = w.toldCheck(5, path, "--consent-column", "Newsletter")
	if !slices.Equal(told.decisions(), []string{"refusals-open"}) {
		t.Fatalf("%+v", told.Problems)
	}
	w.send(path, "--consent-column", "Newsletter").want(t, 5).tells(t, "problem.refusals-open.answer-1").
		says(t, "--consent-column Newsletter --consent-column Désinscrit", "--consent-column Newsletter --consent-column none")
	if len(w.requests()) > 0 {
		t.Fatal("it was sent before the decision")
	}
	first := told.Problems[0].Answers[0]
	w.send(path, "--consent-column", first.Value, "--consent-column", first.More[0]).want(t, 0)
	if w.toWhom() != "1" {
		t.Errorf("sent to %s", w.toWhom())
	}
	w.holds("sent", "a")
}

// A changed file may bring refusals to a campaign that was decided by another column: the answer is added to that.
func TestRefusalsInAChangedFile(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct{ second, sent string }{"left out": {"Désinscrit", "14"}, "overridden": {"none", "124"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Options{})
			path := w.write("a.csv", "phone,prenom,code,Newsletter\n0612340001,Zoé,A1,oui\n")
			w.send(path, "--consent-column", "Newsletter").want(t, 0)
			w.write("a.csv", newsletter+"0612340004,Eve,A4,oui,\n")
			w.again(path, "--update").want(t, 5).says(t, "--update --consent-column Newsletter --consent-column Désinscrit",
				"--update --consent-column Newsletter --consent-column none")
			w.again(path, "--consent-column", "Newsletter", "--consent-column", want.second).want(t, 5).
				says(t, "--update --consent-column Newsletter --consent-column "+want.second)
			w.again(path, "--update", "--consent-column", "Newsletter", "--consent-column", want.second).want(t, 0)
			if w.toWhom() != want.sent {
				t.Errorf("sent to %s, want %s", w.toWhom(), want.sent)
			}
			w.again(path, "--update", "--consent-column", "none").want(t, 5).tells(t, "refused-other-setting", "--consent-column")
			w.holds("updated", "a")
		})
	}
}

// A country that is written and cannot be read is no reason to take the number for one of --country: only an empty cell is.
func TestACountryThatCannotBeReadIsAnError(t *testing.T) {
	t.Parallel()
	for country, says := range map[string]string{"Belqique": "Belgique?", "Suise": "Suisse?", "Allemange": "Allemagne?",
		"Belgiqe": "Belgique?", "Ruritanie": "", "??": "fallback", "-": "fallback", "n/a": "fallback", " ": "fallback"} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("a.csv", "phone,prenom,code,Pays\n0612340001,Zoé,A1,France\n0612340002,Léa,A2,"+country+"\n0612340003,Ann,A3,\n")
		if says == "fallback" {
			w.send(path, "--country-column", "Pays").want(t, 0)
			continue
		}
		got := w.send(path, "--country-column", "Pays").want(t, 4).says(t, "Correct the country")
		if says != "" {
			got.says(t, says)
		} else if strings.Contains(got.out, "is not a country:") {
			t.Errorf("%s: a country is proposed:\n%s", country, got.out)
		}
		w.send(path, "--country-column", "Pays", "--skip-invalid").want(t, 3)
		if w.toWhom() != "13" {
			t.Errorf("%s: sent to %s", country, w.toWhom())
		}
	}
}
