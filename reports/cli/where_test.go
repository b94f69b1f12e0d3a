package cli_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words/wordstest"
)

// toWhom returns the codes of the people whom the sandbox accepted messages for, in order.
func (w *world) toWhom() string {
	w.t.Helper()
	codes := map[string]bool{}
	for _, a := range w.kanal.Accepted() {
		codes[a.Number[len(a.Number)-1:]] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(codes)), "")
}

// causesOf returns the cause, or else the status, of each row of a results file, by the last digit of its phone cell.
func (w *world) causesOf(name string) map[string]string {
	w.t.Helper()
	causes := map[string]string{}
	for _, row := range w.results(name) {
		became := row["cause"]
		if became == "" {
			became = row["status"]
		}
		causes[row["phone"][len(row["phone"])-1:]] += became
	}
	return causes
}

// towns are people who differ in cells that a filter may look at; the last digit of the number tells them apart.
const towns = `phone;prenom;code;Ville;Âge ;a=b;a;no!;Notes, internes;Consent. marketing
0612340001;Zoé;A1;Lyon;30;c;x;1;;OUI
0612340002;Léa;A2; LYON ;31;d;y;1;à, rappeler;OUI
0612340003;Noël;A3;Nîmes;32;c;b=c;2;C:\tmp;OUI
0612340004;Ann;A4;nimes;;c;x;2;` + "\u00a0" + `;OUI
0612340005;Bob;A5;New York;30;e;x;2;rien;OUI
0612340006;Eve;A6;;30;e;x;2;rien;OUI
`

func TestWhereChoosesRows(t *testing.T) {
	t.Parallel()
	for _, each := range []struct {
		flags string // between |
		sent  string
	}{
		{"Ville=Lyon", "12"}, {"ville=lyon", "12"}, {"VILLE= LYON ", "12"}, {" Ville =Lyon", "12"}, {"D=Lyon", "12"},
		{"Ville=NIMES", "34"}, {"Ville=Nîmes,lyon", "1234"}, {"Ville=new york", "5"}, {"Ville!=Lyon", "3456"},
		{"Ville!=Lyon,Nîmes", "56"}, {"Ville=", "6"}, {"Ville!=", "12345"}, {"Ville=Lyon,", "126"}, {"Ville=,", "6"},
		{"Age=30", "156"}, {"age=30|Ville!=", "15"}, {"Âge=30|Ville!=Lyon|Ville!=", "5"}, {"Age=", "4"},
		{"a=b=c", "134"}, {"a=b!=c", "256"}, {"a=x", "1456"}, {"G=b=c", "3"}, {"a=b=c|a!=x", "3"},
		{"no!=1", "12"}, {"no!!=1", "3456"}, {"H=1", "12"},
		{`Notes, internes=à\, rappeler`, "2"}, {`notes, internes=C:\tmp`, "3"}, {`notes, internes=C:\\tmp`, "3"}, {"Notes, internes=", "14"},
		{`Notes, internes=rien,à\, rappeler`, "256"}, {"Consent. marketing=oui|Ville=Lyon", "12"},
	} {
		t.Run(each.flags, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := w.write("towns.csv", towns)
			var flags []string
			for _, text := range strings.Split(each.flags, "|") {
				flags = append(flags, "--where", text)
			}
			w.send(path, flags...).want(t, 0)
			if got := w.toWhom(); got != each.sent {
				t.Errorf("it was sent to %s, want %s", got, each.sent)
			}
			w.truth(len(each.sent), "towns.results.csv")
			for person, became := range w.causesOf("towns.results.csv") {
				if want := map[bool]string{true: "sent", false: "filtered"}[strings.Contains(each.sent, person)]; became != want {
					t.Errorf("%s: %s, want %s", person, became, want)
				}
			}
			w.holds("sent", "towns")
		})
	}
}

// What is shown of a condition's values, and kept in the plan, has no outer spaces.
func TestWhereShowsValuesWithoutOuterSpaces(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("towns.csv", towns)
	for text, want := range map[string][]string{
		"VILLE = Lyon":                     {"Lyon"},
		"Ville=\tLyon\u00a0, New York ,  ": {"Lyon", "New York", ""},
		"Ville!= Atlantis":                 {"Atlantis"},
		`Notes, internes = à\, rappeler `:  {"à, rappeler"},
	} {
		got := w.check(path, "--where", text, "--consent-column", "none", "--format", "json")
		var told struct {
			Filter   []struct{ Values []string }
			Problems []struct{ Sentence string }
		}
		if err := json.Unmarshal([]byte(got.out), &told); err != nil {
			t.Fatal(err)
		}
		if len(told.Filter) != 1 || !slices.Equal(told.Filter[0].Values, want) {
			t.Errorf("%q: %q", text, told.Filter)
		}
		for _, p := range told.Problems {
			if strings.Contains(p.Sentence, `" Atlantis`) {
				t.Errorf("%q: %s", text, p.Sentence)
			}
		}
	}
	w.check(path, "--where", "VILLE = Lyon").want(t, 0).says(t, `"Ville" is "Lyon": 2 of 6 rows`)
}

// Who has the message and is left out by a changed file is one of those whom the file's messages go to.
func TestPeopleLeftOutAfterTheyWereSentTo(t *testing.T) {
	t.Parallel()
	for _, each := range []struct {
		rows   string
		people int
	}{
		{"0612340001,Zoé,A1,NON\n0612340002,Léa,A2,OUI\n0612340003,Ann,A3,OUI\n", 3},
		{"0612340001,Zoé,A1,NON\n0612340002,Léa,A2,NON\n0612340003,Ann,A3,NON\n", 2}, // who was not sent to is left out
		{"0612340001,Zoé,A1,NON\n0612340001,Zoé,B1,OUI\n0612340002,Léa,A2,OUI\n", 2},
		{"0612340001,Zoé,B1,OUI\n0612340001,Zoé,A1,NON\n0612340002,Léa,A2,OUI\n", 2},
		{"0612340001,Zoé,A1,NON\n0612340001,Zoé,A1,\n0612340002,Léa,A2,OUI\n", 2},
	} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("a.csv", "phone,prenom,code,Consent\n0612340001,Zoé,A1,OUI\n0612340002,Léa,A2,OUI\n")
		w.send(path, "--consent-column", "Consent").want(t, 0)
		w.write("a.csv", "phone,prenom,code,Consent\n"+each.rows)
		var told struct{ People, Sendable int }
		got := w.check(path, "--consent-column", "Consent", "--format", "json")
		if err := json.Unmarshal([]byte(got.out), &told); err != nil {
			t.Fatal(err)
		}
		if told.People != each.people || told.Sendable < told.People {
			t.Errorf("%s%d messages to %d people, want %d", each.rows, told.Sendable, told.People, each.people)
		}
	}
}

func TestWhereThatIsWrong(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("towns.csv", towns)
	for _, text := range []string{"Ville", "=Lyon", "!=Lyon", " =Lyon", "Ville:Lyon"} {
		w.check(path, "--where", text).want(t, 2).says(t, "--where COLUMN=VALUE")
	}
	w.check(path, "--where", "").want(t, 2)
	w.check(path, "--where", "Vile=Lyon").want(t, 4).says(t, "D Ville").
		tells(t, "problem.column-unknown.wrong", "--where", "\"Vile\"").tells(t, "did-you-mean", "\"Ville\"")
	w.check(path, "--where", "d=Lyon").want(t, 4).tells(t, "problem.column-unknown.wrong", "--where", "\"d\"")
	w.check(path, "--where", "Ville=Lyon,Lille").want(t, 4).says(t, `Its values are "Lyon", "Nîmes" and "New York"`).
		tells(t, "problem.where-value-unknown.heading", "\"Ville\"", "\"Lille\"")
	w.check(path, "--where", "Ville!=Lion").want(t, 4).tells(t, "did-you-mean", "\"Lyon\"")
	w.check(path, "--where", "Ville=Lyon", "--where", "Age=30", "--where", "a=y").want(t, 4).tells(t, "check-nobody")
	path = w.write("many.csv", people(120))
	w.check(path, "--where", "code=P00007,P77").want(t, 4).
		tells(t, "problem.where-value-unknown.heading", "\"code\"", "\"P77\"").
		tells(t, "problem.where-value-unknown.fix", "50")
	w.check(path, "--where", "code=P00007,P00119").want(t, 0).says(t, `Filter C "code" is "P00007" or "P00119": 2 of 120 rows`, "118 rows: filtered out")
}

// What is wrong with people who are filtered out stops nothing, and they are nobody's first row. A row of which nobody knows
// which cell is which stays an error.
func TestFilteredRowsConcernNobody(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", `phone,prenom,code,Ville
0612340001,Zoé,A1,Paris
06 12,Léa,A2,Paris
n/a,,A3,Paris
0612340004,#N/A,A4,Paris
06,x,y,Paris
0612340001,Zoé,OTHER,Lyon
0612340001,Zoé,AGAIN,Paris
0612340007,Bob,A7,Lyon
0612340007,Bob,A7,Lyon
+33 6 00 00 00 00,Zoé,A9,Paris
`)
	w.check(path).want(t, 4)
	got := w.send(path, "--where", "Ville=Lyon").want(t, 0).says(t, "8 rows: 7 filtered out, 1 duplicate")
	if strings.Contains(got.out+got.err, "problems.csv") {
		t.Errorf("there are problems:\n%s", got.err)
	}
	w.truth(2, "a.results.csv")
	if got := w.acceptedFor("33612340001"); got.Variables["code"] != "OTHER" {
		t.Errorf("the row of Lyon is not the one that was sent: %v", got)
	}
	for _, row := range w.results("a.results.csv") {
		if row["Ville"] == "Paris" && (row["cause"] != "filtered" || row["status"] != "skipped" || !strings.Contains(row["error"], "Ville")) {
			t.Errorf("%v", row)
		}
	}
	w.holds("sent", "a")
	names, _ := w.selectedOf("a", "--only", "skipped", "--cause", "filtered")
	if len(names) != 7 {
		t.Errorf("the follow-up list has %v", names)
	}
	w.run("retry", "a", "--row", "3", "--yes").want(t, 5).says(t, "--cause filtered").tells(t, "retry-row-filtered", "3")
	w.run("history", "+33612340004").want(t, 0).says(t, "filtered")

	ragged := w.write("ragged.csv", "phone,prenom,code,Ville\n0612340001,Zoé,A1,Lyon\n0612340002,Lé,a,A2,Paris\n0612340003,Bob\n")
	w.check(ragged, "--where", "Ville=Lyon").want(t, 4).tells(t, "problem.row-ragged.heading", "2")
	w.send(ragged, "--where", "Ville=Lyon", "--skip-invalid").want(t, 4).tells(t, "problem.most-rows-invalid.wrong", "2", "3")
}

// Most rows have errors when most of those have that are chosen.
func TestMostRowsInvalidCountsChosenRows(t *testing.T) {
	var text strings.Builder
	text.WriteString("phone,prenom,code,Ville\n")
	for range 50 {
		text.WriteString("06,Zoé,A,Paris\n")
	}
	text.WriteString("0612340001,Zoé,A,Lyon\n0612340002,Zoé,A,Lyon\n06,Zoé,A,Lyon\n0612340003,Ann,A,Nice\n06,Zoé,A,Nice\n06,Bob,A,Nice\n")
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", text.String())
	w.check(path, "--where", "Ville=Nice", "--skip-invalid").want(t, 4).tells(t, "problem.most-rows-invalid.wrong", "2", "3")
	w.send(path, "--where", "Ville=Lyon", "--skip-invalid").want(t, 3)
	w.truth(2, "a.results.csv")
}

// selectedOf writes the rows of a campaign that flags pick, and returns the names in them.
func (w *world) selectedOf(campaign string, flags ...string) (names []string, said result) {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), "picked.csv")
	said = w.run(append([]string{"report", campaign, "-o", path}, flags...)...).want(w.t, 0)
	other := &world{t: w.t, dir: filepath.Dir(path)}
	for _, row := range other.results("picked.csv") {
		names = append(names, row["prenom"])
	}
	return names, said
}

// The filter is the campaign's: it chooses among the rows of a changed file, and what was sent stays sent.
func TestWhereAndUpdates(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", "phone,prenom,code,Ville\n0612340001,Zoé,A1,Lyon\n0612340002,Léa,A2,Lyon\n0612340003,Ann,A3,Lyon\n0612340004,Bob,A4,Paris\n"+
		"0612340005,Eve,A5,Paris\n0612340006,Max,A6,Paris\n")
	w.send(path, "--where", "D=Lyon", "--first", "1").want(t, 0)
	// Sent and out of the filter; not sent and out of it; still in it; come in; come in with an error; still out.
	w.write("a.csv", "Ville,phone,prenom,code\nNice,0612340001,Zoé,A1\nNice,0612340002,Léa,A2\nLyon,0612340003,Ann,A3\nlyon,0612340004,Bob,A4\n"+
		"Lyon,06,Eve,A5\nParis,0612340006,Max,A6\nLyon,0612340007,Ida,A7\nParis,06,Tom,A8\n")
	w.again(path).want(t, 4)
	w.again(path, "--skip-invalid").want(t, 5).says(t, "left out before, but not any more: sent (row 5)")
	w.again(path, "--skip-invalid", "--update", "--where", "Ville=Nice").want(t, 5).
		tells(t, "refused-other-setting", "--where D=Lyon")
	w.again(path, "--skip-invalid", "--update", "--where", "ville= LYON").want(t, 3).says(t, `Filter A "Ville" is "Lyon": 4 of 8 rows`)
	if got := w.toWhom(); got != "1347" {
		t.Errorf("it was sent to %s", got)
	}
	w.truth(4, "a.results.csv")
	want := map[string]string{"1": "sent", "2": "filtered", "3": "sent", "4": "sent", "6": "invalidfilteredfiltered", "7": "sent"}
	if got := w.causesOf("a.results.csv"); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	w.holds("updated", "a")
	// The last row with the value is gone: it is told, and stops nothing.
	w.write("a.csv", "Ville,phone,prenom,code\nNice,0612340001,Zoé,A1\n")
	w.check(path, "--skip-invalid").want(t, 0).says(t, `- Correct --where: no cell of "Ville" is "Lyon"`)
	// A column that is gone is asked for.
	w.write("a.csv", "phone,prenom,code\n0612340001,Zoé,A1\n0612340009,Tim,A9\n")
	w.again(path, "--update").want(t, 4).tells(t, "problem.column-unknown.wrong", "--where", "\"Ville\"")
	w.truth(4, "a.results.csv")
}

// A row that is repeated, and of which one is filtered out after it was sent, is sent once.
func TestFilterOutWhatWasSentAndRepeated(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"sent first", "sent last"} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("a.csv", "phone,prenom,code,Ville\n0612340001,Zoé,A1,Lyon\n0612340002,Léa,A2,Lyon\n")
		w.send(path, "--where", "Ville=Lyon").want(t, 0)
		out, in := "0612340001,Zoé,A1,Nice\n", "+33612340001,Zoé,A1,Lyon\n"
		if order == "sent last" {
			out, in = in, out
		}
		w.write("a.csv", "phone,prenom,code,Ville\n"+out+in+"0612340002,Léa,A2,Nice\n0612340002,Léa,A2,Nice\n0612340003,Ann,A3,Lyon\n")
		w.again(path, "--update").want(t, 0)
		w.truth(3, "a.results.csv")
		w.perPerson()
		if got := w.statuses("a.results.csv"); got["sent"] != 3 || got["skipped"] != 2 {
			t.Errorf("%s: %v", order, got)
		}
		w.holds(order, "a")
	}
}

// Who is in doubt and is filtered out by an update is not tried again by itself.
func TestFilterOutADoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newVirtual(t)
		path := w.write("a.csv", "phone,prenom,code,Ville\n33600000012,Eva,A1,Lyon\n0612340002,Léa,A2,Lyon\n")
		w.send(path, "--where", "Ville=Lyon").want(t, 3)
		w.write("a.csv", "phone,prenom,code,Ville\n33600000012,Eva,A1,Nice\n0612340002,Léa,A2,Lyon\n0612340003,Ann,A3,Lyon\n")
		before := len(w.requests())
		w.again(path, "--update").want(t, 3)
		for _, r := range w.requests()[before:] {
			if r.Number == "33600000012" {
				t.Error("the doubt was tried again")
			}
		}
		if got := w.statuses("a.results.csv"); got["sent"] != 2 || got["skipped"] != 1 || got["unknown"] != 1 {
			t.Errorf("%v", got)
		}
		w.holds("updated", "a")
	})
}

func TestWhereIsRememberedAndSpelledAgain(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("towns.csv", towns)
	got := w.check(path, "--where", "Ville=Lyon", "--where", "Age=31").want(t, 0)
	w.run(append(proposedSend(got.out), "--yes", "--first", "1")...).want(t, 0)
	if w.toWhom() != "2" {
		t.Errorf("the proposed command sent to %s", w.toWhom())
	}
	w.send(path, "--where", "age=31", "--where", "D=LYON").want(t, 5).tells(t, "finished-on")
	w.send(path, "--where", "Ville=Lyon").want(t, 5).says(t, "was planned with --where Ville=Lyon --where Age=31")
	if page := w.read("towns.report.html"); !wordstest.Says(t, page, "chosen-by-filter") {
		t.Error("the report does not tell the filter")
	}
	w.run("status", "towns").want(t, 0).says(t, `Filter "Ville" is "Lyon" and "Âge " is "31"`)
	w.run("resume", "towns", "--where", "Ville=Lyon").want(t, 2)

	var told struct {
		OK     bool
		Filter []struct {
			Column, Header string
			Not            bool
			Values         []string
			Taken, Empty   int
			ColumnValues   []struct {
				Value string
				Rows  int
			} `json:"column_values"`
		}
		Skipped map[string]int
		Consent []any
	}
	out := w.check(path, "--campaign", "x", "--where", "Ville!=Lyon,", "--format", "json").want(t, 0).out
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		t.Fatal(err)
	}
	f := told.Filter[0]
	if f.Column != "D" || f.Header != "Ville" || !f.Not || !slices.Equal(f.Values, []string{"Lyon", ""}) || f.Taken != 3 || f.Empty != 1 ||
		len(f.ColumnValues) != 3 || f.ColumnValues[0].Rows != 2 || told.Skipped["filtered"] != 3 || len(told.Consent) != 1 {
		t.Errorf("%+v", told)
	}
}

// A filter that the results of a lost ledger do not tell is asked for before an update sends to those whom it had left out.
func TestWhereOfARebuiltCampaign(t *testing.T) {
	t.Parallel()
	const before = "phone,prenom,code,Ville\n0612340001,Zoé,A1,Lyon\n0612340002,Léa,A2,Paris\n0612340003,Ann,A3,Lyon\n"
	const after = "phone,prenom,code,Ville\n0612340001,Zoé,A1,Lyon\n0612340002,Léa,A2,Paris\n0612340003,Ann,A3,Lyon\n0612340004,Bob,A4,Lyon\n"
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", before)
	w.send(path, "--where", "Ville=Lyon", "--first", "1").want(t, 0)
	w.loseLedger()
	w.rebuild("a.results.csv").want(t, 0)
	if w.toWhom() != "13" {
		t.Errorf("it was sent to %s", w.toWhom())
	}
	w.holds("rebuilt", "a")
	w.write("a.csv", after)
	w.again(path, "--country", "FR", "--update").want(t, 5).says(t, "--where").tells(t, "cause.filtered.label")
	w.again(path, "--country", "FR", "--update", "--where", "Ville=Lyon").want(t, 0)
	if w.toWhom() != "134" {
		t.Errorf("it was sent to %s", w.toWhom())
	}
	w.truth(3, "a.results.csv")

	w = newWorld(t, sandbox.Options{})
	path = w.write("a.csv", before)
	w.send(path, "--where", "Ville=Lyon", "--first", "1").want(t, 0)
	w.loseLedger()
	w.rebuild("a.results.csv", "--where", "Vile=Lyon", "--template", "welcome").want(t, 1).tells(t, "did-you-mean", "\"Ville\"")
	w.rebuild("a.results.csv", "--where", "Vile=Lyon").want(t, 1).tells(t, "did-you-mean", "\"Ville\"")
	w.rebuild("a.results.csv", "--phone-column", "fone").want(t, 1).says(t, `--phone-column names "fone"`)
	w.rebuild("a.results.csv", "--where", "ville=lyon").want(t, 0)
	w.write("a.csv", after)
	w.again(path, "--country", "FR", "--update").want(t, 0)
	if w.toWhom() != "134" {
		t.Errorf("it was sent to %s", w.toWhom())
	}
}

// A fixed file is one of all people, and a rehearsal that starts over leaves out whom it is told to.
func TestWhereElsewhere(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", "phone,prenom,code,Ville\n0612340001,\"Zoé\nZ\",A1,Lyon\n0612340002,\"Léa\nL\",A2,Paris\n")
	w.check(path, "--where", "Ville=Lyon", "--fix", "-o", filepath.Join(w.dir, "clean.csv")).want(t, 0)
	if got := w.read("clean.csv"); !strings.Contains(got, "Léa L") || !strings.Contains(got, "Zoé Z") {
		t.Errorf("%s", got)
	}
	path = w.write("b.csv", "phone,prenom,code,Ville\n0612340001,Zoé,A1,Lyon\n0612340002,Léa,A2,Paris\n")
	w.send(path, "--sandbox").want(t, 0)
	w.send(path, "--sandbox", "--where", "Ville=Lyon").want(t, 0)
	if got := w.statuses("b.sandbox.results.csv"); got["sent"] != 1 || got["skipped"] != 1 {
		t.Errorf("%v", got)
	}
	list := w.write("list.txt", "0612340001\n")
	w.send(path, "--sandbox", "--suppress", list).want(t, 0)
	if got := w.statuses("b.sandbox.results.csv"); got["sent"] != 1 || got["skipped"] != 1 {
		t.Errorf("with a list: %v", got)
	}
}

// verify holds who was chosen against the cells.
func TestVerifyOfAChoice(t *testing.T) {
	t.Parallel()
	for name, each := range map[string]struct{ change, found string }{
		"a filtered cell that fits":       {`UPDATE rows SET cells = replace(cells, 'Paris', 'Lyon') WHERE number = 3`, "choice-differs 3"},
		"a pending cell that does not":    {`UPDATE rows SET cells = replace(cells, 'Lyon', 'Paris') WHERE number = 4`, "choice-differs 4"},
		"left out by no filter":           {`UPDATE rows SET status = 'skipped', cause = 'filtered', key = NULL WHERE number = 4`, "choice-differs 4"},
		"without consent where none asks": {`UPDATE rows SET cause = 'no-consent' WHERE number = 3`, "choice-differs 3"},
	} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("a.csv", "phone,prenom,code,Ville\n0612340001,Zoé,A1,Lyon\n0612340002,Léa,A2,Paris\n0612340003,Ann,A3,Lyon\n")
		w.send(path, "--where", "Ville=Lyon", "--first", "1").want(t, 0)
		w.inLedger(each.change)
		if found := w.findings(3, "a"); !slices.Contains(found, each.found) {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// Nor does an update of a rebuilt campaign send to those whom a list or a gap had left out, before it is told again.
func TestListsOfARebuiltCampaign(t *testing.T) {
	t.Parallel()
	const before = "phone,prenom,code\n0612340001,Zoé,A1\n0612340002,Léa,A2\n0612340003,Ann,A3\n"
	const after = before + "0612340004,Bob,A4\n"
	w := newWorld(t, sandbox.Options{})
	list := w.write("stop.csv", "+33612340002\n")
	path := w.write("a.csv", before)
	w.send(path, "--suppress", list).want(t, 0)
	w.loseLedger()
	w.rebuild("a.results.csv").want(t, 0)
	path = w.write("a.csv", after)
	w.send(path, "--update").want(t, 5).says(t, "--suppress FILE")
	if got := w.toWhom(); got != "13" {
		t.Errorf("without the list it was sent to %s", got)
	}
	w.send(path, "--update", "--suppress", list).want(t, 0)
	if got := w.toWhom(); got != "134" {
		t.Errorf("with the list it was sent to %s", got)
	}
	w.loseLedger()
	w.rebuild("a.results.csv").want(t, 0)
	w.send(path, "--update", "--suppress", "none").want(t, 0)
	if got := w.toWhom(); got != "1234" {
		t.Errorf("with the list lifted it was sent to %s", got)
	}
}
