package message

import (
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
)

// The rules for values as patterns and lists tell them, without what spares looking.
func embarrassingReference(value string) string {
	cleaned := strings.Join(strings.Fields(value), " ")
	unmangled, mangled := text.Unmangled(value)
	switch {
	case strings.ContainsFunc(value, text.Undecodable):
		return string(ValueUndecodable)
	case sheetErrors[strings.ToUpper(cleaned)]:
		return string(ValueSheetError)
	case text.IsScientific(cleaned):
		return string(ValueScientific)
	case mangled && !text.Mangled(unmangled), text.Mangled(value):
		return string(ValueMojibake)
	case isFillerReference(cleaned):
		return string(ValueFiller)
	case formula().MatchString(cleaned):
		return string(ValueFormula)
	case mergeMark().MatchString(value) || wholeMark().MatchString(cleaned):
		return string(ValuePlaceholder)
	case entity().MatchString(value) && html.UnescapeString(value) != value:
		return string(ValueEntities)
	case lostLetter(cleaned):
		return string(ValueQuestion)
	}
	return ""
}

func isFillerReference(cleaned string) bool {
	word := strings.ToLower(cleaned)
	bare := strings.Trim(word, "()[]<>{}*_-–— ")
	if fillers[word] || fillers[bare] || exactFillers[cleaned] || sheetTrouble().MatchString(word) || bare != word && bracketed[bare] {
		return true
	}
	return !strings.ContainsFunc(cleaned, func(r rune) bool { return !unicode.IsPunct(r) && !unicode.IsSpace(r) && r != '~' && r != '=' })
}

func seemsEmptyReference(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool {
		return !unicode.IsSpace(r) && !text.IsInvisible(r) && !unicode.Is(unicode.Variation_Selector, r) && !strings.ContainsRune(unseen, r)
	})
}

func brokenWhitespaceReference(value string) bool {
	return strings.ContainsAny(value, "\n\r\t\v\f\u2028\u2029") || strings.Contains(value, "     ")
}

// parts are what random values are made of: of what the rules look at.
var parts = strings.Split("a|P|Zoé|é|É|1|0|12|3.36E+10| |  |     |\u00a0|\u2028|\t|\n|\u200b|\u2800|#|#N/A|#n/d|#REF!|##|err:502|Err:|0000-00-00|"+
	"1899-12-30|31/12/1899|01/01/1900| 00:00|null|NULL|(vide)|na|[|]|{|}|{{|}}|«|»|« |<|>|<<|>>|%|%%|@@|@|$|$x$|*|PIPE|?|??|&|&amp;|&eacute;|"+
	"&#233;|;|=|=A|=\"|+|-|–|—|_|.|,|~|http://|www.|Ã©|â€|Ž|\ufffd|\x00|\x81|Zoй|FALSO|test|'|’", "|")

func TestValuesAreJudgedAsByPatterns(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 2))
	found := map[string]int{}
	for range 300_000 {
		var value string
		for range random.IntN(5) {
			value += strings.ReplaceAll(parts[random.IntN(len(parts))], "PIPE", "|")
		}
		p, _ := Embarrassing("", value)
		if want := embarrassingReference(value); string(p.Code) != want {
			t.Fatalf("%q: %q, want %q", value, p.Code, want)
		}
		if got, want := OneLine(value), strings.Join(strings.Fields(value), " "); got != want {
			t.Fatalf("%q on one line is %q, want %q", value, got, want)
		}
		if got, want := SeemsEmpty(value), seemsEmptyReference(value); got != want {
			t.Fatalf("%q is empty: %v, want %v", value, got, want)
		}
		if got, want := brokenWhitespace(value), brokenWhitespaceReference(value); got != want {
			t.Fatalf("%q has broken white space: %v, want %v", value, got, want)
		}
		found[string(p.Code)]++
	}
	if len(found) != 10 {
		t.Errorf("only %v were found", found)
	}
}

// A rendered text is as long as it was told to be.
func TestLengthsAreThoseOfRenderedTexts(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 3))
	texts := []string{"{{a}}", "{{ b }}", "{{c}}", "é", "x", "{", "}", "{{", "}}", "\n", "{{}}"}
	for range 20_000 {
		var body, header string
		for range random.IntN(6) {
			body += texts[random.IntN(len(texts))]
			header += texts[random.IntN(len(texts))]
		}
		values := []string{parts[random.IntN(len(parts))], parts[random.IntN(len(parts))]}
		named := map[string]string{"a": values[0], "b": values[1]}
		template := TemplateMessage(kanal.Template{Body: body, Header: kanal.Header{Text: header},
			Variables: []kanal.Variable{{Name: "a"}, {Name: "b", Media: random.IntN(2) == 0}}})
		if got, want := template.Length(values), len(template.Preview(values)); got != want {
			t.Fatalf("%q with %q: %d, want %d", body, values, got, want)
		}
		content := template.content.(templateContent)
		if got, want := content.header.characters(values), len([]rune(kanal.Render(header, named))); got != want {
			t.Fatalf("%q with %q: %d characters, want %d", header, values, got, want)
		}
		for _, form := range []FreeForm{{Type: "text", Text: body}, {Type: "image", Link: body, Caption: header}, {Type: "audio", Link: body}} {
			m, problems := FreeFormMessage(form)
			if len(problems) > 0 {
				continue
			}
			values := slices.Repeat(values, 2)[:len(m.Fields())]
			if got, want := m.Length(values), len(m.Preview(values)); got != want {
				t.Fatalf("%+v with %q: %d, want %d", form, values, got, want)
			}
		}
	}
}
