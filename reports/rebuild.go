package reports

import (
	"path/filepath"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// RebuildScreen is what a person sees before a campaign whose ledger is lost goes on from its results.
type RebuildScreen struct {
	Mode      Mode
	APIURL    string // where messages go; see ConfirmScreen
	Ledger    string // the path given by --ledger; empty for the default
	From      string // the phone_number_id of the key in use
	Campaign  record.Campaign
	WrittenAt time.Time // of the results
	Tallies   campaign.Tallies
	Window    *WindowScreen
	Hours     hours.HoursVerdict
	Missing   []string // flags of the send command that the results do not tell, and that were not given again
	ToSend    int
	Doubts    int // of them, rows in doubt that are tried again
	Rate      int
	Start     time.Time
}

// Rebuild shows what the results tell, and what they cannot. With messages to send, the terminal's question follows: see
// ConfirmPrompt.
func Rebuild(f Face, s RebuildScreen) {
	p := f.page()
	showBanner(p, s.Mode, s.APIURL)
	counts := s.Tallies.Counts()
	resume := ResumeScreen{Mode: s.Mode, Ledger: s.Ledger, Campaign: s.Campaign, Start: s.Start, Tallies: s.Tallies}
	doubts := s.Tallies.Messages()[outcome.Unknown]
	resume.OldDoubts = max(0, doubts-s.Doubts)
	p.field(p.LabelRebuilt(), confirmAt, p.RebuiltFrom(text.Clean(s.Campaign.Name), text.Clean(filepath.Base(s.Campaign.RebuiltFrom)), p.Dated(s.WrittenAt)))
	p.field(p.LabelFrom(), confirmAt, p.RebuiltNumber(text.Clean(s.From)))
	showAPI(p, s.Mode, s.APIURL)
	p.field(p.LabelMessage(), confirmAt, p.RebuiltMessage(messageText(p.Words, s.Campaign.Kind, s.Campaign.Title, s.Campaign.Of)))
	p.field(p.LabelDone(), confirmAt, doneText(p.Words, s.Tallies))
	resume.showDoubts(p)
	p.field(p.LabelToSend(), confirmAt, p.People(s.ToSend))
	if left := leftOutOf(f.Words, s.Tallies); left != "" {
		p.field(p.LabelLeftOut(), confirmAt, p.LeftOutRows(counts[outcome.Skipped]+counts[outcome.Invalid], left))
	}
	showRunHours(p, s.Window, s.Hours, s.ToSend, s.ToSend, s.Rate, s.Start)
	if s.ToSend > 0 && len(s.Missing) > 0 {
		p.field(p.LabelNotKnown(), confirmAt, p.RebuiltMissing(p.Either(s.Missing)))
	}
	if s.ToSend > 0 {
		showWhen(p, s.Window, confirmAt, s.ToSend, s.Rate, s.Start)
	}
	p.gap()
	if s.ToSend > 0 {
		start := len(p.lines)
		p.text(0, p.RebuiltLimits())
		p.vital(start)
	}
	p.show()
}

// KeyMismatch says that a row of a results file does not give its own key.
func KeyMismatch(f Face, path string, row record.Row) string {
	return f.RebuiltKeyMismatch(f.Path(path), rowOf(f, row))
}

// OtherNumber says that the phone cell of a results file's row is not the number that the row was, or will be, sent to.
func OtherNumber(f Face, path string, row record.Row, cell string) string {
	return f.RebuiltOtherNumber(f.Path(path), rowOf(f, row), f.InQuotes(cell), international(row.Phone))
}

// RehearsedResults says that a results file is a rehearsal's.
func RehearsedResults(f Face, path string) string { return f.RebuiltRehearsal(f.Path(path)) }

// OldLedger says that a campaign's results tell of more attempts than its ledger, and of how many more; the command that rebuilds
// it follows.
func OldLedger(f Face, ledgerPath, resultsPath string, more int) string {
	return f.Words.OldLedger(more, f.Path(resultsPath), f.Path(ledgerPath))
}

// RowTwice says that a results file holds a row twice.
func RowTwice(f Face, path string, row record.Row) string {
	return f.RebuiltRowTwice(f.Path(path), rowOf(f, row))
}

// NoTemplateGivesKey says that none of the account's templates gives the key of a results file's row.
func NoTemplateGivesKey(f Face, path string, row record.Row, campaign string, templates int) string {
	return f.RebuiltNoTemplate(templates, rowOf(f, row), f.Path(path), f.InQuotes(campaign))
}

// ResultsOfLostLedger says that a results file knows of messages that the ledger does not. The command that goes on from it
// follows.
func ResultsOfLostLedger(f Face, path string) string { return f.LostLedger(f.Path(path)) }

// rowOf is a row's number; "" for a row that has none any more.
func rowOf(f Face, row record.Row) string {
	if row.Gone {
		return ""
	}
	return f.RowNumber(row.Number)
}
