package reports

import (
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
)

// SendDoes is what send would do with a file whose campaign the ledger has.
type SendDoes string

// What send would do.
const (
	SendResumes      SendDoes = "resume"        // it goes on
	SendUpdates      SendDoes = "update"        // it stops until --update: the file has changed
	SendFinished     SendDoes = "finished"      // it stops: nothing is left to send
	SendOtherMessage SendDoes = "other-message" // it stops: the campaign sends something else
	SendOtherAccount SendDoes = "other-account" // it stops: the campaign was sent from another WhatsApp number
	SendForgotten    SendDoes = "forgotten"     // it stops: nobody knows any more who of the campaign is in the file
)

// Standing is a campaign of the checked file's name that the ledger has.
type Standing struct {
	Campaign ledger.Campaign
	Running  bool // it is being sent
	Messaged int  // people of the file who have, or may have, exactly this message from it
	Send     SendDoes
	Status   campaign.Command // shows it

	// What send would send now, where it goes on with the campaign.
	ToSend  int          // messages
	Doubts  int          // of them, those that are tried again
	People  int          // whom the others go to
	Rows    []int        // the first of these rows
	Changes *FileChanges // of a file that is another one now
}

// stops reports whether send refuses the file under this name, whatever flags it is given.
func (s *Standing) stops() bool { return s != nil && s.Send != SendResumes && s.Send != SendUpdates }

// OtherName reports whether the file can be sent under another name only.
func (s *Standing) OtherName() bool {
	return s.stops() && s.Send != SendFinished && s.Send != SendForgotten
}

// showStanding says that the file's campaign is there already, how far it is, and what send would do.
func (s CheckScreen) showStanding(p *page) {
	if s.Standing == nil {
		return
	}
	words := standingWords[s.Standing.Send]
	if s.Mode == Sandbox && s.Standing.Send == SendUpdates && !s.Standing.Campaign.FinishedAt.IsZero() {
		words = standingRehearsed
	}
	p.field("Campaign", checkAt(p.Words), fill(words, s.standing))
}

// showAhead shows how the file differs from its campaign, row by row, where --update would take it.
func (s CheckScreen) showAhead(p *page) {
	if s.Standing == nil || s.Standing.Changes == nil {
		return
	}
	ch := *s.Standing.Changes
	p.field("Changes", checkAt(p.Words), updateRows(ch.Changes))
	showChanges(p, ch, "would be")
	p.gap()
}

// toSend says how many people are left to send to.
func (k *Standing) toSend() []string {
	switch {
	case k.Running:
		return []string{aheadRunning}
	case k.ToSend == 0:
		return []string{"nobody"}
	}
	who, rows := people(k.ToSend), ""
	if k.Changes == nil { // they name the rows
		rows = changedRows(k.ToSend, k.Rows, "")
	}
	if k.Doubts == 0 {
		return around(who, rows, "")
	}
	if rows == "" {
		who += ","
	} else {
		rows += ","
	}
	return around(who, rows, fill(aheadDoubts, func(string) string { return figure(k.Doubts) }))
}

func (s CheckScreen) standing(name string) string {
	k := s.Standing
	switch name {
	case "name":
		return quoted(k.Campaign.Name)
	case "state":
		switch {
		case k.Running:
			return "is being sent now"
		case !k.Campaign.FinishedAt.IsZero():
			return "was finished on " + dated(k.Campaign.FinishedAt)
		}
		return "was started on " + dated(k.Campaign.CreatedAt) + " and is unfinished"
	case "messaged":
		return figure(k.Messaged)
	case "people":
		if s.Report == nil || s.Report.Sendable == 0 {
			return ""
		}
		return figure(s.Report.Sendable)
	case "message":
		return messageText(k.Campaign.Kind, k.Campaign.Title, k.Campaign.Of)
	case "account":
		return Clean(k.Campaign.Account)
	}
	return ""
}

// jsonStanding is a campaign of the checked file's name.
type jsonStanding struct {
	Name     string   `json:"name"`
	State    string   `json:"state"` // running, finished or unfinished
	Finished string   `json:"finished,omitempty"`
	Messaged int      `json:"messaged"` // rows that have, or may have, exactly this message from it
	Send     SendDoes `json:"send"`     // what send does with the file
	ToSend   int      `json:"to_send"`  // messages that it would send now
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
