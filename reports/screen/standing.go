package screen

import (
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/text"
)

// Standing is a campaign of the checked file's name that the ledger has.
type Standing struct {
	Campaign record.Campaign
	Running  bool // it is being sent
	Messaged int  // people of the file who have, or may have, exactly this message from it
	Send     campaign.SendDoes
	Status   campaign.Command // shows it

	// What send would send now, where it goes on with the campaign.
	ToSend  int                   // messages
	Doubts  int                   // of them, those that are tried again
	People  int                   // whom the others go to
	Rows    []int                 // the first of these rows
	Changes *campaign.FileChanges // of a file that is another one now
}

// stops reports whether send refuses the file under this name, whatever flags it is given.
func (s *Standing) stops() bool {
	return s != nil && s.Send != campaign.SendResumes && s.Send != campaign.SendUpdates
}

// OtherName reports whether the file can be sent under another name only.
func (s *Standing) OtherName() bool {
	return s != nil && s.Send.NeedsOtherName()
}

// showStanding says that the file's campaign is there already, how far it is, and what send would do.
func (s CheckScreen) showStanding(p *page) {
	k := s.Standing
	if k == nil {
		return
	}
	does := string(k.Send)
	if s.Mode == Sandbox && k.Send == campaign.SendUpdates && !k.Campaign.FinishedAt.IsZero() {
		does = "rehearsed"
	}
	changed, messaged := "", ""
	if k.Send == campaign.SendUpdates {
		changed = p.StandingFileChanged()
	}
	if k.counts() && s.Report != nil && s.Report.Sendable > 0 {
		messaged = p.StandingMessaged(k.Messaged, p.Number(s.Report.Sendable))
	}
	c := k.Campaign
	p.field(p.LabelCampaign(), checkAt(p.Words), sentences(k.state(p.Face), changed, messaged,
		p.Standing(does, messageText(p.Words, c.Kind, c.Title, c.Of), text.Clean(c.Account))))
}

// counts reports whether the people of the file are those of the campaign's message.
func (s *Standing) counts() bool {
	return s.Send == campaign.SendResumes || s.Send == campaign.SendUpdates || s.Send == campaign.SendFinished
}

// state says how far the campaign is.
func (s *Standing) state(f Face) string {
	name := f.InQuotes(s.Campaign.Name)
	switch {
	case s.Running:
		return f.StandingRunning(name)
	case !s.Campaign.FinishedAt.IsZero():
		return f.StandingFinished(name, f.Dated(s.Campaign.FinishedAt))
	}
	return f.StandingUnfinished(name, f.Dated(s.Campaign.CreatedAt))
}

// showAhead shows how the file differs from its campaign, row by row, where --update would take it.
func (s CheckScreen) showAhead(p *page) {
	if s.Standing == nil || s.Standing.Changes == nil {
		return
	}
	ch := *s.Standing.Changes
	p.field(p.LabelChanges(), checkAt(p.Words), p.ChangedFileWould(ch.Rows))
	showChanges(p, ch)
	p.gap()
}

// toSend says how many people are left to send to.
func (s *Standing) toSend(f Face) []string {
	switch {
	case s.Running:
		return strings.Fields(f.AheadRunning())
	case s.ToSend == 0:
		return strings.Fields(f.Nobody())
	}
	who, doubts, rows := f.People(s.ToSend), "", ""
	if s.Doubts > 0 {
		doubts = f.AheadDoubts(s.Doubts)
	}
	if s.Changes == nil { // they name the rows
		rows = inBrackets(rowsOf(f, s.ToSend, s.Rows, f.RowsNamed))
	}
	if doubts != "" && rows == "" {
		return strings.Fields(who + ". " + doubts)
	} else if doubts != "" {
		rows += "."
	}
	return around(who, rows, doubts)
}

// jsonStanding is a campaign of the checked file's name.
type jsonStanding struct {
	Name     string            `json:"name"`
	State    string            `json:"state"` // running, finished or unfinished
	Finished string            `json:"finished,omitempty"`
	Messaged int               `json:"messaged"` // rows that have, or may have, exactly this message from it
	Send     campaign.SendDoes `json:"send"`     // what send does with the file
	ToSend   int               `json:"to_send"`  // messages that it would send now
}

func jsonStandingOf(s *Standing) *jsonStanding {
	if s == nil {
		return nil
	}
	out := &jsonStanding{Name: s.Campaign.Name, State: stateUnfinished, Messaged: s.Messaged, Send: s.Send, ToSend: s.ToSend}
	if !s.Campaign.FinishedAt.IsZero() {
		out.State, out.Finished = stateFinished, s.Campaign.FinishedAt.Format(time.RFC3339)
	}
	if s.Running {
		out.State = stateRunning
	}
	return out
}
