package words

import (
	"strconv"
	"time"

	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// The words are what a campaign's files tell people.
var _ record.Sentences = (*Words)(nil)

// LeftOut says why a row was left out, for one of record.LeftOutCauses. first is the number of the other row, of duplicates.
func (w *Words) LeftOut(cause string, first int, detail record.Detail) string {
	since := ""
	if !detail.Since.IsZero() {
		since = w.Dated(detail.Since)
	}
	refuses := ""
	if detail.Refuses {
		refuses = "yes"
	}
	return w.say("left-out."+cause, nil, values{
		"First": strconv.Itoa(first), "Since": since, "Campaign": w.quotedOrNone(detail.Campaign), "List": text.Clean(detail.List),
		"Column": w.quotedOrNone(detail.Column), "Refuses": refuses, "Other": w.RowNumber(first),
	})
}

// MessagedOther says that Kanal messaged another number, given as digits, than it was given.
func (w *Words) MessagedOther(digits string) string {
	return w.SaidMessagedOther("+" + text.Clean(digits))
}

// ForgottenAt says when everything that tells a person was erased.
func (w *Words) ForgottenAt(at time.Time) string { return w.ForgottenOn(w.Date(at)) }
