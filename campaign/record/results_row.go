package record

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
)

// resultRow is the columns that the results gain beside the input's own. All of them are text: a number that is not
// known is empty.
type resultRow struct {
	Status      string `csv:"status"`
	MessageID   string `csv:"message_id"`
	ContactID   string `csv:"contact_id"`
	Phone       string `csv:"normalized_phone"`
	Error       string `csv:"error"`
	ErrorCode   string `csv:"error_code"`
	Cause       string `csv:"cause"`
	Attempts    string `csv:"attempts"`
	SentAt      string `csv:"sent_at"`
	Key         string `csv:"idempotency_key"`
	Row         string `csv:"row"`
	DoubtSince  string `csv:"doubt_since"`
	ForgottenAt string `csv:"forgotten_at"`
	// spoken tells that Error is a sentence of the tool's, in the language of whoever writes the file.
	spoken bool
}

// columns are the names of those that a file of results has beside the input's, in order.
type columns []string

// currentColumns are resultRow's.
var currentColumns = columns{"status", "message_id", "contact_id", "normalized_phone", "error", "error_code", "cause",
	"attempts", "sent_at", "idempotency_key", "row", "doubt_since", "forgotten_at"}

// texts are the row's cells, in the order of currentColumns.
func (r resultRow) texts() []string { return r.appendTo(nil) }

func (r *resultRow) appendTo(cells []string) []string {
	return append(cells, r.Status, r.MessageID, r.ContactID, r.Phone, r.Error, r.ErrorCode, r.Cause, r.Attempts, r.SentAt, r.Key, r.Row,
		r.DoubtSince, r.ForgottenAt)
}

// columnOf is the place of a column among currentColumns.
func columnOf(name string) int { return slices.Index(currentColumns, name) }

// collisionPrefix goes before every added column when one of them has the name of an input column: half of them renamed
// would be harder to find than all.
const collisionPrefix = "kanal_"

// addedTo returns the columns' names beside an input's header. Names are compared as spreadsheets and databases do, without
// case.
func (c columns) addedTo(header []string) []string {
	prefix := ""
	for c.collide(header, prefix) {
		prefix += collisionPrefix
	}
	added := make([]string, len(c))
	for i, name := range c {
		added[i] = prefix + name
	}
	return added
}

func (c columns) collide(header []string, prefix string) bool {
	for _, name := range c {
		for _, own := range header {
			if strings.EqualFold(strings.TrimSpace(own), prefix+name) {
				return true
			}
		}
	}
	return false
}

// endOf returns how many columns of a file with that header are the input's own; ok is false when the others are not these.
func (c columns) endOf(header []string) (start int, ok bool) {
	start = len(header) - len(c)
	return start, start >= 0 && slices.Equal(header[start:], c.addedTo(header[:start]))
}

// rehearsedID goes before the message ids of a rehearsal, whose results must never pass for real ones.
const rehearsedID = "sandbox-"

// MessageID is how a message's id reads wherever one is shown.
func MessageID(id string, rehearsed bool) string {
	if rehearsed && id != "" {
		return rehearsedID + id
	}
	return id
}

// Status is what became of the row as far as one can tell now: while its request is on its way, that is not known.
func (r Row) Status() outcome.Status {
	if r.State.Open {
		return outcome.Unknown
	}
	return r.State.Status
}

// resultOf turns a row into its results.
func (s Source) resultOf(row Row, say Sentences) resultRow {
	status := row.Status()
	result := resultRow{
		Status:    string(status),
		MessageID: MessageID(unformula(row.MessageID), s.Rehearsed),
		ContactID: unformula(row.ContactID),
		Phone:     unformula(row.Phone),
		Cause:     unformula(row.State.Cause),
		Attempts:  strconv.Itoa(row.Attempts),
	}
	var text, code string
	text, code, result.spoken = row.said(say)
	result.Error, result.ErrorCode = unformula(text), unformula(code)
	if status == outcome.Sent || status == outcome.AlreadySent {
		result.SentAt = instant(row.SentAt)
	}
	if status == outcome.Unknown {
		result.DoubtSince = instant(row.State.DoubtSince)
	}
	result.ForgottenAt = instant(row.ForgottenAt)
	if row.Key != uuid.Nil {
		result.Key = row.Key.String()
	}
	if !row.Gone {
		result.Row = strconv.Itoa(row.Number)
	}
	return result
}

// instant is a time as files have it; empty for the zero time.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// Said returns what there is to tell about a row beside its status, and the code of that: the problems of an invalid row,
// the reason of one that was left out, and else Kanal's own words. Of rows that have a message, only those say something of
// which Kanal messaged another number.
func (r Row) Said(say Sentences) (text, code string) {
	text, code, _ = r.said(say)
	return text, code
}

// said is Said; spoken tells that the text is one of the sentences.
func (r Row) said(say Sentences) (text, code string, spoken bool) {
	status := r.Status()
	if !r.ForgottenAt.IsZero() {
		if code = r.ErrorCode; status == outcome.Invalid {
			_, code = r.problems(say)
		}
		return say.ForgottenAt(r.ForgottenAt), code, true
	}
	switch status {
	case outcome.Sent, outcome.AlreadySent:
		if r.State.Cause != outcome.CauseOtherNumber {
			return "", "", false
		}
		text, spoken = TextOf(r.State.Cause, r.Error, say)
		return text, r.ErrorCode, spoken
	case outcome.Invalid:
		if len(r.Problems) > 0 {
			text, code = r.problems(say)
			return text, code, true
		}
	case outcome.Skipped:
		if detail, known := r.reason(); known {
			return say.LeftOut(r.State.Cause, r.RelatedRow, detail), "", true
		}
	case outcome.Unknown:
		if r.Error == "" {
			return say.Cause(r.State.Cause), r.ErrorCode, true
		}
	}
	return r.Error, r.ErrorCode, false
}

// TextOf is what people read for the text of an answer with that cause: a sentence where the program has kept its facts, and
// spoken is true then, or Kanal's own words.
func TextOf(cause, text string, say Sentences) (said string, spoken bool) {
	if detail, told := DetailOf(text); told && cause == outcome.CauseOtherNumber {
		return say.MessagedOther(detail.Messaged), true
	}
	return text, false
}

// LeftOutCauses are those for which a row is left out; Sentences.LeftOut has a sentence for each.
var LeftOutCauses = []string{outcome.CauseDuplicate, outcome.CauseSameNumber, outcome.CauseOptedOutEarlier, outcome.CauseSuppressed,
	outcome.CauseMessagedRecently, outcome.CauseSameMessage, outcome.CauseFiltered, outcome.CauseNoConsent, outcome.CauseRemoved, outcome.CauseForgotten,
	outcome.CauseMessagedBefore}

// reason tells what there is to say about a row that was left out; false where its Error is all that is known, as of a row
// which was read back.
func (r Row) reason() (Detail, bool) {
	detail, told := DetailOf(r.Error)
	ofTwo := r.State.Cause == outcome.CauseDuplicate || r.State.Cause == outcome.CauseSameNumber
	return detail, slices.Contains(LeftOutCauses, r.State.Cause) && (told || r.Error == "") && !(ofTwo && r.RelatedRow == 0)
}

// problems joins the sentences and the codes of the row's errors.
func (r Row) problems(say Sentences) (sentences, codes string) {
	var texts, names []string
	for _, p := range r.Problems {
		if p.Severity == problem.Error {
			wrong, fix := say.Problem(p)
			texts, names = append(texts, strings.TrimSpace(wrong+" "+fix)), append(names, string(p.Code))
		}
	}
	return strings.Join(texts, " | "), strings.Join(names, " | ")
}
