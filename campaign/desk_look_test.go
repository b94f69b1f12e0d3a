package campaign_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
	"kanal-campaign/kanal/sandbox"
)

// refusal holds that an error is the refusal of a code.
func refusal(t *testing.T, err error, code campaign.RefusalCode) *campaign.Refusal {
	t.Helper()
	var refused *campaign.Refusal
	if !errors.As(err, &refused) || refused.Code != code {
		t.Fatalf("got %v, want the refusal %s", err, code)
	}
	return refused
}

// refusesOne carries the campaign out while WhatsApp holds back the message to 33612300001.
func (d *desk) refusesOne() record.Campaign {
	d.t.Helper()
	d.refusing.Store(true)
	p := d.resume()
	s, err := p.CarryOut(d.t.Context(), p.Consent(), nil, campaign.Watch{})
	if err != nil || s.Tallies.Counts()[outcome.Rejected] != 1 {
		d.t.Fatalf("%+v, %v", s.Tallies, err)
	}
	return s.Campaign
}

// A person's history is every row and attempt of theirs, their opt-outs, and whether the ledger may have known more.
func TestDeskTellsAHistory(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	d.refusesOne()
	if err := d.ledger.RememberOptOuts(t.Context(), "56", []string{"33612300001"}, time.Now()); err != nil {
		t.Fatal(err)
	}
	of := func(digits string) campaign.History {
		t.Helper()
		h, err := d.History(t.Context(), number.Number{Digits: digits, Region: "FR"})
		if err != nil || h.Number != digits || h.Region != "FR" {
			t.Fatalf("%+v, %v", h, err)
		}
		return h
	}
	h := of("33612300001")
	if len(h.Entries) != 1 || len(h.OptOuts) != 1 || h.OptOuts[0].Account != "56" || h.Erased {
		t.Fatalf("%+v", h)
	}
	if e := h.Entries[0]; e.Campaign.Name != "spring" || e.Row.State.Status != outcome.Rejected || len(e.Attempts) != 1 ||
		e.Attempts[0].Cause != e.Row.State.Cause || e.Attempts[0].Run.Command != "resume" {
		t.Errorf("%+v", e)
	}
	f := d.forget(campaign.ForgetRequest{Number: "33612300001"})
	if _, err := f.CarryOut(t.Context(), f.Consent()); err != nil {
		t.Fatal(err)
	}
	if h := of("33612300001"); len(h.Entries) != 0 || len(h.OptOuts) != 1 || !h.Erased {
		t.Errorf("after it was forgotten: %+v", h)
	}
	if h := of("33612300002"); len(h.Entries) != 1 || h.Entries[0].Row.State.Status != outcome.Sent || len(h.OptOuts) != 0 {
		t.Errorf("another one's: %+v", h)
	}
}

func TestDeskVerifies(t *testing.T) {
	d := newFiled(t, autumn[:3])
	s := d.sent(d.propose(campaign.ProposeNew, plainly))
	verify := func(file string) campaign.Verification {
		t.Helper()
		v, err := d.Verify(t.Context(), s.Campaign, file)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := verify(""); !v.Holds() || v.Audit.Rows != 3 || v.Audit.Keys != 3 || v.Audit.Places != (record.Places{Rows: 3, Distinct: 3, Last: 3}) ||
		v.Beside != s.Results.Path || v.File != "" {
		t.Errorf("%+v", v)
	}
	if v := verify(s.Results.Path); !v.Holds() || v.Compared.Rows != 3 || v.Beside != "" {
		t.Errorf("with its results: %+v", v)
	}
	changed := filepath.Join(t.TempDir(), "spring.results.csv")
	if err := os.WriteFile(changed, []byte(strings.Replace(d.read(s.Results.Path), ",sent,", ",rejected,", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if v := verify(changed); v.Holds() || len(v.Compared.Found) != 1 || v.Compared.Found[0].Kind != record.Altered ||
		v.Compared.Found[0].Column != "status" || v.Compared.Found[0].Ledger != "sent" || v.Compared.Found[0].File != "rejected" {
		t.Errorf("with results that were changed: %+v", v.Compared)
	}
	other := filepath.Join(t.TempDir(), "other.csv")
	if err := os.WriteFile(other, []byte("phone\n1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := d.Verify(t.Context(), s.Campaign, other)
	if r := refusal(t, err, campaign.RefusedNotItsResults); r.Path != other || r.Code.Class() != campaign.CannotBeDone {
		t.Errorf("%+v", r)
	}
	db, err := sql.Open("sqlite", d.ledger.Path())
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec("UPDATE rows SET message_id = '' WHERE message_id <> ''")
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if v := verify(""); v.Holds() || len(v.Audit.Findings) == 0 {
		t.Errorf("with a row that was sent without an id: %+v", v.Audit)
	}
}

// Whoever looks while a run is at work knows less, and is told.
func TestDeskVerifiesBesideARun(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	release, err := d.ledger.Lock(t.Context(), "spring")
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if _, err := d.ledger.StartRun(t.Context(), record.Run{Campaign: "spring", Command: "resume", PID: 1}); err != nil {
		t.Fatal(err)
	}
	v, err := d.Verify(t.Context(), d.campaign, "")
	if err != nil || !v.Running {
		t.Errorf("%+v, %v", v, err)
	}
	status, err := d.Status(t.Context(), d.campaign)
	if err != nil || len(status) != 1 || status[0].Running.Command != "resume" || status[0].Tallies.Counts()[outcome.Pending] != 3 {
		t.Errorf("%+v, %v", status, err)
	}
}

// A selection of rows becomes an audience, and one of none a refusal that tells what there is.
func TestDeskWritesASelection(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	c := d.refusesOne()
	cause := string(kanal.CauseHeldBack)
	path := filepath.Join(t.TempDir(), "again.csv")
	pick := func(causes []string, statuses ...outcome.Status) (record.Selected, error) {
		return d.WriteSelection(t.Context(), c, record.Selection{Statuses: statuses, Causes: causes}, path)
	}
	_, err := pick([]string{"no-such-cause"}, outcome.Rejected)
	if r := refusal(t, err, campaign.RefusedPickedCause); r.Name != "no-such-cause" || !slices.Contains(r.Values, cause) ||
		len(r.Causes) != 1 || r.Causes[0].Cause != cause || r.Causes[0].Rows != 1 {
		t.Errorf("%+v", r)
	}
	_, err = pick([]string{cause}, outcome.Sent)
	if r := refusal(t, err, campaign.RefusedNonePicked); len(r.Causes) != 0 || strings.Join(r.Next[0], " ") != "status spring" {
		t.Errorf("%+v", r)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file was written for nobody: %v", err)
	}
	done, err := pick([]string{cause})
	if err != nil || done.Rows != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	if got := d.read(path); !strings.Contains(got, "33612300001") || strings.Count(got, "\n") != 2 {
		t.Errorf("the file reads %q", got)
	}
	if _, err := pick(nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file that is there: %v", err)
	}
	if files, err := d.ledger.Files(t.Context(), "spring"); err != nil || !slices.Contains(files, path) {
		t.Errorf("forget would not name it: %v, %v", files, err)
	}
}

// Find tells a campaign of the other ledger from one that nobody has.
func TestDeskFindsACampaignElsewhere(t *testing.T) {
	d := newDesk(t, 1, sandbox.Options{})
	_, err := d.Find(t.Context(), "winter")
	if r := refusal(t, err, campaign.RefusedCampaignUnknown); len(r.Campaigns) != 1 {
		t.Errorf("%+v", r)
	}
	d.Elsewhere = func(_ context.Context, name string) bool { return name == "winter" }
	_, err = d.Find(t.Context(), "winter")
	refusal(t, err, campaign.RefusedElsewhere)
	if c, err := d.Find(t.Context(), "spring"); err != nil || c.Name != "spring" {
		t.Errorf("%+v, %v", c, err)
	}
}
