package screen

import (
	"kanal-campaign/campaign"
	"kanal-campaign/campaign/text"
)

// mostRetryRows is how many of the rows are shown as they will read.
const mostRetryRows = 3

// retry shows what trying again is about to do and what it risks.
func retry(f Face, s Session, proposed *campaign.Proposal) {
	p, c, facts, asked := f.page(), proposed.Campaign, proposed.Retry, proposed.Request.Retry
	showBanner(p, s.Mode, proposed.APIURL)
	p.field(p.LabelCampaign(), confirmAt, p.RetryCampaign(text.Clean(c.Name), p.Dated(c.CreatedAt)))
	p.field(p.LabelFrom(), confirmAt, fromText(f, proposed.From, ""))
	showAPI(p, s.Mode, proposed.APIURL)
	showMessageName(p, proposed.Now)
	for _, row := range facts.First[:min(len(facts.First), mostRetryRows)] {
		showPreview(p, proposed.Now, row, p.PreviewRow, previewWidth(p, p.PreviewRow), 1)
	}
	showTextChange(p, proposed)
	to, n := p.RetryRefused, proposed.Send.Messages()
	if asked.Unknown {
		to = p.RetryDoubts
	}
	p.field(p.LabelTo(), confirmAt, to(n))
	NotRetried{Session: s, Campaign: c, Causes: asked.Causes, Unknown: asked.Unknown, NotRetried: facts.NotTaken}.show(p)
	showTimes(p, proposed, n)
	if asked.NewKey {
		p.warning(p.LabelRisk(), confirmAt, p.RetryNewKey())
	} else {
		p.field(p.LabelKeys(), confirmAt, p.RetrySameKey())
	}
	showNoWayBack(p, s.Mode)
	p.show()
}
