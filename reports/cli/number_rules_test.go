package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words/wordstest"
)

// firstRulesCampaigns are the campaigns of testdata/rules1 that are not finished, with how many people wait in them.
var firstRulesCampaigns = map[string]int{"monde": 8, "france": 3, "cotonou": 1, "mexico": 2, "rio": 2}

// firstRulesCountry is what the campaigns' send commands were given.
var firstRulesCountry = map[string]string{"france": "FR", "cotonou": "BJ", "mexico": "MX", "rio": "BR"}

// firstRulesWorld is a world with the ledger, the files and the results that the program wrote under version 1 of the rules.
func firstRulesWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, sandbox.Options{FirstMessageID: 2_000_000})
	from := filepath.Join("testdata", "rules1")
	files, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(from, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		w.write(file.Name(), string(content))
	}
	exec(t, w.firstLedger(), `UPDATE campaigns SET definition = replace(definition, '/home/marie', '`+w.dir+`')`)
	return w
}

func (w *world) firstLedger() string { return filepath.Join(w.dir, "ledger.db") }

// old runs a command with the ledger of before.
func (w *world) old(args ...string) result {
	return w.run(append(args, "--ledger", w.firstLedger())...)
}

func (w *world) sendOld(file string, flags ...string) result {
	args := []string{"send", filepath.Join(w.dir, file), "--template", "welcome", "--yes", "--rate", "6000", "--send-window", "none"}
	return w.old(append(args, flags...)...)
}

// accepted returns who was messaged, in this world.
func (w *world) accepted() map[string]int {
	found := map[string]int{}
	for _, a := range w.kanal.Accepted() {
		found[a.Number]++
	}
	return found
}

// sameAsAnother waits in monde beside 84701234567, which has replaced it: the second of the two is messaged no more.
const sameAsAnother = "841201234567"

// waiting returns the numbers that a results file says are not messaged yet, and that are to be.
func (w *world) waiting(name string) (numbers []string) {
	for _, row := range w.results(name + ".results.csv") {
		if row["status"] == "pending" && row["normalized_phone"] != sameAsAnother {
			numbers = append(numbers, row["normalized_phone"])
		}
	}
	return numbers
}

// Campaigns planned under the first rules go on by them, and are found honest, before and after.
func TestFirstRulesGoOn(t *testing.T) {
	t.Parallel()
	w := firstRulesWorld(t)
	for name, n := range firstRulesCampaigns {
		waiting := w.waiting(name)
		if len(waiting) != n {
			t.Fatalf("%s: %d wait, want %d", name, len(waiting), n)
		}
		w.old("verify", name).want(t, 0)
		w.old("report", name).want(t, 0)
		code := 0
		if name == "monde" || name == "france" || name == "mexico" { // rows with errors, or refused
			code = 3
		}
		w.old("resume", name, "--yes", "--rate", "6000").want(t, code)
		for _, digits := range waiting {
			w.acceptedFor(digits)
		}
		w.old("verify", name).want(t, 0)
	}
	w.old("verify", "fini").want(t, 0)
	if n := w.accepted()[sameAsAnother]; n != 0 {
		t.Error("one person was messaged under the old and the new spelling")
	}
}

// An update reads the file by the campaign's own rules: who was accepted stays, whatever today's rules say.
func TestFirstRulesTakeAnUpdate(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]string{
		"monde":   "+22997000099,New,N1\n",
		"france":  "07 09 20 01 99,New,N1\n",
		"cotonou": "97 00 02 99,New,N1\n",
		"mexico":  "55 1234 0399,New,N1\n",
		"rio":     "(11) 98765-0499,New,N1\n",
	} {
		t.Run(name, func(t *testing.T) {
			w := firstRulesWorld(t)
			waiting := w.waiting(name)
			w.write(name+".csv", w.read(name+".csv")+late)
			flags := []string{"--update", "--skip-invalid"}
			if country := firstRulesCountry[name]; country != "" {
				flags = append(flags, "--country", country)
			}
			if got := w.sendOld(name+".csv", flags...); got.code != 0 && got.code != 3 {
				t.Fatalf("exit code %d\n%s%s", got.code, got.out, got.err)
			}
			if n := len(w.accepted()); n != len(waiting)+1 {
				t.Errorf("%d were messaged, want %d: %v", n, len(waiting)+1, w.accepted())
			}
			for _, digits := range waiting {
				w.acceptedFor(digits)
			}
			w.old("verify", name).want(t, 0)
		})
	}
}

// Who was messaged under the old spelling is not messaged again when the file comes back with the new one.
func TestFirstRulesTakeACorrectedSpelling(t *testing.T) {
	t.Parallel()
	w := firstRulesWorld(t)
	w.write("monde.csv", strings.Replace(w.read("monde.csv"), "+22997000002,Jean", "+2290197000002,Jean", 1))
	w.sendOld("monde.csv", "--update", "--skip-invalid").want(t, 3)
	if n := w.accepted()["2290197000002"]; n != 0 {
		t.Error("a person was messaged again under the new spelling")
	}
	w.old("verify", "monde").want(t, 0)
}

// Results of the first rules rebuild their campaign, and go on.
func TestFirstRulesAreRebuilt(t *testing.T) {
	t.Parallel()
	for name := range firstRulesCampaigns {
		t.Run(name, func(t *testing.T) {
			w := firstRulesWorld(t)
			waiting := w.waiting(name)
			if err := os.Remove(w.firstLedger()); err != nil {
				t.Fatal(err)
			}
			flags := []string{"--again"}
			if country := firstRulesCountry[name]; country != "" {
				flags = append(flags, "--country", country)
			}
			if got := w.rebuild(name+".results.csv", flags...); got.code != 0 && got.code != 3 {
				t.Fatalf("exit code %d\n%s%s", got.code, got.out, got.err)
			}
			if n := len(w.accepted()); n != len(waiting) {
				t.Errorf("%d were messaged, want %d", n, len(waiting))
			}
			for _, digits := range waiting {
				w.acceptedFor(digits)
			}
			w.run("verify", name).want(t, 0)
		})
	}
}

// Who has opted out under one spelling is not messaged under another, in a new campaign or by a list that is known.
func TestFirstRulesOptOutsHold(t *testing.T) {
	w := firstRulesWorld(t)
	w.write("neuf.csv", `phone,prenom,code
+229 01 96 11 22 33,Out,A
+229 01 96 44 55 66,Out,B
+55 11 98765-0001,Out,C
+262 692 00 00 09,Out,D
+229 01 96 11 22 34,In,E
`)
	w.sendOld("neuf.csv").want(t, 0)
	if got := w.accepted(); len(got) != 1 || got["2290196112234"] != 1 {
		t.Errorf("messaged: %v", got)
	}
	for _, digits := range []string{"+22996112233", "+2290196112233"} {
		if got := w.old("history", digits).want(t, 0); !wordstest.Says(t, got.out, "cause.opted-out.label") {
			t.Errorf("history %s does not tell the opt-out:\n%s", digits, got.out)
		}
	}
}

// Whoever has opted out since, under the new spelling, is left out of a campaign of before that has the old one.
func TestNewOptOutHoldsInAnOldCampaign(t *testing.T) {
	t.Parallel()
	w := firstRulesWorld(t)
	w.kanal.OptOut("2290197000207")
	w.kanal.OptOut("2290197000003")
	w.write("neuf.csv", "phone,prenom,code\n+229 01 97 00 00 03,Out,A\n")
	w.sendOld("neuf.csv").want(t, 3)
	w.old("resume", "monde", "--yes", "--rate", "6000").want(t, 3)
	if n := w.accepted()["22997000003"]; n != 0 {
		t.Error("a person who has opted out under the new spelling was messaged under the old one")
	}
	w.old("verify", "monde").want(t, 0)
}

// Gaps, repeats, lists and history know both spellings of a person.
func TestBothSpellingsAreOnePerson(t *testing.T) {
	t.Parallel()
	t.Run("gap", func(t *testing.T) {
		w := firstRulesWorld(t)
		w.write("neuf.csv", "phone,prenom,code\n+229 01 97 00 05 01,Rose,Z\n+229 01 97 00 05 09,Awa,Z\n")
		w.sendOld("neuf.csv", "--min-gap", "3650d").want(t, 0)
		if got := w.accepted(); len(got) != 1 || got["2290197000509"] != 1 {
			t.Errorf("messaged: %v", got)
		}
	})
	t.Run("repeat", func(t *testing.T) {
		w := firstRulesWorld(t)
		w.write("neuf.csv", "phone,prenom,code\n+229 01 97 00 05 01,Rose,E01\n+52 1 55 1234 0503,Eva,E03\n")
		w.sendOld("neuf.csv").want(t, 5).says(t, "2 of 2 people", "fini")
	})
	t.Run("list", func(t *testing.T) {
		w := firstRulesWorld(t)
		list := w.write("out.csv", "phone\n+229 01 97 00 02 07\n+229 01 97 00 00 03\n")
		w.old("resume", "monde", "--yes", "--rate", "6000", "--suppress", list).want(t, 3)
		if n := w.accepted()["22997000003"]; n != 0 {
			t.Error("a person on the list was messaged under the old spelling")
		}
	})
	t.Run("list of before", func(t *testing.T) {
		w := firstRulesWorld(t)
		list := w.write("out.csv", "phone\n+229 97 00 00 04\n+225 07 00 00 05\n+52 044 55 1234 0008\n")
		w.write("neuf.csv", "phone,prenom,code\n+229 01 97 00 00 04,Rose,Z\n+225 07 07 00 00 05,Eva,Z\n+525512340008,Sol,Z\n+33612345678,In,Z\n")
		w.sendOld("neuf.csv", "--suppress", list).want(t, 0)
		if got := w.accepted(); len(got) != 1 || got["33612345678"] != 1 {
			t.Errorf("messaged: %v", got)
		}
	})
	t.Run("history and forget", func(t *testing.T) {
		w := firstRulesWorld(t)
		for _, asked := range []string{"+2290197000001", "+22997000001"} {
			got := w.old("history", asked, "--format", "json").want(t, 0)
			for _, digits := range []string{`"22997000001"`, `"2290197000001"`} {
				if !strings.Contains(got.out, digits) {
					t.Errorf("history %s does not tell of %s:\n%s", asked, digits, got.out)
				}
			}
		}
		w.old("history", "+33709200002", "--format", "json").want(t, 0).says(t, "987660") // as it was sent, right or wrong
		w.old("history", "0709200002", "--country", "FR").want(t, 2).says(t, "+262709200002")
		w.old("forget", "+2290197000001", "--yes").want(t, 0)
		if got := w.old("history", "+22997000001", "--format", "json").want(t, 0); strings.Contains(got.out, "987666") {
			t.Errorf("forgotten under one spelling, remembered under the other:\n%s", got.out)
		}
	})
}

// A new campaign freezes the rules of today, and what it sends is verified by them.
func TestNewCampaignsKeepTodaysRules(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("neuf.csv", "phone,prenom,code\n+229 01 97 00 05 01,Rose,Z\n+225 07 07 12 34 56,Awa,Z\n")
	w.run("send", path, "--template", "welcome", "--yes", "--rate", "6000").want(t, 0)
	book := filepath.Join(w.env["XDG_STATE_HOME"], "kanal-campaign", "ledger.db")
	var version int
	query(t, book, "SELECT definition ->> '$.settings.number_rules' FROM campaigns", &version)
	if version != 2 {
		t.Errorf("planned under rules %d", version)
	}
	w.run("verify", "neuf").want(t, 0)
	// A program that knew fewer rules would have compared these people otherwise: verify holds to the plan's version.
	exec(t, book, `UPDATE rows SET person = '22997000501' WHERE person = '2290197000501'`)
	w.run("verify", "neuf").want(t, 3).says(t, "Row 2")
}
