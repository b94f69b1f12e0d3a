package campaign

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal/sandbox"
)

// Forgotten is what forgetting has left.
type Forgotten struct {
	Found   *Forgetting // what was forgotten, and what stays
	Files   []string    // that were read or written, are still there, and may hold what was forgotten
	InUse   []string    // logs, and rehearsals' records, of campaigns that are being run: they keep it
	Reports []Command   // that write results anew
}

// CarryOut erases what was found, in the ledger, in what lies beside it, and in the bytes of its files. It returns a *StaleError,
// with what would be forgotten now, where that is not what the consent is to. After any other error it may be asked for again.
func (f *Forgetting) CarryOut(ctx context.Context, consent Consent) (*Forgotten, error) {
	now := f.desk.forgetting(f.Request)
	done := &Forgotten{Found: now}
	return done, now.underLocks(ctx, func() error {
		if now.Digest != consent.Digest {
			now.changed = f.changed + 1
			return &StaleError{Forgetting: now}
		}
		return done.erase(ctx)
	})
}

func (f *Forgotten) erase(ctx context.Context) error {
	changed, err := f.eraseRows(ctx)
	if err != nil {
		return err
	}
	again := []Command{f.Found.desk.Command(f.Found.Request.Words()...)}
	if err := f.eraseBeside(ctx); err != nil {
		return &Refusal{Code: RefusedLogsKept, Err: err, Next: again}
	}
	// What a process erased that died before it could sweep is swept, too.
	if _, unswept, err := f.Found.desk.Ledger.Erased(ctx); err != nil {
		return err
	} else if changed || unswept {
		if err := f.Found.desk.Ledger.Sweep(ctx); err != nil {
			return &Refusal{Code: RefusedUnswept, Err: err, Next: again}
		}
	}
	return f.listFiles(ctx)
}

// eraseRows erases in the ledger. It reports whether there was anything.
func (f *Forgotten) eraseRows(ctx context.Context) (changed bool, err error) {
	e := ledger.Erasure{What: "a number", Person: f.Found.desk.Runner.Person, Computer: f.Found.desk.Runner.Computer}
	if f.Found.person != "" {
		var rows []record.Row
		for _, part := range f.Found.Parts {
			rows = append(rows, part.Rows...)
		}
		return f.Found.desk.Ledger.ForgetRows(ctx, rows, f.Found.Tests, f.Found.trace.Redact, e)
	}
	if len(f.Found.Parts)+len(f.Found.Tests) == 0 {
		return false, nil
	}
	e.What = "campaigns without activity since " + f.Found.Request.Before.Format(time.DateOnly)
	var ids []int64
	for _, part := range f.Found.Parts {
		ids = append(ids, part.Campaign.ID)
	}
	return true, f.Found.desk.Ledger.ForgetCampaigns(ctx, ids, f.Found.Tests, e)
}

// listFiles lists the files outside of the ledger that hold, or may hold, rows of the campaigns, as far as it knows them: what
// was read and written for them, and in each of their folders their results, problems and reports.
func (f *Forgotten) listFiles(ctx context.Context) error {
	for _, part := range f.Found.Parts {
		c := part.Campaign
		noted, err := f.Found.desk.Ledger.Files(ctx, c.Name)
		if err != nil {
			return err
		}
		for _, path := range f.Found.desk.place(c.OutDir, c.Name).Files(append(filesNamed(c), noted...)) {
			if !slices.Contains(f.Files, path) {
				f.Files = append(f.Files, path)
			}
		}
		f.Reports = append(f.Reports, f.Found.desk.Command("report", c.Name))
		// Drafts of results that dead processes left: nothing is lost where they stay.
		_ = record.Writable(ctx, f.Found.desk.Ledger, c.Name, c.OutDir)
	}
	return nil
}

// eraseBeside takes people out of what lies beside the ledger: what the sandbox has accepted, and the logs.
func (f *Forgotten) eraseBeside(ctx context.Context) error {
	var rehearsed []string
	for _, part := range f.Found.Parts {
		rehearsed = append(rehearsed, part.Campaign.Name)
	}
	if f.Found.person != "" { // with an old campaign goes what was accepted of its tests; another's is of people who stay
		for _, t := range f.Found.Tests {
			rehearsed = append(rehearsed, t.Run.Campaign)
		}
	}
	for _, name := range rehearsed {
		if err := f.eraseFile(ctx, name, f.Found.desk.RehearsalTruth(name), f.Found.unaccepted()); err != nil {
			return err
		}
	}
	logs, err := os.ReadDir(f.Found.desk.LogFolder())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range logs {
		if entry.IsDir() || filepath.Ext(entry.Name()) != ".log" {
			continue
		}
		path := filepath.Join(f.Found.desk.LogFolder(), entry.Name())
		name, err := campaignOfLog(path)
		if err != nil {
			return err
		}
		if f.Found.person == "" {
			info, err := entry.Info()
			if err != nil {
				return err
			}
			if !f.Found.forgets(name) && !info.ModTime().Before(f.Found.Request.Before) {
				continue
			}
		}
		if err := f.eraseFile(ctx, name, path, f.Found.unlogged()); err != nil {
			return err
		}
	}
	return nil
}

// forgets reports whether rows of a campaign of that name are forgotten.
func (f *Forgetting) forgets(name string) bool {
	return slices.ContainsFunc(f.Parts, func(p ForgetPart) bool { return p.Campaign.Name == name })
}

// eraseFile takes people out of one file that a campaign's runs write: a person out of its lines, and with old campaigns the
// whole file. One that would have to be changed while another process is at work on the campaign is noted, and stays.
func (f *Forgotten) eraseFile(ctx context.Context, campaign, path string, edit func(line []byte) []byte) error {
	erase := func() error { return rewriteLines(path, edit) }
	if f.Found.person == "" {
		erase = func() error { return os.Remove(path) }
	}
	found, err := anyLine(path, func(line []byte) bool { return f.Found.person == "" || !bytes.Equal(edit(line), line) })
	if errors.Is(err, fs.ErrNotExist) || err == nil && !found && f.Found.person != "" {
		return nil
	}
	if err != nil {
		return err
	}
	if f.Found.held[campaign] != nil || campaign == "" {
		return erase()
	}
	release, err := f.Found.desk.Ledger.Lock(ctx, campaign)
	if errors.As(err, new(*record.RunningError)) {
		if !slices.Contains(f.InUse, path) {
			f.InUse = append(f.InUse, path)
		}
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(erase(), release())
}

// unaccepted leaves out the lines of what the sandbox has accepted that are of the person.
func (f *Forgetting) unaccepted() func(line []byte) []byte {
	return func(line []byte) []byte {
		var a sandbox.Acceptance
		if err := json.Unmarshal(line, &a); err == nil && number.Canonical(a.Number) == f.person || f.trace.In(string(line)) {
			return nil
		}
		return line
	}
}

// forgottenLine stands in a log for a line that named a person who was forgotten.
const forgottenLine = `{"msg":"forgotten"}` + "\n"

// unlogged takes the person out of a line of a log. Another person whose number is masked alike loses the mask as well.
func (f *Forgetting) unlogged() func(line []byte) []byte {
	phones := []string{f.Request.Number, f.person}
	for _, part := range f.Parts {
		for _, row := range part.Rows {
			phones = append(phones, row.Phone)
		}
	}
	var pairs []string
	for _, phone := range phones {
		if phone != "" {
			pairs = append(pairs, `"phone":"`+number.Mask(phone)+`"`, `"phone":"…"`)
		}
	}
	unmask := strings.NewReplacer(pairs...)
	return func(line []byte) []byte {
		if f.trace.In(string(line)) {
			return []byte(forgottenLine)
		}
		return []byte(unmask.Replace(string(line)))
	}
}

// campaignOfLog reads from a log's first line whose it is; "" when it does not tell.
func campaignOfLog(path string) (string, error) {
	var first struct {
		Campaign string `json:"campaign"`
	}
	_, err := anyLine(path, func(line []byte) bool {
		_ = json.Unmarshal(line, &first) // a line that was torn by a crash tells nothing
		return true
	})
	return first.Campaign, err
}
