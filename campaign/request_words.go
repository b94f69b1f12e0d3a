package campaign

import (
	"slices"
	"strconv"
	"strings"

	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
)

// LiftWord is the value of a flag that lifts what a campaign remembers.
const LiftWord = "none"

// askedFlag is a flag beside the values that a request gives it; a switch has none.
type askedFlag struct {
	name   string
	values []string
	on     bool // of a switch
}

// spell spells what a request asks by the flags that a command takes, in the order in which people give them.
func (r Request) spell(takes func(flag string) bool) (words []string) {
	for _, flag := range slices.Concat(r.Message.asked(), r.fileAsked(), r.runAsked()) {
		if !takes(flag.name) {
			continue
		}
		for _, value := range flag.values {
			words = append(words, "--"+flag.name, value)
		}
		if flag.on {
			words = append(words, "--"+flag.name)
		}
	}
	return words
}

func (m MessageAsked) asked() []askedFlag {
	free := message.FreeForm{}
	if m.FreeForm != nil {
		free = *m.FreeForm
	}
	if m.TextFile != "" { // the text was read from it
		free.Text = ""
	}
	return []askedFlag{
		{name: "template", values: one(m.Template)}, {name: "variables", values: one(strings.Join(m.Variables, ","))},
		{name: "type", values: one(free.Type)}, {name: "text", values: one(free.Text)}, {name: "text-file", values: one(m.TextFile)},
		{name: "link", values: one(free.Link)}, {name: "caption", values: one(free.Caption)},
	}
}

// fileAsked are the flags that say how a file is read, and whom of it a message goes to.
func (r Request) fileAsked() []askedFlag {
	s := r.Settings
	var where []string
	for _, condition := range s.Where {
		where = append(where, condition.Text)
	}
	consent := slices.Clone(s.ConsentColumns)
	if s.NoConsentColumn {
		consent = append(consent, plan.NoConsentColumn)
	}
	duplicates := one(s.Duplicates)
	if s.Duplicates == record.DuplicatesError && !r.Given["duplicates"] {
		duplicates = nil
	}
	return []askedFlag{
		{name: "country", values: one(s.Country)}, {name: "map", values: mapPairs(s.Map)}, {name: "phone-column", values: one(s.PhoneColumn)},
		{name: "country-column", values: one(s.CountryColumn)}, {name: "bare-numbers", values: one(s.BareNumbers)},
		{name: "name-column", values: one(s.NameColumn)}, {name: "email-column", values: one(s.EmailColumn)},
		{name: "delimiter", values: one(s.Delimiter)}, {name: "encoding", values: one(s.Encoding)},
		{name: "sheet", values: one(s.Sheet)}, {name: "header-row", values: one(rowText(s.HeaderRow))},
		{name: "duplicates", values: duplicates}, {name: "where", values: where}, {name: "consent-column", values: consent},
	}
}

// runAsked are the flags that say under which name, where, when and how fast messages go out, and how many.
func (r Request) runAsked() []askedFlag {
	s := r.Settings
	name, rate, first := "", "", ""
	if r.Given["campaign"] {
		name = r.Campaign
	}
	if r.Rate != 0 && (r.Rate != sending.DefaultRate || r.Given["rate"]) {
		rate = strconv.Itoa(r.Rate)
	}
	if r.First > 0 {
		first = strconv.Itoa(r.First)
	}
	dailyCap := ""
	if s.DailyCap > 0 {
		dailyCap = strconv.Itoa(s.DailyCap)
	}
	lists := slices.Clone(r.Lists.Paths)
	if r.Lists.Lift {
		lists = append([]string{LiftWord}, lists...)
	}
	return []askedFlag{
		{name: "campaign", values: one(name)}, {name: "out", values: one(r.OutDir)}, {name: "rate", values: one(rate)},
		{name: "send-window", values: r.orLifted("send-window", s.SendWindow)}, {name: "timezone", values: one(s.Timezone)},
		{name: "min-gap", values: one(s.MinGap)}, {name: "suppress", values: lists},
		{name: "daily-cap", values: r.orLifted("daily-cap", dailyCap)}, {name: "holidays", values: r.orLifted("holidays", s.Holidays)},
		{name: skipRepeats, on: s.SkipRepeats}, {name: "accept-possible", on: s.AcceptPossible}, {name: "skip-invalid", on: s.SkipInvalid}, {name: "first", values: one(first)},
	}
}

// mapPairs are a mapping's columns by their variables, as they are typed.
func mapPairs(mapping map[string]string) (pairs []string) {
	for name, column := range mapping {
		pairs = append(pairs, name+"="+column)
	}
	slices.Sort(pairs)
	return pairs
}

func one(value string) []string {
	if strings.TrimSpace(value) == "" {
		return nil
	}
	return []string{value}
}

// orLifted is the value of a flag that was given: none lifts what a campaign remembers.
func (r Request) orLifted(flag, value string) []string {
	if value == "" && r.Given[flag] {
		value = LiftWord
	}
	return one(value)
}

// As is the request for a campaign of another name.
func (r Request) As(name string) Request {
	given := map[string]bool{"campaign": true}
	for flag, is := range r.Given {
		given[flag] = given[flag] || is
	}
	r.Given, r.Campaign = given, name
	return r
}

// of is the request for another file.
func (r Request) of(file string) Request {
	r.File = file
	return r
}

// firstWords spell --first: a command in place of one that was given with it sends to nobody else.
func (r Request) firstWords() []string {
	return r.spell(func(flag string) bool { return flag == "first" })
}

// SendWords spell the send command that asks the same of the file.
func (r Request) SendWords() []string {
	return append([]string{"send", r.File}, r.spell(func(string) bool { return true })...)
}

// CheckWords spell the check that asks the same of the file.
func (r Request) CheckWords() []string {
	return append([]string{"check", r.File}, r.spell(func(flag string) bool { return flag != "first" })...)
}

// UpdateWords spell the send command by which a campaign takes a changed file, with what it does not remember; without --first.
func (r Request) UpdateWords(c record.Campaign, file string) []string {
	rebuilt := c.RebuiltFrom != "" // of which results told what they know
	return append([]string{"send", file, "--update"}, r.spell(func(flag string) bool {
		switch flag {
		case "campaign", "daily-cap", "holidays", "suppress":
			return true
		case "country":
			return rebuilt && c.Settings.Country == ""
		case "where":
			return rebuilt
		case "consent-column":
			return rebuilt || !c.Settings.SettlesConsent() || r.extendsConsent(c)
		case "duplicates", "encoding", "delimiter", "sheet", "header-row", "min-gap", "send-window", "timezone", "country-column", "bare-numbers",
			"accept-possible", "skip-invalid", skipRepeats:
			return r.Given[flag]
		}
		return false
	})...)
}

// ResumeWords spell the command that goes on with the campaign: other flags might be none that it was planned with.
func (r Request) ResumeWords() []string {
	return append([]string{"resume", r.Campaign}, r.spell(func(flag string) bool {
		switch flag {
		case "send-window", "timezone", "suppress", "daily-cap", "holidays", "rate":
			return true
		}
		return false
	})...)
}

// RebuildWords spell the command that rebuilds the campaign from results.
func (r Request) RebuildWords(results string) []string {
	return append([]string{"resume", "--from", results}, r.spell(func(flag string) bool {
		return flag != "sheet" && flag != "header-row" && flag != "skip-invalid" && flag != "accept-possible"
	})...)
}
