package screen

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/uuid"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audit"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
)

func TestHistoryScreen(t *testing.T) {
	c := novembre()
	var err error
	if c.Message, err = json.Marshal(message.TemplateMessage(template())); err != nil {
		t.Fatal(err)
	}
	said := outcome.Answer{Kind: outcome.Doubt, Cause: "timeout"}
	s := campaign.History{Number: "33612345678", Region: "FR", Erased: true,
		OptOuts: []record.OptOut{{Account: "56", Since: at(21, 9, 0)}},
		Entries: []campaign.HistoryEntry{
			{Campaign: c, Row: record.Row{Number: 1904, Phone: "33612345678", Values: []string{"Zoé", "CF-20481"}, MessageID: "987654",
				Key: uuid.Nil, State: outcome.State{Status: outcome.Sent}, SentAt: at(20, 10, 43), TriedAt: at(20, 10, 43), Attempts: 2},
				Attempts: []record.Attempt{{BeganAt: at(20, 10, 42), AnsweredAt: at(20, 10, 42), Kind: said.Kind, Cause: said.Cause},
					{BeganAt: at(20, 10, 43), AnsweredAt: at(20, 10, 43), Kind: outcome.Accepted}}},
			{Campaign: c, Row: record.Row{Number: 12, Gone: true, State: outcome.State{Status: outcome.Rejected, Cause: "opted-out"},
				Error: "Contact has opted out from receiving messages", ErrorCode: "400", TriedAt: at(21, 9, 0), Attempts: 1},
				Attempts: []record.Attempt{{BeganAt: at(21, 9, 0)}}},
		},
		Tests: []record.TestSent{{Run: record.Run{Campaign: "novembre", Command: record.TestCommand},
			Attempt: record.Attempt{ID: 1, BeganAt: at(19, 17, 0), AnsweredAt: at(19, 17, 0), Kind: outcome.Accepted}}}}
	golden(t, "history.txt", screen(func(b Face) { History(b, Live, s) }))
	golden(t, "history.json", screen(func(b Face) { must(t, HistoryJSON(b, Live, s)) }))
	golden(t, "history-none.txt", screen(func(b Face) { History(b, Sandbox, campaign.History{Number: "33612345678"}) }))
}

func TestForgetScreens(t *testing.T) {
	c := novembre()
	rows := func(status outcome.Status, numbers ...int) (rows []record.Row) {
		for _, n := range numbers {
			rows = append(rows, record.Row{Number: n, State: outcome.State{Status: status}})
		}
		return rows
	}
	number := &campaign.Forgetting{Request: campaign.ForgetRequest{Number: "33612345678"}, Tests: make([]record.TestSent, 1),
		Parts: []campaign.ForgetPart{{Campaign: c, Rows: rows(outcome.Pending, 2, 3), Count: 2},
			{Campaign: c, Rows: rows(outcome.Unknown, 2), Count: 1}},
		Others: []campaign.ForgetPart{{Campaign: c, Rows: rows(outcome.Sent, 12, 1904), Count: 2}},
		Kept: []campaign.ForgetKept{{Campaign: "novembre", Where: []campaign.KeptIn{campaign.KeptInMessage}, Look: commandOf("status novembre")},
			{Campaign: "33612345678", Where: []campaign.KeptIn{campaign.KeptInName, campaign.KeptInFiles}}}}
	golden(t, "forget.txt", screen(func(b Face) { Forget(b, Live, number) }))
	old := &campaign.Forgetting{Request: campaign.ForgetRequest{Before: at(20, 10, 0)}, Unfinished: []string{"spring"},
		Parts: slices.Repeat([]campaign.ForgetPart{{Campaign: c, Count: 4212}}, 20)}
	golden(t, "forget-old.txt", screen(func(b Face) { Forget(b, Live, old) }))
	golden(t, "forget-none.txt", screen(func(b Face) {
		nothing := &campaign.Forgetting{Request: campaign.ForgetRequest{Number: "33612345678"}}
		Forgotten(b, Live, &campaign.Forgotten{Found: nothing}, nil)
	}))
	golden(t, "forgotten.txt", screen(func(b Face) {
		Forgotten(b, Live, &campaign.Forgotten{Found: number, Reports: []campaign.Command{commandOf("report novembre")},
			Files: []string{"/home/zoe/novembre.csv", "/home/zoe/novembre.results.csv"},
			InUse: []string{"/home/zoe/.local/state/kanal-campaign/ledger.db.logs/spring.log"},
		}, commandOf("forget +33612345678 --sandbox"))
	}))
}

func TestVerifyScreen(t *testing.T) {
	s := VerifyScreen{Session: Session{Mode: Live}, Verification: campaign.Verification{
		Campaign: novembre(), File: "novembre.results.csv", Compared: record.Comparison{Rows: 4212},
		Audit: audit.Report{Rows: 4212, Keys: 4180, Places: record.Places{Rows: 4212, Distinct: 4212, Last: 4212}}}}
	golden(t, "verify.txt", screen(func(b Face) { Verify(b, s) }))
	alone := s
	alone.File, alone.Compared, alone.Beside = "", record.Comparison{}, "/home/zoe/novembre.results.csv"
	golden(t, "verify-alone.txt", screen(func(b Face) { Verify(b, alone) }))
	s.Running, s.Integrity, s.Audit.Places.Rows, s.Audit.Forgotten = true, []string{"row 3 missing from index rows_order"}, 4211, 3
	for n := range 20 {
		s.Audit.Findings = append(s.Audit.Findings, audit.Finding{Code: audit.SentWithoutID, Row: 100 + n})
		s.Compared.Found = append(s.Compared.Found,
			record.RowDifference{Kind: record.Altered, Row: "12", Line: 12, Column: "status", Ledger: "sent", File: "\x1b[31mrejected"})
	}
	s.Audit.Findings = append(s.Audit.Findings, audit.Finding{Code: audit.KeyDiffers, Row: 12})
	s.Compared.Found = append(s.Compared.Found, record.RowDifference{Kind: record.Missing, Row: "13"}, record.RowDifference{Kind: record.Added, Line: 4213})
	s.Compared.Forgotten, s.Stale = 3, true
	golden(t, "verify.json", screen(func(b Face) { must(t, VerifyJSON(b, s)) }))
	golden(t, "verify-found.txt", screen(func(b Face) { Verify(b, s) }))
}

func TestTestSendScreens(t *testing.T) {
	s := TestScreen{Session: Session{Mode: Live, Team: "Boutique"}, TestProposal: &campaign.TestProposal{From: "56", Phone: "33698765432",
		Plan: &campaign.Plan{Name: "novembre", Message: message.TemplateMessage(template()), Report: &plan.Report{Invalid: 3}},
		Row:  &record.Row{Number: 2, Values: []string{"Zoé", "CF-20481"}}},
		Answer:      outcome.Answer{Kind: outcome.Accepted, MessageID: "987654", ContactID: "54321"},
		SendCommand: commandOf("send novembre.csv --template order_confirmation")}
	golden(t, "test.txt", screen(func(b Face) { ConfirmTest(b, s) }))
	golden(t, "test-sent.txt", screen(func(b Face) { ShowTest(b, s) }))
	s.Answer = outcome.Answer{Kind: outcome.Refusal, Cause: "not-on-whatsapp", Code: "131026", Text: "Message undeliverable"}
	golden(t, "test-refused.txt", screen(func(b Face) { ShowTest(b, s) }))
	out := func(number int) record.Row {
		return record.Row{Number: number, State: outcome.State{Status: outcome.Skipped, Cause: outcome.CauseSuppressed}}
	}
	s.Listed = []record.Row{out(14)}
	golden(t, "test-left-out.txt", screen(func(b Face) { ConfirmTest(b, s) }))
	s.Listed = append(s.Listed, record.Row{Number: 12, State: outcome.New()}, record.Row{Number: 1904, State: outcome.New()})
	golden(t, "test-listed.txt", screen(func(b Face) { ConfirmTest(b, s) }))
	golden(t, "test.json", screen(func(b Face) { must(t, TestJSON(b, s)) }))
	s.Mode, s.LiveCommand = Sandbox, commandOf("send novembre.csv --template order_confirmation --test-to +33698765432")
	golden(t, "test-rehearsed.txt", screen(func(b Face) {
		for _, kind := range []outcome.Kind{outcome.Accepted, outcome.Refusal, outcome.Doubt, outcome.Throttled} {
			s.Answer.Kind = kind
			ShowTest(b, s)
		}
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func TestFinishedWithListsLifted(t *testing.T) {
	tallies := append(atTheEnd(), tally(outcome.Skipped, outcome.CauseSuppressed, "", 4))
	golden(t, "finished-lifted.txt", screen(func(b Face) {
		r := finished(novembre(), tallies)
		r.Next = []campaign.Command{commandOf("send novembre.csv --update --suppress none")}
		Finished(b, r, Session{Mode: Live})
	}))
}
