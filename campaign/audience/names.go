package audience

import (
	"slices"
	"strings"
)

// PhoneName is what the name of a column says of numbers in it, in English, French, Spanish, German, Italian, Portuguese or
// Dutch. The greater it is, the likelier WhatsApp reaches them.
type PhoneName int

// What names say.
const (
	NoPhoneName  PhoneName = iota
	NumberName             // a number, which may be an order's as well
	LandlineName           // of a house, an office, a fax
	TelephoneName
	MobileName // also of text messages, and of WhatsApp itself
)

var (
	mobileWords = setOf("mobile", "mobil", "mobiel", "movil", "mobilnummer", "mobilfunk", "mobilfunknummer", "mobielnummer", "handy",
		"handynummer", "cell", "cellphone", "cellular", "cellulare", "celular", "cellulaire", "gsm", "gsmnummer", "portable", "whatsapp",
		"whatsappnumber", "wanumber", "waid", "msisdn", "sms", "telemovel", "telefonino", "mobilephone", "mobilenumber", "telportable",
		"telmobile", "phonemobile", "telephonemobile", "telephoneportable", "mobieltje", "zap", "wa")
	telephoneWords = setOf("phone", "phones", "telephone", "telephones", "tel", "telefon", "telefono", "telefone", "telefoon", "tlf", "tfno",
		"fone", "fono", "telefonnummer", "rufnummer", "telefoonnummer", "phonenumber", "phoneno", "phonenum", "telno", "numtel", "notel",
		"telefonnr", "telnr", "telnummer")
	// besideTelephone make a mobile's of a telephone: "tél. port.".
	besideTelephone = setOf("port", "mob")
	landlineWords   = setOf("landline", "fixe", "fixo", "fijo", "fisso", "festnetz", "vast", "vaste", "home", "maison", "domicile", "domicilio",
		"casa", "thuis", "work", "travail", "bureau", "office", "business", "professionnel", "professionale", "trabajo", "lavoro", "trabalho",
		"werk", "zakelijk", "dienstlich", "geschaftlich", "fax", "telefax", "telecopie", "company", "societe", "entreprise", "standard", "main",
		"zentrale", "assistant", "pager", "radio", "isdn", "telex", "tty", "callback", "car")
	landlineAlone = setOf("landline", "fixe", "fijo", "fisso", "fixo", "festnetz", "fax", "telefax")
	// asideOfPhones are of columns about a number, and not with one.
	asideOfPhones = setOf("label", "type", "typ", "tipo", "brand", "marque", "model", "modele", "country", "pays", "code", "indicatif", "prefix",
		"prefixe", "prefijo", "prefisso", "vorwahl", "consent", "consents", "consentement", "consentimiento", "consenso", "einwilligung", "toestemming",
		"optin", "opt", "marketing", "subscribed", "subscriber", "subscription", "status", "statut", "stato", "estado", "verified", "verifie",
		"valid", "valide", "date", "time", "heure", "datum", "fecha", "data", "extension", "ext", "preference", "operator", "operateur", "carrier",
		"os", "app", "accept", "accepts", "accepte", "acceptez", "agree", "autorise", "autorisez", "permission", "gdpr", "rgpd", "dsgvo",
		"souhaitez", "consentez", "unsub", "unsubscribed", "sent", "envoye", "count", "last", "derniere", "dernier", "hash", "error", "clicks", "opens")
	// anothersWords are of people beside the one whom a row is about.
	anothersWords = setOf("conjoint", "conjointe", "spouse", "partner", "partenaire", "mari", "epoux", "epouse", "wife", "husband", "conyuge",
		"coniuge", "ehepartner", "emergency", "urgence", "urgences", "ice", "notfall", "emergencia", "emergenza", "noodgeval", "agent", "vendeur",
		"vendeuse", "seller", "vendedor", "venditore", "verkaufer", "verkoper", "commercial", "commerciale", "comercial", "conseiller",
		"conseillere", "advisor", "adviser", "asesor", "consulente", "berater", "adviseur", "referent", "referente", "tuteur", "tutrice",
		"guardian", "parent", "parents", "pere", "mere", "father", "mother", "old", "ancien", "ancienne", "former", "previous", "antiguo",
		"vecchio", "antigo", "support", "manager", "sales", "salesperson", "owner", "supplier", "fournisseur", "driver", "chauffeur", "livreur")
	numberWords = setOf("numero", "number", "nummer", "num", "nr", "numer")
	// notTelephones end in "phone", and are no telephones.
	notTelephones = []string{"headphone", "smartphone", "earphone", "iphone", "microphone", "francophone", "anglophone", "hispanophone"}
)

// PhoneNameOf reads the name of a column. What stands in it tells whether it holds numbers: a name alone may be meant
// otherwise.
func PhoneNameOf(name string) PhoneName {
	if IsAnothers(name) {
		return NoPhoneName
	}
	words := strings.Fields(strings.ReplaceAll(strings.Join(nameWords(name), " "), "whats app", "whatsapp"))
	for i, word := range words {
		if word = strings.TrimRight(word, "0123456789"); word != "" {
			words[i] = word
		}
	}
	folded := strings.TrimRight(fold(lettersOnly(name)), "0123456789")
	has := func(set map[string]bool) bool {
		return slices.ContainsFunc(words, func(w string) bool { return set[w] })
	}
	telephone := has(telephoneWords) || phoneNames[folded] || slices.ContainsFunc(words, endsInPhone)
	switch {
	case has(asideOfPhones):
		return NoPhoneName
	case has(mobileWords), telephone && has(besideTelephone), mobileWords[folded]:
		return MobileName
	case telephone && has(landlineWords), has(landlineAlone):
		return LandlineName
	case telephone:
		return TelephoneName
	case weakNames[folded], has(numberWords):
		return NumberName
	}
	return NoPhoneName
}

// IsAnothers reports whether a column is called as one about somebody else than the person of the row: "Mobile conjoint".
func IsAnothers(name string) bool {
	return slices.ContainsFunc(nameWords(name), func(word string) bool { return anothersWords[word] })
}

// OnlyNumberNamed reports whether a column is called as one of numbers, of whatever, and as nothing else: "Numéro".
func OnlyNumberNamed(name string) bool {
	return weakNames[strings.TrimRight(fold(lettersOnly(name)), "0123456789")]
}

func endsInPhone(word string) bool {
	return (strings.HasSuffix(word, "phone") || strings.HasSuffix(word, "telefon")) && !slices.Contains(notTelephones, word)
}

// concept is one thing by all its usual names in the seven languages, folded, with _ between words. like are names of other
// things that may stand for it where it is not there; in a name with one of the words of not, it is something else's.
type concept struct {
	names, like []string
	not         map[string]bool
}

// notOfPeople are words beside "name" where it is none of a person, notOfCodes beside "code" where people are not given it.
var (
	notOfPeople = setOf("lineitem", "item", "items", "product", "produit", "produits", "article", "articles", "company", "societe", "entreprise",
		"campaign", "campagne", "ad", "adset", "form", "discount", "event", "list", "file", "fichier", "domain", "store", "shop", "boutique", "magasin",
		"brand", "marque", "plan", "organization", "organisation", "method", "phonetic", "user", "username", "middle", "nick", "nickname", "utm",
		"account", "owner", "domaine", "groupe", "group", "prefix", "suffix", "maiden", "jeune", "sku", "manager", "assistant", "spouse", "partner")
	notOfCodes = setOf("post", "postal", "postale", "postcode", "zip", "zipcode", "plz", "country", "pays", "land", "barcode", "ean", "langue", "language",
		"area", "region", "province", "currency", "status", "insee", "iso", "phone", "tel", "cap", "error")
)

// concepts are what messages are usually filled with.
var concepts = []concept{
	{names: []string{"first_name", "prenom", "given_name", "forename", "vorname", "voornaam", "nombre_de_pila", "primer_nombre", "primeiro_nome",
		"primo_nome", "fname", "nome_proprio", "prenome"},
		like: []string{"nome", "nombre", "full_name", "nom_complet", "name", "naam", "nom", "client", "customer"}, not: notOfPeople},
	{names: []string{"last_name", "surname", "family_name", "nom", "nom_de_famille", "apellido", "apellidos", "nachname", "familienname", "cognome",
		"apelido", "sobrenome", "achternaam", "lname"}, like: []string{"full_name", "nom_complet", "name"}, not: notOfPeople},
	{names: []string{"name", "full_name", "nom", "nom_complet", "nombre_completo", "nome_completo", "naam", "nombre", "nome", "client", "customer",
		"kunde", "klant", "cliente", "display_name", "customer_name", "billing_name", "file_as"},
		like: []string{"first_name", "prenom", "last_name"}, not: notOfPeople},
	{names: []string{"email", "mail", "e_mail", "courriel", "email_address", "adresse_mail", "adresse_e_mail", "correo", "correo_electronico",
		"indirizzo_email", "e_mail_adresse"}},
	{names: []string{"order_id", "order_number", "order", "commande", "numero_de_commande", "n_commande", "no_commande", "bestellnummer",
		"bestelling", "bestelnummer", "pedido", "numero_de_pedido", "ordine", "numero_ordine", "encomenda", "order_name", "reference", "id_order",
		"order_no", "id_commande"}, like: []string{"name", "id", "transaction_id", "record_id", "contact_id", "lead_id"}},
	{names: []string{"date", "jour", "day", "datum", "fecha", "data", "tag", "dag", "dia", "giorno"}},
	{names: []string{"time", "hour", "heure", "hora", "ora", "uhrzeit", "tijd"}},
	{names: []string{"city", "ville", "ciudad", "stadt", "ort", "citta", "cidade", "plaats", "woonplaats", "stad", "town"}},
	{names: []string{"amount", "montant", "price", "prix", "total", "betrag", "preis", "precio", "importe", "importo", "prezzo", "preco", "valor",
		"bedrag", "prijs"}},
	{names: []string{"code", "coupon_code", "coupon", "promo_code", "code_promo", "promocode", "discount_code", "voucher", "gutschein",
		"gutscheincode", "codigo", "cupon", "codice", "codice_sconto", "buono", "cupom", "kortingscode", "code_client", "customer_code"},
		like: []string{"reference", "order_id", "order_number", "id_order", "order", "customer_id", "contact_id", "record_id", "lead_id", "id", "sku", "ref"}, not: notOfCodes},
	{names: []string{"discount", "remise", "reduction", "rabatt", "descuento", "sconto", "desconto", "korting"}},
	{names: []string{"link", "url", "lien", "enlace", "tracking_url"}},
	{names: []string{"company", "societe", "entreprise", "organization", "organization_name", "organisation", "firma", "empresa", "azienda", "bedrijf"}},
	{names: []string{"store", "shop", "magasin", "boutique", "laden", "filiale", "tienda", "negozio", "loja", "winkel"}},
}

// synonyms reports whether two folded names are of one concept: templates are often written in English, files in French.
func synonyms(a, b string) bool {
	of := func(names []string, wanted string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.ReplaceAll(name, "_", "") == wanted })
	}
	return slices.ContainsFunc(concepts, func(c concept) bool { return of(c.names, a) && of(c.names, b) })
}

// Likeness is how likely a column is meant by a variable's name, by its own alone: 1 for the same name, 0 for nothing in
// common. Below half it is something else that may stand for it.
func Likeness(variable, column string) float64 {
	if fold(column) == "" {
		return 0
	}
	wanted, words := nameWords(variable), nameWords(column)
	best := max(0, 1-2*distance(fold(variable), fold(column)))
	if best > 0 && best < 1 {
		best = 0.5 + best/2.5
	}
	for _, c := range concepts {
		if !slices.ContainsFunc(c.names, func(name string) bool { return named(name, wanted, variable) }) {
			continue
		}
		if slices.ContainsFunc(words, func(w string) bool { return c.not[w] }) && fold(variable) != fold(column) {
			return 0
		}
		for _, name := range c.names {
			best = max(best, 0.95*within(name, words, column))
		}
		for _, name := range c.like {
			best = max(best, 0.45*within(name, words, column))
		}
	}
	return best
}

// named reports whether words are a name, however it is written.
func named(name string, words []string, written string) bool {
	return strings.Join(words, "_") == name || fold(written) == strings.ReplaceAll(name, "_", "")
}

// within is how much of a column's name a name in it is: 1 for all, 0 where it is not in it, and at least half where it is,
// as in a form's whole question.
func within(name string, words []string, column string) float64 {
	if named(name, words, column) {
		return 1
	}
	parts := strings.Split(name, "_")
	for at := 0; at+len(parts) <= len(words); at++ {
		if slices.Equal(words[at:at+len(parts)], parts) {
			return max(0.55, 0.95-0.06*float64(len(words)-len(parts)))
		}
	}
	return 0
}

// languageWords are words of columns by which a header tells its language, folded. English says nothing of where people are:
// tools export in it everywhere.
var languageWords = map[string]map[string]bool{
	"fr": setOf("prenom", "nom", "telephone", "tel", "portable", "ville", "adresse", "postal", "courriel", "commande", "horodateur", "votre",
		"quel", "societe", "civilite", "fixe", "numero", "gsm", "naissance", "magasin", "pays"),
	"es": setOf("nombre", "apellido", "apellidos", "telefono", "movil", "ciudad", "correo", "codigo", "pedido", "empresa", "fecha", "celular"),
	"de": setOf("vorname", "nachname", "telefon", "handy", "ort", "stadt", "strasse", "straße", "plz", "firma", "kunde", "bestellnummer", "mobiltelefon",
		"rufnummer", "land", "anrede", "telefonnummer", "handynummer", "mobilnummer"),
	"it": setOf("nome", "cognome", "cellulare", "citta", "telefono", "indirizzo", "azienda", "codice", "ordine", "cap", "provincia"),
	"pt": setOf("nome", "apelido", "sobrenome", "telemovel", "telefone", "cidade", "morada", "codigo", "encomenda", "celular", "endereco"),
	"nl": setOf("naam", "voornaam", "achternaam", "telefoon", "mobiel", "plaats", "woonplaats", "straat", "postcode", "bestelling", "telefoonnummer", "gsm"),
}

// Languages are those that a header may be written in, as ISO 639, the likeliest first; none for English and for what
// tells nothing.
func Languages(header []string) (languages []string) {
	found := map[string]int{}
	for _, name := range header {
		for _, word := range nameWords(name) {
			for language, words := range languageWords {
				if words[word] {
					found[language]++
				}
			}
		}
	}
	most := 0
	for _, n := range found {
		most = max(most, n)
	}
	for _, language := range []string{"fr", "es", "de", "it", "pt", "nl"} {
		if found[language] == most && most > 0 {
			languages = append(languages, language)
		}
	}
	return languages
}
