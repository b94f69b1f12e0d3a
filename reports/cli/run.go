package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/reports"
)

// run is a session that holds a campaign: the only one that may send it.
type run struct {
	*session
	name      string
	inputFile string // as it was typed; empty when the command names none
	record    ledger.Run
	campaign  ledger.Campaign
	message   campaign.Message
	fresh     campaign.Message // the message as Kanal has it now
	release   func() error
}

// openRun opens a session and takes the campaign's lock. The caller closes the run.
func (a *app) openRun(c *cobra.Command, o *options, name string) (*run, error) {
	s, err := a.open(c.Context(), o)
	if err != nil {
		return nil, err
	}
	r := &run{session: s, name: name}
	if r.release, err = s.ledger.Lock(c.Context(), name); err != nil {
		s.close()
		return nil, err
	}
	r.record, err = s.ledger.StartRun(c.Context(), ledger.Run{
		Campaign: name, Command: c.Name(), Flags: changedFlags(c), PID: os.Getpid(),
		Person: userName(), Computer: hostName(), Version: version(),
	})
	if err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *run) close() {
	if r.record.ID != 0 && r.record.EndedAt.IsZero() {
		r.record.EndedAt = time.Now()
		if r.record.Stopped == "" {
			r.record.Stopped = "not-started"
		}
		// A run that cannot be closed in the ledger reads as one that died, which is the truth enough.
		_ = r.ledger.SaveRun(context.Background(), r.record)
	}
	if r.release != nil {
		_ = r.release()
	}
	r.session.close()
}

// reconnect connects for a campaign that the ledger has, and makes sure that it is the same account and template.
func (r *run) reconnect(ctx context.Context) error {
	var err error
	if r.message, err = campaign.MessageOf(r.campaign); err != nil {
		return err
	}
	if err := r.connect(ctx, r.name); err != nil {
		return err
	}
	if account := r.account(); account != r.campaign.Account {
		return decide("%s", reports.OtherAccount(r.campaign, account))
	}
	if r.template != "" {
		asked, err := r.findTemplate(r.template, nil)
		if err != nil {
			return err
		}
		if asked.ID != r.message.Template.ID {
			return decide("%s", reports.OtherTemplate(r.campaign, asked))
		}
	}
	now, err := r.findTemplate(r.campaign.Of, r.campaign.Settings.Variables)
	if err != nil {
		return err
	}
	r.fresh = campaign.TemplateMessage(now)
	if !r.fresh.SameFields(r.message) {
		return decide("%s", reports.OtherVariables(r.campaign, r.message, r.fresh))
	}
	return nil
}

// resume goes on with an unfinished campaign, as it was planned.
func (r *run) resume(ctx context.Context) error {
	toSend, err := r.pending(ctx)
	if err != nil {
		return err
	}
	if r.first > 0 {
		toSend = min(toSend, r.first)
	}
	screen := reports.ResumeScreen{
		Mode: r.mode, Campaign: r.campaign, From: r.account(), SameFrom: true,
		TemplateChanged: !r.fresh.SameText(r.message), OldText: r.message.Template.Body, NewText: r.fresh.Template.Body,
		ToSend: toSend, Rate: r.rate, Start: time.Now(), PlanAge: time.Since(r.campaign.ConfirmedAt),
	}
	screen.Ask = screen.TemplateChanged || screen.PlanAge > outcome.DoubtLife
	if err := r.describeEarlier(ctx, &screen); err != nil {
		return err
	}
	reports.Resume(r.Err, screen)
	if screen.Ask {
		if err := r.confirm(ctx, toSend); err != nil {
			return err
		}
		if err := r.confirmed(ctx); err != nil {
			return err
		}
	}
	return r.carryOut(ctx, r.fresh, toSend, nil)
}

// confirmed stores that a person has said yes to the plan, and to the message's text, as they are now.
func (r *run) confirmed(ctx context.Context) error {
	r.campaign.ConfirmedAt = time.Now()
	if !r.fresh.SameText(r.message) {
		text, err := json.Marshal(r.fresh)
		if err != nil {
			return err
		}
		r.campaign.Message = text
	}
	return r.ledger.Save(ctx, r.campaign)
}

// describeEarlier fills in what earlier runs did.
func (r *run) describeEarlier(ctx context.Context, screen *reports.ResumeScreen) error {
	runs, err := r.ledger.Runs(ctx, r.name)
	if err != nil {
		return err
	}
	for _, earlier := range runs {
		if earlier.ID != r.record.ID && earlier.Stopped != "not-started" {
			screen.LastRun = earlier
		}
	}
	if screen.Tallies, err = r.ledger.Tallies(ctx, r.campaign.ID); err != nil {
		return err
	}
	const shown = 3
	for row, err := range r.ledger.InDoubt(ctx, r.campaign.ID) {
		if err != nil {
			return err
		}
		if row.State.Abandon().Due(time.Now()) {
			continue
		}
		screen.OldDoubts++
		if len(screen.DoubtRows) < shown {
			screen.DoubtRows = append(screen.DoubtRows, row)
		}
	}
	return nil
}

// pending counts the rows that a run would send now.
func (r *run) pending(ctx context.Context) (int, error) {
	n := 0
	tallies, err := r.ledger.Tallies(ctx, r.campaign.ID)
	if err != nil {
		return 0, err
	}
	for _, t := range tallies {
		if t.Status == outcome.Pending && !t.Gone {
			n += t.Rows
		}
	}
	for row, err := range r.ledger.InDoubt(ctx, r.campaign.ID) {
		if err != nil {
			return 0, err
		}
		if row.State.Abandon().Due(time.Now()) {
			n++
		}
	}
	return n, nil
}

// finished tells that a campaign is over and what one can do.
func (r *run) finished(ctx context.Context) error {
	tallies, err := r.ledger.Tallies(ctx, r.campaign.ID)
	if err != nil {
		return err
	}
	reports.Finished(r.Err, r.campaign, tallies, r.mode)
	return &exit{code: exitDecision}
}

// confirm asks for the number of messages to be typed. A rehearsal asks nothing; without a terminal only --yes will do.
func (r *run) confirm(ctx context.Context, n int) error {
	r.record.Confirmed = n
	switch {
	case r.sandbox || r.yes:
		return nil
	case !r.InTerminal:
		return decide("Nothing was sent: there is no terminal to confirm on. Look at the above, then add --yes.")
	}
	fmt.Fprint(r.Err, reports.ConfirmPrompt(n))
	typed, err := readLine(ctx, r.In)
	if err != nil {
		return err
	}
	typed = strings.Map(func(c rune) rune { // as typed from the screen: 4,180 or 4 180
		if strings.ContainsRune(" ,.'\u00a0\u202f", c) {
			return -1
		}
		return c
	}, typed)
	if typed != strconv.Itoa(n) {
		return decide("Nothing was sent: %d was not typed.", n)
	}
	return nil
}

// readLine reads a line, or ends with the context: a signal must not wait for the return key.
func readLine(ctx context.Context, in interface{ Read([]byte) (int, error) }) (string, error) {
	type line struct {
		text string
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := bufio.NewReader(in).ReadString('\n')
		read <- line{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", context.Cause(ctx)
	case l := <-read:
		if l.text != "" {
			l.err = nil
		}
		if l.err != nil {
			return "", decide("Nothing was sent: nothing was typed.")
		}
		return strings.TrimSpace(l.text), nil
	}
}

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

func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}

func hostName() string {
	if name, err := os.Hostname(); err == nil {
		return name
	}
	return "unknown"
}
