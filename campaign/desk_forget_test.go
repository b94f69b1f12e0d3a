package campaign_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/kanal/sandbox"
)

// forget asks the desk to forget somebody of the bench.
func (d *desk) forget(req campaign.ForgetRequest) *campaign.Forgetting {
	d.t.Helper()
	f, err := d.Forget(d.t.Context(), req)
	if err != nil {
		d.t.Fatal(err)
	}
	return f
}

// rowsOf counts the rows that the ledger still knows of a person.
func (d *desk) rowsOf(digits string) int {
	d.t.Helper()
	rows, err := d.ledger.RowsOf(d.t.Context(), digits)
	if err != nil {
		d.t.Fatal(err)
	}
	return len(rows)
}

// logged writes a log beside the ledger, as a run of a campaign leaves one.
func (d *desk) logged(name, text string) (path string) {
	d.t.Helper()
	path = filepath.Join(d.LogFolder(), name)
	if err := os.MkdirAll(d.LogFolder(), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

func (d *desk) read(path string) string {
	d.t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(content)
}

func TestDeskForgetsAPerson(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	const other = `{"msg":"to 33612300002","campaign":"spring"}` + "\n"
	ours := d.logged("spring.log", other+`{"msg":"to +33 6 12 30 00 01"}`+"\n"+`{"phone":"33…01"}`+"\n")
	beside := d.logged("summer.log", `{"campaign":"summer","msg":"33612300001"}`+"\n")
	f := d.forget(campaign.ForgetRequest{Number: "33612300001"})
	if f.Rows() != 1 || len(f.Parts) != 1 || f.Parts[0].Rows[0].State.Status != outcome.Pending || f.Consent().Messages != 1 {
		t.Fatalf("%d rows in %d campaigns would be forgotten", f.Rows(), len(f.Parts))
	}
	if d.rowsOf("33612300001") != 1 || !strings.Contains(d.read(beside), "33612300001") {
		t.Fatal("it was forgotten before anybody said yes")
	}
	release, err := d.ledger.Lock(t.Context(), "summer") // which the person is in no row of
	if err != nil {
		t.Fatal(err)
	}
	done, err := f.CarryOut(t.Context(), f.Consent())
	if err != nil || done.Found.Rows() != 1 || len(done.InUse) != 1 || done.InUse[0] != beside {
		t.Fatalf("%+v, %v", done, err)
	}
	if got := d.read(ours); got != other+`{"msg":"forgotten"}`+"\n"+`{"phone":"…"}`+"\n" {
		t.Errorf("the log reads %s", got)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	f = d.forget(campaign.ForgetRequest{Number: "33612300001"})
	if done, err = f.CarryOut(t.Context(), f.Consent()); err != nil || f.Consent().Messages != 0 || len(done.InUse) != 0 {
		t.Fatalf("again: %+v, %v", done, err)
	}
	if d.rowsOf("33612300001") != 0 || strings.Contains(d.read(beside), "33612300001") {
		t.Error("something was not forgotten")
	}
	if s := d.carryOut(d.resume()); len(d.server.Accepted()) != 2 || s.Campaign.FinishedAt.IsZero() {
		t.Errorf("%d were sent of the two who are left", len(d.server.Accepted()))
	}
}

// Where the number stays, the command that shows it is told: that of a campaign, where there is one.
func TestDeskTellsWhereANumberStays(t *testing.T) {
	d := newDesk(t, 1, sandbox.Options{})
	for _, name := range []string{"spring", "declined"} {
		if err := d.Note(t.Context(), name, "/lists/33612300001.txt"); err != nil {
			t.Fatal(err)
		}
	}
	kept := map[string]string{}
	for _, k := range d.forget(campaign.ForgetRequest{Number: "33612300001"}).Kept {
		if !slices.Equal(k.Where, []campaign.KeptIn{campaign.KeptInFiles}) {
			t.Errorf("%s keeps it in %v", k.Campaign, k.Where)
		}
		kept[k.Campaign] = strings.Join(k.Look, " ")
	}
	if want := map[string]string{"spring": "status spring", "declined": ""}; !maps.Equal(kept, want) {
		t.Errorf("got %q, want %q", kept, want)
	}
}

// A yes is to the rows that were shown: where the person is in others by then, nothing is forgotten.
func TestDeskForgetsWhatWasShown(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	f := d.forget(campaign.ForgetRequest{Number: "33612300001"})
	d.carryOut(d.resume()) // so that the row is not what it was
	_, err := f.CarryOut(t.Context(), f.Consent())
	var stale *campaign.StaleError
	if !errors.As(err, &stale) || stale.Forgetting.Parts[0].Rows[0].State.Status != outcome.Sent {
		t.Fatalf("got %v", err)
	}
	if d.rowsOf("33612300001") != 1 {
		t.Fatal("it was forgotten without a yes")
	}
	if _, err := stale.Forgetting.CarryOut(t.Context(), stale.Forgetting.Consent()); err != nil || d.rowsOf("33612300001") != 0 {
		t.Errorf("%d rows are left, %v", d.rowsOf("33612300001"), err)
	}
}

// A yes that was given beforehand is not one to whatever is found again and again.
func TestDeskForgettingKeepsChanging(t *testing.T) {
	d := newDesk(t, 6, sandbox.Options{})
	f := d.forget(campaign.ForgetRequest{Number: "33612300001"})
	for i := range 4 {
		if refused := f.Asking().Refused(campaign.Answering{Yes: true}); refused != nil {
			t.Fatalf("refused after %d changes: %v", i, refused)
		}
		f.Digest[0]++ // as something else was found then
		var stale *campaign.StaleError
		if _, err := f.CarryOut(t.Context(), f.Consent()); !errors.As(err, &stale) {
			t.Fatal(err)
		}
		f = stale.Forgetting
	}
	for by, want := range map[campaign.Answering]bool{{Yes: true}: true, {Rehearsal: true}: true, {Person: true}: false} {
		if refused := f.Asking().Refused(by); (refused != nil && refused.Code == campaign.RefusedUnsteady) != want {
			t.Errorf("%+v: %v", by, refused)
		}
	}
}

// Nothing is forgotten under a run's hands, and who only looks at what would be keeps no run waiting.
func TestDeskForgetsBesideNoRun(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	f := d.forget(campaign.ForgetRequest{Number: "33612300001"})
	release, err := d.ledger.Lock(t.Context(), "spring")
	if err != nil {
		t.Fatal(err)
	}
	var refused *campaign.Refusal
	if _, err := f.CarryOut(t.Context(), f.Consent()); !errors.As(err, &refused) || refused.Code != campaign.RefusedForgetRunning {
		t.Errorf("carried out beside a run: %v", err)
	}
	if _, err := d.Forget(t.Context(), f.Request); !errors.As(err, &refused) || refused.Code != campaign.RefusedForgetRunning {
		t.Errorf("proposed beside a run: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if d.rowsOf("33612300001") != 1 {
		t.Error("it was forgotten")
	}
	if _, err := f.CarryOut(t.Context(), f.Consent()); err != nil || d.rowsOf("33612300001") != 0 {
		t.Errorf("%d rows are left, %v", d.rowsOf("33612300001"), err)
	}
}

// Whatever keeps the logs from being rewritten is told, with the command that goes on; the ledger has forgotten by then.
func TestDeskForgetsAgainAfterTheLogsFailed(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	if err := os.WriteFile(d.LogFolder(), nil, 0o600); err != nil { // no folder
		t.Fatal(err)
	}
	f := d.forget(campaign.ForgetRequest{Number: "33612300001"})
	var refused *campaign.Refusal
	if _, err := f.CarryOut(t.Context(), f.Consent()); !errors.As(err, &refused) || refused.Code != campaign.RefusedLogsKept ||
		refused.Code.Class() != campaign.CannotBeDone || strings.Join(refused.Next[0], " ") != "forget +33612300001" {
		t.Fatalf("got %v", err)
	}
	if _, unswept, err := d.ledger.Erased(t.Context()); err != nil || !unswept {
		t.Errorf("swept before it was whole: %v", err)
	}
	if err := os.Remove(d.LogFolder()); err != nil {
		t.Fatal(err)
	}
	f = d.forget(f.Request)
	if _, err := f.CarryOut(t.Context(), f.Consent()); err != nil {
		t.Fatal(err)
	}
	if _, unswept, err := d.ledger.Erased(t.Context()); err != nil || unswept {
		t.Errorf("it was not swept: %v", err)
	}
}

// Campaigns go by their last activity, once they are finished, with their logs.
func TestDeskForgetsOldCampaigns(t *testing.T) {
	d := newDesk(t, 3, sandbox.Options{})
	later := time.Now().Add(time.Hour)
	if f := d.forget(campaign.ForgetRequest{Before: later}); f.Rows() != 0 || len(f.Unfinished) != 1 {
		t.Errorf("%d rows of an unfinished campaign would be forgotten, %v stay", f.Rows(), f.Unfinished)
	}
	d.carryOut(d.resume())
	log := d.logged("spring.log", `{"campaign":"spring"}`+"\n")
	young := d.logged("other.log", `{"campaign":"other"}`+"\n")
	if f := d.forget(campaign.ForgetRequest{Before: time.Now().Add(-time.Hour)}); f.Consent().Messages != 0 {
		t.Errorf("%d rows would be forgotten of a campaign of today", f.Rows())
	}
	if err := os.Chtimes(young, later, later.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	f := d.forget(campaign.ForgetRequest{Before: later, OlderThan: "1d"})
	done, err := f.CarryOut(t.Context(), f.Consent())
	if err != nil || done.Found.Rows() != 3 || len(done.Reports) != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	for row, err := range d.ledger.Rows(t.Context(), d.campaign.ID) {
		if err != nil || row.ForgottenAt.IsZero() || row.Phone != "" {
			t.Errorf("a row reads %+v, %v", row, err)
		}
	}
	if _, err := os.Stat(log); err == nil {
		t.Error("its log is there")
	}
	if logs, err := os.ReadDir(d.LogFolder()); err != nil || len(logs) != 1 || logs[0].Name() != filepath.Base(young) { // nor that of the run
		t.Errorf("the logs are %v, %v", logs, err)
	}
	if words := f.Request.Words(); strings.Join(words, " ") != "forget --older-than 1d" {
		t.Errorf("the command: %q", words)
	}
}
