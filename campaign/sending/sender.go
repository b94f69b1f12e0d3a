package sending

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"go.uber.org/zap"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/kanal"
)

// The limits of a run that the design fixes. Every one can be set on a Sender.
const (
	DefaultRate        = 60 // requests a minute, per API key (the API page)
	DefaultInFlight    = 8
	DefaultMaxFailures = 20
	DefaultDoubtDelay  = 30 * time.Second
)

// recordPatience is how long the recording of answers waits for a disk that fails.
var recordPatience = []time.Duration{100 * time.Millisecond, time.Second, 3 * time.Second}

// Sender carries out a planned campaign: it sends the rows that are due, in file order, at the pace, and records every
// attempt and outcome. A Sender is used for one run. The caller holds the campaign's lock.
type Sender struct {
	Ledger   Record
	By       message.Messenger
	Campaign record.Campaign
	Message  message.Message
	RunID    int64
	PaceKey  string        // of Ledger.PaceKey
	Timeout  time.Duration // the longest that an attempt may last

	Rate            int
	Planned         int // how many messages this run is to send; Progress counts down from it
	InFlight        int
	MaxFailures     int
	DoubtDelay      time.Duration
	Part            *Part // if not nil, the rows to which --first keeps the run
	ContinueEarlier bool  // take replays of keys from another ledger as an earlier run's
	// AskNow sends one message although Kanal has asked for a wait, which an answer that shows it to be over lifts.
	AskNow bool
	// Only, if not nil, picks the rows to send among those pending or in doubt; nil sends those that are due.
	Only func(record.Row) bool
	// Hours, if not nil, tells when a person may be messaged. Rows that must wait hold up nobody else.
	Hours *hours.Hours
	// Zones, if not nil, are where the people of this run are, for Progress.End.
	Zones *hours.ZoneCounts
	// Suppressed, if not nil, picks people (canonical digits) to whom nothing is sent, not even to settle a doubt.
	Suppressed func(person string) bool
	// MinGap, if not 0, leaves out whom any campaign of the account has, or may have, messaged within that time.
	MinGap time.Duration
	// Tallies are those of the campaign as the run begins; nil to count them.
	Tallies []record.Tally

	// Watch, if not nil, is told after every change. It is called from the goroutine of Run and must not block.
	Watch func(Progress)
	Log   *zap.Logger
}

// StopCode says why a run ended, in kebab case; the ledger keeps it with the run.
type StopCode string

// Why a run ends.
const (
	StopDone        StopCode = "done"         // nothing is left that this run may send
	StopPilot       StopCode = "pilot"        // the Part was sent, and more is left
	StopInterrupted StopCode = "interrupted"  // by the user
	StopHalted      StopCode = "halted"       // an answer that every further row would get as well
	StopFailures    StopCode = "failures"     // MaxFailures rows in a row
	StopLongWait    StopCode = "long-wait"    // Kanal asked for more than 15 minutes
	StopNetwork     StopCode = "network"      // the server was not reached for a while
	StopEarlierRun  StopCode = "earlier-run"  // keys are known to Kanal and not to this ledger
	StopOtherNumber StopCode = "other-number" // Kanal messaged another number than it was given
	StopLedger      StopCode = "ledger"       // the ledger could not be written
	StopAborted     StopCode = "aborted"      // the context ended: out at once
)

// Stop is the end of a run.
type Stop struct {
	Code   StopCode
	Row    record.Row     // the row that caused it, where one did
	Answer outcome.Answer // the answer that caused it, where one did
	Count  int            // how many rows in a row, tries or replays
	Until  time.Time      // of a long wait
	Never  bool           // of StopNetwork: the server was not reached even once in this run
}

// Part is the rows of a campaign to which a run is kept.
type Part struct {
	Rows    map[int64]bool // by id
	Through int64          // the place in the file of the last of them
}

// Run sends until nothing is left, something stops it, stop is closed (no new request; those in flight settle), or ctx
// ends (those in flight are given up, and stay in doubt). The error is the ledger's (with StopLedger) or the context's
// (with StopAborted); every other end is a Stop alone. Whatever happens, the ledger tells the truth about every row.
func (s *Sender) Run(ctx context.Context, stop <-chan struct{}) (Stop, error) {
	r, err := s.start(ctx)
	if err != nil {
		return Stop{}, err
	}
	for {
		select { // before another request leaves, whatever else there is to do
		case <-stop:
			stop = nil
			r.end(Stop{Code: StopInterrupted})
		default:
		}
		wake, err := r.launch(ctx)
		if err != nil {
			r.fail(ctx, err)
		}
		r.tell()
		if r.inFlight == 0 && (r.ended() || r.exhausted()) {
			return r.finish(ctx)
		}
		var timer <-chan time.Time
		if !r.ended() {
			timer = time.After(min(time.Until(wake), lookAgain))
		}
		select {
		case <-ctx.Done():
			r.end(Stop{Code: StopAborted})
			r.drain(ctx)
		case <-stop: // looked at above
		case done := <-r.done:
			r.settle(ctx, done)
		case <-timer:
		}
	}
}

// attempt is one request on its way, and then its answer.
type attempt struct {
	id     int64
	row    record.Row
	fresh  bool           // taken from the file, not tried in this run
	was    outcome.Status // before the attempt
	tries  int            // of this row in this run that ended, or may end, in doubt
	began  time.Time      // by the steady clock
	due    time.Time      // by the steady clock: not before; zero means at once
	since  time.Time      // of the row's doubt, by the run's clocks
	answer outcome.Answer
}

// run is the state of one Sender.Run. Only its goroutine touches it; the goroutines of requests know only their attempt
// and the channel done, which is never closed: the run counts what it has launched.
type run struct {
	*Sender
	clocks   *clocks
	pace     *pacer
	source   *source
	delayed  delayedRows
	shut     shutRows
	held     map[int64]bool // rows in hand, or done with in this run although they are pending or in doubt
	done     chan attempt
	inFlight int

	asking   bool // past a wait: see Sender.AskNow
	stop     *Stop
	err      error
	patience []time.Duration // left for answers that cannot be recorded

	brakes   outcome.Brakes // as of the last answer
	progress Progress
	foretold time.Time // when the forecast was made
	foreseen time.Time // the forecast
}

func (s *Sender) start(ctx context.Context) (*run, error) {
	if s.Log == nil {
		s.Log = zap.NewNop()
	}
	brakes, err := s.Ledger.TakeUp(ctx, s.Campaign.ID, s.RunID, s.DoubtDelay)
	if err != nil {
		return nil, err
	}
	tallies := s.Tallies
	if tallies == nil {
		if tallies, err = s.Ledger.Tallies(ctx, s.Campaign.ID); err != nil {
			return nil, err
		}
	}
	latest, err := s.Ledger.Latest(ctx)
	if err != nil {
		return nil, err
	}
	r := &run{
		Sender:   s,
		clocks:   newClocks(s.Ledger.Now, latest),
		pace:     newPacer(s.Rate),
		done:     make(chan attempt, s.InFlight),
		progress: Progress{Counts: map[outcome.Status]int{}},
		patience: recordPatience,
		held:     map[int64]bool{},
		asking:   s.AskNow,
		brakes:   brakes,
	}
	r.source = &source{ledger: s.Ledger, campaignID: s.Campaign.ID, wanted: r.wanted, opening: r.openingOf, gone: s.Only != nil}
	if s.Part != nil {
		r.source.last = s.Part.Through
	}
	for _, t := range tallies {
		r.progress.Counts[t.Status] += t.Rows
		if t.Status != outcome.Invalid && t.Status != outcome.Skipped {
			r.progress.Total += t.Rows
		}
	}
	r.progress.Left = s.Planned
	return r, nil
}

func (r *run) wanted(row record.Row) bool {
	return (r.Part == nil || r.Part.Rows[row.ID]) && r.due(row)
}

// due reports whether a run that nothing keeps to a part would send a row.
func (r *run) due(row record.Row) bool {
	if r.held[row.ID] || r.Suppressed != nil && r.Suppressed(row.Person) {
		return false
	}
	if r.Only != nil {
		return !row.State.Open && r.Only(row)
	}
	return row.State.Due(r.clocks.now())
}

// launch starts as many attempts as may start now, and returns when to look again.
func (r *run) launch(ctx context.Context) (wake time.Time, err error) {
	const asleep = time.Hour // an answer or a signal wakes the run in any case
	for !r.ended() {
		r.lookAtClock()
		if r.inFlight >= r.slots() {
			r.progress.Wait = Wait{}
			if r.inFlight >= r.InFlight {
				r.progress.Wait = Wait{For: WaitAnswers}
			}
			return time.Now().Add(asleep), nil
		}
		next, err := r.next(ctx)
		if err != nil {
			return time.Time{}, err
		}
		if next == nil {
			at, wait := r.nothingNow()
			if at.IsZero() {
				return time.Now().Add(asleep), nil
			}
			r.progress.Wait = wait
			return at, nil
		}
		if at, wait := r.pace.turn(time.Now()); time.Now().Before(at) {
			r.giveBack(*next)
			r.progress.Wait = wait
			return at, nil
		}
		if err := r.begin(ctx, *next); err != nil {
			return time.Time{}, err
		}
	}
	return time.Now().Add(asleep), nil
}

// slots is how many requests may be in flight. Until Kanal has accepted a message of this campaign, replays are a sign
// that another ledger has sent it, and one request at a time tells soonest: so it is for the first answer, too, and while
// Kanal is asked whether a wait is over.
func (r *run) slots() int {
	if r.asking || !r.brakes.Accepted && (r.brakes.Replays > 0 || !r.brakes.Reached) && !r.ContinueEarlier {
		return 1
	}
	return r.InFlight
}

// next takes the row to attempt now, if there is one: a delayed one whose time has come, else the next of the file.
func (r *run) next(ctx context.Context) (*attempt, error) {
	r.reopen()
	for {
		if first, ready := r.delayed.ready(time.Now()); ready {
			opens, wait := r.opening(first.row.Phone, r.Ledger.Now())
			if !r.stillDue(first, wait) { // the computer slept, and the doubt has grown old
				r.progress.Left = max(0, r.progress.Left-1)
				continue
			}
			if wait > 0 {
				r.shut.add(first, opens)
				continue
			}
			return &first, nil
		}
		row, err := r.source.next(ctx, r.Ledger.Now())
		if err != nil || row == nil {
			return nil, err
		}
		read := attempt{row: *row, since: row.State.DoubtSince}
		wait := row.Rests(r.Ledger.Now(), r.DoubtDelay)
		if wait <= 0 {
			read.fresh = true
			return &read, nil
		}
		read.due = time.Now().Add(wait)
		r.held[row.ID] = true
		r.delayed.add(read)
	}
}

// giveBack returns a row that next took and that may not begin yet.
func (r *run) giveBack(a attempt) {
	if a.fresh {
		r.source.putBack(a.row)
	} else {
		r.delayed.add(a)
	}
}

// begin commits the attempt and sends it, or finds out from the ledger how long to wait.
func (r *run) begin(ctx context.Context, a attempt) error {
	was := a.row.State
	turn := ledger.Turn{
		RunID: r.RunID, PaceKey: r.PaceKey, Limit: r.Rate, Timeout: r.Timeout, Account: r.Campaign.Account,
		OnePerPerson: r.Campaign.Settings.Duplicates != record.DuplicatesAllow, MinGap: r.MinGap,
		PastHold: r.asking,
	}
	if r.Campaign.Settings.SkipRepeats {
		turn.Same = r.Message.ContentIDs(a.row)
	}
	id, err := r.Ledger.Begin(ctx, &a.row, turn)
	var wait *ledger.WaitError
	var left *ledger.LeftOutError
	switch {
	case errors.As(err, &left):
		return r.leaveOut(ctx, a, left)
	case errors.As(err, &wait):
		r.giveBack(a)
		left := wait.Until.Sub(r.Ledger.Now())
		r.pace.blocked(*wait, left)
		if wait.Held && left > outcome.LongestWait {
			r.end(Stop{Code: StopLongWait, Until: wait.Until})
		}
		return nil
	case err != nil:
		return err
	}
	r.pace.taken()
	if was.DoubtSince.IsZero() {
		a.since = r.clocks.now()
	}
	a.id, a.was, a.fresh, a.began = id, was.Status, false, time.Now()
	a.tries++
	r.held[a.row.ID] = true
	r.inFlight++
	r.progress.Wait = Wait{}
	r.Log.Debug("attempt", rowFields(a.row, zap.Int("try", a.tries))...)
	go func() {
		answer := outcome.AnswerOf(r.Message.Send(ctx, r.By, a.row))
		a.answer = answer
		r.done <- a
	}()
	return nil
}

// settle records an answer and decides what follows from it.
func (r *run) settle(ctx context.Context, a attempt) {
	r.inFlight--
	if a.answer.Kind == outcome.Throttled || a.answer.Kind == outcome.NotDelivered {
		a.tries-- // proven not accepted: it may be tried as often as it takes
	}
	noteOther(&a.answer, a.row.Phone)
	next, err := r.record(ctx, &a)
	if err != nil {
		r.fail(ctx, err)
		return
	}
	a.due = time.Now().Add(next.Rest)
	r.Log.Info("answer", rowFields(a.row, zap.String("answer", string(a.answer.Kind)), zap.String("cause", a.answer.Cause),
		zap.String("code", a.answer.Code), zap.String("status", string(a.row.State.Status)),
		zap.Duration("took", time.Since(a.began).Round(time.Millisecond)))...)
	r.progress.Counts[a.was]--
	r.progress.Counts[a.row.State.Status]++
	r.follow(a, next)
	_, shut := r.opening(a.row.Phone, r.Ledger.Now().Add(next.Rest))
	if next.Again && r.stillDue(a, next.Rest+shut) {
		r.delayed.add(a)
		return
	}
	if status := a.row.State.Status; status != outcome.Pending && status != outcome.Unknown {
		delete(r.held, a.row.ID)
	}
	if r.Zones != nil {
		r.Zones.Remove(a.row.Phone)
	}
	r.progress.Left = max(0, r.progress.Left-1)
}

// record settles the attempt in the ledger. An answer must not be lost to a passing failure of the disk, so it is tried
// again with the run's patience, which all answers share: a disk that stays full holds the end of the run up only once.
// A cancelled context does not keep an answer from being written, but ends the waiting.
func (r *run) record(ctx context.Context, a *attempt) (outcome.Next, error) {
	settlement := ledger.Settlement{
		Attempt:  a.id,
		Try:      outcome.Try{Answer: a.answer, Tries: a.tries, Ended: time.Now(), Deadline: a.began.Add(r.Timeout), Luck: rand.Float64()},
		Policy:   outcome.Policy{MaxFailures: r.MaxFailures, DoubtDelay: r.DoubtDelay, ContinueEarlier: r.ContinueEarlier},
		PastHold: r.asking,
	}
	if a.answer.Cause == string(kanal.CauseOptedOut) {
		settlement.OptOutOf = r.Campaign.Account
	}
	for {
		next, err := r.Ledger.Settle(context.WithoutCancel(ctx), &a.row, settlement)
		if err == nil {
			r.brakes, r.patience = next.Brakes, recordPatience
			return next, nil
		}
		r.Log.Error("the answer could not be recorded", rowFields(a.row, zap.Error(err))...)
		if len(r.patience) == 0 {
			return next, err
		}
		select {
		case <-time.After(r.patience[0]):
		case <-ctx.Done():
		}
		r.patience = r.patience[1:]
	}
}

// fail ends the run because of the ledger, unless the ledger only says that the context has ended. Whatever is in
// flight may still settle.
func (r *run) fail(ctx context.Context, err error) {
	if ctx.Err() != nil {
		r.end(Stop{Code: StopAborted})
		return
	}
	if r.err == nil {
		r.err = err
	}
	r.end(Stop{Code: StopLedger})
}

func (r *run) end(s Stop) {
	if r.stop == nil {
		r.stop = &s
	}
}

func (r *run) ended() bool { return r.stop != nil }

// exhausted reports whether nothing is left that this run may send.
func (r *run) exhausted() bool {
	return r.delayed.Len() == 0 && r.shut.Len() == 0 && r.source.dry()
}

// drain settles what is in flight after the context has ended: the requests return at once.
func (r *run) drain(ctx context.Context) {
	for r.inFlight > 0 {
		r.settle(ctx, <-r.done)
	}
}

func (r *run) finish(ctx context.Context) (Stop, error) {
	if r.err != nil {
		return Stop{Code: StopLedger}, r.err
	}
	if r.stop != nil {
		if r.stop.Code == StopAborted {
			return *r.stop, context.Cause(ctx)
		}
		return *r.stop, nil
	}
	if r.Part == nil {
		return Stop{Code: StopDone}, nil
	}
	others := &source{ledger: r.Ledger, campaignID: r.Campaign.ID, wanted: r.due, opening: r.openingOf}
	if left, err := others.any(ctx, r.Ledger.Now()); err != nil {
		return Stop{}, err
	} else if left {
		return Stop{Code: StopPilot}, nil
	}
	return Stop{Code: StopDone}, nil
}

// rowFields are the log's words for a row: never the key, never the whole number.
func rowFields(row record.Row, more ...zap.Field) []zap.Field {
	return append([]zap.Field{zap.Int("row", row.Number), zap.String("phone", number.Mask(row.Phone))}, more...)
}

var _ message.Messenger = (*kanal.Client)(nil)
