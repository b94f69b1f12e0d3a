package reports

import (
	"encoding/json"
	"fmt"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
	"kanal-campaign/reports/words"
)

// Written says where the results and the report were written. A report without a path is not spoken of.
func Written(f Face, results, report record.File) {
	p := f.page()
	s := SummaryScreen{Results: results, Report: report}
	s.showFiles(p, "", 13)
	p.show()
}

// mostKnown is how many names of campaigns or templates a sentence offers.
const mostKnown = 5

func known(all []string) string {
	if len(all) > mostKnown {
		all = append(append([]string{}, all[:mostKnown]...), figure(len(all)-mostKnown)+" more")
	}
	return list(all)
}

// CampaignMissing says that the ledger has no campaign of that name, and which it has.
func CampaignMissing(f Face, name string, all []ledger.Campaign, mode Mode) string {
	text := fmt.Sprintf("%s: there is no campaign %s in this ledger.", mode, quoted(name))
	var found, names []string
	for _, c := range all {
		found, names = append(found, quoted(c.Name)), append(names, c.Name)
	}
	if meant := DidYouMean(f, name, names); meant != "" {
		return text + meant + " The whole list: kanal-campaign status" + flagOf(mode)
	}
	if len(found) == 0 {
		return text + " It has none yet."
	}
	return text + " It has " + known(found) + "."
}

// CampaignElsewhere says that there is no campaign of that name, but a rehearsal; or, in a rehearsal, a real campaign.
func CampaignElsewhere(name string, mode Mode) string {
	return fmt.Sprintf(elsewhereWords[mode], mode, quoted(name))
}

// LedgerElsewhere says that the path of a ledger is a link to one of the other mode.
func LedgerElsewhere(path, real string) string {
	return fmt.Sprintf("%s is a link to %s. Rehearsals and real campaigns never share a ledger, and a rehearsal's name ends in .sandbox.db. "+
		"Nothing was sent. Name another ledger with --ledger PATH.", pathWord(path), pathWord(real))
}

// elsewhereWords are filled in with the mode and the name.
var elsewhereWords = map[Mode]string{
	Live:    "%s: there is no campaign %s in this ledger. There is a rehearsal of that name: add --sandbox.",
	Sandbox: "%s: there is no rehearsal %s. There is a real campaign of that name: leave --sandbox out.",
}

// TemplateMissing says that the account has no such template, and which come nearest.
func TemplateMissing(f Face, wanted string, all []kanal.Template, mode Mode) string {
	text := fmt.Sprintf("%s: there is no approved template %s in this account.", mode, quoted(wanted))
	var names []string
	for _, t := range all {
		names = append(names, t.Name)
	}
	if meant := DidYouMean(f, wanted, names); meant != "" {
		return text + meant + " The whole list: kanal-campaign templates" + flagOf(mode)
	}
	var found []string
	for _, name := range names {
		found = append(found, quoted(name))
	}
	if len(found) == 0 {
		return text + " It has none: create one in Kanal and wait for its approval."
	}
	return text + " It has " + known(found) + ". The whole list: kanal-campaign templates" + flagOf(mode)
}

// OtherAccount says that the key belongs to another WhatsApp number than the campaign.
func OtherAccount(c ledger.Campaign, account string) string {
	return fmt.Sprintf("The campaign %s is sent from the WhatsApp number id %s, and this key belongs to id %s. Nothing was sent. "+
		"Use a key of the campaign's number, or send this as another campaign: --campaign NAME.",
		quoted(c.Name), Clean(c.Account), Clean(account))
}

// OtherMessage says that a campaign cannot change what it sends.
func OtherMessage(c ledger.Campaign, asked campaign.Message) string {
	planned, other := messageText(c.Kind, c.Title, c.Of), messageText(string(asked.Kind), asked.Title(), asked.Of())
	if planned == other {
		return fmt.Sprintf("The campaign %s was started with another text, and this one was given now. Nothing was sent. The old "+
			"text for the others: leave the message's flags out. The new one for the others only: write them into a file with "+
			"report %s --only pending -o FILE, and send that file.", quoted(c.Name), argument(c.Name))
	}
	return fmt.Sprintf("The campaign %s sends %s, and %s was asked for. Nothing was sent. Name the campaign's own message, "+
		"or send this as another campaign: --campaign NAME.", quoted(c.Name), planned, other)
}

// OtherVariables says that the template asks for other values than the plan holds.
func OtherVariables(c ledger.Campaign, planned, now campaign.Message) string {
	return fmt.Sprintf("The template %s has changed since the campaign %s was planned: it asked for %s, and asks for %s now. "+
		"Nothing was sent. Send the rest as another campaign: --campaign NAME.",
		Clean(c.Title), quoted(c.Name), variableNames(planned), variableNames(now))
}

func variableNames(m campaign.Message) string {
	if all := m.FieldNames(); len(all) > 0 {
		return words.English().Names(all)
	}
	return "no values"
}

// APISentence says why Kanal could not be used before anything was sent: Kanal's words, and what to do.
func APISentence(e *kanal.Error) string {
	label, advice := CauseWords(words.English(), string(e.Cause), "")
	if words, isHalt := causeSteps[e.Cause]; isHalt {
		advice = words
	}
	return fmt.Sprintf("%s. Nothing was sent. It means: %s. Next: %s.", Clean(e.Error()), label, advice)
}

// causeSteps say what to do about a request that is no message's.
var causeSteps = map[kanal.Cause]string{
	kanal.CauseKeyMissing:     "give the key in KANAL_API_KEY or with --api-key-file",
	kanal.CauseKeyInvalid:     "look at the key in KANAL_API_KEY or --api-key-file, or create a new one in Kanal",
	kanal.CauseKeyRefused:     "look at the key in KANAL_API_KEY or --api-key-file, or create a new one in Kanal",
	kanal.CauseNoSubscription: "renew the team's subscription in Kanal",
	kanal.CauseTimeout:        "look at the network, then run the same command again",
	kanal.CauseConnectionLost: "look at the network, then run the same command again",
	kanal.CauseServerError:    "wait a while, then run the same command again",
	kanal.CauseThrottled:      "wait a minute, then run the same command again",
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
			return Clean(holder)
		case map[string]any:
			if inner, ok := holder["team"].(map[string]any); ok {
				holder = inner
			}
			for _, field := range []string{"team_name", "name"} {
				if name, ok := holder[field].(string); ok && name != "" {
					return Clean(name)
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
	p.line("SANDBOX: Kanal as it behaves, on this computer; no message reaches anyone")
	p.gap()
	p.field("Address", at, Clean(url))
	p.field("Key", at, Clean(key))
	if truth != "" {
		p.words("Truth", at, around("", truth, fmt.Sprintf("(%s there already)", count(earlier, "message"))))
	}
	p.gap()
	p.line("In another window:")
	shell := f.Shell
	p.line("  ", shell.setting("KANAL_API_URL", url))
	p.line("  ", shell.setting("KANAL_API_KEY", key))
	p.line("  kanal-campaign send FILE --template welcome --country FR")
	p.gap()
	p.line("Ctrl-C stops it.")
	p.show()
}

// SandboxIsRemote warns that a sandbox is open to other computers.
func SandboxIsRemote(f Face, address string) {
	fmt.Fprintln(f, Wrap("WARNING: other computers can use this sandbox at "+Clean(address)+", over plain HTTP and with a key that "+
		"everyone knows. Send it no real names or numbers."))
}
