package audience

import (
	"slices"
	"strings"
	"unicode"

	"kanal-campaign/campaign/text"
)

// The beginnings of words, or of rows of words, by which columns are called. One that ends in a space is a whole word.
var (
	// consentStems and refusalStems speak of nothing else.
	consentStems = stems("consent", "consens", "optin", "opt in", "opted in", "optedin", "rgpd", "gdpr", "dsgvo", "lgpd",
		"einwillig", "eingewillig", "zustimm", "zugestimm", "einverstand", "toestemming")
	refusalStems = stems("desinscri", "desabonn", "disiscri", "optout", "opt out", "opted out", "optedout", "unsub",
		"ne pas contact", "ne plus contact", "ne pas appel", "ne plus appel", "do not contact", "do not call", "do not disturb",
		"dont contact", "donot", "nepas", "dnc ", "dnd ", "blacklist", "black list", "liste noire", "blocklist", "block list",
		"bloctel", "stop sms", "stopsms", "stop pub", "stoppub", "stop mail", "consentement retire", "consentement revoque",
		"abgemeldet", "abbestell", "nicht kontaktier", "nicht anrufen", "keine werbung", "robinson", "no contactar",
		"no llamar", "no molestar", "lista negra", "dado de baja", "dada de baja", "lista nera", "non contattare",
		"non chiamare", "non disturbare", "nao contact", "nao contat", "nao perturb", "descadastr", "descinscri",
		"uitgeschreven", "afgemeld", "niet contact", "niet bellen", "niet storen", "niet benaderen", "zwarte lijst",
		"schwarze liste", "retrait du consent", "retrait consent", "retrait de consent", "nonconsent", "noconsent",
		"unconsent", "nonoptin", "nooptin", "notoptin", "notoptedin")
	// agreeStems and refuseStems may speak of anything, which a name then says.
	agreeStems  = stems("permess", "akkoord", "j accept", "i accept", "i agree")
	refuseStems = stems("refus", "opposition", "oppose", "opposed", "withdraw", "revoke", "revocat", "revoqu", "widerruf",
		"widerspr", "ne pas ", "ne plus ", "n accepte pas", "ne souhaite pas", "ne veut pas", "ne veut plus", "ne souhaite plus", "ne desire plus", "ne desire pas", "plus de sms", "plus de mail", "plus d e mail", "do not ", "don t ", "no enviar",
		"does not ", "doesn t ", "no longer ", "no desea", "no quiere", "no deseo", "no quiero", "mochte nicht", "mochte kein",
		"wunscht kein", "will nicht", "will kein", "non desider", "non vuole", "non voglio", "nao desej", "nao quer", "nao quero",
		"wil niet", "wil geen", "wenst niet", "wenst geen")
	// newsStems are of what people subscribe to: a date of that tells when they did.
	newsStems = stems("newsletter", "infolettre", "lettre d info", "boletin", "boletim", "nieuwsbrief", "rundbrief", "subscrib",
		"abonne ", "abonnee", "abonniert", "suscri", "iscritt", "inscrit a ", "inscrit sms", "aangemeld")
	likelyConsentStems = append(stems("accept", "acept", "aceit", "accett", "akzept", "geaccept", "agree", "autoris", "autoriz",
		"permission", "permiso", "permissao", "erlaub", "marketing", "recevoir ", "receive ", "recibir ", "ricevere ",
		"receber ", "ontvangen ", "contactable ", "prospection ", "offres commerciales", "offres partenaires",
		"communication commerciale", "communications commerciales", "opt ", "accord ", "accords ", "acuerdo ", "accordo ",
		"acordo ", "assenso ", "conformidad ", "concordanc", "zusage", "instemming", "demarchage", "telemarketing", "televend",
		"telefonmarketing", "telefonwerbung", "cold call", "canvass", "pub ", "pubs ", "publicit", "publicid", "pubblicit", "werb",
		"reclame ", "ads ", "advert"), newsStems...)
	likelyRefusalStems = stems("desaccord", "desacuerdo", "disaccordo", "desacordo", "werbesperr", "werbeverbot", "stop ", "stopped ", "blocked ", "bloque", "gesperrt", "sperr", "geblokkeerd", "baja ",
		"suppress", "exclu ", "exclue ", "excluded ", "exclusion ")
	statusStems = stems("status", "statut", "stato ", "estado", "etat ", "subscription", "abonnement", "anmeldung",
		"inscription", "iscrizione")
	datedStems = stems("date ", "time ", "timestamp ", "at ", "le ", "on ", "since ", "depuis ", "datum ", "zeit", "am ",
		"seit ", "fecha ", "data ", "dato ", "desde ", "sinds ", "heure ", "horodat")
)

// What else a name may be about.
var (
	// attributeStems are of what is kept beside an answer.
	attributeStems = stems("ip ", "id ", "uuid ", "url ", "link ", "lien ", "source ", "version ", "text ", "texte ", "token ",
		"user agent", "quelle ", "fuente ", "origine ", "origin ")
	// activityStems are of what was done and how often, and no answer.
	activityStems = stems("last ", "latest ", "derniere ", "dernier ", "letzte", "ultimo ", "ultima ", "laatste ", "opened ",
		"open ", "opens ", "ouvert", "ouverture", "clicked ", "click", "clic", "delivered ", "bounce", "send date",
		"sent date", "date sent", "sent at ", "sent on ", "date d envoi", "date envoi", "envoye", "nombre ", "nb ", "nbre ",
		"number of", "count ", "anzahl ", "numero de ", "total ", "rate ", "taux ", "qualified ", "budget ", "spend ",
		"aantal ", "quantidade ", "cantidad ")
	activityEnds = stems("number ", "numero ", "nummer ", "sent ")
	// subjectStems are of business that people agree to, or refuse, without a word about messages.
	subjectStems = stems("devis ", "quote", "quotation", "commande", "order", "livraison", "livre ", "livrer ", "delivery",
		"colis ", "parcel", "shipment", "paiement", "payment", "payement", "cb ", "carte ", "card ", "cheque", "virement",
		"prelevement", "photo", "image ", "sortie", "travail ", "facture", "invoice", "receipt", "recu ", "cgv ", "cgu ",
		"terms", "conditions", "reglement", "compte ", "account", "offre ", "product", "produit", "contrat", "contract",
		"cookie", "rendez vous", "rdv ", "appointment", "retour ", "refund", "remboursement", "credit ", "pret ", "angebot",
		"bestellung", "lieferung", "zahlung", "rechnung", "konto ", "karte ", "agb ", "vertrag", "foto", "presupuesto",
		"pedido", "entrega", "pago ", "factura", "tarjeta", "cuenta ", "condiciones", "contrato", "preventivo", "ordine",
		"consegna", "pagamento", "fattura", "condizioni", "contratto", "orcamento", "encomenda", "fatura", "conta ",
		"condicoes", "offerte ", "bestelling", "levering", "betaling", "factuur", "voorwaarden")
	// messageStems are of messages that are not asked for.
	messageStems = append(stems("marketing", "sms", "whatsapp", "publicit", "pub ", "promo", "offres ", "offers ", "ofertas ",
		"offerte commerciali", "werbung", "contact", "kontakt", "contatt", "contat", "communication", "prospect"), newsStems...)
)

// Of what may be done at any time, later; and of boxes.
var (
	wayOutStems = stems("possible ", "possibile ", "posible ", "possivel ", "moglich ", "mogelijk ", "pour se ", "pour vous ", "pour ne ", "pour arret",
		"pouvez ", "pourrez ", "puis je ", "tout moment ", "you can ", "you may ", "any time ", "anytime ", "to opt ", "to unsub", "to stop ", "to end ",
		"reply ", "text stop ", "send stop ", "repond", "envoye", "envoie", "par retour ", "jederzeit ", "konnen ", "um sich ", "puede", "en cualquier ",
		"para dar", "para cancel", "in qualsiasi ", "qualquer momento ", "pode ", "te allen tijde ", "altijd ", "kunt ", "kan ")
	tickStems = stems("coche", "cocher", "check ", "tick ", "ankreuz", "marque", "marca", "barrer", "vink ", "kruis ")
)

// Names that are words alone.
var (
	negations = wordSet("no", "non", "not", "ne", "pas", "sans", "jamais", "never", "without", "lack", "absence", "missing",
		"kein", "keine", "keinen", "keiner", "nicht", "ohne", "sin", "senza", "sem", "nao", "geen", "niet", "zonder",
		"aucun", "aucune", "nessun", "nessuna", "nessuno", "niente", "ningun", "ninguna", "nenhum", "nenhuma", "doesn", "didn",
		"hasn", "haven", "isn", "nunca", "mai", "nie", "nooit", "manque")
	absences = wordSet("absent", "missing", "manquant", "fehlt", "fehlend", "ausente", "assente", "ontbreekt", "denied", "negato",
		"denegado", "negado", "geweigerd", "verweigert", "abgelehnt", "rechazado", "rifiutato", "recusado")
	channels = wordSet("sms", "mms", "whatsapp", "wa", "email", "emails", "mail", "mails", "mailing", "emailing", "courriel",
		"telephone", "telefono", "telefon", "telefone", "telefoon", "phone", "tel", "appel", "appels", "call", "calls",
		"anruf", "anrufe", "llamada", "llamadas", "contact", "contacto", "kontakt", "contatto", "contato")
	besideChannels = wordSet("ok", "e", "par", "via", "by", "per", "por", "pour", "for", "de", "d", "le", "les", "the", "and", "et", "ou", "or")
	besideRefusals = wordSet("d", "de", "du", "des", "been", "est", "etre", "is", "has", "a", "to", "une", "un")
)

// givenStems begin what a consent is not, where "not" stands behind it: "Consent not given".
var givenStems = []string{"given", "grant", "obtain", "obten", "donn", "recu", "recueil", "accord", "receiv", "collect", "erteilt",
	"gegeben", "vorhanden", "dado", "dada", "otorg", "conced", "dato", "rilasc", "gegeven", "ontvang", "confirm", "valid", "signe"}

// notToldByName takes out of a name what is no negation in it, and joins what splitHumps has parted.
var notToldByName = strings.NewReplacer(" oui non ", " ", " non oui ", " ", " oui ou non ", " ", " yes no ", " ", " no yes ", " ",
	" yes or no ", " ", " ja nein ", " ", " ja oder nein ", " ", " ja nee ", " ", " si no ", " ", " sim nao ", " ", " vrai faux ", " ",
	" whats app ", " whatsapp ", " inscrito no ", " inscrit a ", " inscrita no ", " inscrit a ", " 1 oui 0 non ", " ", " 0 non 1 oui ", " ", " 1 yes 0 no ", " ")

// alternatives stand between the two answers that a name offers: "Opt-in / Opt-out".
var alternatives = text.Pattern(`/|\||\b(?:ou|or|oder|vs)\b`)

// stems puts a space before each, so that it is found where a word begins.
func stems(all ...string) []string {
	for i := range all {
		all[i] = " " + all[i]
	}
	return all
}

func wordSet(all ...string) map[string]bool {
	set := make(map[string]bool, len(all))
	for _, word := range all {
		set[word] = true
	}
	return set
}

// consentWords are the words of a column's name, with a space around each.
type consentWords string

func (w consentWords) has(all []string) bool {
	return slices.ContainsFunc(all, func(stem string) bool { return strings.Contains(string(w), stem) })
}

func (w consentWords) beginsWith(all []string) bool {
	return slices.ContainsFunc(all, func(stem string) bool { return strings.HasPrefix(string(w), stem) })
}

func (w consentWords) endsIn(all []string) bool {
	return slices.ContainsFunc(all, func(end string) bool { return strings.HasSuffix(string(w), end) })
}

func namedBy(text string) consentWords {
	return consentWords(notToldByName.Replace(" " + wordsOf(splitHumps(text)) + " "))
}

func consentColumn(name string) (c ConsentColumn, ok bool) {
	if rest := withoutWayOut(name); rest != name {
		if c, ok = consentColumn(rest); ok {
			return c, ok
		}
	}
	words := namedBy(name)
	c.Dated, c.datesTell = words.has(datedStems), true
	switch {
	case offersBoth(name):
		c.Unclear, c.Evidence = true, NameAlone
	case words.has(refusalStems):
		c.Refusal, c.Evidence = !words.deny(refusalStems), NameAlone
	case words.has(consentStems) && words.has(refuseStems):
		c.Refusal, c.Evidence = !words.deny(refuseStems), NameAlone
	case words.has(consentStems):
		c.Refusal, c.Unclear = words.negate(consentStems)
		c.Evidence = NameAlone
	case words.has(refuseStems):
		c.Refusal = !words.deny(refuseStems)
	case words.has(agreeStems):
		c.Refusal, c.Unclear = words.negate(agreeStems)
	case words.has(likelyRefusalStems):
		c.Refusal, c.Evidence = !words.deny(likelyRefusalStems), MostAnswers
	case words.has(likelyConsentStems):
		c.Refusal, c.Unclear = words.negate(likelyConsentStems)
		c.Evidence, c.datesTell = MostAnswers, words.has(newsStems)
	default:
		channel, negated := words.channelAlone()
		if !channel {
			c.Evidence = ClearWords
			return c, words.has(statusStems)
		}
		c.Refusal, c.Evidence, c.datesTell = negated, MostAnswers, false
	}
	switch {
	case c.Evidence == NameAlone:
		if words.has(attributeStems) {
			c.Evidence = MostAnswers
		}
	case words.ofSomethingElse():
		c.Evidence = ClearWords
		return c, words.has(statusStems)
	}
	return c, true
}

// withoutWayOut is a name without the parts that only tell how one may take an agreement back, as the law wants it told:
// "Consentement WhatsApp (STOP pour se désinscrire)". A part that says what to tick is the question itself.
func withoutWayOut(name string) string {
	parts := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("()[]?!.,;:–—", r) })
	rest := slices.DeleteFunc(slices.Clone(parts), func(part string) bool {
		words := namedBy(part)
		return (words.has(refusalStems) || words.has(likelyRefusalStems) || words.has(refuseStems)) && words.has(wayOutStems) && !words.has(tickStems)
	})
	if len(rest) == 0 || len(rest) == len(parts) {
		return name
	}
	return strings.Join(rest, ", ")
}

// ofSomethingElse reports whether a name that may speak of agreement says that it is no agreement to messages.
func (w consentWords) ofSomethingElse() bool {
	return w.has(activityStems) || w.endsIn(activityEnds) || w.has(subjectStems) && !w.has(messageStems)
}

// mostBetween is how many words stand between a negation and what it is about.
const mostBetween = 3

// negate reports whether what the stems are of is said not to be, and whether it is unclear.
func (w consentWords) negate(all []string) (negated, unclear bool) {
	for _, stem := range all {
		at := strings.Index(string(w), stem)
		if at < 0 {
			continue
		}
		before := strings.Fields(string(w[:at]))
		for i, word := range slices.Backward(before) {
			if negations[word] {
				bothSaid := i+1 < len(before) && slices.Contains(before[:i], before[i+1]) // inscrit / non inscrit
				negated = negated || len(before)-1-i <= mostBetween && !bothSaid
				unclear = true
				break
			}
		}
		after := strings.Fields(string(w[at:]))[len(strings.Fields(stem)):]
		if len(after) > 0 && (absences[after[0]] || negations[after[0]] && (len(after) == 1 || isGiven(after[1]))) {
			negated = true
		}
	}
	return negated, unclear && !negated
}

func isGiven(word string) bool {
	return slices.ContainsFunc(givenStems, func(stem string) bool { return strings.HasPrefix(word, stem) })
}

// deny reports whether a negation stands right before every word of refusal: "not unsubscribed".
func (w consentWords) deny(all []string) bool {
	for _, stem := range all {
		at := strings.Index(string(w), stem)
		if at < 0 {
			continue
		}
		if first, _, _ := strings.Cut(stem[1:], " "); negations[first] {
			return false
		}
		before := strings.Fields(string(w[:at]))
		for len(before) > 0 && besideRefusals[before[len(before)-1]] {
			before = before[:len(before)-1]
		}
		if len(before) == 0 || !negations[before[len(before)-1]] {
			return false
		}
	}
	return true
}

// channelAlone reports whether a name is that of a channel and no more, and whether it says not by it.
func (w consentWords) channelAlone() (alone, negated bool) {
	for _, word := range strings.Fields(string(w)) {
		switch {
		case channels[word]:
			alone = true
		case negations[word]:
			negated = true
		case !besideChannels[word]:
			return false, false
		}
	}
	return alone, negated
}

// offersBoth reports whether a name offers agreement and refusal, so that a plain yes answers neither.
func offersBoth(name string) bool {
	if words := namedBy(name); words.has(stems("in out ", "optinout", "optin out ", "opt in opt out")) {
		return true
	}
	agrees, refuses := false, false
	parts := alternatives().Split(FoldCell(name), -1)
	for _, part := range parts {
		words := namedBy(part)
		switch {
		case words.has(refusalStems), words.has(refuseStems), words == " out ":
			refuses = true
		case words.has(consentStems), words.has(agreeStems), words.has(likelyConsentStems), words == " in ":
			agrees = true
		}
	}
	return len(parts) > 1 && agrees && refuses
}

// splitHumps puts a space where a name written without spaces begins a new word: acceptsMarketing.
func splitHumps(name string) string {
	var out strings.Builder
	var last rune
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
		last = r
	}
	return out.String()
}
