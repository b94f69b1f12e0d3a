package reports

import (
	"fmt"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// TestScreen is a message to the user's own number.
type TestScreen struct {
	Mode               Mode
	From, Team, APIURL string // as in ConfirmScreen
	Campaign           string
	Message            campaign.Message
	Row                *ledger.Row // whose values it takes
	Phone              string      // digits
	Problems           int         // of the file: rows with errors, and errors of the file itself
	Report             *campaign.Report
	Answer             outcome.Answer
	SendCommand        campaign.Command // the campaign's own
	LiveCommand        campaign.Command // this one, for real; shown in a rehearsal
	// Listed are the file's rows with the same number, MostListed at the most.
	Listed []ledger.Row
}

// MostListed is how many rows of the file with a test's own number are told.
const MostListed = 3

// showListed says that the number stands in the file, too: it may be a customer's, typed by mistake.
func (s TestScreen) showListed(p *page) {
	var sent, left []ledger.Row
	for _, row := range s.Listed {
		if row.State.Status == outcome.Pending {
			sent = append(sent, row)
		} else {
			left = append(left, row)
		}
	}
	words, rows := testListed, sent
	if len(sent) == 0 {
		words, rows = testListedLeftOut, left
	}
	if len(rows) == 0 {
		return
	}
	label, _ := CauseWords(p.Words, rows[0].State.Cause, "")
	if rows[0].State.Status != outcome.Skipped {
		label = p.Status(rows[0].State.Status)
	}
	p.warning("Number", confirmAt, fill(words, func(name string) string {
		switch name {
		case "phone":
			return international(s.Phone)
		case "rows":
			return noun(len(rows), "row") + " " + rowNumbers(rows, len(rows))
		case "why":
			return label
		}
		return ""
	}))
}

// ConfirmTest shows the message that is about to leave, as it reads. The question itself is the terminal's: see
// TestQuestion.
func ConfirmTest(f Face, s TestScreen) {
	p := f.page()
	showBanner(p, s.Mode, s.APIURL)
	p.field("Test", confirmAt, fmt.Sprintf("one message to %s, with the values of row %s; the campaign %s does not start",
		international(s.Phone), figure(s.Row.Number), quoted(s.Campaign)))
	p.field("From", confirmAt, fromText(s.From, s.Team))
	showAPI(p, s.Mode, s.APIURL)
	showMessageName(p, s.Message)
	showMessage(p, confirmAt, s.Message, s.Row, "first that can be sent")
	s.showListed(p)
	p.field("Contacts", confirmAt, "no name or e-mail is passed to Kanal; a key of its own, one try")
	if s.Problems > 0 {
		p.field("Problems", confirmAt, count(s.Problems, "row")+" with errors: check tells them; the campaign itself cannot be sent so")
	}
	p.show()
}

// TestQuestion is the line at whose end 1 is typed, without a line break.
func TestQuestion(phone string) string {
	return "Type 1 to send this test to " + international(phone) + ", anything else to stop: "
}

// TestWaiting says what a test message waits for.
func TestWaiting(wait campaign.Wait) string {
	return fill("Waiting[ until {until}] with the test: "+map[campaign.WaitReason]string{
		campaign.WaitLimit: "the minute's limit is used up.", campaign.WaitAsked: "Kanal asked for a pause (429).",
	}[wait.For], func(string) string {
		if wait.Until.IsZero() {
			return ""
		}
		return wait.Until.Format("15:04:05")
	})
}

// ShowTest says in a sentence what became of a test message, and what to do next.
func ShowTest(f Face, s TestScreen) {
	p := f.page()
	to, a := international(s.Phone), s.Answer
	label, advice := CauseWords(f.Words, a.Cause, a.Code)
	if s.Mode == Sandbox {
		s.showRehearsed(p, label)
		p.show()
		return
	}
	switch a.Kind {
	case outcome.Accepted:
		text := fmt.Sprintf("Kanal accepted the test to %s (message %s)", to, Clean(a.MessageID))
		if a.Cause == outcome.CauseOtherNumber {
			p.text(0, text+", and says that it messaged "+international(a.Phone)+": look in Kanal before anything else is sent.")
			break
		}
		p.text(0, text+": look at the telephone, since accepted is not delivered.")
		if s.Problems == 0 {
			p.text(0, "If it reads well, send the campaign:")
			p.next(2, s.SendCommand)
		}
	case outcome.Throttled:
		p.text(0, fmt.Sprintf("The test to %s was not sent: Kanal asks to wait %s. Run the same command again after that.", to,
			duration(a.RetryAfter)))
	case outcome.NotDelivered:
		p.text(0, fmt.Sprintf("The test to %s was not sent: %s. Next: %s, then run the same command again.", to, label, advice))
	case outcome.Refusal, outcome.Halt:
		p.text(0, fmt.Sprintf("Kanal refused the test to %s: %s. It means: %s. Next: %s.", to, s.said(), label, advice))
	default:
		p.text(0, fmt.Sprintf("The test to %s is in doubt: %s. It may have been sent: look at the telephone and in Kanal before you "+
			"run the same command again, which sends another.", to, label))
	}
	p.show()
}

// showRehearsed says what became of a test to which only the sandbox has answered, and how it is sent for real.
func (s TestScreen) showRehearsed(p *page, label string) {
	words := testRehearsed[s.testStatus()]
	p.text(0, fill(words, func(name string) string {
		switch name {
		case "phone":
			return international(s.Phone)
		case "why":
			return label
		}
		return ""
	}))
	p.next(2, s.LiveCommand)
}

func (s TestScreen) said() string { return SummaryScreen{Stop: campaign.Stop{Answer: s.Answer}}.said() }

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
	a, listed := s.Answer, []int{}
	said, _ := record.TextOf(a.Cause, a.Text, f.Words)
	for _, row := range s.Listed {
		listed = append(listed, row.Number)
	}
	return writeJSON(f, jsonTest{Version: jsonVersion, Kind: "test", Mode: s.Mode, Campaign: s.Campaign, Phone: s.Phone,
		Row: s.Row.Number, Status: s.testStatus(), MessageID: messageID(a.MessageID, s.Mode), ContactID: a.ContactID, Error: said,
		ErrorCode: a.Code, Cause: a.Cause, Listed: listed})
}
