package screen

import (
	"slices"
	"strings"

	"kanal-campaign/campaign"
)

// commandIn is a command in a mode, with the ledger that --ledger named; "" for the default one.
func commandIn(mode Mode, ledgerPath string, words ...string) campaign.Command {
	return (&campaign.Desk{Rehearsal: mode == Sandbox, LedgerFlag: ledgerPath}).Command(words...)
}

// pathFlags are the flags whose values are paths.
var pathFlags = []string{"--ledger", "--out", "-o", "--suppress", "--holidays", "--text-file", "--from", "--api-key-file"}

// pathArguments are the places of a command's words, with its name as the first, at which it takes a path without a flag.
var pathArguments = map[string]int{"send": 1, "check": 1, "verify": 2}

// located is a command that works in every folder: its paths are full ones.
func (f Face) located(c campaign.Command) campaign.Command {
	if f.Full == nil || len(c) == 0 {
		return c
	}
	c = slices.Clone(c)
	for i, word := range c[1:] {
		argument := i+1 == pathArguments[c[0]] && !strings.HasPrefix(word, "--")
		if value := slices.Contains(pathFlags, c[i]); (argument || value) && word != campaign.FilePlace && word != campaign.LiftWord {
			c[i+1] = f.Full(word)
		}
	}
	return c
}
