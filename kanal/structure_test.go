package kanal

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var structures = []struct {
	name, structure string
	variables       string    // as "place:name", space separated; * marks media
	doubt           DoubtCode // the first doubt; empty: certain
	body            string
	format          string
}{
	{"names as objects", `{"header":null,"body":{"text":"Bonjour {{prenom}}, code {{ code }}",` +
		`"variables":[{"name":"prenom"},{"name":"code"}]},"buttons":null}`,
		"body:prenom body:code", "", "Bonjour {{prenom}}, code {{ code }}", ""},
	{"bare names", `{"body":{"text":"{{a}} {{b}}","variables":["b","a"]}}`, "body:a body:b", "", "{{a}} {{b}}", ""},
	{"placeholders only", `{"body":{"text":"{{b}} {{a}} {{b}}"}}`, "body:b body:a", "", "{{b}} {{a}} {{b}}", ""},
	{"body is a text", `{"body":"Hi {{x}}"}`, "body:x", "", "Hi {{x}}", ""},
	{"body is an array", `{"body":[{"type":"text","text":"Hi {{x}}","variables":["x"]}],"header":[],"buttons":[]}`, "body:x", "",
		"Hi {{x}}", ""},
	{"list without text", `{"body":{"variables":["x","y"]}}`, "body:x body:y", "", "", ""},
	{"no variables", `{"body":{"text":"Hi","variables":[]},"footer":{"text":"STOP"}}`, "", "", "Hi", ""},
	{"all null", `{"header":null,"body":null,"buttons":null}`, "", "", "", ""},
	{"numbered and named", `{"body":{"text":"{{1}} and {{2}}","variables":[{"name":"a"},{"name":"b"}]}}`, "body:a body:b", "",
		"{{a}} and {{b}}", ""},
	{"numbered only", `{"body":{"text":"{{1}} and {{2}}"}}`, "body:1 body:2", DoubtNumbered, "{{1}} and {{2}}", ""},
	{"disagreement", `{"body":{"text":"{{a}}","variables":["b"]}}`, "body:b", DoubtOthersShown, "{{a}}", ""},
	{"declared, not shown", `{"body":{"text":"Hi","variables":["b"]}}`, "body:b", DoubtNoneShown, "Hi", ""},
	{"shown, none declared", `{"body":{"text":"{{a}}","variables":[]}}`, "body:a", DoubtNoneDeclared, "{{a}}", ""},
	{"nameless", `{"body":{"text":"Hi","variables":[{"type":"text"}]}}`, "", DoubtVariableUnnamed, "Hi", ""},
	{"odd types", `{"body":5,"header":true}`, "", DoubtFieldUnknown, "", ""},
	{"text header", `{"header":{"type":"TEXT","text":"For {{name}}"},"body":{"text":"{{name}} {{x}}"}}`, "header:name body:x", "",
		"{{name}} {{x}}", "TEXT"},
	{"no header at all", `{"header":{"type":"none"},"body":"Hi"}`, "", "", "Hi", ""},
	{"image header", `{"header":{"format":"image","variables":[{"name":"photo"}]},"body":"Hi"}`, "header:photo*", "", "Hi", "IMAGE"},
	{"image by link", `{"header":{"type":"IMAGE","link":"{{photo}}"},"body":"Hi"}`, "header:photo*", "", "Hi", "IMAGE"},
	{"fixed image", `{"header":{"type":"IMAGE","link":"https://x/a.jpg"},"body":"Hi"}`, "", "", "Hi", "IMAGE"},
	{"undeclared video", `{"header":{"type":"VIDEO"},"body":"Hi"}`, "", DoubtLinkUndeclared, "Hi", "VIDEO"},
	{"location", `{"header":{"type":"LOCATION"},"body":"Hi"}`, "", DoubtHeaderLocation, "Hi", "LOCATION"},
	{"new format", `{"header":{"type":"HOLOGRAM"},"body":"Hi"}`, "", DoubtHeaderFormat, "Hi", "HOLOGRAM"},
	{"dynamic button", `{"body":"Hi","buttons":[{"type":"QUICK_REPLY","text":"Stop"},{"type":"URL","text":"Suivre",` +
		`"url":"https://x/{{1}}"},{"type":"URL","text":"Site","url":"https://x"}]}`,
		"button:Suivre", "", "Hi", ""},
	{"button with a name", `{"body":"Hi","buttons":{"type":"url","name":"track","text":"Suivre","url":"https://x/{{track}}"}}`,
		"button:track", "", "Hi", ""},
	{"button says so", `{"body":"Hi","buttons":{"0":{"type":"URL","text":"Go","dynamic":true}}}`, "button:Go", "", "Hi", ""},
	{"button of another name", `{"body":"Hi","buttons":[{"type":"URL","text":"Go","url":"https://x/{{id}}"}]}`, "button:Go",
		DoubtButtonShowsElse, "Hi", ""},
	{"button with a list", `{"body":"Hi","buttons":[{"type":"URL","text":"Go","url":"https://x/{{1}}","variables":["id"]}]}`,
		"button:id", DoubtButtonDeclaresElse, "Hi", ""},
	{"coupon", `{"body":"Hi","buttons":[{"type":"COPY_CODE","text":"Copy"}]}`, "", DoubtButtonKind, "Hi", ""},
	{"components", `[{"type":"HEADER","format":"TEXT","text":"T {{t}}"},{"type":"BODY","text":"B {{b}}",` +
		`"example":{"body_text":[["{{no}}"]]}},{"type":"FOOTER","text":"F"},{"type":"BUTTONS","buttons":[{"type":"URL",` +
		`"text":"Go","url":"https://x/{{1}}"}]}]`,
		"header:t body:b button:Go", "", "B {{b}}", "TEXT"},
	{"components inside", `{"language":"fr","components":[{"type":"BODY","text":"B {{b}}"}]}`, "body:b", "", "B {{b}}", ""},
	{"carousel", `[{"type":"BODY","text":"B"},{"type":"CAROUSEL","cards":[{"text":"{{c}}"}]}]`, "", DoubtPartUnknown, "B", ""},
	{"list beside", `{"body":"B {{b}}","variables":["b"]}`, "body:b", "", "B {{b}}", ""},
	{"other list beside", `{"body":"B {{b}}","variables":["c"]}`, "body:b", DoubtListedBeside, "B {{b}}", ""},
	{"twice encoded", `"{\"body\":\"B {{b}}\"}"`, "body:b", "", "B {{b}}", ""},
	{"empty", ``, "", DoubtStructureEmpty, "", ""},
	{"null", `null`, "", DoubtStructureEmpty, "", ""},
	{"no JSON", `{"body":`, "", DoubtStructureNotJSON, "", ""},
	{"a number", `7`, "", DoubtStructureOdd, "", ""},
	{"no part", `{"wording":"Hi"}`, "", DoubtNoParts, "", ""},
}

func TestParseStructure(t *testing.T) {
	for _, test := range structures {
		t.Run(test.name, func(t *testing.T) {
			got := ParseStructure(test.structure)
			if names := placed(got.Variables); names != test.variables {
				t.Errorf("variables %q, want %q", names, test.variables)
			}
			if got.Certain != (test.doubt == "") || got.Certain != (len(got.Doubts) == 0) {
				t.Errorf("certain %t, doubts %v", got.Certain, got.Doubts)
			}
			if test.doubt != "" && (len(got.Doubts) == 0 || got.Doubts[0].Code != test.doubt) {
				t.Errorf("doubts %v, want %q", got.Doubts, test.doubt)
			}
			if got.Body != test.body || got.Header.Format != test.format || got.Structure != test.structure {
				t.Errorf("body %q, format %q, structure %q", got.Body, got.Header.Format, got.Structure)
			}
		})
	}
}

// placed writes variables as the table above does.
func placed(variables []Variable) string {
	var words []string
	for _, v := range variables {
		word := string(v.In) + ":" + v.Name
		if v.Media {
			word += "*"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// A doubt tells the facts that its sentence is about.
func TestDoubtsTellFacts(t *testing.T) {
	deep := strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1)
	for structure, want := range map[string]TemplateDoubt{
		`{"body":{"text":"{{1}} {{2}}"}}`:                                                             {Code: DoubtNumbered, Part: "body", Shown: []string{"1", "2"}},
		`{"header":{"type":"TEXT","text":"{{a}}","variables":["b"]}}`:                                 {Code: DoubtOthersShown, Part: "header", Declared: []string{"b"}, Shown: []string{"a"}},
		`{"footer":{"text":"{{a}}"}}`:                                                                 {Code: DoubtFooterVariables},
		`{"body":"a","BODY":"b"}`:                                                                     {Code: DoubtBodyRepeated},
		`{"body":{"text":"a","extra":["{{x}}"]}}`:                                                     {Code: DoubtFieldUnknown, Part: "body", Name: "extra"},
		`{"body":"Hi","variables":[{}]}`:                                                              {Code: DoubtVariableUnnamed},
		`{"body":"Hi","extra":"{{x}}"}`:                                                               {Code: DoubtPartUnknown, Name: "extra"},
		`{"body":"Hi","buttons":[{"type":"COPY_CODE","text":"Copy"}]}`:                                {Code: DoubtButtonKind, Name: "Copy", Kind: "COPY_CODE"},
		`{"body":"Hi","buttons":[{"type":"URL","text":"Go","url":"{{a}}{{b}}"}]}`:                     {Code: DoubtButtonVariables, Name: "Go"},
		`{"body":"Hi","buttons":[{"type":"URL","dynamic":true}]}`:                                     {Code: DoubtButtonUnnamed},
		`{"body":"Hi","buttons":[{"type":"URL","text":"Go","variables":[{}]}]}`:                       {Code: DoubtButtonVariable, Name: "Go"},
		`{"header":{"type":"IMAGE","variables":["a","b"]},"body":"Hi"}`:                               {Code: DoubtLinkRepeated, Name: "IMAGE"},
		`[{"type":"HEADER","format":"TEXT","text":"a"},{"type":"HEADER","format":"TEXT","text":"b"}]`: {Code: DoubtHeaderRepeated},
		deep:                                     {Code: DoubtStructureTooDeep},
		strings.Repeat(" ", maxStructure) + "{}": {Code: DoubtStructureTooLong},
	} {
		if got := ParseStructure(structure).Doubts; len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("%.80s: %+v, want %+v", structure, got, want)
		}
	}
}

func TestWithVariables(t *testing.T) {
	for _, test := range []struct{ structure, names, want, body string }{
		{`{"body":"{{1}} {{2}}"}`, "prenom code", "body:prenom body:code", "{{prenom}} {{code}}"},
		{`{"header":{"type":"IMAGE"},"body":"{{a}}"}`, "photo a", "header:photo* body:a", "{{a}}"},
		{`{"header":{"type":"IMAGE"},"body":"Hi"}`, "p q", "body:p body:q", "Hi"},
		{`{"body":"Hi","buttons":[{"type":"URL","text":"Go","url":"https://x/{{id}}"}]}`, "Go Go x", "button:Go body:x", "Hi"},
		{`{"body":"{{a}}"}`, "", "", "{{a}}"},
	} {
		before := ParseStructure(test.structure)
		got := before.WithVariables(strings.Fields(test.names))
		if placed(got.Variables) != test.want || got.Body != test.body || !got.Certain || got.Doubts != nil {
			t.Errorf("%s with %s: %+v", test.structure, test.names, got)
		}
		if !reflect.DeepEqual(before, ParseStructure(test.structure)) {
			t.Errorf("%s: the template itself was changed", test.structure)
		}
	}
}

func TestRender(t *testing.T) {
	values := map[string]string{"a": "{{b}}", "b": "$1", "prénom": "Zoé", "empty": ""}
	for text, want := range map[string]string{
		"{{a}}{{ b }}":         "{{b}}$1",
		"Hi {{ prénom }}!":     "Hi Zoé!",
		"{{c}} {{}} {{ }} {a}": "{{c}} {{}} {{ }} {a}",
		"{{empty}}.":           ".",
		"{{{a}}}":              "{{{b}}}",
	} {
		if got := Render(text, values); got != want {
			t.Errorf("%q gave %q, want %q", text, got, want)
		}
	}
	if got := Placeholders("{{b}} {{ a }}{{b}} {{}} {{x y}}"); !slices.Equal(got, []string{"b", "a", "x y"}) {
		t.Errorf("placeholders %q", got)
	}
}

func TestTemplates(t *testing.T) {
	body := `[]`
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != "GET" || r.URL.Path != "/api/v1/get_templates" || r.Header.Get("Authorization") != "Bearer "+testKey {
			t.Errorf("%s %s %s", r.Method, r.URL, r.Header)
		}
		io.WriteString(w, body)
	})
	if list, err := client.Templates(t.Context()); err != nil || list == nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
	structure := `{"body":{"text":"{{a}}","variables":[{"name":"a"}]}}`
	quoted, _ := json.Marshal(structure)
	body = fmt.Sprintf(`[
		{"id":1234,"phone_number_id":56,"name":"one","wa_status":"APPROVED","structure":%s,"created_at":"2025-01-02T03:04:05Z","updated_at":"u"},
		{"id":"1235","phone_number_id":"56","name":null,"structure":%s},
		{"name":"no id","structure":null}]`, quoted, structure)
	list, err := client.Templates(t.Context())
	if err != nil || len(list) != 3 {
		t.Fatalf("%v, %v", list, err)
	}
	want := ParseStructure(structure)
	want.ID, want.PhoneNumberID, want.Name, want.Status = 1234, 56, "one", "APPROVED"
	want.CreatedAt, want.UpdatedAt = "2025-01-02T03:04:05Z", "u"
	if !reflect.DeepEqual(list[0], want) {
		t.Errorf("%+v, want %+v", list[0], want)
	}
	if list[1].ID != 1235 || list[1].PhoneNumberID != 56 || placed(list[1].Variables) != "body:a" || !list[1].Certain {
		t.Errorf("%+v", list[1])
	}
	if list[2].Certain || len(list[2].Doubts) != 2 {
		t.Errorf("%+v", list[2])
	}
	for _, body = range []string{"", "null", "{}", `[1]`, `[{"id":1}`, proxyPage} {
		if _, err := client.Templates(t.Context()); failureOf(t, err).Cause != CauseUnreadableAnswer {
			t.Errorf("%s: %v", body, err)
		}
	}
}
