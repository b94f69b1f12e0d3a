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
		"autorização|boletim|toestemming|Nieuwsbrief|akkoord|geaccepteerd|subscribed|Abonné|Contactable|Offres partenaires|Suscrito") {
		found := ConsentColumns([]string{"phone", name})
		if len(found) != 1 || found[0].Index != 1 || found[0].Refusal {
			t.Errorf("%q: %+v", name, found)
		}
	}
	for _, name := range names("Désinscrit|desinscrit_le|Désinscription SMS|Désabonné|Opt-out|optout|OPT_OUT|Opted out|" +
		"unsubscribed|UNSUB_TIME|" +
		"Unsubscribed from newsletter|Ne pas contacter|Ne plus contacter|NE PAS APPELER|Do not contact|doNotCall|do_not_disturb|" +
		"blacklist|" +
		"Email blacklisted|SMS_BLACKLIST|STOP SMS|Stop|Liste noire|Refus|Opposition RGPD|Bloctel|Consentement retiré|" +
		"Consent withdrawn|" +
		"abgemeldet|Widerspruch|Widerruf|Nicht kontaktieren|gesperrt|No contactar|Dado de baja|Lista Robinson|disiscritto|" +
		"Non contattare|" +
		"Não contatar|descadastrado|uitgeschreven|afgemeld|Niet bellen|Exclu|GDPR opt-out|N'accepte pas") {
		found := ConsentColumns([]string{name, "phone"})
		if len(found) != 1 || found[0].Index != 0 || !found[0].Refusal {
			t.Errorf("%q: %+v", name, found)
		}
	}
	for _, name := range names("phone|Téléphone|prenom|code|Ville|Pays|Date de naissance|Montant|commande|Notes|Genre|Client|" +
		"E-mail|Conseiller|" +
		"Prénom du conseil|Option|Optique|Adresse|Livré|Langue|Groupe|fidélité|Âge|Payé|VIP|Retrait en magasin|Offre exclusive|Option cadeau") {
		if found := ConsentColumns([]string{name}); len(found) != 0 {
			t.Errorf("%q is taken for %+v", name, found)
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
		{"peut-être|à rappeler|implicit|pending|unknown|?|-|2|12|Oui sauf SMS|J'accepte, mais pas de SMS|" +
			"J'accepte les e-mails uniquement|n/a|" +
			"Non renseigné|Lyon|10|oui/non|-1|1-0|0/1|01|s/o", ConsentUnanswered, ConsentUnanswered},
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
