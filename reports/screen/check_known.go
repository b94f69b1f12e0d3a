package screen

import (
	"strings"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/text"
)

// stops reports whether send refuses a file under the name of its campaign, if it has one, whatever flags it is given.
func stops(k *campaign.KnownCampaign) bool {
	return k != nil && k.Does != campaign.SendResumes && k.Does != campaign.SendUpdates
}

// sends is what send would send now of a file whose campaign there is.
func sends(k *campaign.KnownCampaign) *campaign.Selection {
	if k.Send == nil {
		return &campaign.Selection{}
	}
	return k.Send
}

// showKnown says that the file's campaign is there already, how far it is, and what send would do.
func (s CheckScreen) showKnown(p *page) {
	k := s.Known
	if k == nil {
		return
	}
	does := string(k.Does)
	if s.Mode == Sandbox && k.Does == campaign.SendUpdates && !k.Campaign.FinishedAt.IsZero() {
		does = "rehearsed"
	}
	changed, messaged := "", ""
	if k.Does == campaign.SendUpdates {
		changed = p.StandingFileChanged()
	}
	if countsPeople(k) && s.Report != nil && s.Report.Sendable > 0 {
		messaged = p.StandingMessaged(k.Messaged, p.Number(s.Report.Sendable))
	}
	c := k.Campaign
	p.field(p.LabelCampaign(), checkAt(p.Words), sentences(stateOf(p.Face, k), changed, messaged,
		p.Standing(does, messageText(p.Words, c.Kind, c.Title, c.Of), text.Clean(c.Account))))
}

// countsPeople reports whether the people of the file are those of the campaign's message.
func countsPeople(k *campaign.KnownCampaign) bool {
	return k.Does == campaign.SendResumes || k.Does == campaign.SendUpdates || k.Does == campaign.SendFinished
}

// stateOf says how far the campaign is.
func stateOf(f Face, k *campaign.KnownCampaign) string {
	name := f.InQuotes(k.Campaign.Name)
	switch {
	case k.Running:
		return f.StandingRunning(name)
	case !k.Campaign.FinishedAt.IsZero():
		return f.StandingFinished(name, f.Dated(k.Campaign.FinishedAt))
	}
	return f.StandingUnfinished(name, f.Dated(k.Campaign.CreatedAt))
}

// showChangedFile shows how the file differs from its campaign, row by row, where --update would take it.
func (s CheckScreen) showChangedFile(p *page) {
	if s.Known == nil || s.Known.Changes == nil {
		return
	}
	ch := *s.Known.Changes
	p.field(p.LabelChanges(), checkAt(p.Words), p.ChangedFileWould(ch.Rows))
	showChanges(p, ch)
	p.gap()
}

// leftToSend says how many people are left to send to.
func leftToSend(f Face, k *campaign.KnownCampaign) []string {
	send := sends(k)
	switch {
	case k.Running:
		return strings.Fields(f.AheadRunning())
	case send.Messages() == 0:
		return strings.Fields(f.Nobody())
	}
	who, doubts, rows := f.People(send.Messages()), "", ""
	if send.Doubts > 0 {
		doubts = f.AheadDoubts(send.Doubts)
	}
	if k.Changes == nil { // they name the rows
		rows = inBrackets(rowsOf(f, send.Messages(), send.Rows, f.RowsNamed))
	}
	if doubts != "" && rows == "" {
		return strings.Fields(who + ". " + doubts)
	} else if doubts != "" {
		rows += "."
	}
	return around(who, rows, doubts)
}

// jsonKnown is a campaign of the checked file's name.
type jsonKnown struct {
	Name     string            `json:"name"`
	State    string            `json:"state"` // running, finished or unfinished
	Finished string            `json:"finished,omitempty"`
	Messaged int               `json:"messaged"` // rows that have, or may have, exactly this message from it
	Send     campaign.SendDoes `json:"send"`     // what send does with the file
	ToSend   int               `json:"to_send"`  // messages that it would send now
}

func jsonKnownOf(k *campaign.KnownCampaign) *jsonKnown {
	if k == nil {
		return nil
	}
	out := &jsonKnown{Name: k.Campaign.Name, State: stateUnfinished, Messaged: k.Messaged, Send: k.Does, ToSend: sends(k).Messages()}
	if !k.Campaign.FinishedAt.IsZero() {
		out.State, out.Finished = stateFinished, k.Campaign.FinishedAt.Format(time.RFC3339)
	}
	if k.Running {
		out.State = stateRunning
	}
	return out
}
