package screen

import (
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// historyEntry is one row of the person.
type historyEntry struct{ campaign.HistoryEntry }

// when is when the last attempt began, else when the row was planned.
func (e historyEntry) when() time.Time {
	if e.Row.TriedAt.IsZero() {
		if e.Row.SentAt.IsZero() {
			return e.Campaign.CreatedAt
		}
		return e.Row.SentAt
	}
	return e.Row.TriedAt
}

// text is the message as it read, or would have read.
func (e historyEntry) text() string {
	m, err := message.MessageOf(e.Campaign)
	if err != nil || e.Row.Phone == "" || len(e.Row.Values) != len(m.FieldNames()) {
		return ""
	}
	return m.Preview(e.Row.Values)
}

// History shows all that was ever sent to one person.
func History(f Face, mode Mode, s campaign.History) {
	p := f.page()
	country := ""
	if s.Region != "" {
		country = f.Country(s.Region)
	}
	p.title(mode, func(mode string) string { return f.HistoryTitle(mode, "+"+s.Number, country) })
	messaged := 0
	for _, e := range s.Entries {
		if e.Row.State.Status == outcome.Sent || e.Row.State.Status == outcome.AlreadySent {
			messaged++
		}
	}
	switch {
	case len(s.Entries) > 0:
		p.text(0, f.HistoryRows(len(s.Entries)))
		p.text(0, f.HistoryAccepted(messaged))
	case len(s.Tests) == 0:
		p.text(0, f.HistoryNone())
	default:
		p.text(0, f.HistoryTestsOnly())
	}
	if len(s.Tests) > 0 {
		p.text(0, f.HistoryTests(len(s.Tests)))
	}
	for _, o := range s.OptOuts {
		p.text(0, f.HistoryOptedOut(f.Date(o.Since), text.Clean(o.Account)))
	}
	if s.Erased {
		p.text(0, f.HistoryErased())
	}
	for _, e := range s.Entries {
		historyEntry{e}.show(p, mode)
	}
	for _, t := range s.Tests {
		p.gap()
		p.line(f.HistoryTest(f.Dated(t.Attempt.BeganAt), text.Clean(t.Run.Campaign)))
		p.field("  "+f.LabelTries(), textAt, attemptText(p.Words, t.Attempt))
		if t.Attempt.Kind == outcome.Accepted {
			messaged++
		}
	}
	if messaged > 0 {
		p.gap()
		p.line(meaningOf(p.Words, mode))
	}
	p.show()
}

// textAt is where the texts of an entry begin.
const textAt = 13

func (e historyEntry) show(p *page, mode Mode) {
	row := e.Row
	p.gap()
	if row.Gone {
		p.line(p.HistoryEntryGone(p.Dated(e.when()), text.Clean(e.Campaign.Name)))
	} else {
		p.line(p.HistoryEntry(p.Dated(e.when()), text.Clean(e.Campaign.Name), p.RowNumber(row.Number)))
	}
	p.field("  "+messageLabel(p.Words, e.Campaign.Kind), textAt, messageText(p.Words, e.Campaign.Kind, e.Campaign.Title, e.Campaign.Of))
	showText(p, textAt, e.text())
	cause, id := "", ""
	if row.State.Cause != "" {
		cause, _ = CauseWords(p.Words, row.State.Cause, row.ErrorCode)
	}
	if row.MessageID != "" {
		id = messageID(row.MessageID, mode)
	}
	p.field("  "+p.LabelStatus(), textAt, p.HistoryStatus(p.Status(row.Status()), cause, id))
	if shown, _ := e.said(p.Words); row.State.Status != outcome.Skipped && shown != "" {
		p.field("  "+p.LabelSaid(), textAt, text.Shorten(text.Clean(shown), 300))
	}
	for i, a := range e.Attempts {
		label := ""
		if i == 0 {
			label = "  " + p.LabelTries()
		}
		p.field(label, textAt, attemptText(p.Words, a))
	}
}

// said is what there is to read about the row beside its status: of a doubt, since when it is one.
func (e historyEntry) said(w *words.Words) (text, code string) {
	text, code = e.Row.Said(w)
	if since := e.Row.State.DoubtSince; e.Row.Status() == outcome.Unknown && e.Row.ForgottenAt.IsZero() && !since.IsZero() {
		text = w.SaidInDoubtSince(text, since.Format(time.RFC3339))
	}
	return text, code
}

// attemptText is one attempt with its answer.
func attemptText(w *words.Words, a record.Attempt) string {
	at := w.Second(a.BeganAt)
	if a.AnsweredAt.IsZero() {
		return w.AttemptOpen(at)
	}
	cause := ""
	if a.Cause != "" && a.Kind != outcome.Accepted {
		cause, _ = CauseWords(w, a.Cause, a.Code)
	}
	return w.AttemptAnswered(at, w.Answer(a.Kind), cause)
}

type jsonHistory struct {
	Version  int                `json:"version"`
	Kind     string             `json:"kind"` // "history"
	Mode     Mode               `json:"mode"`
	Number   string             `json:"number"`
	Country  string             `json:"country,omitempty"`
	OptOuts  []jsonOptOut       `json:"opt_outs"`
	Messages []jsonHistoryEntry `json:"messages"`
	Tests    []jsonTestSent     `json:"tests"`  // messages to the user's own number, in no campaign
	Erased   bool               `json:"erased"` // people were forgotten in this ledger
}

type jsonOptOut struct {
	Account string    `json:"account"`
	Since   time.Time `json:"since"`
}

type jsonHistoryEntry struct {
	Campaign   string     `json:"campaign"`
	Row        int        `json:"row"`
	Gone       bool       `json:"gone"` // no longer in its file
	Phone      string     `json:"normalized_phone"`
	Template   string     `json:"template"`
	TemplateID string     `json:"template_id"`
	Text       string     `json:"text,omitempty"`
	Planned    time.Time  `json:"planned"`
	Status     string     `json:"status"`
	Cause      string     `json:"cause,omitempty"`
	MessageID  string     `json:"message_id,omitempty"`
	ContactID  string     `json:"contact_id,omitempty"`
	SentAt     *time.Time `json:"sent_at,omitempty"`
	Error      string     `json:"error,omitempty"`
	ErrorCode  string     `json:"error_code,omitempty"`
	Key        string     `json:"idempotency_key,omitempty"`
	Attempts   []jsonTry  `json:"attempts"`
}

type jsonTestSent struct {
	Campaign string `json:"campaign"` // whose message it was
	Key      string `json:"idempotency_key,omitempty"`
	jsonTry
}

type jsonTry struct {
	Began    time.Time  `json:"began"`
	Answered *time.Time `json:"answered,omitempty"`
	Command  string     `json:"command,omitempty"` // send, resume or retry
	Answer   string     `json:"answer,omitempty"`
	Cause    string     `json:"cause,omitempty"`
	Code     string     `json:"code,omitempty"`
	Text     string     `json:"text,omitempty"`
}

// HistoryJSON writes the same as one object of kind "history".
func HistoryJSON(f Face, mode Mode, s campaign.History) error {
	f = f.forPrograms()
	out := jsonHistory{Version: jsonVersion, Kind: "history", Mode: mode, Number: s.Number, Country: s.Region,
		OptOuts: []jsonOptOut{}, Messages: []jsonHistoryEntry{}, Tests: []jsonTestSent{}, Erased: s.Erased}
	for _, o := range s.OptOuts {
		out.OptOuts = append(out.OptOuts, jsonOptOut{Account: o.Account, Since: o.Since})
	}
	for _, one := range s.Entries {
		e := historyEntry{one}
		message, code := e.said(f.Words)
		entry := jsonHistoryEntry{
			Campaign: e.Campaign.Name, Row: e.Row.Number, Gone: e.Row.Gone, Phone: e.Row.Phone, Template: e.Campaign.Title,
			TemplateID: e.Campaign.Of, Text: e.text(), Planned: e.Campaign.CreatedAt, Status: string(e.Row.State.Status),
			Cause: e.Row.State.Cause, MessageID: messageID(e.Row.MessageID, mode), ContactID: e.Row.ContactID, SentAt: timeOrNone(e.Row.SentAt),
			Error: message, ErrorCode: code, Attempts: []jsonTry{},
		}
		if e.Row.Key != uuid.Nil {
			entry.Key = e.Row.Key.String()
		}
		for _, a := range e.Attempts {
			entry.Attempts = append(entry.Attempts, jsonTryOf(f, a, a.Run))
		}
		out.Messages = append(out.Messages, entry)
	}
	for _, t := range s.Tests {
		out.Tests = append(out.Tests, jsonTestSent{Campaign: t.Run.Campaign, Key: t.Attempt.Key.String(), jsonTry: jsonTryOf(f, t.Attempt, t.Run)})
	}
	return writeJSON(f, out)
}

func jsonTryOf(f Face, a record.Attempt, by record.Run) jsonTry {
	said, _ := record.TextOf(a.Cause, a.Text, f.Words)
	return jsonTry{Began: a.BeganAt, Answered: timeOrNone(a.AnsweredAt), Command: by.Command, Answer: string(a.Kind), Cause: a.Cause,
		Code: a.Code, Text: said}
}

func timeOrNone(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
