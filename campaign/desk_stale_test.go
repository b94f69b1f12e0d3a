package campaign_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/kanal/sandbox"
)

// rewording is the way to a Kanal whose templates read otherwise from some time on.
type rewording struct {
	http.RoundTripper
	now atomic.Bool
}

func (r *rewording) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := r.RoundTripper.RoundTrip(request)
	if err != nil || !r.now.Load() || !strings.HasSuffix(request.URL.Path, "/get_templates") {
		return response, err
	}
	body, err := io.ReadAll(response.Body)
	changed := bytes.ReplaceAll(body, []byte("{{prenom}}"), []byte("dear {{prenom}}"))
	if bytes.Equal(changed, body) {
		return nil, errors.New("there is no text to change")
	}
	response.Body, response.ContentLength = io.NopCloser(bytes.NewReader(changed)), int64(len(changed))
	response.Header.Del("Content-Length")
	return response, err
}

// stale carries a proposal out that must not be any more, with nothing sent, and returns the one in its place.
func (d *desk) stale(p *campaign.Proposal) *campaign.Proposal {
	d.t.Helper()
	before := len(d.server.Accepted())
	_, err := p.CarryOut(d.t.Context(), p.Consent(), nil, campaign.Watch{})
	stale := (*campaign.StaleError)(nil)
	if !errors.As(err, &stale) || len(d.server.Accepted()) != before {
		d.t.Fatalf("got %v, with %d sent", err, len(d.server.Accepted())-before)
	}
	return stale.Proposal
}

// What has waited for long is to a text that Kanal may not have any more: it is asked about again, as it reads now.
func TestDeskConsentIsToTheTextOfNow(t *testing.T) {
	f := newFiled(t, autumn)
	text := &rewording{RoundTripper: http.DefaultTransport}
	f.Transport = text
	for kind, p := range map[campaign.ProposalKind]*campaign.Proposal{
		campaign.ProposeNew: f.propose(campaign.ProposeNew, plainly), campaign.ProposeResume: f.resume(),
	} {
		p.AsOf = p.AsOf.Add(-time.Hour)
		text.now.Store(true)
		now := f.stale(p)
		if now.Kind != kind || now.Now.Same(p.Now) {
			t.Errorf("%s: it proposes %s, of the same text %v", kind, now.Kind, now.Now.Same(p.Now))
		}
		if now.Kind == campaign.ProposeResume && now.Asking.Reasons()[0] != campaign.AskTextChanged {
			t.Errorf("asked for %v", now.Asking.Reasons())
		}
		f.carryOut(now)
		text.now.Store(false)
	}
}

// A yes to so many people beyond the cap is none to more of them.
func TestDeskConsentIsToTheCapAsItWas(t *testing.T) {
	f := newFiled(t, autumn)
	p := f.propose(campaign.ProposeNew, func(req *campaign.Request) { req.Settings.DailyCap = 2 })
	f.carryOut(f.resume()) // one message of another campaign, to somebody else
	if now := f.stale(p); now.Hours.Over(5) != 4 || p.Hours.Over(5) != 3 {
		t.Errorf("%d beyond the cap, and %d before", now.Hours.Over(5), p.Hours.Over(5))
	} else {
		f.sent(now)
	}
}

// A yes to a rebuild is to the results that were shown.
func TestDeskConsentIsToTheResultsOfThen(t *testing.T) {
	f := newFiled(t, autumn)
	s := f.sent(f.propose(campaign.ProposeNew, func(req *campaign.Request) { req.First = 2 }))
	book, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "new.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	f.Desk.Ledger = book
	req := f.request()
	req.Command, req.File, req.Results = "resume", "", s.Results.Path
	p, err := f.Rebuild(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(s.Results.Path)
	if err != nil {
		t.Fatal(err)
	}
	id := ",54321"
	if err := os.WriteFile(s.Results.Path, bytes.Replace(text, []byte(id), []byte(id+"0"), 1), 0o600); err != nil || !bytes.Contains(text, []byte(id)) {
		t.Fatalf("no contact id to change in %s: %v", text, err)
	}
	if err := book.RememberOptOuts(t.Context(), "56", []string{"33699999999"}, time.Now()); err != nil { // so that they are read again
		t.Fatal(err)
	}
	f.sent(f.stale(p))
}

// Nobody's yes is not taken for whatever comes of a proposal that changes again and again.
func TestDeskConsentBeforehandEnds(t *testing.T) {
	d := newDesk(t, 8, sandbox.Options{})
	p := d.resume()
	for i := range 4 {
		if refused := p.Asking.Refused(campaign.Answering{Yes: true}); refused != nil {
			t.Fatalf("refused after %d changes: %v", i, refused)
		}
		if err := d.ledger.RememberOptOuts(t.Context(), "56", []string{"3361230000" + string(rune('1'+i))}, time.Now()); err != nil {
			t.Fatal(err)
		}
		p = d.stale(p)
	}
	for by, want := range map[campaign.Answering]bool{{Yes: true}: true, {Rehearsal: true}: true, {Person: true}: false} {
		if refused := p.Asking.Refused(by); (refused != nil && refused.Code == campaign.RefusedUnsteady) != want {
			t.Errorf("%+v: %v", by, refused)
		}
	}
	d.carryOut(p)
}

// Who has stopped before anything left has nothing sent.
func TestDeskStoppedBeforehand(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	stop := make(chan struct{})
	close(stop)
	for range 20 { // not by chance
		p := d.resume()
		s, err := p.CarryOut(t.Context(), p.Consent(), stop, campaign.Watch{})
		if err != nil || s.Stop.Code != sending.StopInterrupted || len(d.server.Accepted()) != 0 {
			t.Fatalf("%+v, %v, %d sent", s.Stop, err, len(d.server.Accepted()))
		}
	}
}

// A rehearsal that starts over remembers the one before until somebody has said yes.
func TestDeskRehearsesAnewBehindTheYes(t *testing.T) {
	f := newFiled(t, autumn)
	f.Rehearsal, f.APIURL = true, "http://127.0.0.1:1"
	carryOut := func(p *campaign.Proposal) {
		t.Helper()
		if s, err := p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{}); err != nil || s.Stop.Code != sending.StopDone ||
			campaign.Tallies(s.Tallies).NeedAttention() {
			t.Fatalf("%+v, %v, %+v", s.Stop, err, s.Tallies)
		}
	}
	truth := func() string {
		t.Helper()
		text, err := os.ReadFile(f.RehearsalTruth("autumn"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	carryOut(f.propose(campaign.ProposeNew, plainly))
	before := truth()
	p := f.propose(campaign.ProposeNew, plainly)
	p.Decline()
	p.Close()
	if truth() != before {
		t.Error("it is forgotten before the yes")
	}
	carryOut(f.propose(campaign.ProposeNew, plainly))
	if now := truth(); now == before || strings.Count(now, "\n") != len(autumn) {
		t.Errorf("the sandbox remembers %s", now)
	}
}

// Two who propose the same at once wait for one another, and take no run that died for the one that holds the campaign.
func TestDeskProposesBesideAProposer(t *testing.T) {
	f := newFiled(t, autumn)
	if _, err := f.ledger.StartRun(t.Context(), record.Run{Campaign: "autumn", Command: "send", PID: 17}); err != nil {
		t.Fatal(err)
	}
	release, err := f.ledger.Lock(t.Context(), "autumn") // as who proposes has it
	if err != nil {
		t.Fatal(err)
	}
	released := make(chan error, 1)
	time.AfterFunc(500*time.Millisecond, func() { released <- release() })
	p := f.propose(campaign.ProposeNew, plainly)
	select {
	case err := <-released:
		if err != nil {
			t.Fatal(err)
		}
	default:
		t.Fatal("it did not wait")
	}
	if release, err = f.ledger.Lock(t.Context(), "autumn"); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(500*time.Millisecond, func() { released <- release() })
	f.sent(p)
}

// Who is put on a list while a person reads is left out: the yes was to a list that read otherwise.
func TestDeskReadsAListThatHasChanged(t *testing.T) {
	for name, pilot := range map[string]bool{"new": false, "resume": true} {
		t.Run(name, func(t *testing.T) {
			f := newFiled(t, autumn)
			list := filepath.Join(t.TempDir(), "list.csv")
			write := func(numbers string) {
				if err := os.WriteFile(list, []byte("phone\n"+numbers), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			write("+33699999999\n")
			p := f.propose(campaign.ProposeNew, func(r *campaign.Request) {
				plainly(r)
				r.Lists.Paths = []string{list}
				if pilot {
					r.First = 1
				}
			})
			if pilot {
				f.sent(p)
				rest := f.desk.request("resume")
				rest.Campaign = p.Campaign.Name
				var err error
				if p, err = f.Resume(t.Context(), rest); err != nil {
					t.Fatal(err)
				}
			}
			write("+33612400003\n")
			before := p.Send.Messages()
			if now := f.stale(p); now.Send.Messages() != before-1 {
				t.Errorf("%d messages of %d", now.Send.Messages(), before)
			}
		})
	}
}
