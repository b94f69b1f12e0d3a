package reports

import (
	"cmp"
	"strings"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// NotRetried are rows that a retry asks for by number and does not take.
type NotRetried struct {
	Mode     Mode
	Ledger   string // the path given by --ledger; empty for the default
	Campaign ledger.Campaign
	Causes   []string // asked for; empty for every one
	Unknown  bool     // rows in doubt are asked for, refused ones otherwise
	campaign.NotRetried
}

// mostReasons is how many rows are told.
const mostReasons = 10

// NoneRetried says of each row why it is not tried again, and what to do, where nothing is sent.
func NoneRetried(f Face, n NotRetried) {
	p := f.page()
	p.line("Nothing was sent.")
	for _, step := range n.reasons() {
		p.kept("", 0, step.text)
		p.next(2, step.command)
	}
	p.show()
}

func (n NotRetried) reasons() (steps []advice) {
	for i, row := range n.Rows {
		if i == mostReasons {
			steps = append(steps, advice{text: "And " + figure(len(n.Rows)-mostReasons) + " rows more."})
			break
		}
		words := n.wordsOf(row)
		steps = append(steps, advice{text: fill(words.text, n.arguments(row))})
		if words.command != "" {
			steps[len(steps)-1].command = n.command(words.command, row)
		}
	}
	return steps
}

// show is NoneRetried on the screen of a retry that takes other rows.
func (n NotRetried) show(p *page) {
	label := "Not tried"
	for _, step := range n.reasons() {
		p.warning(label, confirmAt, step.text)
		p.next(confirmAt+2, step.command)
		label = ""
	}
}

func (n NotRetried) wordsOf(r campaign.NotRetriedRow) retryWording {
	words := n.wordsAlone(r)
	switch {
	case !n.Forgotten || words.command != updateWords:
		return words
	case r.Row.State.Status == outcome.Invalid && !r.Row.Gone:
		return retryNoUpdate
	}
	return retryNoReturn
}

// wordsAlone are the words of a row in a campaign that takes a changed file.
func (n NotRetried) wordsAlone(r campaign.NotRetriedRow) retryWording {
	status, cause := r.Row.State.Status, r.Row.State.Cause
	switch {
	case r.Row.ID == 0:
		return retryNoRow
	case status == outcome.Sent || status == outcome.AlreadySent:
		return retryWords[status]
	case !r.Row.ForgottenAt.IsZero():
		return retryForgotten
	case status == outcome.Skipped:
		if words, known := retrySkipped[cause]; known {
			return words
		}
		return retryWords[status]
	case r.Row.Gone && status != outcome.Unknown:
		return retryGone
	case status == outcome.Invalid || status == outcome.Pending:
		return retryWords[status]
	case cause == string(kanal.CauseOptedOut) || !r.OptedOut.IsZero():
		return retryOptedOut
	case r.List != "":
		return retryListed
	case r.Row.ContentID == uuid.Nil:
		return retryOnlyKnown
	case n.Unknown != (status == outcome.Unknown):
		return retryWords[status]
	case status == outcome.Unknown:
		return retryOtherDoubt
	}
	return retryOtherCause
}

func (n NotRetried) arguments(r campaign.NotRetriedRow) arguments {
	detail, _ := record.DetailOf(r.Row.Error)
	return func(name string) string {
		switch name {
		case "row":
			return rowNumber(r.Row.Number)
		case "first":
			return rowNumber(r.Row.RelatedRow)
		case "when":
			return dayOrNone(latest(r.Row.SentAt, r.Row.ForgottenAt))
		case "id":
			return messageID(Clean(r.Row.MessageID), n.Mode)
		case "why":
			return n.why(r.Row)
		case "since":
			return dayOrNone(latest(detail.Since, r.OptedOut))
		case "campaign":
			return quotedOrNone(detail.Campaign)
		case "list":
			return Clean(cmp.Or(detail.List, r.List))
		case "file":
			return pathWord(n.Campaign.File.Name)
		case "asked":
			return Clean(either(n.Causes))
		case "name":
			return n.Campaign.Name
		case "again":
			return record.FreeName(record.FileName(n.Campaign.Name+"-again") + ".csv")
		}
		return ""
	}
}

func (n NotRetried) why(row ledger.Row) string {
	if len(row.Problems) > 0 && row.State.Status == outcome.Invalid {
		return words.English().ProblemSentence(row.Problems[0])
	}
	label, _ := CauseWords(words.English(), row.State.Cause, row.ErrorCode)
	return label
}

func (n NotRetried) command(words string, r campaign.NotRetriedRow) campaign.Command {
	s := SummaryScreen{Mode: n.Mode, Ledger: n.Ledger, Campaign: n.Campaign}
	if words == updateWords {
		return s.updateCommand()
	}
	var filled []string
	for _, word := range strings.Fields(words) {
		filled = append(filled, fill(word, n.arguments(r)))
	}
	return s.command(filled...)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func dayOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("Mon 2 Jan 2006")
}
