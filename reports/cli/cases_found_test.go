package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/kanal/sandbox"
)

// foundCases are files whose columns are found, or proposed in a command that is whole.
var foundCases = map[string]struct {
	file, text string
	flags      []string
	phone      string   // that is taken; "" where that is proposed
	proposed   []string // words of the first command
	without    []string // words that it leaves out
	nobody     bool     // says yes to being messaged: there is nothing to send
}{
	"h02": {file: "h02_shopify_orders.csv", nobody: true, proposed: []string{"--phone-column", "Billing Phone", "prenom=Billing Name", "FR"}},
	"h03": {file: "h03_woocommerce_orders.csv", proposed: []string{"prenom=billing_first_name", "code=order_id", "FR"}},
	"h05": {file: "h05_google_contacts_new.csv", proposed: []string{"prenom=First Name"}},
	"h12": {file: "h12_brevo.csv", nobody: true, proposed: []string{"--phone-column", "SMS", "code=CONTACT ID"}},
	"h15": {file: "h15_facebook_leads.csv", proposed: []string{"prenom=full_name"}},
	"h26": {file: "h26_gform.csv", proposed: []string{"prenom=Quel est votre prénom ?", "FR"}},
	"h31": {file: "h31_it.csv", proposed: []string{"prenom=Nome", "IT"}},
	"h37": {file: "h37_fr_telport.csv", flags: []string{"--country", "FR"}, phone: "Tél. port."},
	"h56": {file: "h56_phone_landline_and_unrecognised_mobile.csv", flags: []string{"--country", "FR"}, phone: "Tél. port."},
	"h57": {file: "h57_duplicate_irrelevant_column.csv", flags: []string{"--country", "FR"}, phone: "phone"},
	"c56": {file: "c56_excel_missing_trailing_delims.csv", flags: []string{"--country", "FR"}, phone: "phone"},
	"c39": {file: "c39_eq_quote.csv", flags: []string{"--country", "FR"}, phone: "phone"},
	"c31": {file: "c31_title_rows.csv", proposed: []string{"--header-row", "3", "--country", "FR"}},
	"x07": {file: "x07_summary_first.xlsx", proposed: []string{"--sheet", "Contacts"}},
	"n01": {file: "n01_country_column_ignored.csv", proposed: []string{"--country-column", "billing_country", "prenom=first_name"}},
	"n02": {file: "n02_calling_code_column.csv", proposed: []string{"--country-column", "CountryCode", "prenom=Name"}},

	"the country alone": {text: "Téléphone;prenom;code\n0612345678;Zoé;1\n", proposed: []string{"--country", "FR"}},
	"a title without delimiters": {text: "Export du 01/06/2026\nTéléphone;prenom;code\n0612345678;Zoé;1\n0612345679;Léa;2\n",
		proposed: []string{"--header-row", "2", "FR"}},
	"half empty beside full": {flags: []string{"--country", "FR"}, text: "WhatsApp;N° GSM;prenom;code\n;0612345678;A;1\n;0612345679;B;2\n" +
		"0612345670;0612345670;C;3\n", proposed: []string{"--phone-column", "N° GSM"}},
	"landlines beside what is not called so": {flags: []string{"--country", "FR"},
		text: "Telephone;Joindre au;prenom;code\n0472000001;06 12 34 56 78;A;1\n0472000002;06 12 34 56 79;B;2\n", proposed: []string{"--phone-column", "Joindre au"}},
	"by what it holds alone": {flags: []string{"--country", "FR"}, text: "Ref;Joindre au;prenom;code\n100;06 12 34 56 78;A;1\n101;06 12 34 56 79;B;2\n",
		proposed: []string{"--phone-column", "Joindre au"}},
	"order numbers are none": {flags: []string{"--country", "FR"}, text: "Numéro de commande;Mobile;prenom;code\n100000001;0612345678;A;1\n100000002;0612345679;B;2\n",
		phone: "Mobile"},
	"mobiles beside landlines": {flags: []string{"--country", "FR"}, text: "Home Phone,Mobile Phone,prenom,code\n0472000001,0612345678,A,1\n", phone: "Mobile Phone"},
	"an empty one beside":      {flags: []string{"--country", "FR"}, text: "billing_phone,shipping_phone,prenom,code\n0612345678,,A,1\n", phone: "billing_phone"},
	"German": {text: "Vorname;Nachname;Handynummer;code\nZoé;Müller;0151 23456789;1\nJan;Huber;0176 12345678;2\n",
		proposed: []string{"prenom=Vorname", "DE"}},
	"Spanish":    {text: "Nombre;Apellidos;Móvil;Código\nZoé;Ruiz;612 345 678;1\n", proposed: []string{"prenom=Nombre", "ES"}},
	"Portuguese": {text: "Nome;Apelido;Telemóvel;Código\nZoé;Silva;912 345 678;1\n", proposed: []string{"prenom=Nome", "PT"}},
	"Dutch":      {text: "Voornaam;Achternaam;Mobiel;Code\nZoé;Jansen;06-12345678;1\n", proposed: []string{"prenom=Voornaam", "NL"}},
	"repeated and needed": {flags: []string{"--country", "FR"}, text: "phone,prenom,code,code\n0612345678,Zoé,,B\n",
		proposed: []string{"code=D"}},
	"a flag that names what is not there": {flags: []string{"--country", "FR", "--phone-column", "Mobil", "--map", "code=Kode"},
		text: "Mobile,prenom,Code promo\n0612345678,Zoé,A\n", proposed: []string{"code=Code promo"}},
	"a variable of another template": {flags: []string{"--country", "FR", "--map", "first_name=Cher"},
		text: "Mobile,Cher,code\n0612345678,Zoé,A\n", proposed: []string{"prenom=Cher"}},
	"a variable that nothing is like": {flags: []string{"--country", "FR", "--map", "x=Cher", "--map", "ville=Mobile", "--map", "prenom=Cher"},
		text: "Mobile,Cher,code\n0612345678,Zoé,A\n", proposed: []string{"prenom=Cher"}, without: []string{"x=Cher", "ville=Mobile"}},
	"columns that other flags name": {flags: []string{"--country", "FR", "--name-column", "Prenoms", "--email-column", "Truc", "--country-column", "Pay"},
		text: "Mobile,prenom,code,Pays\n0612345678,Zoé,A,FR\n", proposed: []string{"--name-column", "prenom", "--country-column", "Pays"},
		without: []string{"--email-column"}},
	"the column of a filter": {flags: []string{"--country", "FR", "--where", "Villes=Lyon"},
		text: "Mobile,prenom,code,Ville\n0612345678,Zoé,A,Lyon\n0612345679,Léa,B,Paris\n", proposed: []string{"Ville=Lyon"}},
	"a value of a filter": {flags: []string{"--country", "FR", "--where", "Ville=Lion,Marseille"},
		text: "Mobile,prenom,code,Ville\n0612345678,Zoé,A,Lyon\n0612345679,Léa,B,Paris\n", proposed: []string{"Ville=Lyon"}},
	"a comma in a filter's value": {flags: []string{"--country", "FR", "--where", "Ville!=Paris, 3e,Lyon"},
		text:     "Mobile;prenom;code;Ville\n0612345678;Zoé;A;Paris, 3e\n0612345679;Léa;B;Paris\n0612345670;Lou;C;Lyon\n",
		proposed: []string{`Ville!=Paris\, 3e,Lyon`}},
	"a filter's value, and no country": {flags: []string{"--where", "Ville=Lion"},
		text: "Mobile,prenom,code,Ville\n0612345678,Zoé,A,Lyon\n", proposed: []string{"Ville=Lyon"}},
	"the column of consent": {flags: []string{"--country", "FR", "--consent-column", "Accord SM"},
		text: "Mobile,prenom,code,Accord SMS\n0612345678,Zoé,A,oui\n", proposed: []string{"--consent-column", "Accord SMS"}},
	"names in a wrong encoding": {flags: []string{"--country", "FR"}, text: "TÃ©lÃ©phone;PrÃ©nom;Code\n0612345678;ZoÃ©;A\n", phone: "TÃ©lÃ©phone"},
	"names in a wrong encoding twice": {flags: []string{"--country", "FR"}, text: "TÃƒÂ©lÃƒÂ©phone;PrÃƒÂ©nom;Code\n0612345678;Zoe;A\n",
		phone: "TÃƒÂ©lÃƒÂ©phone"},
	"names that a Mac read wrongly": {flags: []string{"--country", "FR"}, text: "T√©l√©phone;Pr√©nom;Code\n0612345678;Zoe;A\n", phone: "T√©l√©phone"},
	"a wrong encoding's country": {text: "TÃ©lÃ©phone;X;Code;PaÃ\u00ads\n0612345678;Zoe;A;FR\n612345678;Ana;B;ES\n",
		proposed: []string{"--country-column", "País", "prenom=X"}},
	"what a wrong encoding may mean": {flags: []string{"--country", "FR"}, text: "TÃ©lÃ©phone;Votre prÃ©nom;Code\n0612345678;Zoe;A\n",
		proposed: []string{"prenom=Votre prénom"}},
	"a name as a screen cuts it": {flags: []string{"--country", "FR", "--phone-column", "Votre numéro de téléphone p…"},
		text: "Fixe;Votre numéro de téléphone portable;prenom;code\n0412345678;0612345678;Zoé;A\n", phone: "Votre numéro de téléphone portable"},
}

func TestColumnsAreFoundOrProposed(t *testing.T) {
	for name, tc := range foundCases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path := numbersCase{file: tc.file, text: tc.text}.in(w)
			found, code := w.checkJSON(path, tc.flags...)
			if tc.phone != "" {
				if code != 0 || found.Columns[0].Header != tc.phone {
					t.Fatalf("exit code %d, %+v", code, found)
				}
			} else if code != 4 || len(found.Proposed) == 0 {
				t.Fatalf("exit code %d, nothing is proposed: %+v", code, found)
			} else if words, _ := posixWords(found.Proposed[0]); !containsAll(words, tc.proposed) {
				t.Fatalf("%q has not all of %q", words, tc.proposed)
			} else if slices.ContainsFunc(words, func(word string) bool { return slices.Contains(tc.without, word) }) {
				t.Fatalf("%q has one of %q", words, tc.without)
			}
			if tc.nobody {
				return
			}
			w.copyUntilSent(append([]string{"send", path, "--template", "welcome", "--rate", "6000", "--sandbox"}, tc.flags...))
		})
	}
}

func containsAll(words, all []string) bool {
	return !slices.ContainsFunc(all, func(word string) bool { return !slices.Contains(words, word) })
}

// A name that several columns have is nobody's business until it is needed: not in results, and not where the ledger is lost.
func TestRepeatedNamesNobodyUses(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", "phone,prenom,code,Notes,Notes,notes\n0612345678,Zoé,A1,x,y,z\n0612345679,Léa,A2,,v,w\n")
	w.send(path).want(t, 0)
	w.truth(2, "spring.results.csv")
	w.run("verify", "spring").want(t, 0)
	if !strings.Contains(w.read("spring.results.csv"), "Notes,Notes,notes,") {
		t.Errorf("the columns are others:\n%s", w.read("spring.results.csv"))
	}
	w.loseLedger()
	w.rebuild("spring.results.csv").want(t, 0)
	w.truth(2, "spring.results.csv")
	for _, flag := range []string{"--where=Notes=x", "--name-column=Notes", "--consent-column=Notes", "--map=code=Notes", "--phone-column=Notes"} {
		w.run("check", path, "--template", "welcome", "--country", "FR", "--campaign", "other", flag).want(t, 4).says(t, "Notes (D, E)")
	}
	other := w.write("other.csv", w.read("spring.csv"))
	w.run("send", other, "--template", "welcome", "--country", "FR", "--yes", "--again", "--map", "code=E", "--where", "E=y", "--rate", "6000").want(t, 0)
	if got := w.statuses("other.results.csv"); got["sent"] != 1 || got["skipped"] != 1 {
		t.Errorf("%v", got)
	}
}

// What is missing at a row's end is empty; only what the message needs is missed. A text in the first column alone is no row of
// a person.
func TestShortRowsAndNotes(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("a.csv", "Client,prenom,code,phone,ville,notes\nA,Zoé,A1,0612345678\nB,Léa,A2,0612345679,Lyon\nC,Luc,A3\nTotal : 3\n"+
		"Confidentiel,,,,,\nD,Eva,A4,0612345670,Lyon,x,y\n")
	w.run("check", path, "--template", "welcome", "--country", "FR").want(t, 4)
	want := map[string]string{"4": "row-ragged", "5": "row-note", "6": "row-note", "7": "row-ragged"}
	found := w.numberErrors("a.problems.csv")
	for row, code := range want {
		if found[row] != code {
			t.Errorf("row %s: %q, want %s", row, found[row], code)
		}
	}
	if len(found) != len(want) {
		t.Errorf("got %v", found)
	}
}

// A list's column is named behind its file; a file that is called so wins.
func TestSuppressColumn(t *testing.T) {
	people := "phone,prenom,code\n0612345678,Zoé,A1\n0612345679,Léa,A2\n0612345670,Luc,A3\n"
	list := "EMAIL;SMS;WHATSAPP;Tel: autre\na@example.com;0612345678;;0612345670\nb@example.com;;0612345679;\n"
	for name, tc := range map[string]struct {
		column string
		sent   string
		code   int
	}{
		"named":                 {":SMS", "33612345670 33612345679", 0},
		"in other letters":      {":whatsapp", "33612345670 33612345678", 0},
		"by its letter":         {":D", "33612345678 33612345679", 0},
		"with a colon in it":    {":Tel: autre", "33612345678 33612345679", 0},
		"one that is not there": {":GSM", "", 4},
		"not named":             {"", "", 4},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Options{})
			path, other := w.write("people.csv", people), w.write("list.csv", list)
			w.send(path, "--suppress", other+tc.column).want(t, tc.code)
			if got := w.reached(); got != tc.sent {
				t.Errorf("%q were reached, want %q", got, tc.sent)
			}
		})
	}
	t.Run("a file of that name", func(t *testing.T) {
		w := newWorld(t, sandbox.Options{})
		path := w.write("people.csv", people)
		w.write("list.csv", list)
		both := w.write("list.csv:SMS", "0612345670\n")
		w.send(path, "--suppress", both).want(t, 0)
		if got := w.reached(); got != "33612345678 33612345679" {
			t.Errorf("%q were reached", got)
		}
	})
	t.Run("the proposed column", func(t *testing.T) {
		w := newWorld(t, sandbox.Options{})
		path, other := w.write("people.csv", people), w.write("list.csv", list)
		last := w.copyUntilSent([]string{"send", path, "--template", "welcome", "--country", "FR", "--rate", "6000", "--sandbox", "--suppress", other})
		if !slices.ContainsFunc(last, func(word string) bool { return strings.HasPrefix(word, other+":") }) {
			t.Errorf("%q", last)
		}
	})
	t.Run("remembered", func(t *testing.T) {
		w := newWorld(t, sandbox.Options{})
		path, other := w.write("people.csv", people), w.write("list.csv", list)
		w.send(path, "--suppress", other+":SMS", "--first", "1").want(t, 0)
		w.write("list.csv", list+"c@example.com;0612345670;;\n")
		w.run("resume", "people", "--yes", "--rate", "6000").want(t, 0)
		if got := w.reached(); got != "33612345679" {
			t.Errorf("%q were reached", got)
		}
	})
	for _, file := range []string{"s01_mailchimp_unsub.csv", "s02_brevo_block.csv"} {
		t.Run(file, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join("testdata", "cases", file))
			if err != nil {
				t.Fatal(err)
			}
			w := newWorld(t, sandbox.Options{})
			path := w.write("people.csv", "phone,prenom,code\n0612345678,Zoé,A1\n+33698765432,Bob,A2\n")
			w.send(path, "--suppress", w.write(file, string(content))).want(t, 0)
			if got := w.reached(); got != "33612345678" {
				t.Errorf("%q were reached", got)
			}
		})
	}
}
