package screen

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
)

// TestScreen is a message to the user's own number.
type TestScreen struct {
	Session
	*campaign.TestProposal
	Answer      outcome.Answer
	SendCommand campaign.Command // the campaign's own
	LiveCommand campaign.Command // this one, for real; shown in a rehearsal
}

// problems is how many rows of the file keep it from being sent.
func (s TestScreen) problems() int {
	if s.Plan.Settings.SkipInvalid {
		return 0
	}
	return s.Plan.Report.Invalid
}

// showListed says that the number is in the file, too: it may be a customer's, typed by mistake.
func (s TestScreen) showListed(p *page) {
	var sent, left []record.Row
	for _, row := range s.Listed {
		if row.State.Status == outcome.Pending {
			sent = append(sent, row)
		} else {
			left = append(left, row)
		}
	}
	named := func(_ int, rows string) string { return rows }
	switch {
	case len(sent) > 0:
		p.alert(p.LabelNumber(), confirmAt, p.TestListed(len(sent), international(s.Phone), rowsOf(p.Face, len(sent), numbersOf(sent), named)))
	case len(left) > 0:
		why, _ := CauseWords(p.Words, left[0].State.Cause, "")
		if left[0].State.Status != outcome.Skipped {
			why = p.Status(left[0].State.Status)
		}
		p.alert(p.LabelNumber(), confirmAt,
			p.TestListedLeftOut(len(left), international(s.Phone), rowsOf(p.Face, len(left), numbersOf(left), named), why))
	}
}

// ConfirmTest shows the message that is about to leave, as it reads. The question itself is the terminal's: see
// TestQuestion.
func ConfirmTest(f Face, s TestScreen) {
	p := f.page()
	showBanner(p, s.Mode, s.APIURL)
	p.field(p.LabelTest(), confirmAt, p.TestPlan(international(s.Phone), p.RowNumber(s.Row.Number), p.InQuotes(s.Plan.Name)))
	p.field(p.LabelFrom(), confirmAt, fromText(f, s.From, s.Team))
	showAPI(p, s.Mode, s.APIURL)
	showMessageName(p, s.Plan.Message)
	showMessage(p, confirmAt, s.Plan.Message, s.Row, p.PreviewTest)
	s.showListed(p)
	p.field(p.LabelContacts(), confirmAt, p.TestContacts())
	if s.problems() > 0 {
		p.field(p.LabelProblems(), confirmAt, p.TestProblems(s.problems()))
	}
	p.show()
}

// TestQuestion is the line at whose end 1 is typed, without a line break.
func TestQuestion(f Face, phone string) string { return f.TestPrompt(international(phone)) }

// TestWaiting says what a test message waits for.
func TestWaiting(f Face, wait sending.Wait) string {
	until := ""
	if !wait.Until.IsZero() {
		until = f.ClockSecond(wait.Until)
	}
	if wait.For == sending.WaitAsked {
		return f.TestWaitingAsked(until)
	}
	return f.TestWaitingLimit(until)
}

// ShowTest says in a sentence what became of a test message, and what to do next.
func ShowTest(f Face, s TestScreen) {
	p := f.page()
	to, a := international(s.Phone), s.Answer
	label, advice := CauseWords(p.Words, a.Cause, a.Code)
	switch id := text.Clean(a.MessageID); {
	case s.Mode == Sandbox:
		p.text(0, p.TestRehearsed(string(s.testStatus()), to, label))
		p.next(2, s.LiveCommand)
	case a.Kind == outcome.Accepted && a.Cause == outcome.CauseOtherNumber:
		p.text(0, p.TestOtherNumber(to, id, international(a.Phone)))
	case a.Kind == outcome.Accepted:
		p.text(0, p.TestAccepted(to, id))
		if s.problems() == 0 {
			p.text(0, p.TestSendCampaign())
			p.next(2, s.SendCommand)
		}
	case a.Kind == outcome.Throttled:
		p.text(0, p.TestThrottled(to, p.Duration(a.RetryAfter)))
	case a.Kind == outcome.NotDelivered:
		p.text(0, p.TestNotDelivered(to, label, advice))
	case a.Kind == outcome.Refusal, a.Kind == outcome.Halt:
		p.text(0, p.TestRefused(to, said(a), label, advice))
	default:
		p.text(0, p.TestDoubt(to, label))
	}
	p.show()
}

// testStatus is the status that a row would have.
func (s TestScreen) testStatus() outcome.Status {
	switch s.Answer.Kind {
	case outcome.Accepted:
		return outcome.Sent
	case outcome.Refusal, outcome.Halt:
		return outcome.Rejected
	case outcome.Throttled, outcome.NotDelivered:
		return outcome.Pending
	}
	return outcome.Unknown
}

type jsonTest struct {
	Version   int            `json:"version"`
	Kind      string         `json:"kind"` // "test"
	Mode      Mode           `json:"mode"`
	Campaign  string         `json:"campaign"`
	Phone     string         `json:"phone"`
	Row       int            `json:"row"` // whose values it took
	Status    outcome.Status `json:"status"`
	MessageID string         `json:"message_id,omitempty"`
	ContactID string         `json:"contact_id,omitempty"`
	Error     string         `json:"error,omitempty"`
	ErrorCode string         `json:"error_code,omitempty"`
	Cause     string         `json:"cause,omitempty"`
	Listed    []int          `json:"listed"` // the rows of the file with this number, the first few
}

// TestJSON writes what became of a test message as one object of kind "test".
func TestJSON(f Face, s TestScreen) error {
	f = f.forPrograms()
	a, listed := s.Answer, []int{}
	said, _ := record.TextOf(a.Cause, a.Text, f.Words)
	for _, row := range s.Listed {
		listed = append(listed, row.Number)
	}
	return writeJSON(f, jsonTest{Version: jsonVersion, Kind: "test", Mode: s.Mode, Campaign: s.Plan.Name, Phone: s.Phone,
		Row: s.Row.Number, Status: s.testStatus(), MessageID: messageID(a.MessageID, s.Mode), ContactID: a.ContactID, Error: said,
		ErrorCode: a.Code, Cause: a.Cause, Listed: listed})
}
