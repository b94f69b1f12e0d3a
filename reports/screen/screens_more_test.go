package screen

import (
	"strings"
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/calendar"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

func TestTemplates(t *testing.T) {
	unclear := kanal.Template{ID: 78, Name: "photo", Header: kanal.Header{Format: kanal.FormatImage}, Doubts: []kanal.TemplateDoubt{{Code: kanal.DoubtLinkUndeclared, Name: "IMAGE"}},
		Variables: []kanal.Variable{{Name: "image", In: kanal.InHeader, Media: true}}}
	rich := template()
	rich.Name, rich.Header = "ventes_privées", kanal.Header{Format: kanal.FormatDocument, Variables: []string{"catalogue"}}
	rich.Body = "Chère {{first_name}},\n\nle catalogue *de printemps* est là : " + strings.Repeat("https://example.com/", 4) +
		"\n\n你好 {{prénom du client}} 👋"
	rich.Buttons = []kanal.Button{
		{Type: "URL", Text: "Suivre", URL: "https://example.com/suivi/{{1}}", Variable: "suivi"},
		{Type: "URL", Text: "Voir", URL: "https://example.com/" + strings.Repeat("voir/", 20), Variable: "page"},
		{Type: "PHONE_NUMBER", Text: "Appeler", Phone: "+33612345678"}, {Type: "QUICK_REPLY", Text: "Stop"},
		{Type: "COPY_CODE", Text: "Copier le code"}, {Text: "Un bouton dont le nom est bien trop long pour un téléphone"}}
	golden(t, "templates.txt", screen(func(b Face) { TemplateList(b, []kanal.Template{template(), unclear}) }))
	golden(t, "templates-none.txt", screen(func(b Face) { TemplateList(b, nil) }))
	golden(t, "template.txt", screen(func(b Face) { TemplateFull(b, template()) }))
	golden(t, "template-rich.txt", screen(func(b Face) { TemplateFull(b, rich) }))
	golden(t, "template-unclear.txt", screen(func(b Face) { TemplateFull(b, unclear) }))
}

func TestFilesWritten(t *testing.T) {
	golden(t, "written.txt", screen(func(b Face) {
		Written(b, record.File{Path: "/home/zoe/novembre.results-2.csv", Wanted: "/home/zoe/novembre.results.csv", Locked: true}, record.File{})
	}))
	golden(t, "starter.txt", screen(func(b Face) {
		StarterWritten(b, "novembre.xlsx", commandOf("check novembre.xlsx --template order_confirmation --country FR --sandbox"))
	}))
	golden(t, "selection.txt", screen(func(b Face) {
		SelectionWritten(b, record.Selected{Rows: 12}, "answers-again.csv", commandOf("templates --sandbox"))
	}))
	done := record.Selected{Rows: 1298, Old: 2, Passed: 3, Without: []string{"held-back", "131026"}}
	golden(t, "selection-updated.txt", screen(func(b Face) { SelectionWritten(b, done, "novembre-sent.csv", commandOf("templates")) }))
}

func TestRebuildScreen(t *testing.T) {
	p := &campaign.Proposal{Kind: campaign.ProposeRebuild, From: "56", Campaign: novembre(), AsOf: at(21, 9, 6),
		Request: campaign.Request{Rate: 60}, Send: &campaign.Selection{Fresh: 2698, People: 2698},
		Rebuild: &campaign.RebuildFacts{WrittenAt: at(20, 11, 7), Tallies: halfWay(), Missing: []string{"--send-window", "--suppress", "--min-gap"}}}
	p.Campaign.RebuiltFrom, p.Hours.Gone = "/home/zoe/novembre.results.csv", "/home/zoe/jours.txt"
	golden(t, "rebuild.txt", screen(func(b Face) { Propose(b, Session{Mode: Live}, p) }))
}

// By whose holidays the hours are judged is always said, and what is wrong with them.
func TestHoursScreens(t *testing.T) {
	list, err := calendar.ReadList(strings.NewReader("2026-11-21\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*CheckScreen){
		"hours-holiday.txt": func(s *CheckScreen) { s.Start, s.Hours.DailyCap = at(11, 18, 59), 2000 },
		"hours-night.txt":   func(s *CheckScreen) { s.Request.Rate, s.Hours.DailyCap = 3, 10000 },
		"hours-list.txt": func(s *CheckScreen) {
			s.Start, s.Hours = at(21, 19, 30), hours.HoursIn(s.Report.Countries, "").WithList(list, "jours fériés.txt")
		},
		"hours-belgium.txt": func(s *CheckScreen) {
			s.Report.Countries = map[string]int{"BE": 4179, "FR": 1}
			s.Hours, s.Start = hours.HoursIn(s.Report.Countries, "FR"), at(22, 7, 15)
		},
		"hours-no-country.txt": func(s *CheckScreen) {
			s.Report.Countries = map[string]int{"": 4180}
			s.Hours, s.Start = hours.HoursIn(s.Report.Countries, ""), at(20, 6, 15)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := checkScreen()
			s.Report.Groups, s.Report.Invalid, s.ProblemsPath = nil, 0, ""
			change(&s)
			golden(t, name, screen(func(b Face) { Check(b, s) }))
		})
	}
}

// What stays of a screen with --quiet when nobody is asked.
func TestBriefScreens(t *testing.T) {
	p := newProposal(report(), at(11, 21, 0))
	golden(t, "brief-confirm.txt", screen(func(b Face) { Propose(b.Briefly(), Session{Mode: Live}, p) }))
	changed := changedUpdate(novembre(), campaign.FileChanges{Changes: record.Changes{Rows: 10, Added: 10}})
	golden(t, "brief-updating.txt", screen(func(b Face) { Propose(b.Briefly(), Session{Mode: Live}, changed) }))
}

func TestSandboxStarted(t *testing.T) {
	golden(t, "sandbox.txt", screen(func(b Face) { SandboxStarted(b, "http://127.0.0.1:8091", "sandbox-key", "truth.jsonl", 3) }))
}

func TestCheckJSON(t *testing.T) {
	golden(t, "check.json", screen(func(b Face) {
		if err := CheckJSON(b, checkScreen()); err != nil {
			t.Error(err)
		}
	}))
}
