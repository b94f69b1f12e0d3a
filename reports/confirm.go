package reports

import (
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// ConfirmScreen is what a person sees before anything leaves.
type ConfirmScreen struct {
	Mode                    Mode
	Campaign                string
	From                    string // the phone_number_id that messages leave from
	Team                    string // as Kanal reports it; empty when it does not
	APIURL                  string // shown when it is neither empty nor the usual one
	Message                 message.Message
	Report                  *plan.Report
	Repeats                 []record.Repeats
	Rate                    int
	Start                   time.Time
	NameColumn, EmailColumn string // as given by flags; empty when nothing is passed on
	ToSend                  int    // how many messages this run sends
	Beyond                  int    // how many messages it leaves to a later one
	First                   int    // of a pilot; 0 otherwise
	Window                  *WindowScreen
	Hours                   hours.HoursVerdict
	Warnings                []problem.Problem // about the message and the columns; the file's and the rows' are in Report
	ProblemsPath            string            // where the rows' problems are listed; empty when they are nowhere
}

// showBanner is the first line of a screen after which messages leave. apiURL is where they go, if that is known.
func showBanner(p *page, mode Mode, apiURL string) {
	switch local := loopback(apiURL); {
	case mode == Sandbox:
		p.line(p.BannerSandbox())
	case local != "":
		p.text(0, p.BannerLocal(text.Clean(local)))
	default:
		p.line(p.BannerLive())
	}
	p.vital(0)
	p.gap()
}

// loopback returns the scheme and host of an address of this computer; "" for any other address.
func loopback(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if name := parsed.Hostname(); !strings.EqualFold(name, "localhost") && !net.ParseIP(name).IsLoopback() {
		return ""
	}
	return parsed.Scheme + "://" + parsed.Host
}

// showAPI names an address that is not Kanal's usual one, unless the banner does.
func showAPI(p *page, mode Mode, apiURL string) {
	if mode != Live || apiURL == "" || apiURL == kanal.DefaultBaseURL || loopback(apiURL) != "" {
		return
	}
	p.field(p.LabelApi(), confirmAt, p.ApiOther(text.Clean(apiURL)))
}

// confirmAt is where the texts of the screens with a plan start.
const confirmAt = 10

// Confirm shows what is about to happen. The question itself is the terminal's: see ConfirmPrompt.
func Confirm(f Face, s ConfirmScreen) {
	p := f.page()
	showBanner(p, s.Mode, s.APIURL)
	p.field(p.LabelFrom(), confirmAt, fromText(f, s.From, s.Team))
	showAPI(p, s.Mode, s.APIURL)
	showMessageName(p, s.Message)
	showPreviews(p, s.Message, s.Report)
	if s.Report != nil {
		p.field(p.LabelTo(), confirmAt, recipients(f, s.Report))
		if s.Beyond > 0 {
			p.field(p.LabelPilot(), confirmAt, pilotText(f, s.ToSend, s.Beyond, s.First))
		}
		p.field(p.LabelLeftOut(), confirmAt, leftOutText(p.Words, s.Report))
	}
	showChoice(p, confirmAt, s.Report)
	showWarnings(p, s.Warnings, s.Report, s.ProblemsPath)
	p.field(p.LabelRepeats(), confirmAt, repeatsText(f, s.Repeats))
	p.field(p.LabelContacts(), confirmAt, contactsText(f, s.NameColumn, s.EmailColumn))
	showPlanHours(p, s.Window, s.Hours, s.Report, s.ToSend, s.Rate, s.Start)
	showWhen(p, s.Window, confirmAt, s.ToSend, s.Rate, s.Start)
	showCare(p, s.Mode)
	if s.Hours.Exceeds(s.People()) {
		showQuestion(p, s.Mode, askCap, "")
	}
	p.show()
}

// People is to how many people this run sends.
func (s ConfirmScreen) People() int {
	if s.Report == nil {
		return s.ToSend
	}
	return min(s.ToSend, s.Report.People)
}

func pilotText(f Face, toSend, beyond, first int) string {
	return f.PilotPart(f.Number(toSend), f.Number(toSend+beyond), strconv.Itoa(first))
}

// showCare ends a screen after which messages leave.
func showCare(p *page, mode Mode) {
	p.text(confirmAt, p.KeepAwake())
	showNoWayBack(p, mode)
}

// showNoWayBack stands between what is about to happen and the question.
func showNoWayBack(p *page, mode Mode) {
	if mode == Live {
		p.gap()
		p.text(0, p.NoWayBack())
	}
}

// ConfirmPrompt is the line at whose end the count of messages is typed, without a line break.
func ConfirmPrompt(f Face, n int) string { return f.Words.ConfirmPrompt(strconv.Itoa(n)) }

func fromText(f Face, account, team string) string {
	if team != "" {
		team = f.InQuotes(team)
	}
	return f.FromNumber(text.Clean(account), team)
}

// messageLabel is what stands before messageText.
func messageLabel(w *words.Words, kind string) string {
	if kind == string(message.KindTemplate) {
		return w.LabelTemplate()
	}
	return w.LabelMessage()
}

// messageText names a message: a template with its number, or a free-form message's type.
func messageText(w *words.Words, kind, title, of string) string {
	if kind == string(message.KindTemplate) {
		return w.MessageTemplate(text.Clean(title), text.Clean(of))
	}
	return w.MessageFreeForm(text.Clean(of))
}

func showMessageName(p *page, m message.Message) {
	sentence := messageText(p.Words, string(m.Kind), m.Title(), m.Of())
	if t, ok := m.Template(); !ok {
		sentence = p.MessageFreeFormReaches(text.Clean(m.Of()))
	} else if changed, known := stampOf(t.UpdatedAt); known {
		sentence = p.MessageTemplateOf(text.Clean(m.Title()), text.Clean(m.Of()), p.Date(changed))
	}
	p.field(messageLabel(p.Words, string(m.Kind)), confirmAt, sentence)
}

func contactsText(f Face, name, email string) string {
	switch {
	case name != "" && email != "":
		return f.ContactsBoth(f.InQuotes(name), f.InQuotes(email))
	case name != "":
		return f.ContactsName(f.InQuotes(name))
	case email != "":
		return f.ContactsEmail(f.InQuotes(email))
	}
	return f.ContactsNone()
}

// showPlanHours is showRunHours for so many of a plan's messages.
func showPlanHours(p *page, w *WindowScreen, h hours.HoursVerdict, r *plan.Report, toSend, rate int, start time.Time) {
	if r != nil {
		showRunHours(p, w, h, min(toSend, r.People), toSend, rate, start)
	}
}

// showRunHours is showHours and showVolume for a run that sends so many messages to so many people; a window of the
// sender's own takes the hours' place.
func showRunHours(p *page, w *WindowScreen, h hours.HoursVerdict, people, toSend, rate int, start time.Time) {
	if toSend == 0 {
		return
	}
	if w == nil {
		showHours(p, confirmAt, h, start, start.Add(hours.Duration(toSend, max(1, rate))))
	}
	showVolume(p, confirmAt, h, people)
}
