package screen

import (
	"strconv"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audit"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// VerifyScreen is the audit of one campaign.
type VerifyScreen struct {
	Session
	campaign.Verification
}

// mostFindings is how many rows with one finding are named on the screen. JSON names all.
const mostFindings = 10

// verifyAt is where the texts of an audit begin.
const verifyAt = 11

// Verify shows what was looked at and what was found.
func Verify(f Face, s VerifyScreen) {
	p := f.page()
	verdict := f.VerifyHolds
	if !s.Holds() {
		verdict = f.VerifyContradicts
	}
	p.title(s.Mode, func(mode string) string { return verdict(mode, s.Campaign.Name) })
	p.gap()
	s.showAudit(p)
	switch {
	case s.File != "":
		p.gap()
		p.path(p.LabelResults(), verifyAt, s.File)
		p.text(verifyAt, f.VerifyCompared(s.Compared.Rows))
		if s.Compared.Forgotten > 0 {
			p.text(verifyAt, f.VerifyComparedForgotten(s.Compared.Forgotten))
		}
		s.showDifferences(p)
	case s.Beside != "":
		p.gap()
		p.path(p.LabelResults(), verifyAt, s.Beside)
		p.text(verifyAt, f.VerifyFileNotChecked())
		p.next(verifyAt, s.command("verify", s.Campaign.Name, s.Beside))
	}
	p.show()
}

func (s VerifyScreen) showAudit(p *page) {
	if damages := len(s.Integrity); damages == 0 {
		p.field(p.LabelLedger(), verifyAt, p.VerifyLedgerWhole())
	} else {
		p.field(p.LabelLedger(), verifyAt, p.VerifyLedgerDamaged(damages))
	}
	for _, line := range s.Integrity {
		p.text(verifyAt, line)
	}
	p.field(p.LabelPlan(), verifyAt, p.VerifyRowsRead(s.Audit.Rows)+" "+p.VerifyKeysComputed(s.Audit.Keys))
	if !s.Audit.Places.Hold() {
		p.text(verifyAt, p.VerifyPlaces(p.Number(s.Audit.Places.Rows), p.Number(s.Audit.Places.Distinct), p.Number(int(s.Audit.Places.Last))))
	}
	if s.Audit.Forgotten > 0 {
		p.field(p.LabelForgotten(), verifyAt, p.VerifyForgotten(s.Audit.Forgotten))
	}
	if s.Audit.SetBack {
		p.field(p.LabelClock(), verifyAt, p.VerifyClockSetBack())
	}
	s.showFindings(p)
	if s.Audit.Unanswered > 0 && !s.Running {
		p.field(p.LabelUnanswered(), verifyAt, p.VerifyUnanswered(s.Audit.Unanswered))
	}
	if s.Running {
		p.field(p.LabelRunning(), verifyAt, p.VerifyRunning())
	}
}

// showFindings lists the rows of each finding together.
func (s VerifyScreen) showFindings(p *page) {
	rows := map[audit.Code][]int{}
	var order []audit.Code
	for _, found := range s.Audit.Findings {
		if len(rows[found.Code]) == 0 {
			order = append(order, found.Code)
		}
		rows[found.Code] = append(rows[found.Code], found.Row)
	}
	label := p.LabelOutcomes()
	if len(order) == 0 {
		p.field(label, verifyAt, p.VerifyOutcomesHold())
	}
	for _, code := range order {
		text := p.Finding(string(code))
		if rows := rows[code]; rows[0] > 0 {
			text += " " + p.VerifyRows(len(rows), p.listed(rows))
		}
		p.field(label, verifyAt, text)
		label = ""
	}
}

// listed names the first of rows, and how many more there are.
func (f Face) listed(rows []int) string {
	var parts []string
	for i, row := range rows {
		if i == mostListed {
			parts = append(parts, f.ListMore(len(rows)-i))
			break
		}
		parts = append(parts, f.RowNumber(row))
	}
	return f.List(parts)
}

// mostListed is how many campaigns, rows or files a list names.
const mostListed = 12

func (s VerifyScreen) showDifferences(p *page) {
	if len(s.Compared.Found) == 0 {
		p.text(verifyAt, p.VerifyFileHolds())
		return
	}
	const at = 14
	shown := map[record.Difference]int{}
	for _, d := range s.Compared.Found {
		if shown[d.Kind]++; shown[d.Kind] <= mostFindings {
			p.field("  "+p.differenceLabel(d), at, p.difference(d))
		}
	}
	for _, more := range []struct {
		kind record.Difference
		say  func(int) string
	}{{record.Altered, p.VerifyMoreAltered}, {record.Missing, p.VerifyMoreMissing}, {record.Added, p.VerifyMoreAdded}, {record.OutOfOrder, p.VerifyMoreMoved}} {
		if n := shown[more.kind] - mostFindings; n > 0 {
			p.text(at, more.say(n))
		}
	}
	p.gap()
	if s.Stale {
		p.text(0, p.VerifyFileOlder())
	}
	p.text(0, p.VerifyWriteResults())
	p.next(2, s.command("report", s.Campaign.Name))
}

func (f Face) differenceLabel(d record.RowDifference) string {
	if d.Row == "" {
		return f.VerifyLineLabel(strconv.Itoa(d.Line))
	}
	return f.RowLabel(text.Clean(text.Shorten(d.Row, 8)))
}

// difference says how a row differs, with both values of an altered cell.
func (f Face) difference(d record.RowDifference) string {
	if d.Kind != record.Altered {
		return f.Difference(string(d.Kind))
	}
	return f.VerifyAltered(text.Clean(f.columnOf(d)), f.InQuotes(text.Visible(d.File)), f.InQuotes(text.Visible(d.Ledger)))
}

// columnOf names the column of an altered cell.
func (f Face) columnOf(d record.RowDifference) string {
	if d.Beyond > 0 {
		return f.VerifyBeyondColumns(strconv.Itoa(d.Beyond))
	}
	return d.Column
}

type jsonVerify struct {
	Version     int              `json:"version"`
	Kind        string           `json:"kind"` // "verify"
	Mode        Mode             `json:"mode"`
	Campaign    string           `json:"campaign"`
	OK          bool             `json:"ok"`
	Running     bool             `json:"running"`
	Rows        int              `json:"rows"`
	Keys        int              `json:"keys"` // computed anew
	Forgotten   int              `json:"forgotten"`
	Unanswered  int              `json:"unanswered"`     // rows with a request that a dead run left without an answer
	RowsMissing bool             `json:"rows_missing"`   // the places in the file are not all there, each once
	ClockSet    bool             `json:"clock_set_back"` // so that the order of dates was not looked at
	Integrity   []string         `json:"integrity"`
	Findings    []jsonFinding    `json:"findings"`
	ResultsFile string           `json:"results_file,omitempty"`
	FileRows    int              `json:"file_rows"`
	FileStale   bool             `json:"file_stale"` // the campaign went on after it was written
	Differences []jsonDifference `json:"differences"`
}

type jsonFinding struct {
	Code     string `json:"code"`
	Row      int    `json:"row"`
	Gone     bool   `json:"gone"`
	Sentence string `json:"sentence"`
}

type jsonDifference struct {
	Kind   record.Difference `json:"kind"`
	Row    string            `json:"row"`
	Line   int               `json:"line,omitempty"`
	Column string            `json:"column,omitempty"`
	Ledger string            `json:"ledger,omitempty"`
	File   string            `json:"file,omitempty"`
}

// VerifyJSON writes the same as one object of kind "verify", with every finding.
func VerifyJSON(f Face, s VerifyScreen) error {
	f = f.forPrograms()
	out := jsonVerify{
		Version: jsonVersion, Kind: "verify", Mode: s.Mode, Campaign: s.Campaign.Name, OK: s.Holds(), Running: s.Running,
		Rows: s.Audit.Rows, Keys: s.Audit.Keys, Forgotten: s.Audit.Forgotten, Unanswered: s.Audit.Unanswered,
		RowsMissing: !s.Audit.Places.Hold(), ClockSet: s.Audit.SetBack, Integrity: []string{},
		Findings: []jsonFinding{}, ResultsFile: s.File, FileRows: s.Compared.Rows, FileStale: s.Stale,
		Differences: []jsonDifference{},
	}
	out.Integrity = append(out.Integrity, s.Integrity...)
	for _, found := range s.Audit.Findings {
		out.Findings = append(out.Findings, jsonFinding{Code: string(found.Code), Row: found.Row, Gone: found.Gone,
			Sentence: f.Finding(string(found.Code))})
	}
	for _, d := range s.Compared.Found {
		out.Differences = append(out.Differences, jsonDifference{d.Kind, d.Row, d.Line, f.columnOf(d), d.Ledger, d.File})
	}
	return writeJSON(f, out)
}
