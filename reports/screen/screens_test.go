package screen

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// paris is a fixed zone, so that the screens read the same on every machine.
var paris = time.FixedZone("CET", 3600)

func at(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, paris)
}

// shown is a screen as it reads without colours, and with them.
type shown struct{ plain, coloured []byte }

// screen renders a screen in both ways.
func screen(show func(Face)) shown {
	var plain, coloured bytes.Buffer
	show(Face{Words: words.English(), Writer: &plain, Full: atHome})
	show(Face{Words: words.English(), Writer: &coloured, Full: atHome, Colour: true})
	return shown{plain.Bytes(), coloured.Bytes()}
}

// atHome is a path as it is named in the folder in which the screens of the golden files are shown.
func atHome(path string) string {
	if strings.HasPrefix(path, "/") {
		return path
	}
	return "/home/zoe/" + path
}

// golden compares a screen with its files, and checks that it fits a terminal. Only a path on a line of its own may not.
func golden(t *testing.T, name string, screen shown) {
	t.Helper()
	compare(t, filepath.Join("testdata", name), screen.plain)
	if strings.HasSuffix(name, ".json") {
		return
	}
	compare(t, filepath.Join("testdata", "colour", name), screen.coloured)
	if without := sgr.ReplaceAll(screen.coloured, nil); !bytes.Equal(without, screen.plain) {
		t.Errorf("%s says something else with colours:\n%s", name, without)
	}
	for line := range strings.Lines(string(screen.plain)) {
		if line = strings.TrimSuffix(line, "\n"); text.Columns(line) > screenWidth && !strings.HasPrefix(line, "  /") {
			t.Errorf("%s: %d columns: %s", name, text.Columns(line), line)
		}
		if text.Clean(line) != line {
			t.Errorf("%s: not clean: %q", name, line)
		}
		if strings.HasSuffix(line, " ") {
			t.Errorf("%s: ends in spaces: %q", name, line)
		}
	}
}

var sgr = regexp.MustCompile("\x1b\\[[0-9;]*m")

func compare(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (go test -update rewrites it):\n%s", path, got)
	}
}

func template() kanal.Template {
	return kanal.Template{
		ID: 1234, PhoneNumberID: 56, Name: "order_confirmation", Status: "APPROVED", Certain: true,
		Body:      "Bonjour {{first_name}}, votre commande {{order_id}} est confirmée.\nMerci et à bientôt !",
		Footer:    "Maison Exemple",
		Buttons:   []kanal.Button{{Type: "URL", Text: "Suivre", URL: "https://example.com/t/"}},
		Variables: []kanal.Variable{{Name: "first_name", In: kanal.InBody}, {Name: "order_id", In: kanal.InBody}},
		UpdatedAt: "2026-11-03T09:00:00.000000Z",
	}
}

func row(n int, values ...string) *record.Row { return &record.Row{Number: n, Values: values} }

// report is the one of screens.md: 4,212 rows, 19 of them with errors.
func report() *plan.Report {
	example := func(code problem.Code, row int, column, header, variable, value, fix string, names ...string) problem.Problem {
		return problem.Problem{Code: code, Severity: problem.Error, Row: row, Column: column, Header: header,
			Variable: variable, Value: value, Fix: fix, Names: names}
	}
	group := func(rows int, p problem.Problem) plan.Group {
		return plan.Group{Code: p.Code, Severity: p.Severity, Column: p.Column, Header: p.Header,
			Variable: p.Variable, Rows: rows, Examples: []problem.Problem{p}}
	}
	fixedLine := problem.Problem{Code: plan.PhoneFixedLine, Severity: problem.Warning, Row: 77, Column: "B", Header: "Téléphone", Value: "01 42 68 53 00"}
	return &plan.Report{
		Rows: 4212, Sendable: 4180, Invalid: 19, Warned: 1,
		Skipped:   map[string]int{outcome.CauseDuplicate: 9, outcome.CauseOptedOutEarlier: 4},
		Countries: map[string]int{"FR": 4051, "BE": 98, "CH": 31},
		Groups: []plan.Group{
			group(3, example(message.ValueSheetError, 512, "C", "Prénom", "first_name", "#N/A", "")),
			group(1, example(problem.Code(number.TooShort), 410, "B", "Téléphone", "", "06 12 34 56 7", "")),
			group(4, example(problem.Code(number.Overseas), 203, "B", "Téléphone", "", "0692123456", "+262692123456", "RE")),
			group(11, example(problem.Code(number.Scientific), 15, "B", "Téléphone", "", "3,36123E+10", "")),
			group(2, fixedLine),
		},
		First:   row(2, "Zoé", "CF-20481"),
		Longest: row(1904, "Jean-Christophe", "CF-22107 et CF-22108 et CF-22109"),
		Random:  row(2718, "Anaïs", "CF-23190"), People: 4180,
	}
}

// commandOf is a command without spaces in its words.
func commandOf(words string) campaign.Command { return strings.Fields(words) }

// and is a command with words more.
func and(c campaign.Command, words ...string) campaign.Command {
	return append(slices.Clone(c), words...)
}

func checkScreen() CheckScreen {
	command := commandOf("send novembre.csv --template order_confirmation --country FR --map first_name=Prénom")
	return CheckScreen{
		Plan: campaign.Plan{
			Request: campaign.Request{Rate: 60}, Message: message.TemplateMessage(template()), Report: report(),
			Columns: plan.Columns{Phone: 1, Name: -1, Email: -1, Country: -1, Fields: []plan.Feed{
				{Variable: "first_name", Column: 2, Mapped: true}, {Variable: "order_id", Column: 4}}},
			Hours: hours.HoursIn(report().Countries, "BE"), ProblemsPath: "novembre.problems.csv",
		},
		Mode: Live, File: "novembre.csv", Rows: 4212,
		Dialect:         audience.Dialect{Delimiter: ';', Encoding: audience.Windows1252, Ending: "\r\n"},
		EncodingGuessed: true, Accents: []string{"Zoé", "Jérôme", "Anaïs"},
		Header: []string{"id", "Téléphone", "Prénom", "Ville", "order_id"},
		Start:  at(20, 10, 42), CheckCommand: and(campaign.Command{"check"}, command[1:]...), SendCommand: command,
		SkipCommand: and(command, "--skip-invalid"),
	}
}

func TestCheck(t *testing.T) {
	for name, change := range map[string]func(*CheckScreen){
		"check-problems.txt": func(*CheckScreen) {},
		"check-skip.txt": func(s *CheckScreen) {
			s.Settings.SkipInvalid, s.SendCommand = true, s.SkipCommand
		},
		"check-clean.txt": func(s *CheckScreen) {
			s.Mode, s.ProblemsPath, s.EncodingGuessed = Sandbox, "", false
			s.Report.Groups = s.Report.Groups[4:]
			s.Report.Invalid = 0
			s.Repeats, s.Others = []record.Repeats{{Campaign: "export", Since: at(3, 9, 0), Rows: 3980}}, 200
			s.RepeatCommands = []campaign.Command{and(s.SendCommand, "--skip-repeats"), and(s.SendCommand, "--again")}
		},
		"check-columns.txt": func(s *CheckScreen) {
			s.Report, s.Columns, s.ProblemsPath = nil, plan.Columns{}, ""
			s.ColumnIssues = []problem.Problem{
				{Code: plan.VariableNoColumn, Severity: problem.Error, Variable: "first_name", Names: []string{"Prénom"}},
				{Code: plan.PhoneColumnMissing, Severity: problem.Error, Names: []string{"Téléphone", "Mobile"}},
			}
		},
		"check-most.txt": func(s *CheckScreen) {
			s.Report.File = []problem.Problem{{Code: plan.MostRowsInvalid, Severity: problem.Error, Length: 2900, Limit: 4212}}
		},
		"check-sending.txt": func(s *CheckScreen) {
			s.Sending, s.Report.Invalid, s.Report.Skipped = true, 1, map[string]int{outcome.CauseDuplicate: 1}
			s.Columns.Fields[0] = plan.Feed{Variable: "first_name", Column: 2, Loose: true}
			s.ProblemsPath = "/home/zoe/Documents/campagnes de novembre/novembre.problems.csv"
			again := problem.Problem{Code: plan.DuplicateValues, Severity: problem.Error, Row: 9, Column: "B", Value: "06 12 34 56 78", First: 3}
			s.Report.Groups = []plan.Group{{Code: again.Code, Severity: again.Severity, Column: "B", Rows: 1, Examples: []problem.Problem{again}}}
		},
		"check-nobody.txt": func(s *CheckScreen) {
			s.Sending, s.Report.Groups, s.Report.Invalid, s.Report.Sendable, s.ProblemsPath = true, nil, 0, 0, ""
			s.Report.First, s.Report.Longest, s.Report.Random, s.Report.Countries = nil, nil, nil, nil
		},
		"check-country.txt": func(s *CheckScreen) {
			s.Report.File = []problem.Problem{{Code: plan.MostRowsInvalid, Severity: problem.Error, Length: 2900, Limit: 4212}}
			none := problem.Problem{Code: problem.Code(number.NoCountry), Severity: problem.Error, Row: 2, Column: "B", Value: "06 12 34 56 78"}
			unread := problem.Problem{Code: message.ValueUndecodable, Severity: problem.Error, Row: 7, Column: "C", Variable: "first_name", Value: "Zo\u0081 \x1b[2J"}
			s.Report.Groups = []plan.Group{
				{Code: unread.Code, Severity: unread.Severity, Column: "C", Variable: "first_name", Rows: 1, Examples: []problem.Problem{unread}},
				{Code: none.Code, Severity: none.Severity, Column: "B", Rows: 2900, Examples: []problem.Problem{none}}}
		},
		"check-xls.txt": func(s *CheckScreen) {
			p, _ := FaultProblem(&audience.Fault{Code: audience.FileSpreadsheet, Path: "novembre.xls"})
			*s = CheckScreen{Plan: campaign.Plan{ColumnIssues: []problem.Problem{p}}, Mode: Live, File: "novembre.xls", CheckCommand: s.CheckCommand}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := checkScreen()
			change(&s)
			golden(t, name, screen(func(b Face) { Check(b, s) }))
		})
	}
}

func TestConfirm(t *testing.T) {
	s, p := maison, newProposal(report(), at(20, 10, 42))
	p.APIURL = kanal.DefaultBaseURL
	golden(t, "confirm.txt", screen(func(b Face) { Propose(b, s, p); fmt.Fprintln(b, strings.TrimSpace(ConfirmPrompt(b, 4180))) }))
	p.APIURL = "http://127.0.0.1:8091"
	golden(t, "confirm-local.txt", screen(func(b Face) { Propose(b, s, p) }))
	s.Mode, p.APIURL, p.Request.First, p.Request.Settings.NameColumn = Sandbox, "http://127.0.0.1:9", 10, "Nom"
	p.Send.Fresh, p.Send.People, p.Send.Beyond = 10, 10, 4170
	p.Shown.Sendable, p.Shown.Longest, p.Shown.Countries = 10, nil, map[string]int{"FR": 9, "BE": 1}
	golden(t, "confirm-pilot.txt", screen(func(b Face) { Propose(b, s, p) }))
	p.Shown.Groups = append(p.Shown.Groups, manyWarnings()...)
	p.Shown.File, p.Shown.Warned = []problem.Problem{{Code: plan.RowsHidden, Severity: problem.Warning, Length: 4}}, 30
	p.Plan.ProblemsPath = "/home/zoe/novembre.problems.csv"
	golden(t, "confirm-warnings.txt", screen(func(b Face) { Propose(b, s, p) }))
}

// maison is a session whose team is known.
var maison = Session{Mode: Live, Team: "Maison Exemple"}

// newProposal is a new campaign to everybody of a report.
func newProposal(r *plan.Report, start time.Time) *campaign.Proposal {
	return &campaign.Proposal{Kind: campaign.ProposeNew, From: "56", Now: message.TemplateMessage(template()), Shown: r, Plan: &campaign.Plan{},
		Send: &campaign.Selection{Fresh: 4180, People: 4180}, Request: campaign.Request{Rate: 60}, AsOf: start,
		Hours: hours.HoursIn(r.Countries, "FR")}
}

// reads is the message of a template that reads so, and of no other words.
func reads(body string) message.Message {
	t := template()
	t.Body, t.Footer, t.Buttons, t.Structure = body, "", nil, body
	return message.TemplateMessage(t)
}

func novembre() record.Campaign {
	return record.Campaign{
		ID: 1, Name: "novembre", Account: "56", CreatedAt: at(20, 10, 42), ConfirmedAt: at(20, 10, 42),
		Definition: record.Definition{Kind: "template", Of: "1234", Title: "order_confirmation",
			File:   record.Audience{Name: "novembre.csv", SHA256: strings.Repeat("ab12", 16), Header: []string{"id", "Téléphone"}},
			OutDir: "campagnes"},
	}
}

func tally(status outcome.Status, cause, code string, rows int) record.Tally {
	return record.Tally{Status: status, Cause: cause, Code: code, Rows: rows}
}

// atTheEnd are the counts of screens.md's third screen.
func atTheEnd() []record.Tally {
	return []record.Tally{
		tally(outcome.Sent, "", "", 4139),
		tally(outcome.Rejected, string(kanal.CauseNotOnWhatsApp), "131026", 27),
		tally(outcome.Invalid, "", "", 19),
		tally(outcome.Rejected, string(kanal.CauseOptedOut), "400", 9),
		tally(outcome.Skipped, outcome.CauseDuplicate, "", 9),
		tally(outcome.Rejected, string(kanal.CauseHeldBack), "131049", 5),
		tally(outcome.Skipped, outcome.CauseOptedOutEarlier, "", 4),
	}
}

// halfWay are the counts of a campaign that was interrupted.
func halfWay() []record.Tally {
	return []record.Tally{
		tally(outcome.Pending, "", "", 2698),
		tally(outcome.Sent, "", "", 1466),
		tally(outcome.Rejected, string(kanal.CauseNotOnWhatsApp), "131026", 14),
		tally(outcome.Unknown, outcome.CauseInFlight, "", 2),
		tally(outcome.Skipped, outcome.CauseDuplicate, "", 9),
	}
}

func TestResume(t *testing.T) {
	s, p := Session{Mode: Live}, resumeProposal()
	golden(t, "resume.txt", screen(func(b Face) { Propose(b, s, p) }))
	p.Earlier.OldDoubts, p.Earlier.LastRun.EndedAt, p.Asking.PlanAge = 0, time.Time{}, time.Hour
	changed := *p
	s.Ledger, p.APIURL, p.Earlier.OldDoubts, p.Earlier.DoubtRows = "essai.db", "https://relay.example", 1, p.Earlier.DoubtRows[:1]
	golden(t, "resume-more.txt", screen(func(b Face) { Propose(b, s, p) }))
	p.Asking.PastFirst, p.Asking.Unconfirmed = true, false
	golden(t, "resume-past-first.txt", screen(func(b Face) { Propose(b, s, p) }))
	p.Asking.PastFirst = false
	s.Mode, p.AsOf = Sandbox, at(22, 9, 5)
	p.Hours = hours.HoursIn(map[string]int{"FR": 3, "BE": 1}, "")
	p.Hours.DailyCap, p.Hours.Recent, p.Hours.Ends = 2000, 2000, endingAt(at(22, 10, 42), 2000)
	p.Asking.Hours = p.Hours
	golden(t, "resume-sunday.txt", screen(func(b Face) { Propose(b, s, p) }))
	s, p = Session{Mode: Sandbox}, &changed
	p.Was, p.Now, p.Asking.TextChanged = reads("Bonjour {{first_name}},\nmerci."), reads("Salut {{first_name}}, merci !"), true
	p.Hours = hours.HoursIn(map[string]int{"FR": 3, "BE": 1}, "")
	p.Hours.DailyCap, p.Hours.Recent = 2000, 1500
	p.Send.OnLists, p.Send.NoLonger = 2, 1
	golden(t, "resume-changed.txt", screen(func(b Face) { Propose(b, s, p) }))
}

// resumeProposal goes on the next morning with a campaign that was interrupted.
func resumeProposal() *campaign.Proposal {
	return &campaign.Proposal{Kind: campaign.ProposeResume, Campaign: novembre(), From: "56", AsOf: at(21, 9, 5), Request: campaign.Request{Rate: 60},
		Earlier: campaign.Earlier{Tallies: halfWay(), OldDoubts: 2,
			DoubtRows: []record.Row{{Number: 1512, TriedAt: at(20, 11, 6)}, {Number: 1513, TriedAt: at(20, 11, 7)}},
			LastRun: record.Run{ID: 1, Person: "marketing", Computer: "PORTABLE-12", EndedAt: at(20, 11, 7),
				Stopped: string(sending.StopInterrupted)}},
		Send: &campaign.Selection{Fresh: 2698, People: 2698}, Hours: hours.HoursIn(map[string]int{"FR": 3}, ""),
		Asking: campaign.Asking{Messages: 2698, People: 2698, PlanAge: 22 * time.Hour, Unconfirmed: true}}
}

func TestFirstDone(t *testing.T) {
	r := &campaign.Refusal{Code: campaign.RefusedFirstDone, Campaign: novembre(), Tallies: halfWay(),
		First: &campaign.FirstDone{First: 20, Beyond: 2700}, Next: []campaign.Command{commandOf("resume novembre")}}
	golden(t, "first-done.txt", screen(func(b Face) { Refused(b, r, RefusedScreen{Session: Session{Mode: Live}}) }))
	r.First.Update, r.First.Left, r.Next = true, 9, []campaign.Command{commandOf("resume novembre --first 9")}
	golden(t, "first-done-part.txt", screen(func(b Face) { Refused(b, r, RefusedScreen{Session: Session{Mode: Live}}) }))
}

func TestDecisions(t *testing.T) {
	c := novembre()
	c.FinishedAt = at(20, 11, 53)
	changes := campaign.FileChanges{Changes: record.Changes{Rows: 4206, Same: 4139, Waiting: 12, Doubts: 3, Added: 19, Corrected: 3, Lifted: 4, Allowed: 1, Messaged: 3, Doubted: 1,
		Restored: 2, Invalid: 19, Skipped: 16, Removed: 1, Departed: 2, DepartedDoubted: 1},
		Asked: []int{9, 10, 11}, First: record.FirstRows{Waiting: []int{3, 7, 12}, Added: []int{4195, 4196, 4197}, Corrected: []int{15, 203, 410},
			Lifted: []int{512, 513, 514}, Allowed: []int{600}, Messaged: []int{1512, 1513}, Doubted: []int{1514}, Restored: []int{77, 78},
			Invalid: []int{16, 17, 18}, Skipped: []int{30, 31, 32}, Removed: []int{4211}, Departed: []int{4212}, DepartedDoubted: []int{4213}}}
	for name, show := range map[string]func(Face){
		"changed.txt": func(b Face) {
			ChangedFile(b, &campaign.Refusal{Campaign: c, Changes: &changes, Next: []campaign.Command{commandOf("send novembre.csv --update")},
				Other: otherCampaign}, Live)
		},
		"finished.txt": func(b Face) { Finished(b, finished(c, atTheEnd()), Session{Mode: Live}) },
		"finished-correct.txt": func(b Face) {
			r := finished(c, append(atTheEnd(), tally(outcome.Rejected, string(kanal.CauseBadParameter), "100", 2),
				tally(outcome.Unknown, string(kanal.CauseTimeout), "", 1)))
			s := Session{Mode: Sandbox, Ledger: "/home/zoe/mes campagnes/essai.db"}
			r.Other = s.command("send", "novembre.csv", "--template", "1234", "--country", "FR")
			Finished(b, r, s)
		},
		"repeats.txt": func(b Face) {
			send := commandOf("send novembre.csv --template order_confirmation --country FR --sandbox")
			RepeatsStop(b, &campaign.Refusal{Repeats: []record.Repeats{{Campaign: "export du 3", Since: at(3, 9, 0), Rows: 3980}},
				Count: 4180, Others: 200, Next: []campaign.Command{and(send, "--skip-repeats"), and(send, "--again")}}, Sandbox)
		},
		"updating.txt":         func(b Face) { Propose(b, maison, updateProposal(c, changes)) },
		"updating-changed.txt": func(b Face) { Propose(b, Session{Mode: Live}, changedUpdate(c, changes)) },
		"updating-nobody.txt": func(b Face) {
			p := updateProposal(c, campaign.FileChanges{Changes: record.Changes{Rows: 4139, Same: 4139, Removed: 1}})
			p.Send, p.Asking = &campaign.Selection{}, campaign.Asking{}
			Propose(b, Session{Mode: Sandbox, Team: maison.Team}, p)
		},
		"updating-beyond.txt": func(b Face) {
			p := updateProposal(c, changes)
			p.Hours.DailyCap, p.Hours.Recent = 4150, 4142
			p.Asking.Hours = p.Hours
			Propose(b, maison, p)
		},
		"retry.txt": func(b Face) {
			p := retryProposal(c)
			p.Retry.NotTaken = notRetried(c).NotRetried
			Propose(b, Session{Mode: Live}, p)
		},
		"retry-none.txt": func(b Face) { NoneRetried(b, notRetried(c)) },
		"retry-new-key.txt": func(b Face) {
			p := retryProposal(c)
			p.Send.Fresh, p.Retry.First = 1, p.Retry.First[:1]
			p.Request.Retry = campaign.RetryChoice{Unknown: true, NewKey: true}
			p.Was = reads("Bonjour {{first_name}},\nmerci.")
			Propose(b, Session{Mode: Sandbox}, p)
		},
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, screen(show)) })
	}
}

// otherCampaign sends the file of novembre as another campaign.
var otherCampaign = commandOf("send novembre.csv --template order_confirmation --country FR --campaign novembre-2")

// finished refuses a campaign that is over.
func finished(c record.Campaign, tallies []record.Tally) *campaign.Refusal {
	return &campaign.Refusal{Code: campaign.RefusedFinished, Campaign: c, Tallies: tallies, Other: and(otherCampaign, "--again")}
}

func updateProposal(c record.Campaign, changes campaign.FileChanges) *campaign.Proposal {
	if changes.DueDoubts = min(2, changes.Doubts); changes.DueDoubts > 0 {
		changes.Due, changes.Asked = changes.Asked[:2], changes.Asked[2:]
	}
	now := message.TemplateMessage(template())
	return &campaign.Proposal{Kind: campaign.ProposeUpdate, From: "56", APIURL: kanal.DefaultBaseURL, Campaign: c, Changes: &changes,
		Was: now, Now: now, Shown: report(), Plan: &campaign.Plan{}, AsOf: at(21, 9, 5), Request: campaign.Request{Rate: 60},
		Send: &campaign.Selection{Fresh: 39, Doubts: 2, People: 39}, Asking: campaign.Asking{Messages: 41, People: 39, Unconfirmed: true}}
}

// changedUpdate is a pilot of an update whose template has another text by now, against another address.
func changedUpdate(c record.Campaign, changes campaign.FileChanges) *campaign.Proposal {
	p := updateProposal(c, changes)
	p.APIURL, p.Send, p.Request.First = "http://localhost:8091/v1", &campaign.Selection{Fresh: 10, People: 10, Beyond: 31}, 10
	p.Was = reads("Bonjour {{first_name}},\nmerci.")
	return p
}

// notRetried are the rows that a person asked for as well.
func notRetried(c record.Campaign) NotRetried {
	return NotRetried{Session: Session{Mode: Live}, Campaign: c, NotRetried: campaign.NotRetried{Rows: []campaign.NotRetriedRow{
		{Row: record.Row{ID: 1, Number: 12, State: outcome.State{Status: outcome.Unknown, Cause: "timeout"}, ContentID: uuid.Max}},
		{Row: record.Row{ID: 2, Number: 14, SentAt: at(20, 10, 43), MessageID: "987654", State: outcome.State{Status: outcome.Sent}}},
		{Row: record.Row{Number: 9999}},
	}}}
}

func retryProposal(c record.Campaign) *campaign.Proposal {
	rows := []record.Row{*row(12, "Zoé", "CF-20481"), *row(1904, "Jean-Christophe", "CF-22107 et CF-22108 et CF-22109"), *row(1905), *row(1906)}
	now := message.TemplateMessage(template())
	return &campaign.Proposal{Kind: campaign.ProposeRetry, From: "56", Campaign: c, Was: now, Now: now, AsOf: at(27, 9, 0),
		Request: campaign.Request{Rate: 60}, Retry: &campaign.RetryFacts{First: rows}, Send: &campaign.Selection{Fresh: 5}}
}

func TestStatus(t *testing.T) {
	live := Session{Mode: Live}
	line := StatusLine{live, campaign.Status{Campaign: novembre(), Tallies: halfWay()}}
	done := StatusLine{live, campaign.Status{Campaign: novembre(), Tallies: atTheEnd()}}
	done.Campaign.Name, done.Campaign.FinishedAt = "soldes d'été pour nos clients fidèles", at(20, 11, 53)
	runs := []record.Run{
		{ID: 1, Command: "send", StartedAt: at(20, 10, 42), EndedAt: at(20, 11, 7), Stopped: string(sending.StopInterrupted), Person: "marketing", Computer: "PORTABLE-12", Confirmed: 4180},
		{ID: 2, Command: "resume", StartedAt: at(21, 9, 5), Person: "marketing", Computer: "PORTABLE-12", Confirmed: 2698},
	}
	running := line
	running.Running = runs[1]
	var err error
	if running.Campaign.Message, err = json.Marshal(message.TemplateMessage(template())); err != nil {
		t.Fatal(err)
	}
	golden(t, "status.txt", screen(func(b Face) { Status(b, []StatusLine{running, done, {live, campaign.Status{Campaign: novembre()}}}) }))
	golden(t, "status-none.txt", screen(func(b Face) { NoCampaigns(b, "/home/zoe/ledger.db") }))
	golden(t, "status-one.txt", screen(func(b Face) { StatusOne(b, running, runs) }))
	ended := done
	ended.Tallies = append(atTheEnd(), tally(outcome.Unknown, string(kanal.CauseTimeout), "", 1))
	golden(t, "status-one-finished.txt", screen(func(b Face) { StatusOne(b, ended, runs[:1]) }))
	stopped := line
	stopped.Tallies = append(halfWay(), record.Tally{Status: outcome.Sent, Cause: "", Rows: 3, Forgotten: 3})
	stopped.Mode, stopped.Ledger, stopped.Campaign.OutDir = Sandbox, "essai.db", "/home/zoe/Documents/campagnes de novembre 2026/clients fidèles/envois"
	nothing := func(id int64, code string) record.Run {
		return record.Run{ID: id, Command: "resume", StartedAt: at(21, 10, int(id)), EndedAt: at(21, 10, int(id)), Stopped: code,
			Person: "marketing", Computer: "PORTABLE-12", Confirmed: 9}
	}
	golden(t, "status-one-idle.txt", screen(func(b Face) {
		StatusOne(b, stopped, append(runs, nothing(3, "not-started"), nothing(4, "declined"), nothing(5, "checked")))
	}))
	golden(t, "status.json", screen(func(b Face) {
		if err := StatusJSON(b, []StatusLine{line, done}); err != nil {
			t.Error(err)
		}
	}))
}
