package cli_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/words/wordstest"
)

// asking is a file with one column more, whose cells are given: the last digit of the number counts the rows from 1.
func asking(column string, cells ...string) string {
	quote := func(cell string) string { return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"` }
	var text strings.Builder
	fmt.Fprintf(&text, "phone,prenom,code,%s\n", quote(column))
	for i, cell := range cells {
		fmt.Fprintf(&text, "061234000%d,Zoé,A%d,%s\n", i+1, i+1, quote(cell))
	}
	return text.String()
}

// lotAsking is asking for up to 100 people.
func lotAsking(column string, cells []string) string {
	text := strings.Builder{}
	fmt.Fprintf(&text, "phone,prenom,code,%s\n", column)
	for i, cell := range cells {
		fmt.Fprintf(&text, "06123400%02d,Zoé,A,%q\n", i, cell)
	}
	return text.String()
}

// toldCheck is what a check tells programs about consent.
type toldCheck struct {
	OK       bool
	Problems []struct {
		Code, Severity, Sentence string
		Answers                  []toldAnswer
	}
	Consent []struct {
		Column, Header, Settled          string
		Refusal                          bool
		Agree, Refuse, Unanswered, Empty int
		SendableRefused                  int `json:"sendable_refused"`
		SendableUnanswered               int `json:"sendable_unanswered"`
		Values                           []struct {
			Value, Answer string
			Rows          int
		}
	}
	Skipped     map[string]int
	SendCommand string `json:"send_command"`
}

// toldAnswer is a decision's answer, as flags.
type toldAnswer struct {
	Flag, Value string
	More        []string
}

func (w *world) toldCheck(code int, path string, flags ...string) (told toldCheck) {
	w.t.Helper()
	got := w.check(path, append(flags, "--format", "json")...).want(w.t, code)
	if err := json.Unmarshal([]byte(got.out), &told); err != nil {
		w.t.Fatalf("%v\n%s", err, got.out)
	}
	return told
}

// decisions are the codes of the decisions that a check asks for.
func (c toldCheck) decisions() (codes []string) {
	for _, p := range c.Problems {
		if p.Severity == "decision" {
			codes = append(codes, p.Code)
		}
	}
	return codes
}

// consentColumns are columns that keep some of their people back, with the cells of four people, between |, and who of them agree.
var consentColumns = map[string]struct{ cells, agree string }{
	"Consent. marketing":                     {"OUI|NON||Oui", "14"},
	"Consentement":                           {"oui|non|à rappeler|OUI ", "14"},
	"consentement_rgpd":                      {"1|0||1.0", "14"},
	"Opt-in":                                 {"x|||X", "14"},
	"OPT_IN":                                 {"O|N|?|o", "14"},
	"optin_sms":                              {"TRUE|FALSE||true", "14"},
	"RGPD":                                   {"VRAI|FAUX|-|vrai", "14"},
	"GDPR consent":                           {"yes|no|implicit|Y", "14"},
	"Newsletter":                             {"opted_in|opted_out||subscribed", "14"},
	"Accepts Marketing":                      {"yes|no|no|yes", "14"},
	"accepts_marketing":                      {"accepted|declined||accepted", "14"},
	"Einwilligung":                           {"Ja|Nein||J", "14"},
	"Consentimiento":                         {"sí|no||Si", "14"},
	"Consenso":                               {"sì|no|forse|S", "14"},
	"Consentimento":                          {"sim|não||SIM", "14"},
	"Toestemming":                            {"ja|nee||Ja", "14"},
	"Permesso":                               {"vero|falso||✔", "14"},
	"J'accepte de recevoir des offres, etc.": {"Oui|Non||J'accepte de recevoir des offres", "14"},
	"Statut":                                 {"Abonné|Désabonné||abonné", "14"},
	"Date de consentement":                   {"12/03/2024|||2024-05-06 10:00", "14"},
	"Consentement\u00a0?":                    {"|||", ""},
	"Désinscrit":                             {"oui||non|x", "23"},
	"Opt-out":                                {"TRUE|FALSE||1", "23"},
	"unsubscribed":                           {"yes|no||peut-être", "23"},
	"UNSUB_TIME":                             {"2024-03-12 10:11:12||| 2023-01-02 00:00:00", "23"},
	"Ne pas contacter":                       {"X|||Ne pas contacter", "23"},
	"SMS_BLACKLIST":                          {"1|0||1", "23"},
	"STOP SMS":                               {"STOP|||stop", "23"},
	"Abgemeldet":                             {"ja|nein||Ja", "23"},
	"Dado de baja":                           {"sí|no||sí", "23"},
	"Uitgeschreven":                          {"ja|nee||ja", "23"},
	"Consentement retiré":                    {"oui|non||OUI", "23"},
	"newsletter_date_add":                    {"2025-01-02 10:00:00|0000-00-00 00:00:00|NULL|2025-03-02 11:00:00", "14"},
	"Opt-in Time":                            {"2025-01-02|1970-01-01 00:00:00|30/12/1899|2025-03-02", "14"},
	"unsubscribed_at":                        {"2025-05-05 10:00:00|0000-00-00 00:00:00|NULL|2025-03-02 11:00:00", "23"},
	"Opted out":                              {"yes|N/A|-|yes", "23"},
	"Pas de consentement":                    {"oui||non|Oui", "23"},
	"Non abonné":                             {"x||0|1", "23"},
	"Kein Einverständnis":                    {"ja||nein|Kein Einverständnis", "23"},
	"Sin consentimiento":                     {"sí|no||x", "23"},
	"not opted in":                           {"TRUE|FALSE||1", "23"},
	"Refus du consentement":                  {"Oui|Non||refusé", "23"},
	"Opt-in / Opt-out":                       {"in|out||Opt-in", "14"},
	"Opt status":                             {"IN|OUT||in", "14"},
	"Marketing contact status":               {"Marketing contact|Non-marketing contact||Marketing contact", "14"},
	"OK contact":                             {"oui|non||OUI", "14"},
	"SMS":                                    {"oui|non||x", "14"},
	"Pas de SMS":                             {"oui|non||x", "23"},
	"RGPD (note)":                            {"Oui le 4|Non, appel 3|à rappeler|oui, par téléphone", "14"},
}

// Nobody is messaged against what stands in a column of consent before a person has decided about it, and then as decided.
func TestConsentNeedsADecision(t *testing.T) {
	t.Parallel()
	for column, each := range consentColumns {
		t.Run(column, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Options{})
			path := w.write("a.csv", asking(column, strings.Split(each.cells, "|")...))
			safest := w.askedForConsent(path)[0]
			if each.agree == "" {
				w.send(path, safest.Flag, safest.Value).want(t, 4)
			} else {
				w.send(path, safest.Flag, safest.Value).want(t, 0)
				w.truth(len(each.agree), "a.results.csv")
				for person, became := range w.causesOf("a.results.csv") {
					if want := map[bool]string{true: "sent", false: "no-consent"}[strings.Contains(each.agree, person)]; became != want {
						t.Errorf("%s: %s, want %s", person, became, want)
					}
				}
			}
			if got := w.toWhom(); got != each.agree {
				t.Errorf("it was sent to %s, want %s", got, each.agree)
			}
		})
	}
}

// askedForConsent checks a file whose column of consent is to be decided about, and returns the answers, the safest first.
func (w *world) askedForConsent(path string) []toldAnswer {
	w.t.Helper()
	told := w.toldCheck(5, path)
	if told.OK || told.SendCommand != "" || !slices.Equal(told.decisions(), []string{"consent-open"}) {
		w.t.Fatalf("%+v", told)
	}
	return told.Problems[0].Answers
}

// Nothing leaves before the decision, whoever the column keeps back; that it says nothing of consent is a decision, too.
func TestConsentIsDecidedFirst(t *testing.T) {
	t.Parallel()
	for _, column := range []string{"Consentement", "Désinscrit", "Consentement\u00a0?"} {
		t.Run(column, func(t *testing.T) {
			t.Parallel()
			each := consentColumns[column]
			w := newWorld(t, sandbox.Options{})
			path := w.write("a.csv", asking(column, strings.Split(each.cells, "|")...))
			answers := w.askedForConsent(path)
			w.send(path).want(t, 5).says(t, "--consent-column none")
			w.send(path, "--sandbox").want(t, 5)
			if n := len(w.requests()); n > 0 {
				t.Fatalf("%d requests before the decision", n)
			}
			if each.agree != "" {
				w.send(path, answers[0].Flag, answers[0].Value).want(t, 0)
				w.holds("sent", "a")
			}
			none := answers[len(answers)-1]
			w.send(path, "--campaign", "all", "--again", none.Flag, none.Value).want(t, 0)
			if got := w.toWhom(); got != "1234" {
				t.Errorf("with %s it was sent to %s", none.Value, got)
			}
		})
	}
}

// decidedColumns are files whose columns ask for no decision about consent.
var decidedColumns = map[string]string{
	"all agree":              asking("Consentement", "oui", "OUI", "x"),
	"nobody refuses":         asking("Désinscrit", "", "", "non"),
	"no refusal at all":      asking("Opt-out", "", "", ""),
	"topics":                 asking("Newsletter", "Mode", "Beauté", ""),
	"a count":                asking("newsletter", "12", "30", "1"),
	"another kind of status": asking("Statut", "payé", "oui", "non"),
	"a status of payments":   asking("Payment status", "accepted", "declined", "refused"),
	"members of a club":      asking("Statut", "Inscrit", "Liste d'attente", "Inscrit"),
	"another name":           asking("Fidélité", "oui", "non", ""),
	"filters decide":         asking("Ville", "oui", "non", ""),
	"no date of refusal":     asking("unsubscribed_at", "0000-00-00 00:00:00", "NULL", "", `\N`),
	"an hour of opening":     asking("Last marketing email open date", "2025-03-02", "2025-04-02 10:00", ""),
	"a count of opening":     asking("Marketing emails opened", "0", "1", "1", "3"),
	"a count of sending":     asking("Marketing emails delivered", "1", "1", "0"),
	"when it was sent":       asking("Date dernière newsletter", "2025-03-02", "2025-04-02 10:00", ""),
	"when it was accepted":   asking("Accepted at", "2025-03-02", "2025-04-02 10:00", ""),
	"the day of a quote":     asking("Date d'acceptation du devis", "02/03/2025", ""),
	"a quote":                asking("Devis accepté", "oui", "non", ""),
	"a payment":              asking("Accepte CB", "oui", "non"),
	"terms":                  asking("CGV acceptées", "oui", ""),
	"photos":                 asking("Autorisation photo", "oui", "non"),
	"invoices":               asking("Receive invoice by email", "yes", "no"),
	"a delivery":             asking("Livraison refusée", "non", "oui"),
	"a count of refusals":    asking("Nombre de refus", "0", "1", "2"),
	"an account":             asking("Compte bloqué", "non", "oui"),
	"numbers":                asking("SMS envoyé au", "0612345678", "0612345679", ""),
	"addresses":              asking("E-mail", "a@example.com", "b@example.com", ""),
	"who refuses has errors": "phone,prenom,code,Consent\n0612340001,Zoé,A1,oui\n06,Léa,A2,non\n",
}

// What reads like consent and keeps nobody back needs no decision, nor what only sounds like it.
func TestConsentNeedsNoDecision(t *testing.T) {
	t.Parallel()
	for name, file := range decidedColumns {
		w := newWorld(t, sandbox.Options{})
		path := w.write("a.csv", file)
		told := w.toldCheck(map[bool]int{true: 4, false: 0}[strings.Contains(name, "errors")], path)
		if len(told.decisions()) > 0 {
			t.Errorf("%s: %+v", name, told.Problems)
		}
	}
	dated := make([]string, 60)
	for i := range dated {
		dated[i] = fmt.Sprintf("Oui, le 12/03/20%02d", i)
	}
	dated[1] = "Non, le 13/03/2024"
	w := newWorld(t, sandbox.Options{})
	path := w.write("dated.csv", lotAsking("Consentement", dated))
	if told := w.toldCheck(5, path); told.Consent[0].Agree != 59 || told.Consent[0].Refuse != 1 || len(told.Consent[0].Values) != 2 {
		t.Errorf("%+v", told.Consent)
	}

	path = w.write("a.csv", asking("Consent", "oui", "non", ""))
	for _, where := range []string{"Consent=oui", "Consent!=non", "D!=non,"} {
		if told := w.toldCheck(0, path, "--where", where); told.Consent[0].Settled != "filtered" {
			t.Errorf("%+v", told.Consent)
		}
	}
	if told := w.toldCheck(0, path, "--where", "code=A1"); len(told.decisions()) > 0 {
		t.Errorf("who would get it has agreed: %+v", told.Problems)
	}
	w.toldCheck(5, path, "--where", "code=A1,A2")
}

// A name that speaks of nothing but consent counts whatever its values are, and however many.
func TestConsentInFreeText(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	cells := make([]string, 90)
	for i := range cells {
		cells[i] = fmt.Sprintf([]string{"Oui le %d", "Non, appel %d", "à rappeler, essai %d"}[i%3], i)
	}
	cells[87] = "NULL"
	for column, agree := range map[string]int{"Consentement": 29, "RGPD": 29, "Newsletter": 0, "Désinscrit": 1} {
		path := w.write("many.csv", lotAsking(column, cells))
		if agree == 0 { // it may be anything
			if told := w.toldCheck(0, path); len(told.Consent) > 0 {
				t.Errorf("%s: %+v", column, told.Consent)
			}
			continue
		}
		told := w.toldCheck(5, path)
		c := told.Consent[0]
		gives := c.Agree
		if c.Refusal {
			gives = c.Empty
		}
		if gives != agree || c.Agree+c.Refuse+c.Unanswered != 89 || c.Empty != 1 || len(c.Values) > 0 ||
			c.SendableRefused != c.Refuse || !slices.Equal(told.decisions(), []string{"consent-open"}) {
			t.Errorf("%s: %+v", column, told)
		}
		told = w.toldCheck(0, path, "--consent-column", column)
		if told.Skipped["no-consent"] != 90-agree {
			t.Errorf("%s: %+v", column, told.Skipped)
		}
	}
	w.check(w.write("many.csv", lotAsking("Consentement", cells))).want(t, 5).
		says(t, "agree: 29; refuse: 30; no answer: 30, 1 empty (more than 50 different values)")
}

func TestConsentFlagThatIsWrong(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", asking("Consent", "oui", "non", ""))
	w.check(path, "--consent-column", "none", "--consent-column", "Consent").want(t, 0)
	w.check(path, "--consent-column", "").want(t, 2)
	w.check(path, "--consent-column", "Consnt").want(t, 4).says(t, `--consent-column names "Consnt"`).
		tells(t, "did-you-mean", "\"Consent\"")
	w.send(path, "--consent-column", "D").want(t, 0)
	w.truth(1, "a.results.csv")
	w.send(path, "--consent-column", "consent").want(t, 5).tells(t, "finished-on")
}

// Of several columns one may be meant, or all.
func TestSeveralConsentColumns(t *testing.T) {
	t.Parallel()
	const file = "phone,prenom,code,Newsletter e-mail,Optin WhatsApp,Désinscrit\n" +
		"0612340001,Zoé,A1,oui,oui,\n0612340002,Léa,A2,non,oui,\n0612340003,Ann,A3,oui,non,\n0612340004,Bob,A4,oui,oui,oui\n0612340005,Eve,A5,,,\n"
	for _, each := range []struct {
		flags, sent string
		code        int
	}{
		{"", "", 5}, {"Newsletter e-mail|Optin WhatsApp|Désinscrit", "1", 0}, {"Optin WhatsApp", "", 5},
		{"Optin WhatsApp|Désinscrit", "12", 0}, {"Optin WhatsApp|none", "124", 0},
		{"desinscrit", "1235", 0}, {"Newsletter e-mail|D|optin whatsapp", "", 5}, {"Newsletter e-mail|D|optin whatsapp|none", "14", 0}, {"none", "12345", 0},
	} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("a.csv", file)
		var flags []string
		for _, name := range strings.FieldsFunc(each.flags, func(r rune) bool { return r == '|' }) {
			flags = append(flags, "--consent-column", name)
		}
		w.send(path, flags...).want(t, each.code)
		if got := w.toWhom(); got != each.sent {
			t.Errorf("%q: sent to %s, want %s", each.flags, got, each.sent)
		}
	}
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", file)
	told := w.toldCheck(5, path)
	if codes := told.decisions(); !slices.Equal(codes, []string{"consents-open"}) {
		t.Fatal(codes)
	}
	var values []string
	for _, a := range told.Problems[0].Answers {
		values = append(values, strings.Join(append([]string{a.Value}, a.More...), "+"))
	}
	want := []string{"Optin WhatsApp+Désinscrit+Newsletter e-mail", "Optin WhatsApp+Désinscrit", "Newsletter e-mail+Désinscrit",
		"Désinscrit", "none"}
	if !slices.Equal(values, want) {
		t.Errorf("%q, want %q", values, want)
	}
	// A filter speaks of its own column alone.
	if told := w.toldCheck(5, path, "--where", "Désinscrit="); told.decisions()[0] != "consents-open" {
		t.Errorf("%+v", told.Problems)
	}
	w.send(path, "--where", "Désinscrit=", "--consent-column", "Optin WhatsApp").want(t, 0).
		says(t, `Consent E "Optin WhatsApp": agree: 3 "oui"; refuse: 1 "non"; no answer: 1 empty (--consent-column: only to those who agree)`,
			`(another column decides)`, `F "Désinscrit": agree: 4 empty; refuse: 1 "oui" (--where decides)`)
	if w.toWhom() != "12" {
		t.Errorf("sent to %s", w.toWhom())
	}
}

// A campaign keeps the answer that it was planned with; one that has none is asked when its file has changed, and never when
// it is resumed or tried again.
func TestConsentAndUpdates(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", lines(ann, bob1, carl))
	w.send(path, "--first", "1").want(t, 0)
	const header = "phone,prenom,code,Consentement\n"
	w.write("a.csv", header+"+33612340001,Ann,A,NON\n+33612340002,Bob,B1,NON\n+33612340003,Carl,C,OUI\n+33612340004,Dora,D,OUI\n+33612340005,Eve,E,\n")
	w.again(path).want(t, 5).says(t, "--update --consent-column Consentement", "--update --consent-column none").
		tells(t, "problem.consent-open.heading", "\"Consentement\"")
	w.again(path, "--update").want(t, 5).says(t, "--update --consent-column Consentement")
	w.check(path).want(t, 5)
	w.again(path, "--consent-column", "Consentement").want(t, 5).says(t, "--consent-column Consentement").
		tells(t, "changed-file-update")
	w.again(path, "--update", "--consent-column", "Consentement").want(t, 0)
	want := map[string]string{"1": "sent", "2": "no-consent", "3": "sent", "4": "sent", "5": "no-consent"}
	if got := w.causesOf("a.results.csv"); !maps.Equal(got, want) || w.toWhom() != "134" {
		t.Errorf("%v, sent to %s", got, w.toWhom())
	}
	w.truth(3, "a.results.csv")
	w.holds("updated", "a")

	w.write("a.csv", header+"+33612340001,Ann,A,NON\n+33612340002,Bob,B1,OUI\n+33612340003,Carl,C,NON\n+33612340004,Dora,D,OUI\n+33612340006,Ida,I,non\n")
	w.again(path, "--update", "--consent-column", "none").want(t, 5).says(t, "was planned with --consent-column Consentement, and --consent-column none")
	w.again(path, "--update").want(t, 0)
	if w.toWhom() != "1234" {
		t.Errorf("sent to %s", w.toWhom())
	}
	w.truth(4, "a.results.csv")
	w.holds("updated again", "a")
}

// forgetsAnswer makes the campaigns as an earlier version has planned them.
func (w *world) forgetsAnswer() {
	w.inLedger(`UPDATE campaigns SET definition = json_remove(definition, '$.settings.no_consent_column', '$.settings.consent_columns')`)
}

func TestCampaignPlannedBeforeConsentWasAsked(t *testing.T) {
	t.Parallel()
	plan := func(t *testing.T) (*world, string) {
		w := newWorld(t, sandbox.Options{})
		path := w.write("a.csv", asking("Consent", "oui", "non", "oui", ""))
		w.send(path, "--consent-column", "none", "--first", "1").want(t, 0)
		w.forgetsAnswer()
		return w, path
	}
	w, path := plan(t)
	w.check(path).want(t, 0).tells(t, "check-resume")
	w.run("resume", "a", "--yes", "--rate", "6000").want(t, 0)
	w.truth(4, "a.results.csv")
	w.check(path).want(t, 0).tells(t, "standing-finished")
	w, path = plan(t)
	w.again(path).want(t, 0)
	w.truth(4, "a.results.csv")
	w, path = plan(t)
	w.again(path, "--consent-column", "Consent").want(t, 5).tells(t, "refused-other-setting", "--consent-column")
	w.again(path, "--update", "--consent-column", "Consent").want(t, 0)
	if w.toWhom() != "13" {
		t.Errorf("sent to %s", w.toWhom())
	}
	w.truth(2, "a.results.csv")
	w.holds("updated", "a")
}

func TestConsentForPrograms(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", asking("Consent", "oui", "Oui", "non", "implicit", "", "OUI"))
	told := w.toldCheck(5, path)
	c := told.Consent[0]
	if len(told.Consent) != 1 || c.Column != "D" || c.Header != "Consent" || c.Refusal || c.Settled != "" || c.Agree != 3 || c.Refuse != 1 ||
		c.Unanswered != 1 || c.Empty != 1 || c.SendableRefused != 1 || c.SendableUnanswered != 2 || len(c.Values) != 3 ||
		c.Values[0].Value != "oui" || c.Values[0].Answer != "yes" || c.Values[0].Rows != 3 {
		t.Errorf("%+v", told.Consent)
	}
	told = w.toldCheck(0, path, "--consent-column", "Consent")
	if c := told.Consent[0]; c.Settled != "required" || told.Skipped["no-consent"] != 3 || c.SendableRefused != 0 {
		t.Errorf("%+v", told)
	}
	got := w.send(path, "--format", "json", "--consent-column", "none").want(t, 0)
	w.truth(6, "a.results.csv")
	if !wordstest.Says(t, got.err, "consent-none") {
		t.Errorf("the screen before sending does not name the column:\n%s", got.err)
	}
}

// A lost ledger, a test to oneself, a retry and a follow-up list know of it.
func TestConsentElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", asking("Consent", "oui", "non", "oui", ""))
	w.send(path, "--test-to", "06 98 76 54 32").want(t, 0)
	w.send(path, "--consent-column", "Consent", "--first", "1").want(t, 0)
	w.run("retry", "a", "--row", "3", "--yes").want(t, 5).tells(t, "retry-row-no-consent-forgotten")
	names, _ := w.selectedOf("a", "--only", "skipped", "--cause", "no-consent")
	if len(names) != 2 {
		t.Errorf("%v", names)
	}
	w.run("status", "a").want(t, 0).says(t, `Consent only those who agree in "Consent"`)
	w.loseLedger()
	w.rebuild("a.results.csv").want(t, 0)
	w.truth(3, "a.results.csv") // and the test
	w.write("a.csv", asking("Consent", "oui", "non", "oui", "", "oui"))
	w.again(path, "--country", "FR", "--update").want(t, 5).says(t, "--consent-column").tells(t, "cause.no-consent.label")
	w.again(path, "--country", "FR", "--update", "--consent-column", "Consent").want(t, 0)
	if !strings.HasPrefix(w.toWhom(), "1235") {
		t.Errorf("sent to %s", w.toWhom())
	}
}
