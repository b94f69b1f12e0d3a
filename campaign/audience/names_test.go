package audience_test

import (
	"slices"
	"testing"

	"kanal-campaign/campaign/audience"
)

func TestPhoneNameOf(t *testing.T) {
	for want, names := range map[audience.PhoneName][]string{
		audience.MobileName: {"Mobile", "mobile_phone", "Mobile Phone Number", "phone_mobile", "SMS", "WHATSAPP", "WhatsApp number", "N° GSM", "Tél. port.",
			"Tel. mob.", "Téléphone portable", "Numéro de portable", "Portable client", "Teléfono móvil", "Movil", "Celular", "Handy", "Handynummer",
			"Mobilnummer", "Mobiltelefon: Handy", "Cellulare", "Numero di cellulare", "Telemóvel", "Mobiel nummer", "Mobielnummer", "MSISDN", "Cell",
			"Quel est votre numéro de téléphone (WhatsApp) ?", "Et votre numéro de mobile, {{field:x}} ?", "What is your WhatsApp number?"},
		audience.TelephoneName: {"Phone", "billing_phone", "Billing Phone", "billingPhone", "Default Address Phone", "Phone 1 - Value", "phone_number",
			"Téléphone", "TEL", "Tél.", "Tél 2", "Telefon", "Telefonnummer", "Rufnummer", "Teléfono", "Telefono", "Telefone", "Telefoon", "Telefoonnummer",
			"Kundentelefon", "CustomerPhone", "Quel est votre numéro de téléphone ?", "¿Cuál es su teléfono?"},
		audience.LandlineName: {"Tél. fixe", "Téléphone fixe", "LANDLINE_NUMBER", "Home Phone", "Business Phone 2", "Company Main Phone", "Festnetz",
			"Teléfono fijo", "Telefono fisso", "Telefone fixo", "Fax", "Tél. bureau", "Vaste telefoon", "Work phone"},
		audience.NumberName: {"Numéro", "number", "Numéro de commande", "Bestellnummer Nr"},
		audience.NoPhoneName: {"Nom", "Prénom", "phone brand", "headphone", "Phone 1 - Label", "Phone type", "Indicatif téléphone", "phone_country_code",
			"Accepts SMS Marketing", "SMS opt-in", "WhatsApp consent", "Acceptez-vous de recevoir des SMS ?", "Mobile app", "Last SMS date", "Statut WhatsApp",
			"Francophone", "Email", "", "Code"},
	} {
		for _, name := range names {
			if got := audience.PhoneNameOf(name); got != want {
				t.Errorf("%q: %d, want %d", name, got, want)
			}
		}
	}
}

// What feeds a variable is found by its name in any of the languages, also in a form's question, before what may stand for it.
func TestLikeness(t *testing.T) {
	for _, tc := range []struct {
		variable string
		columns  []string // the likeliest first
	}{
		{"prenom", []string{"First Name", "Quel est votre prénom ?", "Full Name", "Email"}},
		{"prenom", []string{"Vorname", "Nachname"}},
		{"first_name", []string{"Voornaam", "Achternaam"}},
		{"first_name", []string{"billing_first_name", "billing_last_name"}},
		{"firstName", []string{"Nome", "Cognome"}},
		{"prenom", []string{"Nombre", "Apellidos"}},
		{"prenom", []string{"Nom complet", "Nom du compte client societe"}},
		{"prenom", []string{"Billing Name", "Lineitem name"}},
		{"code", []string{"Votre code de fidélité ?", "billing_postcode"}},
		{"code", []string{"Code promo", "order_id", "Code postal"}},
		{"order_id", []string{"Numéro de commande", "Name"}},
		{"order_id", []string{"Bestellnummer", "Datum"}},
		{"ville", []string{"City", "Country"}},
		{"montant", []string{"Order Total", "Order Date"}},
		{"lien", []string{"URL", "Ort"}},
	} {
		scores := make([]float64, len(tc.columns))
		for i, column := range tc.columns {
			scores[i] = audience.Likeness(tc.variable, column)
		}
		if !slices.IsSortedFunc(scores, func(a, b float64) int { return map[bool]int{true: -1}[a > b] }) || scores[0] == 0 {
			t.Errorf("%s: %q are %v", tc.variable, tc.columns, scores)
		}
	}
	if got := audience.Likeness("code", "code"); got != 1 {
		t.Error("the same name:", got)
	}
}

func TestLanguages(t *testing.T) {
	for want, header := range map[string][]string{
		"fr": {"Prénom", "Nom", "Téléphone"}, "de": {"Vorname", "Nachname", "Telefon"}, "it": {"Nome", "Cognome", "Cellulare"},
		"pt": {"Nome", "Apelido", "Telemóvel"}, "es": {"Nombre", "Apellidos", "Teléfono"}, "nl": {"Voornaam", "Achternaam", "Telefoon"},
	} {
		if got := audience.Languages(header); len(got) == 0 || got[0] != want {
			t.Errorf("%q: %q, want %s", header, got, want)
		}
	}
	if got := audience.Languages([]string{"First Name", "Phone", "Email"}); got != nil {
		t.Error("English tells a country:", got)
	}
}

// FuzzNames: whatever a column is called, its name is read without a crash, and alike with spaces around.
func FuzzNames(f *testing.F) {
	f.Add("Quel est votre n° de tél. ?", "prenom")
	f.Fuzz(func(t *testing.T, name, variable string) {
		if audience.PhoneNameOf(name) != audience.PhoneNameOf(" "+name+" ") {
			t.Errorf("%q", name)
		}
		if got := audience.Likeness(variable, name); got < 0 || got > 1 {
			t.Errorf("%q, %q: %f", variable, name, got)
		}
		audience.Languages([]string{name})
		if again := audience.Text(name); len(again) > len(name) {
			t.Errorf("%q becomes %q", name, again)
		}
	})
}

func TestText(t *testing.T) {
	for cell, want := range map[string]string{
		`="0612345678"`: "0612345678", ` ="Zoé" `: "Zoé", `="say ""hi"""`: `say "hi"`, `=""`: "", `="a"&"b"`: `="a"&"b"`, `="a`: `="a`,
		`"a"`: `"a"`, "=1+1": "=1+1", "": "", `x="y"`: `x="y"`,
	} {
		if got := audience.Text(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}
