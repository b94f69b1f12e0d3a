package campaign

import (
	"context"
	"time"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
)

// StoppedTest is the end of a run that sent a test message.
const StoppedTest = "tested"

// mostOfNumber is how many rows of the file with a test's own number are told.
const mostOfNumber = 3

// TestProposal is a message to the user's own number that would be sent, with the values of the first row that can be.
type TestProposal struct {
	Plan   *Plan // of the file, which is left as it is
	From   string
	APIURL string
	Phone  string       // digits
	Row    *record.Row  // whose values it takes; nil where none can be sent, as the plan tells
	Listed []record.Row // the first rows of whoever has that number: it may be a customer's, typed by mistake
	Keys   []KeyElsewhere

	desk     *Desk
	request  Request
	declined bool
	done     bool
}

// ProposeTest proposes a message to the user's own number, Request.TestTo. It needs no lock: nothing of the campaign is touched,
// and the pace is shared through the ledger.
func (d *Desk) ProposeTest(ctx context.Context, req Request) (*TestProposal, error) {
	t := &TestProposal{desk: d, request: req}
	for _, other := range []string{"first", "update", "again", "continue-earlier"} {
		if req.Given[other] {
			return nil, &Refusal{Code: RefusedTestWith, Name: other}
		}
	}
	var problems []problem.Problem
	if t.Phone, problems = sending.TestNumber(req.TestTo, req.Settings); problem.HasError(problems) {
		return nil, &Refusal{Code: RefusedTestNumber, Problems: problems}
	}
	if err := t.propose(ctx); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

func (t *TestProposal) propose(ctx context.Context) error {
	d, req := t.desk, t.request
	var err error
	if t.Plan, err = d.connectedPlan(ctx, req); err != nil {
		return err
	}
	person := number.Canonical(t.Phone)
	err = d.readPlan(ctx, t.Plan, func(row record.Row) error {
		if row.Person == person && len(t.Listed) < mostOfNumber {
			t.Listed = append(t.Listed, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	t.From, t.APIURL, t.Keys = d.Account(), d.client.BaseURL(), d.KeyElsewhere(ctx)
	if t.Plan.Readable() {
		t.Row = t.Plan.Report.First
	}
	return nil
}

// Asking decides whether a person is asked before it is sent.
func (t *TestProposal) Asking() Asking { return Asking{Messages: 1, Unconfirmed: true} }

// Decline notes that a person said no, for the record.
func (t *TestProposal) Decline() { t.declined = true }

// Close records a test that was not sent.
func (t *TestProposal) Close() {
	if t.done {
		return
	}
	t.done = true
	run := t.run()
	switch run.EndedAt = t.desk.Ledger.Now(); {
	case t.declined:
		run.Stopped = StoppedDeclined
	case t.Plan != nil && t.Plan.Report != nil && t.Row == nil:
		run.Stopped = StoppedCheck
	default:
		run.Stopped = StoppedNothing
	}
	// What cannot be recorded has changed nothing.
	_, _ = t.desk.Ledger.StartRun(context.Background(), run)
}

func (t *TestProposal) run() record.Run {
	run := t.desk.newRun(t.request)
	run.Command, run.Updates, run.Tested = record.TestCommand, false, number.Canonical(t.Phone)
	if t.Plan != nil && t.Plan.File != nil {
		run.SHA256 = t.Plan.File.SHA256()
	}
	return run
}

// Send makes the one attempt, under a random key: see TestSend.Send. waiting is told what it waits for.
func (t *TestProposal) Send(ctx context.Context, stop <-chan struct{}, waiting func(sending.Wait)) (outcome.Answer, error) {
	d := t.desk
	run := t.run()
	run.Confirmed = 1
	run, err := d.Ledger.StartRun(ctx, run)
	if err != nil {
		return outcome.Answer{}, err
	}
	t.done = true
	test := sending.TestSend{Ledger: d.Ledger, By: d.client, Message: t.Plan.Message, Row: *t.Row, Phone: t.Phone, RunID: run.ID,
		PaceKey: d.PaceKey(), Account: d.Account(), Timeout: d.client.Timeout(), Rate: t.request.Rate, Waiting: waiting}
	answer, err := test.Send(ctx, stop)
	run.EndedAt, run.Stopped = time.Now(), StoppedTest
	// A run that cannot be closed in the ledger reads as one that died, which is the truth enough.
	_ = d.Ledger.SaveRun(context.WithoutCancel(ctx), run, nil)
	return answer, err
}
