package reports

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/kanal"
)

// ConfirmScreen is what a person sees before anything leaves.
type ConfirmScreen struct {
	Mode                    Mode
	Campaign                string
	From                    string // the phone_number_id that messages leave from
	Team                    string // as Kanal reports it; empty when it does not
	APIURL                  string // shown when it is neither empty nor the usual one
	Message                 campaign.Message
	Report                  *campaign.Report
	Repeats                 []ledger.Repeats
	Rate                    int
	Start                   time.Time
	NameColumn, EmailColumn string // as given by flags; empty when nothing is passed on
	ToSend                  int    // how many messages this run sends
	Beyond                  int    // how many messages it leaves to a later one
	First                   int    // of a pilot; 0 otherwise
	Window                  *WindowScreen
	Hours                   campaign.HoursVerdict
	Warnings                []problem.Problem // about the message and the columns; the file's and the rows' are in Report
	ProblemsPath            string            // where the rows' problems are listed; empty when they are nowhere
}

// showBanner is the first line of a screen after which messages leave. apiURL is where they go, if that is known.
func showBanner(p *page, mode Mode, apiURL string) {
	switch local := loopback(apiURL); {
	case mode == Sandbox:
		p.line("SANDBOX: a rehearsal, no message reaches anyone")
	case local != "":
		p.words("", 0, around("LIVE, but KANAL_API_URL points to this computer", "("+local+")", ""))
	default:
		p.line("LIVE: real messages to real people")
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
	p.words("API", confirmAt, around("", apiURL, "(KANAL_API_URL), not Kanal's usual address"))
}

// confirmAt is where the texts of the screens with a plan start.
const confirmAt = 10

// Confirm shows what is about to happen. The question itself is the terminal's: see ConfirmPrompt.
func Confirm(f Face, s ConfirmScreen) {
	p := f.page()
	showBanner(p, s.Mode, s.APIURL)
	p.field("From", confirmAt, fromText(s.From, s.Team))
	showAPI(p, s.Mode, s.APIURL)
	showMessageName(p, s.Message)
	showPreviews(p, s.Message, s.Report)
	if s.Report != nil {
		p.field("To", confirmAt, recipients(s.Report))
		if s.Beyond > 0 {
			p.field("Pilot", confirmAt, pilotText(s.ToSend, s.Beyond, s.First))
		}
		p.field("Left out", confirmAt, leftOutText(p.Words, s.Report))
	}
	showChoice(p, confirmAt, s.Report)
	showWarnings(p, s.Warnings, s.Report, s.ProblemsPath)
	p.field("Repeats", confirmAt, repeatsText(s.Repeats))
	p.field("Contacts", confirmAt, contactsText(s.NameColumn, s.EmailColumn))
	showPlanHours(p, s.Window, s.Hours, s.Report, s.ToSend, s.Rate, s.Start)
	showWhenWithin(p, s.Window, confirmAt, s.ToSend, s.Rate, s.Start)
	showCare(p, s.Mode)
	if s.Hours.Exceeds(s.People()) {
		showQuestion(p, s.Mode, capWhy, capQuestion)
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

func pilotText(toSend, beyond, first int) string {
	return fmt.Sprintf("only the first %s of %s now (--first %d)", figure(toSend), figure(toSend+beyond), first)
}

// showCare ends a screen after which messages leave.
func showCare(p *page, mode Mode) {
	p.text(confirmAt, "Keep this computer awake. Ctrl-C stops safely and can be resumed.")
	showNoWayBack(p, mode)
}

// showNoWayBack stands between what is about to happen and the question.
func showNoWayBack(p *page, mode Mode) {
	if mode == Live {
		p.gap()
		p.text(0, "A message that has left cannot be called back.")
	}
}

// ConfirmPrompt is the line at whose end the count of messages is typed, without a line break.
func ConfirmPrompt(n int) string {
	return "Type " + strconv.Itoa(n) + " to send, anything else to stop: "
}

func fromText(account, team string) string {
	text := "WhatsApp number id " + Clean(account)
	if team != "" {
		text += ", team " + quoted(team) + " (as Kanal reports it)"
	}
	return text
}

// messageLabel is what stands before messageText.
func messageLabel(kind string) string {
	if kind == string(campaign.KindTemplate) {
		return "Template"
	}
	return "Message"
}

// messageText names a message: a template with its number, or a free-form message's type.
func messageText(kind, title, of string) string {
	if kind == string(campaign.KindTemplate) {
		return fmt.Sprintf("%s (%s)", Clean(title), Clean(of))
	}
	return "free-form, " + Clean(of)
}

func showMessageName(p *page, m campaign.Message) {
	text := messageText(string(m.Kind), m.Title(), m.Of())
	if t, ok := m.Template(); ok {
		if version := stampDay(t.UpdatedAt); version != "" {
			text += ", version of " + version
		}
	} else {
		text += ": reaches only people who wrote to you in the last 24 hours"
	}
	p.field(messageLabel(string(m.Kind)), confirmAt, text)
}

func contactsText(name, email string) string {
	var parts []string
	if name != "" {
		parts = append(parts, "the name in "+quoted(name))
	}
	if email != "" {
		parts = append(parts, "the e-mail in "+quoted(email))
	}
	switch len(parts) {
	case 0:
		return "no name or e-mail is passed to Kanal (--name-column, --email-column)"
	case 1:
		return parts[0] + " is passed to Kanal"
	}
	return list(parts) + " are passed to Kanal"
}

// showPlanHours is showRunHours for so many of a plan's messages.
func showPlanHours(p *page, w *WindowScreen, h campaign.HoursVerdict, r *campaign.Report, toSend, rate int, start time.Time) {
	if r != nil {
		showRunHours(p, w, h, min(toSend, r.People), toSend, rate, start)
	}
}

// showRunHours is showHours and showVolume for a run that sends so many messages to so many people; a window of the
// sender's own takes the hours' place.
func showRunHours(p *page, w *WindowScreen, h campaign.HoursVerdict, people, toSend, rate int, start time.Time) {
	if toSend == 0 {
		return
	}
	if w == nil {
		showHours(p, confirmAt, h, start, start.Add(campaign.Duration(toSend, max(1, rate))))
	}
	showVolume(p, confirmAt, h, people)
}
