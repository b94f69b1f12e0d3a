package number

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// CountryForm is how a text writes a country.
type CountryForm string

// The forms. A code of letters may be a title or a language as well ("MS", "de"), digits alone a quantity.
const (
	CountryCode   CountryForm = "code"   // ISO 3166, two letters or three
	CountryName   CountryForm = "name"   // in English, French, Spanish, German, Italian, Portuguese, Dutch, or its own language
	CallingCode   CountryForm = "digits" // 41
	CallingSigned CountryForm = "signed" // +41, 0041, Suisse (+41)
)

// longestCountry bounds the work for one text; no country's name is as long.
const longestCountry = 80

// Country reads a text that names a country in any form, and returns it as ISO 3166 alpha-2; "" for any other text. A
// calling code that countries share is that of the largest, whose national numbers are read like the others': 1 is US.
func Country(text string) (country string, form CountryForm) {
	if len(text) > longestCountry {
		return "", ""
	}
	text, flagged := withoutFlag(text)
	text = strings.TrimSuffix(tidy(text), ".0")
	digits, words := onlyOf(text, isASCIIDigit), foldCountry(strings.Map(dropDigits, text))
	switch {
	case text == "":
		return flagged, CountryName
	case digits == "":
		country, form = countryOfWords(text, words)
	case words == "":
		country, form = countryOfDigits(text, digits)
	default:
		country, form = countryOfBoth(text, words, digits)
	}
	if flagged != "" && country != flagged {
		return "", ""
	}
	return country, form
}

// countryOfWords reads a text without digits. Codes stand in one case: "Mr" is no Mauritania.
func countryOfWords(text, words string) (string, CountryForm) {
	if region, known := countryNames()[words]; known {
		return region, CountryName
	}
	code := strings.ToUpper(text)
	if code != text && strings.ToLower(text) != text {
		return "", ""
	}
	switch len(code) {
	case 2:
		if ValidCountry(code) {
			return code, CountryCode
		}
	case 3:
		if region, err := language.ParseRegion(code); err == nil && ValidCountry(region.String()) {
			return region.String(), CountryCode
		}
	}
	return "", ""
}

func countryOfDigits(text, digits string) (string, CountryForm) {
	form := CallingCode
	code, doubleZero := strings.CutPrefix(digits, "00")
	if doubleZero || strings.Contains(text, "+") {
		form = CallingSigned
	}
	if region := regionOfCallingCode(code); region != "" {
		return region, form
	}
	return "", ""
}

// countryOfBoth reads a name or code with its calling code beside it, where they speak of the same country.
func countryOfBoth(text, words, digits string) (string, CountryForm) {
	named, _ := countryOfWords(strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }), words)
	called, _ := countryOfDigits(text, digits)
	if named == "" || called == "" || DiallingCode(named) != DiallingCode(called) {
		return "", ""
	}
	return named, CallingSigned
}

// regionOfCallingCode returns the country of a calling code without zeros in front. One of North America may have its
// area with it: 1876 is JM.
func regionOfCallingCode(code string) string {
	if area, ok := strings.CutPrefix(code, "1"); ok && len(area) == 3 {
		return regionOfArea(area)
	}
	n, err := strconv.Atoi(code)
	if err != nil || len(code) > 3 || code[0] == '0' {
		return ""
	}
	if region := phonenumbers.GetRegionCodeForCountryCode(n); ValidCountry(region) {
		return region
	}
	return ""
}

func regionOfArea(area string) string {
	if found := read("1"+area+"2345678", ""); found.valid {
		return found.region()
	}
	for _, region := range phonenumbers.GetRegionCodesForCountryCode(1) {
		example := phonenumbers.GetExampleNumber(region)
		if example != nil && strings.HasPrefix(phonenumbers.GetNationalSignificantNumber(example), area) {
			return region
		}
	}
	return ""
}

// NearestCountry is the name of a country, as one of the languages has it, that may be meant by a text that names none: one slip
// away, where that is one country's only; "" otherwise.
func NearestCountry(text string) (name string) {
	wanted := foldCountry(text)
	if len(text) > longestCountry || len(wanted) < shortestNear {
		return ""
	}
	region := ""
	for folded, of := range countryNames() {
		if !oneSlip(wanted, folded) {
			continue
		}
		if region != "" && region != of {
			return ""
		}
		if region = of; len(folded) > len(name) || len(folded) == len(name) && folded < name { // more letters are right
			name = folded
		}
	}
	return spellings()[name]
}

// shortestNear is how many letters a text has at least that is likened to a country's name.
const shortestNear = 4

// oneSlip reports whether one letter is another, missing or too much, or two neighbours have changed places.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	if len(b) == len(a)+1 {
		return a[at:] == b[at+1:]
	}
	if len(a) != len(b) || at == len(a) {
		return false
	}
	return a[at+1:] == b[at+1:] || at+1 < len(a) && a[at] == b[at+1] && a[at+1] == b[at] && a[at+2:] == b[at+2:]
}

// withoutFlag takes a flag, which is two letters of a kind of its own, out of a text.
func withoutFlag(text string) (rest, country string) {
	const first, last = '\U0001F1E6', '\U0001F1FF'
	letters := onlyOf(text, func(r rune) bool { return first <= r && r <= last })
	if letters == "" {
		return text, ""
	}
	code := strings.Map(func(r rune) rune { return r - first + 'A' }, letters)
	if !ValidCountry(code) {
		return text, ""
	}
	return onlyOf(text, func(r rune) bool { return r < first || r > last }), code
}

func onlyOf(text string, keep func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if keep(r) {
			return r
		}
		return -1
	}, text)
}

func isASCIIDigit(r rune) bool { return '0' <= r && r <= '9' }

func dropDigits(r rune) rune {
	if isASCIIDigit(r) {
		return -1
	}
	return r
}

// foldCountry writes a name without case, accents, and all that is no letter.
func foldCountry(name string) string {
	return onlyOf(norm.NFKD.String(strings.ToLower(name)), unicode.IsLetter)
}

// countryNames are the names of all countries, folded, and spellings how they are written.
var (
	countryNames = sync.OnceValue(func() map[string]string { return readCountryNames().regions })
	spellings    = sync.OnceValue(func() map[string]string { return readCountryNames().spellings })
)

type namesOfCountries struct{ regions, spellings map[string]string } // both by the folded name

var readCountryNames = sync.OnceValue(func() namesOfCountries {
	names, spelt := map[string]string{}, map[string]string{}
	add := func(name, region string) {
		if folded := foldCountry(name); names[folded] == "" && len(folded) > 3 {
			names[folded], spelt[folded] = region, name
		}
	}
	regions := slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions()))
	for _, tongue := range []string{"en", "fr", "es", "de", "it", "pt", "nl", ""} {
		for _, region := range regions {
			parsed, err := language.ParseRegion(region)
			if err != nil {
				continue
			}
			own, _ := language.Make("und-" + region).Base()
			if namer := display.Regions(language.Make(cmp.Or(tongue, own.String()))); namer != nil {
				add(namer.Name(parsed), region)
			}
		}
	}
	for region, others := range otherCountryNames {
		for _, name := range others {
			names[foldCountry(name)], spelt[foldCountry(name)] = region, name
		}
	}
	return namesOfCountries{names, spelt}
})

// otherCountryNames are names in use that Unicode's lists (CLDR) do not have, and official ones.
var otherCountryNames = map[string][]string{
	"AE": {"UAE", "U.A.E.", "Emirates", "Émirats", "EAU"},
	"BA": {"Bosnia", "Bosnie"},
	"BO": {"Plurinational State of Bolivia"},
	"CD": {"RDC", "R.D.C.", "DRC", "D.R.C.", "Congo-Kinshasa", "RD Congo", "DR Congo", "République démocratique du Congo",
		"Democratic Republic of the Congo", "Zaïre"},
	"CF": {"RCA", "Centrafrique"},
	"CG": {"Congo", "Congo-Brazzaville", "République du Congo", "Republic of the Congo"},
	"CI": {"Ivory Coast", "Cote d Ivoire"},
	"CV": {"Cape Verde", "Cap Vert", "Cabo Verde"},
	"CZ": {"Czech Republic", "République tchèque", "Tchéquie", "Tschechische Republik", "Repubblica Ceca"},
	"GB": {"UK", "U.K.", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland", "Grande-Bretagne",
		"Angleterre", "Écosse", "Grossbritannien", "Inghilterra", "Inglaterra", "Gran Bretaña",
		"United Kingdom of Great Britain and Northern Ireland"},
	"GF": {"Guyane", "French Guyana"},
	"GR": {"EL", "Hellas"},
	"HK": {"Hong Kong", "Hongkong"},
	"IR": {"Islamic Republic of Iran"},
	"KP": {"North Korea", "Corée du Nord"},
	"KR": {"South Korea", "Corée du Sud", "Korea", "Corée", "Republic of Korea"},
	"LA": {"Laos"},
	"MD": {"Moldova", "Republic of Moldova"},
	"MK": {"Macedonia", "Macédoine", "FYROM"},
	"MM": {"Burma", "Birmanie"},
	"MO": {"Macau", "Macao"},
	"NL": {"Holland", "Hollande", "The Netherlands"},
	"PF": {"Tahiti"},
	"PS": {"Palestine", "State of Palestine"},
	"RE": {"La Réunion", "Île de la Réunion", "Ile Réunion"},
	"RU": {"Russia", "Russie", "Russian Federation", "Fédération de Russie"},
	"SY": {"Syria", "Syrie", "Syrian Arab Republic"},
	"SZ": {"Swaziland"},
	"TR": {"Turkey", "Turquie", "Türkei"},
	"TW": {"Taiwan, Province of China"},
	"TZ": {"United Republic of Tanzania"},
	"US": {"USA", "U.S.A.", "U.S.", "États-Unis d'Amérique", "United States of America", "America", "Amérique", "EE.UU.", "EEUU"},
	"VA": {"Vatican", "Holy See", "Saint-Siège"},
	"VE": {"Bolivarian Republic of Venezuela"},
	"VN": {"Viet Nam", "Vietnam", "Viêt Nam"},
}
