package reports

// The sentences about campaigns whose ledger is lost.
const (
	rebuildLimits = "People messaged after this file was written are not in it. They are sent to again under the same keys: Kanal " +
		"recognises a key and does not send twice, but for how long is not documented. If the campaign ran on for more " +
		"than a few hours after that, stop here and ask Kanal first."

	rebuildMissing = "whether the campaign had %s: the results do not tell; give them again if it had"

	rebuildNight = "Nothing was sent. These messages would leave at hours in which they are not welcome, and the results do not tell " +
		"whether the campaign had a window. --yes is no answer to that: add --send-window \"Mon-Sat 08:00-20:00\", or --send-window " +
		"none to send them now."

	keyMismatch = "In %s, the number and the cells of %s do not belong to its key. Nothing was sent. Was the file changed after the " +
		"campaign wrote it (a spreadsheet shortens numbers as it saves)? Then use the file as it was written. Did the " +
		"campaign have another name, template or column? Then give the flags of its send command again (--campaign, " +
		"--template or --type, --map, --encoding)."

	otherCellNumber = "In %s, %s now holds the phone number %s, but the campaign has +%s for it. Nothing was sent. To message a corrected " +
		"number, rebuild the campaign from the file as it was written, then correct the list itself and send it with --update."

	oldLedger = "Nothing was sent. %s tells of %s more than the ledger %s: the ledger is an older copy, and would send again what a newer " +
		"one has sent. Put the newest ledger back. If there is none, rebuild the campaign from its results, in a ledger of its own:"

	rowTwice = "In %s, %s stands twice. Nothing was sent. Use the file as the campaign wrote it."

	noTemplateGivesKey = "None of your %s gives the key of %s of %s in a campaign called %s. Nothing was sent. If the campaign had " +
		"another name, give --campaign NAME; if a variable had a column of another name, --map; if it was a free-form message, " +
		"--type and its text; if its template is gone from Kanal, it cannot go on."

	resultsOfLostLedger = "Nothing was sent. %s says that people of this list have been messaged by this campaign already, and the ledger " +
		"does not know it. If this is another occasion, give it another name: --campaign NAME. Was the ledger lost, or is " +
		"this another computer? To go on where that file ends:"

	noResultsFile = "%s is no results file of kanal-campaign: its last columns are not status, message_id and so on to forgotten_at. Nothing " +
		"was sent. Name the NAME.results.csv that the campaign wrote."

	changedResultsFile = "%s was changed after it was written: in its row %d, %s is %s. Nothing was sent. Use the file as the campaign " +
		"wrote it. If there is none, send the list again: the program stops after five messages that Kanal knows already, and " +
		"--continue-earlier goes on."

	rehearsedResults = "%s holds the results of a rehearsal, in which nobody was messaged. Nothing was sent. Name the results of the real " +
		"campaign, or add --sandbox."
)
