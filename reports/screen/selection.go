package screen

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// SelectionWritten says what was written as a new audience, what was not, and the command that shows what can be sent to it.
func SelectionWritten(f Face, done record.Selected, path string, templates campaign.Command) {
	p := f.page()
	p.text(0, p.SelectionWritten(done.Rows, together(path)))
	if done.Old > 0 {
		p.text(0, p.SelectionOld(done.Old))
	}
	if done.Passed > 0 {
		p.text(0, p.SelectionPassed(done.Passed))
	}
	if len(done.Without) > 0 {
		p.text(0, p.SelectionWithout(text.Clean(p.Either(done.Without))))
	}
	if n := done.Unwilling; n > 0 {
		start := len(p.lines)
		p.text(0, p.SelectionUnwilling(n))
		p.paintSince(start, styleWarning)
	}
	p.text(0, p.SelectionNext())
	p.next(2, templates)
	p.show()
}
