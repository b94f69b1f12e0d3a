package screen

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
)

// FirstDoneScreen is what a person sees when --first is about people of whom nothing is left to do.
type FirstDoneScreen struct {
	Mode     Mode
	Campaign record.Campaign
	Tallies  campaign.Tallies
	First    int
	Update   bool             // of an update; else of the plan
	Beyond   int              // how many messages could be sent beyond them
	Left     int              // of these, those that are left of a part that --first has begun; 0 without one
	Command  campaign.Command // goes on
}

// FirstDone says that --first has nothing left to send, and which command sends to others.
func FirstDone(f Face, s FirstDoneScreen) {
	p := f.page()
	p.title(s.Mode, p.TitleNothingSent)
	p.gap()
	if name := p.InQuotes(s.Campaign.Name); s.Update {
		p.text(0, p.FirstDoneUpdate(s.First, name))
	} else {
		p.text(0, p.FirstDone(s.First, name))
	}
	showTallies(p, s.Tallies)
	p.line(meaningOf(p.Words, s.Mode))
	p.gap()
	if s.Left > 0 {
		p.text(0, p.FirstDonePart(s.Left))
	} else {
		p.text(0, p.FirstDoneRest(s.Beyond))
	}
	p.next(2, s.Command)
	p.show()
}
