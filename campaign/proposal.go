package campaign

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"kanal-campaign/campaign/audience"
	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/plan"
	"kanal-campaign/campaign/record"
)

// ProposalKind is what a proposal would do.
type ProposalKind string

// The kinds of proposals.
const (
	ProposeNew     ProposalKind = "new"     // send a file as a new campaign
	ProposeResume  ProposalKind = "resume"  // go on with an unfinished campaign, as it was planned
	ProposeMoved   ProposalKind = "moved"   // the same, from a file in which everybody stands in another place
	ProposeUpdate  ProposalKind = "update"  // go on with a campaign as a changed file has it
	ProposeRetry   ProposalKind = "retry"   // try chosen rows again
	ProposeRebuild ProposalKind = "rebuild" // go on with a campaign from its results: the ledger is lost
)

// Proposal is what would happen, in facts. Nothing has left, and nothing is written that a refusal would have to undo. It holds
// no lock and no transaction: whoever takes their time keeps nobody waiting.
type Proposal struct {
	Kind     ProposalKind
	Request  Request
	Campaign record.Campaign // with the settings that would count
	From     string          // the account that messages leave from
	APIURL   string
	Was, Now message.Message // as it was planned, and as Kanal has it now
	Send     *Selection      // whom it sends to: every count and sample, and what CarryOut sends
	Asking   Asking          // whether a person must be asked, and why
	Hours    hours.HoursVerdict
	Window   *hours.WindowForecast // nil without one
	Earlier  Earlier
	Lifted   int            // people left out by a list that counts no longer
	Plan     *Plan          // of a file that was read
	Shown    *plan.Report   // on those of the plan to whom it sends; nil of a moved file
	Changes  *FileChanges   // of an update
	Retry    *RetryFacts    // of a retry
	Rebuild  *RebuildFacts  // of a rebuild
	Keys     []KeyElsewhere // other ledgers with which the key was in use lately
	AsOf     time.Time
	Digest   [sha256.Size]byte // of everything that a person says yes to

	desk     *Desk
	lists    *Lists
	staged   *staged // the rows that it brings; nil for none
	version  int64   // of the ledger that it was made from
	tried    int     // people of a campaign that goes on who need no further yes
	declined bool
	carried  bool
}

// Earlier is what earlier runs of a campaign did.
type Earlier struct {
	LastRun   record.Run // zero when there was none
	Tallies   Tallies
	OldDoubts int          // how many rows are in doubt for too long to be tried again by themselves
	DoubtRows []record.Row // the first few of them
}

// Consent is a person's yes to a proposal.
type Consent struct {
	Digest   [sha256.Size]byte
	Messages int // that they said yes to; 0 where nobody was asked
}

// Consent is the yes to what was proposed.
func (p *Proposal) Consent() Consent {
	c := Consent{Digest: p.Digest}
	if len(p.Asking.Reasons()) > 0 {
		c.Messages = p.Asking.Messages
	}
	return c
}

// StaleError says that what a person said yes to is not what would happen any more. It has what would, of the same kind.
type StaleError struct {
	Proposal   *Proposal
	Forgetting *Forgetting
}

func (e *StaleError) Error() string { return "what was proposed has changed since" }

// Decline notes that a person said no, for the record.
func (p *Proposal) Decline() { p.declined = true }

// Close gives up a proposal, and records it where it was not carried out.
func (p *Proposal) Close() {
	_ = p.discard() // what is left behind, the next reading of the file clears away
	if p.carried {
		return
	}
	p.carried = true
	stopped := StoppedNothing
	if p.declined {
		stopped = StoppedDeclined
	}
	p.desk.recordUnstarted(p.Request, stopped)
}

// seal makes the digest of the facts.
func (p *Proposal) seal() error {
	chosen := 0
	if p.Retry != nil {
		chosen = len(p.Retry.chosen)
	}
	results := ""
	if p.Rebuild != nil {
		results = p.Rebuild.SHA256
	}
	facts, err := json.Marshal([]any{
		p.Kind, p.Campaign.ID, p.Campaign.Name, p.Campaign.Account, p.Campaign.OutDir, p.Campaign.Settings, p.Campaign.Limited,
		p.From, p.APIURL, p.Now, p.Send.Fresh, p.Send.Doubts, p.Send.People, p.Send.Beyond, p.Send.Joins, p.Send.Part != nil,
		p.Send.rowSum.Sum(nil), chosen, p.Asking.Reasons(), p.Campaign.File.SHA256, results,
	})
	p.Digest = sha256.Sum256(facts)
	return err
}

// Why a run ended that sent nothing. Other ends are StopCode values.
const (
	StoppedNothing  = "not-started"
	StoppedDeclined = "declined"
	StoppedCheck    = "checked"
)

// Held is a campaign's lock, and the run that holds it.
type Held struct {
	Run     record.Run
	release func() error
}

// lockPatience is how long a campaign is waited for that somebody holds without a run: who proposes, or looks at it.
const lockPatience = 15 * time.Second

// lock takes a campaign's lock. It returns a *record.RunningError while a run has it.
func (d *Desk) lock(ctx context.Context, name string) (release func() error, err error) {
	running := (*record.RunningError)(nil)
	for since := time.Now(); ; {
		release, err = d.Ledger.Lock(ctx, name) // which takes its time where it is held
		if !errors.As(err, &running) || running.Holder.ID != 0 || time.Since(since) > lockPatience {
			return release, err
		}
	}
}

// newRun is the run of a request, for the record.
func (d *Desk) newRun(req Request) record.Run {
	run := d.Runner
	run.Campaign, run.Command, run.Flags, run.Updates = req.Campaign, req.Command, req.Flags, req.Update
	run.SHA256 = req.digest
	return run
}

// hold takes a campaign's lock for a run that begins. It returns a *record.RunningError while another one has it. before is
// called under the lock, before the run is recorded.
func (d *Desk) hold(ctx context.Context, req Request, before func()) (*Held, error) {
	release, err := d.lock(ctx, req.Campaign)
	if err != nil {
		return nil, err
	}
	h := &Held{release: release}
	before()
	if h.Run, err = d.Ledger.StartRun(ctx, d.newRun(req)); err != nil {
		_ = release()
		return nil, err
	}
	return h, nil
}

// letGo ends the run, if it has not ended, and gives the lock back.
func (d *Desk) letGo(h *Held) {
	if h.Run.EndedAt.IsZero() {
		h.Run.EndedAt = time.Now()
		if h.Run.Stopped == "" {
			h.Run.Stopped = StoppedNothing
		}
		// A run that cannot be closed in the ledger reads as one that died, which is the truth enough.
		_ = d.Ledger.SaveRun(context.Background(), h.Run, nil)
	}
	if h.release != nil {
		_ = h.release()
	}
}

// recordUnstarted records a run that never began.
func (d *Desk) recordUnstarted(req Request, stopped string) {
	run := d.newRun(req)
	run.Stopped, run.EndedAt = stopped, d.Ledger.Now()
	// What cannot be recorded has changed nothing.
	_, _ = d.Ledger.StartRun(context.Background(), run)
}

// propose works under the campaign's lock, which it gives back, and records what came to nothing. The ledger is whole, for what
// it forgot would be sent again.
func (d *Desk) propose(ctx context.Context, req *Request, work func(context.Context) (*Proposal, error)) (*Proposal, error) {
	return d.proposeFrom(ctx, req, false, work)
}

// proposeFrom is propose; work that only reads need not wait until the ledger is known to be whole: what it has found counts only
// if it is.
func (d *Desk) proposeFrom(ctx context.Context, req *Request, onlyReads bool, work func(context.Context) (*Proposal, error)) (*Proposal, error) {
	verifying := make(chan error, 1)
	go func() { verifying <- d.Ledger.Verify(ctx) }()
	verified := sync.OnceValue(func() error { return <-verifying })
	if !onlyReads && verified() != nil {
		return nil, verified()
	}
	release, err := d.lock(ctx, req.Campaign)
	if err != nil {
		return nil, cmp.Or(verified(), err)
	}
	p, err := work(ctx)
	if verified() != nil {
		return nil, errors.Join(verified(), release())
	}
	if err := release(); err != nil {
		return nil, fmt.Errorf("the campaign's lock cannot be given back: %w", err)
	}
	if err != nil {
		if req.File != "" && req.digest == "" { // the record tells which file it was: one that cannot be read is told of already
			req.digest, _ = audience.Digest(req.File)
		}
		stopped := StoppedNothing
		if refused := (*Refusal)(nil); errors.As(err, &refused) && refused.Plan != nil {
			stopped = StoppedCheck
		}
		d.recordUnstarted(*req, stopped)
		return nil, err
	}
	p.Keys = d.KeyElsewhere(ctx)
	return p, nil
}

// CarryOut sends what was proposed, writes the results, and tells how it ended. It returns a *StaleError, with the proposal as it
// is now, where that is not what the consent is to; and a *record.RunningError where somebody else carries the campaign out. When
// stop is closed no new request begins; when ctx ends, those in flight are given up.
func (p *Proposal) CarryOut(ctx context.Context, consent Consent, stop <-chan struct{}, watch Watch) (Summary, error) {
	p.carried = true
	fresh := false
	held, err := p.desk.hold(ctx, p.Request, func() { fresh = p.fresh(ctx) })
	if err != nil {
		return Summary{}, err
	}
	defer p.desk.letGo(held)
	now := p
	if !fresh {
		now, err = p.again(ctx, held)
	}
	if now != p {
		p.staged = nil // now has it, or has read it anew
	}
	if err != nil {
		return Summary{}, err
	}
	if now.Digest != consent.Digest || now.Hours.Over(now.Asking.People) > p.Hours.Over(p.Asking.People) {
		now.Keys, now.Asking.Changed = p.Keys, p.Asking.Changed+1
		return Summary{}, &StaleError{Proposal: now}
	}
	held.Run.Confirmed = consent.Messages
	e, err := now.begin(ctx, held, consent, watch)
	if err != nil {
		return Summary{}, errors.Join(err, now.discard())
	}
	return e.Run(ctx, stop, watch)
}

// freshFor is how long a message counts as Kanal had it.
const freshFor = time.Minute

// fresh reports whether the proposal was made a moment ago, from the ledger and from lists as they still are: whoever made it
// again would find the same. The caller holds the campaign's lock.
func (p *Proposal) fresh(ctx context.Context) bool {
	version, err := p.desk.Ledger.Version(ctx)
	return err == nil && version == p.version && time.Since(p.AsOf) < freshFor && p.lists.areAsRead()
}

// messageNow is the message as Kanal has it now; what the proposal knows of it counts for a moment.
func (p *Proposal) messageNow(ctx context.Context) (now message.Message, err error) {
	if _, template := p.Now.Template(); !template || time.Since(p.AsOf) < freshFor {
		return p.Now, nil
	}
	if p.desk.templates, err = p.desk.client.Templates(ctx); err != nil {
		return p.Now, err
	}
	if account := p.desk.Account(); account != p.From {
		return p.Now, &Refusal{Code: RefusedOtherAccount, Campaign: p.Campaign, Value: account}
	}
	return p.desk.asNow(p.Campaign, p.Was)
}

// again makes the proposal anew, from what the ledger holds now. A file is read once more only where that could show anything.
func (p *Proposal) again(ctx context.Context, held *Held) (*Proposal, error) {
	text, err := p.messageNow(ctx)
	if p.staged != nil {
		return p.againStaged(ctx, held, err == nil && text.Same(p.Now))
	}
	if err != nil {
		return nil, err
	}
	c, err := p.desk.Ledger.Campaign(ctx, p.Campaign.Name)
	if err != nil {
		return nil, err
	}
	if p.Kind == ProposeResume {
		switch {
		case p.Request.File != "" && p.Request.digest != c.File.SHA256: // another run has taken another file over
			req := p.Request
			return p.desk.proposeSend(ctx, &req, held.Run.ID)
		case !c.FinishedAt.IsZero():
			return nil, p.desk.Finished(ctx, c, p.Request)
		}
	}
	if p.Request.OutDir != "" {
		c.OutDir = p.Campaign.OutDir
	}
	p.Request.takeTimes(&c.Settings)
	lists, err := p.desk.readLists(ctx, &c, p.Request) // another run may have named one more
	if err != nil {
		return nil, err
	}
	if p.Kind == ProposeRetry {
		return p.desk.proposeRetry(ctx, p.Request, c, p.Was, text, lists)
	}
	return p.desk.proposeResume(ctx, p.Request, p.desk.Ledger, c, p.Was, text, lists, held.Run.ID)
}

// againStaged is again for a proposal that brings its rows, of a message that reads the same still or does not.
func (p *Proposal) againStaged(ctx context.Context, held *Held, same bool) (*Proposal, error) {
	p.staged.run = held.Run.ID
	holds, err := p.staged.holds(ctx, p.desk, p.Request.Campaign)
	if err != nil {
		return nil, errors.Join(err, p.discard())
	}
	if holds && same && p.lists.areAsRead() {
		now := *p
		if err := p.staged.fill(ctx, &now); err != nil {
			return nil, errors.Join(err, p.discard())
		}
		return &now, nil
	}
	if err := p.discard(); err != nil {
		return nil, err
	}
	if p.Kind == ProposeRebuild {
		return p.desk.proposeRebuild(ctx, p.Request)
	}
	req := p.Request
	return p.desk.proposeSend(ctx, &req, held.Run.ID)
}

// begin stores what a person has said yes to, and to whom the run is kept, before anything leaves.
func (p *Proposal) begin(ctx context.Context, held *Held, consent Consent, watch Watch) (*execution, error) {
	e := &execution{Desk: p.desk, Request: p.Request, Campaign: p.Campaign, Held: held, Message: p.Now, Selection: p.Send,
		Lists: p.lists}
	if p.Kind == ProposeRetry {
		return e, p.beginRetry(ctx, e)
	}
	if p.staged != nil {
		if err := p.staged.publish(ctx, p, e); err != nil {
			return nil, err
		}
		if p.Kind == ProposeUpdate && watch.TakenOver != nil {
			watch.TakenOver(p.desk.Command(append([]string{"resume", e.Campaign.Name}, p.Request.firstWords()...)...))
		}
		if p.Kind != ProposeMoved {
			return e, e.keepTo(ctx)
		}
	}
	if p.staged == nil && p.lists == nil {
		e.tallies = p.Earlier.Tallies
	}
	if consent.Messages > 0 {
		if err := e.Confirmed(p.Was, p.tried+consent.Messages); err != nil {
			return nil, err
		}
		e.Campaign.Limited = e.Campaign.Limited && p.Send.Part != nil
	}
	if err := e.keepTo(ctx); err != nil {
		return nil, err
	}
	return e, e.leaveOutListed(ctx)
}
