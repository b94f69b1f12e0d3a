package number_test

import (
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"kanal-campaign/campaign/number"
)

func TestCountryInEveryForm(t *testing.T) {
	for want, texts := range map[string]string{
		"CH": "CH|ch|CHE|Suisse|SUISSE |Schweiz|Svizzera|Switzerland|Suíça|Zwitserland|41|+41|0041|'+41|\"41\"|=\"0041\"|41.0|(+41)|+ 41|" +
			"Suisse (+41)|CH +41|+41 - Suisse|🇨🇭|🇨🇭 +41|🇨🇭 Suisse|٤١",
		"FR": "FR|FRA|France|france|Frankreich|Francia|França|Frankrijk|33|+33|0033",
		"BE": "Belgique|België|Belgium|Belgien|BEL",
		"DE": "Allemagne|Deutschland|Germany|Alemania|Alemanha|Germania|Duitsland|49",
		"GB": "GB|UK|U.K.|United Kingdom|Royaume-Uni|ROYAUME UNI|England|Angleterre|Great Britain|44",
		"US": "US|USA|U.S.A.|United States|United States of America|Etats-Unis|États Unis|1|+1|001",
		"CI": "CI|CIV|Côte d'Ivoire|Cote d’Ivoire|COTE D IVOIRE|Ivory Coast|225",
		"RE": "La Réunion|Reunion|262|RE", "SN": "Sénégal|221|SEN", "PL": "Polska|Pologne|48", "SE": "Sverige|46",
		"GR": "EL|Ελλάδα|Grèce", "TR": "Türkiye|Turkey|Turquie", "CD": "RDC|Congo-Kinshasa|243", "RU": "7|Russie",
		"JM": "1876|1-876|+1 876", "DO": "+1 809|1-849", "CA": "1 416|Canada", "GP": "590", "MA": "212|Maroc|المغرب",
		"": "|-|n/a|Mr|Mme|Ms|Me|Dr|Monsieur|0|00|000|33 612345678|0612345678|999|012|France (+41)|41 France|Lyon|Zoé|XX|EUR|FR, CH|+",
	} {
		for text := range strings.SplitSeq(texts, "|") {
			if got, form := number.Country(text); got != want {
				t.Errorf("%q is %q (%s), want %q", text, got, form, want)
			}
		}
	}
}

func TestCountryFormTellsWhatMayBeSomethingElse(t *testing.T) {
	for text, want := range map[string]number.CountryForm{
		"Suisse": number.CountryName, "ch": number.CountryCode, "CHE": number.CountryCode, "41": number.CallingCode,
		"+41": number.CallingSigned, "0041": number.CallingSigned, "Suisse +41": number.CallingSigned, "Mme": "",
	} {
		if _, got := number.Country(text); got != want {
			t.Errorf("%q has the form %q, want %q", text, got, want)
		}
	}
}

// Every country's code names it, and every calling code a country that dials so.
func TestCountryKnowsEveryRegion(t *testing.T) {
	for region := range phonenumbers.GetSupportedRegions() {
		if got, _ := number.Country(region); got != region && region != "EL" {
			t.Errorf("%s is read as %q", region, got)
		}
		code := number.DiallingCode(region)
		got, _ := number.Country("+" + code)
		if number.DiallingCode(got) != code {
			t.Errorf("+%s is read as %q", code, got)
		}
	}
}

// A text one slip from the name of one country may mean it; what may be of two, or is further off, means none.
func TestNearestCountry(t *testing.T) {
	for text, want := range map[string]string{"Belqique": "Belgique", "Begique": "Belgique", "BELGIQUEE": "Belgique", "Frnace": "France",
		"Suise": "Suisse", "Allemange": "Allemagne", "Germny": "Germany", "Italei": "Italie", "Portgual": "Portugal", "Nigerie": "Nigeria", "Irax": "",
		"Ruritanie": "", "Bleg": "", "": "", "FR": "", strings.Repeat("a", 500): ""} {
		if got := number.NearestCountry(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
