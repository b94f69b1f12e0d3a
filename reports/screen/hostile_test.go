package screen

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"strings"
	"testing"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
	"kanal-campaign/campaign/trouble"
	"kanal-campaign/kanal"
)

// Everything that can come from outside is hostile here, and no screen lets it through.
func TestHostileTextsReachNoScreen(t *testing.T) {
	screens := hostilePlans(t)
	maps.Copy(screens, hostileCampaigns(t))
	for name, show := range screens {
		t.Run(name, func(t *testing.T) {
			out := screen(show).plain
			if len(out) < 20 {
				t.Errorf("an empty screen: %q", out)
			}
			for line := range strings.Lines(string(out)) {
				if line = strings.TrimSuffix(line, "\n"); line != text.Clean(line) {
					t.Errorf("%q", line)
				}
			}
		})
	}
}

func hostileTemplate() kanal.Template {
	tpl := template()
	tpl.Name, tpl.Body, tpl.Footer, tpl.Buttons[0].Text, tpl.Doubts = hostile, hostile+"{{first_name}}", hostile, hostile,
		[]kanal.TemplateDoubt{{Code: kanal.DoubtOthersShown, Part: "body", Declared: []string{hostile}, Shown: []string{hostile}},
			{Code: kanal.DoubtButtonKind, Name: hostile, Kind: hostile}}
	return tpl
}

// hostileSession is one of which everything that is shown was typed by others.
var hostileSession = Session{Mode: Live, Ledger: hostile, Team: hostile}

var hostileRepeats = []record.Repeats{{Campaign: hostile, Rows: 3}}

// hostilePlans are the screens before anything is sent.
func hostilePlans(t *testing.T) map[string]func(Face) {
	tpl := hostileTemplate()
	msg := message.TemplateMessage(tpl)
	check := checkScreen()
	check.File, check.Header, check.Accents, check.Message = hostile, []string{hostile, hostile, hostile, hostile, hostile}, []string{hostile}, msg
	check.Report.First.Values = []string{hostile, hostile}
	check.ProblemsPath, check.SkipCommand = hostile, campaign.Command{hostile}
	for i := range check.Report.Groups {
		e := &check.Report.Groups[i].Examples[0]
		e.Value, e.Fix, e.Header, e.Variable = hostile, hostile, hostile, "first_name"
	}
	check.ColumnIssues = []problem.Problem{{Code: "x\x1b[2Jy", Severity: problem.Error, Value: hostile, Names: []string{hostile}, Reason: hostile}}
	clean := check
	clean.Settings.SkipInvalid, clean.ColumnIssues = true, nil
	return map[string]func(Face){
		"check": func(b Face) { Check(b, check) },
		"plan":  func(b Face) { Check(b, clean) },
		"confirm": func(b Face) {
			p := newProposal(check.Report, at(20, 10, 42))
			p.From, p.APIURL, p.Now, p.Plan.Repeats, p.Request.Settings.NameColumn = hostile, hostile, msg, hostileRepeats, hostile
			Propose(b, hostileSession, p)
		},
		"repeats": func(b Face) {
			RepeatsStop(b, &campaign.Refusal{Repeats: hostileRepeats, Count: 3, Next: []campaign.Command{{hostile}}}, Live)
		},
		"templates": func(b Face) { TemplateList(b, []kanal.Template{tpl}); TemplateFull(b, tpl) },
		"sandbox":   func(b Face) { SandboxStarted(b, hostile, hostile, hostile, 3) },
		"json": func(b Face) {
			if err := CheckJSON(b, check); err != nil {
				t.Error(err)
			}
		},
	}
}

// hostileCampaigns are the screens about campaigns of the ledger.
func hostileCampaigns(t *testing.T) map[string]func(Face) {
	c, tpl := novembre(), hostileTemplate()
	c.Name, c.Account, c.Title, c.File.Name, c.OutDir = hostile, hostile, hostile, hostile, hostile
	msg := message.TemplateMessage(tpl)
	run := record.Run{ID: 1, Person: hostile, Computer: hostile, Stopped: hostile, Command: hostile}
	tallies := append(halfWay(), tally(outcome.Rejected, hostile, hostile, 1), tally(outcome.Skipped, hostile, "", 1))
	summary := SummaryScreen{Session: hostileSession, Summary: campaign.Summary{LogPath: hostile, Campaign: c, Tallies: tallies,
		Err: &trouble.MovedError{Path: hostile}, Results: record.File{Path: hostile, Wanted: hostile, Locked: true, Foreign: true},
		Stop: sending.Stop{Code: sending.StopHalted, Row: record.Row{Number: 3}, Answer: outcome.Answer{Text: hostile, Code: hostile, Cause: hostile}}}}
	pilot := summary
	pilot.Stop.Code, pilot.Tried = sending.StopPilot, []record.Row{{MessageID: hostile, Phone: hostile}}
	line := StatusLine{Session{Mode: Live, Ledger: hostile}, campaign.Status{Campaign: c, Tallies: tallies, Running: run}}
	idle := line
	idle.Running = record.Run{}
	return map[string]func(Face){
		"resume": func(b Face) {
			p := resumeProposal()
			p.Campaign, p.Earlier.LastRun, p.Earlier.Tallies, p.From, p.Was, p.Now, p.Asking.TextChanged = c, run, tallies, hostile, msg, msg, true
			Propose(b, hostileSession, p)
		},
		"halt":  func(b Face) { Summary(b, summary) },
		"pilot": func(b Face) { Summary(b, pilot) },
		"changed": func(b Face) {
			ChangedFile(b, &campaign.Refusal{Campaign: c, Changes: &campaign.FileChanges{Changes: record.Changes{Added: 1}},
				Next: []campaign.Command{{hostile}}, Other: campaign.Command{hostile}}, Live)
		},
		"updating": func(b Face) {
			p := updateProposal(c, campaign.FileChanges{Changes: record.Changes{Added: 1}})
			p.From, p.APIURL, p.Was, p.Now = hostile, hostile, message.TemplateMessage(template()), msg
			p.Shown = &plan.Report{First: row(2, hostile, hostile), Longest: row(3, hostile, hostile)}
			Propose(b, hostileSession, p)
		},
		"finished": func(b Face) { Finished(b, finished(c, tallies), Session{Mode: Live, Ledger: hostile}) },
		"retry": func(b Face) {
			p := retryProposal(c)
			p.From, p.APIURL, p.Was, p.Now = hostile, "http://127.0.0.1/"+hostile, message.TemplateMessage(template()), msg
			p.Retry.First, p.Request.Retry.NewKey = []record.Row{*row(2, hostile, hostile)}, true
			Propose(b, hostileSession, p)
		},
		"errors":  func(b Face) { hostileErrors(t, b) },
		"status":  func(b Face) { Status(b, []StatusLine{line}) },
		"one":     func(b Face) { StatusOne(b, line, slicesOf(run, 15)) },
		"idle":    func(b Face) { StatusOne(b, idle, slicesOf(run, 1)) },
		"written": func(b Face) { Written(b, summary.Results, summary.Results) },
		"states": func(b Face) {
			for _, err := range []error{SummaryJSON(b, summary), StatusJSON(b, []StatusLine{line})} {
				if err != nil {
					t.Error(err)
				}
			}
		},
		"sentences": func(b Face) { hostileSentences(b, c, tpl) },
	}
}

// hostileErrors are the sentences about what has failed.
func hostileErrors(t *testing.T, b Face) {
	for _, err := range []error{&trouble.NewerError{Path: hostile}, &trouble.DamagedError{Path: hostile, Err: errors.New(hostile)},
		&trouble.MovedError{Path: hostile}, &trouble.DiskError{Path: hostile, Trouble: trouble.Full, Err: errors.New(hostile)},
		&record.RunningError{Holder: record.Run{Campaign: hostile, PID: 1, Person: hostile, Computer: hostile}},
		&kanal.Error{Message: hostile}, &fs.PathError{Path: hostile, Err: errors.New(hostile)}} {
		sentence, ok := ErrorSentence(Plain(nil), err)
		if !ok {
			t.Errorf("%T has no sentence", err)
		}
		io.WriteString(b, Wrap(sentence)+"\n")
	}
	io.WriteString(b, Wrap(LogFailed(Plain(nil), errors.New(hostile)))+"\n"+Wrap(ResultsUnwritten(Plain(nil), errors.New(hostile), hostile))+"\n")
	io.WriteString(b, Wrap(strings.Repeat(hostile+" ", 5))+"\n")
}

// hostileSentences are those that stop a command.
func hostileSentences(b Face, c record.Campaign, tpl kanal.Template) {
	msg := message.TemplateMessage(tpl)
	for _, text := range []string{CampaignMissing(b, hostile, []record.Campaign{c}, Live), TemplateMissing(b, hostile, []kanal.Template{tpl}, Live),
		OtherAccount(b, c, hostile), OtherMessage(b, c, msg), OtherVariables(b, c, msg, msg),
		TeamName([]byte(`{"name":"\u001b[2J\u202ex"}`)), APISentence(b, &kanal.Error{Message: hostile})} {
		io.WriteString(b, text+"\n")
	}
}

func slicesOf(run record.Run, n int) []record.Run {
	runs := make([]record.Run, n)
	for i := range runs {
		runs[i] = run
	}
	return runs
}
