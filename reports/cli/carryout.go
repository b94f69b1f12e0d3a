package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/ledger/sqlite"
	"kanal-campaign/campaign/record"
	"kanal-campaign/reports"
)

// carryOut sends what is due, or what only picks, writes the results, and tells how it ended.
func (r *run) carryOut(ctx context.Context, m campaign.Message, sel *campaign.Selection, only func(ledger.Row) bool) error {
	started := time.Now()
	log := r.openLog()
	defer log.close()
	if err := r.ledger.Save(ctx, r.campaign); err != nil { // a new place for the results is remembered
		return err
	}
	if err := r.notePlace(ctx, r.name, r.campaign.OutDir, r.campaign.Settings); err != nil {
		return err
	}
	r.record.FileName, r.record.SHA256 = r.campaign.File.Name, r.campaign.File.SHA256
	if err := r.ledger.SaveRun(ctx, r.record); err != nil {
		return err
	}
	part, err := r.partOfCampaign(ctx, only != nil)
	if err != nil {
		return err
	}
	progress := reports.NewProgress(r.Err, reports.ProgressOptions{
		Mode: r.mode, Campaign: r.name, Terminal: r.ErrTerminal, Width: r.Width, Plain: r.plain, Quiet: r.quiet, Rate: r.rate,
		Part: part, Planned: sel.Messages(),
	})
	defer progress.Close()
	log.show(r.Err, progress.Line)
	stopSignal := r.interrupt.duringSending(progress.Line)
	defer r.interrupt.sent()

	hours, err := campaign.HoursOf(r.campaign.Settings)
	if err != nil {
		return err
	}
	sender := &campaign.Sender{
		Ledger: r.ledger, By: r.Client(), Campaign: r.campaign, Message: m, RunID: r.record.ID, PaceKey: r.PaceKey(),
		Timeout: r.Client().Timeout(), Rate: r.rate, InFlight: campaign.DefaultInFlight, MaxFailures: r.maxFailures,
		DoubtDelay: r.doubtDelay, Part: r.part, Planned: sel.Messages(), Only: only,
		ContinueEarlier: r.continueEarlier || r.campaign.RebuiltFrom != "",
		AskNow:          r.askNow, Watch: progress.Update, Log: log.Logger, Hours: hours, Suppressed: r.lists.Has,
	}
	sender.Crowd = sel.Window.Crowd()
	sender.MinGap = campaign.ParseGap(r.campaign.Settings.MinGap)
	r.begun = true
	r.warnOfOthers(ctx) // where nothing had to be asked
	noted := r.keepNoting(ctx)
	stop, runErr := sender.Run(ctx, stopSignal)
	noted()
	r.interrupt.sent()
	return r.wrapUp(ctx, progress, started, stop, runErr, log.path)
}

// partOfCampaign finds out whether the run, a retry of some rows or not, leaves others of the campaign to a later one.
func (r *run) partOfCampaign(ctx context.Context, chosen bool) (reports.Part, error) {
	if chosen {
		return reports.PartRetry, nil
	}
	if r.part == nil {
		return "", nil
	}
	tried, err := r.ledger.TriedBeyondFirst(ctx, r.campaign.ID)
	r.pilot = !tried && (r.campaign.Settings.DailyCap == 0 || r.first < r.campaign.Settings.DailyCap)
	if r.pilot {
		return reports.PartPilot, err
	}
	return reports.PartFirst, err
}

// wrapUp records how a run ended, writes the results and prints the summary, in that order: a stopped terminal keeps no
// results back. It works after an interruption, and tells as much as it can when the ledger or the disk have failed.
func (r *run) wrapUp(ctx context.Context, progress *reports.Progress, started time.Time, stop campaign.Stop, runErr error,
	logPath string) error {
	ctx = context.WithoutCancel(ctx)
	r.record.EndedAt, r.record.Stopped = time.Now(), string(stop.Code)
	if stop.Code == campaign.StopAborted {
		_ = r.ledger.SaveRun(ctx, r.record) // unsaved, it reads as a run that died, which is the truth enough
		// They can be written again at any time: report.
		_, _ = r.writeResults(ctx, r.campaign)
		progress.Close()
		resume, err := r.resumeCommandOf(ctx, r.campaign, r.rest(ctx, stop))
		if err != nil {
			resume = r.command("resume", r.name)
		}
		return &exit{code: exitInterrupted, text: "\n" + r.Err.Aborted(),
			next: []campaign.Command{resume}}
	}
	tallies, err := r.ledger.Tallies(ctx, r.campaign.ID)
	if err != nil {
		return errors.Join(runErr, r.conclude(ctx, stop), err)
	}
	screen := reports.SummaryScreen{
		Mode: r.mode, Campaign: r.campaign, Started: started, Ended: time.Now(), Tallies: tallies, Stop: stop,
		LogPath: logPath, KeyFromEnv: r.keyFrom == envKey, InputFile: r.inputFile, Ledger: r.options.ledger,
		Pilot: r.pilot, Untried: r.untriedDoubts, Rest: r.rest(ctx, stop),
	}
	screen.Tried, screen.MoreTried, _ = r.pilotRows(ctx)
	screen.Retried, _ = r.retried(ctx)                          // without it, the campaign's own figures tell
	screen.Hours, _ = r.judgedBy(ctx, r.campaign.Settings, nil) // without it the summary proposes no day's part
	var unwritten error
	screen.Results, unwritten = r.writeResults(ctx, r.campaign)
	// Only now: a campaign that dies before its results are written is not finished, and resume writes them.
	if err := r.conclude(ctx, stop); runErr == nil {
		runErr = err
	}
	if runErr != nil {
		screen.Stop.Code, screen.Err = campaign.StopLedger, sqlite.Explain(r.ledgerFile, runErr)
	}
	if unwritten == nil { // what keeps the results from being written keeps the report, too
		screen.Report, screen.ReportErr = r.writeReport(ctx, r.campaign, reports.OverviewOptions{AtEnd: true})
	}
	progress.Close()
	if !r.quiet {
		fmt.Fprintln(r.Err) // between the progress and the summary
	}
	if err := r.showSummary(screen); err != nil {
		return err
	}
	code := exitForStop(screen.Stop, tallies)
	if unwritten != nil {
		if code == exitOK || code == exitAttention { // a run to be resumed writes them then
			code = exitFailed
		}
		return &exit{code: code, text: "\n" + reports.ResultsUnwritten(r.Err, sqlite.Explain(r.ledgerFile, unwritten), r.campaign.OutDir),
			next: []campaign.Command{r.command("report", r.name)}}
	}
	if code != exitOK {
		return &exit{code: code}
	}
	return nil
}

// pilotRows are the first rows that a pilot has tried, and how many there are beside them.
func (r *run) pilotRows(ctx context.Context) (first []ledger.Row, more int, err error) {
	if !r.pilot {
		return nil, 0, nil
	}
	for row, err := range r.ledger.Rows(ctx, r.campaign.ID) {
		switch {
		case err != nil:
			return nil, 0, err
		case row.Attempts == 0:
		case len(first) < reports.MostTried:
			first = append(first, row)
		default:
			more++
		}
		if len(first)+more == r.first {
			break
		}
	}
	return first, more, nil
}

// rest is how many messages of a part, to which --first kept the run, are left to send after a stop; 0 where that cannot be told.
func (r *run) rest(ctx context.Context, stop campaign.Stop) int {
	if r.part == nil || stop.Code == campaign.StopPilot || stop.Code == campaign.StopDone {
		return 0
	}
	n, _ := r.left(ctx, r.campaign, func(person ledger.Recipient) bool { return r.part.Rows[person.ID] })
	return n
}

// conclude stores that the run has ended, and looks at the ledger once more before anything is called finished on its word.
func (r *run) conclude(ctx context.Context, stop campaign.Stop) error {
	if err := r.storeEnd(ctx, stop); err != nil {
		return err
	}
	return r.ledger.Recheck(ctx, r.record)
}

// storeEnd stores that the run has ended, and with it whether the campaign has.
func (r *run) storeEnd(ctx context.Context, stop campaign.Stop) error {
	if stop.Code == campaign.StopDone {
		pending, err := r.pending(ctx)
		if err != nil {
			return err
		}
		if pending+r.untriedDoubts == 0 {
			r.campaign.FinishedAt = time.Now()
			return r.ledger.FinishRun(ctx, r.record, r.campaign)
		}
	}
	return r.ledger.SaveRun(ctx, r.record)
}

func (r *run) showSummary(screen reports.SummaryScreen) error {
	if r.format == "json" {
		return reports.SummaryJSON(r.Out, screen)
	}
	reports.Summary(r.Out, screen)
	return nil
}

// place makes sure, before anything is sent, that the results can be written: where the campaign's are, or from now on
// where --out says.
func (r *run) place(ctx context.Context) error {
	if r.out != "" {
		dir, err := r.outDir("")
		if err != nil {
			return err
		}
		// That of an earlier version's run was not noted.
		if err := r.note(ctx, r.name, r.mode.Place(r.campaign.OutDir, r.name).Results()); err != nil {
			return err
		}
		r.campaign.OutDir = dir
	}
	if err := r.writable(ctx, r.campaign.OutDir); err != nil {
		return err
	}
	return r.notBehindResults(ctx)
}

// writable fails, with the way out, when no file can be written into dir.
func (r *run) writable(ctx context.Context, dir string) error {
	if err := record.Writable(ctx, r.ledger, r.name, dir); err != nil && ctx.Err() != nil {
		return ctx.Err()
	} else if err != nil {
		return failed("The results could not be written into the folder %s: %v. Nothing was sent. Name another folder with --out DIR.",
			dir, reports.RootCause(r.Err.Words, err))
	}
	return nil
}
