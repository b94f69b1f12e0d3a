package screen

import (
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/words"
)

// CheckScreen is what a check found out about a plan, which has neither columns nor a report where it could not be read.
type CheckScreen struct {
	campaign.Plan
	Mode            Mode
	File            string // as people know it
	Rows            int
	Dialect         audience.Dialect // zero when the file could not be read
	Sheet           string           // of a workbook; empty for text
	Sheets          int              // that people see in the workbook
	EncodingGuessed bool
	Accents         []string
	Header          []string
	HeaderRow       int // as a spreadsheet numbers it
	Start           time.Time
	Others          int                // of the messages to be sent that Repeats do not tell of
	RepeatCommands  []campaign.Command // the SendCommand with --skip-repeats, unless there are no others, and with --again
	Window          *hours.WindowForecast
	CheckCommand    campaign.Command // checks the file again
	AcceptCommand   campaign.Command // the same, with every proposed fix taken
	SendCommand     campaign.Command
	SkipCommand     campaign.Command // the same with --skip-invalid
	// AnswerCommand is the SendCommand that also settles decisions.
	AnswerCommand func(...problem.Answer) campaign.Command
	Proposed      []ProposedCommand // where the columns or the country are unclear, the likeliest first
	Sending       bool              // the check was that of send, which it stopped
	Fixes         campaign.Fixes
	Known         *campaign.KnownCampaign // that sending the file would go on with; nil for a new one
	StatusCommand campaign.Command        // shows that campaign
}

// checkAt is where the texts of this screen start.
func checkAt(w *words.Words) int {
	return labelled(w.LabelRead(), w.LabelColumns(), w.LabelFilter(), w.LabelConsent(), w.LabelMessage(), w.LabelTo(), w.LabelInFile(),
		w.LabelToSend(), w.LabelTakes(), w.LabelRepeats(), w.LabelLeftOut())
}

// Errors returns how many problems keep the campaign from being sent: errors of the file and its columns, and rows with
// errors unless they are left out on purpose.
func (s CheckScreen) Errors() int {
	n := len(s.fileErrors())
	if s.Report != nil && !s.Settings.SkipInvalid {
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
	found := slices.Clone(s.ColumnIssues)
	if s.Report != nil {
		found = append(found, s.Report.File...)
	}
	return found
}

// Check shows what a check found: how the file was read, then the problems in the order in which a person fixes them,
// or, without any, the messages as they will read, how long they take, and the command that sends them.
func Check(f Face, s CheckScreen) {
	p := f.page()
	p.title(s.Mode, s.title(p.Words))
	s.showFixes(p)
	p.gap()
	s.showRead(p)
	s.showColumns(p)
	showChoice(p, checkAt(f.Words), s.Report)
	s.showKnown(p)
	s.showFirst(p)
	s.showProblems(p)
	if s.Errors() == 0 && s.Report != nil {
		s.showPlan(p)
	}
	s.showLeftOut(p)
	s.showWarnings(p)
	s.showOthers(p)
	s.showNext(p)
	s.showUnfixed(p)
	p.show()
}

// title is the first line, of which the mode is a part.
func (s CheckScreen) title(w *words.Words) func(mode string) string {
	switch {
	case !s.Sending:
		return w.CheckTitle
	case s.Errors() == 0 && len(s.Decisions()) > 0:
		return w.CheckTitleDecision
	case s.Errors() == 0: // nobody is left to send to
		return w.TitleNothingSent
	}
	return w.CheckTitleErrors
}

func (s CheckScreen) showRead(p *page) {
	at := checkAt(p.Words)
	if s.Dialect == (audience.Dialect{}) {
		p.path(p.LabelRead(), at, s.File)
		return
	}
	form := p.FormText(delimiterName(p.Words, s.Dialect.Delimiter), s.Dialect.EncodingName())
	switch {
	case s.Sheets > 1:
		form = p.FormSheetOf(p.InQuotes(s.Sheet), p.Number(s.Sheets))
	case s.Sheet != "":
		form = p.FormSheet(p.InQuotes(s.Sheet))
	}
	text := p.CheckRead(together(s.File), form)
	if s.Report != nil {
		text = p.CheckReadRows(s.Rows, together(s.File), form)
	}
	p.field(p.LabelRead(), at, text)
	if len(s.Accents) == 0 || s.Sheet != "" { // a workbook says how its letters are meant
		return
	}
	texts := make([]string, len(s.Accents))
	for i, word := range s.Accents {
		texts[i] = p.InQuotes(word)
	}
	if s.EncodingGuessed {
		p.text(at, p.CheckAccentsGuessed(strings.Join(texts, ", ")))
		return
	}
	p.text(at, p.CheckAccents(strings.Join(texts, ", ")))
}

// delimiterName is a delimiter in the plural; one without a usual name is itself between quotes.
func delimiterName(w *words.Words, delimiter rune) string {
	switch delimiter {
	case ',':
		return w.DelimiterCommas()
	case ';':
		return w.DelimiterSemicolons()
	case '\t':
		return w.DelimiterTabs()
	case '|':
		return w.DelimiterPipes()
	}
	return w.InQuotes(string(delimiter))
}

func (s CheckScreen) showColumns(p *page) {
	if s.Report == nil {
		return
	}
	p.field(p.LabelColumns(), checkAt(p.Words), strings.Join(s.feeds(p.Words), ", "))
}

// feeds says which column feeds what: phone = B "Téléphone", first_name = C "Prénom" (--map), order_id = E. No line is to
// break within one.
func (s CheckScreen) feeds(w *words.Words) []string {
	feeds := []string{s.feed(w, w.FeedPhone(), "phone", s.Columns.Phone, "")}
	if s.Columns.Country >= 0 {
		feeds = append(feeds, s.feed(w, w.FeedCountry(), "country", s.Columns.Country, ""))
	}
	for _, f := range s.Columns.Fields {
		how := ""
		switch {
		case f.Mapped:
			how = "--map"
		case f.Loose:
			how = w.FeedLoose()
		}
		feeds = append(feeds, s.feed(w, text.Clean(f.Variable), f.Variable, f.Column, how))
	}
	if s.Columns.Name >= 0 {
		feeds = append(feeds, s.feed(w, w.FeedName(), "", s.Columns.Name, "--name-column"))
	}
	if s.Columns.Email >= 0 {
		feeds = append(feeds, s.feed(w, w.FeedEmail(), "", s.Columns.Email, "--email-column"))
	}
	return feeds
}

// longestHeader is how much of a column's name is shown, so that a feed stays on one line.
const longestHeader = 28

// feed says of a column what it feeds; its header is told where that is not the usual name.
func (s CheckScreen) feed(w *words.Words, what, usual string, column int, how string) string {
	sentence := audience.ColumnLetter(column)
	if column >= 0 && column < len(s.Header) && s.Header[column] != usual {
		sentence += " " + w.Quoted(text.Shorten(text.Clean(s.Header[column]), longestHeader))
	}
	return together(w.Feed(what, sentence, how))
}

// showRecipients shows how the messages read, and to whom they go.
func (s CheckScreen) showRecipients(p *page) {
	r, at := s.Report, checkAt(p.Words)
	p.field(p.LabelMessage(), at, messageText(p.Words, string(s.Message.Kind), s.Message.Title(), s.Message.Of()))
	showMessage(p, at, s.Message, r.First, p.PreviewFirst)
	if r.Longest != nil && r.First != nil && r.Longest.Number != r.First.Number {
		showMessage(p, at, s.Message, r.Longest, p.PreviewLongest)
	}
	showMessage(p, at, s.Message, r.Random, p.PreviewRandom)
	to := p.LabelTo()
	if s.known() {
		to = p.LabelInFile()
	}
	p.field(to, at, recipients(p.Face, r))
	if s.known() && !stops(s.Known) {
		p.words(p.LabelToSend(), at, leftToSend(p.Face, s.Known))
	}
}

// known reports whether the file is one of a campaign that there is.
func (s CheckScreen) known() bool { return s.Known != nil && !s.Known.Does.NeedsOtherName() }

// skippable reports whether the rows without errors can be sent while the others are left out.
func (s CheckScreen) skippable() bool {
	return s.Errors() > 0 && !stops(s.Known) && len(s.SkipCommand) > 0 && s.Report != nil && len(s.fileErrors()) == 0 &&
		s.Report.Sendable > 0 && len(s.Decisions()) == 0
}

// showOthers shows what would be sent without the rows that have errors.
func (s CheckScreen) showOthers(p *page) {
	if !s.skippable() {
		return
	}
	p.gap()
	p.text(0, p.CheckWithout(s.Report.Invalid))
	s.showChangedFile(p)
	s.showRecipients(p)
}

// showPlan shows what would be sent.
func (s CheckScreen) showPlan(p *page) {
	s.showChangedFile(p)
	s.showRecipients(p)
	at := checkAt(p.Words)
	messages, people := s.Report.Sendable, s.Report.People
	if s.known() {
		messages, people = sends(s.Known).Messages(), sends(s.Known).People
	}
	switch {
	case messages == 0 && s.known():
		return
	case s.Window != nil:
		showWhen(p, s.Window, at, messages, s.Request.Rate, s.Start)
	case messages > 0:
		takes := hours.Duration(messages, max(1, s.Request.Rate))
		end := s.Start.Add(takes)
		p.field(p.LabelTakes(), at, p.CheckTakes(p.Duration(takes), p.Number(s.Request.Rate), p.Span(s.Start, end)))
		showHours(p, at, s.Hours, s.Start, end)
	}
	showVolume(p, at, s.Hours, people)
	if !s.known() {
		p.field(p.LabelRepeats(), at, repeatsText(p.Face, s.Repeats))
	}
}

func (s CheckScreen) showLeftOut(p *page) {
	if s.Report == nil || len(s.Report.Skipped) == 0 {
		return
	}
	if s.Errors() == 0 {
		p.field(p.LabelLeftOut(), checkAt(p.Words), leftOutText(p.Words, s.Report))
		return
	}
	p.text(0, p.CheckLeftOutToo(strings.Join(skippedParts(p.Words, s.Report.Skipped, s.Report.Since), ", ")))
}

func (s CheckScreen) showNext(p *page) {
	p.gap()
	errors, decisions := s.Errors(), s.Decisions()
	switch {
	case errors == 0 && s.Report == nil:
	case errors == 0 && len(decisions) > 0:
		s.showFile(p)
	case errors == 0 && s.Report.Sendable == 0:
		p.text(0, p.CheckNobody())
		p.next(2, s.CheckCommand)
	case errors == 0:
		s.showFile(p)
		s.showSend(p)
	case len(s.Proposed) > 0:
		s.showFile(p)
		s.showProposed(p)
		return
	case s.skippable():
		s.showFile(p)
		p.text(0, p.CheckFix(s.Report.Invalid))
		p.next(2, s.CheckCommand)
		p.text(0, p.CheckSkip(s.Report.Invalid))
		p.next(2, s.SkipCommand)
	default:
		s.showFile(p)
		first := s.first()
		s.showDecisions(p, slices.DeleteFunc(slices.Clone(decisions), func(d problem.Problem) bool { return len(first) > 0 && changesErrors(d) }))
		p.gap()
		if s.showFirstAnswers(p, first); len(first) == 0 {
			p.text(0, p.CheckFixAll())
			p.next(2, s.CheckCommand)
		}
		s.showSkipAndAnswer(p, decisions)
		return
	}
	s.showDecisions(p, decisions)
}

// showSend shows how to send, and what keeps the command from sending.
func (s CheckScreen) showSend(p *page) {
	text, people := p.CheckSend(), s.Report.People
	switch k := s.Known; {
	case k == nil:
	case k.Does.NeedsOtherName():
		text = p.CheckOther()
	case k.Does == campaign.SendForgotten:
		p.text(0, sentences(p.NothingSent(), p.ForgottenWayNext()))
		p.next(2, k.Other)
		return
	case stops(k):
		p.text(0, p.CheckFinished())
		p.next(2, s.StatusCommand)
		p.text(0, p.CheckFinishedAgain())
		p.next(2, k.Other)
		return
	case k.Running:
		p.text(0, p.CheckRunning())
		p.next(2, s.StatusCommand)
		return
	case k.Does == campaign.SendUpdates:
		text, people = p.CheckUpdate(), sends(k).People
	default:
		text, people = p.CheckResume(), sends(k).People
	}
	capped := capSentence(p.Words, s.Hours, people)
	if len(s.Repeats) > 0 && (s.Known == nil || s.Known.Does.NeedsOtherName()) {
		p.text(0, sentences(p.NothingSent(), capped, p.CheckRepeats()))
		renamed := slices.DeleteFunc(slices.Clone(s.Repeats), func(r record.Repeats) bool { return s.Known != nil && r.Campaign == s.Known.Campaign.Name })
		showRepeats(p, renamed, s.Report.Sendable, s.Others, s.RepeatCommands)
		return
	}
	if capped != "" {
		p.text(0, p.NothingSent()+" "+capped)
		p.text(0, text)
	} else {
		p.text(0, p.NothingSent()+" "+text)
	}
	p.next(2, s.SendCommand)
}

func (s CheckScreen) showFile(p *page) {
	if s.ProblemsPath == "" {
		return
	}
	what, meaning := p.CheckFileProblems(), p.CheckFileRow()
	switch {
	case s.Report != nil && s.Report.Invalid > 0:
		what = p.CheckFileRows(s.Report.Invalid)
	case s.Errors() == 0:
		what = p.CheckFileWarnings()
	}
	at := text.Columns(what) + 1
	if width := at + text.Columns(text.Clean(s.ProblemsPath)) + 3; width+text.Columns(meaning) <= screenWidth {
		p.line(what, " ", s.ProblemsPath, "   ", meaning)
		return
	}
	p.path(what, at, s.ProblemsPath)
	p.line(meaning)
}
