package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/problem"
)

// CheckScreen is what a check found out. Columns, Report and what follows from them are empty when the check could not
// go on; Problems says why.
type CheckScreen struct {
	Mode            Mode
	File            string // as people know it
	Rows            int
	Dialect         audience.Dialect // zero when the file could not be read
	Sheet           string           // of a workbook; empty for text
	Sheets          int              // that people see in the workbook
	EncodingGuessed bool
	Accents         []string
	Header          []string
	Columns         campaign.Columns
	Message         campaign.Message
	Report          *campaign.Report
	Problems        []problem.Problem // of the file and its columns
	Rate            int
	Start           time.Time
	Hours           campaign.HoursVerdict
	Repeats         []ledger.Repeats
	Window          *WindowScreen
	ProblemsPath    string
	SendCommand     campaign.Command
	SkipCommand     campaign.Command // the same with --skip-invalid
	// AnswerCommand is the SendCommand that also settles decisions.
	AnswerCommand func(...problem.Answer) campaign.Command
	SkipInvalid   bool // the check was made with --skip-invalid
	Sending       bool // the check was that of send, which it stopped
	Fixes         Fixes
	Standing      *Standing // the campaign that sending the file would go on with; nil for a new one
}

// checkAt is where the texts of this screen start.
const checkAt = 9

// Errors returns how many problems keep the campaign from being sent: errors of the file and its columns, and rows with
// errors unless they are left out on purpose.
func (s CheckScreen) Errors() int {
	n := len(s.fileErrors())
	if s.Report != nil && !s.SkipInvalid {
		n += s.Report.Invalid
	}
	return n
}

// sendable reports whether the plan may be sent: nothing stops it, and there is somebody to send to.
func (s CheckScreen) sendable() bool {
	return s.Errors() == 0 && len(s.Decisions()) == 0 && s.Report != nil && s.Report.Sendable > 0
}

// fileErrors are the errors that --skip-invalid does not pass.
func (s CheckScreen) fileErrors() []problem.Problem {
	return slices.DeleteFunc(s.fileProblems(), func(p problem.Problem) bool { return p.Severity != problem.Error })
}

func (s CheckScreen) fileProblems() []problem.Problem {
	found := slices.Clone(s.Problems)
	if s.Report != nil {
		found = append(found, s.Report.File...)
	}
	return found
}

// Check shows what a check found: how the file was read, then the problems in the order in which a person fixes them,
// or, without any, the messages as they will read, how long they take, and the command that sends them.
func Check(f Face, s CheckScreen) {
	p := f.page()
	p.line(string(s.Mode), s.heading())
	s.showFixes(p)
	p.gap()
	s.showRead(p)
	s.showColumns(p)
	showChoice(p, checkAt, s.Report)
	s.showStanding(p)
	s.showProblems(p)
	if s.Errors() == 0 && s.Report != nil {
		s.showPlan(p)
	}
	s.showLeftOut(p)
	s.showWarnings(p)
	s.showOthers(p)
	s.showNext(p)
	p.show()
}

func (s CheckScreen) heading() string {
	switch {
	case !s.Sending:
		return " check: nothing is sent by checking."
	case s.Errors() == 0 && len(s.Decisions()) > 0:
		return ": nothing was sent, a decision is needed."
	case s.Errors() == 0: // nobody is left to send to
		return ": nothing was sent."
	}
	return ": nothing was sent, the check found errors."
}

func (s CheckScreen) showRead(p *page) {
	if s.Dialect == (audience.Dialect{}) {
		p.path("Read", checkAt, s.File)
		return
	}
	rows := ""
	if s.Report != nil {
		rows = count(s.Rows, "row") + ", "
	}
	form := s.Dialect.DelimiterName() + ", " + s.Dialect.EncodingName()
	if s.Sheet != "" {
		form = sheetText(s.Sheet, s.Sheets)
	}
	p.words("Read", checkAt, around("", s.File+":", rows+form))
	if len(s.Accents) == 0 || s.Sheet != "" { // a workbook says how its letters are meant

		return
	}
	words := make([]string, len(s.Accents))
	for i, word := range s.Accents {
		words[i] = quoted(word)
	}
	text := "accents read as " + strings.Join(words, ", ")
	if s.EncodingGuessed {
		text += " (wrong? use --encoding)"
	}
	p.text(checkAt, text)
}

// sheetText says which sheet of a workbook was read.
func sheetText(name string, sheets int) string {
	text := "sheet " + quoted(name)
	if sheets > 1 {
		text += fmt.Sprintf(", one of %s (--sheet takes another)", figure(sheets))
	}
	return text
}

func (s CheckScreen) showColumns(p *page) {
	if s.Report == nil {
		return
	}
	feeds := s.feeds()
	for i := range feeds[:len(feeds)-1] {
		feeds[i] += ","
	}
	p.words("Columns", checkAt, feeds)
}

// feeds says which column feeds what: phone = B "Téléphone", first_name = C "Prénom" (--map), order_id = E.
func (s CheckScreen) feeds() []string {
	feeds := []string{s.feed("phone", s.Columns.Phone, "")}
	if s.Columns.Country >= 0 {
		feeds = append(feeds, s.feed("country", s.Columns.Country, ""))
	}
	for _, f := range s.Columns.Fields {
		how := ""
		switch {
		case f.Mapped:
			how = " (--map)"
		case f.Loose:
			how = " (same name but for accents or capitals)"
		}
		feeds = append(feeds, s.feed(f.Variable, f.Column, how))
	}
	if s.Columns.Name >= 0 {
		feeds = append(feeds, s.feed("contact's name", s.Columns.Name, " (--name-column)"))
	}
	if s.Columns.Email >= 0 {
		feeds = append(feeds, s.feed("contact's e-mail", s.Columns.Email, " (--email-column)"))
	}
	return feeds
}

// longestHeader is how much of a column's name is shown, so that a feed stays on one line.
const longestHeader = 28

func (s CheckScreen) feed(what string, column int, how string) string {
	text := Clean(what) + " = " + audience.ColumnLetter(column)
	if column >= 0 && column < len(s.Header) && s.Header[column] != what {
		text += ` "` + shorten(Clean(s.Header[column]), longestHeader) + `"`
	}
	return text + how
}

// showRecipients shows how the messages read, and to whom they go.
func (s CheckScreen) showRecipients(p *page) {
	r := s.Report
	p.field("Message", checkAt, messageText(string(s.Message.Kind), s.Message.Title(), s.Message.Of()))
	showMessage(p, checkAt, s.Message, r.First, "the first")
	if r.Longest != nil && r.First != nil && r.Longest.Number != r.First.Number {
		showMessage(p, checkAt, s.Message, r.Longest, "the longest")
	}
	showMessage(p, checkAt, s.Message, r.Random, "drawn at random")
	to := "To"
	if s.known() {
		to = "In file"
	}
	p.field(to, checkAt, recipients(r))
	if s.known() && !s.Standing.stops() {
		p.words("To send", checkAt, s.Standing.toSend())
	}
}

// known reports whether the file is one of a campaign that there is.
func (s CheckScreen) known() bool { return s.Standing != nil && !s.Standing.OtherName() }

// skippable reports whether the rows without errors can be sent while the others are left out.
func (s CheckScreen) skippable() bool {
	return s.Errors() > 0 && !s.Standing.stops() && len(s.SkipCommand) > 0 && s.Report != nil && len(s.fileErrors()) == 0 &&
		s.Report.Sendable > 0 && len(s.Decisions()) == 0
}

// showOthers shows what would be sent without the rows that have errors.
func (s CheckScreen) showOthers(p *page) {
	if !s.skippable() {
		return
	}
	p.gap()
	p.text(0, "Without "+s.those()+", this would be sent:")
	s.showAhead(p)
	s.showRecipients(p)
}

// those are the people in rows with errors.
func (s CheckScreen) those() string {
	if s.Report.Invalid == 1 {
		return "that person"
	}
	return "those " + people(s.Report.Invalid)
}

// showPlan shows what would be sent.
func (s CheckScreen) showPlan(p *page) {
	s.showAhead(p)
	s.showRecipients(p)
	messages, people := s.Report.Sendable, s.Report.People
	if s.known() {
		messages, people = s.Standing.ToSend, s.Standing.People
	}
	switch {
	case messages == 0 && s.known():
		return
	case s.Window != nil:
		showWhenWithin(p, s.Window, checkAt, messages, s.Rate, s.Start)
	case messages > 0:
		takes := campaign.Duration(messages, max(1, s.Rate))
		p.field("Takes", checkAt, fmt.Sprintf("%s at %d a minute; started now, %s", duration(takes), s.Rate, span(s.Start, s.Start.Add(takes))))
		showHours(p, checkAt, s.Hours, s.Start, s.Start.Add(takes))
	}
	showVolume(p, checkAt, s.Hours, people)
	if !s.known() {
		p.field("Repeats", checkAt, repeatsText(s.Repeats))
	}
}

func (s CheckScreen) showLeftOut(p *page) {
	if s.Report == nil || len(s.Report.Skipped) == 0 {
		return
	}
	if s.Errors() == 0 {
		p.field("Left out", checkAt, leftOutText(p.Words, s.Report))
		return
	}
	p.field("", 0, "Left out without being errors: "+strings.Join(skippedParts(p.Words, s.Report.Skipped, s.Report.Since), ", ")+".")
}

func (s CheckScreen) showNext(p *page) {
	p.gap()
	errors, decisions := s.Errors(), s.Decisions()
	defer func() { s.showDecisions(p, decisions) }()
	switch {
	case errors == 0 && s.Report == nil:
		return
	case errors == 0 && len(decisions) > 0:
		s.showFile(p)
	case errors == 0 && s.Report.Sendable == 0:
		p.text(0, "There is nobody to send to.")
	case errors == 0:
		s.showFile(p)
		s.showSend(p)
	default:
		s.showFile(p)
		if !s.skippable() {
			p.text(0, "Fix this and check again.")
			return
		}
		s.showSkip(p)
	}
}

// showSend shows how to send, and what keeps the command from sending.
func (s CheckScreen) showSend(p *page) {
	text, people := nextSend, s.Report.People
	switch k := s.Standing; {
	case k == nil:
	case k.OtherName():
		text = nextOther
	case k.Send == SendForgotten:
		p.text(0, "Nothing was sent. "+capital(forgottenWay)+".")
		return
	case k.stops():
		p.text(0, finishedSee)
		p.next(2, k.Status)
		p.text(0, finishedNew)
		return
	case k.Running:
		p.text(0, nextRunning)
		p.next(2, k.Status)
		return
	case k.Send == SendUpdates:
		text, people = nextUpdate, k.People
	default:
		text, people = nextResume, k.People
	}
	p.text(0, text+capped(s.Hours, people, capPart, capLater)+":")
	p.next(2, s.SendCommand)
	if len(s.Repeats) > 0 && (s.Standing == nil || s.Standing.OtherName()) {
		p.text(0, nextAgain)
	}
}

func (s CheckScreen) showFile(p *page) {
	if s.ProblemsPath == "" {
		return
	}
	what := "All problems, with fixes:"
	switch {
	case s.Report != nil && s.Report.Invalid == 1:
		what = "That row, with a fix:"
	case s.Report != nil && s.Report.Invalid > 1:
		what = "All " + figure(s.Report.Invalid) + ", with fixes:"
	case s.Errors() == 0:
		what = "All warnings:"
	}
	const meaning = "(row = the spreadsheet's row number)"
	at := columnsOf(what) + 1
	if width := at + columnsOf(Clean(s.ProblemsPath)) + 3; width+columnsOf(meaning) <= screenWidth {
		p.line(what, " ", s.ProblemsPath, "   ", meaning)
		return
	}
	p.path(what, at, s.ProblemsPath)
	p.line(meaning)
}

// showSkip shows how to send to the others.
func (s CheckScreen) showSkip(p *page) {
	fix := noun(s.Report.Invalid, "Fix it|Fix them")
	p.text(0, fix+" and check again, or send without "+s.those()+":")
	p.next(2, s.SkipCommand)
}
