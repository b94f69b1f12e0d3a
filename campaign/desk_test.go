package campaign_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/sending/sendingtest"
	"kanal-campaign/kanal/sandbox"
)

// mute says nothing: what the desk does depends on no sentence.
type mute struct{}

func (mute) Problem(problem.Problem) (wrong, fix string) { return "", "" }
func (mute) LeftOut(string, int, record.Detail) string   { return "" }
func (mute) Cause(string) string                         { return "" }
func (mute) MessagedOther(string) string                 { return "" }
func (mute) ForgottenAt(time.Time) string                { return "" }

// desk is a bench whose campaign is at a desk, and whose sandbox is reached over HTTP.
type desk struct {
	*campaign.Desk
	t        *testing.T
	bench    *sendingtest.Bench
	server   *sandbox.Server
	ledger   *ledger.Ledger
	campaign record.Campaign
	refusing atomic.Bool // row 3 is held back by WhatsApp
}

func newDesk(t *testing.T, rows int, options sandbox.Options) *desk {
	t.Helper()
	options.Limit = 1_000_000
	bench := sendingtest.NewBench(t, rows, options)
	t.Cleanup(bench.Close)
	d := &desk{t: t, bench: bench, server: bench.Server, ledger: bench.Ledger, campaign: bench.Sender.Campaign}
	server := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			return // the client has gone
		}
		if d.refusing.Load() { // to the sandbox this number is one that WhatsApp holds back
			body = bytes.Replace(body, []byte("33612300001"), []byte("33600000003"), 1)
		}
		request.Body = io.NopCloser(bytes.NewReader(body))
		d.server.ServeHTTP(response, request)
	}))
	t.Cleanup(server.Close)
	d.Desk = &campaign.Desk{
		Ledger: d.ledger, APIURL: server.URL, Sentences: mute{},
		Key: func(context.Context, bool) (string, error) { return sandbox.DefaultKey, nil },
	}
	t.Cleanup(d.Desk.Close)
	d.campaign.OutDir, d.campaign.ConfirmedAt = t.TempDir(), time.Now()
	d.campaign.Kind, d.campaign.Title = string(message.KindTemplate), "welcome"
	d.campaign.File = record.Audience{Name: "spring.csv", Header: []string{"phone", "prenom", "code"},
		Dialect: audience.Dialect{Delimiter: ',', Encoding: audience.UTF8, Ending: "\n"}}
	if err := d.ledger.Save(t.Context(), d.campaign); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) request(command string) campaign.Request {
	return campaign.Request{Command: command, Campaign: "spring", Rate: 6000, MaxFailures: 20, DoubtDelay: time.Millisecond,
		Timeout: time.Second, Given: map[string]bool{}}
}

func (d *desk) resume() *campaign.Proposal {
	d.t.Helper()
	p, err := d.Resume(d.t.Context(), d.request("resume"))
	if err != nil {
		d.t.Fatal(err)
	}
	return p
}

// carryOut says yes, and holds what was announced against what the sandbox accepted.
func (d *desk) carryOut(p *campaign.Proposal) campaign.Summary {
	d.t.Helper()
	before := len(d.server.Accepted())
	s, err := p.CarryOut(d.t.Context(), p.Consent(), nil, campaign.Watch{})
	if err != nil {
		d.t.Fatal(err)
	}
	if got := len(d.server.Accepted()) - before; got != p.Send.Messages() {
		d.t.Errorf("%d messages were announced, %d accepted", p.Send.Messages(), got)
	}
	d.bench.Agree(d.bench.Sender)
	return s
}

func TestDeskResumesWhatWasInterrupted(t *testing.T) {
	d := newDesk(t, 40, sandbox.Options{})
	p := d.resume()
	if why := p.Asking.Reasons(); p.Send.Messages() != 40 || p.Send.People != 40 ||
		!slices.Equal(why, []campaign.Reason{campaign.AskUnconfirmed}) {
		t.Fatalf("proposed %d messages to %d people, asked for %v", p.Send.Messages(), p.Send.People, why)
	}
	stop := make(chan struct{})
	stopped, underWay := false, 0
	s, err := p.CarryOut(t.Context(), p.Consent(), stop, campaign.Watch{Progress: func(now sending.Progress) {
		if underWay = now.Counts[outcome.Sent]; underWay >= 4 && !stopped {
			stopped = true
			close(stop)
		}
	}})
	if err != nil || s.Stop.Code != sending.StopInterrupted || !s.Campaign.FinishedAt.IsZero() {
		t.Fatalf("%+v, %v", s.Stop, err)
	}
	if _, err := os.Stat(s.Results.Path); err != nil || s.Unwritten != nil {
		t.Errorf("results: %v, %v", err, s.Unwritten)
	}
	sent := len(d.server.Accepted())
	if sent < 4 || sent == 40 {
		t.Fatalf("%d were sent before the interruption", sent)
	}
	rest := d.resume()
	if why := rest.Asking.Reasons(); rest.Send.Messages() != 40-sent || len(why) != 0 {
		t.Errorf("%d messages are left of %d, asked for %v", rest.Send.Messages(), 40-sent, why)
	}
	if last := rest.Earlier.LastRun; last.Stopped != string(sending.StopInterrupted) || last.Confirmed != 40 {
		t.Errorf("the last run: %+v", last)
	}
	if s := d.carryOut(rest); s.Stop.Code != sending.StopDone || s.Campaign.FinishedAt.IsZero() || s.Err != nil {
		t.Errorf("%+v, finished %v, %v", s.Stop, s.Campaign.FinishedAt, s.Err)
	}
	var refused *campaign.Refusal
	if _, err := d.Resume(t.Context(), d.request("resume")); !errors.As(err, &refused) || refused.Code != campaign.RefusedFinished {
		t.Errorf("a finished campaign: %v", err)
	}
}

// A yes is to what was shown: where somebody has opted out since, it is asked again, and nothing has left.
func TestDeskConsentIsToWhatWasShown(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	p := d.resume()
	if err := d.ledger.RememberOptOuts(t.Context(), "56", []string{"33612300001"}, time.Now()); err != nil {
		t.Fatal(err)
	}
	_, err := p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{})
	var stale *campaign.StaleError
	if !errors.As(err, &stale) || stale.Proposal.Send.Messages() != 2 || stale.Proposal.Send.NoLonger != 1 {
		t.Fatalf("got %v", err)
	}
	if n := len(d.server.Accepted()); n != 0 {
		t.Fatalf("%d were sent without a yes", n)
	}
	if s := d.carryOut(stale.Proposal); s.Stop.Code != sending.StopDone {
		t.Errorf("%+v", s.Stop)
	}
	for _, a := range d.server.Accepted() {
		if a.Number == "33612300001" {
			t.Error("who has opted out was sent to")
		}
	}
}

// A proposal holds no lock: others may carry the campaign out, and then it cannot be.
func TestDeskProposalHoldsNoLock(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	p := d.resume()
	release, err := d.ledger.Lock(t.Context(), "spring")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.ledger.StartRun(t.Context(), record.Run{Campaign: "spring", Command: "resume"}); err != nil {
		t.Fatal(err)
	}
	var running *record.RunningError
	if _, err := p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{}); !errors.As(err, &running) {
		t.Errorf("carried out beside another run: %v", err)
	}
	if _, err := d.Resume(t.Context(), d.request("resume")); !errors.As(err, &running) {
		t.Errorf("proposed beside another run: %v", err)
	}
	if n := len(d.server.Accepted()); n != 0 {
		t.Errorf("%d were sent", n)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	d.carryOut(d.resume())
}

// A list that another run has named meanwhile counts, and stays the campaign's.
func TestDeskKeepsAListNamedMeanwhile(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	p := d.resume()
	list := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(list, []byte("+33612300002\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	req := d.request("resume")
	req.First, req.Lists.Paths = 1, []string{list}
	other, err := d.Resume(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	d.carryOut(other)
	var stale *campaign.StaleError
	if _, err := p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{}); !errors.As(err, &stale) {
		t.Fatalf("got %v", err)
	}
	s, err := stale.Proposal.CarryOut(t.Context(), stale.Proposal.Consent(), nil, campaign.Watch{})
	if err != nil || len(s.Campaign.Settings.Suppress) != 1 || s.Campaign.Settings.Suppress[0].Path != list {
		t.Errorf("%+v, %v", s.Campaign.Settings.Suppress, err)
	}
	for _, a := range d.server.Accepted() {
		if a.Number == "33612300002" {
			t.Error("who is on the list was sent to")
		}
	}
}

// Who declines leaves nothing behind but the record of that.
func TestDeskDeclined(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	p := d.resume()
	p.Decline()
	p.Close()
	p.Close()
	runs, err := d.ledger.Runs(t.Context(), "spring")
	if err != nil {
		t.Fatal(err)
	}
	last := runs[len(runs)-1]
	if last.Stopped != campaign.StoppedDeclined || last.EndedAt.IsZero() || last.Command != "resume" || len(runs) != 2 {
		t.Errorf("%d runs, the last %+v", len(runs), last)
	}
	if got := d.resume(); got.Digest != p.Digest {
		t.Error("the same facts have another digest")
	}
}

func TestDeskAsksWhoCanAnswer(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	p := d.resume()
	for by, want := range map[campaign.Answering]campaign.RefusalCode{
		{}:                campaign.RefusedNobodyToAsk,
		{Yes: true}:       "",
		{Person: true}:    "",
		{Rehearsal: true}: "",
	} {
		got := campaign.RefusalCode("")
		if refused := p.Asking.Refused(by); refused != nil {
			got = refused.Code
		}
		if got != want {
			t.Errorf("%+v: %q, want %q", by, got, want)
		}
	}
	capped := p.Asking
	capped.Hours.DailyCap = 2
	if refused := capped.Refused(campaign.Answering{}); refused == nil || refused.Code != campaign.RefusedBeyondCap {
		t.Errorf("beyond the cap: %v", refused)
	}
	untold := p.Asking
	untold.HoursUntold = true
	if refused := untold.Refused(campaign.Answering{Yes: true}); refused == nil || refused.Code != campaign.RefusedHoursUntold {
		t.Errorf("at night: %v", refused)
	}
}

// --first keeps a resume to so many; the rest is asked about, and announced as it is.
func TestDeskFirst(t *testing.T) {
	d := newDesk(t, 6, sandbox.Options{})
	req := d.request("resume")
	req.First = 2
	p, err := d.Resume(t.Context(), req)
	if err != nil || p.Send.Messages() != 2 || p.Send.Beyond != 4 {
		t.Fatalf("%+v, %v", p, err)
	}
	if s := d.carryOut(p); s.Stop.Code != sending.StopPilot || s.Part != campaign.PartPilot || len(s.Tried) != 2 {
		t.Errorf("%+v, part %q, %d tried", s.Stop, s.Part, len(s.Tried))
	}
	all := d.resume()
	if why := all.Asking.Reasons(); !slices.Contains(why, campaign.AskPastFirst) || all.Send.Messages() != 4 {
		t.Errorf("%d messages, asked for %v", all.Send.Messages(), why)
	}
	if s := d.carryOut(all); s.Stop.Code != sending.StopDone {
		t.Errorf("%+v", s.Stop)
	}
}

// Two who ask for the same retry try each row once, unless they are asked again.
func TestDeskRetriesOnceForTwo(t *testing.T) {
	d := newDesk(t, 2, sandbox.Options{})
	d.refusing.Store(true)
	p := d.resume()
	if _, err := p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{}); err != nil {
		t.Fatal(err)
	}
	req := d.request("retry")
	req.Retry.NewKey = true
	one, err := d.Retry(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	two, err := d.Retry(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := one.CarryOut(t.Context(), one.Consent(), nil, campaign.Watch{}); err != nil || s.Retried[outcome.Rejected] != 1 {
		t.Fatalf("%v, %v", s.Retried, err)
	}
	var stale *campaign.StaleError
	if _, err := two.CarryOut(t.Context(), two.Consent(), nil, campaign.Watch{}); !errors.As(err, &stale) {
		t.Errorf("got %v", err)
	}
}

func TestDeskRetries(t *testing.T) {
	d := newDesk(t, 4, sandbox.Options{})
	d.refusing.Store(true)
	p := d.resume()
	if s, err := p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{}); err != nil || s.Stop.Code != sending.StopDone {
		t.Fatalf("%+v, %v", s.Stop, err)
	}
	if n := d.bench.Statuses(d.bench.Sender)[outcome.Rejected]; n != 1 {
		t.Fatalf("%d refused", n)
	}
	req := d.request("retry")
	for _, test := range []struct {
		choice campaign.RetryChoice
		code   campaign.RefusalCode
	}{
		{campaign.RetryChoice{Unknown: true}, campaign.RefusedNoRowFits},
		{campaign.RetryChoice{Causes: []string{"timeout"}}, campaign.RefusedNoRowOfCause},
		{campaign.RetryChoice{Causes: []string{"131049", "131094"}}, campaign.RefusedCauseUnknown},
		{campaign.RetryChoice{Rows: []int{99}}, campaign.RefusedRows},
	} {
		req.Retry = test.choice
		var refused *campaign.Refusal
		if _, err := d.Retry(t.Context(), req); !errors.As(err, &refused) || refused.Code != test.code {
			t.Errorf("%+v: %v, want %s", test.choice, err, test.code)
		}
	}
	req.Retry = campaign.RetryChoice{Causes: []string{"131049"}}
	again, err := d.Retry(t.Context(), req)
	if err != nil || again.Send.Messages() != 1 || len(again.Retry.First) != 1 {
		t.Fatalf("%+v, %v", again, err)
	}
	if n := d.bench.Statuses(d.bench.Sender)[outcome.Rejected]; n != 1 {
		t.Error("a retry that nobody has said yes to has requeued its row")
	}
	d.refusing.Store(false)
	s := d.carryOut(again)
	if s.Stop.Code != sending.StopDone || s.Retried[outcome.Sent] != 1 || s.Campaign.FinishedAt.IsZero() {
		t.Errorf("%+v, %v, finished %v", s.Stop, s.Retried, s.Campaign.FinishedAt)
	}
}

func TestDeskFindsTheOnlyUnfinished(t *testing.T) {
	d := newDesk(t, 2, sandbox.Options{})
	nameless, unknown := d.request("resume"), d.request("resume")
	nameless.Campaign, unknown.Campaign = "", "summer"
	if p, err := d.Resume(t.Context(), nameless); err != nil || p.Campaign.Name != "spring" {
		t.Errorf("%v", err)
	}
	var refused *campaign.Refusal
	if _, err := d.Resume(t.Context(), unknown); !errors.As(err, &refused) || refused.Code != campaign.RefusedCampaignUnknown {
		t.Errorf("an unknown campaign: %v", err)
	}
	d.bench.NewSender("autumn", sendingtest.Audience(1))
	if _, err := d.Resume(t.Context(), nameless); !errors.As(err, &refused) || refused.Code != campaign.RefusedSeveralUnfinished ||
		len(refused.Status) != 2 {
		t.Errorf("two campaigns: %v", err)
	}
}

// A rehearsal needs no key and no network; what it has accepted is known when it goes on.
func TestDeskRehearses(t *testing.T) {
	d := newDesk(t, 5, sandbox.Options{})
	d.Rehearsal, d.APIURL = true, "http://127.0.0.1:1"
	d.Key = func(_ context.Context, mayAsk bool) (string, error) {
		if mayAsk {
			t.Error("a rehearsal asks for a key")
		}
		return "", nil
	}
	req := d.request("resume")
	req.First = 2
	p, err := d.Resume(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{}); err != nil || s.Stop.Code != sending.StopPilot {
		t.Fatalf("%+v, %v", s.Stop, err)
	}
	p = d.resume()
	s, err := p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{})
	if err != nil || s.Stop.Code != sending.StopDone || !strings.HasSuffix(s.Results.Path, ".sandbox.results.csv") {
		t.Fatalf("%+v, %v, %s", s.Stop, err, s.Results.Path)
	}
	truth, err := os.ReadFile(d.RehearsalTruth("spring"))
	if err != nil || strings.Count(string(truth), "\n") != 5 {
		t.Errorf("the sandbox remembers %q, %v", truth, err)
	}
	if len(d.server.Requests()) != 0 {
		t.Error("a rehearsal has asked the real Kanal")
	}
	if filepath.Dir(d.RehearsalTruth("spring")) != filepath.Dir(d.ledger.Path()) {
		t.Error("the truth is not beside the ledger")
	}
}

// A test goes to the person's own number, once, under a key that is no row's, and touches nothing of the campaign.
func TestDeskTests(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	path := filepath.Join(t.TempDir(), "spring.csv")
	if err := os.WriteFile(path, []byte(sendingtest.Audience(3)), 0o600); err != nil {
		t.Fatal(err)
	}
	req := d.request("send")
	req.File, req.TestTo, req.Settings = path, "06 12 30 00 01", record.Settings{Country: "FR"}
	req.Message = campaign.MessageAsked{Template: "welcome"}
	propose := func() (*campaign.TestProposal, error) {
		return d.ProposeTest(t.Context(), req)
	}
	declined, err := propose()
	if err != nil || declined.Row == nil || declined.Row.Number != 2 || len(declined.Listed) != 1 || declined.Phone != "33612300001" {
		t.Fatalf("%+v, %v", declined, err)
	}
	declined.Decline()
	declined.Close()
	if n := len(d.server.Accepted()); n != 0 {
		t.Fatalf("%d were sent without a yes", n)
	}
	release, err := d.ledger.Lock(t.Context(), "spring") // a test needs none
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	test, err := propose()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := test.Send(t.Context(), nil, nil)
	test.Close()
	accepted := d.server.Accepted()
	if err != nil || answer.Kind != outcome.Accepted || len(accepted) != 1 || accepted[0].Number != "33612300001" {
		t.Fatalf("%+v, %v, accepted %+v", answer, err, accepted)
	}
	for _, row := range d.bench.Rows(d.bench.Sender) {
		if row.State.Status != outcome.Pending || row.Key.String() == accepted[0].Key {
			t.Errorf("row %d is %s, its key was used: %v", row.Number, row.State.Status, row.Key.String() == accepted[0].Key)
		}
	}
	runs, err := d.ledger.Runs(t.Context(), "spring")
	if err != nil || len(runs) != 3 {
		t.Fatalf("%d runs, %v", len(runs), err)
	}
	for i, want := range []string{campaign.StoppedDeclined, campaign.StoppedTest} {
		if run := runs[i+1]; run.Stopped != want || run.Command != record.TestCommand || run.Tested != "33612300001" ||
			run.EndedAt.IsZero() || run.SHA256 == "" {
			t.Errorf("%+v, want %s", run, want)
		}
	}
	req.TestTo = "06"
	var refused *campaign.Refusal
	if _, err := propose(); !errors.As(err, &refused) || refused.Code != campaign.RefusedTestNumber {
		t.Errorf("a number that is none: %v", err)
	}
}
