package campaign_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/kanal/sandbox"
)

// autumn are the lines of a file beside the campaign of the bench.
var autumn = []string{"+33612400001,Ann,A", "+33612400002,Bob,B", "+33612400003,Carl,C", "+33612400004,Dora,D", "+33612400005,Ed,E"}

// filed is a desk with a file of a campaign that the ledger does not have.
type filed struct {
	*desk
	path string
}

func newFiled(t *testing.T, lines []string) *filed {
	t.Helper()
	f := &filed{desk: newDesk(t, 1, sandbox.Options{}), path: filepath.Join(t.TempDir(), "autumn.csv")}
	f.write(lines)
	return f
}

func (f *filed) write(lines []string) {
	f.t.Helper()
	if err := os.WriteFile(f.path, []byte("phone,prenom,code\n"+strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func (f *filed) request() campaign.Request {
	req := f.desk.request("send")
	req.Campaign, req.File, req.Message = "autumn", f.path, campaign.MessageAsked{Template: "welcome"}
	req.Settings = record.Settings{Country: "FR", Duplicates: record.DuplicatesError, NumberRules: 2}
	return req
}

func (f *filed) propose(kind campaign.ProposalKind, change func(*campaign.Request)) *campaign.Proposal {
	f.t.Helper()
	req := f.request()
	change(&req)
	p, err := f.Send(f.t.Context(), req)
	if err != nil {
		f.t.Fatal(err)
	}
	if p.Kind != kind {
		f.t.Fatalf("it proposes %s, not %s", p.Kind, kind)
	}
	return p
}

func plainly(*campaign.Request) {}

// sent carries a proposal out, and holds what it announced against what the sandbox accepted.
func (f *filed) sent(p *campaign.Proposal) campaign.Summary {
	f.t.Helper()
	before := len(f.server.Accepted())
	s, err := p.CarryOut(f.t.Context(), p.Consent(), nil, campaign.Watch{})
	if err != nil {
		f.t.Fatal(err)
	}
	if got := len(f.server.Accepted()) - before; got != p.Send.Messages() {
		f.t.Errorf("%d messages were announced, %d accepted", p.Send.Messages(), got)
	}
	f.onceEach(f.Ledger)
	return s
}

// onceEach holds what a ledger tells of the campaign against the sandbox: nobody twice, nobody wrong, nobody forgotten.
func (f *filed) onceEach(book *ledger.Ledger) {
	f.t.Helper()
	people, keys := map[string]bool{}, map[string]bool{}
	for _, a := range f.server.Accepted() {
		if people[a.Number] {
			f.t.Errorf("%s was messaged twice", a.Number)
		}
		people[a.Number], keys[a.Key] = true, true
	}
	c, err := book.Campaign(f.t.Context(), "autumn")
	if err != nil {
		f.t.Fatal(err)
	}
	for row, err := range book.Rows(f.t.Context(), c.ID) {
		if err != nil {
			f.t.Fatal(err)
		}
		if told := row.State.Status == outcome.Sent || row.State.Status == outcome.AlreadySent; told != keys[row.Key.String()] {
			f.t.Errorf("row %d reads %s, and accepted is %v", row.Number, row.State.Status, keys[row.Key.String()])
		}
	}
}

func (f *filed) refused(err error, code campaign.RefusalCode) *campaign.Refusal {
	f.t.Helper()
	var refused *campaign.Refusal
	if !errors.As(err, &refused) || refused.Code != code {
		f.t.Fatalf("got %v, want %s", err, code)
	}
	return refused
}

func (f *filed) there() bool {
	f.t.Helper()
	_, err := f.Ledger.Campaign(f.t.Context(), "autumn")
	if err != nil && !errors.Is(err, ledger.ErrNoCampaign) {
		f.t.Fatal(err)
	}
	return err == nil
}

func TestDeskSendsANewCampaign(t *testing.T) {
	f := newFiled(t, append(slices.Clone(autumn), autumn[0]))
	checked, err := f.Check(t.Context(), f.request(), campaign.FixInto{})
	if err != nil || checked.Known != nil || checked.Plan.Report.Sendable != 5 ||
		!slices.Equal(checked.Next[:2], []string{"send", f.path}) {
		t.Fatalf("%+v, %v", checked, err)
	}
	declined := f.propose(campaign.ProposeNew, plainly)
	declined.Decline()
	declined.Close()
	if f.there() || len(f.server.Accepted()) > 0 {
		t.Fatal("something was kept, or sent, without a yes")
	}
	if runs, err := f.Ledger.Runs(t.Context(), "autumn"); err != nil || len(runs) != 1 || runs[0].Stopped != campaign.StoppedDeclined ||
		runs[0].SHA256 != declined.Campaign.File.SHA256 {
		t.Errorf("%+v, %v", runs, err)
	}
	p := f.propose(campaign.ProposeNew, plainly)
	if why := p.Asking.Reasons(); p.Send.Messages() != checked.Plan.Report.Sendable ||
		!slices.Equal(why, []campaign.Reason{campaign.AskUnconfirmed}) {
		t.Errorf("%d messages, asked for %v", p.Send.Messages(), why)
	}
	if s := f.sent(p); s.Stop.Code != sending.StopDone || s.Campaign.FinishedAt.IsZero() ||
		s.Campaign.Confirmed != 5 || s.Unwritten != nil {
		t.Errorf("%+v", s)
	}
	_, err = f.Send(t.Context(), f.request())
	f.refused(err, campaign.RefusedFinished)
	if checked, err = f.Check(t.Context(), f.request(), campaign.FixInto{}); err != nil || checked.Known == nil ||
		checked.Known.Does != campaign.SendFinished {
		t.Errorf("%+v, %v", checked.Known, err)
	}
	other := f.request()
	other.Settings.Country, other.Given = "BE", map[string]bool{"country": true}
	_, err = f.Send(t.Context(), other)
	if r := f.refused(err, campaign.RefusedOtherSetting); r.Name != "country" || !slices.Equal(r.Values, []string{"FR", "BE"}) {
		t.Errorf("%+v", r)
	}
}

// A yes is to the file that was read, and to whom it went to then: who has opted out since is not among them, and what the file
// has become counts for nobody.
func TestDeskSendsWhatWasShown(t *testing.T) {
	f := newFiled(t, autumn)
	p := f.propose(campaign.ProposeNew, plainly)
	if err := f.Ledger.RememberOptOuts(t.Context(), "56", []string{"33612400002"}, time.Now()); err != nil {
		t.Fatal(err)
	}
	_, err := p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{})
	var stale *campaign.StaleError
	if !errors.As(err, &stale) || stale.Proposal.Send.Messages() != 4 || len(f.server.Accepted()) > 0 || f.there() {
		t.Fatalf("got %v", err)
	}
	f.write(autumn[:1])
	f.sent(stale.Proposal)
}

// Two who look at the same file at once may both say yes, and its people get one message.
func TestDeskSendsOneOfTwo(t *testing.T) {
	f := newFiled(t, autumn)
	one, two := f.propose(campaign.ProposeNew, plainly), f.propose(campaign.ProposeNew, plainly)
	f.sent(one) // two has cleared away what it had staged
	_, err := two.CarryOut(t.Context(), two.Consent(), nil, campaign.Watch{})
	f.refused(err, campaign.RefusedFinished)
	f.onceEach(f.Ledger)
}

func TestDeskRefusesAFile(t *testing.T) {
	f := newFiled(t, []string{"+33612400001,Ann,A", "123,Bob,B"})
	_, err := f.Send(t.Context(), f.request())
	if r := f.refused(err, campaign.RefusedFileWrong); r.Code.Class() != campaign.WrongFile || r.Plan.Report.Invalid != 1 || f.there() {
		t.Errorf("%+v", r.Plan.Report)
	}
	f.write(autumn)
	f.sent(f.propose(campaign.ProposeNew, plainly))
	again := f.request()
	again.Campaign = "winter"
	_, err = f.Send(t.Context(), again)
	if r := f.refused(err, campaign.RefusedRepeats); r.Repeats[0].Campaign != "autumn" || r.Repeats[0].Rows != 5 || r.Count != 5 {
		t.Errorf("%+v", r.Repeats)
	}
}

func TestDeskUpdates(t *testing.T) {
	f := newFiled(t, autumn)
	f.sent(f.propose(campaign.ProposeNew, plainly))
	f.write(append([]string{"+33612400006,Fay,F", autumn[4], "+33612400001,Anna,A"}, autumn[1:3]...)) // one corrected too late, one gone
	_, err := f.Send(t.Context(), f.request())
	changed := f.refused(err, campaign.RefusedFileChanged).Changes
	if changed.Added != 1 || changed.Messaged != 1 || changed.Departed != 1 || changed.Same != 3 {
		t.Errorf("%+v", changed)
	}
	checked, err := f.Check(t.Context(), f.request(), campaign.FixInto{})
	if err != nil || checked.Known == nil || checked.Known.Does != campaign.SendUpdates || checked.Known.Changes.Changes != changed.Changes {
		t.Fatalf("%+v, %v", checked, err)
	}
	p := f.propose(campaign.ProposeUpdate, func(req *campaign.Request) { req.Update = true })
	if p.Send.Messages() != 1 || checked.Known.Send.Messages() != 1 || p.Changes.Changes != changed.Changes {
		t.Errorf("%d messages are announced, and %d foretold", p.Send.Messages(), checked.Known.Send.Messages())
	}
	var goOn campaign.Command
	s, err := p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{TakenOver: func(c campaign.Command) { goOn = c }})
	if err != nil || s.Stop.Code != sending.StopDone || len(f.server.Accepted()) != 6 || !slices.Equal(goOn, []string{"resume", "autumn"}) {
		t.Errorf("%+v, %v, %q", s.Stop, err, goOn)
	}
	f.onceEach(f.Ledger)
}

// A file in another order is the same campaign, which takes the new order over behind the yes, and not before.
func TestDeskGoesOnWithAMovedFile(t *testing.T) {
	f := newFiled(t, autumn)
	f.sent(f.propose(campaign.ProposeNew, func(req *campaign.Request) { req.First = 2 }))
	before, err := f.Ledger.Campaign(t.Context(), "autumn")
	if err != nil {
		t.Fatal(err)
	}
	moved := slices.Clone(autumn)
	slices.Reverse(moved)
	f.write(moved)
	var p *campaign.Proposal
	for _, one := range []struct{ first, left int }{{3, 1}, {0, 3}} { // the first three of the plan, of whom two are dealt with
		p = f.propose(campaign.ProposeMoved, func(req *campaign.Request) { req.First = one.first })
		if p.Send.Messages() != one.left || p.Send.Rows[0] != 2 || !slices.Contains(p.Asking.Reasons(), campaign.AskPastFirst) {
			t.Errorf("--first %d: %d messages, of the rows %v, asked for %v", one.first, p.Send.Messages(), p.Send.Rows, p.Asking.Reasons())
		}
		if now, err := f.Ledger.Campaign(t.Context(), "autumn"); err != nil || now.File.SHA256 != before.File.SHA256 {
			t.Errorf("the order was taken over before the yes, %v", err)
		}
	}
	f.sent(p)
}

// Who has named a file goes on with that one: not with what another run has made of the campaign meanwhile.
func TestDeskGoesOnWithTheNamedFile(t *testing.T) {
	f := newFiled(t, autumn)
	f.sent(f.propose(campaign.ProposeNew, func(req *campaign.Request) { req.First = 2 }))
	one, two := f.propose(campaign.ProposeResume, plainly), f.propose(campaign.ProposeResume, plainly)
	named := f.path
	f.path = filepath.Join(t.TempDir(), "another.csv")
	f.write(append([]string{"+33612400006,Fay,F"}, autumn...))
	f.sent(f.propose(campaign.ProposeUpdate, func(req *campaign.Request) { req.Update, req.First = true, 1 }))
	_, err := one.CarryOut(t.Context(), one.Consent(), nil, campaign.Watch{})
	if r := f.refused(err, campaign.RefusedFileChanged); r.Changes.Departed != 1 {
		t.Errorf("%+v", r.Changes)
	}
	f.path = named
	update := f.propose(campaign.ProposeUpdate, func(req *campaign.Request) { req.Update = true })
	f.sent(update)
	_, err = two.CarryOut(t.Context(), two.Consent(), nil, campaign.Watch{})
	f.refused(err, campaign.RefusedFinished)
	f.onceEach(f.Ledger)
}

// A refusal takes no new order over: else the campaign would be of a file in whose order its rows do not stand.
func TestDeskRefusesAMovedFile(t *testing.T) {
	f := newFiled(t, autumn)
	f.sent(f.propose(campaign.ProposeNew, func(req *campaign.Request) { req.First = 2 }))
	all, stop := f.propose(campaign.ProposeResume, plainly), make(chan struct{})
	close(stop)
	if _, err := all.CarryOut(t.Context(), all.Consent(), stop, campaign.Watch{}); err != nil {
		t.Fatal(err)
	}
	before, err := f.Ledger.Campaign(t.Context(), "autumn")
	if err != nil || before.Limited || !before.FinishedAt.IsZero() {
		t.Fatalf("limited is %v, finished %v, %v", before.Limited, before.FinishedAt, err)
	}
	moved := slices.Clone(autumn)
	slices.Reverse(moved)
	f.write(moved)
	req := f.request()
	req.First = 2
	_, err = f.Send(t.Context(), req)
	f.refused(err, campaign.RefusedFirstDone)
	now, err := f.Ledger.Campaign(t.Context(), "autumn")
	if err != nil || !now.Limited || now.File.SHA256 != before.File.SHA256 {
		t.Errorf("limited is %v, the order was taken over: %v, %v", now.Limited, now.File.SHA256 != before.File.SHA256, err)
	}
	f.sent(f.propose(campaign.ProposeMoved, plainly))
}

// A lost ledger is made anew from the results, once a person has said yes.
func TestDeskRebuilds(t *testing.T) {
	f := newFiled(t, autumn)
	s := f.sent(f.propose(campaign.ProposeNew, func(req *campaign.Request) { req.First = 2 }))
	book, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "new.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	other := *f.Desk
	other.Ledger = book
	_, err = other.Send(t.Context(), f.request()) // the results know more than the ledger
	f.refused(err, campaign.RefusedLostLedger)
	req := f.request()
	req.Command, req.File, req.Results = "resume", "", s.Results.Path
	p, err := other.Rebuild(t.Context(), req)
	if err != nil || p.Kind != campaign.ProposeRebuild || p.Send.Messages() != 3 || !slices.Contains(p.Rebuild.Missing, "--send-window") {
		t.Fatalf("%+v, %v", p, err)
	}
	if _, err := book.Campaign(t.Context(), "autumn"); !errors.Is(err, ledger.ErrNoCampaign) {
		t.Fatalf("there is a campaign before the yes: %v", err)
	}
	if _, err = p.CarryOut(t.Context(), p.Consent(), nil, campaign.Watch{}); err != nil || len(f.server.Accepted()) != 5 {
		t.Errorf("%d were accepted, %v", len(f.server.Accepted()), err)
	}
	f.onceEach(book)
	_, err = other.Rebuild(t.Context(), req)
	f.refused(err, campaign.RefusedNotLost)

	text, err := os.ReadFile(s.Results.Path)
	if err != nil {
		t.Fatal(err)
	}
	tampered := filepath.Join(t.TempDir(), "winter.results.csv")
	if err := os.WriteFile(tampered, []byte(strings.Replace(string(text), "Bob", "Rob", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	req.Results, req.Campaign = tampered, "autumn"
	third := other
	if third.Ledger, err = sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "third.db")); err != nil {
		t.Fatal(err)
	}
	defer third.Ledger.Close()
	_, err = third.Rebuild(t.Context(), req)
	if r := f.refused(err, campaign.RefusedKeyMismatch); r.Row.Number != 3 {
		t.Errorf("row %d", r.Row.Number)
	}
}
