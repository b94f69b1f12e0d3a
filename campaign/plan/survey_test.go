package plan_test

import (
	"os"
	"path/filepath"
	"testing"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// surveyOf also returns the header that was read.
func surveyOf(t testing.TB, text string, s record.Settings) (survey *plan.Survey, header []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	survey = plan.SurveyColumns(func() (*audience.File, error) {
		file, err := audience.Open(path, audience.Options{})
		if err == nil {
			header = file.Header()
		}
		return file, err
	}, s)
	return survey, header
}

// Where a campaign found its numbers before counts for a later file, whatever that holds beside them.
func TestNumbersAreWhereTheyWereFound(t *testing.T) {
	const text = "WhatsApp,SMS\n0612345678,0612345679\n"
	greeting := message.TemplateMessage(kanal.Template{ID: 1, Name: "hello", Certain: true})
	header := []string{"WhatsApp", "SMS"}
	for _, tc := range []struct {
		s    record.Settings
		want int
	}{
		{record.Settings{Country: "FR"}, -1},
		{record.Settings{Country: "FR", FoundPhone: "SMS"}, 1},
		{record.Settings{Country: "FR", FoundPhone: "gone"}, -1},
		{record.Settings{Country: "FR", FoundPhone: "SMS", PhoneColumn: "WhatsApp"}, 0},
	} {
		survey, _ := surveyOf(t, text, tc.s)
		columns, problems := plan.MapColumns(header, greeting, tc.s, survey)
		if columns.Phone != tc.want {
			t.Errorf("%+v: column %d, %+v", tc.s, columns.Phone, problems)
		}
		if frozen := columns.Freeze(tc.s, header); tc.want >= 0 && tc.s.PhoneColumn == "" && frozen.FoundPhone != header[tc.want] {
			t.Errorf("it is remembered as %q", frozen.FoundPhone)
		}
	}
}

// Results tell by their numbers which column these were in.
func TestPhoneOfResults(t *testing.T) {
	header := []string{"id", "WhatsApp", "SMS", "Notes", "Notes"}
	row := func(phone string, cells ...string) record.Row { return record.Row{Phone: phone, Cells: cells} }
	for name, tc := range map[string]struct {
		rows []record.Row
		want string
	}{
		"one":      {[]record.Row{row("33612345678", "1", "", "06 12 34 56 78", "", ""), row("33612345679", "2", "0698765432", "+33612345679", "", "")}, "SMS"},
		"both":     {[]record.Row{row("33612345678", "1", "0612345678", "0612345678", "", "")}, ""},
		"repeated": {[]record.Row{row("33612345678", "1", "", "", "", "33612345678")}, "E"},
		"none":     {[]record.Row{row("33612345678", "1", "", "", "", "")}, ""},
		"no rows":  {nil, ""},
	} {
		if got := plan.PhoneOfResults(header, tc.rows); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// FuzzSurvey: whatever a file holds, what is proposed of it names columns that are there, and settles them.
func FuzzSurvey(f *testing.F) {
	f.Add("Prénom;Tél. port.;Tél. fixe\nZoé;0612345678;0472000001\n")
	f.Add("a,a,phone,phone\n1,2,0612345678,\n")
	welcome := message.TemplateMessage(kanal.ParseStructure(`{"body":{"text":"{{prenom}} {{code}}","variables":[{"name":"prenom"},{"name":"code"}]}}`))
	f.Fuzz(func(t *testing.T, text string) {
		s := record.Settings{}
		survey, header := surveyOf(t, text, s)
		if survey == nil {
			return
		}
		_, issues := plan.MapColumns(header, welcome, s, survey)
		for _, proposed := range plan.Propose(survey, welcome, s, issues) {
			if _, left := plan.MapColumns(header, welcome, proposed.Settings, survey); problem.HasError(left) {
				t.Fatalf("%+v leaves %+v of %+v", proposed, left, issues)
			}
		}
	})
}

// A column about somebody else than the person of the row is not taken, however many mobiles it has.
func TestNumbersOfOthersAreNotTaken(t *testing.T) {
	greeting := message.TemplateMessage(kanal.Template{ID: 1, Name: "hello", Certain: true})
	for _, name := range []string{"conjoint_mobile", "Mobile conjoint", "emergency_mobile", "Portable commercial", "Portable du conseiller", "agent_mobile",
		"Mobile ICE", "Old phone", "Portable référent", "WhatsApp support"} {
		text := name + ",telephone\n0612345678,0142685300\n0612345679,0142685301\n0612345680,0612345681\n"
		s := record.Settings{Country: "FR"}
		survey, header := surveyOf(t, text, s)
		if columns, problems := plan.MapColumns(header, greeting, s, survey); columns.Phone != 1 {
			t.Errorf("%s: column %d, %+v", name, columns.Phone, problems)
		}
	}
}
