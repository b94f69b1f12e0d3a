package campaign

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"go.uber.org/zap/zapcore"

	"kanal-campaign/campaign/hours"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/message"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/record"
	"kanal-campaign/campaign/sending"
)

// RunPart is what of a campaign a run is kept to; "" for all of it.
type RunPart string

// What a run may be kept to.
const (
	PartPilot RunPart = "pilot" // the campaign's first messages
	PartFirst RunPart = "part"  // the next messages, or a day's
	PartRetry RunPart = "retry" // chosen rows
)

// Watch is told how a run goes. Its functions are called from the goroutine of CarryOut, and must not block.
type Watch struct {
	// Begin is told that sending begins, and returns what is to get the same as the run's log; nil for nothing.
	Begin func(Start) zapcore.Core
	// LogFailed is told, once, that the run goes on without its log.
	LogFailed func(error)
	Progress  func(sending.Progress)
	// TakenOver is told that the campaign has taken its changed file over: from now on, the command goes on with it.
	TakenOver func(goOn Command)
	// Sent is told that sending is over: the results are written next.
	Sent func()
}

// Start is a run that begins to send.
type Start struct {
	Part    RunPart
	Planned int // messages
}

// Summary is how a run ended.
type Summary struct {
	Campaign       record.Campaign
	Started, Ended time.Time
	Stop           sending.Stop
	Err            error       // what failed, when the run ended because of the ledger
	Tallies        Tallies     // nil of a run that was aborted
	Results        record.File // without a path when they could not be written
	Unwritten      error       // why not
	LogPath        string      // empty when no log could be begun
	Part           RunPart
	Rest           int // how many messages are left of the part to which --first kept a run that stopped before its end; else 0
	Untried        int // rows in doubt that this run had no part in, and that resume tries again
	// Retried is what has become of the rows that a retry was about; nil of any other run.
	Retried map[outcome.Status]int
	// Tried are the first rows that a pilot was about, and MoreTried how many there are beside them.
	Tried     []record.Row
	MoreTried int
	Hours     hours.HoursVerdict // of which the volume counts: how many people may still be written to
	GoOn      Command            // goes on with what is left
	Other     Command            // of a run that met an earlier one: sends the file as another campaign
}

// execution is a run that has been said yes to.
type execution struct {
	Desk      *Desk
	Request   Request
	Campaign  record.Campaign
	Held      *Held
	Message   message.Message
	Selection *Selection
	Lists     *Lists

	chosen  map[int64]bool // the rows that a retry is about; nil for any other run
	untried int            // rows in doubt that a retry leaves to a later run
	part    RunPart
	tallies Tallies // as they are when it begins; nil to count them
}

// keepTo stores to what part of its campaign the run is kept.
func (e *execution) keepTo(ctx context.Context) (err error) {
	if e.Selection.Part == nil {
		return e.Desk.Ledger.Save(ctx, e.Campaign)
	}
	e.Campaign, err = e.Desk.Ledger.KeepToFirst(ctx, e.Campaign, slices.Collect(maps.Keys(e.Selection.Part.Rows)), !e.Selection.Joins)
	return err
}

// leaveOutListed leaves out for good whoever is on a list and was not sent to yet.
func (e *execution) leaveOutListed(ctx context.Context) error {
	if e.Lists == nil {
		return nil
	}
	_, err := e.Desk.Ledger.Suppress(ctx, e.Campaign.ID, e.Lists.Name)
	return err
}

// Confirmed notes in the campaign that a person has said yes to the plan, to the message's text as it is now, and to so many
// messages, those that need no further yes included. was is the message as it was planned.
func (e *execution) Confirmed(was message.Message, messages int) error {
	e.Campaign.ConfirmedAt = time.Now()
	if !e.Message.Same(was) {
		text, err := json.Marshal(e.Message)
		if err != nil {
			return err
		}
		e.Campaign.Message = text
	}
	e.Campaign.Confirmed = max(e.Campaign.Confirmed, messages)
	return nil
}

// confirmedUpTo notes that so many messages more have been said yes to.
func (e *execution) confirmedUpTo(ctx context.Context, messages int) error {
	tried, err := e.Desk.tried(ctx, e.Campaign, e.Lists)
	e.Campaign.Confirmed = max(e.Campaign.Confirmed, tried+messages)
	return err
}

// Run sends what was selected, writes the results, and tells how it ended.
func (e *execution) Run(ctx context.Context, stop <-chan struct{}, watch Watch) (Summary, error) {
	d, started := e.Desk, time.Now()
	if err := d.Ledger.Save(ctx, e.Campaign); err != nil { // a new place for the results is remembered
		return Summary{}, err
	}
	if err := d.notePlace(ctx, e.Campaign.Name, e.Campaign.OutDir, e.Request.Message.TextFile, e.Campaign.Settings); err != nil {
		return Summary{}, err
	}
	e.Held.Run.FileName, e.Held.Run.SHA256 = e.Campaign.File.Name, e.Campaign.File.SHA256
	if err := d.Ledger.SaveRun(ctx, e.Held.Run, nil); err != nil {
		return Summary{}, err
	}
	if err := e.findPart(ctx); err != nil {
		return Summary{}, err
	}
	judged, err := hours.HoursOf(e.Campaign.Settings)
	if err != nil {
		return Summary{}, err
	}
	sender := e.sender(judged)
	var also zapcore.Core
	if watch.Begin != nil {
		also = watch.Begin(Start{Part: e.part, Planned: sender.Planned})
	}
	log := d.openLog(e.Held.Run, watch.LogFailed)
	defer log.close()
	sender.Log = log.beside(also)
	sender.Watch = watch.Progress
	noted := d.keepNoting(ctx)
	end, err := sender.Run(ctx, stop)
	noted()
	if watch.Sent != nil {
		watch.Sent()
	}
	s, err := e.wrapUp(context.WithoutCancel(ctx), started, end, err)
	s.LogPath = log.path
	return s, err
}

func (e *execution) sender(judged *hours.Hours) *sending.Sender {
	d, req := e.Desk, e.Request
	s := &sending.Sender{
		Ledger: d.Ledger, By: d.client, Campaign: e.Campaign, Message: e.Message, RunID: e.Held.Run.ID, PaceKey: d.PaceKey(),
		Timeout: d.client.Timeout(), Rate: req.Rate, InFlight: sending.DefaultInFlight, MaxFailures: req.MaxFailures, DoubtDelay: req.DoubtDelay,
		Part: e.Selection.Part, Planned: e.Selection.Messages(), ContinueEarlier: req.ContinueEarlier || e.Campaign.RebuiltFrom != "",
		AskNow: req.AskNow, Hours: judged, Zones: e.Selection.Window.Zones(), Suppressed: e.Lists.Has,
		MinGap: ParseGap(e.Campaign.Settings.MinGap), Tallies: e.tallies,
	}
	if e.chosen != nil {
		s.Only = e.isChosen
	}
	return s
}

// isChosen reports whether a retry is about the row.
func (e *execution) isChosen(row record.Row) bool { return e.chosen[row.ID] }

// findPart finds out whether the run leaves others of the campaign to a later one.
func (e *execution) findPart(ctx context.Context) error {
	switch {
	case e.chosen != nil:
		e.part = PartRetry
	case e.Selection.Part != nil:
		tried, err := e.Desk.Ledger.TriedBeyondFirst(ctx, e.Campaign.ID)
		if err != nil {
			return err
		}
		if e.part = PartFirst; !tried && (e.Campaign.Settings.DailyCap == 0 || e.Request.First < e.Campaign.Settings.DailyCap) {
			e.part = PartPilot
		}
	}
	return nil
}

// wrapUp records how a run ended and writes the results, in that order. It tells as much as it can when the ledger or the disk
// have failed.
func (e *execution) wrapUp(ctx context.Context, started time.Time, stop sending.Stop, runErr error) (Summary, error) {
	d, run := e.Desk, &e.Held.Run
	run.EndedAt, run.Stopped = time.Now(), string(stop.Code)
	s := Summary{Campaign: e.Campaign, Started: started, Ended: time.Now(), Stop: stop, Part: e.part,
		Untried: e.untried, Rest: e.rest(ctx, stop)}
	var err error
	if s.GoOn, err = d.ResumeCommand(ctx, e.Campaign, s.Rest); err != nil {
		s.GoOn = d.Command("resume", e.Campaign.Name)
	}
	if stop.Code == sending.StopEarlierRun {
		s.Other, _ = d.asOther(ctx, e.Request, e.Campaign) // without it, going on is the only way that is shown
	}
	if stop.Code == sending.StopAborted {
		_ = d.Ledger.SaveRun(ctx, *run, nil) // unsaved, it reads as a run that died, which is the truth enough
		// They can be written again at any time: report.
		s.Results, s.Unwritten = d.WriteResults(ctx, e.Campaign)
		return s, nil
	}
	if s.Tallies, err = d.Ledger.Tallies(ctx, e.Campaign.ID); err != nil {
		return s, errors.Join(runErr, e.conclude(ctx, stop), err)
	}
	s.Tried, s.MoreTried, _ = e.pilotRows(ctx)
	s.Retried, _ = e.retried(ctx)                                   // without it, the campaign's own figures tell
	s.Hours, _ = d.judgeHours(ctx, e.Campaign.Settings, nil, false) // without it the summary proposes no day's part
	s.Results, s.Unwritten = d.WriteResults(ctx, e.Campaign)
	// Only now: a campaign that dies before its results are written is not finished, and resume writes them.
	if err := e.conclude(ctx, stop); runErr == nil {
		runErr = err
	}
	if s.Campaign, s.Err = e.Campaign, runErr; runErr != nil {
		s.Stop.Code = sending.StopLedger
	}
	return s, nil
}

// MostTried is how many rows of a pilot are told.
const MostTried = 10

// pilotRows are the first rows that a pilot has tried, and how many there are beside them.
func (e *execution) pilotRows(ctx context.Context) (first []record.Row, more int, err error) {
	if e.part != PartPilot {
		return nil, 0, nil
	}
	for row, err := range e.Desk.Ledger.Rows(ctx, e.Campaign.ID) {
		switch {
		case err != nil:
			return nil, 0, err
		case row.Attempts == 0:
		case len(first) < MostTried:
			first = append(first, row)
		default:
			more++
		}
		if len(first)+more == e.Request.First {
			break
		}
	}
	return first, more, nil
}

// retried counts what has become of the chosen rows; nil without any.
func (e *execution) retried(ctx context.Context) (map[outcome.Status]int, error) {
	if e.chosen == nil {
		return nil, nil
	}
	counts := map[outcome.Status]int{}
	for row, err := range e.Desk.Ledger.Rows(ctx, e.Campaign.ID) {
		if err != nil {
			return nil, err
		}
		if e.chosen[row.ID] {
			counts[row.State.Status]++
		}
	}
	return counts, nil
}

// rest is how many messages of the part are left to send after a stop; 0 where that cannot be told.
func (e *execution) rest(ctx context.Context, stop sending.Stop) int {
	part := e.Selection.Part
	if part == nil || stop.Code == sending.StopPilot || stop.Code == sending.StopDone {
		return 0
	}
	n, _ := e.Desk.left(ctx, e.Campaign, func(person ledger.Recipient) bool { return part.Rows[person.ID] })
	return n
}

// conclude stores that the run has ended, and looks at the ledger once more before anything is called finished on its word.
func (e *execution) conclude(ctx context.Context, stop sending.Stop) error {
	if err := e.storeEnd(ctx, stop); err != nil {
		return err
	}
	return e.Desk.Ledger.Recheck(ctx, e.Held.Run)
}

// storeEnd stores that the run has ended, and with it whether the campaign has.
func (e *execution) storeEnd(ctx context.Context, stop sending.Stop) error {
	if stop.Code == sending.StopDone {
		pending, err := e.Desk.pending(ctx, e.Campaign.ID)
		if err != nil {
			return err
		}
		if pending+e.untried == 0 {
			e.Campaign.FinishedAt = time.Now()
			return e.Desk.Ledger.SaveRun(ctx, e.Held.Run, &e.Campaign)
		}
	}
	return e.Desk.Ledger.SaveRun(ctx, e.Held.Run, nil)
}

// noteEvery is how often a run notes that it is still using its key.
const noteEvery = 10 * time.Minute

// keepNoting notes the use of the key until the returned function is called, which notes it a last time.
func (d *Desk) keepNoting(ctx context.Context) (stop func()) {
	if d.Rehearsal || d.NoteKey == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		again := time.NewTicker(noteEvery)
		defer again.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-again.C:
				d.KeyElsewhere(ctx)
			}
		}
	}()
	return func() {
		cancel()
		<-ended
		d.KeyElsewhere(context.WithoutCancel(ctx))
	}
}

// Note remembers files that are read or written for a campaign, for forget to name them.
func (d *Desk) Note(ctx context.Context, campaign string, paths ...string) error {
	for i, path := range paths {
		if path == "" {
			continue
		}
		var err error
		if paths[i], err = filepath.Abs(path); err != nil {
			return err
		}
	}
	return d.Ledger.NoteFiles(ctx, campaign, paths...)
}

// notePlace remembers the files of a run that writes into dir: what it was given, and where its results go, beside which
// everything else is found.
func (d *Desk) notePlace(ctx context.Context, campaign, dir, textFile string, settings record.Settings) error {
	paths := []string{textFile, d.place(dir, campaign).Results()}
	for _, list := range settings.Suppress {
		paths = append(paths, list.Path)
	}
	return d.Note(ctx, campaign, paths...)
}

func (d *Desk) place(dir, campaign string) record.Place {
	return record.Place{Dir: dir, Campaign: campaign, Rehearsed: d.Rehearsal}
}
