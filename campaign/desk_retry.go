package campaign

import (
	"cmp"
	"context"
	"encoding/binary"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// RetryFacts are what a retry is about.
type RetryFacts struct {
	First    []record.Row // the first few rows
	NotTaken NotRetried   // rows that were asked for, too

	chosen map[int64]bool
}

// NotRetried are rows that a retry asks for by number and does not take.
type NotRetried struct {
	// Forgotten tells that the campaign has rows of people who were forgotten, so that it takes no changed file.
	Forgotten bool
	Rows      []NotRetriedRow
}

// NotRetriedRow is one of them. Without a Row.ID the campaign has no row of that number.
type NotRetriedRow struct {
	Row      record.Row
	OptedOut time.Time // since when; zero if not
	List     string    // that the person is on; empty for none
}

// Retry proposes to try rows of a campaign again: see Request.Retry. People who opted out never are.
func (d *Desk) Retry(ctx context.Context, req Request) (*Proposal, error) {
	c, err := d.find(ctx, &req)
	if err != nil {
		return nil, err
	}
	return d.propose(ctx, &req, func(ctx context.Context) (*Proposal, error) {
		was, now, err := d.reconnect(ctx, c, req.Message, req.Timeout)
		if err != nil {
			return nil, err
		}
		if err := d.Place(ctx, &c, req); err != nil {
			return nil, err
		}
		if _, err := d.Ledger.Abandon(ctx, c.ID, req.DoubtDelay); err != nil {
			return nil, err
		}
		req.takeTimes(&c.Settings)
		lists, err := d.readLists(ctx, &c, req)
		if err != nil {
			return nil, err
		}
		return d.proposeRetry(ctx, req, c, was, now, lists)
	})
}

func (d *Desk) proposeRetry(ctx context.Context, req Request, c record.Campaign, was, now message.Message, lists *Lists,
) (*Proposal, error) {
	p := &Proposal{Kind: ProposeRetry, Request: req, Campaign: c, From: d.Account(), APIURL: d.client.BaseURL(), Was: was, Now: now,
		Retry: &RetryFacts{}, AsOf: time.Now(), desk: d, lists: lists}
	var err error
	if p.Retry.chosen, p.Retry.First, err = d.choose(ctx, req.Retry, c, lists); err != nil {
		return nil, err
	}
	if p.Retry.NotTaken, err = d.notRetried(ctx, req.Retry, c, lists, p.Retry.chosen); err != nil {
		return nil, err
	}
	if len(p.Retry.chosen) == 0 {
		return nil, d.noneRetried(ctx, p)
	}
	if err := d.causesKnown(ctx, req.Retry, c); err != nil { // beside another: those it stands for would be passed over
		return nil, err
	}
	if p.Send, err = d.selectRetried(ctx, c, p.Retry.chosen); err != nil {
		return nil, err
	}
	p.Window = p.Send.Window.Forecast(p.Send.Messages(), req.Rate, p.AsOf)
	if p.Hours, err = d.judgeHours(ctx, c.Settings, p.Send.Countries.Found, req.Given["holidays"]); err != nil {
		return nil, err
	}
	p.Hours.Whole = true
	p.Asking = Asking{Messages: p.Send.Messages(), Hours: p.Hours, Unconfirmed: true}
	return p, p.seal()
}

// beginRetry has the chosen rows sent again, under their keys or under new ones.
func (p *Proposal) beginRetry(ctx context.Context, e *execution) (err error) {
	d := p.desk
	e.chosen = p.Retry.chosen
	if p.Request.Retry.NewKey {
		_, err = d.Ledger.Renew(ctx, e.Campaign.ID, e.isChosen, func(row record.Row) uuid.UUID {
			return p.Was.Recipe(e.Campaign.Name, row.Phone, row.Values, row.Generation).Key()
		})
	} else {
		_, err = d.Ledger.Requeue(ctx, e.Campaign.ID, e.isChosen)
	}
	if err != nil {
		return err
	}
	if err := e.leaveOutListed(ctx); err != nil {
		return err
	}
	if e.Campaign.FinishedAt.IsZero() { // else each doubt had its tries
		all, err := d.dueDoubts(ctx, e.Campaign, p.lists, nil)
		if err != nil {
			return err
		}
		among, err := d.dueDoubts(ctx, e.Campaign, p.lists, e.chosen)
		if err != nil {
			return err
		}
		e.untried = all - among
	}
	e.Campaign.FinishedAt = time.Time{} // until the results tell how this went
	if err := e.Confirmed(p.Was, 0); err != nil {
		return err
	}
	return e.confirmedUpTo(ctx, 0)
}

// Takes reports whether a row is one of those that are to be tried again.
func (c RetryChoice) Takes(row record.Row) bool {
	switch {
	case row.ContentID == uuid.Nil: // only remembered, or forgotten: what it was sent is not known any more
		return false
	case !c.takes(record.Tally{Status: row.State.Status, Cause: row.State.Cause, Gone: row.Gone}):
		return false
	case len(c.Causes) > 0 && !slices.Contains(c.Causes, row.State.Cause) && !slices.Contains(c.Causes, row.ErrorCode):
		return false
	}
	return len(c.Rows) == 0 || c.asks(row.Number)
}

// takes reports whether rows of this kind may be taken, whatever causes and rows are asked for.
func (c RetryChoice) takes(t record.Tally) bool {
	if c.Unknown {
		return t.Status == outcome.Unknown && t.Cause != string(kanal.CauseOptedOut)
	}
	return t.Status == outcome.Rejected && !t.Gone && t.Cause != string(kanal.CauseOptedOut)
}

// mostRetriedShown is how many of the rows are told in full.
const mostRetriedShown = 3

// choose returns the ids of the campaign's rows that are chosen, and the first few of the rows.
func (d *Desk) choose(ctx context.Context, choice RetryChoice, c record.Campaign, lists *Lists,
) (chosen map[int64]bool, first []record.Row, err error) {
	leftOut, err := d.LeftOutSince(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	chosen = map[int64]bool{}
	for row, err := range d.Ledger.Rows(ctx, c.ID) {
		if err != nil {
			return nil, nil, err
		}
		if !choice.Takes(row) || lists.Has(row.Person) {
			continue
		}
		again := ledger.Recipient{ID: row.ID, Person: row.Person, State: row.State.Requeue(), Tried: true}
		if choice.NewKey {
			again.State = row.State.Renew()
		}
		if out, err := leftOut(again); err != nil {
			return nil, nil, err
		} else if out {
			continue
		}
		lists.Ask(row.Number, row.Person)
		chosen[row.ID] = true
		if len(first) < mostRetriedShown {
			first = append(first, row)
		}
	}
	return chosen, first, lists.Answer()
}

// selectRetried is the selection of a retry: rows as they are once they wait to be sent again.
func (d *Desk) selectRetried(ctx context.Context, c record.Campaign, chosen map[int64]bool) (*Selection, error) {
	sel, err := newSelection(c.Settings)
	if err != nil {
		return nil, err
	}
	for row, err := range d.Ledger.Rows(ctx, c.ID) {
		if err != nil {
			return nil, err
		}
		if chosen[row.ID] {
			sel.Window.Add(row.Phone)
			sel.Countries.Add(row.Phone)
			sum := binary.BigEndian.AppendUint64([]byte(row.State.Status), uint64(row.ID))
			sel.rowSum.Write(binary.BigEndian.AppendUint64(sum, uint64(row.Attempts))) // another retry may have tried it meanwhile
			sel.Fresh++
		}
	}
	return sel, nil
}

// notRetried are the rows asked for by number that are not chosen.
func (d *Desk) notRetried(ctx context.Context, choice RetryChoice, c record.Campaign, lists *Lists, chosen map[int64]bool,
) (NotRetried, error) {
	var refused NotRetried
	if len(choice.Rows) == 0 {
		return refused, nil
	}
	found := map[int]NotRetriedRow{}
	for row, err := range d.Ledger.Rows(ctx, c.ID) { // those that left the file come last
		if err != nil {
			return refused, err
		}
		refused.Forgotten = refused.Forgotten || !row.ForgottenAt.IsZero()
		if _, known := found[row.Number]; known || !choice.asks(row.Number) {
			continue
		}
		one := NotRetriedRow{Row: row, List: lists.Name(row.Person)}
		if one.OptedOut, err = d.Ledger.OptedOut(ctx, c.Account, row.Person); err != nil {
			return refused, err
		}
		found[row.Number] = one
	}
	for _, number := range slices.Compact(slices.Sorted(slices.Values(choice.Rows))) {
		one, known := found[number]
		if !known {
			one.Row.Number = number
		}
		if !chosen[one.Row.ID] {
			refused.Rows = append(refused.Rows, one)
		}
	}
	return refused, nil
}

// noneRetried is the refusal of a retry that takes no row, with what there is to choose from.
func (d *Desk) noneRetried(ctx context.Context, p *Proposal) error {
	choice, name := p.Request.Retry, p.Campaign.Name
	refused := &Refusal{Code: RefusedNoRowFits, Name: name, Campaign: p.Campaign, NotRetried: p.Retry.NotTaken, Retry: choice}
	if len(p.Retry.NotTaken.Rows) > 0 {
		refused.Code = RefusedRows
		return refused
	}
	onLists := 0
	for row, err := range d.Ledger.Rows(ctx, p.Campaign.ID) {
		if err != nil {
			return err
		}
		if choice.Takes(row) && p.lists.Has(row.Person) {
			onLists++
		}
	}
	if onLists > 0 {
		refused.Code, refused.Count = RefusedOnLists, onLists
		refused.Next = []Command{d.Command(choice.withoutLists(name)...)}
		return refused
	}
	if len(choice.Causes) > 0 {
		any := choice
		any.Causes = nil
		there, err := CausesOf(d.Ledger.Rows(ctx, p.Campaign.ID), any.Takes)
		if err != nil {
			return err
		}
		if len(there) > 0 {
			refused.Code, refused.Causes = RefusedNoRowOfCause, there
			return refused
		}
	}
	refused.Next = []Command{d.Command("status", name)}
	return refused
}

// withoutLists are the words that choose the same rows and lift the lists.
func (c RetryChoice) withoutLists(name string) []string {
	words := []string{"retry", name}
	for _, cause := range c.Causes {
		words = append(words, "--cause", cause)
	}
	if c.Unknown {
		words = append(words, "--unknown")
	}
	if c.NewKey {
		words = append(words, "--new-key")
	}
	return append(words, "--suppress", "none")
}

// causesKnown refuses a cause that is none.
func (d *Desk) causesKnown(ctx context.Context, choice RetryChoice, c record.Campaign) error {
	strange, there, err := d.causeUnknown(ctx, c, choice.Causes)
	if err == nil && strange != "" {
		return &Refusal{Code: RefusedCauseUnknown, Name: strange, Campaign: c, Values: there}
	}
	return err
}

// CauseRows is how many rows have a cause, and a platform's code beside it where they have one.
type CauseRows struct {
	Cause, Code string
	Rows        int
}

// CausesOf returns the causes of the rows that are taken, the most frequent first.
func CausesOf(rows iter.Seq2[record.Row, error], takes func(record.Row) bool) ([]CauseRows, error) {
	counts := map[CauseRows]int{}
	for row, err := range rows {
		switch {
		case err != nil:
			return nil, err
		case !takes(row):
		case row.State.Status == outcome.Invalid:
			for _, p := range row.Problems {
				counts[CauseRows{Cause: string(p.Code)}]++
			}
		case row.State.Cause != "":
			one := CauseRows{Cause: row.State.Cause}
			if IsPlatformCode(row.ErrorCode) {
				one.Code = row.ErrorCode
			}
			counts[one]++
		}
	}
	var all []CauseRows
	for one, n := range counts {
		all = append(all, CauseRows{one.Cause, one.Code, n})
	}
	slices.SortFunc(all, func(a, b CauseRows) int {
		return cmp.Or(b.Rows-a.Rows, cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Code, b.Code))
	})
	return all, nil
}

// CauseNames returns every cause and code that rows have, in the order of the alphabet.
func CauseNames(rows iter.Seq2[record.Row, error]) ([]string, error) {
	names := map[string]bool{}
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		names[row.State.Cause], names[row.ErrorCode] = true, true
		for _, p := range row.Problems {
			names[string(p.Code)] = true
		}
	}
	delete(names, "")
	return slices.Sorted(maps.Keys(names)), nil
}
