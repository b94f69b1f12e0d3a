package audience

import (
	"slices"
	"strings"
)

// countryWords are words of which one names a column of countries, as fold writes them: English, French, Spanish, German,
// Italian, Portuguese, Dutch.
var countryWords = setOf("country", "countries", "nation", "pays", "pais", "paese", "nazione", "land", "laender", "lander",
	"landcode", "iso", "iso2", "iso3", "isocode", "cc")

// countryParts stand for a country in names that are written as one word, diallingParts for a calling code.
var (
	countryParts  = []string{"country", "codepays", "pays", "codigopais", "codigodepais", "codicepaese", "landercode", "laendercode"}
	diallingParts = []string{"indicatif", "prefijo", "prefisso", "prefixo", "prefix", "vorwahl", "landnummer", "kengetal", "callingcode",
		"dialcode", "dialingcode", "diallingcode", "phonecode", "isdcode", "netnummer"}
	diallingWords = setOf("ddi", "isd", "idd")
)

// asideParts are of names that tell the country of something else than a number.
var asideParts = []string{"birth", "born", "naissance", "nacimiento", "nascita", "nascimento", "geburt", "geboorte", "langue",
	"language", "idioma", "lingua", "sprache", "passport", "passeport", "pasaporte", "passaporte", "reisepass", "nationalit",
	"nacionalid", "nazionalit", "destination", "destino", "origin", "visit", "voyage", "travel", "viaje", "viaggio", "reise"}

// CountryColumn is a column that is called as columns of countries are.
type CountryColumn struct {
	Column   int
	Dialling bool // as those of calling codes: "prefix" is what a title is called, too
	Aside    bool // as the country of something else: of birth, of a passport
}

// CountryColumns gives the columns whose names say that they hold countries or calling codes, in the order of the header.
// What they hold tells whether they do.
func CountryColumns(header []string) (found []CountryColumn) {
	for i, name := range header {
		words := nameWords(name)
		joined := strings.Join(words, "")
		named := func(words map[string]bool, parts []string, in []string) bool {
			return slices.ContainsFunc(in, func(w string) bool { return words[w] }) ||
				slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(joined, part) })
		}
		switch {
		case named(diallingWords, diallingParts, words):
			found = append(found, CountryColumn{Column: i, Dialling: true})
		case named(countryWords, countryParts, words), strings.HasSuffix(joined, "land"):
			found = append(found, CountryColumn{Column: i, Aside: named(nil, asideParts, nil)})
		}
	}
	return found
}

// SharedWords counts the words that two columns' names have in common: billing_phone and billing_country share one.
func SharedWords(a, b string) int {
	words, n := nameWords(a), 0
	for _, word := range nameWords(b) {
		if slices.Contains(words, word) {
			n++
		}
	}
	return n
}

// nameWords are the words of a name, folded, which punctuation, spaces or capitals part: CountryCode has two.
func nameWords(name string) []string { return strings.Fields(wordsOf(splitHumps(ColumnName(name)))) }
