package screen

import (
	"path/filepath"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// rebuild shows what the results of a campaign tell whose ledger is lost, and what they cannot.
func rebuild(f Face, s Session, proposed *campaign.Proposal) {
	p, c, facts, n := f.page(), proposed.Campaign, proposed.Rebuild, proposed.Send.Messages()
	showBanner(p, s.Mode, proposed.APIURL)
	tallies := facts.Tallies
	p.field(p.LabelRebuilt(), confirmAt,
		p.RebuiltFrom(text.Clean(c.Name), text.Clean(filepath.Base(c.RebuiltFrom)), p.Dated(facts.WrittenAt)))
	p.field(p.LabelFrom(), confirmAt, p.RebuiltNumber(text.Clean(proposed.From)))
	showAPI(p, s.Mode, proposed.APIURL)
	p.field(p.LabelMessage(), confirmAt, p.RebuiltMessage(messageText(p.Words, c.Kind, c.Title, c.Of)))
	p.field(p.LabelDone(), confirmAt, doneText(p.Words, tallies))
	doubts := tallies.Messages()[outcome.Unknown]
	showDoubts(p, s, c.Name, doubts, campaign.Earlier{OldDoubts: max(0, doubts-proposed.Send.Doubts)}, proposed.AsOf)
	p.field(p.LabelToSend(), confirmAt, p.People(n))
	if left := leftOutOf(f.Words, tallies); left != "" {
		counts := tallies.Counts()
		p.field(p.LabelLeftOut(), confirmAt, p.LeftOutRows(counts[outcome.Skipped]+counts[outcome.Invalid], left))
	}
	if n > 0 && len(facts.Missing) > 0 {
		p.field(p.LabelNotKnown(), confirmAt, p.RebuiltMissing(p.Either(facts.Missing)))
	}
	showTimes(p, proposed, proposed.Send.People)
	p.gap()
	if n > 0 {
		start := len(p.lines)
		p.text(0, p.RebuiltLimits())
		p.vital(start)
	}
	p.show()
}

// KeyMismatch says that a row of a results file does not give its own key.
func KeyMismatch(f Face, path string, row record.Row) string {
	if cell := shortened(row); cell != "" {
		return f.RebuiltShortened(f.Path(path), rowOf(f, row), f.InQuotes(cell))
	}
	return f.RebuiltKeyMismatch(f.Path(path), rowOf(f, row))
}

// OtherNumber says that the phone cell of a results file's row is not the number that the row was, or will be, sent to.
func OtherNumber(f Face, path string, row record.Row, cell string) string {
	if text.IsScientific(cell) {
		return f.RebuiltShortened(f.Path(path), rowOf(f, row), f.InQuotes(cell))
	}
	return f.RebuiltOtherNumber(f.Path(path), rowOf(f, row), f.InQuotes(cell), international(row.Phone))
}

// shortened is a row's cell that a spreadsheet has shortened as it saved the file (3,36E+10); "" for none.
func shortened(row record.Row) string {
	for _, cell := range append([]string{row.Phone}, row.Cells...) {
		if text.IsScientific(cell) {
			return cell
		}
	}
	return ""
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
	if cell := shortened(row); cell != "" {
		return f.RebuiltShortened(f.Path(path), rowOf(f, row), f.InQuotes(cell))
	}
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
