package screen

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
)

// NotRetried are rows that a retry asks for by number and does not take.
type NotRetried struct {
	Session
	Campaign record.Campaign
	Causes   []string // asked for; empty for every one
	Unknown  bool     // rows in doubt are asked for, refused ones otherwise
	campaign.NotRetried
}

// mostReasons is how many rows are told.
const mostReasons = 10

// NoneRetried says of each row why it is not tried again, and what to do, where nothing is sent.
func NoneRetried(f Face, n NotRetried) {
	p := f.page()
	p.line(p.NothingSent())
	for _, step := range n.reasons(f) {
		p.kept("", 0, step.text)
		p.next(2, step.command)
	}
	p.show()
}

func (n NotRetried) reasons(f Face) (steps []advice) {
	for _, row := range n.Rows[:min(len(n.Rows), mostReasons)] {
		steps = append(steps, n.reason(f, row))
	}
	if more := len(n.Rows) - mostReasons; more > 0 {
		steps = append(steps, advice{text: f.RetryMoreRows(more)})
	}
	return steps
}

// show is NoneRetried on the screen of a retry that takes other rows.
func (n NotRetried) show(p *page) {
	label := p.LabelNotTried()
	for _, step := range n.reasons(p.Face) {
		p.warning(label, confirmAt, step.text)
		p.next(confirmAt+2, step.command)
		label = ""
	}
}

// reason says why a row is not tried again, and what to do in place of that.
func (n NotRetried) reason(f Face, r campaign.NotRetriedRow) advice {
	status, cause := r.Row.State.Status, r.Row.State.Cause
	row, why := f.RowNumber(r.Row.Number), n.why(f, r.Row)
	switch {
	case r.Row.ID == 0:
		return advice{text: f.RetryRowMissing(row, n.file(f))}
	case status == outcome.Sent:
		return advice{text: f.RetryRowSent(row, dayOrNone(f, r.Row.SentAt), messageID(text.Clean(r.Row.MessageID), n.Mode))}
	case status == outcome.AlreadySent:
		return advice{text: f.RetryRowAlreadySent(row)}
	case !r.Row.ForgottenAt.IsZero():
		return advice{text: f.RetryRowForgotten(row, dayOrNone(f, r.Row.ForgottenAt))}
	case status == outcome.Skipped:
		return n.skipped(f, r, row, why)
	case r.Row.Gone && status != outcome.Unknown:
		return n.gone(f, row)
	case status == outcome.Invalid:
		return n.invalid(f, r.Row, row)
	case status == outcome.Pending:
		return advice{f.RetryRowPending(row), n.command("resume", n.Campaign.Name)}
	case cause == string(kanal.CauseOptedOut) || !r.OptedOut.IsZero():
		return advice{text: f.RetryRowOptedOut(row, dayOrNone(f, r.OptedOut))}
	case r.List != "":
		return advice{f.RetryRowListed(row, text.Clean(r.List)), n.again(row, "--suppress", "none")}
	case r.Row.ContentID == uuid.Nil:
		return advice{text: f.RetryRowOnlyKnown(row)}
	case status == outcome.Unknown && !n.Unknown:
		return advice{f.RetryRowUnknown(row, why), n.again(row, "--unknown")}
	case status == outcome.Rejected && n.Unknown:
		return advice{f.RetryRowRejected(row, why), n.again(row)}
	case status == outcome.Unknown:
		return advice{f.RetryRowOtherDoubt(row, n.asked(f), why), n.again(row, "--unknown")}
	}
	return advice{f.RetryRowOtherCause(row, n.asked(f), why), n.again(row)}
}

// skipped is reason for a row that the plan leaves out.
func (n NotRetried) skipped(f Face, r campaign.NotRetriedRow, row, why string) advice {
	detail, _ := record.DetailOf(r.Row.Error)
	first := f.RowNumber(r.Row.RelatedRow)
	list, of := text.Clean(cmp.Or(detail.List, r.List)), ""
	if detail.Campaign != "" {
		of = f.InQuotes(detail.Campaign)
	}
	switch cause := r.Row.State.Cause; cause {
	case outcome.CauseDuplicate:
		return advice{f.RetryRowDuplicate(row, first), n.again(first)}
	case outcome.CauseSameNumber:
		return advice{f.RetryRowSameNumber(row, first), n.again(first)}
	case outcome.CauseOptedOutEarlier, string(kanal.CauseOptedOut):
		return advice{text: f.RetryRowOptedOut(row, dayOrNone(f, latest(detail.Since, r.OptedOut)))}
	case outcome.CauseSuppressed:
		return advice{f.RetryRowSuppressed(row, list), n.newFile(cause)}
	case outcome.CauseMessagedRecently:
		return advice{f.RetryRowMessagedRecently(row, of, dayOrNone(f, detail.Since)), n.newFile(cause)}
	case outcome.CauseSameMessage:
		return advice{f.RetryRowSameMessage(row, of, dayOrNone(f, detail.Since)), n.newFile(cause)}
	case outcome.CauseFiltered:
		return advice{f.RetryRowFiltered(row), n.newFile(cause)}
	case outcome.CauseNoConsent:
		if n.Forgotten {
			return advice{text: sentences(f.RetryRowNoConsentForgotten(row), f.ForgottenNoUpdate(), f.ForgottenWay())}
		}
		return advice{f.RetryRowNoConsent(row, n.file(f)), n.update()}
	case outcome.CauseMessagedBefore:
		return advice{text: f.RetryRowMessagedBefore(row)}
	case outcome.CauseRemoved:
		return n.gone(f, row)
	case outcome.CauseForgotten:
		return advice{text: f.RetryRowForgotten(row, "")}
	}
	return advice{text: f.RetryRowSkipped(row, why)}
}

// gone is reason for a row that left the file.
func (n NotRetried) gone(f Face, row string) advice {
	if n.Forgotten {
		return advice{text: sentences(f.RetryRowGoneForgotten(row), f.ForgottenNoUpdate(), f.ForgottenWay())}
	}
	return advice{f.RetryRowGone(row, n.file(f)), n.update()}
}

// invalid is reason for a row with errors.
func (n NotRetried) invalid(f Face, r record.Row, row string) advice {
	wrong := ""
	if len(r.Problems) > 0 {
		wrong = f.ProblemSentence(r.Problems[0])
	}
	if n.Forgotten {
		return advice{text: sentences(f.RetryRowInvalidForgotten(row, wrong), f.ForgottenNoUpdate(), f.ForgottenWay())}
	}
	return advice{f.RetryRowInvalid(row, wrong, n.file(f)), n.update()}
}

func (n NotRetried) why(f Face, row record.Row) string {
	label, _ := CauseWords(f.Words, row.State.Cause, row.ErrorCode)
	return label
}

// file is the file that the campaign was planned from.
func (n NotRetried) file(f Face) string { return f.Path(n.Campaign.File.Name) }

// asked are the causes that were asked for.
func (n NotRetried) asked(f Face) string { return text.Clean(f.Either(n.Causes)) }

// again tries a row again.
func (n NotRetried) again(row string, flags ...string) campaign.Command {
	return n.command(append([]string{"retry", n.Campaign.Name, "--row", row}, flags...)...)
}

// newFile writes people who are left out for a cause into a file of their own.
func (n NotRetried) newFile(cause string) campaign.Command {
	return n.command("report", n.Campaign.Name, "--only", string(outcome.Skipped), "--cause", cause, "-o",
		record.FreeName(record.FileName(n.Campaign.Name+"-again")+".csv"))
}

// update sends the corrected file.
func (n NotRetried) update() campaign.Command {
	return updateCommand(n.Session, n.Campaign)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func dayOrNone(f Face, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return f.DatedDay(t)
}
