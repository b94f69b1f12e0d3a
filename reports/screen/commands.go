package screen

import "kanal-campaign/campaign"

// commandIn is a command in a mode, with the ledger that --ledger named; "" for the default one.
func commandIn(mode Mode, ledgerPath string, words ...string) campaign.Command {
	c := append(campaign.Command{}, words...)
	if ledgerPath != "" {
		c = append(c, "--ledger", ledgerPath)
	}
	if mode == Sandbox {
		c = append(c, sandboxFlag)
	}
	return c
}

// sandboxFlag is what every command of a rehearsal carries.
const sandboxFlag = "--sandbox"
