package reports

import (
	"fmt"
	"path/filepath"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
)

// RebuildScreen is what a person sees before a campaign whose ledger is lost goes on from its results.
type RebuildScreen struct {
	Mode      Mode
	APIURL    string // where messages go; see ConfirmScreen
	Ledger    string // the path given by --ledger; empty for the default
	From      string // the phone_number_id of the key in use
	Campaign  ledger.Campaign
	WrittenAt time.Time // of the results
	Tallies   campaign.Tallies
	Window    *WindowScreen
	Hours     campaign.HoursVerdict
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
	p.field("Rebuilt", confirmAt, fmt.Sprintf("%s, from %s, written %s", Clean(s.Campaign.Name), Clean(filepath.Base(s.Campaign.RebuiltFrom)),
		dated(s.WrittenAt)))
	p.field("From", confirmAt, "WhatsApp number id "+Clean(s.From)+" (the results do not tell which it was before)")
	showAPI(p, s.Mode, s.APIURL)
	p.field("Message", confirmAt, messageText(s.Campaign.Kind, s.Campaign.Title, s.Campaign.Of)+"; it gives every row's key")
	p.field("Done", confirmAt, resume.done(f))
	resume.showDoubts(p)
	p.field("To send", confirmAt, people(s.ToSend))
	if left := leftOutOf(f.Words, s.Tallies); left != "" {
		p.field("Left out", confirmAt, count(counts[outcome.Skipped]+counts[outcome.Invalid], "row")+": "+left)
	}
	showRunHours(p, s.Window, s.Hours, s.ToSend, s.ToSend, s.Rate, s.Start)
	if s.ToSend > 0 && len(s.Missing) > 0 {
		p.field("Not known", confirmAt, fmt.Sprintf(rebuildMissing, either(s.Missing)))
	}
	if s.ToSend > 0 {
		showWhenWithin(p, s.Window, confirmAt, s.ToSend, s.Rate, s.Start)
	}
	p.gap()
	if s.ToSend > 0 {
		start := len(p.lines)
		p.text(0, rebuildLimits)
		p.vital(start)
	}
	p.show()
}

// RebuiltAtNight says that a campaign whose window is not known would go on at unwelcome hours without anybody being asked.
func RebuiltAtNight() string { return rebuildNight }

// KeyMismatch says that a row of a results file does not give its own key.
func KeyMismatch(path string, row ledger.Row) string {
	return fmt.Sprintf(keyMismatch, pathWord(path), rowWord(row))
}

// OtherNumber says that the phone cell of a results file's row is not the number that the row was, or will be, sent to.
func OtherNumber(path string, row ledger.Row, cell string) string {
	return fmt.Sprintf(otherCellNumber, pathWord(path), rowWord(row), quoted(cell), Clean(row.Phone))
}

// RehearsedResults says that a results file is a rehearsal's.
func RehearsedResults(path string) string { return fmt.Sprintf(rehearsedResults, pathWord(path)) }

// OldLedger says that a campaign's results tell of more attempts than its ledger, and of how many more; the command that rebuilds
// it follows.
func OldLedger(ledgerPath, resultsPath string, more int) string {
	return fmt.Sprintf(oldLedger, pathWord(resultsPath), count(more, "attempt"), pathWord(ledgerPath))
}

// RowTwice says that a results file holds a row twice.
func RowTwice(path string, row ledger.Row) string {
	return fmt.Sprintf(rowTwice, pathWord(path), rowWord(row))
}

// NoTemplateGivesKey says that none of the account's templates gives the key of a results file's row.
func NoTemplateGivesKey(path string, row ledger.Row, campaign string, templates int) string {
	return fmt.Sprintf(noTemplateGivesKey, count(templates, "template"), rowWord(row), pathWord(path), quoted(campaign))
}

// ResultsOfLostLedger says that a results file knows of messages that the ledger does not. The command that goes on from it
// follows.
func ResultsOfLostLedger(path string) string {
	return fmt.Sprintf(resultsOfLostLedger, pathWord(path))
}

func rowWord(row ledger.Row) string {
	if row.Gone {
		return "a row without a number"
	}
	return fmt.Sprintf("row %s", rowNumber(row.Number))
}
