package campaign_test

import (
	"fmt"
	"slices"
	"strings"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/sending/sendingtest"
)

// judge holds what was proposed against what the run did.
func (h *history) judge(p *campaign.Proposal, s campaign.Summary, foretold int) {
	h.t.Helper()
	announced, asked := p.Send.Messages(), len(p.Asking.Reasons()) > 0
	h.several = h.several || p.Campaign.Settings.Duplicates == record.DuplicatesAllow
	keys, fresh := map[string]bool{}, 0
	for _, key := range h.calls {
		if !keys[key] && !h.tried[key] {
			fresh++
		}
		keys[key] = true
	}
	for key := range keys {
		h.tried[key] = true
	}
	if len(h.calls) > 0 {
		h.runs++
	}
	rows := h.rows()
	whole := s.Stop.Code == sending.StopDone || s.Stop.Code == sending.StopPilot
	switch excused := h.excused(rows); {
	case foretold >= 0 && foretold != announced:
		h.fail("the check foretold %d, and %d were announced", foretold, announced)
	case len(keys) > announced:
		h.fail("%d were announced, and %d sent", announced, len(keys))
	case whole && len(keys)+len(excused) < announced:
		h.fail("%d were announced, and only %d sent", announced, len(keys))
	case !asked && fresh > h.allowed:
		h.fail("unasked it sent to %d people more, when %d were said yes to", fresh, h.allowed)
	case whole:
		h.shown(p, rows, keys, excused)
	}
	if p.Kind != campaign.ProposeRetry {
		h.allowed = announced - len(keys)
	}
	if p.Request.Command != "send" || p.Request.First == 0 || p.Request.Update {
		h.pilot = 0
	}
	if h.pilot != 0 {
		if h.pilot = max(h.pilot, p.Request.First); len(h.tried) > h.pilot {
			h.fail("a pilot of %d sent to %d people", h.pilot, len(h.tried))
		}
	}
	h.truth(rows)
}

// excused are the rows, by their numbers, of people with several messages who turned out, by the first of them, to have opted out.
func (h *history) excused(rows []record.Row) map[int]bool {
	called := map[string]bool{}
	for _, row := range rows {
		called[row.Phone] = called[row.Phone] || slices.Contains(h.calls, row.Key.String())
	}
	excused := map[int]bool{}
	for _, row := range rows {
		left := row.State.Cause == outcome.CauseOptedOutEarlier || row.State.Status == outcome.Unknown && slices.Contains(sendingtest.OptedOut, row.Phone)
		if left && called[row.Phone] {
			excused[row.Number] = true
		}
	}
	return excused
}

// shown makes sure that the messages which a proposal shows are sent.
func (h *history) shown(p *campaign.Proposal, rows []record.Row, keys map[string]bool, excused map[int]bool) {
	h.t.Helper()
	sent := map[int]bool{}
	for _, row := range rows {
		sent[row.Number] = sent[row.Number] || keys[row.Key.String()]
	}
	samples := slices.Clone(p.Send.Rows)
	if p.Shown != nil {
		for _, row := range []*record.Row{p.Shown.First, p.Shown.Longest, p.Shown.Random} {
			if row != nil {
				samples = append(samples, row.Number)
			}
		}
	}
	for _, number := range samples {
		if !sent[number] && !excused[number] {
			h.fail("it shows row %d, and did not send it", number)
		}
	}
}

// truth holds the ledger against what the sandbox accepted: nobody twice, and everybody who counts as accepted was.
func (h *history) truth(rows []record.Row) {
	h.t.Helper()
	accepted, people := map[string]bool{}, map[string]bool{}
	for _, a := range h.server.Accepted() {
		if !h.tried[a.Key] {
			continue // another campaign's
		}
		if accepted[a.Key] || people[a.Number] && !h.several {
			h.fail("%s was accepted twice", a.Number)
		}
		accepted[a.Key], people[a.Number] = true, true
	}
	for _, row := range rows {
		told := row.State.Status == outcome.Sent || row.State.Status == outcome.AlreadySent
		if told != accepted[row.Key.String()] && row.State.Status != outcome.Unknown {
			h.fail("row %d reads %s, and accepted is %v", row.Number, row.State.Status, accepted[row.Key.String()])
		}
	}
}

func (h *history) fail(format string, args ...any) {
	h.t.Helper()
	h.t.Fatalf("%s\nafter\n  %s\nfile:\n%s", fmt.Sprintf(format, args...), strings.Join(h.log, "\n  "), h.file.Text())
}
