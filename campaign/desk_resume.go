package campaign

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
)

// Resume proposes to go on with an unfinished campaign, from the ledger alone: the one that is named, or the only one.
func (d *Desk) Resume(ctx context.Context, req Request) (*Proposal, error) {
	c, err := d.find(ctx, &req)
	if err != nil {
		return nil, err
	}
	// What is written to another place is noted first: in a ledger that is whole.
	return d.proposeFrom(ctx, &req, req.OutDir == "", func(ctx context.Context) (*Proposal, error) {
		if !c.FinishedAt.IsZero() {
			return nil, d.Finished(ctx, c, req)
		}
		was, now, err := d.reconnect(ctx, c, req.Message, req.Timeout)
		if err != nil {
			return nil, err
		}
		if err := d.Place(ctx, &c, req); err != nil {
			return nil, err
		}
		req.takeTimes(&c.Settings)
		lists, err := d.readLists(ctx, &c, req)
		if err != nil {
			return nil, err
		}
		return d.proposeResume(ctx, req, d.Ledger, c, was, now, lists, 0)
	})
}

// Find returns a campaign by its name. One that the ledger does not have is a *Refusal.
func (d *Desk) Find(ctx context.Context, name string) (record.Campaign, error) {
	c, err := d.Ledger.Campaign(ctx, name)
	if !errors.Is(err, ledger.ErrNoCampaign) {
		return c, err
	}
	if d.Elsewhere != nil && d.Elsewhere(ctx, name) {
		return c, &Refusal{Code: RefusedElsewhere, Name: name}
	}
	all, err := d.Ledger.Campaigns(ctx)
	if err != nil {
		return c, err
	}
	return c, &Refusal{Code: RefusedCampaignUnknown, Name: name, Campaigns: all}
}

// find finds the campaign of a request, and names it there.
func (d *Desk) find(ctx context.Context, req *Request) (record.Campaign, error) {
	if req.Campaign != "" {
		return d.Find(ctx, req.Campaign)
	}
	all, err := d.Ledger.Campaigns(ctx)
	if err != nil {
		return record.Campaign{}, err
	}
	unfinished := slices.DeleteFunc(all, func(c record.Campaign) bool { return !c.FinishedAt.IsZero() })
	switch len(unfinished) {
	case 0:
		return record.Campaign{}, &Refusal{Code: RefusedNoneUnfinished, Next: []Command{d.Command("status")}}
	case 1:
		req.Campaign = unfinished[0].Name
		return unfinished[0], nil
	}
	words := []string{"resume", "CAMPAIGN"}
	if req.First > 0 {
		words = append(words, "--first", strconv.Itoa(req.First))
	}
	status, err := d.Status(ctx, unfinished...)
	if err != nil {
		return record.Campaign{}, err
	}
	return record.Campaign{}, &Refusal{Code: RefusedSeveralUnfinished, Status: status, Next: []Command{d.Command(words...)}}
}

// Finished is the refusal of a campaign that is over.
func (d *Desk) Finished(ctx context.Context, c record.Campaign, req Request) error {
	tallies, err := d.Ledger.Tallies(ctx, c.ID)
	if err != nil {
		return err
	}
	refused := &Refusal{Code: RefusedFinished, Campaign: c, Tallies: tallies}
	if d.Rehearsal {
		refused.Other, err = d.overAgain(req, c)
	} else {
		refused.Other, err = d.asOther(ctx, req, c, "--again")
	}
	if err != nil {
		return err
	}
	if req.Lists.Lift {
		refused.Count = Tallies(tallies).LeftOutFor(outcome.CauseSuppressed)
	}
	if refused.Count > 0 {
		words := append(req.UpdateWords(c, cmp.Or(req.File, c.FilePath())), req.firstWords()...)
		if req.File == "" {
			words = append(words, "--campaign", c.Name)
		}
		refused.Next = []Command{d.Command(words...)}
	}
	return refused
}

// Place makes sure, before anything is sent, that the results can be written: where the campaign's are, or from now on where the
// request says.
func (d *Desk) Place(ctx context.Context, c *record.Campaign, req Request) error {
	if req.OutDir != "" {
		dir, err := OutDir(req.OutDir)
		if err != nil {
			return err
		}
		// That of an earlier version's run was not noted.
		if err := d.Note(ctx, c.Name, d.place(c.OutDir, c.Name).Results()); err != nil {
			return err
		}
		c.OutDir = dir
	}
	if err := d.Writable(ctx, c.Name, c.OutDir); err != nil {
		return err
	}
	return d.notBehindResults(ctx, *c, req)
}

// OutDir is a folder for results, as an absolute path. One that is not there is a *Refusal.
func OutDir(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", &Refusal{Code: RefusedOutDirMissing, Path: dir}
	}
	return dir, nil
}

// Writable is a *Refusal when no file of the campaign can be written into dir.
func (d *Desk) Writable(ctx context.Context, campaign, dir string) error {
	err := record.Writable(ctx, d.Ledger, campaign, dir)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return &Refusal{Code: RefusedUnwritable, Path: dir, Err: err}
}

// notBehindResults refuses a campaign whose results tell of more attempts than its ledger: it is an older copy, put back, and
// would send again what the newer one has sent.
func (d *Desk) notBehindResults(ctx context.Context, c record.Campaign, req Request) error {
	if d.Rehearsal || req.ContinueEarlier {
		return nil
	}
	path := d.place(c.OutDir, c.Name).Results()
	told, keys, err := record.AttemptedIn(path, audience.Options{Delimiter: c.File.Dialect.Delimiter})
	if err != nil {
		return err
	}
	tallies, err := d.Ledger.Tallies(ctx, c.ID)
	known := Tallies(tallies).Attempts()
	if err != nil || told <= known {
		return err
	}
	if ours, err := d.Ledger.HasKey(ctx, c.ID, keys); err != nil || !ours {
		return err
	}
	return &Refusal{Code: RefusedOldLedger, Path: path, Count: told - known,
		Next: []Command{{"resume", "--from", path, "--ledger", "NEW.db"}}}
}

// readLists reads the lists of a campaign whose plan is known, those of the request or else those that it remembers. It refuses
// where it cannot be told whether somebody is on one.
func (d *Desk) readLists(ctx context.Context, c *record.Campaign, req Request) (*Lists, error) {
	lists, err := ReadLists(&c.Settings, req.Lists)
	if err != nil || lists == nil {
		return nil, err
	}
	for person, err := range d.Ledger.Sendable(ctx, c.ID) {
		if err != nil {
			return nil, err
		}
		if person.State.Status == outcome.Pending {
			lists.Ask(person.Number, person.Person)
		}
	}
	return lists, lists.Answer()
}

// proposeResume makes the proposal, of rows in the order of a file. run is the run that is under way, or 0.
func (d *Desk) proposeResume(ctx context.Context, req Request, rows filedRows, c record.Campaign, was, now message.Message, lists *Lists, run int64,
) (*Proposal, error) {
	version, err := d.Ledger.Version(ctx)
	if err != nil {
		return nil, err
	}
	latest, err := d.Ledger.Latest(ctx)
	if err != nil {
		return nil, err
	}
	reach, err := d.reachOfFirst(ctx, req, rows, c)
	if err != nil {
		return nil, err
	}
	sel, err := d.Select(ctx, selectFrom{Rows: rows.Sendable(ctx, c.ID), Campaign: c, OnLists: lists.Has, Reach: reach})
	if err != nil {
		return nil, err
	}
	if req.First > 0 && req.Command == "send" && sel.Messages() == 0 && sel.Beyond > 0 {
		return nil, d.firstDone(ctx, req, c, sel)
	}
	p := &Proposal{Kind: ProposeResume, Request: req, Campaign: c, From: d.Account(), APIURL: d.client.BaseURL(), Was: was, Now: now,
		Send: sel, AsOf: time.Now(), desk: d, lists: lists, version: version}
	p.Window = sel.Window.Forecast(sel.Messages(), req.Rate, p.AsOf)
	if p.Hours, err = d.judgeHours(ctx, c.Settings, sel.Countries.Found, req.Given["holidays"]); err != nil {
		return nil, err
	}
	p.Hours.GoesOn = req.Command == "send"
	if p.Earlier, err = d.earlier(ctx, c, latest, run); err != nil {
		return nil, err
	}
	if req.Lists.Lift {
		p.Lifted = Tallies(p.Earlier.Tallies).LeftOutFor(outcome.CauseSuppressed)
	}
	if p.tried, err = d.tried(ctx, c, lists); err != nil {
		return nil, err
	}
	p.Asking = Asking{Messages: sel.Messages(), People: sel.People, Hours: p.Hours, TextChanged: !now.Same(was),
		PastFirst: sel.PastFirst, PlanAge: latest.Sub(c.ConfirmedAt), Unconfirmed: p.tried+sel.Messages() > c.Confirmed}
	return p, p.seal()
}

// mostDoubtRows is how many rows in old doubt are told.
const mostDoubtRows = 3

// earlier tells what earlier runs did; the one that is under way, by its id, is none.
func (d *Desk) earlier(ctx context.Context, c record.Campaign, now time.Time, running int64) (e Earlier, err error) {
	runs, err := d.Ledger.Runs(ctx, c.Name)
	if err != nil {
		return e, err
	}
	for _, run := range runs {
		if run.ID != running && !sentNothing(run) {
			e.LastRun = run
		}
	}
	if e.Tallies, err = d.Ledger.Tallies(ctx, c.ID); err != nil {
		return e, err
	}
	if e.Tallies.Looked()[outcome.Unknown] == 0 {
		return e, nil
	}
	for row, err := range d.Ledger.InDoubt(ctx, c.ID) {
		if err != nil {
			return e, err
		}
		if !row.Gone && row.State.Abandon().Due(now) {
			continue
		}
		e.OldDoubts++
		if len(e.DoubtRows) < mostDoubtRows {
			e.DoubtRows = append(e.DoubtRows, row)
		}
	}
	return e, nil
}

// sentNothing reports whether a run ended before it could send.
func sentNothing(run record.Run) bool {
	return run.Stopped == StoppedNothing || run.Stopped == StoppedDeclined || run.Stopped == StoppedCheck ||
		run.Command == record.TestCommand
}

// firstDone refuses to go beyond the first people of the plan, of whom nothing is left to do: this command was to stop there.
func (d *Desk) firstDone(ctx context.Context, req Request, c record.Campaign, sel *Selection) (err error) {
	if !c.Limited {
		known, err := d.Ledger.Campaign(ctx, c.Name) // c may be as a moved file has it, which is not taken over
		if err != nil {
			return err
		}
		known.OutDir, known.Settings.Suppress = c.OutDir, c.Settings.Suppress
		req.takeTimes(&known.Settings)
		if _, err = d.Ledger.KeepToFirst(ctx, known, nil, true); err != nil {
			return err
		}
		c.Limited = true
	}
	refused := &Refusal{Code: RefusedFirstDone, Campaign: c,
		First: &FirstDone{First: req.First, Update: req.Update, Beyond: sel.Beyond}}
	if refused.Tallies, err = d.Ledger.Tallies(ctx, c.ID); err != nil {
		return err
	}
	if refused.First.Left, err = d.PartLeft(ctx, c); err != nil {
		return err
	}
	next, err := d.ResumeCommand(ctx, c, refused.First.Left)
	refused.Next = []Command{next}
	return errors.Join(err, refused)
}

// reachOfFirst tells how far --first lets a run go on with its campaign. send means the first people of the plan, whatever came of
// them; resume, and an update that was taken over already, the next people: as long as some of a part that --first has begun are
// left, nobody beyond them.
func (d *Desk) reachOfFirst(ctx context.Context, req Request, rows filedRows, c record.Campaign) (*Reach, error) {
	if req.First == 0 {
		return nil, nil
	}
	reach := &Reach{Next: req.First, Limited: c.Limited}
	if req.plansFirst() {
		var err error
		reach.Plan = true
		reach.Through, reach.More, err = rows.FirstPlanned(ctx, c, req.First)
		return reach, err
	}
	left, err := d.PartLeft(ctx, c)
	reach.Part = left > 0 || req.Update && c.Limited
	return reach, err
}

// PartLeft is how many messages are left of the part to which --first keeps a campaign; 0 where it keeps it to none.
func (d *Desk) PartLeft(ctx context.Context, c record.Campaign) (int, error) {
	if !c.Limited {
		return 0, nil
	}
	return d.left(ctx, c, func(person ledger.Recipient) bool { return person.Part != ledger.NoPart })
}

// left counts the messages of some rows that a run could send now.
func (d *Desk) left(ctx context.Context, c record.Campaign, of func(ledger.Recipient) bool) (int, error) {
	sel, err := d.selectOf(ctx, c, nil, d.Ledger.Sendable(ctx, c.ID), of)
	if err != nil {
		return 0, err
	}
	return sel.Messages(), nil
}

// tried counts the people who need no further yes: who were messaged or refused, or are in doubt past any retry.
func (d *Desk) tried(ctx context.Context, c record.Campaign, lists *Lists) (int, error) {
	tallies, err := d.Ledger.Tallies(ctx, c.ID)
	if err != nil {
		return 0, err
	}
	counts := Tallies(tallies).Counts()
	n := counts.Accepted() + counts[outcome.Rejected] + counts[outcome.Unknown]
	if counts[outcome.Unknown] == 0 {
		return n, nil
	}
	doubts, err := d.dueDoubts(ctx, c, lists, nil)
	return n - doubts, err
}

// dueDoubts counts the rows in doubt that a run tries again by itself; only those of the ids, unless they are nil.
func (d *Desk) dueDoubts(ctx context.Context, c record.Campaign, lists *Lists, ids map[int64]bool) (int, error) {
	sel, err := d.selectOf(ctx, c, lists, d.Ledger.Doubts(ctx, c.ID), func(person ledger.Recipient) bool {
		return ids == nil || ids[person.ID]
	})
	if err != nil {
		return 0, err
	}
	return sel.Doubts, nil
}

// selectOf is the selection of some of the rows alone.
func (d *Desk) selectOf(ctx context.Context, c record.Campaign, lists *Lists, rows iter.Seq2[ledger.Recipient, error],
	of func(ledger.Recipient) bool) (*Selection, error) {
	return d.Select(ctx, selectFrom{Campaign: c, OnLists: lists.Has, Rows: func(yield func(ledger.Recipient, error) bool) {
		for person, err := range rows {
			if (err != nil || of(person)) && !yield(person, err) {
				return
			}
		}
	}})
}

// pending counts the rows of a campaign that are not sent yet.
func (d *Desk) pending(ctx context.Context, campaignID int64) (int, error) {
	tallies, err := d.Ledger.Tallies(ctx, campaignID)
	n := 0
	for _, t := range tallies {
		if t.Status == outcome.Pending && !t.Gone {
			n += t.Rows
		}
	}
	return n, err
}

// ResumeCommand is the command that goes on with a campaign, with as many people as the daily cap leaves, and with no more than
// rest where that is not 0.
func (d *Desk) ResumeCommand(ctx context.Context, c record.Campaign, rest int) (Command, error) {
	part, err := d.partWords(ctx, c, rest)
	return d.Command(append([]string{"resume", c.Name}, part...)...), err
}

// partWords spell the flag that keeps a run of a campaign to these; nothing when that is all.
func (d *Desk) partWords(ctx context.Context, c record.Campaign, rest int) ([]string, error) {
	hours, err := d.VolumeLeft(ctx, c)
	if err != nil {
		return nil, err
	}
	people, err := d.pending(ctx, c.ID)
	if rest > 0 {
		people = min(people, rest)
	}
	if n := cmp.Or(hours.Part(people), rest); n > 0 {
		return []string{"--first", strconv.Itoa(n)}, err
	}
	return nil, err
}
