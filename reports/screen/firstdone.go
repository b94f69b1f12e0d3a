package screen

import "kanal-campaign/campaign"

// firstDone says that --first has nothing left to send, and which command sends to others.
func firstDone(f Face, mode Mode, r *campaign.Refusal) {
	p := f.page()
	p.title(mode, p.TitleNothingSent)
	p.gap()
	if name := p.InQuotes(r.Campaign.Name); r.First.Update {
		p.text(0, p.FirstDoneUpdate(r.First.First, name))
	} else {
		p.text(0, p.FirstDone(r.First.First, name))
	}
	showTallies(p, r.Tallies)
	p.line(meaningOf(p.Words, mode))
	p.gap()
	if r.First.Left > 0 {
		p.text(0, p.FirstDonePart(r.First.Left))
	} else {
		p.text(0, p.FirstDoneRest(r.First.Beyond))
	}
	p.next(2, firstCommand(r.Next))
	p.show()
}
