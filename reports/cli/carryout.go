package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports"
)

// carryOut sends what is due, or what only picks, writes the results, and tells how it ended.
func (r *run) carryOut(ctx context.Context, m campaign.Message, planned int, only func(ledger.Row) bool) error {
	started := time.Now()
	log, err := r.openLog()
	if err != nil {
		return err
	}
	defer log.close()
	r.record.FileName, r.record.SHA256 = r.campaign.File.Name, r.campaign.File.SHA256
	if err := r.ledger.SaveRun(ctx, r.record); err != nil {
		return err
	}
	progress := reports.NewProgress(r.Err, reports.ProgressOptions{
		Mode: r.mode, Campaign: r.name, Terminal: r.ErrTerminal, Width: r.Width, Plain: r.plain, Rate: r.rate,
	})
	defer progress.Close()
	log.show(progress.Line)
	stopSignal := r.interrupt.duringSending(progress.Line)
	defer r.interrupt.sent()

	sender := &campaign.Sender{
		Ledger: r.ledger, By: r.client, Campaign: r.campaign, Message: m, RunID: r.record.ID, PaceKey: r.paceKey,
		Timeout: r.client.Timeout(), Rate: r.rate, InFlight: campaign.DefaultInFlight, MaxFailures: r.maxFailures,
		DoubtDelay: r.doubtDelay, First: r.first, Planned: planned, ContinueEarlier: r.continueEarlier, Only: only,
		Watch: progress.Update, Log: log.Logger,
	}
	stop, runErr := sender.Run(ctx, stopSignal)
	r.interrupt.sent()
	progress.Close()
	return r.wrapUp(ctx, started, stop, runErr, log.path)
}

// wrapUp records how a run ended, writes the results and prints the summary. It works after an interruption, too.
func (r *run) wrapUp(ctx context.Context, started time.Time, stop campaign.Stop, runErr error, logPath string) error {
	atOnce := errors.Is(runErr, errInterrupted)
	ctx = context.WithoutCancel(ctx)
	r.record.EndedAt, r.record.Stopped = time.Now(), string(stop.Code)
	saveErr := r.ledger.SaveRun(ctx, r.record)
	if atOnce {
		return &exit{code: exitInterrupted, text: fmt.Sprintf("\nOut at once. What was in flight is in doubt; nothing is lost.\n"+
			"To go on:  %s", r.command("resume", r.name))}
	}
	if err := errors.Join(runErr, saveErr); err != nil {
		return err
	}
	if stop.Code == campaign.StopDone {
		if err := r.finish(ctx); err != nil {
			return err
		}
	}
	results, err := reports.WriteResults(ctx, r.ledger, r.campaign, r.mode)
	if err != nil {
		return fmt.Errorf("the results could not be written (every outcome is in the ledger; %s writes them again): %w",
			r.command("report", r.name), err)
	}
	tallies, err := r.ledger.Tallies(ctx, r.campaign.ID)
	if err != nil {
		return err
	}
	screen := reports.SummaryScreen{
		Mode: r.mode, Campaign: r.campaign, Started: started, Ended: time.Now(), Tallies: tallies, Stop: stop,
		Results: results, LogPath: logPath, KeyFromEnv: r.keyFrom == envKey, InputFile: r.inputFile,
	}
	if r.ErrTerminal {
		fmt.Fprintln(r.Err) // the bar was there
	}
	if r.format == "json" {
		if err := reports.SummaryJSON(r.Out, screen); err != nil {
			return err
		}
	} else {
		reports.Summary(r.Out, screen)
	}
	if code := exitForStop(stop, tallies); code != exitOK {
		return &exit{code: code}
	}
	return nil
}

// finish marks the campaign as finished, unless an earlier choice left rows that are still to be sent.
func (r *run) finish(ctx context.Context) error {
	tallies, err := r.ledger.Tallies(ctx, r.campaign.ID)
	if err != nil {
		return err
	}
	for _, t := range tallies {
		if t.Status == outcome.Pending && !t.Gone {
			return nil
		}
	}
	r.campaign.FinishedAt = time.Now()
	return r.ledger.Save(ctx, r.campaign)
}
