package message

import (
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
)

// Codes of problems with a row's values. The rules are WhatsApp's for template parameters, and experience with what
// spreadsheets leave in cells.
const (
	ValueEmpty       problem.Code = "value-empty"
	ValueWhitespace  problem.Code = "value-whitespace"  // a newline, a tab, or more than 4 spaces in a row
	ValueUndecodable problem.Code = "value-undecodable" // U+FFFD or control characters
	ValueSheetError  problem.Code = "value-sheet-error" // #N/A and its like
	ValueScientific  problem.Code = "value-scientific"
	ValueURL         problem.Code = "value-url"
	ValueMediaLink   problem.Code = "value-media-link"
	HeaderTooLong    problem.Code = "header-too-long"
	BodyTooLong      problem.Code = "body-too-long"
	ValueMojibake    problem.Code = "value-mojibake"    // warning
	ValueQuestion    problem.Code = "value-question"    // warning: Fran?ois, a letter that was lost
	ValueEntities    problem.Code = "value-entities"    // warning: Zo&eacute;
	ValueFiller      problem.Code = "value-filler"      // warning: NULL, nan, (vide), Err:502, #####
	ValuePlaceholder problem.Code = "value-placeholder" // warning: {{…}}, *|FNAME|* or another tool's mark left in a value
	ValueShown       problem.Code = "value-shown"       // warning: 0.15, which the workbook shows as 15%; Names: what it shows, and its format for the function TEXT
	ValueDateNames   problem.Code = "value-date-names"  // warning: 20 November, which the workbook may show in another language
	ValueFormula     problem.Code = "value-formula"     // warning: =A2&B2, which was typed into a cell of text
)

// What WhatsApp takes at the most, in characters.
const (
	headerLimit = 60
	bodyLimit   = 1024
	urlLimit    = 2000
	spaceLimit  = 4 // consecutive spaces in a parameter
)

// judgeValue finds what no value of any message should be: empty, or what would embarrass before a customer.
func judgeValue(variable, value string) (problem.Problem, bool) {
	if SeemsEmpty(value) {
		return problem.Problem{Code: ValueEmpty, Severity: problem.Error, Variable: variable, Value: problem.Cut(value)}, true
	}
	return Embarrassing(variable, value)
}

// Embarrassing finds what people would wince at in a text that is not empty: a spreadsheet's errors, what wrong encodings and
// other tools leave behind, and words that stand for nothing. The fix, where there is one, is a proposal.
func Embarrassing(variable, value string) (problem.Problem, bool) {
	report := func(code problem.Code, severity problem.Severity, fix string) (problem.Problem, bool) {
		return problem.Problem{Code: code, Severity: severity, Variable: variable, Value: problem.Cut(value), Fix: wholeFix(fix)}, true
	}
	cleaned := OneLine(value)
	switch unmangled, mangled := text.Unmangled(value); {
	case strings.ContainsFunc(value, text.Undecodable):
		if strings.ContainsFunc(unmangled, text.Undecodable) {
			unmangled = ""
		}
		return report(ValueUndecodable, problem.Error, unmangled)
	case strings.HasPrefix(cleaned, "#") && sheetErrors[strings.ToUpper(cleaned)]:
		return report(ValueSheetError, problem.Error, "")
	case text.IsScientific(cleaned):
		return report(ValueScientific, problem.Error, "")
	case mangled && !text.Mangled(unmangled):
		return report(ValueMojibake, problem.Warning, unmangled)
	case text.Mangled(value):
		return report(ValueMojibake, problem.Warning, "")
	case isFiller(cleaned):
		return report(ValueFiller, problem.Warning, "")
	case !mayBeMarked(value):
	case formula().MatchString(cleaned):
		return report(ValueFormula, problem.Warning, "")
	case mergeMark().MatchString(value) || wholeMark().MatchString(cleaned):
		return report(ValuePlaceholder, problem.Warning, "")
	case entity().MatchString(value) && html.UnescapeString(value) != value:
		return report(ValueEntities, problem.Warning, html.UnescapeString(value))
	case lostLetter(cleaned):
		return report(ValueQuestion, problem.Warning, "")
	}
	return problem.Problem{}, false
}

// wholeFix is a fix that is to be copied: one that is too long for any message is none, and none is cut.
func wholeFix(fix string) string {
	if utf8.RuneCountInString(fix) > bodyLimit {
		return ""
	}
	return fix
}

// SeemsEmpty reports whether there is nothing to see in a value.
func SeemsEmpty(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool {
		return ' ' < r && r < 0x7f || !unicode.IsSpace(r) && !text.IsInvisible(r) && !unicode.Is(unicode.Variation_Selector, r) && !strings.ContainsRune(unseen, r)
	})
}

// unseen are characters with a width of their own that show nothing (an empty Braille pattern), and those that only join others.
const unseen = "\u2800\u200c\u200d\u034f"

// OneLine is a value with every run of white space made one space.
func OneLine(value string) string {
	before := ' '
	for _, r := range value {
		if unicode.IsSpace(r) && (r != ' ' || before == ' ') {
			return strings.Join(strings.Fields(value), " ")
		}
		before = r
	}
	return strings.TrimSuffix(value, " ")
}

// brokenWhitespace finds what WhatsApp refuses in a template's parameter.
func brokenWhitespace(value string) bool {
	spaces := 0
	for _, r := range value {
		switch r {
		case '\n', '\r', '\t', '\v', '\f', '\u2028', '\u2029':
			return true
		case ' ':
			if spaces++; spaces > spaceLimit {
				return true
			}
		default:
			spaces = 0
		}
	}
	return false
}

// makesURL reports whether the value can stand in the URL of its button: as the end of the URL, or, where the template
// tells none, as a URL of its own or the end of one.
func (t templateContent) makesURL(variable, value string) bool {
	if strings.ContainsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return false
	}
	whole := "https://example.com/" + value
	for _, button := range t.Buttons {
		if button.Variable != variable || button.URL == "" {
			continue
		}
		if places := kanal.Placeholders(button.URL); len(places) == 1 {
			whole = kanal.Render(button.URL, map[string]string{places[0]: value})
		} else {
			whole = button.URL + value
		}
	}
	if absolute, err := url.Parse(value); err == nil && absolute.IsAbs() && absolute.Host != "" {
		whole = value
	}
	parsed, err := url.Parse(whole)
	return err == nil && parsed.IsAbs() && parsed.Host != "" && utf8.RuneCountInString(whole) <= urlLimit
}

func isHTTPS(link string) bool {
	parsed, err := url.Parse(link)
	return err == nil && parsed.Scheme == "https" && parsed.Host != "" && !strings.ContainsFunc(link, unicode.IsSpace)
}

// mayBeMarked reports whether a value has one of the characters without which it is no formula, and has no mark, entity or
// question mark.
func mayBeMarked(value string) bool {
	for i := range len(value) {
		switch value[i] {
		case '=', '{', '}', '|', '[', ']', '<', '>', '%', '@', '$', '&', '?', leftGuillemet:
			return true
		}
	}
	return false
}

// leftGuillemet is the last byte of «, which other characters have, too.
const leftGuillemet = 0xAB

var formula = text.Pattern(`^=[\p{L}\d("'+$-]`)

// mergeMark matches what other tools put a person's data in the place of: {{prenom}}, *|FNAME|*, %FIRSTNAME%, [[prenom]], <<Prénom>>,
// ${prenom}, #{prenom}, <%= prenom %>, %%prenom%%, [%prenom%], {%prenom%}, @@prenom@@.
var mergeMark = text.Pattern(`\{\{|\}\}|\*\|[^|]*\|\*|\[\[[^\]]*\]\]|<<[\p{L}_][\p{L}\d_]*>>|[$#]\{[^{}]*\}|<%|%>|` +
	`%%[\p{L}_][\p{L}\d_. ]*%%|%[A-Z][A-Z0-9_]{2,}%|\[%|%\]|\{%|%\}|@@[\p{L}_]+@@`)

// wholeMark matches a mark that is all of the value, since some write these in texts: «Prénom», {prenom}, [prenom], <prenom>.
var wholeMark = text.Pattern(`^(?:«\s?[\p{L}_][\p{L}\d_]*\s?»|\{[\p{L}_][\p{L}\d_ .]*\}|\[[\p{L}_][\p{L}\d_ .]*\]|` +
	`<[\p{L}_][\p{L}\d_ .]*>|%[\p{L}_]+%|\$[\p{L}_]+\$?)$`)

// entity matches a character as web pages write it.
var entity = text.Pattern(`&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});`)

var (
	insideWord = text.Pattern(`\p{L}\?+\p{L}`)
	// oneWord is a word with a question mark at its end or beginning. Of several words it may be a question.
	oneWord = text.Pattern(`^(?:\p{L}[\p{L}'’-]*\?+|\?+[\p{L}'’-]*\p{L})$`)
	// linkLike is what question marks are ordinary in.
	linkLike = text.Pattern(`://|[/=&#]|\?\p{L}+=|^www\.|\.\p{L}{2,}\?`)
)

// lostLetter finds a question mark in the place of a letter that an encoding did not have.
func lostLetter(value string) bool {
	return strings.Contains(value, "?") && !linkLike().MatchString(value) && (insideWord().MatchString(value) || oneWord().MatchString(value))
}

// isFiller reports whether a value stands for nothing: a word for that, or nothing but punctuation.
func isFiller(cleaned string) bool {
	word := strings.ToLower(cleaned)
	bare := strings.TrimFunc(word, around)
	if fillers[word] || fillers[bare] || exactFillers[cleaned] || isSheetTrouble(word) || bare != word && bracketed[bare] {
		return true
	}
	return !strings.ContainsFunc(cleaned, func(r rune) bool { return !unicode.IsPunct(r) && !unicode.IsSpace(r) && r != '~' && r != '=' })
}

// around reports whether a character may stand around a word for nothing.
func around(r rune) bool {
	switch r {
	case '(', ')', '[', ']', '<', '>', '{', '}', '*', '_', '-', '–', '—', ' ':
		return true
	}
	return false
}

func isSheetTrouble(word string) bool {
	return word != "" && strings.IndexByte("e#013", word[0]) >= 0 && sheetTrouble().MatchString(word)
}

// sheetTrouble matches LibreOffice's errors, a cell that is too narrow, and what spreadsheets and databases make of no date.
var sheetTrouble = text.Pattern(`^(?:err:\d{3}|#{2,}|0{1,2}[/.-]0{1,2}[/.-]0{4}|0{4}-00?-00?|1899-12-3[01]|3[01][/.]12[/.]1899|12/3[01]/1899|` +
	`1900-01-0[01]|0?[01][/.]0?1[/.]1900|0?1/0?[01]/1900)(?: 0{1,2}:00(?::00)?)?$`)

// fillers are words that stand for nothing, as programs and people write them in the languages of the files; exactFillers are
// such in this spelling alone, and bracketed between marks alone: they are names and places, too.
var (
	fillers = setOf("null", "nil", "none", "nan", "undefined", "n/a", "n.a", "n.a.", "n/d", "n.d", "n.d.", "n/c", "n.c", "n.c.", `\n`,
		"object object", "true", "false", "vrai", "faux", "verdadero", "wahr", "falsch", "onwaar", "verdadeiro",
		"blank", "empty", "vide", "vacío", "en blanco", "non renseigné", "non renseigne", "non précisé", "non communiqué", "non disponible",
		"non défini", "indéfini", "not available", "not provided", "not set", "no data", "no value", "no name", "noname", "sans nom",
		"sin nombre", "ohne namen", "inconnu", "inconnue", "unknown", "unbekannt", "desconocido", "desconhecido",
		"sconosciuto", "onbekend", "anonyme", "anonymous", "aucun", "aucune", "néant", "neant", "sans objet", "keine angabe", "ninguno",
		"à compléter", "a completer", "à définir", "tbd", "todo", "xxx", "xxxx", "xxxxx", "test", "tests", "testing", "prueba", "asdf",
		"qwerty", "azerty", "lorem ipsum", "missing", "manquant", "deleted", "supprimé")
	exactFillers = setOf("NaT", "VERO", "FALSO", "WAAR", "FALSE()", "TRUE()")
	bracketed    = setOf("na", "nd", "leer", "vacio", "vuoto", "vazio", "leeg", "aucune valeur", "sans", "ningun")
)

// sheetErrors are the error values of spreadsheets in the languages they speak, in upper case.
var sheetErrors = setOf(
	"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA",
	"#ERROR!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#BUSY!", "#PYTHON!",
	"#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!", "#EPARS!", "#PROPAGATION!", "#CHAMP!", "#ERREUR!", "#DÉBORDEMENT!",
	"#NV", "#WERT!", "#BEZUG!", "#ZAHL!", "#ÜBERLAUF!", "#KALK!", "#FELD!",
	"#¡VALOR!", "#¿NOMBRE?", "#¡REF!", "#¡DIV/0!", "#¡NUM!", "#¡NULO!", "#N/D", "#¡DESBORDAMIENTO!", "#¡CALC!",
	"#VALORE!", "#RIF!", "#NOME?", "#NULLO!", "#ESPANSIONE!",
	"#VALOR!", "#NÚM!", "#NULO!", "#DESPEJAR!", "#EXCEDENTE!",
	"#WAARDE!", "#VERW!", "#NAAM?", "#DEEL/0!", "#GETAL!", "#LEEG!", "#N/B", "#OVERLOOP!",
	"#ARG!", "#ADR!", "#NAZWA?", "#DZIEL/0!", "#LICZBA!", "#ZERO!",
	"#VÄRDEFEL!", "#REFERENS!", "#NAMN?", "#DIVISION/0!", "#OGILTIGT!", "#SKÄRNING!", "#SAKNAS!",
	"#VÆRDI!", "#REFERENCE!", "#NAVN?", "#DIVISION/0!", "#I/T", "#NUMMER!",
	"#VERDI!", "#ARVO!", "#VIITTAUS!", "#NIMI?", "#JAKO/0!", "#LUKU!", "#PUUTTUU!", "#TYHJÄ!",
	"#ÉRTÉK!", "#HIV!", "#NÉV?", "#ZÉRÓOSZTÓ!", "#SZÁM!", "#HIÁNYZIK", "#NULLA!",
	"#HODNOTA!", "#ODKAZ!", "#NÁZEV?", "#NÁZOV?", "#DĚLENÍ_NULOU!", "#DELENIENULOU!", "#ČÍSLO!", "#NENÍ_K_DISPOZICI",
	"#DEĞER!", "#BAŞV!", "#AD?", "#SAYI/0!", "#SAYI!", "#YOK", "#BOŞ!",
	"#ЗНАЧ!", "#ССЫЛКА!", "#ИМЯ?", "#ДЕЛ/0!", "#ЧИСЛО!", "#Н/Д", "#ПУСТО!",
)

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, word := range words {
		set[word] = true
	}
	return set
}
