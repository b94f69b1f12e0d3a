package screen

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// Session is what a screen knows beside the facts that it shows: how the command runs that shows it.
type Session struct {
	Mode   Mode
	Ledger string // the path given by --ledger, which commands carry; empty for the default
	Team   string // as Kanal reports it; empty when it does not
}

// command is a command in the mode of the session, with its ledger.
func (s Session) command(words ...string) campaign.Command {
	return commandIn(s.Mode, s.Ledger, words...)
}

// Propose shows what a proposal is about to do. Where a person is asked, the terminal's question follows: see ConfirmPrompt.
func Propose(f Face, s Session, p *campaign.Proposal) {
	switch p.Kind {
	case campaign.ProposeNew:
		confirm(f, s, p)
	case campaign.ProposeUpdate:
		updating(f, s, p)
	case campaign.ProposeRetry:
		retry(f, s, p)
	case campaign.ProposeRebuild:
		rebuild(f, s, p)
	default:
		resume(f, s, p)
	}
}

// showBanner is the first line of a screen after which messages leave. apiURL is where they go, if that is known.
func showBanner(p *page, mode Mode, apiURL string) {
	switch local := loopback(apiURL); {
	case mode == Sandbox:
		p.title(mode, p.BannerSandbox)
	case local != "":
		p.title(mode, func(mode string) string { return p.BannerLocal(mode, text.Clean(local)) })
	default:
		p.title(mode, p.BannerLive)
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

// confirm shows a new campaign.
func confirm(f Face, s Session, proposed *campaign.Proposal) {
	p := f.page()
	showBanner(p, s.Mode, proposed.APIURL)
	p.field(p.LabelFrom(), confirmAt, fromText(f, proposed.From, s.Team))
	showAPI(p, s.Mode, proposed.APIURL)
	showMessageName(p, proposed.Now)
	showPreviews(p, proposed.Now, proposed.Shown)
	if proposed.Shown != nil {
		p.field(p.LabelTo(), confirmAt, recipients(f, proposed.Shown))
		showPilot(p, proposed)
		p.field(p.LabelLeftOut(), confirmAt, leftOutText(p.Words, proposed.Shown))
	}
	showChoice(p, confirmAt, proposed.Shown)
	showWarnings(p, proposed.Plan.ColumnIssues, proposed.Shown, proposed.Plan.ProblemsPath)
	p.field(p.LabelRepeats(), confirmAt, repeatsText(f, proposed.Plan.Repeats))
	settings := proposed.Request.Settings
	p.field(p.LabelContacts(), confirmAt, contactsText(f, settings.NameColumn, settings.EmailColumn))
	showTimes(p, proposed, proposed.Send.People)
	showCare(p, s.Mode)
	showCapQuestion(p, s.Mode, proposed)
	p.show()
}

// showPilot says to what part of its campaign a run is kept.
func showPilot(p *page, proposed *campaign.Proposal) {
	if beyond := proposed.Send.Beyond; beyond > 0 {
		n := proposed.Send.Messages()
		p.field(p.LabelPilot(), confirmAt, p.PilotPart(p.Number(n), p.Number(n+beyond), strconv.Itoa(proposed.Request.First)))
	}
}

// showTimes shows when the messages of a proposal leave, to so many people, and whether that is welcome; a window of the sender's
// own takes the place of the usual hours. Nothing to send shows nothing.
func showTimes(p *page, proposed *campaign.Proposal, people int) {
	n, rate, start := proposed.Send.Messages(), proposed.Request.Rate, proposed.AsOf
	if n == 0 {
		return
	}
	if proposed.Window == nil {
		showHours(p, confirmAt, proposed.Hours, start, start.Add(hours.Duration(n, max(1, rate))))
	}
	showVolume(p, confirmAt, proposed.Hours, people)
	showWhen(p, proposed.Window, confirmAt, n, rate, start)
}

// showCapQuestion ends the screen of a proposal that goes beyond the daily cap.
func showCapQuestion(p *page, mode Mode, proposed *campaign.Proposal) {
	if slices.Contains(proposed.Asking.Reasons(), campaign.AskBeyondCap) {
		showQuestion(p, mode, askCap, "")
	}
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
