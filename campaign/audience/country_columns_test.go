package audience_test

import (
	"testing"

	"kanal-campaign/campaign/audience"
)

func TestNamesOfCountryColumns(t *testing.T) {
	for _, name := range []string{"country", "Country", "Pays", "PAYS", "pays_livraison", "Pays de résidence", "billing_country",
		"shippingCountry", "Billing Country Code", "CountryCode", "country_code", "countrycode", "code pays", "CodePays", "Code_Pays",
		"Land", "Rechnungsland", "Länder-Code", "país", "País", "Código de País", "codigopais", "paese", "Codice Paese", "nazione", "ISO",
		"iso2", "Land/Regio", "cc", "pays_facturation"} {
		found := audience.CountryColumns([]string{"x", name})
		if len(found) != 1 || found[0].Column != 1 || found[0].Dialling {
			t.Errorf("%q: %+v", name, found)
		}
	}
	for _, name := range []string{"Indicatif", "indicatif_pays", "Préfixe", "prefixe", "prefix", "Prefijo", "Vorwahl", "Landesvorwahl",
		"calling_code", "Dial Code", "DDI", "Landnummer", "phone_code", "Country calling code", "prefisso"} {
		if found := audience.CountryColumns([]string{name}); len(found) != 1 || !found[0].Dialling {
			t.Errorf("%q: %+v", name, found)
		}
	}
	for _, name := range []string{"phone", "payé", "landline", "prenom", "code", "payment", "ville", "city", "", "accord", "success"} {
		if found := audience.CountryColumns([]string{name}); len(found) != 0 {
			t.Errorf("%q: %+v", name, found)
		}
	}
}

func TestSharedWords(t *testing.T) {
	for _, one := range []struct {
		a, b string
		want int
	}{
		{"billing_phone", "billing_country", 1}, {"billing_phone", "shipping_country", 0}, {"Téléphone livraison", "PAYS LIVRAISON", 1},
		{"billingPhone", "Billing Country", 1}, {"", "", 0},
	} {
		if got := audience.SharedWords(one.a, one.b); got != one.want {
			t.Errorf("%q and %q share %d words, want %d", one.a, one.b, got, one.want)
		}
	}
}
