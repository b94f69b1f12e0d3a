package screen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode"
	"unicode/utf16"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// The JSON outputs are stable: a field may be added, none is renamed or removed, and codes never change. Each is one
// object with "version": 1 and a "kind". Times are RFC 3339 with offset, counts are numbers, lists are never null.

const jsonVersion = 1

// forPrograms is the face for JSON: the texts in it are English, whatever people read.
func (f Face) forPrograms() Face {
	f.Words = words.English()
	return f
}

// writeJSON writes one indented object. Characters that a terminal would obey, that cannot be seen, or that pile up are
// written as escapes, which changes nothing for whoever reads the JSON.
func writeJSON(w io.Writer, value any) error {
	content, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	var safe bytes.Buffer
	marks := 0
	for _, r := range string(content) {
		if marks++; text.RuneColumns(r) > 0 {
			marks = 0
		}
		if r == '\n' || !unicode.IsControl(r) && !text.IsInvisible(r) && marks <= text.MostMarks {
			safe.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&safe, `\u%04x`, unit)
		}
	}
	safe.WriteByte('\n')
	_, err = w.Write(safe.Bytes())
	return err
}

// jsonProblem is a problem with its sentence.
type jsonProblem struct {
	problem.Problem
	Sentence string `json:"sentence"`
}

// jsonGroup is all rows with one problem in one column.
type jsonGroup struct {
	Code     problem.Code     `json:"code"`
	Severity problem.Severity `json:"severity"`
	Column   string           `json:"column,omitempty"`
	Header   string           `json:"header,omitempty"`
	Variable string           `json:"variable,omitempty"`
	Rows     int              `json:"rows"`
	Heading  string           `json:"heading"`
	Examples []jsonProblem    `json:"examples"` // the first few rows
}

type jsonFeed struct {
	Variable string `json:"variable"` // "phone" for the number's column, "country" for that of its country
	Column   string `json:"column"`   // the spreadsheet's letter
	Header   string `json:"header"`
}

type jsonRepeat struct {
	Campaign string    `json:"campaign"`
	Since    time.Time `json:"since"`
	Rows     int       `json:"rows"`
}

type jsonCheck struct {
	Version    int            `json:"version"`
	Kind       string         `json:"kind"` // "check"
	Mode       Mode           `json:"mode"`
	OK         bool           `json:"ok"` // nothing keeps it from being sent
	File       string         `json:"file"`
	Delimiter  string         `json:"delimiter,omitempty"`
	Encoding   string         `json:"encoding,omitempty"`
	Template   string         `json:"template,omitempty"`
	TemplateID string         `json:"template_id,omitempty"`
	Columns    []jsonFeed     `json:"columns"`
	Rows       int            `json:"rows"`
	Sendable   int            `json:"sendable"`
	Invalid    int            `json:"invalid"`
	Warned     int            `json:"warned"`  // sendable rows with warnings
	Skipped    map[string]int `json:"skipped"` // rows left out, by cause
	// SkippedSince is, by cause, when the first and the last of them opted out or were messaged.
	SkippedSince map[string]plan.Span `json:"skipped_since"`
	Countries    map[string]int       `json:"countries"` // sendable rows, by ISO region
	People       int                  `json:"people"`    // whom the sendable rows go to, everybody once
	Hours        []jsonBreach         `json:"hours"`     // when messages would leave and are not welcome, started now
	Problems     []jsonProblem        `json:"problems"`  // of the file and its columns
	Groups       []jsonGroup          `json:"groups"`    // of rows
	Repeats      []jsonRepeat         `json:"repeats"`
	Rate         int                  `json:"rate"` // a minute
	Seconds      int                  `json:"seconds"`
	ProblemsFile string               `json:"problems_file,omitempty"`
	SendCommand  string               `json:"send_command,omitempty"`
	// ProposedCommands are for a file whose columns or country are unclear, the likeliest first.
	ProposedCommands []string   `json:"proposed_commands,omitempty"`
	Sheet            string     `json:"sheet,omitempty"` // of a workbook
	Fixed            *jsonFixed `json:"fixed,omitempty"` // by --fix
	// Campaign is the one of the file's name that the ledger has.
	Campaign *jsonKnown    `json:"campaign,omitempty"`
	Filter   []jsonFilter  `json:"filter"`  // the conditions of --where
	Consent  []jsonConsent `json:"consent"` // columns of consent
}

type jsonFixed struct {
	File  string      `json:"file"` // empty when nothing was fixed
	Cells int         `json:"cells"`
	First []plan.Mend `json:"first"` // the first few of those that were certain
	// Accepted are all that were only proposed, and taken; Proposed is how many were not.
	Accepted []plan.Mend `json:"accepted,omitempty"`
	Proposed int         `json:"proposed,omitempty"`
}

// CheckJSON writes what a check found as one object of kind "check".
func CheckJSON(f Face, s CheckScreen) error {
	f = f.forPrograms()
	out := jsonCheck{
		Version: jsonVersion, Kind: "check", Mode: s.Mode, OK: s.sendable(), File: s.File,
		Columns: []jsonFeed{}, Hours: []jsonBreach{}, Rows: s.Rows,
		Skipped: map[string]int{}, SkippedSince: map[string]plan.Span{}, Countries: map[string]int{},
		Problems: jsonProblems(f, s.fileProblems()), Groups: []jsonGroup{}, Repeats: jsonRepeats(s.Repeats),
		Rate: s.Request.Rate, ProblemsFile: s.ProblemsPath, Sheet: s.Sheet, Campaign: jsonKnownOf(s.Known),
	}
	for _, proposed := range s.Proposed {
		out.ProposedCommands = append(out.ProposedCommands, f.Command(proposed.Command))
	}
	out.Filter, out.Consent = jsonChoice(s.Report)
	if s.Dialect != (audience.Dialect{}) {
		out.Delimiter, out.Encoding = string(s.Dialect.Delimiter), s.Dialect.Encoding
	}
	if fixes := s.Fixes; fixes.Asked {
		out.Fixed = &jsonFixed{File: fixes.Path, Cells: fixes.Count, First: append([]plan.Mend{}, fixes.First...),
			Accepted: fixes.Accepted, Proposed: fixes.Proposed}
	}
	if r := s.Report; r != nil {
		out.Template, out.TemplateID = s.Message.Title(), s.Message.Of()
		out.Columns = s.jsonColumns()
		out.Sendable, out.Invalid, out.Warned = r.Sendable, r.Invalid, r.Warned
		messages := r.Sendable
		if s.known() {
			messages = sends(s.Known).Messages()
		}
		takes := hours.Duration(messages, max(1, s.Request.Rate))
		out.Seconds, out.People = int(takes.Seconds()), r.People
		if messages > 0 && s.Window == nil {
			out.Hours = jsonBreaches(f, s.Hours.Calendar.Between(s.Start, s.Start.Add(takes)))
		}
		if r.Skipped != nil {
			out.Skipped = r.Skipped
		}
		if r.Since != nil {
			out.SkippedSince = r.Since
		}
		if r.Countries != nil {
			out.Countries = r.Countries
		}
		for _, g := range r.Groups {
			out.Groups = append(out.Groups, s.jsonGroup(f, g))
		}
		if out.OK && (s.Known == nil || s.Known.Does != campaign.SendForgotten) { // no command sends that file
			out.SendCommand = f.Command(s.SendCommand)
		}
	}
	return writeJSON(f, out)
}

func (s CheckScreen) jsonColumns() []jsonFeed {
	feed := func(variable string, column int) jsonFeed {
		f := jsonFeed{Variable: variable, Column: audience.ColumnLetter(column)}
		if column >= 0 && column < len(s.Header) {
			f.Header = s.Header[column]
		}
		return f
	}
	feeds := []jsonFeed{feed("phone", s.Columns.Phone)}
	if s.Columns.Country >= 0 {
		feeds = append(feeds, feed("country", s.Columns.Country))
	}
	for _, f := range s.Columns.Fields {
		feeds = append(feeds, feed(f.Variable, f.Column))
	}
	return feeds
}

func (s CheckScreen) jsonGroup(f Face, g plan.Group) jsonGroup {
	out := jsonGroup{Code: g.Code, Severity: g.Severity, Column: g.Column, Header: g.Header, Variable: g.Variable,
		Rows: g.Rows, Examples: jsonProblems(f, g.Examples)}
	if len(g.Examples) > 0 {
		out.Heading = f.ProblemRowsHeading(g.Examples[0], g.Rows, s.Sheet != "")
	}
	return out
}

func jsonProblems(f Face, problems []problem.Problem) []jsonProblem {
	out := make([]jsonProblem, len(problems))
	for i, p := range problems {
		sentence := f.ProblemSentence(p)
		if p.Doubt != nil {
			p.Reason = f.TemplateDoubt(*p.Doubt)
		}
		out[i] = jsonProblem{Problem: p, Sentence: sentence}
	}
	return out
}

func jsonRepeats(repeats []record.Repeats) []jsonRepeat {
	out := make([]jsonRepeat, len(repeats))
	for i, r := range repeats {
		out[i] = jsonRepeat{Campaign: r.Campaign, Since: r.Since, Rows: r.Rows}
	}
	return out
}

// jsonReason is how many rows share a status and a cause.
type jsonReason struct {
	Status outcome.Status `json:"status"`
	Cause  string         `json:"cause"`
	Code   string         `json:"code,omitempty"` // WhatsApp's, where there is one
	Rows   int            `json:"rows"`
	Label  string         `json:"label"`
	Advice string         `json:"advice"`
}

type jsonSummary struct {
	Version     int                    `json:"version"`
	Kind        string                 `json:"kind"` // "summary"
	Mode        Mode                   `json:"mode"`
	Campaign    string                 `json:"campaign"`
	Stopped     sending.StopCode       `json:"stopped"`
	StoppedRow  int                    `json:"stopped_row,omitempty"`
	Said        string                 `json:"said,omitempty"` // Kanal's words, of a stop
	Finished    bool                   `json:"finished"`       // nothing is left to send
	Started     time.Time              `json:"started"`
	Ended       time.Time              `json:"ended"`
	Rows        int                    `json:"rows"`
	Counts      map[outcome.Status]int `json:"counts"` // every status, rows of the file, and those in doubt that have left it
	Gone        int                    `json:"gone"`   // rows no longer in the file, but for those in doubt
	FileRows    int                    `json:"file_rows"`
	Messages    jsonMessages           `json:"messages"`
	Reasons     []jsonReason           `json:"reasons"`
	ResultsFile string                 `json:"results_file"`
	ReportFile  string                 `json:"report_file,omitempty"`
	LogFile     string                 `json:"log_file,omitempty"`
	Error       string                 `json:"error,omitempty"` // of the ledger, when it ended the run
}

// SummaryJSON writes the end of a run as one object of kind "summary".
func SummaryJSON(f Face, s SummaryScreen) error {
	f = f.forPrograms()
	counts, old := s.Tallies.Looked(), s.Tallies.Old()
	return writeJSON(f, jsonSummary{
		Version: jsonVersion, Kind: "summary", Mode: s.Mode, Campaign: s.Campaign.Name, Stopped: s.Stop.Code,
		StoppedRow: s.Stop.Row.Number, Said: said(s.Stop.Answer), Finished: s.Stop.Code == sending.StopDone && counts[outcome.Pending]+s.Untried == 0,
		Started: s.Started, Ended: s.Ended, Rows: counts.Total(), Counts: everyStatus(counts), Gone: old.Total() - old[outcome.Unknown],
		FileRows: s.Tallies.Counts().Total(), Messages: jsonMessagesOf(s.Tallies),
		Reasons: jsonReasons(f, s.Tallies), ResultsFile: s.Results.Path, ReportFile: s.Report.Path, LogFile: s.LogPath, Error: failureText(f.Words, s.Err),
	})
}

// jsonMessages counts messages, those of rows that an update has corrected or removed included.
type jsonMessages struct {
	Accepted int `json:"accepted"`
	Refused  int `json:"refused"`
	InDoubt  int `json:"in_doubt"`
	// Old are those of rows that have left the file.
	Old *jsonMessages `json:"old_versions,omitempty"`
}

func jsonMessagesOf(tallies campaign.Tallies) jsonMessages {
	of := func(counts campaign.Counts) jsonMessages {
		return jsonMessages{Accepted: counts.Accepted(), Refused: counts[outcome.Rejected], InDoubt: counts[outcome.Unknown]}
	}
	all, old := of(tallies.Messages()), of(tallies.Old())
	all.Old = &old
	return all
}

func everyStatus(counts map[outcome.Status]int) map[outcome.Status]int {
	all := map[outcome.Status]int{}
	for _, status := range outcome.Statuses {
		all[status] = counts[status]
	}
	return all
}

func jsonReasons(f Face, tallies campaign.Tallies) []jsonReason {
	out := []jsonReason{}
	for _, status := range outcome.Statuses {
		for _, r := range tallies.Reasons(status) {
			if r.Cause == "" {
				continue
			}
			label, advice := CauseWords(f.Words, r.Cause, r.Code)
			out = append(out, jsonReason{Status: status, Cause: r.Cause, Code: r.Code, Rows: r.Rows, Label: label, Advice: advice})
		}
	}
	return out
}

type jsonStatus struct {
	Version   int                  `json:"version"`
	Kind      string               `json:"kind"` // "status"
	Campaigns []jsonStatusCampaign `json:"campaigns"`
}

type jsonStatusCampaign struct {
	Mode       Mode                   `json:"mode"`
	Campaign   string                 `json:"campaign"`
	State      string                 `json:"state"` // running, finished, unfinished, not begun
	Template   string                 `json:"template"`
	TemplateID string                 `json:"template_id"`
	File       string                 `json:"file"`
	SHA256     string                 `json:"sha256"`
	Planned    time.Time              `json:"planned"`
	Finished   *time.Time             `json:"finished,omitempty"`
	Rows       int                    `json:"rows"`
	Counts     map[outcome.Status]int `json:"counts"`
	FileRows   int                    `json:"file_rows"`
	Messages   jsonMessages           `json:"messages"`
	Reasons    []jsonReason           `json:"reasons"`
	FirstLeft  int                    `json:"first_left,omitempty"` // messages that are left of a part that --first has begun
}

// StatusJSON writes campaigns as one object of kind "status".
func StatusJSON(f Face, lines []StatusLine) error {
	f = f.forPrograms()
	out := jsonStatus{Version: jsonVersion, Kind: "status", Campaigns: []jsonStatusCampaign{}}
	for _, s := range lines {
		c, counts := s.Campaign, s.Tallies.Looked()
		line := jsonStatusCampaign{
			Mode: s.Mode, Campaign: c.Name, State: s.state(), Template: c.Title, TemplateID: c.Of, File: c.File.Name,
			SHA256: c.File.SHA256, Planned: c.CreatedAt, Rows: counts.Total(), Counts: everyStatus(counts),
			Reasons: jsonReasons(f, s.Tallies), FileRows: s.Tallies.Counts().Total(), Messages: jsonMessagesOf(s.Tallies), FirstLeft: s.Rest,
		}
		if !c.FinishedAt.IsZero() {
			line.Finished = &c.FinishedAt
		}
		out.Campaigns = append(out.Campaigns, line)
	}
	return writeJSON(f, out)
}
