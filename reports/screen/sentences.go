package screen

import (
	"encoding/json"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
	"kanal-campaign/kanal"
)

// Written says where the results and the report were written. A report without a path is not spoken of.
func Written(f Face, results, report record.File) {
	p := f.page()
	s := SummaryScreen{Summary: campaign.Summary{Results: results}, Report: report}
	s.showFiles(p, "", 13)
	p.show()
}

// CampaignMissing says that the ledger has no campaign of that name, and which was meant. The command that lists them follows,
// where there are any.
func CampaignMissing(f Face, name string, all []record.Campaign, mode Mode) string {
	if len(all) == 0 {
		return f.CampaignMissingNone(mode.Name(f.Words), f.InQuotes(name))
	}
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	return f.Words.CampaignMissing(mode.Name(f.Words), f.InQuotes(name), strings.TrimSpace(DidYouMean(f, name, names)))
}

// CampaignElsewhere says that there is no campaign of that name, but a rehearsal; or, in a rehearsal, a real campaign.
func CampaignElsewhere(f Face, name string, mode Mode) string {
	if mode == Sandbox {
		return f.CampaignElsewhereReal(mode.Name(f.Words), f.InQuotes(name))
	}
	return f.CampaignElsewhereRehearsal(mode.Name(f.Words), f.InQuotes(name))
}

// TemplateMissing says that the account has no such template, and which was meant. The command that lists them follows,
// where there are any.
func TemplateMissing(f Face, wanted string, all []kanal.Template, mode Mode) string {
	if len(all) == 0 {
		return f.TemplateMissingNone(mode.Name(f.Words), f.InQuotes(wanted))
	}
	var names []string
	for _, t := range all {
		names = append(names, t.Name)
	}
	return f.Words.TemplateMissing(mode.Name(f.Words), f.InQuotes(wanted), strings.TrimSpace(DidYouMean(f, wanted, names)))
}

// OtherAccount says that the key belongs to another WhatsApp number than the campaign.
func OtherAccount(f Face, c record.Campaign, account string) string {
	return f.Words.OtherAccount(f.InQuotes(c.Name), text.Clean(c.Account), text.Clean(account))
}

// OtherMessage says that a campaign cannot change what it sends. Of a free-form message whose text alone is another, the command
// that writes the others into a file follows.
func OtherMessage(f Face, c record.Campaign, asked message.Message) string {
	if isSameName(c, asked) {
		return f.OtherText(f.InQuotes(c.Name))
	}
	return f.Words.OtherMessage(f.InQuotes(c.Name), messageText(f.Words, c.Kind, c.Title, c.Of),
		messageText(f.Words, string(asked.Kind), asked.Title(), asked.Of()))
}

// isSameName reports whether people call a message as they call the campaign's.
func isSameName(c record.Campaign, asked message.Message) bool {
	return c.Kind == string(asked.Kind) && c.Title == asked.Title() && c.Of == asked.Of()
}

// OtherVariables says that the template asks for other values than the plan holds.
func OtherVariables(f Face, c record.Campaign, planned, now message.Message) string {
	return f.Words.OtherVariables(text.Clean(c.Title), f.InQuotes(c.Name), variableNames(f, planned), variableNames(f, now))
}

func variableNames(f Face, m message.Message) string {
	if all := m.FieldNames(); len(all) > 0 {
		return f.Names(all)
	}
	return f.NoValues()
}

// APISentence says why Kanal could not be used before anything was sent: Kanal's words, and what to do.
func APISentence(f Face, e *kanal.Error) string {
	label, advice := CauseWords(f.Words, string(e.Cause), "")
	if step := apiSteps[e.Cause]; step != "" {
		advice = f.APIStep(step)
	}
	return f.ApiFailed(text.Clean(e.Error()), label, advice)
}

// apiSteps say what to do about a request that is no message's.
var apiSteps = map[kanal.Cause]string{
	kanal.CauseKeyMissing:     "give-key",
	kanal.CauseKeyInvalid:     "look-at-key",
	kanal.CauseKeyRefused:     "look-at-key",
	kanal.CauseNoSubscription: "renew-subscription",
	kanal.CauseTimeout:        "check-network",
	kanal.CauseConnectionLost: "check-network",
	kanal.CauseServerError:    "wait-a-while",
	kanal.CauseThrottled:      "wait-a-minute",
}

// TeamName finds the team's name in Kanal's account info, whose shape is not documented; "" where there is none.
func TeamName(info json.RawMessage) string {
	var account map[string]any
	if json.Unmarshal(info, &account) != nil {
		return ""
	}
	for _, holder := range []any{account["team"], account["data"], account} {
		switch holder := holder.(type) {
		case string:
			return text.Clean(holder)
		case map[string]any:
			if inner, ok := holder["team"].(map[string]any); ok {
				holder = inner
			}
			for _, field := range []string{"team_name", "name"} {
				if name, ok := holder[field].(string); ok && name != "" {
					return text.Clean(name)
				}
			}
		}
	}
	return ""
}

// SandboxStarted says where a sandbox listens and how to use it. truth is the file that its truth is appended to, or
// empty; earlier is how many messages that file held already.
func SandboxStarted(f Face, url, key, truth string, earlier int) {
	const at = 10
	p := f.page()
	p.title(Sandbox, p.SandboxStarted)
	p.gap()
	p.field(p.LabelSandboxAddress(), at, text.Clean(url))
	p.field(p.LabelSandboxKey(), at, text.Clean(key))
	if truth != "" {
		p.words(p.LabelSandboxTruth(), at, around("", truth, p.SandboxTruth(earlier)))
	}
	p.gap()
	p.line(p.SandboxInWindow())
	p.line("  ", f.Shell.setting("KANAL_API_URL", url))
	p.line("  ", f.Shell.setting("KANAL_API_KEY", key))
	p.next(2, campaign.Command{"send", campaign.FilePlace, "--template", "welcome", "--country", "FR"})
	p.gap()
	p.line(p.SandboxStops())
	p.show()
}

// SandboxIsRemote warns that a sandbox is open to other computers.
func SandboxIsRemote(f Face, address string) { f.Tell(f.Warning(f.SandboxRemote(text.Clean(address)))) }
