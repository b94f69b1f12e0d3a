package campaign_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending/sendingtest"
)

func TestPlaceholders(t *testing.T) {
	for _, test := range []struct {
		text   string
		fields []string
		values []string
		want   string
	}{
		{"Bonjour", nil, nil, "Bonjour"},
		{"Bonjour {{prenom}} !", []string{"prenom"}, []string{"Zoé"}, "Bonjour Zoé !"},
		{"{{ prenom }}{{nom}}", []string{"prenom", "nom"}, []string{"Zoé", "Li"}, "ZoéLi"},
		{"{{a}} {{a}}", []string{"a"}, []string{"x"}, "x x"},
		{"{{a}}", []string{"a"}, []string{"{{b}}"}, "{{b}}"}, // a value is never read again
		{`\{{a}} {{b}}`, []string{"b"}, []string{"x"}, "{{a}} x"},
		{`{a} }} {{Nom du client}}`, []string{"Nom du client"}, []string{"x"}, "{a} }} x"},
		{"", nil, nil, ""},
	} {
		text := test.text
		if text == "" {
			continue
		}
		m, problems := message.FreeFormMessage(message.FreeForm{Type: "text", Text: text})
		if len(problems) > 0 {
			t.Errorf("%q: %+v", text, problems)
			continue
		}
		if got := m.FieldNames(); !slices.Equal(got, test.fields) && len(got)+len(test.fields) > 0 {
			t.Errorf("%q: fields %v, want %v", text, got, test.fields)
		}
		if got := m.Preview(test.values); got != test.want {
			t.Errorf("%q reads %q, want %q", text, got, test.want)
		}
	}
}

func TestWordingOfFreeFormMessages(t *testing.T) {
	for _, test := range []struct {
		form         message.FreeForm
		code         problem.Code
		line, column int
	}{
		{message.FreeForm{Type: "text", Text: "Salut"}, "", 0, 0},
		{message.FreeForm{Type: "image", Link: "https://example.com/a.jpg"}, "", 0, 0},
		{message.FreeForm{Type: "sticker"}, message.TypeUnknown, 0, 0},
		{message.FreeForm{Type: "text"}, message.TextMissing, 0, 0},
		{message.FreeForm{Type: "text", Text: "  \n"}, message.TextMissing, 0, 0},
		{message.FreeForm{Type: "video"}, message.LinkMissing, 0, 0},
		{message.FreeForm{Type: "text", Text: "x", Link: "https://x"}, message.PartNotForType, 0, 0},
		{message.FreeForm{Type: "text", Text: "x", Caption: "y"}, message.PartNotForType, 0, 0},
		{message.FreeForm{Type: "image", Text: "x", Link: "https://x"}, message.PartNotForType, 0, 0},
		{message.FreeForm{Type: "text", Text: "Bonjour\nchère {{prenom"}, message.PlaceholderUnclosed, 2, 7},
		{message.FreeForm{Type: "text", Text: "{{a {{b}}"}, message.PlaceholderUnclosed, 1, 1},
		{message.FreeForm{Type: "text", Text: "é {{ }}"}, message.PlaceholderEmpty, 1, 3},
	} {
		_, problems := message.FreeFormMessage(test.form)
		var got problem.Problem
		if len(problems) > 0 {
			got = problems[0]
		}
		if got.Code != test.code || got.Line != test.line || got.LineColumn != test.column {
			t.Errorf("%+v: %s at %d:%d, want %s at %d:%d", test.form, got.Code, got.Line, got.LineColumn, test.code, test.line, test.column)
		}
	}
}

func TestJudgeFreeForm(t *testing.T) {
	const link = "https://example.com/a.jpg"
	for _, test := range []struct {
		name   string
		form   message.FreeForm
		values []string
		codes  []problem.Code // of the message itself and of the row
	}{
		{"text", message.FreeForm{Type: "text", Text: "Bonjour {{a}}"}, []string{"Zoé\net Léa"}, nil},
		{"stray braces", message.FreeForm{Type: "text", Text: "Bonjour {prenom}, {{a}}"}, []string{"x"}, []problem.Code{message.BraceStray}},
		{"half a placeholder", message.FreeForm{Type: "text", Text: "Bonjour prenom}}, {{a}}"}, []string{"x"},
			[]problem.Code{message.BraceStray}},
		{"empty value", message.FreeForm{Type: "text", Text: "Bonjour {{a}}"}, []string{" "}, []problem.Code{message.ValueEmpty}},
		{"sheet error", message.FreeForm{Type: "text", Text: "Bonjour {{a}}"}, []string{"#N/A"}, []problem.Code{message.ValueSheetError}},
		{"longest text", message.FreeForm{Type: "text", Text: "é{{a}}"}, []string{strings.Repeat("é", 4095)}, nil},
		{"too long", message.FreeForm{Type: "text", Text: "é{{a}}"}, []string{strings.Repeat("é", 4096)}, []problem.Code{message.TextTooLong}},
		{"too long for everyone", message.FreeForm{Type: "text", Text: strings.Repeat("é", 4097)}, nil, []problem.Code{message.TextTooLong}},
		{"caption", message.FreeForm{Type: "image", Link: link, Caption: "{{a}}"}, []string{strings.Repeat("é", 1024)}, nil},
		{"caption too long", message.FreeForm{Type: "image", Link: link, Caption: "{{a}}"}, []string{strings.Repeat("é", 1025)},
			[]problem.Code{message.CaptionTooLong}},
		{"caption ignored", message.FreeForm{Type: "document", Link: "https://example.com/a.pdf", Caption: "x"}, nil,
			[]problem.Code{message.CaptionIgnored}},
		{"link of the row", message.FreeForm{Type: "image", Link: "https://example.com/{{a}}.jpg"}, []string{"x"}, nil},
		{"broken link of the row", message.FreeForm{Type: "image", Link: "https://example.com/{{a}}.jpg"}, []string{"x y"},
			[]problem.Code{message.LinkInvalid}},
		{"no address", message.FreeForm{Type: "image", Link: "a.jpg"}, nil, []problem.Code{message.LinkInvalid}},
		{"ftp", message.FreeForm{Type: "image", Link: "ftp://example.com/a.jpg"}, nil, []problem.Code{message.LinkInvalid}},
		{"http", message.FreeForm{Type: "image", Link: "http://example.com/a.png?x=1"}, nil, nil},
		{"ending", message.FreeForm{Type: "image", Link: "https://example.com/a.gif", Caption: "{{a}}"}, []string{"x"},
			[]problem.Code{message.LinkExtension}}, // said once, not for every row
	} {
		t.Run(test.name, func(t *testing.T) {
			m, problems := message.FreeFormMessage(test.form)
			if len(problems) > 0 {
				t.Fatalf("wording: %+v", problems)
			}
			var codes []problem.Code
			for _, p := range append(m.Problems(), m.Judge(test.values)...) {
				codes = append(codes, p.Code)
			}
			if !slices.Equal(codes, test.codes) {
				t.Errorf("problems %v, want %v", codes, test.codes)
			}
		})
	}
}

// A campaign keeps its message so that it can be resumed without its flags.
func TestMessagesSurviveTheLedger(t *testing.T) {
	text, _ := message.FreeFormMessage(message.FreeForm{Type: "text", Text: `Bonjour {{prenom}}, \{{`})
	image, _ := message.FreeFormMessage(message.FreeForm{Type: "image", Link: "https://example.com/{{a}}.jpg", Caption: "c"})
	for _, m := range []message.Message{text, image, sendingtest.Welcome(t), messageOf()} {
		frozen, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		thawed, err := message.MessageOf(record.Campaign{Definition: record.Definition{Message: frozen}})
		if err != nil {
			t.Fatal(err)
		}
		values := []string{"Zoé", "x", "y"}
		a, b := m.Recipe("c", "33612345678", values, 0), thawed.Recipe("c", "33612345678", values, 0)
		if !thawed.Same(m) || a.Key() != b.Key() {
			t.Errorf("%s came back as %s", m.Skeleton(), thawed.Skeleton())
		}
	}
	if text.Same(image) || text.Same(sendingtest.Welcome(t)) {
		t.Error("other messages are the same")
	}
}

func TestFreeFormKeys(t *testing.T) {
	text, _ := message.FreeFormMessage(message.FreeForm{Type: "text", Text: "Bonjour {{prenom}},\nà demain"})
	if got := text.Recipe("answers", "33612345678", []string{"Zoé"}, 0).Key().String(); got != "fed501aa-74d1-5801-8e06-1787d0c92103" {
		t.Errorf("text: %s", got)
	}
	image, _ := message.FreeFormMessage(message.FreeForm{Type: "image", Link: "https://example.com/a.jpg", Caption: "{{prenom}}"})
	if got := image.Recipe("answers", "33612345678", []string{"Zoé"}, 0).Key().String(); got != "c84fa994-0730-5850-80d5-fdfa116096bc" {
		t.Errorf("image: %s", got)
	}
}
