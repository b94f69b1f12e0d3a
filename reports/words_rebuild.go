package reports

// The sentences about campaigns whose ledger is lost.
const (
	rebuildLimits = "What this campaign sent after that file was written does not stand in it. Those people are sent to again under " +
		"the same keys, and Kanal does not deliver a key twice for as long as it remembers it, which is not documented. " +
		"If that was long ago, stop here and ask Kanal."

	keyMismatch = "In %s, %s does not give its own key. Nothing was sent. Either a cell or the number was changed after the file " +
		"was written, or the campaign had another name, message or column: give the flags of its send command again " +
		"(--campaign, --template or --type, --map, --encoding)."

	noTemplateGivesKey = "None of your %s gives the key of %s of %s in a campaign called %s. Nothing was sent. If the campaign had " +
		"another name, give --campaign NAME; if a variable had a column of another name, --map; if it was a free-form message, " +
		"--type and its text; if its template is gone from Kanal, it cannot go on."

	resultsOfLostLedger = "%s says that people of this file were messaged by this very campaign, and the ledger knows nothing of it: it is " +
		"another one, or it was lost. Nothing was sent. To go on where that file ends: %s. If this is another occasion, name " +
		"it with --campaign NAME."

	noResultsFile = "%s is no results file of kanal-campaign: its last columns are not status, message_id and so on to row. Nothing " +
		"was sent. Name the NAME.results.csv that the campaign wrote."

	changedResultsFile = "%s was changed after it was written: in line %d as a spreadsheet counts, %s is %s. Nothing was sent. Use the " +
		"file as the campaign wrote it."
)
