package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/ledger"
	"kanal-campaign/campaign/number"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/problem"
	"kanal-campaign/reports"
)

// stoppedTest is the end of a run that sent a test message.
const stoppedTest = "tested"

// testFlag defines a message to oneself.
func (o *options) testFlag(flags *pflag.FlagSet) {
	inGroup(flags, groupSafety, func(f *pflag.FlagSet) {
		f.StringVar(&o.testTo, "test-to", "", "")
	})
}

// testSend sends one message to the user's own number, with the values of the first row that can be sent. It needs no
// lock: nothing of the campaign is touched, and the pace is shared through the ledger.
func (a *app) testSend(c *cobra.Command, o *options, name, path string) error {
	ctx := c.Context()
	for _, other := range []string{"first", "update", "again", "continue-earlier"} {
		if c.Flags().Changed(other) {
			return misuse("--test-to sends one message and starts no campaign: leave --%s out.", other)
		}
	}
	if !o.namesMessage() {
		return o.noMessage()
	}
	r, phone, err := a.openTest(c, o, name)
	if err != nil {
		return err
	}
	defer r.close()
	r.inputFile = path
	r.takeDigest(path)
	if err := r.connect(ctx, name); err != nil {
		return err
	}
	message, err := r.askedMessage(ctx)
	if err != nil {
		return err
	}
	p, err := r.newPlan(name, path, message, r.settings())
	if err != nil {
		return err
	}
	var listed []ledger.Row // of whoever has that number
	err = r.read(ctx, p, func(row ledger.Row) error {
		if row.Person == number.Canonical(phone) && len(listed) < reports.MostListed {
			listed = append(listed, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !p.Readable() || p.Report.First == nil {
		return r.judge(p, r.sendWords(path))
	}
	screen := reports.TestScreen{
		Mode: r.mode, From: r.Account(), Team: r.team(ctx), APIURL: r.Client().BaseURL(), Campaign: name, Message: message,
		Row: p.Report.First, Phone: phone, Report: p.Report, SendCommand: r.command(r.sendWords(path)...),
		Listed: listed, LiveCommand: r.liveCommand(append(r.sendWords(path), "--test-to", "+"+phone)...),
	}
	if !p.Settings.SkipInvalid {
		screen.Problems = p.Report.Invalid
	}
	reports.ConfirmTest(r.Err, screen)
	if err := r.confirmWith(ctx, 1, reports.TestQuestion(r.Err, phone)); err != nil {
		return err
	}
	return r.sendTest(ctx, screen)
}

// openTest opens a session without a campaign's lock, and reads the number.
func (a *app) openTest(c *cobra.Command, o *options, name string) (*run, string, error) {
	s, err := a.open(c.Context(), o)
	if err != nil {
		return nil, "", err
	}
	phone, problems := campaign.TestNumber(o.testTo, o.settings())
	for _, p := range problems {
		if p.Severity == problem.Error {
			s.close()
			return nil, "", misuse("--test-to: %s", s.Out.ProblemSentence(p))
		}
	}
	s.flags = c.Flags()
	r := &run{session: s, name: name}
	if r.request, err = s.request(c, name); err != nil {
		r.close()
		return nil, "", err
	}
	run := s.Runner
	run.Campaign, run.Command, run.Flags, run.Tested = name, ledger.TestCommand, r.request.Flags, number.Canonical(phone)
	if run, err = s.ledger.StartRun(c.Context(), run); err != nil {
		r.close()
		return nil, "", err
	}
	run.Stopped = stoppedTest
	r.held = &campaign.Held{Run: run}
	return r, phone, nil
}

// sendTest makes the one attempt, and tells what came of it.
func (r *run) sendTest(ctx context.Context, screen reports.TestScreen) error {
	test := campaign.TestSend{
		Ledger: r.ledger, By: r.Client(), Message: screen.Message, Row: *screen.Row, Phone: screen.Phone, RunID: r.held.Run.ID,
		PaceKey: r.PaceKey(), Account: r.Account(), Timeout: r.Client().Timeout(), Rate: r.rate, Waiting: r.tellWait(),
	}
	stop := r.interrupt.stopSignal()
	r.interrupt.duringSending(func(text string) { fmt.Fprintln(r.Err, reports.Clean(text)) })
	answer, err := test.Send(ctx, stop)
	r.interrupt.sent()
	switch {
	case errors.Is(err, campaign.ErrLongWait):
		return &exit{code: exitStopped, text: "Kanal asked for a wait of more than 15 minutes: the test was not sent. " +
			"Run the same command again later."}
	case err != nil && answer.Kind == "":
		return err
	}
	screen.Answer = answer
	if r.format == "json" {
		if err := reports.TestJSON(r.Out, screen); err != nil {
			return err
		}
	} else {
		reports.ShowTest(r.Out, screen)
	}
	if code := exitForTest(answer); code != exitOK {
		return &exit{code: code}
	}
	return err
}

// tellWait returns what tells, once for every reason, that the test waits.
func (r *run) tellWait() func(campaign.Wait) {
	var told campaign.WaitReason
	return func(wait campaign.Wait) {
		if wait.For != told {
			told = wait.For
			fmt.Fprintln(r.Err, reports.TestWaiting(r.Err, wait))
		}
	}
}

// exitForTest gives the exit code of a test message's answer.
func exitForTest(a outcome.Answer) int {
	switch a.Kind {
	case outcome.Accepted:
		if a.Cause == outcome.CauseOtherNumber {
			return exitFailed
		}
		return exitOK
	case outcome.Halt, outcome.NotDelivered:
		return exitFailed
	case outcome.Throttled:
		return exitStopped
	}
	return exitAttention // refused, or in doubt
}
