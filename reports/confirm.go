package reports

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
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
	First                   int    // of a pilot; 0 otherwise
}

// bannerOf is the first line of a screen after which messages leave.
func bannerOf(mode Mode) string {
	if mode == Sandbox {
		return "SANDBOX: a rehearsal, no message reaches anyone"
	}
	return "LIVE: real messages to real people"
}

// confirmAt is where the texts of the screens with a plan start.
const confirmAt = 10

// Confirm shows what is about to happen. The question itself is the terminal's: see ConfirmPrompt.
func Confirm(w io.Writer, s ConfirmScreen) {
	p := &page{}
	p.line(bannerOf(s.Mode))
	p.gap()
	p.field("From", confirmAt, fromText(s.From, s.Team))
	if s.APIURL != "" && s.APIURL != kanal.DefaultBaseURL && s.Mode == Live {
		p.field("API", confirmAt, Clean(s.APIURL)+" (KANAL_API_URL), not Kanal's usual address")
	}
	showMessageName(p, s.Message)
	if s.Report != nil {
		previewLine(p, s.Message, s.Report.First)
		if s.Report.Longest != nil && s.Report.First != nil && s.Report.Longest.Number != s.Report.First.Number {
			previewLine(p, s.Message, s.Report.Longest)
		}
		p.field("To", confirmAt, recipients(s.Report))
		if s.First > 0 && s.ToSend < s.Report.Sendable {
			p.field("Pilot", confirmAt, fmt.Sprintf("only the first %s now (--first %d)", figure(s.ToSend), s.First))
		}
		p.field("Left out", confirmAt, leftOutText(s.Report))
	}
	p.field("Repeats", confirmAt, repeatsText(s.Repeats))
	p.field("Contacts", confirmAt, contactsText(s.NameColumn, s.EmailColumn))
	showWhen(p, s.ToSend, s.Rate, s.Start)
	p.text(confirmAt, "Keep this computer awake. Ctrl-C stops safely and can be resumed.")
	if s.Mode == Live {
		p.gap()
		p.text(0, "A message that has left cannot be called back.")
	}
	p.show(w)
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

// previewWidth is how much of a message stands on its one line.
const previewWidth = 53

// previewLine shows the beginning of one row's message on one line.
func previewLine(p *page, m campaign.Message, row *ledger.Row) {
	if row == nil {
		return
	}
	text := shorten(Clean(strings.ReplaceAll(m.Preview(row.Values), "\n", " ")), previewWidth)
	p.line(strings.Repeat(" ", confirmAt), "| ", pad(text, previewWidth), " row ", figure(row.Number))
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
		return "no name or e-mail is passed to Kanal"
	case 1:
		return parts[0] + " is passed to Kanal"
	}
	return list(parts) + " are passed to Kanal"
}

func showWhen(p *page, n, rate int, start time.Time) {
	takes := campaign.Duration(n, max(1, rate))
	p.field("When", confirmAt, fmt.Sprintf("%s: %s at %d a minute", span(start, start.Add(takes)), duration(takes), rate))
}
