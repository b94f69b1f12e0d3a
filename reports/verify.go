package reports

import (
	"fmt"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
)

// VerifyScreen is the audit of one campaign.
type VerifyScreen struct {
	Mode      Mode
	Campaign  ledger.Campaign
	Running   bool
	Integrity []string // what does not fit together in the ledger's file
	Plan      campaign.Verified
	Places    ledger.Places
	File      string // the results file that was held against the ledger; empty for none
	Compared  Comparison
	Report    string // the command that writes the results anew
	// Beside is a results file of the campaign that was not asked about, and Look the command that looks at it.
	Beside, Look string
}

// Holds reports whether nothing was found.
func (s VerifyScreen) Holds() bool {
	return len(s.Integrity)+len(s.Plan.Found)+len(s.Compared.Found) == 0 && s.placesHold()
}

// placesHold reports whether the rows of the file are all there, each once.
func (s VerifyScreen) placesHold() bool {
	return s.Places.Rows == s.Places.Distinct && s.Places.Rows == s.Places.Last
}

// mostFindings is how many rows with one finding are named on the screen. JSON names all.
const mostFindings = 10

// Verify shows what was looked at and what was found.
func Verify(f Face, s VerifyScreen) {
	p := f.page()
	verdict := "everything holds"
	if !s.Holds() {
		verdict = "it does not all hold"
	}
	p.line(string(s.Mode), ": ", Clean(s.Campaign.Name), ": ", verdict)
	p.gap()
	const at = 11
	p.field("Ledger", at, verdictOf(len(s.Integrity), "whole: every page and index was read", "place damaged|places damaged"))
	for _, line := range s.Integrity {
		p.text(at, line)
	}
	p.field("Plan", at, fmt.Sprintf("%s, %s computed anew from number and values", count(s.Plan.Rows, "row"), count(s.Plan.Keys, "key")))
	if !s.placesHold() {
		p.text(at, fmt.Sprintf("%s, %s of them different, the last one at place %s: rows are missing, or there twice",
			count(s.Places.Rows, "row"), figure(s.Places.Distinct), figure(s.Places.Last)))
	}
	if s.Plan.Forgotten > 0 {
		p.field("Forgotten", at, count(s.Plan.Forgotten, "row")+": what became of them is left to look at, and no key")
	}
	if s.Plan.SetBack {
		p.field("Clock", at, "this computer's clock was set back once: the order of dates was not looked at")
	}
	s.showFound(p)
	if s.Plan.Unanswered > 0 && !s.Running {
		p.field("Unanswered", at, unanswered(s.Plan.Unanswered))
	}
	if s.Running {
		p.field("Running", at, "the campaign is being carried out at the moment: what it does next was not looked at")
	}
	if s.File != "" {
		p.gap()
		p.path("Results", at, s.File)
		p.text(at, count(s.Compared.Rows, "row")+" held against the ledger, cell by cell"+s.passedOver())
		s.showDifferences(p)
	} else if s.Beside != "" {
		p.gap()
		p.path("Results", at, s.Beside)
		p.text(at, besideUnseen)
		p.command(at, s.Look)
	}
	p.show()
}

func (s VerifyScreen) passedOver() string {
	if s.Compared.Forgotten == 0 {
		return ""
	}
	return "; of " + count(s.Compared.Forgotten, "forgotten row") + " only what became of them"
}

func verdictOf(n int, good, bad string) string {
	if n == 0 {
		return good
	}
	return count(n, bad)
}

// showFound lists the rows of each contradiction together.
func (s VerifyScreen) showFound(p *page) {
	byCode := map[ledger.Contradiction][]ledger.Row{}
	var order []ledger.Contradiction
	for _, f := range s.Plan.Found {
		if len(byCode[f.Code]) == 0 {
			order = append(order, f.Code)
		}
		byCode[f.Code] = append(byCode[f.Code], ledger.Row{Number: f.Number})
	}
	if len(order) == 0 {
		p.field("Outcomes", 11, "every status is what its attempts leave; message ids, texts and dates agree")
	}
	for i, code := range order {
		label := ""
		if i == 0 {
			label = "Outcomes"
		}
		where := ""
		if rows := byCode[code]; rows[0].Number > 0 {
			where = ": " + numberedRows(rows)
		}
		p.field(label, 11, capital(findingWords[code])+where+".")
	}
}

func (s VerifyScreen) showDifferences(p *page) {
	if len(s.Compared.Found) == 0 {
		p.text(11, "It is as the ledger would write it.")
		return
	}
	shown := map[Difference]int{}
	for _, d := range s.Compared.Found {
		if shown[d.Kind]++; shown[d.Kind] > mostFindings {
			continue
		}
		p.field("  "+rowLabel(d), 14, d.text())
	}
	for _, kind := range []Difference{Altered, Missing, Added, OutOfOrder} {
		if more := shown[kind] - mostFindings; more > 0 {
			p.text(14, fmt.Sprintf("… and %s more %s (--format json names all)", figure(more), differenceWords[kind]))
		}
	}
	p.gap()
	if s.Compared.Stale {
		p.text(0, "The campaign went on after this file was written: that may be all.")
	}
	p.text(0, "To write the results as the ledger has them (--out DIR keeps this file):")
	p.command(2, s.Report)
}

func rowLabel(d RowDifference) string {
	if d.Row == "" {
		return fmt.Sprintf("line %d", d.Line)
	}
	return "row " + Clean(shorten(d.Row, 8))
}

// text says how a row differs, with both values of an altered cell.
func (d RowDifference) text() string {
	if d.Kind != Altered {
		return differenceWords[d.Kind]
	}
	return fmt.Sprintf("%s: %s in the file, %s in the ledger", Clean(d.Column), quoted(visible(d.File)), quoted(visible(d.Ledger)))
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
	Kind   Difference `json:"kind"`
	Row    string     `json:"row"`
	Line   int        `json:"line,omitempty"`
	Column string     `json:"column,omitempty"`
	Ledger string     `json:"ledger,omitempty"`
	File   string     `json:"file,omitempty"`
}

// VerifyJSON writes the same as one object of kind "verify", with every finding.
func VerifyJSON(f Face, s VerifyScreen) error {
	out := jsonVerify{
		Version: jsonVersion, Kind: "verify", Mode: s.Mode, Campaign: s.Campaign.Name, OK: s.Holds(), Running: s.Running,
		Rows: s.Plan.Rows, Keys: s.Plan.Keys, Forgotten: s.Plan.Forgotten, Unanswered: s.Plan.Unanswered,
		RowsMissing: !s.placesHold(), ClockSet: s.Plan.SetBack, Integrity: []string{},
		Findings: []jsonFinding{}, ResultsFile: s.File, FileRows: s.Compared.Rows, FileStale: s.Compared.Stale,
		Differences: []jsonDifference{},
	}
	out.Integrity = append(out.Integrity, s.Integrity...)
	for _, f := range s.Plan.Found {
		out.Findings = append(out.Findings, jsonFinding{Code: string(f.Code), Row: f.Number, Gone: f.Gone,
			Sentence: capital(findingWords[f.Code]) + "."})
	}
	for _, d := range s.Compared.Found {
		out.Differences = append(out.Differences, jsonDifference(d))
	}
	return writeJSON(f, out)
}
