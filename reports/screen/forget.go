package screen

import (
	"strconv"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// forgetAt is where the texts about what is forgotten begin.
const forgetAt = 14

// Forget shows what will be forgotten, and what stays.
func Forget(f Face, mode Mode, s *campaign.Forgetting) {
	p := f.page()
	if s.Request.Number != "" {
		p.title(mode, func(mode string) string { return f.ForgetPerson(mode, "+"+s.Request.Number) })
	} else {
		p.title(mode, func(mode string) string { return f.ForgetOld(mode, f.Date(s.Request.Before)) })
	}
	p.gap()
	showFound(p, s)
	p.field(f.LabelErased(), forgetAt, f.ForgetErases())
	p.field(f.LabelKept(), forgetAt, f.ForgetKeeps())
	if s.Request.Number != "" {
		p.field(f.LabelLater(), forgetAt, f.ForgetLater())
	}
	showStays(p, forgetAt, s.Others, s.Kept)
	if n := len(s.Unfinished); n > 0 {
		p.field(f.LabelStays(), forgetAt, f.ForgetUnfinished(n, f.Names(s.Unfinished)))
	}
	p.gap()
	p.text(0, f.ForgetFinal())
	p.show()
}

func showFound(p *page, s *campaign.Forgetting) {
	label := p.LabelFound()
	show := func(text string) {
		p.field(label, forgetAt, text)
		label = ""
	}
	for i, part := range s.Parts {
		if i == mostListed && len(s.Parts) > mostListed+1 {
			show(p.ForgetMoreCampaigns(len(s.Parts) - i))
			break
		}
		show(partText(p.Face, part))
	}
	if n := len(s.Tests); n > 0 {
		show(p.ForgetTests(n))
	}
}

// partText counts a part's rows, and those whose message has not come to its end.
func partText(f Face, part campaign.ForgetPart) string {
	sentence := f.ForgetRows(part.Count, text.Clean(part.Campaign.Name), f.Date(part.Campaign.CreatedAt))
	left := map[outcome.Status]int{}
	for _, row := range part.Rows {
		left[row.State.Status]++
	}
	if n := left[outcome.Pending]; n > 0 {
		sentence += " " + f.ForgetPending(n)
	}
	if n := left[outcome.Unknown]; n > 0 {
		sentence += " " + f.ForgetDoubtful(n)
	}
	return sentence
}

// showStays names every other place in the ledger where the number stands, and how to see it.
func showStays(p *page, at int, others []campaign.ForgetPart, kept []campaign.ForgetKept) {
	label := p.LabelStays()
	for _, other := range others {
		rows := make([]int, len(other.Rows))
		for i, row := range other.Rows {
			rows[i] = row.Number
		}
		p.field(label, at, p.ForgetStaysInRows(other.Count, text.Clean(other.Campaign.Name), p.listed(rows)))
		label = ""
	}
	for _, k := range kept {
		places := make([]string, len(k.Where))
		for i, place := range k.Where {
			places[i] = p.KeptIn(string(place))
		}
		p.field(label, at, p.ForgetStaysInCampaign(p.List(places), text.Clean(k.Campaign)))
		p.next(at, k.Look)
		label = ""
	}
}

// ForgetPrompt asks for the number of rows.
func ForgetPrompt(f Face, n int) string { return f.Words.ForgetPrompt(n, strconv.Itoa(n)) }

// staysAt is where the texts about what stays begin when they stand alone.
const staysAt = 7

// nothingToForget says that there is nothing, which is no failure.
func nothingToForget(f Face, mode Mode, s *campaign.Forgetting) {
	p := f.page()
	switch {
	case s.Request.Number == "":
		p.title(mode, func(mode string) string { return f.ForgetNothingOld(mode, f.Date(s.Request.Before)) })
	case len(s.Others)+len(s.Kept) > 0:
		p.title(mode, func(mode string) string { return f.ForgetNothingBut(mode, "+"+s.Request.Number) })
	default:
		p.title(mode, func(mode string) string { return f.ForgetNothingPerson(mode, "+"+s.Request.Number) })
	}
	showStays(p, staysAt, s.Others, s.Kept)
	if n := len(s.Unfinished); n > 0 {
		p.field(f.LabelStays(), staysAt, f.ForgetUnfinished(n, f.Names(s.Unfinished)))
	}
	p.show()
}

// Forgotten says what was forgotten, and what is out of reach. rehearsed forgets in the rehearsals' ledger; none where there is none.
func Forgotten(f Face, mode Mode, s *campaign.Forgotten, rehearsed campaign.Command) {
	if s.Found.Consent().Messages == 0 && len(s.InUse) == 0 {
		nothingToForget(f, mode, s.Found)
		return
	}
	p := f.page()
	p.title(mode, func(mode string) string { return forgottenHeadline(f, s, mode) })
	p.gap()
	showStays(p, staysAt, s.Found.Others, s.Found.Kept)
	if len(s.Files) > 0 {
		p.gap()
		p.text(0, f.ForgottenFiles())
		for _, path := range s.Files {
			line := text.Clean(path)
			if record.IsMasked(path) {
				line = f.ForgottenFileMasked(line)
			}
			p.line("  ", line)
		}
	}
	if len(s.InUse) > 0 {
		p.gap()
		p.text(0, f.ForgottenLogs())
		for _, path := range s.InUse {
			p.line("  ", text.Clean(path))
		}
	}
	if len(s.Reports) > 0 {
		p.gap()
		p.text(0, f.ForgottenResults())
		for i, command := range s.Reports {
			if i == mostListed {
				p.line("  ", f.ForgottenMoreCommands(len(s.Reports)-i))
				break
			}
			p.next(2, command)
		}
	}
	if len(rehearsed) > 0 {
		p.gap()
		p.text(0, f.ForgottenRehearsals())
		p.next(2, rehearsed)
	}
	p.show()
}

// forgottenHeadline says what was forgotten, and from where.
func forgottenHeadline(f Face, s *campaign.Forgotten, mode string) string {
	rows, tests := s.Found.Rows(), len(s.Found.Tests)
	var what []string
	if rows > 0 || tests == 0 {
		what = append(what, f.ForgetCountRows(rows))
	}
	if tests > 0 {
		what = append(what, f.ForgetCountTests(tests))
	}
	gone := f.ForgottenBytes()
	if len(s.InUse) > 0 {
		gone = f.ForgottenBytesLedger()
	}
	text := f.Words.Forgotten(mode, f.List(what)) + " " + gone
	if len(s.Found.Others)+len(s.Found.Kept) > 0 {
		text += " " + f.ForgottenBut()
	}
	return text
}
