package cli

import (
	"context"
	"kanal-campaign/campaign/hours"

	"kanal-campaign/campaign"
)

// agreed ends without an error when the selection may be sent: a person has typed its number of messages, or need not be asked.
func (r *run) agreed(ctx context.Context, a campaign.Asking) error {
	if len(a.Reasons()) == 0 {
		return nil
	}
	if refused := a.Refused(r.answering()); refused != nil &&
		refused.Code != campaign.RefusedNobodyToAsk {
		return refused
	}
	return r.confirm(ctx, a.Messages)
}

// asking is what decides whether a person is asked about a selection that nobody has said yes to.
func asking(sel *campaign.Selection, judged hours.HoursVerdict) campaign.Asking {
	return campaign.Asking{Messages: sel.Messages(), People: sel.People, Hours: judged, Unconfirmed: true}
}
