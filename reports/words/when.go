package words

// Breach says why an hour at which sending would start, or end, is not a welcome one, by the code in package calendar. name is
// that of a holiday, if it is known.
func (w *Words) Breach(code string, starts bool, day, time, name string) string {
	end := "end"
	if starts {
		end = "start"
	}
	return w.say("breach."+code+"."+end, nil, values{"Day": day, "Time": time, "Name": name})
}

// Ask asks, or, in a rehearsal, tells what would be asked live, before messages go out. age is the plan's, where it is asked about.
func (w *Words) Ask(code string, rehearsed bool, age string) string {
	form := "question"
	if rehearsed {
		form = "live"
	}
	return w.say("ask."+code+"."+form, nil, values{"Age": age})
}

// Standing says what send would do with a file whose campaign there is, by the code that package screen gives it.
func (w *Words) Standing(code, message, account string) string {
	return w.say("standing."+code, nil, values{"Message": message, "Account": account})
}

// APIStep says what to do about a request that is no message's, by a code of package screen.
func (w *Words) APIStep(code string) string { return w.say("api-step."+code, nil, nil) }

// TestRehearsed says what became of a test message in a rehearsal, by the status that a row would have. The command that sends
// it for real follows.
func (w *Words) TestRehearsed(status, phone, why string) string {
	return w.say("test-rehearsed."+status, nil, values{"Phone": phone, "Why": why})
}

// WindowFault says what is wrong with a window, by its code in package campaign; part is what of it is wrong, in quotes.
func (w *Words) WindowFault(code, part string) string {
	return w.say("window."+code, nil, values{"Part": part})
}
