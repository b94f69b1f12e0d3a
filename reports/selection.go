package reports

import (
	"fmt"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
)

// SelectionWritten says what was written as a new audience, what was not, and the command that shows what can be sent to it.
func SelectionWritten(f Face, done record.Selected, path string, templates campaign.Command) {
	p := f.page()
	what := count(done.Rows, "row") + " with the file's own columns"
	if done.Old > 0 {
		what += ", " + fmt.Sprintf(oldOfThem, figure(done.Old), noun(done.Old, oldAsItWas))
	}
	p.words("", 0, around("Written:", path+",", what+"."))
	if passed := SelectionPassed(done.Passed); passed != "" {
		p.text(0, passed)
	}
	if len(done.Without) > 0 {
		p.text(0, fmt.Sprintf(selectionWithout, Clean(either(done.Without))))
	}
	if n := done.Unwilling; n > 0 {
		start := len(p.lines)
		p.text(0, fmt.Sprintf(selectionUnwilling, figure(n), noun(n, "is of a person|are of people"), noun(n, "that person|them")))
		p.paintSince(start, styleWarning)
	}
	p.text(0, selectionNext)
	p.next(2, templates)
	p.show()
}

// SelectionPassed says how many refused rows fit as they were before an update, and are in no new file; "" for none.
func SelectionPassed(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(selectionPassed, figure(n), noun(n, oldAsItWas), noun(n, "is|are"))
}

// SelectionPassedOnly says the same where nothing else fits, and no file is written.
func SelectionPassedOnly(n int) string {
	return fmt.Sprintf(selectionPassedOnly, figure(n), noun(n, "stands|stand"), noun(n, oldAsItWas))
}
