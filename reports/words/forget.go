package words

// KeptIn names a place of a campaign in which a number stays, by its code.
func (w *Words) KeptIn(code string) string { return w.say("kept-in."+code, nil, nil) }
