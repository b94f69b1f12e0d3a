package message

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"kanal-campaign/campaign/problem"
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
	ValueFiller      problem.Code = "value-filler"      // warning: NULL, nan, undefined
	ValuePlaceholder problem.Code = "value-placeholder" // warning: {{…}} left in a value
	ValueShown       problem.Code = "value-shown"       // warning: 0.15, which the workbook shows as 15%; Names: what it shows
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
	report := func(code problem.Code, severity problem.Severity) (problem.Problem, bool) {
		return problem.Problem{Code: code, Severity: severity, Variable: variable, Value: problem.Cut(value)}, true
	}
	cleaned := OneLine(value)
	switch {
	case cleaned == "":
		return report(ValueEmpty, problem.Error)
	case strings.ContainsFunc(value, Undecodable):
		return report(ValueUndecodable, problem.Error)
	case sheetErrors[strings.ToUpper(cleaned)]:
		return report(ValueSheetError, problem.Error)
	case scientific.MatchString(cleaned):
		return report(ValueScientific, problem.Error)
	case Mojibake.MatchString(value):
		return report(ValueMojibake, problem.Warning)
	case fillers[strings.ToLower(cleaned)]:
		return report(ValueFiller, problem.Warning)
	case formula.MatchString(cleaned):
		return report(ValueFormula, problem.Warning)
	case strings.Contains(value, "{{") || strings.Contains(value, "}}"):
		return report(ValuePlaceholder, problem.Warning)
	}
	return problem.Problem{}, false
}

// oneLine is a value with every run of white space made one space.
func OneLine(value string) string { return strings.Join(strings.Fields(value), " ") }

// brokenWhitespace finds what WhatsApp refuses in a template's parameter.
func brokenWhitespace(value string) bool {
	return strings.ContainsAny(value, "\n\r\t\v\f") || strings.Contains(value, strings.Repeat(" ", spaceLimit+1))
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

// undecodable finds what a wrong encoding leaves behind: the replacement character, and the control characters that no
// keyboard types.
func Undecodable(r rune) bool {
	return r == unicode.ReplacementChar || unicode.IsControl(r) && !strings.ContainsRune("\n\r\t\v\f", r)
}

var scientific = regexp.MustCompile(`^[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+$`)

var formula = regexp.MustCompile(`^=[\p{L}\d("'+$-]`)

// mojibake matches UTF-8 read as Windows-1252 (LÃ©a, â€™), and Mac text read as Windows-1252 (LŽa).
var Mojibake = regexp.MustCompile(`Ã[\x{80}-\x{BF}ƒˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€„…†‡]|â€|Â[\x{A0}-\x{BF}]|` +
	`Å[“’\x{B8}]|\p{L}Ž\p{Ll}|\p{Ll}[ˆ‰]\p{Ll}`)

var fillers = setOf("null", "(null)", "nil", "none", "nan", "undefined", "n/a", "[object object]",
	"true", "false")

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
