package screen

import "kanal-campaign/campaign"

// commandIn is a command in a mode, with the ledger that --ledger named; "" for the default one.
func commandIn(mode Mode, ledgerPath string, words ...string) campaign.Command {
	return (&campaign.Desk{Rehearsal: mode == Sandbox, LedgerFlag: ledgerPath}).Command(words...)
}

// sandboxFlag is what every command of a rehearsal carries.
const sandboxFlag = "--sandbox"
