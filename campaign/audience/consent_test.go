package audience

import (
	"strings"
	"testing"
)

func TestConsentColumnNames(t *testing.T) {
	names := func(text string) []string { return strings.Split(text, "|") }
	for _, name := range names("Consentement|consentement_rgpd|CONSENTEMENT|Consent. marketing|Consent|consent_given|" +
		"Marketing consent|" +
		"Opt-in|OPT_IN|optin|DOUBLE_OPT-IN|OptIn WhatsApp|opted_in|Opt in SMS|RGPD|Accord RGPD|GDPR|gdpr_ok|DSGVO|LGPD|Newsletter|" +
		"newsletter_fr|" +
		"Inscrit newsletter|infolettre|Accepte les SMS|accepte|Acceptée|Accepts Marketing|accepts_marketing|acceptsMarketing|" +
		"Accepts SMS Marketing|Email Marketing|J'accepte de recevoir des offres par WhatsApp|J’accepte|I agree to be contacted|" +
		"Souhaitez-vous recevoir nos offres ?|Einwilligung|Einwilligung Marketing|Zustimmung|Einverständnis|eingewilligt|akzeptiert|" +
		"consentimiento|Acepta publicidad|acepto recibir|permiso|consenso|Consenso privacy|accetto|permesso|autorizzo|consentimento|" +
		"aceita|" +
		"autorização|boletim|toestemming|Nieuwsbrief|akkoord|geaccepteerd|subscribed|Abonné|Contactable|Offres partenaires|Suscrito|" +
		"Opt status|OK contact|SMS|WhatsApp|E-mail|E-mailing|Téléphone|SMS ok|Contact par SMS|Opt-in (oui/non)|" +
		"Consentement oui ou non|Consent (yes/no)|Last opt-in date|Date newsletter|newsletter_date_add|Consentement photo|" +
		"Accepte les SMS après commande|Order updates by WhatsApp accepted|Marketing contact status|Inscrito no newsletter|" +
		"Opt-in WhatsApp, pas SMS|Consentimento no site|Non désinscrit|Not unsubscribed|No opt-out|Pas d'opposition|" +
		"Ne souhaite pas être désinscrit|nicht abgemeldet|Accord|Accord client|Accord SMS|Démarchage|Pub|Publicité|SMS agreement|" +
		"Consentement WhatsApp (STOP pour se désinscrire)|Acceptez-vous de recevoir nos offres ? (désinscription possible)|" +
		"Acceptez-vous de recevoir nos offres par WhatsApp ? (vous pouvez vous désinscrire à tout moment)|" +
		"J'accepte de recevoir des SMS. Je peux me désinscrire à tout moment.|Opt-in SMS, reply STOP to opt out|" +
		"I agree to receive news (you can unsubscribe at any time)|Newsletter (jederzeit abbestellbar, Abbestellen möglich)|" +
		"Acepta recibir ofertas (puede darse de baja)|Consenso (disiscrizione possibile)|Nieuwsbrief (u kunt zich altijd afmelden)|" +
		"Telemarketing|Acuerdo|Acuerdo SMS|Conformidad|Zusage|Werbung|Accordo|Assenso|Acordo|Akkoord sms|Instemming|Reclame") {
		found := ConsentColumns([]string{"code", name})
		if len(found) != 1 || found[0].Index != 1 || found[0].Refusal {
			t.Errorf("%q: %+v", name, found)
		}
	}
	for _, name := range names("Newsletter. Cochez pour vous désinscrire|Offres : cochez la case pour ne plus recevoir de SMS|SMS (désinscrit)|" +
		"Désinscription (possible à tout moment)|STOP pour se désinscrire|" +
		"Désinscrit|desinscrit_le|Désinscription SMS|Désabonné|Opt-out|optout|OPT_OUT|Opted out|" +
		"unsubscribed|UNSUB_TIME|" +
		"Unsubscribed from newsletter|Ne pas contacter|Ne plus contacter|NE PAS APPELER|Do not contact|doNotCall|do_not_disturb|" +
		"blacklist|" +
		"Email blacklisted|SMS_BLACKLIST|STOP SMS|Stop|Liste noire|Refus|Opposition RGPD|Bloctel|Consentement retiré|" +
		"Consent withdrawn|" +
		"abgemeldet|Widerspruch|Widerruf|Nicht kontaktieren|gesperrt|No contactar|Dado de baja|Lista Robinson|disiscritto|" +
		"Non contattare|" +
		"Não contatar|descadastrado|uitgeschreven|afgemeld|Niet bellen|Exclu|GDPR opt-out|N'accepte pas|" +
		"Pas de consentement|Sans consentement|No consent|no_consent|NoConsent|Non abonné|Kein Einverständnis|Keine Einwilligung|" +
		"Sin consentimiento|senza consenso|sem consentimento|geen toestemming|Refus du consentement|Consentement refusé|" +
		"not opted in|Not opted-in|opt-in: non|Consentement : NON|Consent not given|Einwilligung nicht erteilt|Consenso negato|" +
		"Pas de consentement (oui/non)|N'a pas donné son consentement|Does not want the newsletter|Pas d'opt-in|Ohne Einwilligung|" +
		"No marketing consent|without GDPR consent|Aucun opt-in|Consentement absent|nonConsent|Pas de newsletter|Keine Newsletter|" +
		"Not contactable|Pas de SMS|No WhatsApp|Keine SMS|Não autorizado|Non-consent|Unconsented|Refus prospection|" +
		"Ne pas contacter / désinscrit|Client à ne pas contacter|Ne veut plus de SMS|" +
		"Je ne souhaite plus être contacté(e)|Ne souhaite plus être contacté|Ne désire pas de SMS|Pas de pub|Pas de démarchage|Désaccord|" +
		"Pas d'accord|Does not wish to be contacted|No longer wishes to be contacted|No ads|No desea ser contactado|Ya no quiere publicidad|" +
		"Sin publicidad|Möchte nicht mehr kontaktiert werden|Keine Werbung|Werbesperre|Non desidera essere contattato|Niente pubblicità|" +
		"Não deseja ser contactado|Não quer receber SMS|Sem publicidade|Wil niet meer gecontacteerd worden|Wil geen SMS|Geen reclame") {
		found := ConsentColumns([]string{name, "code"})
		if len(found) != 1 || found[0].Index != 0 || !found[0].Refusal {
			t.Errorf("%q: %+v", name, found)
		}
	}
	for _, name := range names("prenom|code|Ville|Pays|Date de naissance|Montant|commande|Notes|Genre|Client|" +
		"Conseiller|" +
		"Prénom du conseil|Option|Optique|Adresse|Livré|Langue|Groupe|fidélité|Âge|Payé|VIP|Retrait en magasin|Offre exclusive|Option cadeau|" +
		"Last marketing email open date|Last marketing email send date|Marketing emails opened|Marketing emails delivered|" +
		"Marketing emails bounced|Marketing emails clicked|Date dernière newsletter|Dernière newsletter|Newsletter open rate|" +
		"Newsletter sent|Nb newsletters|Became a marketing qualified lead date|Date d'acceptation du devis|Devis accepté|" +
		"Order accepted|Accepte CB|Accepte les chèques|CGV acceptées|Terms accepted|J'accepte les CGV|Agreement number|" +
		"Autorisation photo|Autorisation de sortie|Autorisation de travail|Droit à l'image accepté|Receive invoice by email|" +
		"Souhaite recevoir une facture|Livraison refusée|Nombre de refus|Compte bloqué|Carte bloquée|Offre exclue|Payment refused|" +
		"Delivery refused|Ne pas livrer|Angebot akzeptiert|Presupuesto aceptado|Pagamento rifiutato, accettato|Refund accepted|" +
		"Accord de paiement|Accord photo|Accord livraison|Accordéon|According to|No quiere factura|Widerruf Bestellung|Téléphone fixe|E-mail 2|Numéro SMS") {
		if found := ConsentColumns([]string{name}); len(found) != 0 {
			t.Errorf("%q is taken for %+v", name, found)
		}
	}
}

// A name with both answers in it makes no plain yes an answer.
func TestConsentNameThatOffersBothAnswers(t *testing.T) {
	for _, name := range strings.Split("Opt-in / Opt-out|Opt-in/out|Inscrit / non inscrit newsletter|OPT_IN_OUT|In/Out opt-in|Inscrit newsletter / désinscrit|"+
		"Consentement ou refus|Subscribed/Unsubscribed|Accepts or refuses|Non-EU people who are in the list and gave consent", "|") {
		c := ConsentColumnAt([]string{name}, 0)
		if found := ConsentColumns([]string{name}); len(found) != 1 {
			t.Errorf("%q: %+v", name, found)
		}
		for value, want := range map[string]ConsentAnswer{
			"in": ConsentGiven, "IN": ConsentGiven, "Opt-in": ConsentGiven, "abonné": ConsentGiven,
			"out": ConsentRefused, "Opt-out": ConsentRefused, "désinscrit": ConsentRefused, "refus": ConsentUnanswered,
			"oui": ConsentUnanswered, "no": ConsentUnanswered, "Oui le 4": ConsentUnanswered, "1": ConsentUnanswered, "": ConsentUnanswered,
		} {
			if got, _ := c.Read(value); got != want {
				t.Errorf("%q: %q is %s, want %s", name, value, got, want)
			}
		}
	}
}

// Dates that are none, and what stands for nothing, are the empty cell.
func TestConsentCellsThatHoldNothing(t *testing.T) {
	columns := []ConsentColumn{}
	for _, name := range []string{"newsletter_date_add", "Date de consentement", "Consent", "unsubscribed_at", "Désinscrit", "Pas de consentement"} {
		columns = append(columns, ConsentColumnAt([]string{name}, 0))
	}
	for _, cell := range strings.Split("0000-00-00 00:00:00|0000-00-00|00/00/0000|00.00.0000|00/00/00|0001-01-01|0001-01-01T00:00:00Z|"+
		"01/01/0001 00:00:00|1900-01-00|1900-01-01|0/1/1900|30/12/1899|1899-12-30 00:00:00|31/12/1899|1970-01-01 00:00:00|"+
		"1970-01-01T00:00:00.000Z|1969-12-31 19:00:00|01/01/1970|Jan 1, 1970|Thu Jan 01 1970 00:00:00|1 janv. 1970|30 déc. 1899|"+
		"1601-01-01|1753-01-01 00:00:00.000|NULL|null|(null)|\\N|none|None|N/A|n/a|#N/A|NaN|nil|-|--|—|–|n.a.|undefined|s/o|aucun|(vide)||"+
		" |\u200b", "|") {
		for _, c := range columns {
			want := map[bool]ConsentAnswer{false: ConsentUnanswered, true: ConsentGiven}[c.Refusal]
			if got, telling := c.Read(cell); got != want || telling || !c.IsEmpty(cell) {
				t.Errorf("%q, refusal %v: %s, telling %v", cell, c.Refusal, got, telling)
			}
		}
	}
	if !columns[0].IsEmpty("0") || !columns[3].IsEmpty("0") {
		t.Error("0 is a date")
	}
	for _, cell := range strings.Split("2000-01-01|01/02/00|12/03/24 10:30|2024-03-12 00:00:00|12/03/2024 1030|0|1|x|?|non|oui|.5|"+
		"Appel 3, poste 1700|1200 refus en janvier|Désinscrit en 1950 lors de l'appel 3|/", "|") {
		if columns[2].IsEmpty(cell) {
			t.Errorf("%q is empty", cell)
		}
	}
	for _, cell := range strings.Split("2024-03-12 10:11:12|12/03/24 10:30|12/03/2024 1030|Désinscrit en 1950 lors de l'appel 3", "|") {
		if got, _ := columns[3].Read(cell); got != ConsentRefused {
			t.Errorf("unsubscribed at %q: %s", cell, got)
		}
	}
}

// A date says that somebody agreed where the name speaks of consent or of what people subscribe to.
func TestConsentDatesThatTell(t *testing.T) {
	for name, want := range map[string]bool{"Date de consentement": true, "optin_date": true, "Opt-in Time": true, "newsletter_date_add": true,
		"Subscribed at": true, "Accepted at": false, "Date d'autorisation": false, "Marketing date": false, "Date SMS": false, "Désinscrit le": true} {
		if _, telling := ConsentColumnAt([]string{name}, 0).Read("2025-03-02 10:00"); telling != want {
			t.Errorf("%q: a date tells: %v", name, telling)
		}
	}
}

func TestConsentValues(t *testing.T) {
	consent, refusal := ConsentColumnAt([]string{"Consent"}, 0), ConsentColumnAt([]string{"Opt-out"}, 0)
	for _, each := range []struct {
		values           string
		consent, refusal ConsentAnswer
	}{
		{"oui|OUI| Oui |Oui\u00a0|o|O|yes|Y|ja|J|sí|si|S|sì|sim|true|TRUE|vrai|VRAI|wahr|vero|1|1.0|x|X|ok|✓|✔️|☑|Accepté|accepted|" +
			"J'accepte|j’accepte|" +
			"J'accepte de recevoir des messages|Yes, I agree|Oui, le 12/03/2024|Oui (12/03/2024 10:22)|yes 2024-03-12T10:11:12Z|actif|" +
			"Acepto|accetto|aceito|zugestimmt|akkoord|'OUI", ConsentGiven, ConsentRefused},
		{"non|NON|Non |n|N|no|nein|Nein|nee|não|nao|NÃO|false|FAUX|falsch|falso|0|0.0|☐|✗|off|jamais|Non, le 12/03/2024|" +
			"no (2024-03-12)|inactif|non confirmé", ConsentRefused, ConsentGiven},
		{"subscribed|Subscribed|opted_in|Opted-in|opt-in|Abonné|inscrit|abonniert|suscrito|iscritto", ConsentGiven, ConsentGiven},
		{"unsubscribed|declined|Refusé|opted_out|opt-out|Désinscrit|désabonnée|STOP|abgemeldet|uitgeschreven|No thanks|Non merci|" +
			"withdrawn|" +
			"Je n'accepte pas|cleaned", ConsentRefused, ConsentRefused},
		{"Oui le 4|oui, appel 3|OK vu le 3|Sí, llamada 3|Oui (tel)|Ja, 3. Anruf", ConsentGiven, ConsentRefused},
		{"Non, appel 3|Non le 4|No, llamada 3|Nein (Telefon)|non intéressé|No more calls", ConsentRefused, ConsentUnanswered},
		{"Pas de consentement|No consent|not opted in|Consentement refusé|pas abonné à la newsletter|Ne pas contacter SVP|" +
			"désinscrit par tél|Oui, désinscrit|Non, ne plus appeler|kein Einverständnis", ConsentRefused, ConsentRefused},
		{"Oui mais pas SMS|oui ?|oui ou non|oui à confirmer|ok, refus SMS|oui puis stop|consentement à demander|No answer|Non demandé|si promo",
			ConsentUnanswered, ConsentUnanswered},
		{"peut-être|à rappeler|implicit|pending|unknown|?|2|12|Oui sauf SMS|J'accepte, mais pas de SMS|" +
			"J'accepte les e-mails uniquement|Non renseigné|Lyon|10|oui/non|-1|1-0|0/1|01", ConsentUnanswered, ConsentUnanswered},
		{"| |\u00a0|\u200b|\u200b \ufeff|'", ConsentUnanswered, ConsentGiven},
		{"12/03/2024|2024-03-12 10:11:12|2024-03-12T10:11:12Z|12 mars 2024|Mar 12, 2024 3:04 PM", ConsentUnanswered, ConsentRefused},
	} {
		for _, value := range strings.Split(each.values, "|") {
			if got, _ := consent.Read(value); got != each.consent {
				t.Errorf("consent %q: %s, want %s", value, got, each.consent)
			}
			if got, _ := refusal.Read(value); got != each.refusal {
				t.Errorf("refusal %q: %s, want %s", value, got, each.refusal)
			}
		}
	}
	dated := ConsentColumnAt([]string{"Date de consentement"}, 0)
	if got, telling := dated.Read("12/03/2024"); got != ConsentGiven || !telling {
		t.Errorf("the day of a consent is %s, %v", got, telling)
	}
	status := ConsentColumnAt([]string{"Statut"}, 0)
	if _, telling := status.Read("oui"); telling {
		t.Error("a status of yes and no is taken for consent")
	}
	for _, other := range []string{"Refusé", "declined", "Inscrit", "Abonné", "rejected", "accepted"} {
		if _, telling := status.Read(other); telling {
			t.Errorf("a status of %q is taken for consent", other)
		}
	}
	if got, telling := status.Read("Désinscrit"); got != ConsentRefused || !telling {
		t.Errorf("a status of désinscrit is %s, %v", got, telling)
	}
}

func TestFoldCell(t *testing.T) {
	for _, same := range [][]string{
		{"oui", "OUI", " Oui ", "\u00a0oui\u202f", "'oui", "o\u200bui"},
		{"été", "Ete", "ÉTÉ", "e\u0301te\u0301"},
		{"j'accepte", "J’ACCEPTE"},
		{"", " ", "\u200b", "\t"},
	} {
		for _, cell := range same {
			if FoldCell(cell) != FoldCell(same[0]) {
				t.Errorf("%q and %q differ: %q, %q", cell, same[0], FoldCell(cell), FoldCell(same[0]))
			}
		}
	}
	for _, pair := range [][2]string{{"New York", "NewYork"}, {"a-b", "ab"}, {"1", "10"}, {"é", ""}} {
		if FoldCell(pair[0]) == FoldCell(pair[1]) {
			t.Errorf("%q and %q are the same", pair[0], pair[1])
		}
	}
}
