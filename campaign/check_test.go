package campaign_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal"
)

// message has every place in which a value can stand.
func messageOf() message.Message {
	return message.TemplateMessage(kanal.Template{
		ID: 7, Name: "full", Certain: true,
		Header:  kanal.Header{Format: kanal.FormatImage, Variables: []string{"image"}},
		Body:    "Bonjour {{prenom}}",
		Buttons: []kanal.Button{{Type: "URL", Text: "Suivre", URL: "https://example.com/{{1}}", Variable: "Suivre"}},
		Variables: []kanal.Variable{
			{Name: "image", In: kanal.InHeader, Media: true}, {Name: "prenom", In: kanal.InBody}, {Name: "Suivre", In: kanal.InButton},
		},
	})
}

func TestJudgeValues(t *testing.T) {
	const link, name, button = "https://example.com/a.jpg", "Zoé", "A1"
	for _, test := range []struct {
		image, prenom, suivre string
		code                  problem.Code
		fix                   string
	}{
		{link, name, button, "", ""},
		{link, "", button, message.ValueEmpty, ""},
		{link, " \u00a0 ", button, message.ValueEmpty, ""},
		{link, "Zoé\net Léa", button, message.ValueWhitespace, "Zoé et Léa"},
		{link, "Zoé\tLéa", button, message.ValueWhitespace, "Zoé Léa"},
		{link, "Zoé    Léa", button, "", ""}, // four spaces are allowed
		{link, "Zoé     Léa", button, message.ValueWhitespace, "Zoé Léa"},
		{link, "Zo\ufffd", button, message.ValueUndecodable, ""},
		{link, "Zo\u0081", button, message.ValueUndecodable, ""},
		{link, "Zo\x1b[31m", button, message.ValueUndecodable, ""},
		{link, "#N/A", button, message.ValueSheetError, ""},
		{link, "#valeur!", button, message.ValueSheetError, ""},
		{link, "#¡REF!", button, message.ValueSheetError, ""},
		{link, "#soldes", button, "", ""},
		{link, "3,36E+10", button, message.ValueScientific, ""},
		{link, "1.5e-7", button, message.ValueScientific, ""},
		{link, "Žižek", button, "", ""},
		{link, "\u2028", button, message.ValueEmpty, ""},
		{link, "Luc\u2028", button, message.ValueWhitespace, "Luc"},
		{link, "Zoé\u2028Martin", button, message.ValueWhitespace, "Zoé Martin"},
		{link, "Zo\u0081 Ã\u0081ngel", button, message.ValueUndecodable, ""},
		{link, "Ã\u0081ngel", button, message.ValueUndecodable, "Ángel"},
		{link, "Zo&eacute;", button, message.ValueEntities, "Zoé"},
		{link, "L&#39;Or &amp; Cie", button, message.ValueEntities, "L'Or & Cie"},
		{link, "Caf&#xE9;", button, message.ValueEntities, "Café"},
		{link, strings.Repeat("é", 1024-len("Bonjour ")), button, "", ""},
		{link, strings.Repeat("é", 1025-len("Bonjour ")), button, message.BodyTooLong, ""},
		{"http://example.com/a.jpg", name, button, message.ValueMediaLink, ""},
		{"a.jpg", name, button, message.ValueMediaLink, ""},
		{link, name, "A 1", message.ValueURL, ""},
		{link, name, "https://example.com/other?x=1", "", ""},
		{link, name, strings.Repeat("x", 2000), message.ValueURL, ""},
	} {
		t.Run(problem.Cut(test.prenom+"/"+test.suivre), func(t *testing.T) {
			var codes []problem.Code
			var fix string
			for _, p := range messageOf().Judge([]string{test.image, test.prenom, test.suivre}) {
				codes, fix = append(codes, p.Code), p.Fix
			}
			want := []problem.Code{test.code}
			if test.code == "" {
				want = nil
			}
			if !slices.Equal(codes, want) || fix != test.fix {
				t.Errorf("problems %v with fix %q, want %v with %q", codes, fix, want, test.fix)
			}
		})
	}
}

// embarrassingValues are what spreadsheets, encodings and other tools leave in cells, by what is said of them.
var embarrassingValues = map[problem.Code][]string{
	message.ValueEmpty: {"", " ", "\u00a0\u202f", "\u200b", "\ufeff", "\u3164", "\u2800", "\u00ad", "\u200d", "\u2060 \u200e", "\u180e", "\ufe0f", "\u2029"},
	message.ValueMojibake: {"LÃ©a", "LŽa", "PrŽnom", "Ga‘l", "H‚lŠne", "Zo‚", "Fran‡ois", "ZoÃ«", "NoÃƒÂ«l", "Zo√©", "Zo├®", "ZoĂ©", "Р—РѕСЏ", "Ð˜Ð²Ð°Ð½",
		"Î•Î»Î\u00adÎ½Î·", "Ù…Ø\u00adÙ…Ø¯", "×ž×©×”", "æ—¥æœ¬", "ðŸŽ‰", "Å‚ukasz", "Â°", "Lâ€™Or", "£ukasz", "Gra¿yna", "Zoй", "Zoι"},
	message.ValueFiller: {"NULL", "Nan", "NaT", "None", "undefined", `\N`, "<NA>", "(blank)", "(vide)", "(null)", "[null]", "N/A", "N.A.", "n/d", "inconnu",
		"Unknown", "test", "-", "--", "?", "...", "_", "xxx", "[object Object]", "Vrai", "FAUX", "true", "Err:502", "err:522", "#####", "##", "(leer)", "<vuoto>",
		"non renseigné", "à compléter", "FALSO", "(na)", "***", "N/C", "00/00/0000", "0000-00-00", "0000-00-00 00:00:00", "1899-12-30", "30/12/1899", "00/01/1900"},
	message.ValueSheetError: {"#N/A", "#valeur!", "#¡REF!", "#NV"},
	message.ValueScientific: {"3,36E+10", "1.5e-7"},
	message.ValuePlaceholder: {"Bonjour {{prenom}}", "*|FNAME|*", "Bonjour *|PRENOM|*", "«Prénom»", "« Nom »", "<<Prénom>>", "[[first_name]]", "{prenom}", "[Prénom]",
		"<prenom>", "%FIRSTNAME%", "%%first_name%%", "${prenom}", "#{prenom}", "<%= prenom %>", "[%nom%]", "{%nom%}", "@@NOM@@", "$prenom"},
	message.ValueEntities: {"Zo&eacute;", "L&#39;Or", "R&amp;D", "&nbsp;Zoé", "&#8217;"},
	message.ValueQuestion: {"Fran?ois", "Zo?", "?lodie", "Ren?e Martin", "Fran??ois", "Jos?-Mar?a", "L?o dit bonjour"},
	message.ValueFormula:  {"=A2&B2", "=CONCAT(A2)"},
	// Names, codes and sentences that people write.
	"": {"Zoé", "Na", "Nat", "Vero", "Leer", "#soldes", "Žižek", "d’été", "Ça va ?", "Ça va?", "Qui es-tu?", "https://example.com/a?b=c", "page?id=3", "R&D", "AT&T",
		"10 % de remise", "100%", "«Soldes d'été»", "L'« Été »", "ABC-DEF-GHI", "A&B;C", "A{B", "1 < 2", "Xavier", "Test-Martin", "Иван", "محمد", "日本", "🎉",
		"Marie-Thérèse", "O'Brien", "Zoé\u200d", "VIP", "XL", "01/01/1970", "10/12/1899", "NC", "ND", "0", "5", "d´accord", "SÃO PAULO", "M²", "50 €", "$5", "5$"},
}

func TestEmbarrassingValues(t *testing.T) {
	for code, values := range embarrassingValues {
		for _, value := range values {
			var got problem.Code
			for _, p := range messageOf().Judge([]string{"https://example.com/a.jpg", value, "A1"}) {
				got = p.Code
			}
			if got != code {
				t.Errorf("%q: %q, want %q", value, got, code)
			}
		}
	}
}

func TestMapColumns(t *testing.T) {
	for _, test := range []struct {
		name     string
		header   []string
		settings record.Settings
		codes    []problem.Code
		columns  []int // of the phone and the variables, without a problem
	}{
		{"exact", []string{"phone", "prenom", "code"}, record.Settings{}, nil, []int{0, 1, 2}},
		{"loose", []string{"CODE", "Téléphone", "Prénom"}, record.Settings{}, nil, []int{1, 2, 0}},
		{"mapped", []string{"phone", "Vorname", "code"}, record.Settings{Map: map[string]string{"prenom": "Vorname"}}, nil, []int{0, 1, 2}},
		{"by letter", []string{"x", "prenom", "code"}, record.Settings{PhoneColumn: "A"}, nil, []int{0, 1, 2}},
		{"no phone", []string{"prenom", "code"}, record.Settings{}, []problem.Code{plan.PhoneColumnMissing}, nil},
		{"two phones", []string{"phone", "mobile", "prenom", "code"}, record.Settings{}, []problem.Code{plan.PhoneColumnAmbiguous}, nil},
		{"no variable", []string{"phone", "code"}, record.Settings{}, []problem.Code{plan.VariableNoColumn}, nil},
		{"mapped to nothing", []string{"phone", "prenom", "code"}, record.Settings{Map: map[string]string{"prenom": "Vorname"}},
			[]problem.Code{plan.ColumnUnknown}, nil},
		{"mapped from nothing", []string{"phone", "prenom", "code"}, record.Settings{Map: map[string]string{"nom": "prenom"}},
			[]problem.Code{plan.VariableUnknown}, nil},
		{"shared", []string{"phone", "prenom"}, record.Settings{Map: map[string]string{"code": "prenom"}},
			[]problem.Code{plan.ColumnsShared}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			columns, problems := plan.MapColumns(test.header, sendingtest.Welcome(t), test.settings, nil)
			var codes []problem.Code
			for _, p := range problems {
				codes = append(codes, p.Code)
			}
			if !slices.Equal(codes, test.codes) {
				t.Fatalf("problems %v, want %v", codes, test.codes)
			}
			if test.columns == nil {
				return
			}
			got := []int{columns.Phone}
			for _, feed := range columns.Fields {
				got = append(got, feed.Column)
			}
			if !slices.Equal(got, test.columns) {
				t.Errorf("columns %v, want %v", got, test.columns)
			}
		})
	}
}

func TestRepeatedNumbers(t *testing.T) {
	const file = "phone,prenom,code\n" +
		"0612345678,Zoé,A\n" + // 2
		"+33 6 12 34 56 78,Zoé,A\n" + // 3: the same again
		"0612345678,Zoé,B\n" + // 4: other values
		"0612345678,,C\n" + // 5: has an error of its own
		"+55 11 96123 4567,Ana,A\n" + // 6
		"+55 11 6123-4567,Ana,A\n" // 7: the same account, in the other spelling
	for duplicates, want := range map[string]string{
		record.DuplicatesError: "2 pending 0,3 skipped 2,4 invalid 0,5 invalid 0,6 pending 0,7 skipped 6",
		record.DuplicatesSkip:  "2 pending 0,3 skipped 2,4 skipped 2,5 invalid 0,6 pending 0,7 skipped 6",
		record.DuplicatesAllow: "2 pending 0,3 skipped 2,4 pending 0,5 invalid 0,6 pending 0,7 skipped 6",
	} {
		var got []string
		sendingtest.Plan(t, "spring", file, sendingtest.Welcome(t), record.Settings{Country: "FR", Duplicates: duplicates}, func(row record.Row) error {
			got = append(got, fmt.Sprintf("%d %s %d", row.Number, row.State.Status, row.RelatedRow))
			if (row.State.Status == outcome.Pending) != (row.Key != [16]byte{}) {
				t.Errorf("row %d is %s with key %s", row.Number, row.State.Status, row.Key)
			}
			return nil
		})
		if text := strings.Join(got, ","); text != want {
			t.Errorf("%s:\n got %s\nwant %s", duplicates, text, want)
		}
	}
}

func TestMostRowsInvalidIsAFileError(t *testing.T) {
	report := sendingtest.Plan(t, "spring", "phone,prenom,code\nx,Zoé,A\ny,Zoé,B\n0612345678,Zoé,C\n", sendingtest.Welcome(t),
		record.Settings{Country: "FR"}, func(record.Row) error { return nil })
	if len(report.File) != 1 || report.File[0].Code != plan.MostRowsInvalid {
		t.Errorf("file problems: %+v", report.File)
	}
}

func TestSpacesAroundAValueAreNotSent(t *testing.T) {
	sendingtest.Plan(t, "spring", "phone,prenom,code\n0612345678, Zoé\u00a0,A\n", sendingtest.Welcome(t), record.Settings{Country: "FR"},
		func(row record.Row) error {
			if row.Values[0] != "Zoé" || row.Cells[1] != " Zoé\u00a0" {
				t.Errorf("value %q from cell %q", row.Values[0], row.Cells[1])
			}
			return nil
		})
}
