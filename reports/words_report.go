package reports

// The sentences of the report. Its fixed texts stand in htmlreport/page.html.
const (
	personHas = "person has|people have"

	toThisComputer = "KANAL_API_URL points to this computer"
	overviewLocal  = "But " + toThisComputer + " (%s)."

	overviewFinished   = "Finished on %s: every one of %s is accounted for."
	overviewRunning    = "Running: %s not been messaged yet."
	overviewUnfinished = "Not finished: %s not been messaged yet."
	overviewUnsettled  = "Not finished: nobody is left to send to but the people in doubt, who may be tried again."
	overviewAllTried   = "Not finished, but nobody is left to send to: everyone has been tried."
	overviewNotBegun   = "Not begun: nobody has been messaged yet."

	overviewAccepted    = "Kanal accepted the message for %s of %s (%s)."
	overviewAcceptedOld = "Kanal accepted %s: for %s of %s of the file (%s), and %s for %s before an update."
	overviewCounted     = "Counted are the %s of the file, and %s for %s before an update. Shares " +
		"are of all %s."
	overviewConfirmed      = "%s, the last on %s"
	overviewConfirmedOften = "in %s runs, each listed below with its number of messages, the last on %s"
	overviewDoubts         = "%s in doubt: it cannot be known from here whether they got the message. Look in Kanal before anyone writes to " +
		"them again: whoever has it must not get a second one."
	overviewRebuilt = "The ledger of this campaign was lost, and it was rebuilt from its results file %s. What was sent before stands " +
		"here as that file told it; the runs, the attempts and the pace from before the loss are not known."
	overviewTwoZones = "%s (%s) when the campaign was planned, %s (%s) when this report was written"

	overviewAll       = "All %s of the file."
	overviewAttention = "The campaign has %s, too many to list here: these are the %s refused or in doubt. Every row stands in the results file."
	overviewCut       = "The campaign has %s, too many to list here: these are the first %s of the %s refused or in doubt. Every row " +
		"stands in the results file."
	overviewForgotten     = "%s in no country: only what became of %s is kept."
	overviewForgottenRows = " %s no number, name or id."
	overviewOld           = " Old versions of corrected or removed rows come last, without a row number."

	noCountry = "No country"

	pauseBetween  = "paused: %s"
	pauseSuddenly = "interrupted: the program %s"
	pauseAsked    = "waited: Kanal asked to wait"
	pauseNetwork  = "waited: Kanal was not reached"
	pauseDoubts   = "waited before another try"
	pauseWithin   = "waited; the log of the run says what for"
)
