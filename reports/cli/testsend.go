package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kanal-campaign/campaign"
	"kanal-campaign/campaign/outcome"
	"kanal-campaign/campaign/sending"
	"kanal-campaign/campaign/text"
	"kanal-campaign/reports/screen"
)

// testSend sends one message to the user's own number, with the values of the first row that can be sent. It needs no
// lock: nothing of the campaign is touched, and the pace is shared through the ledger.
func (a *app) testSend(c *cobra.Command, o *options, name, path string) error {
	ctx := c.Context()
	s, err := a.open(ctx, o)
	if err != nil {
		return err
	}
	defer s.close()
	req, err := s.request(c, asked{campaign: name, file: path})
	if err != nil {
		return err
	}
	t, err := s.ProposeTest(ctx, req)
	s.tellUnread()
	if err != nil {
		return err
	}
	defer t.Close()
	s.tellUnwritten(t.Plan)
	if t.Row == nil {
		return s.tellBlocked(t.Plan, req.SendWords())
	}
	shown := screen.TestScreen{Session: s.screenSession(), TestProposal: t, SendCommand: s.Command(req.SendWords()...),
		LiveCommand: s.LiveCommand(append(req.SendWords(), "--test-to", "+"+t.Phone)...)}
	shown.Team = s.team(ctx)
	screen.ConfirmTest(s.Err, shown)
	s.warnOfOthers(t.Keys)
	question := func(f screen.Face, _ int) string { return screen.TestQuestion(f, t.Phone) }
	if err := s.consented(ctx, t.Asking(), question, t.Decline); err != nil {
		return err
	}
	return s.sendTest(ctx, t, shown)
}

// sendTest makes the one attempt, and tells what came of it.
func (s *session) sendTest(ctx context.Context, t *campaign.TestProposal, shown screen.TestScreen) error {
	stop := s.interrupt.stopSignal()
	s.interrupt.duringSending(func(line string) { fmt.Fprintln(s.Err, text.Clean(line)) })
	answer, err := t.Send(ctx, stop, s.tellWait())
	s.interrupt.sent()
	switch {
	case errors.Is(err, sending.ErrLongWait):
		return &exit{code: exitStopped, text: s.Err.TestLongWait()}
	case err != nil && answer.Kind == "":
		return err
	}
	shown.Answer = answer
	if s.format == "json" {
		if err := screen.TestJSON(s.Out, shown); err != nil {
			return err
		}
	} else {
		screen.ShowTest(s.Out, shown)
	}
	if code := exitForTest(answer); code != exitOK {
		return &exit{code: code}
	}
	return err
}

// tellWait returns what tells, once for every reason, that the test waits.
func (s *session) tellWait() func(sending.Wait) {
	var told sending.WaitReason
	return func(wait sending.Wait) {
		if wait.For != told {
			told = wait.For
			fmt.Fprintln(s.Err, screen.TestWaiting(s.Err, wait))
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
