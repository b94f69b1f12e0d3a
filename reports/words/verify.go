package words

// Finding says what cannot be true of a row or a campaign, by its code in package audit.
func (w *Words) Finding(code string) string { return w.say("finding."+code, nil, nil) }

// Difference says how a row of a results file differs from the ledger's, by its code.
func (w *Words) Difference(code string) string { return w.say("difference."+code, nil, nil) }
