package campaign

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/record"

	"kanal-campaign/campaign/text"
)

// ForgetRequest names who is to be forgotten: a person, or everybody in the finished campaigns in which nothing has happened for
// a time.
type ForgetRequest struct {
	Number     string    // digits; "" where campaigns are forgotten by their age
	Before     time.Time // of campaigns: their last activity lies before
	OlderThan  string    // the age as it was asked for, for commands
	DoubtDelay time.Duration
}

var age = text.Pattern(`^([0-9]{1,4}) ?(d|w|m|y)$`)

// ParseAge returns the time that lies an age such as 90d, 18m or 3y back; known is false for a text that is no age.
func ParseAge(now time.Time, text string) (then time.Time, known bool) {
	match := age().FindStringSubmatch(strings.ToLower(strings.TrimSpace(text)))
	if match == nil {
		return now, false
	}
	n, _ := strconv.Atoi(match[1]) // four digits
	switch match[2] {
	case "d":
		return now.AddDate(0, 0, -n), true
	case "w":
		return now.AddDate(0, 0, -7*n), true
	case "m":
		return now.AddDate(0, -n, 0), true
	}
	return now.AddDate(-n, 0, 0), true
}

// Words are those of a command that asks for the same.
func (r ForgetRequest) Words() []string {
	if r.Number != "" {
		return []string{"forget", "+" + r.Number}
	}
	return []string{"forget", "--older-than", r.OlderThan}
}

// Forgetting is what would be forgotten, and what stays, in facts. Nothing is erased, and no lock is held.
type Forgetting struct {
	Request ForgetRequest
	Parts   []ForgetPart
	Tests   []record.TestSent // messages to the user's own number
	Others  []ForgetPart      // rows of other people that mention the number; they stay
	Kept    []ForgetKept      // where the number stands in campaigns as a whole; that stays
	// Unfinished are the names of campaigns that are as old, and stay because they are not finished.
	Unfinished []string
	Digest     [sha256.Size]byte // of what a person says yes to

	changed int // how often it has, since it was proposed first

	desk   *Desk
	person string // canonical digits; "" for campaigns by their age
	trace  number.Trace
	held   map[string]func() error // the locks, by campaign
}

// ForgetPart is what one campaign loses.
type ForgetPart struct {
	Campaign record.Campaign
	Rows     []record.Row // of one person; nil when all go
	Count    int
}

// ForgetKept is where the number stands in what tells a campaign as a whole, which no forgetting changes: its name is part of
// every key, and its message is what everybody else was sent.
type ForgetKept struct {
	Campaign string   // its name
	Where    []KeptIn // each once
	Look     Command  // shows it; empty when there is none
}

// KeptIn is a code for where a number stands in what tells a campaign as a whole.
type KeptIn string

// The places in which a number stays.
const (
	KeptInName    KeptIn = "name"
	KeptInMessage KeptIn = "message"
	KeptInColumns KeptIn = "columns" // or flags
	KeptInFiles   KeptIn = "files"   // their names
)

// Rows is how many rows are forgotten.
func (f *Forgetting) Rows() (n int) {
	for _, part := range f.Parts {
		n += part.Count
	}
	return n
}

// Asking decides whether a person is asked before it is forgotten.
func (f *Forgetting) Asking() Asking {
	return Asking{Messages: f.Consent().Messages, Unconfirmed: true, Changed: f.changed}
}

// Consent is the yes to it. There is nothing to ask about where it counts none.
func (f *Forgetting) Consent() Consent {
	return Consent{Digest: f.Digest, Messages: f.Rows() + len(f.Tests)}
}

// Forget finds who would be forgotten, as it is with nobody at work on the campaigns concerned: what dead processes left open is
// closed, and what they had only prepared is dropped. A campaign that is being run is a *Refusal.
func (d *Desk) Forget(ctx context.Context, req ForgetRequest) (*Forgetting, error) {
	if err := d.Ledger.Verify(ctx); err != nil {
		return nil, err
	}
	f := d.forgetting(req)
	return f, f.underLocks(ctx, func() error { return nil })
}

func (d *Desk) forgetting(req ForgetRequest) *Forgetting {
	f := &Forgetting{Request: req, desk: d, held: map[string]func() error{}}
	if req.Number != "" {
		f.person, f.trace = number.Canonical(req.Number), number.TraceOf(req.Number)
	}
	return f
}

// underLocks does the work on what it finds while it holds every campaign concerned: nobody sends, or plans, meanwhile.
func (f *Forgetting) underLocks(ctx context.Context, work func() error) error {
	defer func() {
		for _, release := range f.held {
			_ = release() // as the end of the process does
		}
		clear(f.held)
	}()
	for {
		if err := f.find(ctx); err != nil {
			return err
		}
		free := slices.DeleteFunc(slices.Clone(f.Parts), func(p ForgetPart) bool { return f.held[p.Campaign.Name] != nil })
		if len(free) == 0 { // it was found with nobody at work on it
			return work()
		}
		for _, part := range free {
			if err := f.lock(ctx, part.Campaign); err != nil {
				return err
			}
		}
	}
}

func (f *Forgetting) lock(ctx context.Context, c record.Campaign) error {
	l := f.desk.Ledger
	if f.held[c.Name] == nil {
		release, err := l.Lock(ctx, c.Name)
		if errors.As(err, new(*record.RunningError)) {
			return &Refusal{Code: RefusedForgetRunning, Campaign: c}
		}
		if err != nil {
			return err
		}
		f.held[c.Name] = release
		if err := l.DropStaged(ctx, c.Name); err != nil {
			return err
		}
	}
	_, err := l.Abandon(ctx, c.ID, f.Request.DoubtDelay)
	return err
}

// find finds what would be forgotten now, and makes the digest of it.
func (f *Forgetting) find(ctx context.Context) error {
	f.Parts, f.Others, f.Kept, f.Unfinished = nil, nil, nil, nil
	find := f.findOld
	if f.person != "" {
		find = f.findPerson
	}
	if err := find(ctx); err != nil {
		return err
	}
	var facts []any
	for _, part := range f.Parts {
		facts = append(facts, part.Campaign.ID, part.Count)
		for _, row := range part.Rows {
			facts = append(facts, row.ID, row.State.Status)
		}
	}
	for _, t := range f.Tests {
		facts = append(facts, t.Run.ID)
	}
	sum, err := json.Marshal(facts)
	f.Digest = sha256.Sum256(sum)
	return err
}

// findPerson finds the rows of the person, by campaign, and wherever else the number stands.
func (f *Forgetting) findPerson(ctx context.Context) error {
	own, others, err := f.desk.Ledger.Find(ctx, f.person, f.trace.In)
	if err != nil {
		return err
	}
	campaigns, err := f.desk.Ledger.CampaignsByID(ctx)
	if err != nil {
		return err
	}
	f.Parts, f.Others = partsOf(own, campaigns), partsOf(others, campaigns)
	if f.Tests, err = f.desk.testsTo(ctx, f.person); err != nil {
		return err
	}
	return f.findKept(ctx)
}

func partsOf(rows []record.Row, campaigns map[int64]record.Campaign) (parts []ForgetPart) {
	for _, row := range rows {
		if n := len(parts); n == 0 || parts[n-1].Campaign.ID != row.CampaignID {
			parts = append(parts, ForgetPart{Campaign: campaigns[row.CampaignID]})
		}
		last := &parts[len(parts)-1]
		last.Rows, last.Count = append(last.Rows, row), last.Count+1
	}
	return parts
}

// testsTo returns the tests that went to a person, given as canonical digits.
func (d *Desk) testsTo(ctx context.Context, person string) ([]record.TestSent, error) {
	tests, err := d.Ledger.Tests(ctx)
	return slices.DeleteFunc(tests, func(t record.TestSent) bool { return t.Run.Tested != person }), err
}

// findOld finds the finished campaigns in which nothing has happened since, and the tests that are as old.
func (f *Forgetting) findOld(ctx context.Context) error {
	l := f.desk.Ledger
	tests, err := l.Tests(ctx)
	if err != nil {
		return err
	}
	f.Tests = slices.DeleteFunc(tests, func(t record.TestSent) bool { return !t.Run.StartedAt.Before(f.Request.Before) || !t.Tells() })
	all, err := l.Campaigns(ctx)
	if err != nil {
		return err
	}
	for _, c := range slices.Backward(all) {
		last, err := l.LastActivity(ctx, c)
		if err != nil {
			return err
		}
		if !last.Before(f.Request.Before) {
			continue
		}
		tallies, err := l.Tallies(ctx, c.ID)
		whole := Tallies(tallies).Rows() - Tallies(tallies).Forgotten()
		switch {
		case err != nil:
			return err
		case whole == 0:
		case c.FinishedAt.IsZero():
			f.Unfinished = append(f.Unfinished, c.Name)
		default:
			f.Parts = append(f.Parts, ForgetPart{Campaign: c, Count: whole})
		}
	}
	return nil
}

// findKept finds the number in what tells campaigns as a whole.
func (f *Forgetting) findKept(ctx context.Context) error {
	campaigns, err := f.desk.Ledger.Campaigns(ctx)
	if err != nil {
		return err
	}
	looks := map[string]Command{}
	for _, c := range campaigns {
		settings := c.Settings
		settings.Suppress, settings.Holidays = nil, ""
		columns, err := json.Marshal([]any{c.File.Header, c.Fields, settings})
		if err != nil {
			return err
		}
		look := f.desk.Command("status", c.Name)
		looks[c.Name] = look
		f.keep(c.Name, KeptInName, look, c.Name)
		f.keep(c.Name, KeptInMessage, look, c.Title, string(c.Message))
		f.keep(c.Name, KeptInColumns, look, string(columns))
		f.keep(c.Name, KeptInFiles, look, append(filesNamed(c), c.OutDir, c.Settings.Holidays)...)
	}
	named, err := f.desk.Ledger.NamedFiles(ctx)
	for _, one := range named { // of which there need be no campaign
		f.keep(one.Campaign, KeptInName, looks[one.Campaign], one.Campaign)
		f.keep(one.Campaign, KeptInFiles, looks[one.Campaign], one.Path)
	}
	return err
}

// keep notes that a campaign keeps the number in a place, where one of the texts has it.
func (f *Forgetting) keep(campaign string, where KeptIn, look Command, texts ...string) {
	if !slices.ContainsFunc(texts, f.trace.In) {
		return
	}
	i := slices.IndexFunc(f.Kept, func(k ForgetKept) bool { return k.Campaign == campaign })
	if i < 0 {
		i = len(f.Kept)
		f.Kept = append(f.Kept, ForgetKept{Campaign: campaign, Look: look})
	}
	if k := &f.Kept[i]; !slices.Contains(k.Where, where) {
		k.Where = append(k.Where, where)
	}
}

// filesNamed are the files that were read for a campaign, as it tells itself.
func filesNamed(c record.Campaign) []string {
	paths := []string{c.File.Path, c.RebuiltFrom}
	for _, list := range c.Settings.Suppress {
		paths = append(paths, list.Path)
	}
	return paths
}
