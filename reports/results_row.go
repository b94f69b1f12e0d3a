package reports

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports/words"
)

// resultRow is the columns that the results gain beside the input's own. All of them are text: a number that is not
// known is empty.
type resultRow struct {
	Status     string `csv:"status"`
	MessageID  string `csv:"message_id"`
	ContactID  string `csv:"contact_id"`
	Phone      string `csv:"normalized_phone"`
	Error      string `csv:"error"`
	ErrorCode  string `csv:"error_code"`
	Cause      string `csv:"cause"`
	Attempts   string `csv:"attempts"`
	SentAt     string `csv:"sent_at"`
	Key        string `csv:"idempotency_key"`
	Row        string `csv:"row"`
	inputCells []string
}

// resultColumns are the names of resultRow's columns, in order.
var resultColumns = []string{"status", "message_id", "contact_id", "normalized_phone", "error", "error_code", "cause",
	"attempts", "sent_at", "idempotency_key", "row"}

// collisionPrefix goes before every added column when one of them has the name of an input column: half of them renamed
// would be harder to find than all.
const collisionPrefix = "kanal_"

// addedColumns returns the names of the added columns beside an input's header. Names are compared as spreadsheets and
// databases do, without case.
func addedColumns(header []string) []string {
	prefix := ""
	for collides(header, prefix) {
		prefix += collisionPrefix
	}
	added := make([]string, len(resultColumns))
	for i, name := range resultColumns {
		added[i] = prefix + name
	}
	return added
}

func collides(header []string, prefix string) bool {
	for _, name := range resultColumns {
		for _, own := range header {
			if strings.EqualFold(strings.TrimSpace(own), prefix+name) {
				return true
			}
		}
	}
	return false
}

// rehearsedID goes before the message ids of a rehearsal, whose results must never pass for real ones.
const rehearsedID = "sandbox-"

// messageID is how a message's id reads wherever one is shown.
func messageID(id string, mode Mode) string {
	if mode == Sandbox && id != "" {
		return rehearsedID + id
	}
	return id
}

// resultOf turns a row of the ledger into its results.
func resultOf(row ledger.Row, mode Mode) resultRow {
	status := row.State.Status
	if row.State.Open {
		status = outcome.Unknown
	}
	result := resultRow{
		Status:     string(status),
		MessageID:  messageID(unformula(row.MessageID), mode),
		ContactID:  unformula(row.ContactID),
		Phone:      unformula(row.Phone),
		Cause:      unformula(row.State.Cause),
		Attempts:   strconv.Itoa(row.Attempts),
		inputCells: row.Cells,
	}
	message, code := errorOf(row, status)
	result.Error, result.ErrorCode = unformula(message), unformula(code)
	if !row.SentAt.IsZero() && (status == outcome.Sent || status == outcome.AlreadySent) {
		result.SentAt = row.SentAt.Format(time.RFC3339)
	}
	if row.Key != uuid.Nil {
		result.Key = row.Key.String()
	}
	if !row.Gone {
		result.Row = strconv.Itoa(row.Number)
	}
	return result
}

// errorOf returns what the results say about a row that has no message, and the code of that: the problems of an
// invalid row, the reason of a skipped one, and else the API's own words. Of rows that have one, only those say
// something of which Kanal messaged another number.
func errorOf(row ledger.Row, status outcome.Status) (message, code string) {
	if !row.ForgottenAt.IsZero() {
		if status == outcome.Invalid {
			_, code = problemsOf(row)
			return forgottenOn(row.ForgottenAt), code
		}
		return forgottenOn(row.ForgottenAt), row.ErrorCode
	}
	switch status {
	case outcome.Sent, outcome.AlreadySent:
		if row.State.Cause == outcome.CauseOtherNumber {
			return row.Error, row.ErrorCode
		}
		return "", ""
	case outcome.Invalid:
		if len(row.Problems) > 0 {
			return problemsOf(row)
		}
	case outcome.Skipped:
		reason, known := skippedReasons[row.State.Cause]
		if !known || row.RelatedRow == 0 && strings.Contains(reason, "{first}") { // recovered: the text is all there is
			return row.Error, row.ErrorCode
		}
		detail, told := record.DetailOf(row.Error)
		if !told && row.Error != "" {
			return row.Error, row.ErrorCode
		}
		return fill(reason, skippedArguments(row.RelatedRow, detail)), ""
	case outcome.Unknown:
		return doubtOf(row), row.ErrorCode
	}
	return row.Error, row.ErrorCode
}

// skippedArguments are what skippedReasons may name.
func skippedArguments(related int, detail record.Detail) arguments {
	return func(name string) string {
		switch name {
		case "first":
			return positive(related)
		case "since":
			if detail.Since.IsZero() {
				return ""
			}
			return detail.Since.Format(time.RFC3339)
		case "campaign":
			return quotedOrNone(detail.Campaign)
		case "list":
			return Clean(detail.List)
		case "column":
			return quotedOrNone(detail.Column)
		}
		return ""
	}
}

// problemsOf joins the sentences and the codes of an invalid row's errors.
func problemsOf(row ledger.Row) (sentences, codes string) {
	var texts, names []string
	for _, p := range row.Problems {
		if p.Severity == problem.Error {
			texts, names = append(texts, words.English().ProblemSentence(p)), append(names, string(p.Code))
		}
	}
	return strings.Join(texts, " | "), strings.Join(names, " | ")
}

// forgottenPrefix is how the error of a forgotten row begins, by which a results file that is read back tells it.
const forgottenPrefix = "forgotten on "

func forgottenOn(t time.Time) string { return forgottenPrefix + t.Format(time.DateOnly) }

// forgottenAt reads what forgottenOn has written; the zero time for any other text.
func forgottenAt(text string) time.Time {
	day, _ := strings.CutPrefix(text, forgottenPrefix)
	t, _ := time.ParseInLocation(time.DateOnly, day, time.Local) // any other text is no time
	return t
}

// doubtSince stands in an error before the time.
const doubtSince = "; in doubt since "

// doubtOf says what the last attempt met, and since when the row is in doubt.
func doubtOf(row ledger.Row) string {
	text := row.Error
	if text == "" {
		text, _ = CauseWords(words.English(), row.State.Cause, row.ErrorCode)
	}
	if row.State.DoubtSince.IsZero() {
		return text
	}
	return text + doubtSince + row.State.DoubtSince.Format(time.RFC3339)
}

// formulaStart matches where a cell begins with what a spreadsheet would compute (OWASP, "CSV injection"), behind spaces
// and quotes that some take away. What stands behind a delimiter counts, too: a spreadsheet of another country takes
// another character for it, and begins a cell there.
var formulaStart = regexp.MustCompile(`(^|[,;|])([\p{Zs}"]*)([=+\-@＝＋－＠﹢﹣﹦﹫])`)

// unformula makes a text from elsewhere safe in a cell that the tool adds: no control characters, and no formula.
func unformula(s string) string {
	risky := s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) // as it would be read if that were kept
	s = formulaStart.ReplaceAllString(Clean(s), "$1'$2$3")
	if risky && !strings.HasPrefix(s, "'") {
		return "'" + s
	}
	return s
}
